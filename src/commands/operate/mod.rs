//! `yuanwen reload`, `status` and `gaps`: what operators do on the machine of the bot. They ask the bot that runs, and work
//! on the folder where none does.

mod gaps;
mod reload;
mod status;

use anyhow::Context as _;

pub(super) use gaps::Gaps;
pub(super) use reload::Reload;
pub(super) use status::Show;

use crate::config::Settings;
use crate::generation::{Keeper, Progress, Rules};
use crate::journal::{Journal, stamp};
use crate::operation::control::{self, Request, Response};

/// Asks the bot that runs; `None` when none does.
fn ask(settings: &Settings, request: &Request, progress: &mut dyn FnMut(Progress)) -> anyhow::Result<Option<Response>> {
    for stranger in &settings.strangers {
        anstream::eprintln!("yuanwen: {stranger}");
    }
    let folder = settings.data_dir.display();
    match std::fs::metadata(&settings.data_dir) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => anyhow::bail!("{folder}: is no folder; name the data folder of the bot with --data-dir"),
        // A folder that was misspelt is not begun.
        Err(_) => anyhow::bail!(
            "{folder}: there is no such data folder; name that of the bot with --data-dir, or make it for a first start"
        ),
    }
    match control::ask(&settings.data_dir, request, progress) {
        Ok(Some(Response::Error(error))) => anyhow::bail!("{error}"),
        Ok(answer) => Ok(answer),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            Err(error).with_context(|| format!("{folder}: the bot cannot be spoken to; run this as the same user"))
        }
        Err(error) => Err(error).with_context(|| format!("{folder}: the bot cannot be spoken to")),
    }
}

/// What a bot of another version may say.
fn unexpected() -> anyhow::Error {
    anyhow::anyhow!("the bot that runs is of another version; restart it")
}

/// The keeper of the last generation, with no bot running.
fn keeper(settings: &Settings, progress: &(dyn Fn(Progress) + Sync)) -> anyhow::Result<Keeper> {
    let rules = Rules { allowed_new_failures: settings.allowed_new_failures };
    Keeper::open_last(&settings.knowledge, &settings.data_dir, rules, progress).context("no knowledge to answer from")
}

/// Runs what works on the journal, with no bot running.
fn with_journal<T>(settings: &Settings, work: impl AsyncFnOnce(&Journal) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let journal = Journal::open(&settings.data_dir, &settings.secret()?)?.journal;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(work(&journal))
}

/// What people wrote, on one line and without what a terminal would take for a command.
fn shown(text: &str) -> String {
    let shown = |c: char| {
        if matches!(c, '\n' | '\t') {
            ' '
        } else if c.is_control() {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}
