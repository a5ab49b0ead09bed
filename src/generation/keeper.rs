//! The keeper of the generations of one knowledge folder: builds the next one aside, lets it be compared with the one that
//! is served, and makes it the one that is served. Knows neither who asks for it nor how it is served.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::report::{Progress, Report};
use super::{Generation, GenerationError, gate};
use crate::index::IndexError;

/// How generations are kept.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rules {
    /// The share of the golden questions, 0 to 1, that may fail newly before a generation is held back.
    pub allowed_new_failures: f64,
}

/// Keeps the generations of a knowledge folder. Its calls block.
pub struct Keeper {
    knowledge: PathBuf,
    data_dir: PathBuf,
    rules: Rules,
    state: Mutex<State>,
}

struct State {
    current: Arc<Generation>,
    previous: Option<Arc<Generation>>,
}

/// A generation that was built and is not served.
pub struct Candidate {
    /// What it changes.
    pub report: Report,
    /// The generation.
    pub generation: Arc<Generation>,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// The next generation could not be built.
    #[error(transparent)]
    Generation(#[from] GenerationError),
    /// The questions of the gate could not be asked.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// There is no generation before the one that is served.
    #[error("there is no earlier generation to go back to")]
    NoPrevious,
    /// Nothing is held back, or something else is by now.
    #[error("nothing is held back any more; reload again")]
    NothingHeldBack,
}

impl Keeper {
    /// Opens the last good generation if the knowledge is what it was made of, and else builds one.
    ///
    /// # Errors
    /// If there is nothing to answer from.
    pub fn open(knowledge: &Path, data_dir: &Path, rules: Rules) -> Result<(Self, Arc<Generation>), GenerationError> {
        let generation = Arc::new(Generation::read(knowledge)?);
        Ok((Self::serving(knowledge, data_dir, rules, generation.clone()), generation))
    }

    /// Keeps a generation that was read before and is served already.
    pub fn serving(knowledge: &Path, data_dir: &Path, rules: Rules, generation: Arc<Generation>) -> Self {
        let state = Mutex::new(State { current: generation, previous: None });
        Self { knowledge: knowledge.to_owned(), data_dir: data_dir.to_owned(), rules, state }
    }

    /// Builds the next generation aside and compares it with the one that is served, by the golden questions and by
    /// `recent` questions of people. Changes nothing.
    ///
    /// # Errors
    /// If it cannot be built.
    pub fn prepare(&self, recent: &[String], progress: &(dyn Fn(Progress) + Sync)) -> Result<Candidate, ReloadError> {
        let started = Instant::now();
        let old = self.current();
        let new = Arc::new(Generation::read(&self.knowledge)?);
        let mut report = Report::of_documents(&old, &new);
        let (golden, problems) = gate::golden(&self.knowledge);
        report.problems.extend(problems);
        if !report.unchanged {
            let allowed = self.rules.allowed_new_failures;
            gate::replay(&mut report, (&old, &new), &golden, recent, allowed, progress)?;
        }
        report.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Candidate { report, generation: new })
    }

    /// Makes a candidate the generation that is served, and returns it; the one before is kept.
    ///
    /// # Errors
    /// If it cannot be written down; then nothing has changed.
    pub fn publish(&self, candidate: Candidate) -> Result<Arc<Generation>, ReloadError> {
        let mut state = self.state();
        if state.current.id != candidate.generation.id {
            let before = std::mem::replace(&mut state.current, candidate.generation);
            state.previous = Some(before);
        }
        Ok(state.current.clone())
    }

    /// Goes back to the generation before; a second call returns to the one that was left.
    ///
    /// # Errors
    /// If there is none, or it is damaged; then nothing has changed.
    pub fn rollback(&self) -> Result<Arc<Generation>, ReloadError> {
        let mut state = self.state();
        let previous = state.previous.take().ok_or(ReloadError::NoPrevious)?;
        let left = std::mem::replace(&mut state.current, previous);
        state.previous = Some(left);
        Ok(state.current.clone())
    }

    /// The generation that is served.
    pub fn current(&self) -> Arc<Generation> {
        self.state().current.clone()
    }

    /// The folder of the documents.
    pub fn knowledge(&self) -> &Path {
        &self.knowledge
    }

    /// The folder of what is kept.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
