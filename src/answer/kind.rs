//! What kind of answer a question wants, and what such an answer looks like. The patterns are data: `kinds.toml`.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

use super::pattern::{Pattern, matches, spans};
use crate::analysis::numeral::is_numeral;
use crate::analysis::script::is_han;
use crate::analysis::stretch::places_of;
use crate::analysis::terms::runs;

/// A kind of answer: a number, a date, a person …
#[derive(Debug)]
pub struct AnswerKind {
    /// `NUM`, `DATE`, `PERSON`, `PLACE`, `REASON`, `LIST`, `HOW` or `WHAT`.
    pub name: &'static str,
    asked: Regex,
    /// What questions in English ask by.
    english: Option<Regex>,
    span: Option<Pattern>,
}

/// What a question asks for, and where it says so.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The kind of answer; `None` where nothing in the question asks.
    pub kind: Option<&'static AnswerKind>,
    /// The stretches that ask, as ranges of characters.
    pub places: Vec<Range<usize>>,
    /// What is counted or measured, as in 多少家: 家.
    pub unit: Option<String>,
}

#[derive(Deserialize)]
struct File {
    stop: HashSet<String>,
    units: Vec<String>,
    fillers: Vec<String>,
    english_stop: Vec<String>,
    english_marks: Vec<String>,
    kind: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    asked: String,
    english: Option<String>,
    span: Option<String>,
}

/// What `kinds.toml` holds, compiled.
struct Kinds {
    all: Vec<AnswerKind>,
    stop: HashSet<String>,
    units: Vec<String>,
    fillers: Vec<Vec<char>>,
    english_stop: Vec<Vec<char>>,
    english_marks: Vec<Vec<char>>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("kinds.toml")).expect("kinds.toml is tested to be valid");
    let compile = |pattern: &str| Regex::new(pattern).expect("the patterns of kinds.toml are tested to be valid");
    let kind = |entry: Entry| AnswerKind {
        name: entry.name.leak(),
        asked: compile(&entry.asked),
        english: entry.english.as_deref().map(compile),
        span: entry.span.as_deref().map(|span| Pattern::new(span).expect("the same holds for them")),
    };
    let mut units = file.units;
    units.sort_by_key(|unit| std::cmp::Reverse(unit.chars().count()));
    let mut fillers: Vec<Vec<char>> = file.fillers.iter().map(|filler| filler.chars().collect()).collect();
    fillers.sort_by_key(|filler| std::cmp::Reverse(filler.len()));
    let chars = |words: Vec<String>| words.iter().map(|word| word.chars().collect()).collect();
    let all = file.kind.into_iter().map(kind).collect();
    let (english_stop, english_marks) = (chars(file.english_stop), chars(file.english_marks));
    Kinds { all, stop: file.stop, units, fillers, english_stop, english_marks }
});

/// What a folded question asks for: the first kind that matches, if any. Whatever asks — of any kind — and what carries
/// nothing in a question in English is replaced by line breaks, one for each character, so that it separates and positions
/// stay.
pub(super) fn take_kind(folded: &mut [char]) -> Asked {
    let mut asked = Asked::default();
    let english = is_english(folded);
    for kind in &KINDS.all {
        let text: String = folded.iter().collect();
        let pattern = kind.english.as_ref().filter(|_| english).unwrap_or(&kind.asked);
        for range in matches(pattern, &text) {
            asked.kind.get_or_insert(kind);
            if kind.name == "NUM" && asked.unit.is_none() {
                asked.unit = unit_at(&folded[range.end..]);
            }
            folded[range.clone()].fill('\n');
            asked.places.push(range);
        }
    }
    if english {
        for range in KINDS.english_stop.iter().flat_map(|word| places_of(folded, word)).collect::<Vec<_>>() {
            folded[range].fill('\n');
        }
    }
    asked
}

