//! One immutable state of the knowledge: documents, words and index, with an id made of their contents.

mod beside;
mod check;
mod made;
mod store;
mod asked;
mod report;
mod gate;
mod aside;
mod keeper;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use check::{Checked, check, problems};
pub use keeper::{Candidate, Keeper, ReloadError, RolledBack, Rules};
pub use report::{AnswerChange, Brief, Listed, Progress, Report, Step};
pub use store::StoreError;

use crate::answer::Knowledge;
use crate::corpus::{CorpusError, Problem};
use crate::index::IndexError;
use asked::Asked;
use made::Making;
use store::Disk;

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
    /// What it answered the gate.
    asked: Asked,
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
        Self::read_with(path, 1.0, &|_| ())
    }

    /// The same with only a share of the general vocabulary, for measuring how far it generalises, and telling how far
    /// it is.
    ///
    /// # Errors
    /// As [`Generation::read`].
    ///
    /// # Panics
    /// Never: nobody else has it yet.
    pub fn read_with(
        path: &Path,
        vocabulary: f64,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Self, GenerationError> {
        let making = Making { before: None, vocabulary, disk: &Disk::default(), progress };
        Ok(Arc::into_inner(making.make(path)?.generation).expect("nobody else has it yet"))
    }
}

#[cfg(test)]
mod tests;
