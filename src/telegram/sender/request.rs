//! What can be sent, as types that Telegram understands: text with entities, never a parse mode. Sends each once.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Deserialize;
use teloxide::payloads::{
    AnswerCallbackQuery, AnswerCallbackQuerySetters as _, AnswerInlineQuery, DeleteMessage, EditMessageReplyMarkup,
    EditMessageReplyMarkupInline, EditMessageReplyMarkupInlineSetters as _, EditMessageReplyMarkupSetters as _,
    EditMessageText, EditMessageTextInline, EditMessageTextInlineSetters as _, EditMessageTextSetters as _,
    SendChatAction, SendDocumentSetters as _, SendMessage, SendMessageSetters as _, SetMessageReaction,
    SetMessageReactionSetters as _,
};
use teloxide::prelude::{Request as _, Requester as _};
use teloxide::types::{
    CallbackQueryId, ChatAction, ChatId, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, MessageEntity, MessageId,
    ReactionType, ReplyParameters, ThreadId, True,
};
use teloxide::{ApiError, RequestError};

use super::schedule::Lane;
use crate::telegram::api::{Api, CallError};

/// Where a new message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The chat.
    pub chat: ChatId,
    /// The topic of a forum; `None` outside of topics.
    pub thread: Option<ThreadId>,
    /// The message it replies to, in the same chat; when that is gone it is sent without.
    pub reply_to: Option<MessageId>,
}

/// A message that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A message in a chat.
    Chat(ChatId, MessageId),
    /// A message sent by inline mode.
    Inline(String),
}

/// What a message shows. Link previews are off: an answer is its excerpt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// 1 to 4096 UTF-16 units.
    pub text: String,
    /// At most 100, in UTF-16 units of the text.
    pub entities: Vec<MessageEntity>,
    /// The buttons under it; `None` takes those of an edited message away.
    pub keyboard: Option<InlineKeyboardMarkup>,
}

/// How the answer to a button shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// For a moment at the top.
    Passing,
    /// Until it is dismissed.
    Standing,
}

/// A request to Telegram.
#[derive(Debug, Clone)]
pub enum Request {
    /// A new message.
    Send {
        /// Where.
        to: Destination,
        /// What.
        body: Body,
    },
    /// Another text and keyboard for a message.
    Edit {
        /// Which.
        target: Target,
        /// What it shows from now on.
        body: Body,
    },
    /// Another keyboard for a message.
    EditKeyboard {
        /// Which.
        target: Target,
        /// The buttons; `None` takes them away.
        keyboard: Option<InlineKeyboardMarkup>,
    },
    /// Away with a message.
    Delete {
        /// The chat.
        chat: ChatId,
        /// The message.
        message: MessageId,
    },
    /// The answer to a button that was pressed, at most 200 characters.
    AnswerCallback {
        /// The press.
        id: CallbackQueryId,
        /// What to show; `None` only ends the waiting.
        text: Option<String>,
        /// How to show it.
        alert: Alert,
    },
    /// The answer to an inline query.
    AnswerInline(Box<AnswerInlineQuery>),
    /// "Typing …", sent at once or not at all.
    Typing {
        /// The chat.
        chat: ChatId,
        /// The topic of a forum; `None` outside of topics.
        thread: Option<ThreadId>,
    },
    /// An emoji on a message.
    React {
        /// The chat.
        chat: ChatId,
        /// The message.
        message: MessageId,
        /// One of the emoji that Telegram lets bots use; `None` takes it away.
        emoji: Option<String>,
    },
    /// A file.
    Document {
        /// Where.
        to: Destination,
        /// The file's name.
        name: String,
        /// Its contents, at most 50 MB.
        bytes: Vec<u8>,
        /// At most 1024 UTF-16 units; may be empty.
        caption: String,
    },
}

/// What Telegram answers to a message sent or edited, as far as we need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct Written {
    pub(super) message_id: i32,
    pub(super) chat: WrittenIn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct WrittenIn {
    pub(super) id: i64,
}

