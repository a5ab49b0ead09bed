//! The path of a document: file → format → clean → [`Document`] → [`Passage`]. Knows nothing of questions.

mod stamp;
mod folder;
mod disabled;
mod passage_lines;
mod refusal;
mod problem;
mod decode;
mod format;
pub mod line;
pub mod clean;
mod faq;
mod numbering;
mod layout;
mod document;
mod passage;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

pub(crate) use decode::decoded;
pub use disabled::{Disabled, disabled};
pub use document::{Block, BlockKind, Date, DateError, Document, Section, Source};
pub use folder::{CorpusError, FolderRead, Parsed, Reader, read, read_by};
pub use format::{
    Draft, Kind, Original, Warning, address, clean_draft, date, markdown, read_document, read_draft, read_original,
};
pub use passage_lines::read_passages;
pub use problem::{FRONT_MATTER_KEYS, Fault, Problem, QuestionsFault, Shape, WordsFault};
pub use refusal::Refusal;
pub use stamp::{Stamp, TICK};

use crate::analysis::script::slice;

/// A piece of a document that is found and quoted as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Number of its document in the corpus.
    pub document: usize,
    /// The path of headings above it, outermost first, without the document's title. The words that name a numbered
    /// item are the last of them, and in its text as well.
    pub headings: Arc<[String]>,
    /// Byte range in the document's text.
    pub range: Range<usize>,
    /// Whether it is the answer of a question-and-answer pair; the question is then the last heading.
    pub answers_heading: bool,
}

impl Document {
    /// How many passages it is cut into.
    pub fn passages(&self) -> usize {
        passage::passages(0, self).len()
    }
}

/// All documents and their passages, in an order that does not depend on the file system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The documents, sorted by path; those that did not change are shared with the corpus before.
    pub documents: Vec<Arc<Document>>,
    /// Their passages, in the documents' order and then in reading order.
    pub passages: Vec<Passage>,
    /// What could not be read, or not as it was meant.
    pub problems: Vec<Problem>,
}

impl Corpus {
    /// Sorts documents and problems by path and cuts the documents into passages.
    pub fn new(documents: Vec<Document>, problems: Vec<Problem>) -> Self {
        Self::of(documents.into_iter().map(Arc::new).collect(), problems)
    }

    /// The same of documents that another corpus may hold, too.
    pub fn of(documents: Vec<Arc<Document>>, problems: Vec<Problem>) -> Self {
        Self::after(&Self::default(), documents, problems)
    }

    /// The same; documents that stand in `before` are not cut into passages again.
    pub fn after(before: &Self, mut documents: Vec<Arc<Document>>, mut problems: Vec<Problem>) -> Self {
        documents.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        problems.sort();
        let of_one = before.passages.chunk_by(|a, b| a.document == b.document);
        let kept: HashMap<usize, &[Passage]> = of_one
            .filter_map(|passages| Some((Arc::as_ptr(&before.documents[passages.first()?.document]).addr(), passages)))
            .collect();
        let cut = |(number, document): (usize, &Arc<Document>)| match kept.get(&Arc::as_ptr(document).addr()) {
            Some(passages) => passages.iter().map(|known| Passage { document: number, ..known.clone() }).collect(),
            None => passage::passages(number, document),
        };
        let passages = documents.par_iter().enumerate().flat_map_iter(cut).collect();
        Self { documents, passages, problems }
    }

    /// Documents of one passage each, as tests write them.
    #[cfg(test)]
    pub(crate) fn of_passages(passages: impl IntoIterator<Item = (Source, String)>) -> Self {
        let mut corpus = Self::default();
        for (document, (source, text)) in passages.into_iter().enumerate() {
            let range = 0..text.len();
            corpus.passages.push(Passage { document, headings: [].into(), range, answers_heading: false });
            corpus.documents.push(Document { source, text, sections: Vec::new() }.into());
        }
        corpus
    }

    /// The text of a passage.
    pub fn text(&self, passage: &Passage) -> &str {
        slice(&self.documents[passage.document].text, passage.range.clone())
    }

    /// Where a passage comes from.
    pub fn source(&self, passage: &Passage) -> &Source {
        &self.documents[passage.document].source
    }
}

#[cfg(test)]
mod tests;
