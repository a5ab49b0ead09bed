//! What became of a request. Most of what Telegram calls an error is life.

use teloxide::types::{ChatId, MessageId};

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is a message: sent or edited. The chat has another id than asked for when a group became a supergroup.
    Written {
        /// The chat.
        chat: ChatId,
        /// The message.
        message: MessageId,
    },
    /// Done, without a message to name.
    Done,
    /// The message looks like that already.
    Unchanged,
    /// The message is gone or cannot be changed any more, or the question is too old to be answered.
    Gone,
    /// The chat cannot be written to: the person blocked the bot, the group removed it, the topic is closed.
    Unreachable,
    /// A message that may have been sent: Telegram's answer did not come. It is not repeated.
    Uncertain,
    /// Not sent: too much waits for this chat, the bot stops, or Telegram was not well for too long.
    Dropped,
    /// Telegram says that the request is wrong, which is a mistake of ours. It holds what Telegram says.
    Refused(String),
}

impl Outcome {
    /// The message that was written.
    pub fn message(&self) -> Option<MessageId> {
        match self {
            Self::Written { message, .. } => Some(*message),
            _ => None,
        }
    }
}

/// Telegram's words, in small letters, for a message that is as it should be.
const UNCHANGED: [&str; 1] = ["message is not modified"];

/// … that is not there any more, or a press that was too long ago.
const GONE: [&str; 8] = [
    "message to edit not found",
    "message to delete not found",
    "message to react not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
    "query is too old",
    "query id is invalid",
];

/// … for a chat that nothing can be written to.
const UNREACHABLE: [&str; 11] = [
    "chat not found",
    "user not found",
    "group is deactivated",
    "group chat was deactivated",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
];

/// Sorts a refusal.
pub(super) fn refused(code: u16, description: String) -> Outcome {
    let words = description.to_lowercase();
    let says = |any: &[&str]| any.iter().any(|text| words.contains(text));
    match code {
        403 => Outcome::Unreachable,
        400 if says(&UNCHANGED) => Outcome::Unchanged,
        400 if says(&GONE) => Outcome::Gone,
        400 if says(&UNREACHABLE) => Outcome::Unreachable,
        _ => Outcome::Refused(description),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: u16, description: &str, expected: &Outcome) {
        assert_eq!(refused(code, description.to_owned()), *expected, "{description}");
    }

    #[test]
    fn refusals_are_sorted() {
        check(403, "Forbidden: bot was blocked by the user", &Outcome::Unreachable);
        check(403, "Forbidden: bot was kicked from the supergroup chat", &Outcome::Unreachable);
        check(400, "Bad Request: chat not found", &Outcome::Unreachable);
        check(400, "Bad Request: not enough rights to send text messages to the chat", &Outcome::Unreachable);
        check(400, "Bad Request: message to edit not found", &Outcome::Gone);
        check(400, "Bad Request: query is too old and response timeout expired or query ID is invalid", &Outcome::Gone);
        check(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            &Outcome::Unchanged,
        );
        let ours = "Bad Request: message is too long";
        check(400, ours, &Outcome::Refused(ours.to_owned()));
    }
}
