//! Callback queries and inline queries: asked by people, answered by the bot while they are fresh. Knows no chats.

use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};
use tokio::time::Instant;

/// How long a callback query may be answered.
const CALLBACK_LIFETIME: Duration = Duration::from_secs(15);
/// How long an inline query may be answered.
pub(crate) const INLINE_LIFETIME: Duration = Duration::from_secs(10);
/// Queries remembered of each sort; the oldest go first.
const MAX_QUERIES: usize = 1000;

/// A pressed button.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// The query's id.
    pub id: String,
    /// Who pressed.
    pub person: i64,
    /// The chat of the message.
    pub chat: i64,
    /// The message with the button.
    pub message_id: i64,
    /// The button's data.
    pub data: String,
    /// The bot's answer; `None` while there is none.
    pub answer: Option<CallbackAnswer>,
    at: Instant,
}

/// What the bot answered to a pressed button.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallbackAnswer {
    /// What is shown, at most 200 characters; empty shows nothing.
    pub text: String,
    /// Whether it is shown as an alert to close, else as a passing toast.
    pub alert: bool,
    /// An address that is opened.
    pub url: Option<String>,
}

/// A query typed after the bot's name.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// The query's id.
    pub id: String,
    /// Who typed it.
    pub person: i64,
    /// What was typed.
    pub query: String,
    /// The bot's answer as it sent it (`results`, `next_offset`, `cache_time` …); `None` while there is none.
    pub answer: Option<Value>,
    at: Instant,
}

/// The queries of both sorts.
#[derive(Debug, Default)]
pub(crate) struct Queries {
    callbacks: BTreeMap<u64, Callback>,
    inlines: BTreeMap<u64, Inline>,
    next: u64,
}

impl Queries {
    /// A new callback query; gives its id.
    pub(crate) fn press(&mut self, person: i64, chat: i64, message_id: i64, data: &str, now: Instant) -> String {
        let (key, id) = self.take_id();
        if self.callbacks.len() >= MAX_QUERIES {
            self.callbacks.pop_first();
        }
        let data = data.to_owned();
        let callback = Callback { id: id.clone(), person, chat, message_id, data, answer: None, at: now };
        self.callbacks.insert(key, callback);
        id
    }

    /// A new inline query; gives its id.
    pub(crate) fn ask(&mut self, person: i64, query: &str, now: Instant) -> String {
        let (key, id) = self.take_id();
        if self.inlines.len() >= MAX_QUERIES {
            self.inlines.pop_first();
        }
        let inline = Inline { id: id.clone(), person, query: query.to_owned(), answer: None, at: now };
        self.inlines.insert(key, inline);
        id
    }

    fn take_id(&mut self) -> (u64, String) {
        self.next += 1;
        (self.next, format!("{}", 4_200_000_000_000_000_u64 + self.next))
    }

    /// The callback query of an id.
    pub(crate) fn callback(&self, id: &str) -> Option<&Callback> {
        self.callbacks.get(&key(id)?)
    }

    /// The inline query of an id.
    pub(crate) fn inline(&self, id: &str) -> Option<&Inline> {
        self.inlines.get(&key(id)?)
    }

    /// The callback query of an id, if it may still be answered.
    pub(crate) fn fresh_callback(&mut self, id: &str, now: Instant) -> Option<&mut Callback> {
        let callback = self.callbacks.get_mut(&key(id)?)?;
        (callback.answer.is_none() && now.duration_since(callback.at) < CALLBACK_LIFETIME).then_some(callback)
    }

    /// The inline query of an id, if it may still be answered.
    pub(crate) fn fresh_inline(&mut self, id: &str, now: Instant) -> Option<&mut Inline> {
        let inline = self.inlines.get_mut(&key(id)?)?;
        (inline.answer.is_none() && now.duration_since(inline.at) < INLINE_LIFETIME).then_some(inline)
    }

    /// Callback queries that the bot never answered.
    pub(crate) fn unanswered(&self) -> Vec<Callback> {
        self.callbacks.values().filter(|callback| callback.answer.is_none()).cloned().collect()
    }
}

fn key(id: &str) -> Option<u64> {
    id.parse::<u64>().ok()?.checked_sub(4_200_000_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_answered_once_and_in_time() {
        let (mut queries, start) = (Queries::default(), Instant::now());
        let callback = queries.press(1, 1, 1, "more", start);
        let inline = queries.ask(1, "张江", start);
        let late = |lifetime: Duration| start + lifetime;
        assert!(queries.fresh_callback(&callback, start).is_some());
        assert!(queries.fresh_callback(&callback, late(CALLBACK_LIFETIME)).is_none());
        assert!(queries.fresh_inline(&inline, start).is_some());
        assert!(queries.fresh_inline(&inline, late(INLINE_LIFETIME)).is_none());
        assert!(queries.fresh_callback(&inline, start).is_none());
        if let Some(callback) = queries.fresh_callback(&callback, start) {
            callback.answer = Some(CallbackAnswer::default());
        }
        assert!(queries.fresh_callback(&callback, start).is_none());
        assert!(queries.fresh_callback("1", start).is_none());
    }
}
