//! What is too long to be one passage is cut where it hurts least. Knows only sentences, clauses and lengths.

use std::ops::Range;

use crate::analysis::script::slice;
use crate::analysis::sentence::{clauses, sentences};

/// No passage is longer, unless a single clause is.
pub(crate) const MAX_CHARS: usize = 420;
/// Not even a single clause is longer: it is cut wherever that falls.
pub(crate) const HARD_MAX_CHARS: usize = 600;

/// Cuts a range of a text into ranges of at most [`MAX_CHARS`], of about the same length, at sentence ends.
pub(crate) fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let piece = slice(text, range.clone());
    // A character takes at most four bytes and at least one, so most pieces need not be counted.
    if piece.len() <= MAX_CHARS || piece.chars().count() <= MAX_CHARS {
        return trimmed(text, range).into_iter().collect();
    }
    let (offsets, chars): (Vec<usize>, Vec<char>) = piece.char_indices().unzip();
    let byte = |at: usize| range.start + offsets.get(at).copied().unwrap_or(piece.len());
    let units = units(&chars);
    let pieces = chars.len().div_ceil(MAX_CHARS);
    let target = chars.len().div_ceil(pieces);
    let mut out = Vec::new();
    let mut start = 0;
    for (at, unit) in units.iter().enumerate() {
        let next = units.get(at + 1).map_or(0, ExactSizeIterator::len);
        let length = unit.end - start;
        // A last short rest is not worth a passage of its own if there is room for it.
        let rest = chars.len() - unit.end;
        if length + next > MAX_CHARS || (length >= target && length + rest > MAX_CHARS) {
            out.extend(trimmed(text, byte(start)..byte(unit.end)));
            start = unit.end;
        }
    }
    if start < chars.len() {
        out.extend(trimmed(text, byte(start)..range.end));
    }
    out
}

/// Sentences; of those that are too long their clauses; of those still too long, equal cuts.
fn units(chars: &[char]) -> Vec<Range<usize>> {
    let mut units = Vec::new();
    for sentence in sentences(chars) {
        if sentence.len() <= MAX_CHARS {
            units.push(sentence);
            continue;
        }
        for clause in clauses(&chars[sentence.clone()]) {
            let clause = sentence.start + clause.start..sentence.start + clause.end;
            let step = clause.len().div_ceil(clause.len().div_ceil(HARD_MAX_CHARS).max(1)).max(1);
            units.extend(clause.clone().step_by(step).map(|from| from..(from + step).min(clause.end)));
        }
    }
    units
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = slice(text, range.clone());
    let start = range.start + piece.len() - piece.trim_start().len();
    let end = start + piece.trim().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[usize]) {
        let lengths: Vec<usize> =
            split(text, 0..text.len()).into_iter().map(|range| slice(text, range).chars().count()).collect();
        assert_eq!(lengths, expected);
    }

    #[test]
    fn long_text_is_cut_at_sentence_ends_into_like_lengths() {
        check(&format!("{}。", "园".repeat(99)).repeat(3), &[300]);
        check(&format!("{}。", "园".repeat(99)).repeat(5), &[300, 200]);
        check("", &[]);
    }

    #[test]
    fn a_sentence_that_is_too_long_is_cut_at_clauses_and_then_anywhere() {
        check(&format!("{}，", "园".repeat(299)).repeat(3), &[300, 300, 300]);
        check(&"园".repeat(500), &[500]);
        check(&"园".repeat(1300), &[434, 434, 432]);
    }
}
