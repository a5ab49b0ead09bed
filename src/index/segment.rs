//! A part of the index: the passages of some neighbouring documents, in a tantivy index of their own in memory. Immutable,
//! so that generations share it, and made of nothing but files, so that it can be kept.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexSettings, Searcher, SegmentReader, TantivyDocument};

use super::cut::{CUT, tokenizers};
use super::{IndexError, pair};
use crate::analysis::pairs::Pairs;
use crate::analysis::script::fold;
use crate::analysis::terms::{Analyzer, Kind};
use crate::corpus::{Corpus, Document, Passage};

/// The writer begins with some of this memory, in bytes, and grows with the segment.
const WRITER_BYTES: usize = 1 << 24;
/// The fields of the schema, in the order of [`crate::analysis::terms::Kind::ALL`].
pub(super) const FIELDS: [Field; 3] = [Field::from_field_id(0), Field::from_field_id(1), Field::from_field_id(2)];
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
        let files = RamDirectory::create();
        let mut writer = tantivy::Index::builder()
            .schema(schema())
            .settings(IndexSettings::default())
            .tokenizers(tokenizers())
            .single_segment_index_writer(files.clone(), WRITER_BYTES)?;
        let cut = |passage: &Passage| document(&indexed_text(corpus, passage), analyzer);
        // Cut by every processor, written by this one.
        for document in passages.par_iter().map(cut).collect::<Vec<_>>() {
            writer.add_document(document)?;
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
        let known = searcher.schema() == &schema();
        if !known || searcher.segment_readers().len() != 1 || searcher.num_docs() != passages as u64 {
            let problem = "the index is not that of its documents".to_owned();
            return Err(tantivy::TantivyError::InternalError(problem).into());
        }
        Ok(Self { documents, passages, searcher, files: directory })
    }

    /// The reader of its index; none if it has no passage.
    pub(super) fn reader(&self) -> Option<&SegmentReader> {
        self.searcher.segment_readers().first()
    }

    /// Its pairs of Han characters, and how many of its passages hold each.
    pub(super) fn pairs(&self) -> Pairs {
        let mut pairs = Vec::new();
        // The index lives in memory: what cannot be read is not there.
        let inverted =
            self.searcher.segment_readers().iter().filter_map(|r| r.inverted_index(FIELDS[Kind::Bigram as usize]).ok());
        for inverted in inverted {
            let Ok(mut terms) = inverted.terms().stream() else { continue };
            while terms.advance() {
                let Ok(text) = std::str::from_utf8(terms.key()) else { continue };
                pairs.extend(pair(text).map(|pair| (pair, terms.value().doc_freq)));
            }
        }
        Pairs::new(pairs)
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

/// The fields by name.
fn schema() -> Schema {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer(CUT).set_index_option(IndexRecordOption::WithFreqs);
    let options = TextOptions::default().set_indexing_options(indexing);
    for name in ["unigram", "bigram", "word"] {
        schema.add_text_field(name, options.clone());
    }
    schema.build()
}

/// What of a passage is searched: title, headings and text, on lines of their own.
fn indexed_text(corpus: &Corpus, passage: &Passage) -> String {
    let title = corpus.source(passage).title.as_str();
    let headings = passage.headings.iter().map(String::as_str);
    std::iter::once(title).chain(headings).chain([corpus.text(passage)]).collect::<Vec<_>>().join("\n")
}

fn document(text: &str, analyzer: &Analyzer) -> TantivyDocument {
    let mut cut: [String; 3] = Default::default();
    for term in analyzer.terms(&fold(text).chars) {
        let terms = &mut cut[term.kind as usize];
        terms.push_str(&term.text);
        terms.push('\n');
    }
    let mut document = TantivyDocument::default();
    for (field, terms) in FIELDS.into_iter().zip(cut) {
        document.add_text(field, terms);
    }
    document
}
