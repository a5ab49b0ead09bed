//! No command: the bot, on Telegram or, without a token, on a local Telegram with a chat page.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::config::{Flags, Settings, Token};
use crate::generation::{Keeper, Rules};
use crate::local_telegram::{self, LocalTelegram};
use crate::operation::{control, watch};
use crate::telegram::{self, Course, Footing, Stop};

/// Serves Telegram, or a chat page on this machine, until SIGTERM or SIGINT.
///
/// # Errors
/// When a setting or the knowledge is wrong, or Telegram refuses the bot for good.
pub fn run(flags: &Flags, watch: bool) -> anyhow::Result<ExitCode> {
    let settings = Settings::load(flags)?;
    let coloured = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(settings.log_filter())
        .with_writer(std::io::stderr)
        .with_ansi(coloured)
        .init();
    for stranger in &settings.strangers {
        tracing::warn!("{stranger}");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    let ended = runtime.block_on(serve(settings, watch));
    // A thread that still thinks about a question must not hold up the end.
    runtime.shutdown_background();
    ended.map(|()| ExitCode::SUCCESS)
}

async fn serve(settings: Settings, watch: bool) -> anyhow::Result<()> {
    let stop = Stop::on_signals().context("listen for SIGTERM")?;
    // On Telegram a second bot waits for the first one to end.
    let _alone = settings.token.is_none().then(|| alone(&settings.data_dir)).transpose()?;
    let (knowledge, data_dir) = (settings.knowledge.clone(), settings.data_dir.clone());
    let rules = Rules { allowed_new_failures: settings.allowed_new_failures };
    let opened = move || Keeper::open(&knowledge, &data_dir, rules, &|_| ());
    let (keeper, generation) = tokio::task::spawn_blocking(opened).await??;
    tracing::info!("serving generation {}", generation.id);
    let office = Office { keeper: Arc::new(keeper), data_dir: settings.data_dir.clone(), watch };
    if settings.token.is_some() {
        return telegraph(settings, office, stop).await;
    }
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("{}: cannot be listened on; choose another address with --listen", settings.listen))?;
    locally(settings, office, listener, stop).await
}

/// What operators work with.
struct Office {
    keeper: Arc<Keeper>,
    /// Where the command line finds the bot.
    data_dir: PathBuf,
    /// Whether a change in the folder reloads.
    watch: bool,
}

/// Runs the bot on the Telegram of the settings, and what operators do beside it.
async fn telegraph(settings: Settings, office: Office, stop: Stop) -> anyhow::Result<()> {
    let Office { keeper, data_dir, watch: watched } = office;
    let of = settings.clone();
    let footing = tokio::task::spawn_blocking(move || Footing::open(&of, keeper)).await??;
    let (hangups, folder, reloads) = (footing.reloads.clone(), footing.reloads.clone(), footing.reloads.clone());
    let mut beside = tokio::task::JoinSet::new();
    beside.spawn(watch::hangups(hangups));
    beside.spawn(async move { control::serve(&data_dir, reloads).await });
    if watched {
        beside.spawn(watch::folder(folder));
    }
    let ended = telegram::run(&settings, footing, Course::default(), stop).await;
    beside.shutdown().await;
    ended
}

/// Serves the local Telegram on `listener`, and the bot on it.
async fn locally(mut settings: Settings, office: Office, listener: TcpListener, stop: Stop) -> anyhow::Result<()> {
    let token = Token::of_local_telegram();
    let local = LocalTelegram::new(local_telegram::Settings {
        token: token.expose().to_owned(),
        ..local_telegram::Settings::default()
    });
    let address = listener.local_addr().context("the address of the chat page")?;
    settings.api_url = Some(format!("http://{address}").parse().context("the address of the chat page")?);
    settings.token = Some(token);
    // The local Telegram forgets everything when it ends, and begins its numbers anew: so does its journal.
    settings.data_dir = settings.data_dir.join("local");
    clear(&settings.data_dir)?;
    anstream::println!("{}", greeting(address, &mut settings.operators));
    let mut until = stop.clone();
    let (closed, close) = tokio::sync::oneshot::channel::<()>();
    let page = tokio::spawn(local_telegram::serve(listener, local, async move {
        until.requested().await;
        // The bot says its last words first.
        let _ = close.await;
    }));
    let ended = telegraph(settings, office, stop).await;
    drop(closed);
    page.await.context("serve the chat page")??;
    ended
}

/// What the chat page begins with. Whoever reaches it may speak as anybody, so that beyond this machine nobody is an
/// operator.
fn greeting(address: SocketAddr, operators: &mut BTreeSet<u64>) -> String {
    if address.ip().is_loopback() {
        return format!("TELOXIDE_TOKEN is not set, so the bot runs on this machine only: http://{address}");
    }
    let without =
        if operators.is_empty() { "" } else { "; YUANWEN_OPERATORS is ignored, for nobody is asked who they are" };
    operators.clear();
    format!(
        "TELOXIDE_TOKEN is not set, so the bot runs on a chat page, open to every machine that reaches http://{address}{without}"
    )
}

/// Keeps every other chat page away from a data folder, as long as what is returned lives.
fn alone(data_dir: &Path) -> anyhow::Result<File> {
    let path = data_dir.join("local.lock");
    std::fs::create_dir_all(data_dir)
        .with_context(|| format!("{}: cannot be made; set YUANWEN_DATA_DIR", data_dir.display()))?;
    let file = File::create(&path).with_context(|| format!("{}: cannot be written", path.display()))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => anyhow::bail!(
            "{}: another yuanwen uses this data folder; end it, or name another folder with --data-dir",
            data_dir.display()
        ),
        Err(TryLockError::Error(error)) => tracing::warn!("{}: cannot be locked: {error}", path.display()),
        Ok(()) => {}
    }
    Ok(file)
}

/// Removes what the last local Telegram left.
fn clear(folder: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}: cannot be emptied; remove it", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_an_operator_beyond_this_machine() {
        let begun = |address: &str| {
            let mut operators = BTreeSet::from([10_004]);
            let said = greeting(address.parse().unwrap(), &mut operators);
            (operators.len(), said)
        };
        for address in ["127.0.0.1:8080", "[::1]:8080"] {
            let (operators, said) = begun(address);
            assert!(operators == 1 && said.contains("on this machine only: http://"), "{said}");
        }
        for address in ["0.0.0.0:8080", "192.168.1.7:8080", "[::]:8080"] {
            let (operators, said) = begun(address);
            assert!(operators == 0 && said.contains("every machine") && said.contains("YUANWEN_OPERATORS"), "{said}");
        }
    }

    #[test]
    fn a_second_chat_page_on_one_data_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let first = alone(folder.path()).unwrap();
        let refused = alone(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("another yuanwen uses this data folder"), "{refused}");
        drop(first);
        alone(folder.path()).unwrap();
    }
}
