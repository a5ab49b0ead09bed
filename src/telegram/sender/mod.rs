//! Messages out, fair between chats and within Telegram's limits. Knows nothing of what the messages say.
//!
//! One task asks the [`schedule`] what goes next and sends each request in a task of its own, so that a request that
//! hangs holds up its own chat alone.

mod outcome;
mod pace;
mod request;
mod schedule;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::FutureExt as _;
use teloxide::types::{ChatId, MessageId};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

pub use outcome::Outcome;
pub(super) use request::no_preview;
pub use request::{Alert, Body, Destination, Request, Target};

use super::api::{Api, CallError};
use super::backoff::Backoff;
use super::budget::Budget;
use super::counters::Counters;
use crate::journal::Journal;
use request::Written;
use schedule::{Lane, Next, Schedule};

/// How fast and how long to send.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Requests in any second, over all chats.
    pub per_second: usize,
    /// Requests to a chat at once …
    pub chat_burst: u32,
    /// … and the time between those that follow.
    pub chat_every: Duration,
    /// Requests to a group in any minute.
    pub group_per_minute: usize,
    /// Requests that may wait for a chat; more are dropped.
    pub queue_per_chat: usize,
    /// How long Telegram may take to answer.
    pub timeout: Duration,
    /// How long a message is worth sending. The answer to a button is worth less.
    pub worth: Duration,
    /// Waits after a failed connection or a 5xx.
    pub backoff: Backoff,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            per_second: 30,
            chat_burst: 3,
            chat_every: Duration::from_secs(1),
            group_per_minute: 20,
            queue_per_chat: 64,
            // As teloxide's client has it.
            timeout: Duration::from_secs(17),
            // What is older than ten minutes is not answered at a start either.
            worth: Duration::from_mins(10),
            backoff: Backoff { first: Duration::from_millis(500), longest: Duration::from_secs(30) },
        }
    }
}

/// Sends requests; a clone is the same sender.
#[derive(Debug, Clone)]
pub struct Sender {
    shared: Arc<Shared>,
    /// The clock of the handler that sends, which stands still meanwhile; `None` where no handler sends.
    budget: Option<Arc<Budget>>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// Something was pushed, or the sender was closed.
    changed: Notify,
    /// Everything was sent.
    idle: Notify,
    pace: Pace,
    counters: Arc<Counters>,
}

#[derive(Debug)]
struct State {
    schedule: Schedule<Box<Job>>,
    closed: bool,
}

#[derive(Debug)]
struct Job {
    request: Request,
    answer: oneshot::Sender<Outcome>,
    /// Whether it is sent even when nobody waits for its outcome.
    unattended: bool,
    failures: u32,
    expires: Instant,
}

type Finished = (Lane, Box<Job>, Result<Option<Written>, CallError>);

impl Sender {
    /// Starts sending; needs a runtime. A group that becomes a supergroup is moved in the journal.
    pub fn start(api: Api, journal: Journal, counters: Arc<Counters>, pace: Pace) -> Self {
        let state = State { schedule: Schedule::new(pace.clone()), closed: false };
        let shared =
            Arc::new(Shared { state: Mutex::new(state), changed: Notify::new(), idle: Notify::new(), pace, counters });
        tokio::spawn(run(shared.clone(), api, journal));
        Self { shared, budget: None }
    }

    /// Sends a request in its turn and waits for what becomes of it. When the caller stops waiting before its turn has
    /// come, it is not sent.
    pub async fn send(&self, request: Request) -> Outcome {
        let _pause = self.budget.as_ref().map(Budget::pause);
        self.push(request, false).await.unwrap_or(Outcome::Dropped)
    }

    /// Sends a request in its turn, and waits for nothing.
    pub fn post(&self, request: Request) {
        drop(self.push(request, true));
    }

    /// Requests that wait for their turn.
    pub fn queued(&self) -> usize {
        self.shared.lock(|state| state.schedule.queued())
    }

    /// Takes nothing more, and sends what waits, for so long at most; returns how many requests were left and dropped.
    pub async fn drain(&self, within: Duration) -> usize {
        self.shared.lock(|state| state.closed = true);
        self.shared.changed.notify_one();
        let sent = async {
            loop {
                let idle = self.shared.idle.notified();
                if self.shared.lock(|state| state.schedule.is_idle()) {
                    return;
                }
                idle.await;
            }
        };
        if tokio::time::timeout(within, sent).await.is_ok() {
            return 0;
        }
        let left = self.shared.lock(|state| state.schedule.clear());
        self.shared.counters.dropped.add(left.len());
        left.len()
    }

    /// The same sender for a handler whose clock stands still while it waits.
    pub(super) fn within(&self, budget: Arc<Budget>) -> Self {
        Self { shared: self.shared.clone(), budget: Some(budget) }
    }

