//! Which part of a passage is quoted: its windows, what is known of each, and their score. A window starts and ends at a
//! clause wherever a clause is short enough, never inside a number or a Latin word.

use std::ops::Range;

use super::frame::{Frame, points_back};
use super::reading::Reading;
use super::sight::Sight;
use super::weights::{Weights, WindowFeatures};
use crate::analysis::script::is_han;
use crate::analysis::stretch::trim;

/// A stretch of a passage that could be quoted.
#[derive(Debug, Clone)]
pub struct Window {
    /// Range of characters of the passage, without white space at its ends.
    pub range: Range<usize>,
    /// What is known of it.
    pub features: WindowFeatures,
    /// B: how well it would read as the answer.
    pub score: f32,
}

impl Window {
    /// Takes in the sentence before where the window begins with what points back to it, as 其 or 同年 do, and both fit.
    pub(super) fn with_subject(&mut self, sight: &Sight, limit: usize) {
        let chars = &sight.folded.chars;
        let number = sight.sentences.partition_point(|sentence| sentence.end <= self.range.start);
        let Some(before) = number.checked_sub(1).and_then(|number| sight.sentences.get(number)) else { return };
        let begins = sight.sentences.get(number).is_some_and(|own| trim(chars, own.clone()).start == self.range.start);
        let both = trim(chars, before.clone()).start..self.range.end;
        if begins && both.len() <= limit && points_back(&chars[self.range.clone()]) {
            self.range = both;
        }
    }
}

/// All windows of at most `limit` characters, in reading order.
pub(super) fn windows(reading: &Reading, sight: &Sight, limit: usize, weights: &Weights) -> Vec<Window> {
    let mut frame = Frame::new(reading, sight, limit);
    let score = |range: Range<usize>| {
        let features = frame.features(&range);
        Window { score: weights.of_window(&features), features, range }
    };
    ranges(sight, limit.max(1)).into_iter().map(score).collect()
}

/// The ranges of the windows: from every clause on, by whole clauses; a longer clause is cut, with an extra start in it.
fn ranges(sight: &Sight, limit: usize) -> Vec<Range<usize>> {
    let chars = &sight.folded.chars;
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut add = |range: Range<usize>| {
        let range = trim(chars, range);
        if !range.is_empty() && !announces(chars, &range) && ranges.last() != Some(&range) {
            ranges.push(range);
        }
    };
    for (number, clause) in sight.clauses.iter().enumerate() {
        let start = clause.start + chars[clause.clone()].iter().take_while(|c| c.is_whitespace()).count();
        if trim(chars, clause.clone()).len() > limit {
            let mut from = start;
            while from < clause.end {
                let to = cut(chars, from, clause.end.min(from + limit));
                add(from..to);
                if to == clause.end {
                    break;
                }
                from = cut(chars, from, from + limit.div_ceil(2)).max(from + 1);
            }
            continue;
        }
        for last in &sight.clauses[number..] {
            if trim(chars, start..last.end).len() > limit {
                break;
            }
            add(start..last.end);
        }
    }
    if ranges.is_empty() && !chars.is_empty() {
        // Only what announces something: there is nothing better to quote.
        let end = cut(chars, 0, chars.len().min(limit));
        ranges.push(trim(chars, 0..end));
    }
    ranges.retain(|range| !range.is_empty());
    ranges
}

/// Whether a range ends where what matters is still to come: with a colon, or with a question that the text goes on to
/// answer.
fn announces(chars: &[char], range: &Range<usize>) -> bool {
    let asks = || {
        let ending = chars[range.clone()].iter().rev().find(|c| !matches!(c, '”' | '」' | '』' | '"'));
        ending == Some(&'?') && chars[range.end..].iter().any(|c| c.is_alphanumeric())
    };
    matches!(chars.get(range.end.wrapping_sub(1)), Some(':' | '：')) || asks()
}

/// The last place at or before `end` where a text may be cut: after a mark, or else not inside a number, a Latin word or
/// a composed character.
fn cut(chars: &[char], start: usize, end: usize) -> usize {
    if end >= chars.len() {
        return chars.len();
    }
    let mark =
        |at: &usize| matches!(chars[at - 1], '、' | '，' | ',' | '。' | '；' | ' ' | '”' | '」' | '》' | '）' | ')');
    let nearest = (start + (end - start) / 2 + 1..=end).rev().find(mark);
    let inside = |at: usize| {
        let joins = |c: char| (c.is_alphanumeric() && !is_han(c)) || matches!(c, '.' | '%' | '\u{200d}' | '\u{fe0f}');
        (joins(chars[at - 1]) && joins(chars[at])) || is_extension(chars[at])
    };
    let whole = (start + 1..=end).rev().find(|&at| !inside(at));
    nearest.or(whole).unwrap_or(end)
}

/// Whether a character only extends the one before it.
fn is_extension(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_announces_something_does_not_end_a_quotation() {
        let text: Vec<char> = "为什么选这里?因为离海近。办法是:一".chars().collect();
        assert!(announces(&text, &(0..7)), "a question that the text goes on to answer");
        assert!(!announces(&text, &(0..13)));
        assert!(announces(&text, &(13..17)));
        assert!(!announces(&text[..7], &(0..7)), "nothing follows");
    }

    #[test]
    fn long_clauses_are_cut_between_words() {
        let text: Vec<char> = "共有1234567家企业".chars().collect();
        assert_eq!(cut(&text, 0, 5), 2);
        assert_eq!(cut(&text, 0, text.len()), text.len());
    }
}
