//! Answering what people type after the bot's name.

use super::{Answer, Parameters, Refusal, State, callback::TOO_OLD};
use crate::local_telegram::{
    limits::{self, Kind, MAX_INLINE_ID_BYTES, MAX_INLINE_RESULTS},
    request::entities_of,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::time::Instant;

/// Gives the cards for a query.
pub(super) fn answer_inline_query(state: &mut State, parameters: &Parameters) -> Answer {
    let now = Instant::now();
    let id = parameters.text("inline_query_id").unwrap_or_default();
    let results = parameters.structured("results")?.and_then(|results| results.as_array().cloned());
    let results = results.ok_or_else(|| Refusal::bad("can't parse inline query results: expected an Array"))?;
    if results.len() > MAX_INLINE_RESULTS {
        return Err(Refusal::bad("RESULTS_TOO_MUCH"));
    }
    let next_offset = parameters.text("next_offset").unwrap_or_default();
    if next_offset.len() > MAX_INLINE_ID_BYTES {
        return Err(Refusal::bad("NEXT_OFFSET_INVALID"));
    }
    let mut seen = BTreeSet::new();
    for result in &results {
        let result_id = result.get("id").and_then(Value::as_str).unwrap_or_default();
        if !(1..=MAX_INLINE_ID_BYTES).contains(&result_id.len()) {
            return Err(Refusal::bad("RESULT_ID_INVALID"));
        }
        if !seen.insert(result_id) {
            return Err(Refusal::bad("RESULT_ID_DUPLICATE"));
        }
        check(result)?;
    }
    state.queries.fresh_inline(&id, now).ok_or_else(|| Refusal::bad(TOO_OLD))?;
    state.count_sent(None)?;
    let Some(inline) = state.queries.fresh_inline(&id, now) else { return Err(Refusal::bad(TOO_OLD)) };
    inline.answer = Some(json!({
        "results": results,
        "next_offset": next_offset,
        "cache_time": parameters.integer("cache_time").unwrap_or(300),
        "is_personal": parameters.is_set("is_personal"),
        "button": parameters.structured("button")?,
    }));
    Ok(json!(true))
}

/// An article whose message Telegram would send.
fn check(result: &Value) -> Result<(), Refusal> {
    let parse = |why: &str| Refusal::bad(format!("can't parse inline query result: {why}"));
    let words = |field: &str| result.get(field).and_then(Value::as_str).unwrap_or_default();
    if words("type") != "article" {
        return Err(parse("the local Telegram knows articles only"));
    }
    if words("title").is_empty() {
        return Err(parse("field \"title\" must be non-empty"));
    }
    let content =
        result.get("input_message_content").ok_or_else(|| parse("field \"input_message_content\" is missing"))?;
    message_of(content)?;
    limits::keyboard(result.get("reply_markup"))?;
    Ok(())
}

/// The text and entities of an article's message.
pub(crate) fn message_of(content: &Value) -> Result<(String, Vec<crate::local_telegram::Entity>), Refusal> {
    let text = content.get("message_text").and_then(Value::as_str).unwrap_or_default();
    let mode = content.get("parse_mode").and_then(Value::as_str);
    let entities = entities_of(content.get("entities").cloned().filter(|v| !v.is_null()), mode)?;
    limits::text(Kind::Message, text, &entities)
}