    fn push(&self, request: Request, unattended: bool) -> oneshot::Receiver<Outcome> {
        let (answer, outcome) = oneshot::channel();
        let now = Instant::now();
        let expires = now + request.worth(self.shared.pace.worth);
        let lane = request.lane();
        let job = Box::new(Job { request, answer, unattended, failures: 0, expires });
        let refused = self
            .shared
            .lock(|state| if state.closed { Err(job) } else { state.schedule.push(lane, job, expires, now) });
        match refused {
            Ok(()) => self.shared.changed.notify_one(),
            Err(job) => {
                self.shared.counters.dropped.one();
                let _ = job.answer.send(Outcome::Dropped);
            }
        }
        outcome
    }
}

impl Shared {
    fn lock<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Job {
    fn is_unwanted(&self) -> bool {
        !self.unattended && self.answer.is_closed()
    }
}

/// Sends until the sender is closed and everything is sent.
async fn run(shared: Arc<Shared>, api: Api, journal: Journal) {
    let (finish, mut finished) = mpsc::unbounded_channel::<Finished>();
    loop {
        let changed = shared.changed.notified();
        let (next, idle, closed) = shared.lock(|state| {
            let next = state.schedule.next(Instant::now(), |job| job.is_unwanted());
            (next, state.schedule.is_idle(), state.closed)
        });
        if idle {
            shared.idle.notify_waiters();
            if closed {
                return;
            }
        }
        let wake = match next {
            Next::Send(lane, job) => {
                tokio::spawn(send(lane, job, api.clone(), shared.pace.timeout, finish.clone()));
                continue;
            }
            Next::Discard(job) => {
                shared.counters.dropped.one();
                let _ = job.answer.send(Outcome::Dropped);
                continue;
            }
            Next::Wait(at) => Some(at),
            Next::Idle => None,
        };
        let sleep = async {
            match wake {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            Some((lane, job, result)) = finished.recv() => settle(&shared, &journal, lane, job, result),
            () = changed => {}
            () = sleep => {}
        }
    }
}

async fn send(lane: Lane, job: Box<Job>, api: Api, timeout: Duration, finish: mpsc::UnboundedSender<Finished>) {
    // Whatever happens, the lane must hear of it, or its chat would wait for ever.
    let result = AssertUnwindSafe(job.request.call(&api, timeout)).catch_unwind().await.unwrap_or_else(|_| {
        Err(CallError::Refused { code: 0, description: "the request cannot be written".to_owned() })
    });
    let _ = finish.send((lane, job, result));
}

/// Decides what becomes of a request that came back.
fn settle(
    shared: &Shared,
    journal: &Journal,
    lane: Lane,
    mut job: Box<Job>,
    result: Result<Option<Written>, CallError>,
) {
    let counters = &shared.counters;
    let name = job.request.name();
    let now = Instant::now();
    let outcome = match result {
        Ok(written) => {
            counters.sent.one();
            written.map_or(Outcome::Done, |written| Outcome::Written {
                chat: ChatId(written.chat.id),
                message: MessageId(written.message_id),
            })
        }
        Err(CallError::Throttled { retry_after }) => {
            counters.throttled.one();
            tracing::warn!("Telegram asks to wait {retry_after:?} before the next {name}");
            let expires = job.expires;
            return shared.lock(|state| state.schedule.throttled(lane, job, expires, retry_after, now));
        }
        Err(CallError::Moved(new)) => {
            if let Some(old) = job.request.move_to(new).filter(|old| *old != new) {
                tokio::spawn(move_chat(journal.clone(), old, new));
                let (to, expires) = (job.request.lane(), job.expires);
                return shared.lock(|state| state.schedule.moved(lane, to, job, expires, now));
            }
            Outcome::Unreachable
        }
        Err(error) if may_repeat(&error, &job) => {
            job.failures += 1;
            counters.retried.one();
            tracing::warn!("{name} is tried again: {error}");
            let (wait, expires) = (shared.pace.backoff.after(job.failures), job.expires);
            return shared.lock(|state| state.schedule.again(lane, job, expires, wait, now));
        }
        Err(CallError::Refused { code, description }) => {
            let outcome = outcome::refused(code, description);
            match &outcome {
                Outcome::Refused(description) => {
                    counters.refused.one();
                    tracing::error!("Telegram refused a {name}: {description}");
                }
                _ => counters.undeliverable.one(),
            }
            outcome
        }
        Err(error) => {
            counters.uncertain.one();
            tracing::warn!("a {name} may not have been done: {error}");
            Outcome::Uncertain
        }
    };
    shared.lock(|state| state.schedule.finish(lane));
    // Nobody waits for what was posted.
    let _ = job.answer.send(outcome);
}

/// A message is repeated only when it was certainly not sent; what may be done twice is tried three times.
fn may_repeat(error: &CallError, job: &Job) -> bool {
    match error {
        CallError::Unreachable(_) | CallError::Server(_) => true,
        CallError::Timeout | CallError::Garbled(_) => job.request.is_repeatable() && job.failures < 3,
        _ => false,
    }
}

async fn move_chat(journal: Journal, old: ChatId, new: ChatId) {
    let (from, to) = (journal.chat(old.0), journal.chat(new.0));
    if let Err(error) = journal.move_chat(from, to).await {
        tracing::error!("a group became a supergroup and its questions stay behind: {error}");
    }
}

#[cfg(test)]
mod tests;
