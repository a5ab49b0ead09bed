//! The keeper of the generations of one knowledge folder: builds the next one aside, lets it be compared with the one that
//! is served, and makes it the one that is served. Knows neither who asks for it nor how it is served.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::aside::aside;
use super::made::{Made, Making, Scanned, understood};
use super::report::{Progress, Report};
use super::store::{Current, Disk, Store, StoreError, Stored};
use super::{Generation, GenerationError, gate, problems};
use crate::corpus::{CorpusError, Problem};
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
    store: Store,
    rules: Rules,
    /// Held while something is published or rolled back.
    changing: Mutex<()>,
    state: Mutex<State>,
}

#[derive(Clone)]
struct State {
    current: Arc<Made>,
    /// Where it is on disk, if it could be written.
    stored: Option<Arc<Stored>>,
    /// What `CURRENT` says.
    pointers: Option<Current>,
    /// The one before, if this process served it.
    previous: Option<Arc<Made>>,
    /// How many golden questions there were.
    golden: usize,
    /// The hash of the knowledge whose generation was rolled back.
    refused: Option<String>,
}

/// A generation that was built and is not served.
pub struct Candidate {
    /// What it changes.
    pub report: Report,
    /// The generation.
    pub generation: Arc<Generation>,
    made: Arc<Made>,
}

/// A generation that is served once more.
pub struct RolledBack {
    /// It.
    pub generation: Arc<Generation>,
    /// Whether it is the newer one, which was rolled back before.
    pub is_newer: bool,
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
    /// A document that is served cannot be read any more.
    #[error("{0}: is served and cannot be read any more; make it readable, or delete it if it is no longer wanted")]
    Unreadable(String),
    /// `words.toml` was changed and cannot be understood.
    #[error("{0}; what was served before is served on")]
    Words(Problem),
    /// It could not be written down, or is damaged.
    #[error("{0}; what was served before is served on")]
    Store(#[from] StoreError),
    /// There is no generation before the one that is served.
    #[error("there is no earlier generation to go back to")]
    NoPrevious,
    /// Nothing is held back, or something else is by now.
    #[error("nothing is held back any more; reload again")]
    NothingHeldBack,
}

impl Keeper {
    /// Opens the last good generation if the knowledge is what it was made of, and else builds one, which the gate
    /// compares with it. What is damaged on disk is made again.
    ///
    /// # Errors
    /// If there is nothing to answer from.
    pub fn open(
        knowledge: &Path,
        data_dir: &Path,
        rules: Rules,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Self, Arc<Generation>), GenerationError> {
        Self::open_on(Disk::default(), knowledge, data_dir, rules, progress)
    }

