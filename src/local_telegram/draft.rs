//! What a person is about to send, with everything that may be unusual about it. Knows no state.

use super::entities::Entity;
use axum::body::Bytes;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// A file in a draft.
#[derive(Debug, Clone)]
pub(crate) struct DraftFile {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
    /// The size Telegram tells; `None` tells the true one.
    pub(crate) claimed: Option<u64>,
}

/// A message a person is about to send.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub(crate) text: String,
    pub(crate) entities: Option<Vec<Entity>>,
    pub(crate) reply_to: Option<i64>,
    pub(crate) topic: Option<i64>,
    pub(crate) age: Duration,
    pub(crate) sender_chat: Option<i64>,
    pub(crate) via_bot: Option<String>,
    pub(crate) file: Option<DraftFile>,
    pub(crate) attachment: Option<(String, Value)>,
    pub(crate) extra: Map<String, Value>,
}

impl Draft {
    /// A text; its mentions, commands, tags and addresses are found as Telegram finds them.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A file of this media type.
    pub fn document(name: &str, media_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = Bytes::from(bytes.into());
        let (name, media_type) = (name.to_owned(), media_type.to_owned());
        Self { file: Some(DraftFile { name, media_type, bytes, claimed: None }), ..Self::default() }
    }

    /// A file that claims this size in bytes and cannot be downloaded in full.
    pub fn document_of_size(name: &str, claimed_bytes: u64) -> Self {
        let mut draft = Self::document(name, "application/octet-stream", *b"only the beginning");
        if let Some(file) = &mut draft.file {
            file.claimed = Some(claimed_bytes);
        }
        draft
    }

    fn attached(field: &str, value: Value) -> Self {
        Self { attachment: Some((field.to_owned(), value)), ..Self::default() }
    }

    /// A sticker with an emoji.
    pub fn sticker(emoji: &str) -> Self {
        Self::attached(
            "sticker",
            json!({
                "file_id": "sticker-local", "file_unique_id": "sticker", "type": "regular", "width": 512, "height": 512,
                "is_animated": false, "is_video": false, "emoji": emoji
            }),
        )
    }

    /// A photo; [`Draft::caption`] adds words.
    pub fn photo() -> Self {
        Self::attached(
            "photo",
            json!([
                {"file_id": "photo-local", "file_unique_id": "photo", "width": 1280, "height": 960, "file_size": 100_000}
            ]),
        )
    }

    /// A voice message of this many seconds.
    pub fn voice(seconds: u32) -> Self {
        Self::attached(
            "voice",
            json!({
                "file_id": "voice-local", "file_unique_id": "voice", "duration": seconds, "mime_type": "audio/ogg"
            }),
        )
    }

    /// A place, in degrees.
    pub fn location(latitude: f64, longitude: f64) -> Self {
        Self::attached("location", json!({"latitude": latitude, "longitude": longitude}))
    }

    /// Any other content of the Bot API: `contact`, `poll`, `dice` …
    pub fn other(field: &str, value: Value) -> Self {
        Self::attached(field, value)
    }

    /// The words under a file or photo.
    #[must_use]
    pub fn caption(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self
    }

    /// Exactly these entities instead of those Telegram finds.
    #[must_use]
    pub fn entities(mut self, entities: Vec<Entity>) -> Self {
        self.entities = Some(entities);
        self
    }

    /// As an answer to a message of the same chat.
    #[must_use]
    pub fn reply_to(mut self, message_id: i64) -> Self {
        self.reply_to = Some(message_id);
        self
    }

    /// In a topic of a forum.
    #[must_use]
    pub fn in_topic(mut self, topic: i64) -> Self {
        self.topic = Some(topic);
        self
    }

    /// Sent this long ago and only delivered now.
    #[must_use]
    pub fn sent_ago(mut self, age: Duration) -> Self {
        self.age = age;
        self
    }

    /// In the name of a chat: that of the group itself for an anonymous administrator, or a channel's.
    #[must_use]
    pub fn as_chat(mut self, chat: i64) -> Self {
        self.sender_chat = Some(chat);
        self
    }

    /// Made by the inline mode of a bot with this username.
    #[must_use]
    pub fn via_bot(mut self, username: &str) -> Self {
        self.via_bot = Some(username.to_owned());
        self
    }

    /// Forwarded from a person whose account is hidden.
    #[must_use]
    pub fn forwarded_from(mut self, name: &str) -> Self {
        let origin = json!({"type": "hidden_user", "sender_user_name": name, "date": 1_700_000_000});
        self.extra.insert("forward_origin".into(), origin);
        self
    }

    /// With any other field of the Bot API's Message.
    #[must_use]
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.extra.insert(field.to_owned(), value);
        self
    }
}
