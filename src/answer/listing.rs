//! What a section lists: where people ask which ones there are, one excerpt shows the first and the names of all stand
//! above their texts, as headings or as the beginnings of items.

use super::knowledge::Knowledge;
use super::rank::Candidate;
use super::reading::Reading;
use super::token::Token;
use super::weights::ratio;
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
    let outside = |token: &Token| !reading.is_in_name(&token.range);
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
    use crate::analysis::words::Words;
    use crate::answer::{Knowledge, Options, Question, answer};
    use crate::corpus::{Block, BlockKind, Corpus, Document, Passage, Section, Source};

    /// What is listed for a question about one document; a section is its headings and its lines, a line an item.
    fn listing(question: &str, sections: &[(&[&str], &[&str])]) -> Option<Vec<String>> {
        let source = Source { title: "甲园规划".into(), park: Some("甲园".into()), ..Source::default() };
        let mut document = Document { source, text: String::new(), sections: Vec::new() };
        let mut passages = Vec::new();
        for (headings, lines) in sections {
            let headings: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
            let start = document.text.len();
            let mut blocks = Vec::new();
            for line in *lines {
                let from = document.text.len();
                document.text.push_str(line);
                blocks.push(Block { kind: BlockKind::Item, range: from..document.text.len() });
                document.text.push('\n');
            }
            let range = start..document.text.len();
            passages.push(Passage { document: 0, headings: headings.clone().into(), range, answers_heading: false });
            document.sections.push(Section { headings, blocks });
        }
        let corpus = Corpus { documents: vec![document.into()], passages, ..Corpus::default() };
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        let options = Options { excerpt_chars: 20, ..Options::default() };
        let answer = answer(&knowledge, &Question::new(question).unwrap(), &options).unwrap();
        answer.listing.map(|listing| listing.items)
    }

    #[test]
    fn the_headings_below_are_listed() {
        let sections: [(&[&str], &[&str]); 2] = [
            (&["重点任务", "建设平台"], &["甲园建设平台，开放共享设备。"]),
            (&["重点任务", "引进人才"], &["甲园引进人才，提供公寓。"]),
        ];
        assert_eq!(listing("甲园有哪些重点任务", &sections).unwrap(), ["建设平台", "引进人才"]);
        assert_eq!(listing("甲园怎么引进人才", &sections), None);
    }

    #[test]
    fn items_are_listed_by_how_they_begin() {
        let lines = ["建设平台：开放共享设备，统一管理。", "引进人才：提供公寓，减免租金。"];
        assert_eq!(listing("甲园有哪些重点任务", &[(&["重点任务"], &lines)]).unwrap(), ["建设平台", "引进人才"]);
    }
}
