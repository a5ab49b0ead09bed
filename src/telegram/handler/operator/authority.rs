//! Who is an operator: somebody whose id stands in the settings, who writes or presses in their own private chat, in
//! their own words, just now, and for the first time. Knows no commands.

use std::collections::BTreeSet;
use std::time::Duration;

use teloxide::types::{CallbackQuery, Chat, Message, User};

/// From this age a command is not carried out: who sent it may have thought better of it.
const MAX_AGE: Duration = Duration::from_mins(1);

/// An operator who was recognised; there is no other way to get one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator(u64);

impl Operator {
    /// The Telegram id.
    pub(super) fn id(self) -> u64 {
        self.0
    }
}

/// How somebody stands who gives an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is carried out.
    Operator(Operator),
    /// An operator's, but too old, or begun before: it is not carried out.
    TooLate(Operator),
    /// Not an operator's: it is answered as if there were no such thing.
    Nobody,
}

/// How often an update was begun, and how old it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Delivery {
    /// 1 is the first time.
    pub(super) attempt: u32,
    /// Zero where Telegram does not say.
    pub(super) age: Duration,
}

/// How the author of a message stands.
pub(super) fn of_message(message: &Message, delivery: Delivery, operators: &BTreeSet<u64>) -> Standing {
    let is_own_words = message.sender_chat.is_none()
        && message.forward_origin().is_none()
        && message.via_bot.is_none()
        && message.edit_date().is_none();
    standing(message.from.as_ref().filter(|_| is_own_words), &message.chat, delivery, operators)
}

/// How somebody stands who pressed a button, whoever it was made for.
pub(super) fn of_press(query: &CallbackQuery, delivery: Delivery, operators: &BTreeSet<u64>) -> Standing {
    match &query.message {
        Some(message) => standing(Some(&query.from), message.chat(), delivery, operators),
        None => Standing::Nobody,
    }
}

fn standing(from: Option<&User>, chat: &Chat, delivery: Delivery, operators: &BTreeSet<u64>) -> Standing {
    let Some(from) = from.filter(|from| !from.is_bot && operators.contains(&from.id.0)) else {
        return Standing::Nobody;
    };
    if !chat.is_private() || chat.id.0.unsigned_abs() != from.id.0 {
        return Standing::Nobody;
    }
    let operator = Operator(from.id.0);
    if delivery.attempt > 1 || delivery.age > MAX_AGE {
        Standing::TooLate(operator)
    } else {
        Standing::Operator(operator)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const FRESH: Delivery = Delivery { attempt: 1, age: Duration::ZERO };

    fn message(changes: &[(&str, Value)]) -> Message {
        let mut message = json!({
            "message_id": 1, "date": 1_700_000_000, "text": "/reload",
            "chat": {"id": 7, "type": "private", "first_name": "周"},
            "from": {"id": 7, "is_bot": false, "first_name": "周"},
        });
        for (field, value) in changes {
            message[field] = value.clone();
        }
        serde_json::from_value(message).unwrap()
    }

    fn nobody(changes: &[(&str, Value)]) {
        let operators = BTreeSet::from([7, 8]);
        assert_eq!(of_message(&message(changes), FRESH, &operators), Standing::Nobody, "{changes:?}");
    }

    #[test]
    fn an_operator_is_who_writes_in_their_own_chat_in_their_own_words() {
        let (operators, operator) = (BTreeSet::from([7, 8]), Operator(7));
        assert_eq!(of_message(&message(&[]), FRESH, &operators), Standing::Operator(operator));
        assert_eq!(of_message(&message(&[]), FRESH, &BTreeSet::new()), Standing::Nobody);
        let user = |id: i64| json!({"id": id, "is_bot": false, "first_name": "人"});
        let group = json!({"id": -100, "type": "supergroup", "title": "群"});
        nobody(&[("from", user(9))]);
        nobody(&[("from", user(8))]);
        nobody(&[("from", json!({"id": 7, "is_bot": true, "first_name": "机器"}))]);
        nobody(&[("chat", group.clone())]);
        nobody(&[("chat", group.clone()), ("sender_chat", group.clone())]);
        nobody(&[("sender_chat", group.clone())]);
        nobody(&[("chat", json!({"id": -100, "type": "channel", "title": "频道"}))]);
        nobody(&[("forward_origin", json!({"type": "hidden_user", "sender_user_name": "周", "date": 1}))]);
        nobody(&[("forward_origin", json!({"type": "user", "sender_user": user(7), "date": 1}))]);
        nobody(&[("via_bot", json!({"id": 5, "is_bot": true, "first_name": "机器", "username": "a_bot"}))]);
        nobody(&[("edit_date", json!(1_700_000_010))]);
        nobody(&[("from", Value::Null)]);
    }

    #[test]
    fn what_is_old_or_comes_again_is_too_late() {
        let (operators, late) = (BTreeSet::from([7]), Standing::TooLate(Operator(7)));
        let delivered = |attempt, seconds| Delivery { attempt, age: Duration::from_secs(seconds) };
        assert_eq!(of_message(&message(&[]), delivered(1, 60), &operators), Standing::Operator(Operator(7)));
        assert_eq!(of_message(&message(&[]), delivered(1, 61), &operators), late);
        assert_eq!(of_message(&message(&[]), delivered(2, 0), &operators), late);
    }

    #[test]
    fn a_button_is_its_own_chats() {
        let press = |from: i64, message: Value| -> CallbackQuery {
            serde_json::from_value(json!({
                "id": "1", "from": {"id": from, "is_bot": false, "first_name": "人"}, "chat_instance": "1", "data": "o",
                "message": message,
            }))
            .unwrap()
        };
        let own = serde_json::to_value(message(&[])).unwrap();
        let operators = BTreeSet::from([7, 8]);
        let check = |query: &CallbackQuery, delivery| of_press(query, delivery, &operators);
        assert_eq!(check(&press(7, own.clone()), FRESH), Standing::Operator(Operator(7)));
        assert_eq!(check(&press(7, own.clone()), Delivery { attempt: 2, ..FRESH }), Standing::TooLate(Operator(7)));
        assert_eq!(check(&press(8, own.clone()), FRESH), Standing::Nobody);
        assert_eq!(check(&press(9, own), FRESH), Standing::Nobody);
        assert_eq!(check(&press(7, Value::Null), FRESH), Standing::Nobody);
    }
}
