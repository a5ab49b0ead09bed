//! One immutable state of the knowledge: documents, words and index, with an id made of their contents.

mod check;
mod report;
mod gate;
mod keeper;

use std::path::{Path, PathBuf};

pub use check::check;
pub use keeper::{Candidate, Keeper, ReloadError, Rules};
pub use report::{AnswerChange, Brief, Listed, Progress, Report, Step};

use crate::analysis::vocabulary::Vocabulary;
use crate::analysis::words::{WORDS_FILE, Words, read_words};
use crate::answer::Knowledge;
use crate::corpus::{self, Corpus, CorpusError, Problem};
use crate::index::IndexError;

/// The name of the file of golden questions in the knowledge folder.
const QUESTIONS_FILE: &str = "questions.jsonl";

/// A state of the knowledge that questions are answered from.
pub struct Generation {
    /// Made of the contents of its documents and words, and of the program's version: 16 hexadecimal digits.
    pub id: String,
    /// What answers are made from.
    pub knowledge: Knowledge,
    /// What could not be read, or not as it was meant.
    pub problems: Vec<Problem>,
}

/// Why no generation could be made.
#[derive(Debug, thiserror::Error)]
pub enum GenerationError {
    /// The documents could not be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The words could not be read.
    #[error("{path}: cannot be read: {cause}", path = .path.display())]
    Words {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The index could not be built.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl Generation {
    /// Reads a knowledge folder, or a `passages.jsonl`.
    ///
    /// # Errors
    /// If there is nothing to answer from: the path is missing or holds no document that can be read.
    pub fn read(path: &Path) -> Result<Self, GenerationError> {
        Self::read_with(path, 1.0)
    }

    /// The same with only a share of the general vocabulary: for measuring how far it generalises.
    ///
    /// # Errors
    /// As [`Generation::read`].
    pub fn read_with(path: &Path, vocabulary: f64) -> Result<Self, GenerationError> {
        let (mut corpus, words) = if path.is_file() {
            (corpus::read_passages(path)?, Words::default())
        } else {
            let corpus = corpus::read(path)?;
            let (words, problem) = read_words_of(path)?;
            (with_problem(corpus, problem), words)
        };
        let problems = std::mem::take(&mut corpus.problems);
        let id = id(&corpus, &words);
        let vocabulary = Vocabulary::with_share(&words, vocabulary);
        Ok(Self { id, knowledge: Knowledge::with_vocabulary(corpus, &words, vocabulary)?, problems })
    }
}

/// The words of a folder; none, and a problem, if the file cannot be understood.
fn read_words_of(folder: &Path) -> Result<(Words, Option<Problem>), GenerationError> {
    let path = folder.join(WORDS_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok((Words::default(), None)),
        Err(cause) => return Err(GenerationError::Words { path, cause }),
    };
    match read_words(&text) {
        Ok(words) => Ok((words, None)),
        Err(error) => {
            let message = format!("{error}; the whole file is ignored until this is mended");
            Ok((Words::default(), Some(Problem { path: WORDS_FILE.to_owned(), line: error.line, message })))
        }
    }
}

fn with_problem(mut corpus: Corpus, problem: Option<Problem>) -> Corpus {
    corpus.problems.extend(problem);
    corpus.problems.sort();
    corpus
}

fn id(corpus: &Corpus, words: &Words) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    for document in &corpus.documents {
        // Everything an answer may show or depend on is part of the id.
        let parts = serde_json::to_vec(document).expect("a document is made of strings and numbers");
        hasher.update(&(parts.len() as u64).to_le_bytes()).update(&parts);
    }
    hasher.update(format!("{words:?}").as_bytes());
    hasher.finalize().to_hex().chars().take(16).collect()
}
