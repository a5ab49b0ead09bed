//! Taking back and leaving: deleting messages, leaving chats; and looking a chat up.

use super::{Answer, Parameters, Refusal, State, chat_id};
use crate::local_telegram::{
    chats::{ChatKind, Standing},
    message::Author,
};
use serde_json::json;

/// How long a bot may delete a message, in seconds.
const DELETABLE_SECONDS: i64 = 48 * 60 * 60;

/// Deletes a message of the bot, or in a private chat one of the person.
pub(super) fn delete_message(state: &mut State, parameters: &Parameters) -> Answer {
    let chat = chat_id(parameters)?;
    let now = state.clock.unix_seconds();
    let id = parameters.integer("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let found = state.writable(chat)?;
    let private = found.kind == ChatKind::Private;
    let message = found.message_mut(id).ok_or_else(|| Refusal::bad("message to delete not found"))?;
    if !(private || message.author == Author::Bot) || now - message.date >= DELETABLE_SECONDS {
        return Err(Refusal::bad("message can't be deleted"));
    }
    message.deleted = true;
    state.tell(json!({"kind": "delete", "chat": chat, "message_id": id}));
    Ok(json!(true))
}

/// Leaves a group.
pub(super) fn leave_chat(state: &mut State, parameters: &Parameters) -> Answer {
    let chat = state.writable(chat_id(parameters)?)?;
    if chat.kind == ChatKind::Private {
        return Err(Refusal::bad("chat member status can't be changed in private chats"));
    }
    chat.standing = Standing::Kicked;
    Ok(json!(true))
}

/// A chat as the bot sees it.
pub(super) fn get_chat(state: &mut State, parameters: &Parameters) -> Answer {
    let id = chat_id(parameters)?;
    let chat = state.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    let mut json = chat.json(&state.people);
    json["accent_color_id"] = json!(0);
    json["max_reaction_count"] = json!(11);
    json["accepted_gift_types"] = json!({
        "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false
    });
    Ok(json)
}
