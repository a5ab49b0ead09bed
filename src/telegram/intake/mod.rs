//! Updates in: each handled once, in order within a chat, chats side by side, none lost. Knows nothing of what is said.
//!
//! [`poll`] writes updates to the journal and only then confirms them; [`lane`] begins them one after another and calls
//! the [`Handler`]; a lane that has nothing to do holds nothing in memory.

mod handle;
mod lane;
mod poll;

use std::sync::Arc;
use std::time::Duration;

use teloxide::types::AllowedUpdate;
use tokio::time::{Instant, sleep};

pub use handle::{Apology, Context, Failure, Freshness, Handler, apology, handler, schema};
pub use poll::connect;

use super::api::{Api, CallError};
use super::backoff::Backoff;
use super::counters::Counters;
use super::sender::Sender;
use super::stop::Stop;
use crate::journal::{Claim, Journal, JournalError};
use lane::Lanes;

/// How long and how much.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long a handler may think; waiting for the sender does not count.
    pub deadline: Duration,
    /// How long a stop may take, sender included.
    pub stop_within: Duration,
    /// How long Telegram holds a poll that has no updates; at most 50 s.
    pub poll: Duration,
    /// How long an answer may take beyond that.
    pub patience: Duration,
    /// Times that an update is begun before it is given up: each but the last ended the process.
    pub attempts: u32,
    /// Chats handled at once.
    pub chats_at_once: usize,
    /// Updates in the journal above which no more are fetched; Telegram keeps them for a day.
    pub in_work: u32,
    /// Age from which a question is late.
    pub fresh_for: Duration,
    /// For how long another program that polls is taken for our predecessor that is about to end.
    pub conflict_patience: Duration,
    /// Waits after a failed poll.
    pub backoff: Backoff,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(20),
            stop_within: Duration::from_secs(8),
            poll: Duration::from_secs(25),
            patience: Duration::from_secs(10),
            attempts: 3,
            chats_at_once: 512,
            in_work: 100_000,
            fresh_for: Duration::from_mins(10),
            // A predecessor takes up to eight seconds to stop.
            conflict_patience: Duration::from_secs(20),
            backoff: Backoff { first: Duration::from_millis(500), longest: Duration::from_secs(30) },
        }
    }
}

/// Everything that handling updates needs.
#[derive(Clone)]
pub struct Intake {
    /// Where updates come from.
    pub api: Api,
    /// Where they wait.
    pub journal: Journal,
    /// What handlers answer through.
    pub sender: Sender,
    /// What is done with an update.
    pub handler: Handler,
    /// What a person is told whose update could not be handled.
    pub apology: Apology,
    /// The kinds of update to ask for; those left out never arrive.
    pub kinds: Vec<AllowedUpdate>,
    /// What is counted.
    pub counters: Arc<Counters>,
    /// How long and how much.
    pub limits: Limits,
}

/// Why the intake ended without being asked to.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// 401 or 404.
    #[error(
        "TELOXIDE_TOKEN was refused by Telegram; get the current token from @BotFather (/mybots, API Token) and put it into .env"
    )]
    Token,
    /// 409, again and again.
    #[error(
        "another program receives this bot's messages; stop it, or make a bot of its own for this one with @BotFather"
    )]
    Conflict,
    /// 409 because of a webhook.
    #[error(
        "this bot's messages go to a webhook; end the program behind it and call deleteWebhook, or make another bot with @BotFather"
    )]
    Webhook,
    /// Another process has the journal.
    #[error("another yuanwen uses the same data folder; stop it, or set YUANWEN_DATA_DIR to another folder")]
    Claimed,
    /// The journal cannot be read at the start.
    #[error("read what was left to do: {0}")]
    Journal(#[from] JournalError),
}

impl Intake {
    /// Handles updates until the stop is requested, then finishes what is begun, sends what waits, and returns in time.
    /// What was not finished is begun again at the next start.
    ///
    /// # Errors
    /// When going on makes no sense: see [`IntakeError`].
    pub async fn run(self, stop: Stop) -> Result<(), IntakeError> {
        let Some(_claim) = self.claim(stop.clone()).await? else { return Ok(()) };
        let mut lanes = Lanes::new(self.clone(), stop.clone());
        for lane in self.journal.lanes_in_work().await? {
            lanes.wake(lane);
        }
        let result = poll::run(&self, &mut lanes, stop).await;
        let stopping = Instant::now();
        // An eighth of the time is for what the handlers leave in the sender.
        lanes.finish(self.limits.stop_within * 7 / 8).await;
        let left = self.sender.drain(self.limits.stop_within.saturating_sub(stopping.elapsed())).await;
        if left > 0 {
            tracing::warn!("{left} requests were not sent");
        }
        result
    }
}

impl Intake {
    /// Claims the journal, and waits a while for a predecessor that is about to end; `None` when the stop is requested.
    async fn claim(&self, mut stop: Stop) -> Result<Option<Claim>, IntakeError> {
        let started = Instant::now();
        for failures in 1.. {
            if let Some(claim) = self.journal.claim()? {
                return Ok(Some(claim));
            }
            if started.elapsed() >= self.limits.conflict_patience {
                break;
            }
            tokio::select! {
                () = sleep(self.limits.backoff.after(failures).min(Duration::from_secs(1))) => {}
                () = stop.requested() => return Ok(None),
            }
        }
        Err(IntakeError::Claimed)
    }
}

/// What an error of a request means for the bot; `None` where waiting helps.
fn fatal(error: &CallError) -> Option<IntakeError> {
    match error {
        CallError::Refused { code: 401 | 404, .. } => Some(IntakeError::Token),
        CallError::Refused { code: 409, description } if description.contains("webhook") => Some(IntakeError::Webhook),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