    /// Opens the last good generation, whatever the knowledge has become, and builds one where there is none.
    ///
    /// # Errors
    /// If there is nothing to answer from.
    pub fn open_last(
        knowledge: &Path,
        data_dir: &Path,
        rules: Rules,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Self, GenerationError> {
        let store = Store::new(data_dir, knowledge, Disk::default());
        let (pointers, Some((last, stored))) = last(&store) else {
            return Self::open(knowledge, data_dir, rules, progress).map(|(keeper, _)| keeper);
        };
        let golden = golden(knowledge, pointers.as_ref());
        let state = State {
            current: Arc::new(last),
            stored: Some(Arc::new(stored)),
            refused: refused(pointers.as_ref()),
            pointers,
            previous: None,
            golden,
        };
        Ok(Self { knowledge: knowledge.to_owned(), store, rules, changing: Mutex::default(), state: Mutex::new(state) })
    }

    pub(super) fn open_on(
        disk: Disk,
        knowledge: &Path,
        data_dir: &Path,
        rules: Rules,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Self, Arc<Generation>), GenerationError> {
        let store = Store::new(data_dir, knowledge, disk);
        // A data folder that cannot be written must not keep the bot from answering.
        let lock = store.lock().map_err(|error| tracing::warn!("{error}")).ok();
        let (pointers, last) = last(&store);
        let before = last.as_ref().map(|(made, _)| made);
        let last_id = before.map(|made| made.generation.id.clone()).unwrap_or_default();
        let making = Making { before, vocabulary: 1.0, disk: &store.disk, progress };
        let next = next(&making, knowledge, rules, pointers.as_ref())?;
        let (made, stored, other) = match (next, last) {
            (Some(same), Some((last, stored))) if Arc::ptr_eq(&same.generation, &last.generation) => {
                (same, Some(stored), None)
            }
            (None, Some((last, stored))) => (last, Some(stored), None),
            (Some(next), last) => (next, None, last.map(|(_, stored)| stored)),
            (None, None) => unreachable!("there is a next one where there is no last one"),
        };
        let (current, stored) = (Arc::new(made), stored.map(Arc::new));
        // What is not served must not lower the number.
        let golden = match &stored {
            Some(_) => golden(knowledge, pointers.as_ref()),
            None => gate::golden(knowledge).len(),
        };
        let refused = refused(pointers.as_ref());
        let mut state = State { current, stored, pointers, previous: None, golden, refused };
        if state.stored.is_none()
            && let Err(error) = write(&store, &mut state, &last_id, other.as_ref())
        {
            tracing::warn!("{error}; the next start builds the index again");
        }
        drop(lock);
        let generation = state.current.generation.clone();
        let (knowledge, changing, state) = (knowledge.to_owned(), Mutex::default(), Mutex::new(state));
        Ok((Self { knowledge, store, rules, changing, state }, generation))
    }

    /// Keeps a generation that was read before and is served already; it is not written down.
    pub fn serving(knowledge: &Path, data_dir: &Path, rules: Rules, generation: Arc<Generation>) -> Self {
        let made = Made { generation, words: None, inputs: String::new(), known: BTreeMap::new() };
        let golden = gate::golden(knowledge).len();
        let state =
            State { current: Arc::new(made), stored: None, pointers: None, previous: None, golden, refused: None };
        let store = Store::new(data_dir, knowledge, Disk::default());
        Self { knowledge: knowledge.to_owned(), store, rules, changing: Mutex::default(), state: Mutex::new(state) }
    }

    /// Builds the next generation aside and compares it with the one that is served, by the golden questions and by
    /// `recent` questions of people. Changes nothing.
    ///
    /// # Errors
    /// If it cannot be built, or a document that is served cannot be read any more.
    pub fn prepare(&self, recent: &[String], progress: &(dyn Fn(Progress) + Sync)) -> Result<Candidate, ReloadError> {
        aside(|| self.built(recent, progress))
    }

    fn built(&self, recent: &[String], progress: &(dyn Fn(Progress) + Sync)) -> Result<Candidate, ReloadError> {
        let started = Instant::now();
        let State { current: old, golden, .. } = self.state().clone();
        let making = Making { before: Some(&old), vocabulary: 1.0, disk: &self.store.disk, progress };
        let made = if self.knowledge.is_file() {
            Arc::new(making.make(&self.knowledge)?)
        } else {
            let scanned = making.scan(&self.knowledge)?;
            if let Some(lost) = lost(&old, &scanned.unreadable) {
                return Err(ReloadError::Unreadable(lost));
            }
            if let Some(problem) = misunderstood(&old, &scanned) {
                return Err(ReloadError::Words(problem));
            }
            let same = scanned.inputs == old.inputs;
            Arc::new(if same { old.read_again(scanned) } else { making.finish(scanned)? })
        };
        let mut report = compared(&self.knowledge, self.rules, golden, [&old, &made], recent, progress)?;
        report.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Candidate { report, generation: made.generation.clone(), made })
    }

    /// Makes a candidate the generation that is served, and returns it; the one before is kept.
    ///
    /// # Errors
    /// If it cannot be written down; then nothing has changed.
    pub fn publish(&self, candidate: Candidate) -> Result<Arc<Generation>, ReloadError> {
        aside(|| self.published(candidate))
    }

