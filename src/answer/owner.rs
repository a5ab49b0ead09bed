//! The park that a question is about although it does not name it: the only one whose documents know a name that the
//! question says, 启蒙馆 or 藕渚. Knows names that no dictionary has, and no parks' names.

use std::collections::BTreeSet;
use std::ops::Range;

use super::coined::coined_stretches;
use super::knowledge::Knowledge;
use crate::analysis::terms::Kind;

/// A name must stand in so many passages: what stands in one may stand there by chance.
const MIN_HOLDING: usize = 2;
/// Passages that are looked at for one name; what more hold is no name.
const MAX_HOLDING: usize = 64;

/// The park whose documents alone hold the names that a folded question coins; `None` if there is none, or more than one.
pub(super) fn owner(chars: &[char], knowledge: &Knowledge) -> Option<usize> {
    let mut owners = BTreeSet::new();
    for stretch in coined_stretches(chars, &knowledge.analyzer) {
        for name in longest_held(chars, stretch, knowledge) {
            owners.insert(name);
        }
    }
    let mut owners = owners.into_iter();
    owners.next().filter(|_| owners.next().is_none()).flatten()
}

/// The owners of the longest parts of a stretch that some passages hold; `None` for what several parks know.
fn longest_held(chars: &[char], stretch: Range<usize>, knowledge: &Knowledge) -> Vec<Option<usize>> {
    let mut found = Vec::new();
    let mut start = stretch.start;
    while start + 1 < stretch.end {
        let held = (start + 2..=stretch.end).rev().find_map(|end| {
            let pairs: Vec<String> = chars[start..end].windows(2).map(|pair| pair.iter().collect()).collect();
            let holding = knowledge.index.holding(Kind::Bigram, &pairs, &[], MAX_HOLDING);
            (MIN_HOLDING..MAX_HOLDING).contains(&holding.len()).then_some((end, holding))
        });
        let Some((end, holding)) = held else {
            start += 1;
            continue;
        };
        let documents = holding.iter().map(|&passage| knowledge.corpus.passages[passage].document);
        let parks: BTreeSet<Option<usize>> = documents.map(|document| knowledge.parks.of_document(document)).collect();
        found.push(match parks.into_iter().collect::<Vec<_>>().as_slice() {
            [only] => *only,
            _ => None,
        });
        start = end;
    }
    found
}
