//! A message as it stands in a chat: text, entities, keyboard, attachment, and what happened to it since.
//! Knows nothing of how it came there.

use super::entities::Entity;
use serde_json::{Map, Value, json};

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The bot under test.
    Bot,
    /// A person, by id.
    Person(i64),
    /// A chat in its own name, by id: a channel's post, an anonymous administrator.
    Chat(i64),
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Opens an address.
    Url(String),
    /// Sends a callback query with this data (1–64 bytes).
    CallbackData(String),
    /// Copies this text (1–256 characters).
    CopyText(String),
    /// Starts an inline query in the same chat.
    SwitchInlineHere(String),
    /// Starts an inline query in another chat.
    SwitchInline(String),
}

/// A button of an inline keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub text: String,
    /// What it does.
    pub action: Action,
}

impl Button {
    /// As the Bot API writes it.
    pub(crate) fn json(&self) -> Value {
        let (field, value) = match &self.action {
            Action::Url(url) => ("url", json!(url)),
            Action::CallbackData(data) => ("callback_data", json!(data)),
            Action::CopyText(text) => ("copy_text", json!({"text": text})),
            Action::SwitchInlineHere(query) => ("switch_inline_query_current_chat", json!(query)),
            Action::SwitchInline(query) => ("switch_inline_query", json!(query)),
        };
        let mut button = Map::from_iter([("text".to_owned(), json!(self.text))]);
        button.insert(field.to_owned(), value);
        Value::Object(button)
    }
}

/// The message that a message answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTo {
    /// Its id in the same chat.
    pub message_id: i64,
    /// The part of its text that is quoted; `None` quotes all of it.
    pub quote: Option<String>,
}

/// A message as it stands now.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id, unique in its chat.
    pub id: i64,
    /// The chat's id.
    pub chat: i64,
    /// Who wrote it.
    pub author: Author,
    /// When it was sent, in Unix seconds.
    pub date: i64,
    /// When it was last edited, in Unix seconds; `None` if never.
    pub edited: Option<i64>,
    /// The forum topic's id; `None` outside of topics.
    pub topic: Option<i64>,
    /// The text, or the caption where `attachment` is given.
    pub text: String,
    /// The marked ranges of `text`, Telegram's own findings among them.
    pub entities: Vec<Entity>,
    /// The message it answers.
    pub reply_to: Option<ReplyTo>,
    /// The rows of its inline keyboard; empty without one.
    pub keyboard: Vec<Vec<Button>>,
    /// A document, photo, sticker … under its field name; `None` for text.
    pub attachment: Option<(String, Value)>,
    /// The bot by whose inline mode it was sent: its username.
    pub via_bot: Option<String>,
    /// The id by which the bot edits it, if it came from inline mode with a keyboard.
    pub inline_id: Option<String>,
    /// Other fields of the Bot API's Message: `forward_origin`, `new_chat_members` …
    pub extra: Map<String, Value>,
    /// The bot's reaction, an emoji.
    pub bot_reaction: Option<String>,
    /// How often it was edited.
    pub revisions: u32,
    /// Whether it was deleted; its text stays for tests to read.
    pub deleted: bool,
}

impl Message {
    /// The labels of its buttons, row by row.
    pub fn labels(&self) -> Vec<Vec<&str>> {
        self.keyboard.iter().map(|row| row.iter().map(|button| button.text.as_str()).collect()).collect()
    }

    /// The button with this label.
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.keyboard.iter().flatten().find(|button| button.text == label)
    }

    /// The parts of the text that an entity of this kind marks.
    pub fn marked(&self, kind: &str) -> Vec<String> {
        let of_kind = self.entities.iter().filter(|entity| entity.kind == kind);
        of_kind.map(|entity| super::entities::utf16_slice(&self.text, entity.offset, entity.end())).collect()
    }

    /// The keyboard as the Bot API writes it.
    pub(crate) fn markup(&self) -> Option<Value> {
        let rows: Vec<Vec<Value>> = self.keyboard.iter().map(|row| row.iter().map(Button::json).collect()).collect();
        (!rows.is_empty()).then(|| json!({"inline_keyboard": rows}))
    }
}