/// Whether a folded question is in English, names in Chinese characters apart: in 5G基站有多少 or IT企业 it is not.
pub(super) fn is_english(folded: &[char]) -> bool {
    const MIN_WORDS: usize = 3;
    // What goes with a name of four characters: where is 大零号湾.
    const MIN_WORDS_MARKED: usize = 2;
    const HAN_BY_WORD: usize = 2;
    let runs = runs(folded);
    let words: Vec<&[char]> =
        runs.into_iter().map(|run| &folded[run]).filter(|run| run[0].is_ascii_alphabetic()).collect();
    let han = folded.iter().filter(|&&c| is_han(c)).count();
    let is_mark = |word: &&[char]| KINDS.english_marks.iter().any(|mark| mark == word);
    (words.len() >= MIN_WORDS && words.len() > han)
        || (words.len() >= MIN_WORDS_MARKED && HAN_BY_WORD * words.len() >= han && words.iter().any(is_mark))
}

/// The unit that a text starts with.
fn unit_at(text: &[char]) -> Option<String> {
    KINDS
        .units
        .iter()
        .find(|unit| {
            unit.chars().count() <= text.len() && unit.chars().eq(text.iter().copied().take(unit.chars().count()))
        })
        .cloned()
}

/// Whether a number that ends at `end` is followed by a unit, with room for 余, 多, 万 and their like.
pub(super) fn has_unit(text: &[char], end: usize, unit: &str) -> bool {
    let unit: Vec<char> = unit.chars().collect();
    let between = text[end..].iter().take(3).take_while(|c| "余多几万亿千百十个".contains(**c)).count();
    (0..=between).any(|skip| text[end + skip..].starts_with(&unit))
}

/// The numbers of a folded text, as ranges of characters.
pub(super) fn numbers(text: &[char]) -> Vec<Range<usize>> {
    let numeral = |at: usize| {
        let c = text[at];
        c.is_ascii_digit() || is_numeral(c) || c == '半' || (c == '.' && at > 0 && text[at - 1].is_ascii_digit())
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in (0..text.len()).filter(|&at| numeral(at)) {
        match found.last_mut() {
            Some(range) if range.end == at => range.end += 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// Politeness and filler, the longest first.
pub(super) fn fillers() -> &'static [Vec<char>] {
    &KINDS.fillers
}

/// Whether a word carries nothing in a question.
pub(super) fn is_stopword(word: &str) -> bool {
    KINDS.stop.contains(word)
}

impl AnswerKind {
    /// The stretches of a folded text that look like such an answer, as ranges of characters.
    pub(super) fn spans(&self, folded: &str) -> Vec<Range<usize>> {
        self.span.as_ref().map_or_else(Vec::new, |span| spans(span, folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, kind: Option<&str>, rest: &str) {
        let mut chars: Vec<char> = question.chars().collect();
        assert_eq!(take_kind(&mut chars).kind.map(|kind| kind.name), kind, "{question}");
        assert_eq!(chars.iter().collect::<String>(), rest);
    }

    #[test]
    fn questions_have_a_kind_and_lose_what_asks() {
        check("园区有多少家企业", Some("NUM"), "园区有\n\n家企业");
        check("为什么有多少人", Some("REASON"), "\n\n\n有\n\n人");
        check("书记是谁", Some("PERSON"), "书记是\n");
        check("园区企业", None, "园区企业");
        check("who leads the park", Some("PERSON"), "\n\n\n leads \n\n\n park");
        check("it企业有多少家", Some("NUM"), "it企业有\n\n家");
    }

    #[test]
    fn a_number_has_the_unit_that_follows_it() {
        let mut chars: Vec<char> = "有多少平方公里".chars().collect();
        assert_eq!(take_kind(&mut chars).unit.as_deref(), Some("平方公里"));
        let text: Vec<char> = "吸引2000余家企业".chars().collect();
        assert_eq!(numbers(&text).first(), Some(&(2..6)));
        assert!(has_unit(&text, 6, "家") && !has_unit(&text, 6, "名"));
    }

    #[test]
    fn spans_are_ranges_of_characters() {
        let kind = KINDS.all.iter().find(|kind| kind.name == "DATE").unwrap();
        assert_eq!(kind.spans("到2025年基本建成").first(), Some(&(1..6)));
    }
}
