//! How a generation is made: read, parsed, indexed; what did not change since the one before is taken over from it.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::asked::Asked;
use super::store::Disk;
use super::{Generation, GenerationError, Progress, Step, beside};
use crate::analysis::vocabulary::Vocabulary;
use crate::analysis::words::{WORDS_FILE, Words, read_words};
use crate::answer::{Kept, Knowledge, contradictions};
use crate::corpus::{self, Corpus, Document, Fault, FolderRead, Parsed, Problem, Reader, Stamp, WordsFault};

/// A generation and what the next one can take over.
pub(super) struct Made {
    pub(super) generation: Arc<Generation>,
    /// The text of `words.toml`, if there is one.
    pub(super) words: Option<String>,
    /// The hash of all that was read for it.
    pub(super) inputs: String,
    /// Its documents by path; none where they come from a `passages.jsonl`.
    pub(super) known: BTreeMap<String, Known>,
}

/// A document and the file that it was parsed from.
#[derive(Clone)]
pub(super) struct Known {
    /// The hash of the file.
    pub(super) input: String,
    /// The file when this process read it, if another change is sure to give another stamp.
    pub(super) stamp: Option<Stamp>,
    /// The hash of the document.
    pub(super) hash: String,
    pub(super) document: Arc<Document>,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
}

impl Made {
    /// The same, with what was read of the same files since.
    pub(super) fn read_again(&self, scanned: Scanned) -> Self {
        let (generation, words) = (self.generation.clone(), self.words.clone());
        Self { generation, words, inputs: scanned.inputs, known: scanned.known }
    }
}

/// How a generation is to be made.
pub(super) struct Making<'a> {
    /// The one before.
    pub(super) before: Option<&'a Made>,
    /// The share of the general vocabulary, 0 to 1.
    pub(super) vocabulary: f64,
    pub(super) disk: &'a Disk,
    pub(super) progress: &'a (dyn Fn(Progress) + Sync),
}

/// What was read, before a generation is made of it.
pub(super) struct Scanned {
    documents: Vec<Arc<Document>>,
    problems: Vec<Problem>,
    pub(super) words: Option<String>,
    known: BTreeMap<String, Known>,
    /// The hash of all that was read.
    pub(super) inputs: String,
    /// Paths that the system did not let us read.
    pub(super) unreadable: Vec<String>,
}

impl Making<'_> {
    /// Makes the generation of a knowledge folder, or of a `passages.jsonl`.
    pub(super) fn make(&self, path: &Path) -> Result<Made, GenerationError> {
        if path.is_file() { self.read_passages(path) } else { self.finish(self.scan(path)?) }
    }

    /// Reads a folder; what is known is not parsed again.
    pub(super) fn scan(&self, folder: &Path) -> Result<Scanned, GenerationError> {
        let reading = Reading { making: self, known: Mutex::default(), files: AtomicUsize::new(0) };
        let read = corpus::read_by(folder, &reading)?;
        let files = reading.known.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (mut known, mut inputs) = (BTreeMap::new(), blake3::Hasher::new());
        for (path, (input, document)) in files {
            inputs.update(path.as_bytes()).update(b"\0").update(input.as_bytes());
            known.extend(document.map(|document| (path, document)));
        }
        let FolderRead { documents, problems, unreadable } = read;
        let words = self.words_of(folder)?;
        inputs.update(format!("{words:?}{problems:?}").as_bytes());
        let inputs = inputs.finalize().to_hex().to_string();
        Ok(Scanned { documents, problems, words, known, inputs, unreadable })
    }

    /// Makes a generation of what was read.
    pub(super) fn finish(&self, scanned: Scanned) -> Result<Made, GenerationError> {
        let Scanned { documents, problems, words, known, inputs, .. } = scanned;
        let kept = self.before.map(|before| before.generation.knowledge.kept()).unwrap_or_default();
        let corpus = match self.before {
            Some(before) => Corpus::after(&before.generation.knowledge.corpus, documents, Vec::new()),
            None => Corpus::of(documents, Vec::new()),
        };
        let generation = self.assemble(&kept, corpus, words.as_deref(), &known, problems)?;
        Ok(Made { generation: Arc::new(generation), words, inputs, known })
    }

    fn read_passages(&self, path: &Path) -> Result<Made, GenerationError> {
        let mut corpus = corpus::read_passages(path)?;
        let problems = std::mem::take(&mut corpus.problems);
        let generation = self.assemble(&Kept::default(), corpus, None, &BTreeMap::new(), problems)?;
        let (inputs, known) = (generation.id.clone(), BTreeMap::new());
        Ok(Made { generation: Arc::new(generation), words: None, inputs, known })
    }

    /// Makes a generation of documents and words, taking over what was kept.
    pub(super) fn assemble(
        &self,
        kept: &Kept,
        corpus: Corpus,
        words: Option<&str>,
        known: &BTreeMap<String, Known>,
        mut problems: Vec<Problem>,
    ) -> Result<Generation, GenerationError> {
        let (words, problem) = understood(words);
        problems.extend(problem);
        problems.extend(contradictions(&corpus, &[]));
        problems.sort();
        problems.dedup();
        let hashes = corpus.documents.iter().map(|document| match known.get(&document.source.path) {
            Some(known) => known.hash.clone(),
            None => hash_of(document),
        });
        let id = id(hashes, &words);
        let vocabulary = Vocabulary::with_share(&words, self.vocabulary);
        let of = corpus.passages.len();
        let done = |done| (self.progress)(Progress { step: Step::Indexing, done, of });
        let knowledge = Knowledge::after(kept, corpus, &words, vocabulary, &done)?;
        Ok(Generation { id, knowledge, problems, asked: Asked::default() })
    }

    /// The text of the words of a folder.
    fn words_of(&self, folder: &Path) -> Result<Option<String>, GenerationError> {
        let unreadable = |cause| GenerationError::Words { path: folder.join(WORDS_FILE), cause };
        beside::read(self.disk, folder, WORDS_FILE).map_err(unreadable)
    }
}

