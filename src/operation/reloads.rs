//! Reloads, one at a time: whoever asks while one is under way gets the report of that one. Every action is in the journal.

use std::fmt;
use std::sync::{Arc, Mutex as Slot, PoisonError};

use tokio::sync::{Mutex, watch};

use crate::generation::{Candidate, Generation, Keeper, Progress, ReloadError, Report, RolledBack};
use crate::journal::{Action, Journal, Seconds, now};

/// Questions of people that are asked again before a generation is published.
const RECENT_QUESTIONS: u32 = 200;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// An operator on Telegram, by id.
    Operator(u64),
    /// Somebody on this machine, by the command line.
    CommandLine,
    /// SIGHUP.
    Signal,
    /// A change in the knowledge folder.
    Folder,
}

/// Why a reload, or something else that operators do, failed; in words for operators.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failed {
    /// Nothing could be made or written down.
    #[error("{0}")]
    Reload(Arc<ReloadError>),
    /// The work panicked.
    #[error("the work broke off, see the log")]
    BrokeOff,
}

/// What one reload came to, once it did.
type Ended = Option<Result<Arc<Report>, Failed>>;

/// Reloads of the bot that runs; a clone is the same.
#[derive(Clone)]
pub struct Reloads(Arc<Inner>);

struct Inner {
    keeper: Arc<Keeper>,
    serve: Box<dyn Fn(Arc<Generation>) + Send + Sync>,
    journal: Journal,
    /// When it began.
    since: Seconds,
    /// The reload under way.
    running: Slot<Option<watch::Receiver<Ended>>>,
    /// How far it is.
    progress: watch::Sender<Option<Progress>>,
    /// What the gate held back. Locked by whatever changes what is served, so that one thing happens after the other.
    held: Mutex<Option<Candidate>>,
}

impl Reloads {
    /// `serve` makes a generation the one that questions are answered from; it may take its time and blocks.
    pub fn new(keeper: Arc<Keeper>, journal: Journal, serve: impl Fn(Arc<Generation>) + Send + Sync + 'static) -> Self {
        let (running, held) = (Slot::default(), Mutex::default());
        let progress = watch::Sender::new(None);
        Self(Arc::new(Inner { keeper, serve: Box::new(serve), journal, since: now(), running, progress, held }))
    }

    /// Reloads the knowledge, or joins the reload that is under way. What the gate holds back is published all the same
    /// with `force`, and otherwise kept until it is published, discarded or followed by another reload.
    ///
    /// # Errors
    /// If nothing could be built or written down; what is served stays.
    pub async fn reload(&self, force: bool, by: Actor) -> Result<Arc<Report>, Failed> {
        let mut ended = self.start(by);
        let ended = ended.wait_for(Option::is_some).await;
        let report = ended.map_or(None, |ended| ended.clone()).unwrap_or(Err(Failed::BrokeOff))?;
        if force && report.held_back && !report.published { self.publish_held_back(by).await } else { Ok(report) }
    }

    /// Publishes what the gate holds back.
    ///
    /// # Errors
    /// If nothing is held back, or it cannot be written down.
    pub async fn publish_held_back(&self, by: Actor) -> Result<Arc<Report>, Failed> {
        let mut held = self.0.held.lock().await;
        let report = match held.take() {
            Some(candidate) => self.publish(candidate).await,
            None => Err(ReloadError::NothingHeldBack.into()),
        };
        self.note(by, "publish", &ended(&report)).await;
        report
    }

    /// Forgets what the gate holds back; says whether there was anything.
    pub async fn discard(&self, by: Actor) -> bool {
        let dropped = self.0.held.lock().await.take();
        if let Some(candidate) = &dropped {
            self.note(by, "discard", &candidate.generation.id).await;
        }
        dropped.is_some()
    }

    /// Goes back to the generation before the one that is served.
    ///
    /// # Errors
    /// If there is none, or it is damaged.
    pub async fn rollback(&self, by: Actor) -> Result<RolledBack, Failed> {
        let mut held = self.0.held.lock().await;
        *held = None;
        let inner = self.0.clone();
        let result = blocking(move || {
            let back = inner.keeper.rollback()?;
            (inner.serve)(back.generation.clone());
            Ok(back)
        })
        .await;
        let outcome = match &result {
            Ok(back) => format!("serving {}", back.generation.id),
            Err(error) => error.to_string(),
        };
        self.note(by, "rollback", &outcome).await;
        result
    }