impl Request {
    /// A message without more.
    pub fn text(chat: ChatId, text: impl Into<String>) -> Self {
        Self::Send {
            to: Destination { chat, thread: None, reply_to: None },
            body: Body { text: text.into(), ..Body::default() },
        }
    }

    /// The requests that it must not overtake and that share its pace.
    pub(super) fn lane(&self) -> Lane {
        static ALONE: AtomicU64 = AtomicU64::new(0);
        match self {
            Self::Send { to, .. } | Self::Document { to, .. } => Lane::Chat(to.chat.0),
            Self::Delete { chat, .. } | Self::React { chat, .. } => Lane::Chat(chat.0),
            Self::Edit { target, .. } | Self::EditKeyboard { target, .. } => match target {
                Target::Chat(chat, _) => Lane::Chat(chat.0),
                Target::Inline(id) => {
                    let mut hasher = DefaultHasher::new();
                    id.hash(&mut hasher);
                    Lane::Inline(hasher.finish())
                }
            },
            Self::AnswerCallback { .. } | Self::AnswerInline(_) | Self::Typing { .. } => {
                Lane::Alone(ALONE.fetch_add(1, Ordering::Relaxed))
            }
        }
    }

    /// Whether doing it twice is doing it once.
    pub(super) fn is_repeatable(&self) -> bool {
        !matches!(self, Self::Send { .. } | Self::Document { .. })
    }

    /// For how long it is worth sending. A person who pressed a button has gone on after some seconds.
    pub(super) fn worth(&self, message: Duration) -> Duration {
        match self {
            Self::AnswerCallback { .. } | Self::AnswerInline(_) => message.min(Duration::from_secs(15)),
            Self::Typing { .. } => message.min(Duration::from_secs(2)),
            _ => message,
        }
    }

    /// Its name in a log.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Send { .. } => "send",
            Self::Edit { .. } => "edit",
            Self::EditKeyboard { .. } => "edit keyboard",
            Self::Delete { .. } => "delete",
            Self::AnswerCallback { .. } => "answer callback",
            Self::AnswerInline(_) => "answer inline",
            Self::Typing { .. } => "typing",
            Self::React { .. } => "react",
            Self::Document { .. } => "document",
        }
    }

    /// The same for a chat that has another id now; returns the old id.
    pub(super) fn move_to(&mut self, new: ChatId) -> Option<ChatId> {
        let chat = match self {
            Self::Send { to, .. } | Self::Document { to, .. } => {
                // Messages get new numbers, too.
                to.reply_to = None;
                &mut to.chat
            }
            Self::Delete { chat, .. }
            | Self::React { chat, .. }
            | Self::Typing { chat, .. }
            | Self::Edit { target: Target::Chat(chat, _), .. }
            | Self::EditKeyboard { target: Target::Chat(chat, _), .. } => chat,
            _ => return None,
        };
        Some(std::mem::replace(chat, new))
    }

    /// Sends it once. Returns the message that was written, where one was.
    pub(super) async fn call(&self, api: &Api, timeout: Duration) -> Result<Option<Written>, CallError> {
        let done = |_: True| None;
        match self.clone() {
            Self::Send { to, body } => {
                let mut payload =
                    SendMessage::new(to.chat, body.text).entities(body.entities).link_preview_options(no_preview());
                payload.message_thread_id = to.thread;
                payload.reply_parameters = to.reply_to.map(|id| ReplyParameters::new(id).allow_sending_without_reply());
                payload.reply_markup = body.keyboard.map(Into::into);
                api.call_as(&payload, timeout).await.map(Some)
            }
            Self::Edit { target: Target::Chat(chat, message), body } => {
                let payload = EditMessageText::new(chat, message, body.text)
                    .entities(body.entities)
                    .link_preview_options(no_preview())
                    .reply_markup(body.keyboard.unwrap_or_default());
                api.call_as(&payload, timeout).await.map(Some)
            }
            Self::Edit { target: Target::Inline(id), body } => {
                let payload = EditMessageTextInline::new(id, body.text)
                    .entities(body.entities)
                    .disable_web_page_preview(true)
                    .reply_markup(body.keyboard.unwrap_or_default());
                api.call_as(&payload, timeout).await.map(done)
            }
            Self::EditKeyboard { target: Target::Chat(chat, message), keyboard } => {
                let payload = EditMessageReplyMarkup::new(chat, message).reply_markup(keyboard.unwrap_or_default());
                api.call_as(&payload, timeout).await.map(Some)
            }
            Self::EditKeyboard { target: Target::Inline(id), keyboard } => {
                let payload = EditMessageReplyMarkupInline::new(id).reply_markup(keyboard.unwrap_or_default());
                api.call_as(&payload, timeout).await.map(done)
            }
            Self::Delete { chat, message } => api.call_as(&DeleteMessage::new(chat, message), timeout).await.map(done),
            Self::AnswerCallback { id, text, alert } => {
                let mut payload = AnswerCallbackQuery::new(id).show_alert(alert == Alert::Standing);
                payload.text = text;
                api.call_as(&payload, timeout).await.map(done)
            }
            Self::AnswerInline(payload) => api.call_as(&*payload, timeout).await.map(done),
            Self::Typing { chat, thread } => {
                let mut payload = SendChatAction::new(chat, ChatAction::Typing);
                payload.message_thread_id = thread;
                api.call_as(&payload, timeout).await.map(done)
            }
            Self::React { chat, message, emoji } => {
                let reaction = emoji.map(|emoji| ReactionType::Emoji { emoji });
                api.call_as(&SetMessageReaction::new(chat, message).reaction(reaction), timeout).await.map(done)
            }
            Self::Document { to, name, bytes, caption } => upload(api, to, name, bytes, caption).await.map(Some),
        }
    }
}

