//! Where a pattern matches, in characters; Chinese numerals look like numbers to it. Knows nothing of what patterns mean.

use std::iter;
use std::ops::Range;

use fancy_regex::Regex;

use crate::analysis::numeral;

/// A pattern that is looked for in whole passages.
#[derive(Debug)]
pub(super) struct Pattern {
    exact: Regex,
    /// The same without its look-around, if it has any: this fast automaton tells where a match may begin.
    rough: Option<regex::Regex>,
}

impl Pattern {
    /// A pattern of an expression.
    ///
    /// # Errors
    /// If the expression is none, or is none without its look-around.
    pub(super) fn new(expression: &str) -> anyhow::Result<Self> {
        let plain = without_look_around(expression);
        let rough = (plain != expression).then(|| regex::Regex::new(&plain)).transpose()?;
        Ok(Self { exact: Regex::new(expression)?, rough })
    }

    /// All matches, as [`matches`] gives them.
    fn matches(&self, text: &str) -> Vec<Range<usize>> {
        let Some(rough) = &self.rough else { return matches(&self.exact, text) };
        let mut from = Some(0);
        let hits = iter::from_fn(|| {
            let may_begin = rough.find_at(text, from?)?.start();
            let hit = self.exact.find_from_pos(text, may_begin).ok()??;
            let after = || text.get(hit.end()..)?.chars().next().map(|c| hit.end() + c.len_utf8());
            from = if hit.start() < hit.end() { Some(hit.end()) } else { after() };
            Some(hit.range())
        });
        in_characters(text, hits)
    }
}

/// A pattern that matches wherever the given one does: the same without what it looks for around the match.
pub(super) fn without_look_around(pattern: &str) -> String {
    const STARTS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];
    let mut plain = String::with_capacity(pattern.len());
    let (mut depth, mut dropped_at, mut in_class, mut escaped) = (0usize, None, false, false);
    for (at, c) in pattern.char_indices() {
        let rest = pattern.get(at..).unwrap_or_default();
        if !escaped && !in_class && c == '(' {
            depth += 1;
            if dropped_at.is_none() && STARTS.iter().any(|start| rest.starts_with(start)) {
                dropped_at = Some(depth);
            }
        }
        if dropped_at.is_none() {
            plain.push(c);
        }
        if !escaped && !in_class && c == ')' {
            if dropped_at == Some(depth) {
                dropped_at = None;
            }
            depth = depth.saturating_sub(1);
        }
        if !escaped && matches!(c, '[' | ']') {
            in_class = c == '[';
        }
        escaped = c == '\\' && !escaped;
    }
    plain
}

/// All matches of a pattern in a text and in the same with its Chinese numerals as digits, in order.
pub(super) fn spans(pattern: &Pattern, folded: &str) -> Vec<Range<usize>> {
    let mut found = pattern.matches(folded);
    if let Some(digits) = with_digits(folded) {
        found.extend(pattern.matches(&digits));
        found.sort_by_key(|range| (range.start, range.end));
        found.dedup();
    }
    found
}

/// The same text, one character for one, with its Chinese numerals as digits: 三十一名 as 301名. A value it is not, but
/// it looks like a number to a pattern. `None` where there is none; a lone 一 is hardly ever one.
fn with_digits(folded: &str) -> Option<String> {
    let digit = |c: char| match c {
        '十' | '百' | '千' => Some('0'),
        '两' => Some('2'),
        _ => numeral::digit(c).and_then(|value| char::from_digit(value as u32, 10)),
    };
    let mut digits = String::with_capacity(folded.len());
    let mut changed = false;
    let mut run: Vec<char> = Vec::new();
    for c in folded.chars().chain(['\0']) {
        if digit(c).is_some() {
            run.push(c);
            continue;
        }
        let is_number = run.as_slice() != ['一'] && !run.is_empty();
        changed |= is_number;
        digits.extend(run.drain(..).map(|c| if is_number { digit(c).unwrap_or(c) } else { c }));
        if c != '\0' {
            digits.push(c);
        }
    }
    changed.then_some(digits)
}

/// All matches of a pattern as ranges of characters. A pattern that gives up, because it would backtrack too long,
/// has no further match.
pub(super) fn matches(pattern: &Regex, text: &str) -> Vec<Range<usize>> {
    in_characters(text, pattern.find_iter(text).map_while(Result::ok).map(|hit| hit.range()))
}

/// Ranges of bytes of a text, in order, as ranges of its characters; those that are empty are left out.
fn in_characters(text: &str, bytes: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let (mut byte, mut char) = (0, 0);
    let count = |range: Range<usize>| text.get(range).unwrap_or_default().chars().count();
    bytes
        .filter(|hit| !hit.is_empty())
        .map(|hit| {
            let start = char + count(byte..hit.start);
            let end = start + count(hit.clone());
            (byte, char) = (hit.end, end);
            start..end
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_look_like_numbers_too() {
        for (text, expected) in
            [("三十一名", Some("301名")), ("十月两年", Some("0月2年")), ("统一管理", None), ("2025年", None)]
        {
            assert_eq!(with_digits(text).as_deref(), expected);
        }
        assert_eq!(spans(&Pattern::new("[0-9]+[名年]").unwrap(), "到2025年有三十一名"), [1..6, 7..11]);
    }

    #[test]
    fn look_around_is_dropped_and_nothing_else() {
        let cases = [
            ("(?<!哪)几家(?![人(]|x)的", "几家的"),
            (r"a\((?=b)[(?=]", r"a\([(?=]"),
            ("(?:甲|乙(?=丙(丁)))", "(?:甲|乙)"),
        ];
        for (pattern, expected) in cases {
            assert_eq!(without_look_around(pattern), expected);
        }
    }

    #[test]
    fn look_around_finds_the_same_by_way_of_the_rough_pattern() {
        for expression in ["[0-9]+年(?![代级])|十五", "(?<!第)[0-9]+年?", "(?=2)[0-9]{2}|年(?=代)", "[0-9]*(?!年)"]
        {
            let pattern = Pattern::new(expression).unwrap();
            assert!(pattern.rough.is_some());
            for text in ["90年代到2025年,十五20年级", "第20年", "", "年", "2021年代2年"] {
                assert_eq!(pattern.matches(text), matches(&pattern.exact, text), "{expression} {text}");
            }
        }
    }

    #[test]
    fn matches_are_ranges_of_characters() {
        assert_eq!(matches(&Regex::new("[0-9]+|年").unwrap(), "到2025年"), [1..5, 5..6]);
    }
}
