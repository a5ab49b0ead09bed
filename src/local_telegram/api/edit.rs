//! What a bot changes: the text or the keyboard of a message it sent, itself or through inline mode.

use super::{Answer, Parameters, Refusal, State, chat_id};
use crate::local_telegram::{
    limits::{self, Kind},
    message::{Author, Message},
};
use serde_json::json;

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

/// The message to edit, by chat and id or by inline id, and whether it was named by the latter.
fn target(state: &mut State, parameters: &Parameters) -> Result<(Message, bool), Refusal> {
    if let Some(inline_id) = parameters.text("inline_message_id") {
        let (chat, id) = state.find_inline(&inline_id).ok_or_else(|| Refusal::bad("MESSAGE_ID_INVALID"))?;
        let found = state.chats.get(&chat).and_then(|chat| chat.message(id)).cloned();
        return found.map(|message| (message, true)).ok_or_else(|| Refusal::bad("message to edit not found"));
    }
    let chat = chat_id(parameters)?;
    let id = parameters.integer("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let found = state.writable(chat)?.message(id).cloned();
    let message = found.ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if message.author != Author::Bot {
        return Err(Refusal::bad("message can't be edited"));
    }
    Ok((message, false))
}

/// Replaces text and keyboard; a missing keyboard removes the old one.
pub(super) fn edit_message_text(state: &mut State, parameters: &Parameters) -> Answer {
    let text = parameters.text("text").ok_or_else(|| Refusal::bad("message text is empty"))?;
    let (text, entities) = limits::text(Kind::Edit, &text, &parameters.entities("entities")?)?;
    let keyboard = limits::keyboard(parameters.structured("reply_markup")?.as_ref())?.unwrap_or_default();
    let (mut message, inline) = target(state, parameters)?;
    if message.attachment.is_some() {
        return Err(Refusal::bad("there is no text in the message to edit"));
    }
    if (&message.text, &message.entities, &message.keyboard) == (&text, &entities, &keyboard) {
        return Err(Refusal::bad(NOT_MODIFIED));
    }
    message.text = text;
    message.entities = entities;
    message.keyboard = keyboard;
    finish(state, message, inline)
}

/// Replaces the keyboard alone.
pub(super) fn edit_message_reply_markup(state: &mut State, parameters: &Parameters) -> Answer {
    let keyboard = limits::keyboard(parameters.structured("reply_markup")?.as_ref())?.unwrap_or_default();
    let (mut message, inline) = target(state, parameters)?;
    if message.keyboard == keyboard {
        return Err(Refusal::bad(NOT_MODIFIED));
    }
    message.keyboard = keyboard;
    finish(state, message, inline)
}

fn finish(state: &mut State, mut message: Message, inline: bool) -> Answer {
    state.count_sent(Some(message.chat).filter(|_| !inline))?;
    message.edited = Some(state.clock.unix_seconds());
    message.revisions += 1;
    if let Some(stored) = state.chats.get_mut(&message.chat).and_then(|chat| chat.message_mut(message.id)) {
        *stored = message.clone();
    }
    state.tell(json!({"kind": "edit", "chat": message.chat, "message": state.page_json(&message)}));
    Ok(if inline { json!(true) } else { state.message_json(&message) })
}
