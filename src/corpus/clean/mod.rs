//! What of a web page is not the document: navigation, counters, advertising, related articles. Rules are about pages
//! nobody has seen, in both scripts; what they take is listed with its reason. Knows nothing of headings or titles.

mod reason;
mod words;
mod line_rules;
mod credit;
mod block_rules;

use std::collections::HashMap;

pub use reason::Reason;

use super::line::Line;
use crate::analysis::script::folded;

/// A line, or a part of one, that is not the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its number in the original.
    pub line: usize,
    /// What was taken away.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// A line with what the rules ask of it.
struct Seen<'a> {
    line: Line<'a>,
    /// In one script, one width and lower case, character for character.
    folded: String,
    chars: usize,
    verdict: Verdict<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict<'a> {
    Keep,
    /// Only this part of the line is the document.
    Part(&'a str, Reason),
    Drop(Reason),
}

impl Seen<'_> {
    fn dropped(&self) -> bool {
        matches!(self.verdict, Verdict::Drop(_))
    }

    /// A paragraph of running text that is all there: not a title, and not a teaser cut short.
    fn is_paragraph(&self) -> bool {
        // Forty characters are a sentence or two; titles and captions stay below.
        self.chars >= 40 && self.folded.ends_with(['。', '!', '?', '”', '」', ')', ':', ';'])
    }
}

/// Parts the document from its page. Kept lines have their numbers in the original; every character of every line is in
/// one of the two lists, but for spaces.
pub fn clean<'a>(lines: &[Line<'a>]) -> (Vec<Line<'a>>, Vec<Dropped>) {
    let mut seen: Vec<Seen<'a>> = lines
        .iter()
        .map(|&line| {
            let folded = folded(line.text);
            let chars = folded.chars().count();
            let verdict = line_rules::judge(line.text, &folded, chars);
            Seen { line, folded, chars, verdict }
        })
        .collect();
    block_rules::site_name(&mut seen);
    block_rules::contents(&mut seen);
    block_rules::teasers(&mut seen);
    block_rules::related(&mut seen);
    block_rules::advertising(&mut seen);
    block_rules::descriptions(&mut seen);
    let mut kept = Vec::with_capacity(seen.len());
    let mut dropped = Vec::new();
    // A blank line above something dropped still parts what stands around it.
    let mut blank = false;
    for Seen { line, verdict, .. } in seen {
        blank |= line.after_blank;
        let text = match verdict {
            Verdict::Keep => line.text,
            Verdict::Part(part, reason) => {
                let rest = line.text.replacen(part, "", 1);
                dropped.push(Dropped { line: line.number, text: rest.trim().to_owned(), reason });
                part
            }
            Verdict::Drop(reason) => {
                dropped.push(Dropped { line: line.number, text: line.text.to_owned(), reason });
                continue;
            }
        };
        kept.push(Line { text, after_blank: blank, ..line });
        blank = false;
    }
    (kept, dropped)
}

/// How many lines were dropped for each reason, in the order of the reasons.
pub fn summary(dropped: &[Dropped]) -> Vec<(Reason, usize)> {
    let mut counts: HashMap<Reason, usize> = HashMap::new();
    for line in dropped {
        *counts.entry(line.reason).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

