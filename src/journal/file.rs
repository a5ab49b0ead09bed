//! The SQLite file and its thread. Knows nothing of what is in the tables.

use std::fs::{self, File, TryLockError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot};

use super::{JournalError, now, schema};

/// Jobs that share a transaction at most; the first of them waits for the last.
const JOBS_IN_TRANSACTION: usize = 128;

/// What is done on the connection, and how its caller hears of it once the transaction is on disk or lost.
pub(super) type Job = Box<dyn FnOnce(&Connection) -> Done + Send>;

/// The end of a job: given the fate of its transaction, it answers its caller.
pub(super) struct Done {
    damaged: bool,
    failed: bool,
    answer: Box<dyn FnOnce(Option<String>) + Send>,
}

/// Wraps `work` so that its result goes to `answer` after the transaction.
pub(super) fn job<T: Send + 'static>(
    path: Arc<Path>,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    answer: oneshot::Sender<Result<T, JournalError>>,
) -> Job {
    Box::new(move |connection| {
        let result = work(connection);
        Done {
            damaged: result.as_ref().is_err_and(is_damage),
            failed: result.is_err(),
            answer: Box::new(move |lost| {
                let result = match lost {
                    Some(problem) if result.is_ok() => Err(JournalError::Lost { path, problem }),
                    _ => result.map_err(|source| JournalError::Sqlite { path, source }),
                };
                // Nobody waits any more when the caller was stopped; the work is done all the same.
                let _ = answer.send(result);
            }),
        }
    })
}

/// Works until every [`super::Journal`] is gone.
pub(super) fn work(mut connection: Connection, path: &Path, log: &AtomicBool, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(JOBS_IN_TRANSACTION);
    while jobs.blocking_recv_many(&mut batch, JOBS_IN_TRANSACTION) > 0 {
        if !transact(&connection, log, batch.drain(..)) {
            continue;
        }
        tracing::error!(path = %path.display(), "the journal is damaged");
        match open(path) {
            Ok((opened, _)) => connection = opened,
            Err(error) => tracing::error!("{error}"),
        }
    }
    if let Err((_, error)) = connection.close() {
        tracing::warn!(path = %path.display(), "the journal did not close: {error}");
    }
}

/// Runs the jobs in one transaction, each undone alone when it fails; says whether the file is damaged.
fn transact(connection: &Connection, log: &AtomicBool, batch: impl Iterator<Item = Job>) -> bool {
    let begun = connection.execute_batch("BEGIN IMMEDIATE");
    let mut lost = begun.as_ref().err().map(ToString::to_string);
    let mut damaged = begun.as_ref().is_err_and(is_damage);
    let mut ended = Vec::new();
    for job in batch {
        // A job that panics is dropped with its answer, which its caller notices.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let _ = connection.execute_batch("SAVEPOINT job");
            job(connection)
        }));
        let undo = done.as_ref().map_or(true, |done| done.failed);
        let end = if undo { "ROLLBACK TO job; RELEASE job" } else { "RELEASE job" };
        if let Err(error) = connection.execute_batch(end) {
            lost.get_or_insert(error.to_string());
        }
        if let Ok(done) = done {
            damaged |= done.damaged;
            ended.push(done.answer);
        } else {
            tracing::error!("a job of the journal panicked");
        }
    }
    if lost.is_none()
        && let Err(error) = connection.execute_batch("COMMIT")
    {
        damaged |= is_damage(&error);
        lost = Some(error.to_string());
    }
    if lost.is_some() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    if log.swap(false, Ordering::Relaxed)
        && let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    {
        tracing::warn!("deleted rows may still be in the write-ahead log: {error}");
    }
    for answer in ended {
        answer(lost.clone());
    }
    damaged
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Opens the file, or begins it; a damaged one is renamed and its new name returned.
pub(super) fn open(path: &Path) -> Result<(Connection, Option<PathBuf>), JournalError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(path, &error.to_string()))?;
    }
    match try_open(path) {
        Ok(connection) => Ok((connection, None)),
        Err(Broken::Damaged(problem)) => {
            let aside = set_aside(path).map_err(|error| failed(path, &format!("{problem}; {error}")))?;
            tracing::error!("{}: {problem}; it was set aside as {}", path.display(), aside.display());
            match try_open(path) {
                Ok(connection) => {
                    let message = format!("the journal was damaged ({problem}) and set aside as {}", aside.display());
                    // Operators would like to know, and a journal without this note is a journal, too.
                    let _ = connection.execute("INSERT INTO errors (at, message) VALUES (?1, ?2)", (now(), message));
                    Ok((connection, Some(aside)))
                }
                Err(Broken::Damaged(problem) | Broken::Failed(problem)) => Err(failed(path, &problem)),
            }
        }
        Err(Broken::Failed(problem)) => Err(failed(path, &problem)),
    }
}

/// Locks the file for one bot; `None` when another has it. The system unlocks it when the process ends, however it ends.
pub(super) fn claim(path: &Path) -> Result<Option<File>, JournalError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::create(PathBuf::from(name)).map_err(|error| failed(path, &error.to_string()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            tracing::warn!("{}: cannot be locked; see that no other yuanwen uses it: {error}", path.display());
            Ok(Some(file))
        }
    }
}

fn failed(path: &Path, problem: &str) -> JournalError {
    JournalError::Open {
        path: path.to_owned(),
        problem: format!(
            "{problem}; see that the data folder is writable and its disk not full, or set YUANWEN_DATA_DIR"
        ),
    }
}

enum Broken {
    /// The file is no journal any more.
    Damaged(String),
    /// The file may be well; something else is not.
    Failed(String),
}

impl From<rusqlite::Error> for Broken {
    fn from(error: rusqlite::Error) -> Self {
        if is_damage(&error) { Self::Damaged(error.to_string()) } else { Self::Failed(error.to_string()) }
    }
}

fn try_open(path: &Path) -> Result<Connection, Broken> {
    make_private(path).map_err(|error| Broken::Failed(error.to_string()))?;
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Every transaction is flushed: an update that Telegram forgets must survive a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A forgotten question is overwritten, not only unlinked.
    connection.pragma_update(None, "secure_delete", true)?;
    let health: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if health != "ok" {
        return Err(Broken::Damaged(health));
    }
    schema::migrate(&connection).map_err(|error| match error {
        schema::Refused::Newer(version) => Broken::Failed(format!("a newer yuanwen wrote it (version {version})")),
        schema::Refused::Sqlite(error) => error.into(),
    })?;
    Ok(connection)
}

/// Nobody else on the machine reads what people asked. SQLite gives its side files the same mode.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Renames the file; its side files, which belong to it, go along.
fn set_aside(path: &Path) -> std::io::Result<PathBuf> {
    let named = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let stamp = now();
    let mut aside = named(&format!(".damaged-{stamp}"));
    for number in 2.. {
        if !aside.exists() {
            break;
        }
        aside = named(&format!(".damaged-{stamp}-{number}"));
    }
    fs::rename(path, &aside)?;
    for side in ["-wal", "-shm"] {
        let mut name = aside.as_os_str().to_owned();
        name.push(side);
        match fs::rename(named(side), PathBuf::from(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}
