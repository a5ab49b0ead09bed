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
    let (changed, mut changes) = mpsc::channel::<()>(1);
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
    let mut seen = looks(&folder).await;
    loop {
        let _ = tokio::time::timeout(RESCAN, changes.recv()).await;
        while let Ok(Some(())) = tokio::time::timeout(QUIET, changes.recv()).await {}
        let now = looks(&folder).await;
        if now != seen {
            seen = now;
            let _ = reloads.reload(false, Actor::Folder).await;
        }
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
