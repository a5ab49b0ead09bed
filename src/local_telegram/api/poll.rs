//! How a bot gets its updates: `getUpdates` with long polling, or a webhook.

use super::{Answer, LocalTelegram, MAX_WEBHOOK_CONNECTIONS, Parameters, Refusal, State};
use crate::local_telegram::webhook;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

/// What the older of two pollers is told.
pub(super) const OTHER_POLLER: &str =
    "terminated by other getUpdates request; make sure that only one bot instance is running";
const BY_WEBHOOK: &str = "terminated by setWebhook request";
const WEBHOOK_ACTIVE: &str =
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
/// A second conflict within this time is answered only after it.
const CONFLICT_PAUSE: Duration = Duration::from_secs(3);

/// The poll that waits; when its bot goes away, it waits no more.
struct Waiting<'a>(&'a LocalTelegram, u64);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        if state.updates.poll == self.1 {
            state.updates.is_polled = false;
        }
    }
}

/// Gives updates, or waits for one. A newer poll ends an older one with a conflict.
pub(super) async fn get_updates(telegram: &LocalTelegram, parameters: &Parameters) -> Answer {
    if telegram.lock().webhook.url.is_some() {
        return conflict(telegram, WEBHOOK_ACTIVE).await;
    }
    let number = |name, default| parameters.integer(name).unwrap_or(default);
    let allowed = parameters.structured("allowed_updates")?;
    let (poll, number) = telegram.change(|state| {
        allow(state, allowed.as_ref());
        state.updates.poll += 1;
        state.updates.is_polled = true;
        let poll = state.updates.begin(number("offset", 0), number("limit", 100), number("timeout", 0), Instant::now());
        (poll, state.updates.poll)
    });
    let _waiting = Waiting(telegram, number);
    let mut changes = telegram.changes();
    let deadline = Instant::now() + poll.timeout;
    loop {
        let looked = look(&mut telegram.lock(), number, poll.limit);
        match looked {
            Err(reason) => return conflict(telegram, reason).await,
            Ok(batch) if !batch.is_empty() || Instant::now() >= deadline => return Ok(Value::Array(batch)),
            Ok(_) => {}
        }
        let _ = tokio::time::timeout_at(deadline, changes.changed()).await;
    }
}

/// The updates there are, or who ended this poll.
fn look(state: &mut State, poll: u64, limit: usize) -> Result<Vec<Value>, &'static str> {
    if state.updates.poll != poll {
        Err(OTHER_POLLER)
    } else if state.webhook.url.is_some() {
        Err(BY_WEBHOOK)
    } else {
        Ok(state.updates.batch(limit))
    }
}

async fn conflict(telegram: &LocalTelegram, reason: &str) -> Answer {
    let last = telegram.lock().updates.last_conflict.replace(Instant::now());
    if last.is_some_and(|at| at.elapsed() < CONFLICT_PAUSE) {
        tokio::time::sleep(CONFLICT_PAUSE).await;
    }
    Err(Refusal::conflict(reason))
}

fn allow(state: &mut State, kinds: Option<&Value>) {
    if let Some(kinds) = kinds.and_then(Value::as_array) {
        state.updates.allow(kinds.iter().filter_map(Value::as_str).map(str::to_owned));
    }
}

/// Sets a webhook, or deletes it when the address is empty.
pub(super) fn set_webhook(state: &mut State, parameters: &Parameters) -> Answer {
    let url = parameters.text("url").unwrap_or_default();
    if url.is_empty() {
        return Ok(delete_webhook(state, parameters));
    }
    webhook::check_url(&url)?;
    let secret = parameters.text("secret_token").filter(|secret| !secret.is_empty());
    secret.as_deref().map(webhook::check_secret).transpose()?;
    let allowed = parameters.structured("allowed_updates")?;
    allow(state, allowed.as_ref());
    if parameters.is_set("drop_pending_updates") {
        state.updates.drop_pending();
    }
    state.webhook.url = Some(url);
    state.webhook.secret = secret;
    state.webhook.max_connections =
        parameters.integer("max_connections").unwrap_or(40).clamp(1, MAX_WEBHOOK_CONNECTIONS);
    state.webhook.last_error = None;
    Ok(json!(true))
}

/// Deletes the webhook; `getUpdates` works again.
pub(super) fn delete_webhook(state: &mut State, parameters: &Parameters) -> Value {
    if parameters.is_set("drop_pending_updates") {
        state.updates.drop_pending();
    }
    state.webhook = webhook::Webhook::default();
    json!(true)
}

/// The webhook, and how many updates wait.
pub(super) fn get_webhook_info(state: &State, _: &Parameters) -> Value {
    webhook::info(&state.webhook, state.updates.waiting(), &state.updates.allowed())
}