/// No preview of the first link: an answer is its excerpt.
pub(in crate::telegram) fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// A file goes as multipart, which teloxide writes; its ten seconds on a 5xx hold up only this chat.
async fn upload(
    api: &Api,
    to: Destination,
    name: String,
    bytes: Vec<u8>,
    caption: String,
) -> Result<Written, CallError> {
    let mut request = api.bot().send_document(to.chat, InputFile::memory(bytes).file_name(name));
    if !caption.is_empty() {
        request = request.caption(caption);
    }
    if let Some(thread) = to.thread {
        request = request.message_thread_id(thread);
    }
    if let Some(message) = to.reply_to {
        request = request.reply_parameters(ReplyParameters::new(message).allow_sending_without_reply());
    }
    match request.send().await {
        Ok(message) => Ok(Written { message_id: message.id.0, chat: WrittenIn { id: message.chat.id.0 } }),
        Err(RequestError::MigrateToChatId(chat)) => Err(CallError::Moved(chat)),
        Err(RequestError::RetryAfter(wait)) => Err(CallError::Throttled { retry_after: wait.duration() }),
        Err(RequestError::Network(error)) if error.is_connect() => {
            Err(CallError::Unreachable("no connection".to_owned()))
        }
        Err(RequestError::Network(error)) if error.is_timeout() => Err(CallError::Timeout),
        Err(RequestError::Network(_)) => Err(CallError::Garbled("the connection broke".to_owned())),
        Err(RequestError::InvalidJson { source, .. }) => Err(CallError::Garbled(format!("column {}", source.column()))),
        Err(RequestError::Io(error)) => Err(CallError::Refused { code: 0, description: error.to_string() }),
        Err(RequestError::Api(error)) => {
            let description = match error {
                ApiError::Unknown(description) => description,
                known => known.to_string(),
            };
            let code = if description.starts_with("Forbidden") { 403 } else { 400 };
            Err(CallError::Refused { code, description })
        }
    }
}