    /// The generation that is served.
    pub fn current(&self) -> Arc<Generation> {
        self.0.keeper.current()
    }

    /// The report of what the gate holds back, if it does.
    pub async fn held_back(&self) -> Option<Report> {
        self.0.held.lock().await.as_ref().map(|candidate| candidate.report.clone())
    }

    /// How far the reload under way is; changes as it goes.
    pub fn progress(&self) -> watch::Receiver<Option<Progress>> {
        self.0.progress.subscribe()
    }

    /// The journal that actions are written to.
    pub fn journal(&self) -> &Journal {
        &self.0.journal
    }

    /// When the bot began.
    pub fn since(&self) -> Seconds {
        self.0.since
    }

    /// Whether a reload is under way.
    pub fn is_reloading(&self) -> bool {
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().is_some_and(under_way)
    }

    /// The keeper of the generations.
    pub fn keeper(&self) -> &Arc<Keeper> {
        &self.0.keeper
    }

    /// Starts a reload unless one is under way. It goes on when whoever asked for it is gone.
    fn start(&self, by: Actor) -> watch::Receiver<Ended> {
        let mut running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref().filter(|running| under_way(running)) {
            return running.clone();
        }
        let (done, ended) = watch::channel(None);
        *running = Some(ended.clone());
        let this = self.clone();
        tokio::spawn(async move {
            let result = this.run(by).await;
            this.0.progress.send_replace(None);
            let _ = done.send(Some(result));
        });
        ended
    }

    async fn run(&self, by: Actor) -> Result<Arc<Report>, Failed> {
        let mut held = self.0.held.lock().await;
        *held = None;
        // Without the journal there is nothing to ask again, and that must not keep new knowledge away.
        let recent = self.0.journal.last_questions(RECENT_QUESTIONS).await.unwrap_or_default();
        let mut recent: Vec<String> = recent.into_iter().map(|stored| stored.question.text).collect();
        let mut seen = std::collections::HashSet::new();
        recent.retain(|text| seen.insert(text.clone()));
        let inner = self.0.clone();
        let prepared = blocking(move || {
            let progress = |progress| {
                inner.progress.send_replace(Some(progress));
            };
            Ok(inner.keeper.prepare(&recent, &progress)?)
        })
        .await;
        let result = match prepared {
            Ok(candidate) if candidate.report.held_back => {
                let report = Arc::new(candidate.report.clone());
                *held = Some(candidate);
                Ok(report)
            }
            Ok(candidate) => self.publish(candidate).await,
            Err(error) => Err(error),
        };
        self.note(by, "reload", &ended(&result)).await;
        result
    }

    async fn publish(&self, candidate: Candidate) -> Result<Arc<Report>, Failed> {
        let inner = self.0.clone();
        blocking(move || {
            let mut report = candidate.report.clone();
            let generation = inner.keeper.publish(candidate)?;
            (inner.serve)(generation);
            report.published = true;
            Ok(Arc::new(report))
        })
        .await
    }

    /// Writes an action into the journal and the log.
    async fn note(&self, by: Actor, action: &str, outcome: &str) {
        tracing::info!(%by, "{action}: {outcome}");
        let operator = if let Actor::Operator(id) = by { id } else { 0 };
        let action =
            Action { operator, action: action.to_owned(), detail: by.to_string(), outcome: outcome.to_owned() };
        if let Err(error) = self.0.journal.add_action(action).await {
            tracing::warn!("the journal does not have it: {error}");
        }
    }
}

/// Whether a reload has neither ended nor broken off.
fn under_way(running: &watch::Receiver<Ended>) -> bool {
    running.borrow().is_none() && running.has_changed().is_ok()
}

/// Runs what blocks away from the threads that keep conversations going.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failed> + Send + 'static) -> Result<T, Failed> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Failed::BrokeOff))
}

/// How a reload ended, in a line without what people asked.
fn ended(result: &Result<Arc<Report>, Failed>) -> String {
    result.as_ref().map_or_else(ToString::to_string, |report| report.summary())
}

