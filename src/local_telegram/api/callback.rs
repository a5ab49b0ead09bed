//! Answering pressed buttons.

use super::{Answer, Parameters, Refusal, State};
use crate::local_telegram::{limits::MAX_CALLBACK_ANSWER_CHARS, queries::CallbackAnswer};
use serde_json::json;
use tokio::time::Instant;

/// What a late, repeated or unknown answer gets.
pub(super) const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";

/// Ends the waiting of whoever pressed, with a toast, an alert or nothing.
pub(super) fn answer_callback_query(state: &mut State, parameters: &Parameters) -> Answer {
    let now = Instant::now();
    let id = parameters.text("callback_query_id").unwrap_or_default();
    let text = parameters.text("text").unwrap_or_default();
    if text.chars().count() > MAX_CALLBACK_ANSWER_CHARS {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let alert = parameters.is_set("show_alert");
    let url = parameters.text("url").filter(|url| !url.is_empty());
    if url.as_ref().is_some_and(|url| !url.starts_with("https://t.me/")) {
        return Err(Refusal::bad("URL_INVALID"));
    }
    state.queries.fresh_callback(&id, now).ok_or_else(|| Refusal::bad(TOO_OLD))?;
    state.count_sent(None)?;
    let Some(callback) = state.queries.fresh_callback(&id, now) else { return Err(Refusal::bad(TOO_OLD)) };
    callback.answer = Some(CallbackAnswer { text: text.clone(), alert, url: url.clone() });
    let (chat, person) = (callback.chat, callback.person);
    state.tell(json!({
        "kind": "callback", "chat": chat, "person": person, "id": id, "text": text, "alert": alert, "url": url
    }));
    Ok(json!(true))
}
