//! What must outlive a restart, in one SQLite file: updates in work, questions and their ratings, what a conversation
//! remembers, what operators did, and what they brought and did not decide on. Knows nothing of Telegram's types, and never
//! writes the id of a person or a chat that is not in work: it writes a keyed hash. Operators stand in the settings by
//! their ids, and here as well.
//!
//! The file belongs to a thread of its own. Jobs that wait for it together share one transaction and one flush to disk;
//! an answer comes back when the disk has it. A file that is damaged is set aside, and a new one begun.

mod actions;
mod brought;
mod clock;
mod conversations;
mod file;
mod forget;
mod identity;
mod questions;
mod ratings;
mod schema;
mod status;
mod updates;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

pub use actions::{Action, StoredAction};
pub use brought::Brought;
pub use clock::{Seconds, now, stamp, stamp_in_shanghai, today};
pub use conversations::Remembered;
pub use forget::Forgotten;
pub use identity::{ChatKey, PersonKey};
pub use questions::{Cited, Question, QuestionId, StoredQuestion};
pub use ratings::{Rated, Rating, Verdict};
pub use status::{StoredError, Today};
pub use updates::{InWork, Incoming};

use crate::config::Secret;
use identity::Identity;

/// Jobs that may wait for the file; whoever has one more waits for room.
const WAITING_JOBS: usize = 1024;

/// The journal; a clone is the same journal. It is closed when the last clone is gone.
#[derive(Debug, Clone)]
pub struct Journal {
    jobs: mpsc::Sender<file::Job>,
    identity: Arc<Identity>,
    path: Arc<Path>,
    /// Set by a job whose deleted rows must leave the write-ahead log too.
    log: Arc<AtomicBool>,
    /// What it failed of last, which it may not be able to write down.
    failed: Arc<Mutex<Option<StoredError>>>,
}

/// Why the journal did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be opened.
    #[error("{}: {problem}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do about it.
        problem: String,
    },
    /// SQLite refused: no space, damage, no permission.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The file.
        path: Arc<Path>,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The other jobs of the same transaction could not be written, and so this one was not either.
    #[error("{}: {problem}", path.display())]
    Lost {
        /// The file.
        path: Arc<Path>,
        /// What went wrong.
        problem: String,
    },
}

/// The right to handle what is in the journal, which one process has.
#[derive(Debug)]
pub struct Claim {
    _file: std::fs::File,
}

/// A journal that was opened, and what happened to the one before.
#[derive(Debug)]
pub struct Opened {
    /// The journal.
    pub journal: Journal,
    /// Where the damaged file was put that stood in its place; `None` where all was well.
    pub set_aside: Option<PathBuf>,
}

impl Journal {
    /// Opens `journal.sqlite3` in the data folder, or begins it.
    ///
    /// # Errors
    /// When the folder cannot be written, or a newer version wrote the file.
    pub fn open(data_dir: &Path, secret: &Secret) -> Result<Opened, JournalError> {
        let path: Arc<Path> = data_dir.join("journal.sqlite3").into();
        let (connection, set_aside) = file::open(&path)?;
        let (jobs, receiver) = mpsc::channel(WAITING_JOBS);
        let log = Arc::new(AtomicBool::new(false));
        let (thread_path, thread_log) = (path.clone(), log.clone());
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || file::work(connection, &thread_path, &thread_log, receiver))
            .map_err(|error| JournalError::Open {
                path: path.to_path_buf(),
                problem: format!("no thread for it: {error}"),
            })?;
        let (identity, failed) = (Arc::new(Identity::new(secret)), Arc::default());
        let journal = Self { jobs, identity, path, log, failed };
        Ok(Opened { journal, set_aside })
    }

    /// Claims the journal for this process until the claim is dropped; `None` when another bot has it. Whoever only reads
    /// or notes needs no claim.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn claim(&self) -> Result<Option<Claim>, JournalError> {
        Ok(file::claim(&self.path)?.map(|file| Claim { _file: file }))
    }

    /// The hash that stands for a person, by their Telegram id.
    pub fn person(&self, user_id: u64) -> PersonKey {
        self.identity.person(user_id)
    }

    /// The hash that stands for a chat, by its Telegram id.
    pub fn chat(&self, chat_id: i64) -> ChatKey {
        self.identity.chat(chat_id)
    }

    /// Runs a job on the journal's thread, in a transaction that is on disk when this returns.
    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (answer, answered) = oneshot::channel();
        let lost = |problem: &str| JournalError::Lost { path: self.path.clone(), problem: problem.to_owned() };
        let job = file::job(self.path.clone(), job, answer);
        self.jobs.send(job).await.map_err(|_| lost("the journal is closed"))?;
        let result = answered.await.unwrap_or_else(|_| Err(lost("a job failed, see the log")));
        if let Err(error) = &result {
            let failed = StoredError { at: now(), message: format!("the journal failed: {error}") };
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(failed);
        }
        result
    }
}

#[cfg(test)]
mod tests;
