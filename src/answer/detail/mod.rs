//! Near misses: the documents name the thing, but not what is asked of it — an amount, an address, a date, a condition.
//! Coverage of words cannot see that, so what is asked for must be found near the thing. The patterns are data:
//! `details.toml`, `acts.toml`.

mod given;
mod beside;
mod act;
mod named;
mod listed;
mod scope;

use std::ops::Range;

use super::knowledge::Knowledge;
use super::rank::Candidate;
use super::reading::Reading;
use super::sight::Sight;
use crate::analysis::script::folded;

/// Something a question asks for that stands nowhere near the thing it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which check found it: the name of a detail, or that of a check: `year`, `stage`, `place`, `act` …
    pub check: String,
    /// The stretch of the question that asks for it, in characters.
    pub range: Range<usize>,
}

impl Missing {
    fn new(check: &str, range: Range<usize>) -> Self {
        Self { check: check.to_owned(), range }
    }
}

/// A question and the text around the thing that it names, folded.
struct Near<'a> {
    reading: &'a Reading,
    knowledge: &'a Knowledge,
    question: String,
    /// The words of the question.
    words: Vec<Range<usize>>,
    sight: &'a Sight,
    /// What is quoted, in characters of the passage.
    window: Range<usize>,
    excerpt: String,
    passage: String,
    headings: String,
}

/// What the best excerpt does not give although the question asks for it, in the question's order.
pub(super) fn missing(reading: &Reading, knowledge: &Knowledge, best: &Candidate) -> Vec<Missing> {
    let Some(window) = best.windows.first() else { return Vec::new() };
    let passage = &knowledge.corpus.passages[best.hit.passage];
    let near = Near {
        reading,
        knowledge,
        question: reading.uncut.iter().collect(),
        words: knowledge.analyzer.words(&reading.uncut),
        sight: &best.sight,
        window: window.range.clone(),
        excerpt: best.sight.folded.chars[window.range.clone()].iter().collect(),
        passage: best.sight.folded.chars.iter().collect(),
        headings: folded(&passage.headings.join("\n")),
    };
    let mut found = given::lacking(&near);
    found.extend(act::acts(&near.question, &near.excerpt));
    found.extend(beside::years(&near));
    found.extend(scope::years(&near));
    found.extend(scope::stages(&near));
    found.extend(scope::things(&near));
    found.extend(scope::places(&near));
    found.extend(listed::counts(&near));
    found.extend(listed::exceptions(&near.question, &near.passage));
    found.extend(named::names(&near.question, &near.excerpt));
    found.extend(named::roles(&near));
    found.extend(named::instances(&near.question, &near.excerpt));
    for missing in &mut found {
        missing.range = whole(&missing.range, &reading.uncut, &near.words);
    }
    found.sort_by_key(|missing| (missing.range.start, missing.range.end));
    found
}

/// A stretch that starts and ends where words do, with what is counted after 多少 or 几.
fn whole(range: &Range<usize>, question: &[char], words: &[Range<usize>]) -> Range<usize> {
    let start = words.iter().find(|word| word.contains(&range.start)).map_or(range.start, |word| word.start);
    let last = words.iter().find(|word| word.contains(&(range.end - 1)));
    let mut end = last.map_or(range.end, |word| word.end.max(range.end));
    if matches!(question.get(end - 1), Some('几' | '多' | '少')) {
        end = words.iter().find(|word| word.start == end).map_or(end, |word| word.end);
    }
    start..end
}
