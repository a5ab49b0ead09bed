//! What a section lists: where people ask which ones there are, one excerpt shows the first and the names of all stand
//! above their texts, as headings or as the beginnings of items.

use super::knowledge::Knowledge;
use super::rank::{Candidate, ratio};
use super::reading::{Reading, Token};
use crate::analysis::script::{fold, slice};
use crate::analysis::terms::Kind;
use crate::corpus::{BlockKind, Document, Passage};

/// The share of the question's words, without the names of parks, that the heading of a list must hold.
const LEAST_SHARE: f32 = 0.6;
/// The most items that are listed.
const MAX_ITEMS: usize = 12;

/// A heading and what stands under it, each word for word.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Listing {
    /// The heading of the section.
    pub heading: String,
    /// The names of its parts, in reading order; two at least.
    pub items: Vec<String>,
}

/// What the section of a passage lists, if a list is asked for and the section's heading says of what.
pub(super) fn listing(knowledge: &Knowledge, reading: &Reading, best: &Candidate) -> Option<Listing> {
    if reading.asked.kind.is_none_or(|kind| kind.name != "LIST") && !reading.facet_names().contains(&"list") {
        return None;
    }
    let passages = &knowledge.corpus.passages;
    let own = &passages[best.hit.passage];
    let same = |passage: &&Passage| passage.document == own.document;
    let before = passages[..best.hit.passage].iter().rev().take_while(same).count();
    let document: Vec<&Passage> = passages[best.hit.passage - before..].iter().take_while(same).collect();
    let window = best.windows.first()?.range.clone();
    let excerpt = slice(knowledge.corpus.text(own), best.sight.folded.bytes(window));
    (1..=own.headings.len()).rev().find_map(|depth| {
        let (path, heading) = (&own.headings[..depth], &own.headings[depth - 1]);
        let below = document.iter().filter(|other| other.headings.starts_with(path));
        let mut items: Vec<&str> = below.filter_map(|other| other.headings.get(depth)).map(String::as_str).collect();
        items.dedup();
        if items.is_empty() {
            items = names(&knowledge.corpus.documents[own.document], path);
        }
        let fits = (2..=MAX_ITEMS).contains(&items.len()) && share(reading, heading) >= LEAST_SHARE;
        // Questions and their answers are no list of what is asked.
        let new = items.iter().any(|item| !excerpt.contains(item) && !item.ends_with(['？', '?']));
        let items = || items.iter().map(|&item| item.to_owned()).collect();
        (fits && new).then(|| Listing { heading: heading.clone(), items: items() })
    })
}

/// How the items of a section's list begin: up to the first mark.
fn names<'a>(document: &'a Document, path: &[String]) -> Vec<&'a str> {
    let sections = document.sections.iter().filter(|section| section.headings == path);
    let items = sections.flat_map(|section| &section.blocks).filter(|block| block.kind == BlockKind::Item);
    let name = |text: &'a str| {
        let end = text.find(['：', ':', '，', ',', '。', '；', ';', '—']).unwrap_or(text.len());
        slice(text, 0..end)
    };
    items.map(|block| name(slice(&document.text, block.range.clone()))).collect()
}

/// How much of the question's words a heading holds, by their characters.
fn share(reading: &Reading, heading: &str) -> f32 {
    let outside = |token: &Token| {
        reading.named.iter().all(|named| token.range.end <= named.range.start || named.range.end <= token.range.start)
    };
    let places = reading.places(&fold(heading).chars);
    let words = reading.tokens.iter().zip(places).filter(|(token, _)| token.kind == Kind::Word && outside(token));
    let (mut held, mut all) = (0.0, 0.0);
    for (token, places) in words.filter(|(token, _)| token.chars.len() > 1) {
        let length = token.chars.len() as f32;
        all += length;
        held += length * places.iter().map(|place| place.credit).fold(0.0, f32::max);
    }
    ratio(held, all)
}

#[cfg(test)]
mod tests {
    use crate::answer::{Options, Question, answer};
    use crate::generation::Generation;

    #[test]
    fn all_names_of_a_list_are_shown() {
        let folder = tempfile::tempdir().unwrap();
        let write = |text: &str| std::fs::write(folder.path().join("a.md"), text).unwrap();
        let listing = |question: &str| {
            let knowledge = Generation::read(folder.path()).unwrap().knowledge;
            let question = Question::new(question).unwrap();
            answer(&knowledge, &question, &Options { excerpt_chars: 20, ..Options::default() }).unwrap().listing
        };
        let sections = "---\ntitle: 甲园规划\npark: 甲园\n---\n\n## 重点任务\n\n### 建设平台\n\n甲园建设平台，开放共享设备。\n\n### 引进人才\n\n甲园引进人才，提供公寓。\n";
        write(sections);
        let found = listing("甲园有哪些重点任务").unwrap();
        assert_eq!(
            (found.heading.as_str(), found.items),
            ("重点任务", vec!["建设平台".to_owned(), "引进人才".to_owned()])
        );
        assert_eq!(listing("甲园怎么引进人才"), None);
        write(
            "---\ntitle: 甲园规划\npark: 甲园\n---\n\n## 重点任务\n\n- 建设平台：开放共享设备，统一管理。\n- 引进人才：提供公寓，减免租金。\n",
        );
        assert_eq!(listing("甲园有哪些重点任务").unwrap().items, ["建设平台", "引进人才"]);
    }
}