    fn published(&self, candidate: Candidate) -> Result<Arc<Generation>, ReloadError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let _lock = self.store.lock()?;
        let before = self.state().clone();
        let same = Arc::ptr_eq(&before.current.generation, &candidate.generation);
        // What was damaged meanwhile is written again, and nothing of it is trusted.
        let whole = before.pointers.as_ref().is_some_and(|pointers| self.store.says(pointers));
        if same && whole {
            // What was read of its files is newer.
            let mut state = self.state();
            state.current = candidate.made;
            state.golden = state.golden.max(candidate.report.golden);
            return Ok(candidate.generation);
        }
        let golden = candidate.report.golden;
        let mut next = State { current: candidate.made, stored: None, golden, refused: None, ..before.clone() };
        if next.current.generation.id != before.current.generation.id {
            next.previous = Some(before.current.clone());
        }
        write(&self.store, &mut next, &before.current.generation.id, before.stored.as_deref().filter(|_| whole))?;
        let generation = next.current.generation.clone();
        *self.state() = next;
        Ok(generation)
    }

    /// Goes back to the generation before; a second call returns to the one that was left, which is then said.
    ///
    /// # Errors
    /// If there is none, or it is damaged; then nothing has changed.
    pub fn rollback(&self) -> Result<RolledBack, ReloadError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let _lock = self.store.lock()?;
        let before = self.state().clone();
        let pointer = before.pointers.as_ref().and_then(|pointers| pointers.previous.as_ref());
        // What is on disk is checked even if it is not needed now: the next start will need it.
        let loaded = pointer.map_or(Ok(None), |pointer| self.store.load(pointer));
        let (current, stored) = match (before.previous.clone(), loaded) {
            (Some(made), Ok(Some((_, stored)))) => (made, Some(stored)),
            (Some(made), _) => (made, None),
            (None, Ok(Some((made, stored)))) => (Arc::new(made), Some(stored)),
            (None, Ok(None)) => return Err(ReloadError::NoPrevious),
            (None, Err(error)) => return Err(error.into()),
        };
        let left = before.current.clone();
        let is_newer = before.refused.as_ref() == Some(&current.inputs);
        let refused = (!is_newer).then(|| left.inputs.clone());
        let golden = before.golden;
        let stored = match stored {
            Some(stored) => Some(stored),
            None if current.known.is_empty() => None,
            None => Some(self.store.save(&current, None)?),
        };
        let mut next =
            State { current, stored: stored.map(Arc::new), pointers: None, previous: Some(left), golden, refused };
        if let Some(stored) = &next.stored {
            let previous = before.pointers.map(|pointers| pointers.served);
            let refused = next.refused.clone();
            let pointers = Current { served: stored.pointer.clone(), previous, refused, golden };
            self.store.point(&pointers)?;
            self.store.sweep(Some(&pointers));
            next.pointers = Some(pointers);
        }
        let generation = next.current.generation.clone();
        *self.state() = next;
        Ok(RolledBack { generation, is_newer })
    }

    /// The generation that is served.
    pub fn current(&self) -> Arc<Generation> {
        self.state().current.generation.clone()
    }

    /// The folder of the documents.
    pub fn knowledge(&self) -> &Path {
        &self.knowledge
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What `CURRENT` says, and the generation that it says is served, if all of it is sound.
fn last(store: &Store) -> (Option<Current>, Option<(Made, Stored)>) {
    let pointers = match store.current() {
        Ok(pointers) => pointers,
        Err(error) => {
            tracing::warn!("{error}; the index is built again");
            None
        }
    };
    let loaded = pointers.as_ref().map_or(Ok(None), |pointers| store.load(&pointers.served));
    match loaded {
        Ok(Some(last)) => (pointers, Some(last)),
        // Made by another program, or of another folder: nothing to compare with, and nothing to go back to.
        Ok(None) => (None, None),
        Err(error) => {
            tracing::warn!("{error}; the index is built again");
            (None, None)
        }
    }
}

/// The generation to begin with, if it is not the last one.
fn next(
    making: &Making,
    knowledge: &Path,
    rules: Rules,
    pointers: Option<&Current>,
) -> Result<Option<Made>, GenerationError> {
    let Some(last) = making.before else { return making.make(knowledge).map(Some) };
    let next = match making.scan(knowledge) {
        Ok(scanned) if scanned.inputs == last.inputs => return Ok(Some(last.read_again(scanned))),
        Ok(scanned) if refused(pointers).as_ref() == Some(&scanned.inputs) => {
            tracing::warn!("the knowledge is still what was rolled back; the generation before it is served");
            return Ok(None);
        }
        Ok(scanned) => {
            if let Some(problem) = misunderstood(last, &scanned) {
                tracing::error!("{problem}; the last generation is served");
                return Ok(None);
            }
            making.finish(scanned)
        }
        // A folder that is not there was misspelt.
        Err(error @ GenerationError::Corpus(CorpusError::Unreadable { .. })) => return Err(error),
        Err(error) => Err(error),
    };
    let compared = next.and_then(|next| {
        let golden = pointers.map_or(0, |pointers| pointers.golden);
        let report = compared(knowledge, rules, golden, [last, &next], &[], making.progress)?;
        Ok((next, report))
    });
    match compared {
        Ok((next, report)) if !report.held_back => Ok(Some(next)),
        Ok((_, report)) => {
            let (failing, gone) = (report.newly_failing.len(), report.golden_gone());
            tracing::error!(
                "the new knowledge fails {failing} golden questions that passed before, {gone} are gone, and it is not \
                 served; see them with `yuanwen reload`, serve it with `yuanwen reload --force`"
            );
            Ok(None)
        }
        Err(error) => {
            tracing::error!("{error}; the last generation is served");
            Ok(None)
        }
    }
}

/// What is different, and whether the gate holds it back.
fn compared(
    knowledge: &Path,
    rules: Rules,
    golden_before: usize,
    [old, new]: [&Made; 2],
    recent: &[String],
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, IndexError> {
    let (old, new) = (old.generation.as_ref(), new.generation.as_ref());
    let mut report = Report::of_documents(old, new);
    report.problems = problems(knowledge, new);
    let golden = gate::golden(knowledge);
    (report.golden, report.golden_before) = (golden.len(), golden_before);
    if !report.unchanged {
        gate::replay(&mut report, (old, new), &golden, recent, rules.allowed_new_failures, progress)?;
    }
    Ok(report)
}

/// Writes the current generation of a state down and makes `CURRENT` name it. Passages that somebody else has cut are not
/// written: they are as quickly read. `before` is the id of the one that was served.
fn write(store: &Store, state: &mut State, before: &str, other: Option<&Stored>) -> Result<(), StoreError> {
    if state.current.known.is_empty() {
        return Ok(());
    }
    let is_same = state.current.generation.id == before;
    let written = store.save(&state.current, other).and_then(|stored| {
        let before = state.pointers.as_ref();
        // The same documents again are no step that could be gone back.
        let previous =
            before.and_then(|before| if is_same { before.previous.clone() } else { Some(before.served.clone()) });
        let previous = previous.filter(|previous| store.is_whole(previous));
        let pointers = Current { served: stored.pointer.clone(), previous, refused: None, golden: state.golden };
        store.point(&pointers).map(|()| (stored, pointers))
    });
    match written {
        Ok((stored, pointers)) => {
            store.sweep(Some(&pointers));
            state.stored = Some(Arc::new(stored));
            state.pointers = Some(pointers);
            state.refused = None;
            Ok(())
        }
        Err(error) => {
            // On a full disk, what was begun takes room.
            store.sweep(state.pointers.as_ref());
            Err(error)
        }
    }
}

/// The golden questions that there are, or were when something was served last.
fn golden(knowledge: &Path, pointers: Option<&Current>) -> usize {
    gate::golden(knowledge).len().max(pointers.map_or(0, |pointers| pointers.golden))
}

/// The knowledge that was rolled back.
fn refused(pointers: Option<&Current>) -> Option<String> {
    pointers.and_then(|pointers| pointers.refused.clone())
}

/// What is wrong with words that were changed: served without them, the knowledge would be answered from less well.
fn misunderstood(served: &Made, scanned: &Scanned) -> Option<Problem> {
    let words = scanned.words.as_deref().filter(|_| scanned.words != served.words)?;
    understood(Some(words)).1
}

/// A document that is served and could not be read.
fn lost(served: &Made, unreadable: &[String]) -> Option<String> {
    let lost = |path: &&String| {
        let below = format!("{path}/");
        path.is_empty() || served.known.keys().any(|known| known == *path || known.starts_with(&below))
    };
    unreadable.iter().find(lost).cloned()
}
