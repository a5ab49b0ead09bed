//! Which of the names that a document may have of its own are: those that hardly any other document holds. Names that
//! nobody wrote down are known by this alone.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use super::own_names::OwnNames;
use crate::analysis::script::is_han;
use crate::analysis::terms::{Kind, runs};
use crate::corpus::Corpus;
use crate::index::Index;

/// A name is a document's own if at most this share of all other passages hold it.
const MAX_SHARE_OUTSIDE: f64 = 0.03;

/// Names that are a document's own: held by many of its passages and hardly by others. The best first.
pub(super) fn derive(
    corpus: &Corpus,
    documents: &[usize],
    passages: &[Range<usize>],
    own: &[Option<OwnNames>],
    index: &Index,
) -> BTreeMap<usize, Vec<String>> {
    let mut inside: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for &number in documents {
        for (name, count) in own[number].iter().flat_map(|names| names.iter()) {
            inside.entry(name).or_default().push((number, *count));
        }
    }
    let apart = |(name, holders): &(&str, Vec<(usize, usize)>)| {
        // A name of most documents tells none apart; this comes first because counting is dear where there are many.
        if holders.len() * 2 > corpus.documents.len().max(2) {
            return false;
        }
        let of_holders: usize = holders.iter().map(|(number, _)| passages[*number].len()).sum();
        let others = corpus.passages.len() - of_holders;
        let most = others as f64 * MAX_SHARE_OUTSIDE;
        let Some(pairs) = pairs(name) else { return true };
        // No more passages hold a name than hold the rarest of its pairs.
        if rarest(name, index).is_some_and(|holding| holding as f64 <= most) {
            return true;
        }
        let inside = |passage: &usize| {
            let document = corpus.passages[*passage].document;
            holders.binary_search_by_key(&document, |(number, _)| *number).is_ok()
        };
        let holding = index.holding(Kind::Bigram, &pairs, &[], corpus.passages.len());
        holding.iter().filter(|passage| !inside(passage)).count() as f64 <= most
    };
    let names: Vec<(&str, Vec<(usize, usize)>)> = inside.into_par_iter().filter(apart).collect();
    let mut derived: BTreeMap<usize, Vec<(usize, &str)>> = BTreeMap::new();
    for (name, holders) in names {
        for (number, count) in holders {
            derived.entry(number).or_default().push((count, name));
        }
    }
    let names = |mut names: Vec<(usize, &str)>| {
        names.sort_unstable_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
        names.into_iter().map(|(_, name)| name.to_owned()).collect()
    };
    derived.into_iter().map(|(number, found)| (number, names(found))).collect()
}

/// How many passages hold the rarest pair of Han characters of a name; `None` if it has none.
fn rarest(name: &str, index: &Index) -> Option<usize> {
    let chars: Vec<char> = name.chars().collect();
    let pairs = chars.windows(2).filter(|pair| pair.iter().all(|&c| is_han(c)));
    pairs.map(|pair| index.pairs().holding([pair[0], pair[1]])).min()
}

/// The pairs of neighbouring characters of a name in Han characters, the Latin words and numbers of any other; `None` if it
/// has none.
fn pairs(name: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = name.chars().collect();
    let pairs: Vec<String> = if chars.iter().all(|&c| is_han(c)) {
        chars.windows(2).map(|pair| pair.iter().collect()).collect()
    } else {
        runs(&chars)
            .into_iter()
            .filter(|run| !is_han(chars[run.start]))
            .map(|run| chars[run].iter().collect())
            .collect()
    };
    Some(pairs).filter(|pairs| !pairs.is_empty())
}
