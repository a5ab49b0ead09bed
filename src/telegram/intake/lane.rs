//! Lanes: the updates of one chat, one after another. A lane that has something to do is one task, and takes its next
//! update from the journal; so memory does not grow with what waits.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::FutureExt as _;
use std::panic::AssertUnwindSafe;
use teloxide::types::{Update, UpdateKind};
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::super::budget::Budget;
use super::super::stop::Stop;
use super::handle::age;
use super::{Context, Failure, Freshness, Intake};
use crate::journal::{InWork, JournalError};

/// How long finding an apology may take, and how long sending it.
const APOLOGY_WITHIN: Duration = Duration::from_secs(2);
const APOLOGY_SENT_WITHIN: Duration = Duration::from_secs(8);

/// The lane of updates that belong to no chat and no person.
const NOBODY: i64 = i64::MAX;

/// Where the lanes of people begin who write to no chat of ours, as in inline mode: far beyond the ids of chats, so that
/// a person's typing does not wait for the answer in their chat.
const PEOPLE: i64 = 1 << 60;

/// The lane of an update.
pub(super) fn of(update: &Update) -> i64 {
    match (update.chat(), update.from()) {
        (Some(chat), _) => chat.id.0,
        (None, Some(person)) => PEOPLE.saturating_add_unsigned(person.id.0),
        (None, None) => NOBODY,
    }
}

/// The lanes that have something to do.
pub(super) struct Lanes {
    shared: Arc<Shared>,
    workers: JoinSet<()>,
}

struct Shared {
    intake: Intake,
    stop: Stop,
    turns: Semaphore,
    /// The lanes with a worker, and whether they were woken since it last looked.
    awake: Mutex<HashMap<i64, bool>>,
    /// Updates that were begun and are not done.
    begun: Mutex<HashSet<u32>>,
}

impl Lanes {
    pub(super) fn new(intake: Intake, stop: Stop) -> Self {
        let turns = Semaphore::new(intake.limits.chats_at_once);
        let shared = Shared { intake, stop, turns, awake: Mutex::default(), begun: Mutex::default() };
        Self { shared: Arc::new(shared), workers: JoinSet::new() }
    }

    /// Lets a lane look into the journal. Never waits.
    pub(super) fn wake(&mut self, lane: i64) {
        while self.workers.try_join_next().is_some() {}
        let sleeps = lock(&self.shared.awake).insert(lane, true).is_none();
        if sleeps {
            self.workers.spawn(work(self.shared.clone(), lane));
        }
    }

    /// Waits for what was begun, for so long at most; what is not done by then is left for the next start.
    pub(super) async fn finish(mut self, within: Duration) {
        let all = async { while self.workers.join_next().await.is_some() {} };
        if timeout(within, all).await.is_ok() {
            return;
        }
        self.workers.abort_all();
        let left: Vec<u32> = lock(&self.shared.begun).drain().collect();
        tracing::warn!("{} updates are left for the next start", left.len());
        for update_id in left {
            if let Err(error) = self.shared.intake.journal.release(update_id).await {
                tracing::error!("{error}");
            }
        }
    }
}

/// Handles what a lane has in the journal, until it has nothing more or the stop is requested.
async fn work(shared: Arc<Shared>, lane: i64) {
    let mut failures = 0;
    loop {
        let Ok(_turn) = shared.turns.acquire().await else { return };
        if shared.stop.is_requested() {
            return;
        }
        lock(&shared.awake).insert(lane, false);
        match shared.intake.journal.begin(lane).await {
            Ok(Some(in_work)) => {
                failures = 0;
                shared.handle(in_work).await;
            }
            Ok(None) => {
                let mut awake = lock(&shared.awake);
                if awake.get(&lane) == Some(&false) {
                    awake.remove(&lane);
                    return;
                }
            }
            Err(error) => {
                failures += 1;
                shared.wait_for_journal(failures, &error).await;
            }
        }
    }
}

impl Shared {
    async fn handle(&self, in_work: InWork) {
        let update_id = in_work.update_id;
        lock(&self.begun).insert(update_id);
        match serde_json::from_str::<Update>(&in_work.raw) {
            Ok(Update { kind: UpdateKind::Error(_), .. }) | Err(_) => {
                tracing::warn!(update_id, "an update of a kind unknown to us was passed over");
            }
            Ok(update) => {
                if let Err(failure) = self.attempt(&update, in_work.attempts).await {
                    self.apologise(update, failure).await;
                }
            }
        }
        self.done(update_id).await;
        lock(&self.begun).remove(&update_id);
    }

    /// Runs the handler in a task of its own, which may panic and may be left behind.
    async fn attempt(&self, update: &Update, attempt: u32) -> Result<(), Failure> {
        let Intake { limits, counters, sender, handler, .. } = &self.intake;
        let update_id = update.id.0;
        if attempt > limits.attempts {
            counters.given_up.one();
            self.note(format!("update {update_id} ended the process {} times and was given up", limits.attempts)).await;
            return Err(Failure::GivenUp);
        }
        let age = age(update);
        let budget = Budget::new(limits.deadline);
        let context = Context {
            update_id,
            attempt,
            age,
            freshness: if age > limits.fresh_for { Freshness::Late } else { Freshness::Fresh },
            sender: sender.within(budget.clone()),
        };
        let (handler, update) = (handler.clone(), update.clone());
        let mut task = AbortOnDrop(tokio::spawn(async move { handler(update, context).await }));
        let ended = tokio::select! {
            ended = &mut task.0 => ended,
            () = budget.spent() => {
                counters.timed_out.one();
                self.note(format!("update {update_id} was not handled in {:?}", limits.deadline)).await;
                return Err(Failure::TimedOut);
            }
        };
        match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                counters.failed.one();
                self.note(format!("update {update_id} failed: {error:#}")).await;
                Err(Failure::Failed)
            }
            // What the panic says may quote the question.
            Err(_) => {
                counters.panicked.one();
                self.note(format!("the handler of update {update_id} panicked")).await;
                Err(Failure::Panicked)
            }
        }
    }

    /// Tells the person, if the apology can be found and sent; neither may hold up the chat.
    async fn apologise(&self, update: Update, failure: Failure) {
        let apology = self.intake.apology.clone();
        let found = AssertUnwindSafe(async move { apology(update, failure).await }).catch_unwind();
        let Ok(Ok(Some(request))) = timeout(APOLOGY_WITHIN, found).await else { return };
        if timeout(APOLOGY_SENT_WITHIN, self.intake.sender.send(request)).await.is_err() {
            tracing::warn!("an apology could not be sent in time");
        }
    }

    /// Marks an update as done, however long that takes: begun again, it would be answered again.
    async fn done(&self, update_id: u32) {
        self.intake.counters.handled.one();
        for failures in 1.. {
            match self.intake.journal.done(update_id).await {
                Ok(()) => return,
                Err(error) => self.wait_for_journal(failures, &error).await,
            }
            if self.stop.is_requested() {
                return;
            }
        }
    }

    async fn wait_for_journal(&self, failures: u32, error: &JournalError) {
        tracing::error!("{error}");
        let mut stop = self.stop.clone();
        tokio::select! {
            () = sleep(self.intake.limits.backoff.after(failures)) => {}
            () = stop.requested() => {}
        }
    }

    /// Puts an error where operators see it.
    async fn note(&self, message: String) {
        tracing::error!("{message}");
        if let Err(error) = self.intake.journal.add_error(message).await {
            tracing::error!("{error}");
        }
    }
}

/// A task that ends with whoever waits for it.
struct AbortOnDrop(JoinHandle<anyhow::Result<()>>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
