//! What reloads the knowledge without being asked: SIGHUP, and a change in the folder.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use notify::{EventKind, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;

use super::{Actor, Reloads};

/// How long the folder must have been quiet.
const QUIET: Duration = Duration::from_secs(2);
/// How often it is looked at in any case: folders of other machines do not tell what changes in them.
const RESCAN: Duration = Duration::from_mins(1);

/// Reloads at each SIGHUP until it is dropped.
pub async fn hangups(reloads: Reloads) {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangups = match signal(SignalKind::hangup()) {
        Ok(hangups) => hangups,
        Err(error) => return tracing::warn!("SIGHUP will not reload: {error}"),
    };
    while hangups.recv().await.is_some() {
        // How it ended is in the log and in the journal.
        let _ = reloads.reload(false, Actor::Signal).await;
    }
}

/// Reloads when the folder of the documents has changed and is quiet again, until it is dropped.
pub async fn folder(reloads: Reloads) {
    let folder = reloads.keeper().knowledge().to_owned();
    let (changed, changes) = mpsc::channel::<()>(1);
    let heard = move |event: notify::Result<notify::Event>| {
        // Reading the documents is no change.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            // One that waits already says it all.
            let _ = changed.try_send(());
        }
    };
    let watcher = notify::recommended_watcher(heard).and_then(|mut watcher| {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    if let Err(error) = &watcher {
        let every = RESCAN.as_secs();
        tracing::warn!("{}: {error}; it is looked at every {every} seconds instead", folder.display());
    }
    let reload = || {
        let reloads = reloads.clone();
        // How it ended is in the log and in the journal.
        async move { drop(reloads.reload(false, Actor::Folder).await) }
    };
    watch(&folder, changes, reload).await;
}

/// Calls `reload` when a folder looks otherwise than before and is quiet: after `changes` tells of something, and now and
/// then in any case.
async fn watch<F: Future<Output = ()>>(folder: &Path, mut changes: mpsc::Receiver<()>, reload: impl Fn() -> F) {
    let mut seen = looks(folder).await;
    loop {
        let _ = tokio::time::timeout(RESCAN, told(&mut changes)).await;
        while tokio::time::timeout(QUIET, told(&mut changes)).await.is_ok() {}
        let now = looks(folder).await;
        if now != seen {
            seen = now;
            reload().await;
        }
    }
}

/// Waits for a change; for ever where nobody tells any.
async fn told(changes: &mut mpsc::Receiver<()>) {
    if changes.recv().await.is_none() {
        std::future::pending::<()>().await;
    }
}

/// How a folder looks from outside: names, sizes and times of its files.
async fn looks(folder: &Path) -> String {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || {
        let mut hasher = blake3::Hasher::new();
        let mut waiting = vec![folder];
        while let Some(path) = waiting.pop() {
            // What cannot be read, and what is hidden, is no document.
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            let shown = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
            let mut entries: Vec<_> = shown.map(|entry| entry.path()).collect();
            entries.sort();
            for entry in entries {
                let Ok(meta) = entry.metadata() else { continue };
                let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
                hasher.update(format!("{} {} {changed:?}", entry.display(), meta.len()).as_bytes());
                let link = entry.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
                if meta.is_dir() && !link {
                    waiting.push(entry);
                }
            }
        }
        hasher.finalize().to_hex().to_string()
    })
    .await
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    struct Watched {
        folder: tempfile::TempDir,
        reloads: Arc<AtomicUsize>,
    }

    impl Watched {
        /// A folder that is watched on a clock that stands still while anything is done.
        fn start(changes: mpsc::Receiver<()>) -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("a.md"), "东").unwrap();
            let watched = Self { folder, reloads: Arc::default() };
            let (path, reloads) = (watched.folder.path().to_owned(), watched.reloads.clone());
            tokio::spawn(async move {
                let reload = || {
                    reloads.fetch_add(1, Ordering::Relaxed);
                    std::future::ready(())
                };
                watch(&path, changes, reload).await;
            });
            watched
        }

        /// How often it was reloaded when so many seconds more are over.
        async fn after(&self, seconds: u64) -> usize {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            self.reloads.load(Ordering::Relaxed)
        }

        fn change(&self, name: &str) {
            fs::write(self.folder.path().join(name), "西").unwrap();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_folder_that_tells_nothing_is_looked_at_every_minute() {
        // Nobody tells anything: because all is still, and because there is nobody to tell.
        for teller in [true, false] {
            let (changed, changes) = mpsc::channel(1);
            let _changed = teller.then_some(changed);
            let watched = Watched::start(changes);
            assert_eq!(watched.after(1).await, 0);
            watched.change("b.md");
            assert_eq!(watched.after(58).await, 0);
            assert_eq!(watched.after(4).await, 1);
            assert_eq!(watched.after(600).await, 1, "nothing has changed since");
            watched.change(".hidden");
            assert_eq!(watched.after(120).await, 1);
            fs::remove_file(watched.folder.path().join("b.md")).unwrap();
            assert_eq!(watched.after(120).await, 2);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_told_reloads_when_it_has_been_quiet() {
        let (changed, changes) = mpsc::channel(1);
        let watched = Watched::start(changes);
        for _ in 0..3 {
            assert_eq!(watched.after(1).await, 0);
            watched.change("b.md");
            changed.send(()).await.unwrap();
        }
        assert_eq!(watched.after(1).await, 0);
        assert_eq!(watched.after(2).await, 1);
        // Something was told, but all is as it was.
        changed.send(()).await.unwrap();
        assert_eq!(watched.after(10).await, 1);
    }
}