impl From<ReloadError> for Failed {
    fn from(error: ReloadError) -> Self {
        Self::Reload(Arc::new(error))
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator(id) => write!(f, "operator {id}"),
            Self::CommandLine => f.write_str("command line"),
            Self::Signal => f.write_str("SIGHUP"),
            Self::Folder => f.write_str("change in the folder"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::config::Secret;
    use crate::generation::Rules;

    fn grow(folder: &Path, hectares: u32) {
        let text = format!("---\ntitle: 星湖园方案\npark: 星湖园\n---\n## 规模\n星湖园占地{hectares}平方公里。\n");
        fs::write(folder.join("xinghu.md"), text).expect("write");
    }

    /// A knowledge folder with one golden question, its reloads, and what was served.
    fn opened() -> (tempfile::TempDir, Reloads, Arc<Slot<Vec<String>>>) {
        let folder = tempfile::tempdir().expect("a folder");
        let golden =
            "{\"id\":\"1\",\"question\":\"星湖园占地多大\",\"docs\":[\"xinghu\"],\"answers\":[\"占地3平方公里\"]}\n";
        fs::write(folder.path().join("questions.jsonl"), golden).expect("write");
        grow(folder.path(), 3);
        let data = folder.path().join(".data");
        let (keeper, _) = Keeper::open(folder.path(), &data, Rules::default(), &|_| ()).expect("documents");
        let journal = Journal::open(&data, &Secret::random()).expect("a journal").journal;
        let served = Arc::new(Slot::new(Vec::new()));
        let serving = served.clone();
        let serve = move |generation: Arc<Generation>| {
            serving.lock().unwrap_or_else(PoisonError::into_inner).push(generation.id.clone());
        };
        (folder, Reloads::new(Arc::new(keeper), journal, serve), served)
    }

    async fn actions(reloads: &Reloads) -> Vec<(u64, String)> {
        let actions = reloads.journal().last_actions(20).await.expect("the journal");
        actions.into_iter().rev().map(|stored| (stored.action.operator, stored.action.action)).collect()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_asks_while_a_reload_is_under_way_joins_it() {
        let (folder, reloads, served) = opened();
        fs::write(folder.path().join("more.md"), "---\ntitle: 云麓谷\n---\n云麓谷在西边。\n").expect("write");
        let (first, second, third) = tokio::join!(
            reloads.reload(false, Actor::CommandLine),
            reloads.reload(false, Actor::Operator(7)),
            reloads.reload(false, Actor::Signal),
        );
        let first = first.expect("it is published");
        assert!(first.published && first.added.len() == 1);
        assert!(
            Arc::ptr_eq(&first, &second.expect("it is the same"))
                && Arc::ptr_eq(&first, &third.expect("it is the same"))
        );
        assert_eq!(actions(&reloads).await, [(0, "reload".to_owned())]);
        assert_eq!(*served.lock().expect("a list"), std::slice::from_ref(&first.generation));
        assert!(!reloads.is_reloading() && reloads.current().id == first.generation);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_the_gate_holds_back_waits_for_an_operator() {
        let (folder, reloads, served) = opened();
        let first = reloads.current().id.clone();
        grow(folder.path(), 4);
        let held = reloads.reload(false, Actor::Folder).await.expect("it is built");
        assert!(held.held_back && !held.published && reloads.current().id == first);
        assert!(reloads.status().await.expect("the journal").held_back);
        assert!(reloads.discard(Actor::Operator(7)).await && !reloads.discard(Actor::Operator(7)).await);
        let nothing = reloads.publish_held_back(Actor::Operator(7)).await.expect_err("it was discarded");
        assert_eq!(nothing.to_string(), "nothing is held back any more; reload again");
        reloads.reload(false, Actor::Operator(7)).await.expect("it is built");
        let report = reloads.publish_held_back(Actor::Operator(7)).await.expect("it is held back");
        assert!(report.published && reloads.current().id == report.generation);
        assert_eq!(reloads.rollback(Actor::Operator(7)).await.expect("there is one before").generation.id, first);
        let forced = reloads.reload(true, Actor::CommandLine).await.expect("it is built");
        assert!(forced.held_back && forced.published);
        let second = report.generation.clone();
        assert_eq!(*served.lock().expect("a list"), [second.clone(), first, second]);
        let done: Vec<String> = actions(&reloads).await.into_iter().map(|(by, what)| format!("{by} {what}")).collect();
        let expected =
            ["0 reload", "7 discard", "7 publish", "7 reload", "7 publish", "7 rollback", "0 reload", "0 publish"];
        assert_eq!(done, expected);
    }
}
