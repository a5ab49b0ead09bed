//! The park that a question is about although it does not name it: the only one whose documents know a name that the
//! question says, 启蒙馆 or 藕渚. Knows names that no dictionary has, and no parks' names.

use std::collections::BTreeSet;
use std::ops::Range;

use super::area::is_any;
use super::coined::{coined_stretches, is_name_like};
use super::knowledge::Knowledge;
use super::quoted::quoted;
use crate::analysis::terms::Kind;

/// Passages that are looked at for one name; what more hold is no name.
const MAX_HOLDING: usize = 64;

/// The park whose documents alone hold the names that a folded question coins; `None` if there is none, or more than one.
pub(super) fn owner(chars: &[char], words: &[Range<usize>], knowledge: &Knowledge) -> Option<usize> {
    let quoted = quoted(chars, words, &[], knowledge).into_iter();
    let mut owners: BTreeSet<Option<usize>> = quoted.map(|(_, holding)| only_park(&holding, knowledge)).collect();
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
    let may_be_name = |name: &[char]| !is_any(name) && is_name_like(name, &knowledge.analyzer);
    let mut found = Vec::new();
    let mut start = stretch.start;
    while start + 1 < stretch.end {
        let held = (start + 2..=stretch.end).rev().filter(|end| may_be_name(&chars[start..*end])).find_map(|end| {
            let pairs: Vec<String> = chars[start..end].windows(2).map(|pair| pair.iter().collect()).collect();
            let holding = knowledge.index.holding(Kind::Bigram, &pairs, &[], MAX_HOLDING);
            (1..MAX_HOLDING).contains(&holding.len()).then_some((end, holding))
        });
        let Some((end, holding)) = held else {
            start += 1;
            continue;
        };
        found.push(only_park(&holding, knowledge));
        start = end;
    }
    found
}

/// The park of all of some passages, if that is one.
fn only_park(passages: &[usize], knowledge: &Knowledge) -> Option<usize> {
    let documents = passages.iter().map(|&passage| knowledge.corpus.passages[passage].document);
    let parks: BTreeSet<Option<usize>> = documents.map(|document| knowledge.parks.of_document(document)).collect();
    let mut parks = parks.into_iter();
    parks.next().filter(|_| parks.next().is_none()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::fold;
    use crate::analysis::words::Words;
    use crate::corpus::{Corpus, Source};

    #[test]
    fn a_name_that_one_park_alone_knows_is_of_it() {
        let source = |park: &str| Source { title: park.into(), park: Some(park.into()), ..Source::default() };
        let texts = [
            ("青禾谷", "鹤鹮馆免费开放，门前是“回声步道”。"),
            ("青禾谷", "鹤鹮馆里有展品三百件，科创园也有。"),
            ("云帆港", "港里的展馆收门票，科创园不收。"),
            ("云帆港", "鹇鹮馆与青禾谷的鹇鹮楼同名。"),
        ];
        let corpus = Corpus::of_passages(texts.map(|(park, text)| (source(park), text.to_owned())));
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        let of = |question: &str| {
            let chars = fold(question).chars;
            owner(&chars, &knowledge.analyzer.words(&chars), &knowledge)
        };
        assert_eq!(of("鹤鹮馆几点开门"), knowledge.parks.of_document(0));
        assert!(of("鹤鹮馆几点开门").is_some());
        assert_eq!(of("回声步道几点关门"), knowledge.parks.of_document(0));
        assert_eq!(of("科创园几点开门"), None, "what any park may be called");
        assert_eq!(of("鹇鹮馆几点开门"), knowledge.parks.of_document(2), "what stands once is somebody's too");
    }
}
