//! Where a pattern matches, in characters; Chinese numerals look like numbers to it. Knows nothing of what patterns mean.

use std::ops::Range;

use fancy_regex::Regex;

use crate::analysis::numeral;

/// All matches of a pattern in a text and in the same with its Chinese numerals as digits, in order.
pub(super) fn spans(pattern: &Regex, folded: &str) -> Vec<Range<usize>> {
    let mut found = matches(pattern, folded);
    if let Some(digits) = with_digits(folded) {
        found.extend(matches(pattern, &digits));
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
    let mut found = Vec::new();
    let (mut byte, mut char) = (0, 0);
    for hit in pattern.find_iter(text).map_while(Result::ok).filter(|hit| hit.start() < hit.end()) {
        let between = text.get(byte..hit.start()).unwrap_or_default();
        let start = char + between.chars().count();
        let end = start + hit.as_str().chars().count();
        (byte, char) = (hit.end(), end);
        found.push(start..end);
    }
    found
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
        assert_eq!(spans(&Regex::new("[0-9]+[名年]").unwrap(), "到2025年有三十一名"), [1..6, 7..11]);
    }

    #[test]
    fn matches_are_ranges_of_characters() {
        assert_eq!(matches(&Regex::new("[0-9]+|年").unwrap(), "到2025年"), [1..5, 5..6]);
    }
}
