//! Polling: updates are in the journal before the offset moves over them. Handles nothing.

use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use teloxide::payloads::{GetMe, GetUpdates, GetUpdatesSetters as _};
use teloxide::types::{Me, Update};
use tokio::time::{Instant, sleep};

use super::lane::{self, Lanes};
use super::{Intake, IntakeError, Limits, fatal};
use crate::journal::{Incoming, now};
use crate::telegram::api::{Api, CallError};
use crate::telegram::stop::Stop;

/// Updates that a poll brings at most, by Telegram's rules.
const BATCH: u8 = 100;

/// Age from which our offset is not used, in seconds: after a week without updates Telegram begins its numbers anew.
const OFFSET_MAX_AGE: i64 = 6 * 24 * 3600;

/// Without a conflict for so long, the other program is gone.
const CONFLICT_OVER: Duration = Duration::from_mins(1);

#[derive(Deserialize)]
struct Numbered {
    update_id: u32,
}

/// Asks Telegram who we are, for as long as it cannot be reached; `None` when the stop is requested meanwhile.
///
/// # Errors
/// When the token is refused.
pub async fn connect(api: &Api, limits: &Limits, mut stop: Stop) -> Result<Option<Me>, IntakeError> {
    let who = GetMe::new();
    let mut failures = 0;
    loop {
        let asked = tokio::select! {
            asked = api.call(&who, limits.patience) => asked,
            () = stop.requested() => return Ok(None),
        };
        let error = match asked {
            Ok(me) => return Ok(Some(me)),
            Err(error) => error,
        };
        if let Some(error) = fatal(&error) {
            return Err(error);
        }
        failures += 1;
        let wait = wait(&error, failures, limits);
        tracing::warn!("{error}; trying again in {:.1}s", wait.as_secs_f32());
        tokio::select! {
            () = sleep(wait) => {}
            () = stop.requested() => return Ok(None),
        }
    }
}

/// Polls until the stop is requested.
pub(super) async fn run(intake: &Intake, lanes: &mut Lanes, mut stop: Stop) -> Result<(), IntakeError> {
    let mut offset = intake.journal.next_offset(OFFSET_MAX_AGE).await?.unwrap_or(0);
    let mut conflicts = Conflicts::default();
    let mut failures = 0;
    loop {
        let polled = tokio::select! {
            biased;
            () = stop.requested() => return Ok(()),
            polled = poll(intake, offset) => polled,
        };
        let wait = match polled {
            // Telegram sends again what it has not heard of; asking in a hurry would not help.
            Ok((next, fresh)) if fresh.is_empty() && next != offset => {
                offset = next;
                intake.limits.backoff.after(1)
            }
            Ok((next, fresh)) => {
                offset = next;
                failures = 0;
                intake.counters.last_poll.store(now(), std::sync::atomic::Ordering::Relaxed);
                for lane in fresh {
                    lanes.wake(lane);
                }
                continue;
            }
            Err(Failed::TooMuchInWork) => Duration::from_secs(1),
            Err(Failed::Journal(error)) => {
                failures += 1;
                tracing::error!("{error}");
                intake.limits.backoff.after(failures)
            }
            Err(Failed::Call(error)) => {
                if let Some(error) = fatal(&error) {
                    return Err(error);
                }
                intake.counters.polls_failed.one();
                if matches!(error, CallError::Refused { code: 409, .. })
                    && conflicts.have_lasted(Instant::now(), intake.limits.conflict_patience)
                {
                    return Err(IntakeError::Conflict);
                }
                failures += 1;
                let wait = wait(&error, failures, &intake.limits);
                tracing::warn!("{error}; polling again in {:.1}s", wait.as_secs_f32());
                wait
            }
        };
        tokio::select! {
            () = sleep(wait) => {}
            () = stop.requested() => return Ok(()),
        }
    }
}

enum Failed {
    TooMuchInWork,
    Journal(crate::journal::JournalError),
    Call(CallError),
}

impl From<crate::journal::JournalError> for Failed {
    fn from(error: crate::journal::JournalError) -> Self {
        Self::Journal(error)
    }
}

/// One poll. Returns the next offset and the lanes that have something new.
async fn poll(intake: &Intake, offset: i64) -> Result<(i64, Vec<i64>), Failed> {
    let Intake { api, journal, limits, kinds, counters, .. } = intake;
    if journal.updates_in_work().await? > limits.in_work {
        return Err(Failed::TooMuchInWork);
    }
    let payload = GetUpdates::new()
        .offset(i32::try_from(offset).unwrap_or(0))
        .limit(BATCH)
        .timeout(u32::try_from(limits.poll.as_secs()).unwrap_or(0))
        .allowed_updates(kinds.clone());
    let patience = limits.poll + limits.patience;
    let batch: Vec<Box<RawValue>> = api.call_as(&payload, patience).await.map_err(Failed::Call)?;
    if batch.is_empty() {
        return Ok((offset, Vec::new()));
    }
    let mut incoming = Vec::with_capacity(batch.len());
    for raw in &batch {
        // An update without a number can be neither confirmed nor told from another.
        let Ok(Numbered { update_id }) = serde_json::from_str(raw.get()) else { continue };
        let lane = serde_json::from_str::<Update>(raw.get()).map_or(0, |update| lane::of(&update));
        incoming.push(Incoming { update_id, lane, raw: raw.get().to_owned() });
    }
    let Some(last) = incoming.iter().map(|update| update.update_id).max() else {
        return Err(Failed::Call(CallError::Garbled("updates without numbers".to_owned())));
    };
    // What Telegram sends is what it has, even below our offset: when it begins its numbers anew, we follow.
    let next = i64::from(last) + 1;
    let count = incoming.len();
    let fresh = journal.take(incoming, next).await?;
    counters.taken.add(fresh.len());
    counters.repeated.add(count - fresh.len());
    Ok((next, fresh))
}

fn wait(error: &CallError, failures: u32, limits: &Limits) -> Duration {
    let wait = limits.backoff.after(failures);
    match error {
        CallError::Throttled { retry_after } => wait.max(*retry_after),
        _ => wait,
    }
}

/// Another program that polls. Each of the two hears of the other again and again; a predecessor that ends is heard of
/// for some seconds.
#[derive(Debug, Default)]
struct Conflicts {
    first: Option<Instant>,
    last: Option<Instant>,
    count: u32,
}

impl Conflicts {
    /// Counts one more, and says whether the other program is there to stay.
    fn have_lasted(&mut self, now: Instant, patience: Duration) -> bool {
        if self.last.is_none_or(|last| now.duration_since(last) > CONFLICT_OVER) {
            *self = Self { first: Some(now), last: None, count: 0 };
        }
        self.last = Some(now);
        self.count += 1;
        self.count >= 3 && self.first.is_some_and(|first| now.duration_since(first) >= patience)
    }
}
