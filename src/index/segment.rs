//! A part of the index: the passages of some neighbouring documents, in a tantivy index of their own in memory. Immutable,
//! so that generations share it, and made of nothing but files, so that it can be kept.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexSettings, Searcher, TantivyDocument};

use super::IndexError;
use crate::analysis::script::fold;
use crate::analysis::terms::Analyzer;
use crate::corpus::{Corpus, Document, Passage};

/// Memory that the writer begins with, in bytes; it grows with the segment.
const WRITER_BYTES: usize = 1 << 30;
/// The file that names the others.
const META: &str = "meta.json";

/// Some neighbouring documents and the index of their passages.
pub struct Segment {
    /// The documents, in the order of the corpus.
    pub documents: Vec<Arc<Document>>,
    /// How many passages they have.
    pub passages: usize,
    pub(super) searcher: Searcher,
    files: RamDirectory,
}

impl Segment {
    /// Indexes passages that belong to these documents.
    pub(super) fn build(
        corpus: &Corpus,
        documents: &[Arc<Document>],
        passages: &[Passage],
        analyzer: &Analyzer,
    ) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let files = RamDirectory::create();
        let mut writer = tantivy::Index::builder()
            .schema(schema)
            .settings(IndexSettings::default())
            .single_segment_index_writer(files.clone(), WRITER_BYTES)?;
        for passage in passages {
            writer.add_document(document(&indexed_text(corpus, passage), fields, analyzer))?;
        }
        let searcher = writer.finalize()?.reader()?.searcher();
        Ok(Self { documents: documents.to_vec(), passages: passages.len(), searcher, files })
    }

    /// Opens a segment that was kept.
    ///
    /// # Errors
    /// If the files are not those of a segment of so many passages.
    pub fn open(
        documents: Vec<Arc<Document>>,
        passages: usize,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self, IndexError> {
        let directory = RamDirectory::create();
        for (name, bytes) in files {
            directory.atomic_write(&PathBuf::from(name), &bytes).map_err(tantivy::TantivyError::from)?;
        }
        let searcher = tantivy::Index::open(directory.clone())?.reader()?.searcher();
        let known = searcher.schema() == &schema().0;
        if !known || searcher.segment_readers().len() != 1 || searcher.num_docs() != passages as u64 {
            let problem = "the index is not that of its documents".to_owned();
            return Err(tantivy::TantivyError::InternalError(problem).into());
        }
        Ok(Self { documents, passages, searcher, files: directory })
    }

    /// The files that it is made of, by name, in the order of names.
    ///
    /// # Errors
    /// If memory cannot be read.
    pub fn files(&self) -> io::Result<Vec<(String, Vec<u8>)>> {
        let index = self.searcher.index();
        let mut names: Vec<PathBuf> = index.directory().list_managed_files().into_iter().collect();
        names.push(PathBuf::from(META));
        names.sort();
        names.dedup();
        let mut files = Vec::new();
        for name in names.into_iter().filter(|name| self.files.exists(name).unwrap_or(false)) {
            let bytes = self.files.atomic_read(&name).map_err(io::Error::other)?;
            files.push((name.to_string_lossy().into_owned(), bytes));
        }
        Ok(files)
    }
}

/// The fields, in the order of [`crate::analysis::terms::Kind::ALL`].
pub(super) fn schema() -> (Schema, [Field; 3]) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs);
    let options = TextOptions::default().set_indexing_options(indexing);
    let fields = ["unigram", "bigram", "word"].map(|name| schema.add_text_field(name, options.clone()));
    (schema.build(), fields)
}

/// What of a passage is searched: title, headings and text, on lines of their own.
fn indexed_text(corpus: &Corpus, passage: &Passage) -> String {
    let title = corpus.source(passage).title.as_str();
    let headings = passage.headings.iter().map(String::as_str);
    std::iter::once(title).chain(headings).chain([corpus.text(passage)]).collect::<Vec<_>>().join("\n")
}

fn document(text: &str, fields: [Field; 3], analyzer: &Analyzer) -> TantivyDocument {
    let mut tokens: [Vec<Token>; 3] = Default::default();
    for term in analyzer.terms(&fold(text).chars) {
        let list = &mut tokens[term.kind as usize];
        list.push(Token { position: list.len(), text: term.text, ..Token::default() });
    }
    let mut document = TantivyDocument::default();
    for (field, tokens) in fields.into_iter().zip(tokens) {
        document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
    }
    document
}