/// Reads the files of the folder; what is as it was is not read again, and what is known is not parsed again.
struct Reading<'a> {
    making: &'a Making<'a>,
    /// The hash of every file, and its document if it is one, by path.
    known: Mutex<BTreeMap<String, (String, Option<Known>)>>,
    files: AtomicUsize,
}

impl Reading<'_> {
    fn before(&self, path: &str) -> Option<&Known> {
        self.making.before?.known.get(path)
    }

    /// Notes what was found in a file.
    fn found(&self, path: &str, input: String, known: Option<Known>, problems: Vec<Problem>) -> Parsed {
        let done = self.files.fetch_add(1, Ordering::Relaxed) + 1;
        (self.making.progress)(Progress { step: Step::Reading, done, of: 0 });
        let document = known.as_ref().map(|known| known.document.clone());
        let mut files = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), (input, known));
        (document, problems)
    }
}

impl Reader for Reading<'_> {
    fn opening(&self, _path: &str) -> io::Result<()> {
        self.making.disk.may_read()
    }

    fn tick(&self) -> Duration {
        self.making.disk.tick
    }

    fn known(&self, path: &str, metadata: &Metadata) -> Option<Parsed> {
        let known = self.before(path).filter(|known| known.stamp.is_some() && known.stamp == Stamp::of(metadata))?;
        Some(self.found(path, known.input.clone(), Some(known.clone()), known.problems.clone()))
    }

    fn parse(&self, path: &str, bytes: &[u8], stamp: Option<Stamp>) -> Parsed {
        let input = blake3::hash(bytes).to_hex().to_string();
        if let Some(known) = self.before(path).filter(|known| known.input == input) {
            return self.found(path, input, Some(Known { stamp, ..known.clone() }), known.problems.clone());
        }
        let (document, problems) = corpus::read_document(path, bytes);
        let known = document.map(|document| Known {
            input: input.clone(),
            stamp,
            hash: hash_of(&document),
            document: Arc::new(document),
            problems: problems.clone(),
        });
        self.found(path, input, known, problems)
    }
}

/// The words; none, and a problem, if the text cannot be understood.
pub(super) fn understood(text: Option<&str>) -> (Words, Option<Problem>) {
    match text.map_or_else(|| Ok(Words::default()), read_words) {
        Ok(words) => (words, None),
        Err(error) => {
            let fault = Fault::Words(WordsFault::Broken { cause: error.message });
            (Words::default(), Some(Problem { path: WORDS_FILE.to_owned(), line: error.line, fault }))
        }
    }
}

/// The hash of everything of a document that an answer may show or depend on.
fn hash_of(document: &Document) -> String {
    let parts = serde_json::to_vec(document).expect("a document is made of strings and numbers");
    blake3::hash(&parts).to_hex().to_string()
}

fn id(documents: impl Iterator<Item = String>, words: &Words) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    for hash in documents {
        hasher.update(hash.as_bytes());
    }
    hasher.update(format!("{words:?}").as_bytes());
    hasher.finalize().to_hex().chars().take(16).collect()
}
