//! Names that documents write in quotation marks, “回声步道”, although their words are everyday ones. Knows where a
//! question says one, and no parks.

use std::ops::Range;

use super::knowledge::Knowledge;
use crate::analysis::script::{folded, is_han};
use crate::analysis::terms::Kind;

/// The fewest and the most characters of such a name.
const CHARS: std::ops::RangeInclusive<usize> = 3..=8;
/// Its most words; one alone is an everyday word.
const MAX_WORDS: usize = 4;
/// Pairs of characters that more passages hold are everyday ones.
const MAX_HOLDING: usize = 64;
/// Passages that are searched for the quotation marks.
const MAX_LOOKED_AT: usize = 8;

/// Where a folded question of these words says a name that some passage of the scope writes in quotation marks; with the
/// passages that hold it.
pub(super) fn quoted(
    chars: &[char],
    words: &[Range<usize>],
    scope: &[Range<usize>],
    knowledge: &Knowledge,
) -> Vec<(Range<usize>, Vec<usize>)> {
    let mut found: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    for first in 0..words.len() {
        if found.last().is_some_and(|(range, _)| words[first].start < range.end) {
            continue;
        }
        let ends = (first + 1..words.len().min(first + MAX_WORDS)).rev();
        let name = ends.map(|last| words[first].start..words[last].end).find_map(|range| {
            let passages = holding(&chars[range.clone()], scope, knowledge)?;
            in_quotation_marks(&chars[range.clone()], &passages, knowledge).then_some((range, passages))
        });
        found.extend(name);
    }
    found
}

/// The passages that hold a name of Han characters, if few do.
fn holding(name: &[char], scope: &[Range<usize>], knowledge: &Knowledge) -> Option<Vec<usize>> {
    if !CHARS.contains(&name.len()) || !name.iter().all(|&c| is_han(c)) {
        return None;
    }
    let rarest = name.windows(2).map(|pair| knowledge.index.pairs().holding([pair[0], pair[1]])).min()?;
    let pairs = || name.windows(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>();
    (1..=MAX_HOLDING).contains(&rarest).then(|| knowledge.index.holding(Kind::Bigram, &pairs(), scope, MAX_HOLDING))
}

fn in_quotation_marks(name: &[char], passages: &[usize], knowledge: &Knowledge) -> bool {
    let name: String = name.iter().collect();
    let written = [format!("“{name}”"), format!("「{name}」"), format!("\"{name}\"")];
    passages.iter().take(MAX_LOOKED_AT).any(|&passage| {
        let text = folded(knowledge.corpus.text(&knowledge.corpus.passages[passage]));
        written.iter().any(|written| text.contains(written))
    })
}
