//! The path of a document: file → format → clean → [`Document`] → [`Passage`]. Knows nothing of questions.

mod document;

use std::ops::Range;

pub use document::{Block, BlockKind, Date, DateError, Document, Problem, Section, Source};

use crate::analysis::script::slice;

/// A piece of a document that is found and quoted as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Number of its document in the corpus.
    pub document: usize,
    /// The path of headings above it, outermost first, without the document's title.
    pub headings: Vec<String>,
    /// Byte range in the document's text.
    pub range: Range<usize>,
    /// Whether it is the answer of a question-and-answer pair; the question is then the last heading.
    pub answers_heading: bool,
}

/// All documents and their passages, in an order that does not depend on the file system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The documents, sorted by path.
    pub documents: Vec<Document>,
    /// Their passages, in the documents' order and then in reading order.
    pub passages: Vec<Passage>,
    /// What could not be read, or not as it was meant.
    pub problems: Vec<Problem>,
}

impl Corpus {
    /// The text of a passage.
    pub fn text(&self, passage: &Passage) -> &str {
        slice(&self.documents[passage.document].text, passage.range.clone())
    }

    /// Where a passage comes from.
    pub fn source(&self, passage: &Passage) -> &Source {
        &self.documents[passage.document].source
    }
}
