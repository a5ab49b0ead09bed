//! What a bot sends: messages, documents, signs of life, reactions.

use super::{Answer, Parameters, Refusal, State, chat_id};
use crate::local_telegram::{
    entities::utf16_len,
    files::Stored,
    limits::{self, Kind, MAX_QUOTE_UNITS},
    message::{Author, Button, ReplyTo},
};
use serde_json::{Value, json};

/// The signs of life that Telegram shows.
const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

/// What a bot without a subscription may react with.
const REACTIONS: &str = "❤👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳❤‍🔥🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👨‍💻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷‍♂🤷🤷‍♀😡";

/// Where a message goes and what hangs on it; the same for every kind of message.
struct Envelope {
    chat: i64,
    topic: Option<i64>,
    reply_to: Option<ReplyTo>,
    keyboard: Vec<Vec<Button>>,
}

/// Checks chat, reply and keyboard. The speed is counted last, when nothing else stands in the way.
fn envelope(state: &mut State, parameters: &Parameters) -> Result<Envelope, Refusal> {
    let chat = chat_id(parameters)?;
    let keyboard = limits::keyboard(parameters.structured("reply_markup")?.as_ref())?.unwrap_or_default();
    let reply_to = reply(state, chat, parameters)?;
    let topic = parameters.integer("message_thread_id");
    let found = state.writable(chat)?;
    if topic.is_some_and(|id| !found.messages.iter().any(|m| m.topic == Some(id) || m.id == id)) {
        return Err(Refusal::bad("message thread not found"));
    }
    Ok(Envelope { chat, topic, reply_to, keyboard })
}

/// The message that is answered, if it is there and holds the quotation.
fn reply(state: &mut State, chat: i64, parameters: &Parameters) -> Result<Option<ReplyTo>, Refusal> {
    let object = parameters.structured("reply_parameters")?;
    let field = |name: &str| object.as_ref().and_then(|reply| reply.get(name)).filter(|v| !v.is_null());
    let old = || parameters.integer("reply_to_message_id");
    let Some(message_id) = field("message_id").map_or_else(old, Value::as_i64) else {
        return if object.is_some() {
            Err(Refusal::bad("can't parse reply parameters: message_id is missing"))
        } else {
            Ok(None)
        };
    };
    if field("quote_parse_mode").and_then(Value::as_str).is_some_and(|mode| !mode.is_empty()) {
        return Err(Refusal::bad("can't parse entities: the local Telegram knows no quote_parse_mode"));
    }
    let other = field("chat_id").and_then(Value::as_i64).is_some_and(|id| id != chat);
    let Some(original) = state.writable(chat)?.message(message_id).filter(|_| !other) else {
        let allowed = field("allow_sending_without_reply").and_then(Value::as_bool).unwrap_or(false)
            || parameters.is_set("allow_sending_without_reply");
        return if allowed { Ok(None) } else { Err(Refusal::bad("message to be replied not found")) };
    };
    let quote = field("quote").and_then(Value::as_str).filter(|quote| !quote.is_empty()).map(str::to_owned);
    if let Some(quote) = &quote {
        if utf16_len(quote) > MAX_QUOTE_UNITS {
            return Err(Refusal::bad("QUOTE_TEXT_INVALID: a quote has at most 1024 characters"));
        }
        if !original.text.contains(quote.as_str()) {
            return Err(Refusal::bad("QUOTE_TEXT_INVALID: the quote is no part of the message"));
        }
    }
    Ok(Some(ReplyTo { message_id, quote }))
}

/// Sends a text.
pub(super) fn send_message(state: &mut State, parameters: &Parameters) -> Answer {
    let text = parameters.text("text").ok_or_else(|| Refusal::bad("message text is empty"))?;
    let (text, entities) = limits::text(Kind::Message, &text, &parameters.entities("entities")?)?;
    let envelope = envelope(state, parameters)?;
    state.count_sent(Some(envelope.chat))?;
    let mut message = state.draft(envelope.chat, Author::Bot);
    message.text = text;
    message.entities = entities;
    message.topic = envelope.topic;
    message.reply_to = envelope.reply_to;
    message.keyboard = envelope.keyboard;
    Ok(state.post(message))
}

/// Sends a file, uploaded or known by its id, with a caption.
pub(super) fn send_document(state: &mut State, parameters: &Parameters) -> Answer {
    let caption = parameters.text("caption").unwrap_or_default();
    let (caption, entities) = limits::text(Kind::Caption, &caption, &parameters.entities("caption_entities")?)?;
    let envelope = envelope(state, parameters)?;
    let given = parameters.text("document").unwrap_or_default();
    let part = given.strip_prefix("attach://").unwrap_or("document");
    let id = match parameters.files.get(part) {
        Some(file) if file.bytes.is_empty() => return Err(Refusal::bad("file must be non-empty")),
        Some(file) => state.files.store(Stored {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            bytes: file.bytes.clone(),
            size: file.bytes.len() as u64,
        }),
        None if given.is_empty() || given.starts_with("attach://") => {
            return Err(Refusal::bad("there is no document in the request"));
        }
        None => given,
    };
    let document =
        state.files.document_json(&id).ok_or_else(|| Refusal::bad("wrong file identifier/HTTP URL specified"))?;
    state.count_sent(Some(envelope.chat))?;
    let mut message = state.draft(envelope.chat, Author::Bot);
    message.text = caption;
    message.entities = entities;
    message.attachment = Some(("document".to_owned(), document));
    message.topic = envelope.topic;
    message.reply_to = envelope.reply_to;
    message.keyboard = envelope.keyboard;
    Ok(state.post(message))
}

/// Shows that the bot is at work.
pub(super) fn send_chat_action(state: &mut State, parameters: &Parameters) -> Answer {
    let chat = chat_id(parameters)?;
    let action = parameters.text("action").unwrap_or_default();
    state.writable(chat)?;
    if !ACTIONS.contains(&action.as_str()) {
        return Err(Refusal::bad("wrong parameter action in request"));
    }
    if state.actions.len() >= 1000 {
        state.actions.pop_front();
    }
    state.tell(json!({"kind": "action", "chat": chat, "action": action}));
    state.actions.push_back((chat, action));
    Ok(json!(true))
}

/// Reacts to a message with one emoji, or takes the reaction back.
pub(super) fn set_message_reaction(state: &mut State, parameters: &Parameters) -> Answer {
    let chat = chat_id(parameters)?;
    let reactions = parameters.structured("reaction")?.unwrap_or_else(|| json!([]));
    let reactions = reactions.as_array().cloned().unwrap_or_default();
    if reactions.len() > 1 {
        return Err(Refusal::bad("REACTIONS_TOO_MANY"));
    }
    let emoji = reactions.first().map(|reaction| reaction["emoji"].as_str().unwrap_or_default().to_owned());
    let plain = |emoji: &String| emoji.trim_end_matches('\u{fe0f}').to_owned();
    if emoji.as_ref().map(plain).is_some_and(|emoji| emoji.is_empty() || !REACTIONS.contains(&emoji)) {
        return Err(Refusal::bad("REACTION_INVALID"));
    }
    let id = parameters.integer("message_id").unwrap_or_default();
    let message = state.writable(chat)?.message_mut(id).ok_or_else(|| Refusal::bad("message to react not found"))?;
    message.bot_reaction = emoji;
    let message = message.clone();
    state.tell(json!({"kind": "edit", "chat": chat, "message": state.page_json(&message)}));
    Ok(json!(true))
}
