//! What a generation answered the gate: it is asked each question once, for it answers the same as long as it is served.
//! Keeps what the gate compares and no question: people's are known by their hashes.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::answer::{Answer, Knowledge, Options, Outcome, Question, answer};
use crate::index::IndexError;

/// What the gate compares of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// What became of the question.
    pub(super) outcome: Outcome,
    /// The first excerpt; none if it was declined.
    pub(super) first: Option<First>,
}

/// The first excerpt of an answer, and its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct First {
    pub(super) excerpt: String,
    pub(super) title: String,
    pub(super) path: String,
}

/// What one generation said, by the hash of the question. It is asked on no day, with the options of [`Options::default`].
#[derive(Default)]
pub(super) struct Asked(Mutex<HashMap<blake3::Hash, Said>>);

impl Asked {
    /// What the generation says whose knowledge this is; what is no question is declined.
    pub(super) fn ask(&self, knowledge: &Knowledge, text: &str) -> Result<Said, IndexError> {
        let key = blake3::hash(text.as_bytes());
        if let Some(known) = self.said().get(&key) {
            return Ok(known.clone());
        }
        let said = match Question::new(text) {
            Ok(question) => Said::of(answer(knowledge, &question, &Options::default())?),
            Err(_) => Said { outcome: Outcome::Declined, first: None },
        };
        self.said().insert(key, said.clone());
        Ok(said)
    }

    /// Forgets all questions but these.
    pub(super) fn keep_only<'a>(&self, questions: impl Iterator<Item = &'a str>) {
        let keys: HashSet<blake3::Hash> = questions.map(|text| blake3::hash(text.as_bytes())).collect();
        self.said().retain(|known, _| keys.contains(known));
    }

    /// How many are remembered.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.said().len()
    }

    fn said(&self) -> MutexGuard<'_, HashMap<blake3::Hash, Said>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Said {
    fn of(answer: Answer) -> Self {
        let first = answer.citations.into_iter().next();
        let first = first.map(|first| First {
            excerpt: first.excerpt.text,
            title: first.source.title.clone(),
            path: first.source.path.clone(),
        });
        Self { outcome: answer.outcome, first }
    }
}
