//! What people do: write, edit, press buttons, type inline queries, join, block. Each deed changes the state and
//! queues the update that Telegram would send. Knows nothing of HTTP.

use super::{
    LocalTelegram,
    api::message_of,
    chats::{Chat, ChatKind, Person, Standing},
    draft::Draft,
    entities::{clean, find},
    files::Stored,
    message::{Action, Author, Message, ReplyTo},
    state::State,
};
use serde_json::{Value, json};
use tokio::time::Instant;

impl LocalTelegram {
    /// Adds a person with a private chat; the id must be new.
    pub fn add_person(&self, person: Person) -> i64 {
        self.change(|state| {
            let id = person.id;
            state.chats.insert(id, Chat::new(id, ChatKind::Private, &person.name, [id]));
            state.people.insert(id, person);
            id
        })
    }

    /// Adds a group or channel with these people; the id must be new and negative.
    pub fn add_chat(&self, id: i64, kind: ChatKind, title: &str, members: &[i64]) -> i64 {
        self.change(|state| {
            state.chats.insert(id, Chat::new(id, kind, title, members.iter().copied()));
            id
        })
    }

    /// A person writes; gives the message's id. Writing to the bot for the first time starts it, and unblocks it.
    pub fn send_text(&self, chat: i64, person: i64, text: &str) -> i64 {
        self.send(chat, person, Draft::text(text))
    }

    /// A person sends a draft; gives the message's id.
    ///
    /// # Panics
    /// When there is no such chat: that is a mistake of the test.
    pub fn send(&self, chat: i64, person: i64, draft: Draft) -> i64 {
        self.change(|state| {
            let message = written(state, chat, Author::Person(person), draft);
            publish(state, message)
        })
    }

    /// A channel posts; gives the message's id.
    pub fn channel_post(&self, channel: i64, text: &str) -> i64 {
        self.send(channel, 0, Draft::text(text).as_chat(channel))
    }

    /// A person edits a message; gives whether it was there.
    pub fn edit_text(&self, chat: i64, message_id: i64, text: &str) -> bool {
        self.change(|state| {
            let now = state.clock.unix_seconds();
            let Some(message) = state.chats.get_mut(&chat).and_then(|chat| chat.message_mut(message_id)) else {
                return false;
            };
            (message.text, message.entities) = (text.to_owned(), find(text));
            message.edited = Some(now);
            message.revisions += 1;
            let message = message.clone();
            state.tell(json!({"kind": "edit", "chat": chat, "message": state.page_json(&message)}));
            let kind = if state.chats.get(&chat).is_some_and(|chat| chat.kind == ChatKind::Channel) {
                "edited_channel_post"
            } else {
                "edited_message"
            };
            let json = state.message_json(&message);
            state.queue(kind, json);
            true
        })
    }

    /// A person deletes a message; the bot is not told.
    pub fn delete(&self, chat: i64, message_id: i64) -> bool {
        self.change(|state| {
            let message = state.chats.get_mut(&chat).and_then(|chat| chat.message_mut(message_id));
            let found = message.map(|message| message.deleted = true).is_some();
            state.tell(json!({"kind": "delete", "chat": chat, "message_id": message_id}));
            found
        })
    }

    /// A person presses the button with this label; gives the callback query's id. `None` if the message or the
    /// button is not there, or the button sends no query.
    pub fn press(&self, chat: i64, person: i64, message_id: i64, label: &str) -> Option<String> {
        let button = self.message(chat, message_id).filter(|m| !m.deleted)?.button(label)?.clone();
        match button.action {
            Action::CallbackData(data) => self.press_data(chat, person, message_id, &data),
            _ => None,
        }
    }

    /// A person sends a callback query with this data, as an old or a forged app may; gives its id. `None` if the
    /// message is not there.
    pub fn press_data(&self, chat: i64, person: i64, message_id: i64, data: &str) -> Option<String> {
        self.change(|state| {
            let message = state.chats.get(&chat)?.message(message_id)?.clone();
            let id = state.queries.press(person, chat, message_id, data, Instant::now());
            let mut query = json!({
                "id": id, "from": state.user_json(person), "chat_instance": format!("{}", chat.unsigned_abs()),
                "data": data
            });
            match &message.inline_id {
                Some(inline_id) => query["inline_message_id"] = json!(inline_id),
                None => query["message"] = state.message_json(&message),
            }
            state.queue("callback_query", query);
            Some(id)
        })
    }

    /// A person types after the bot's name in a chat; gives the inline query's id. More than 256 characters are cut.
    pub fn inline_query(&self, chat: i64, person: i64, query: &str, offset: &str) -> String {
        self.change(|state| {
            let query: String = query.chars().take(256).collect();
            let id = state.queries.ask(person, &query, Instant::now());
            let own = chat == person;
            let kind = state.chats.get(&chat).map_or("private", |chat| chat.kind.name());
            let update = json!({
                "id": id, "from": state.user_json(person), "query": query, "offset": offset,
                "chat_type": if own { "sender" } else { kind }
            });
            state.queue("inline_query", update);
            id
        })
    }

    /// A person sends a card that answered an inline query; gives the message's id. `None` if there is no such card.
    pub fn choose(&self, chat: i64, person: i64, query_id: &str, result_id: &str) -> Option<i64> {
        self.change(|state| {
            let inline = state.queries.inline(query_id)?.clone();
            let results = inline.answer.as_ref()?.get("results")?.as_array()?.clone();
            let card = results.into_iter().find(|result| result["id"] == result_id)?;
            let (text, entities) = message_of(card.get("input_message_content")?).ok()?;
            let keyboard = super::limits::keyboard(card.get("reply_markup")).ok()?.unwrap_or_default();
            let username = state.bot.username.clone();
            let mut message = written(state, chat, Author::Person(person), Draft::text(text));
            (message.entities, message.via_bot) = (entities, username);
            message.inline_id = (!keyboard.is_empty()).then(|| format!("inline-{chat}-{}", message.id));
            message.keyboard = keyboard;
            let mut chosen = json!({
                "result_id": result_id, "from": state.user_json(person), "query": inline.query
            });
            if let Some(inline_id) = &message.inline_id {
                chosen["inline_message_id"] = json!(inline_id);
            }
            state.queue("chosen_inline_result", chosen);
            Some(publish(state, message))
        })
    }

    /// A person comes into a group.
    pub fn join(&self, chat: i64, person: i64) -> i64 {
        self.change(|state| {
            let user = state.user_json(person);
            if let Some(chat) = state.chats.get_mut(&chat) {
                chat.members.insert(person);
            }
            let draft = Draft::default().with("new_chat_members", json!([user]));
            let message = written(state, chat, Author::Person(person), draft);
            publish(state, message)
        })
    }

    /// A person leaves a group.
    pub fn leave(&self, chat: i64, person: i64) -> i64 {
        self.change(|state| {
            let user = state.user_json(person);
            if let Some(chat) = state.chats.get_mut(&chat) {
                chat.members.remove(&person);
            }
            let message = written(state, chat, Author::Person(person), Draft::default().with("left_chat_member", user));
            publish(state, message)
        })
    }

    /// How the bot stands in a chat from now on; the bot is told with `my_chat_member`.
    pub fn set_standing(&self, chat: i64, by: i64, standing: Standing) {
        self.change(|state| {
            let status = |standing| if standing == Standing::Member { "member" } else { "kicked" };
            let Some(found) = state.chats.get_mut(&chat) else { return };
            let old = std::mem::replace(&mut found.standing, standing);
            let member = |state: &State, standing| {
                let mut member = json!({"user": state.bot.json(), "status": status(standing)});
                if standing != Standing::Member {
                    member["until_date"] = json!(0);
                }
                member
            };
            let chat_json = state.chats.get(&chat).map(|chat| chat.json(&state.people));
            let update = json!({
                "chat": chat_json, "from": state.user_json(by), "date": state.clock.unix_seconds(),
                "old_chat_member": member(state, old), "new_chat_member": member(state, standing)
            });
            state.queue("my_chat_member", update);
        });
    }

    /// A person blocks the bot.
    pub fn block(&self, person: i64) {
        self.set_standing(person, person, Standing::Blocked);
    }

    /// A person unblocks the bot.
    pub fn unblock(&self, person: i64) {
        self.set_standing(person, person, Standing::Member);
    }

    /// A person reacts to a message; the bot is told only if it asked for `message_reaction`.
    pub fn react(&self, chat: i64, person: i64, message_id: i64, emoji: Option<&str>) {
        self.change(|state| {
            let new: Vec<Value> = emoji.iter().map(|emoji| json!({"type": "emoji", "emoji": emoji})).collect();
            let chat = state.chats.get(&chat).map(|chat| chat.json(&state.people));
            let update = json!({
                "chat": chat, "message_id": message_id, "user": state.user_json(person),
                "date": state.clock.unix_seconds(), "old_reaction": [], "new_reaction": new
            });
            state.queue("message_reaction", update);
        });
    }

    /// A group becomes a supergroup with a new id; gives that id. The old id is refused from now on.
    pub fn migrate(&self, group: i64) -> i64 {
        self.change(|state| {
            let new = -1_002_000_000_000 + group;
            let Some(old) = state.chats.get_mut(&group) else { return group };
            old.migrated_to = Some(new);
            let chat = Chat::new(new, ChatKind::Supergroup, &old.title.clone(), old.members.clone());
            state.chats.insert(new, chat);
            for (chat, field, value) in [(group, "migrate_to_chat_id", new), (new, "migrate_from_chat_id", group)] {
                let message = written(state, chat, Author::Chat(chat), Draft::default().with(field, json!(value)));
                publish(state, message);
            }
            new
        })
    }
}

/// A draft as a message of a chat; nothing is posted yet.
fn written(state: &mut State, chat: i64, author: Author, draft: Draft) -> Message {
    assert!(state.chats.contains_key(&chat), "there is no chat {chat} in the local Telegram");
    let mut message = state.draft(chat, draft.sender_chat.map_or(author, Author::Chat));
    message.date -= i64::try_from(draft.age.as_secs()).unwrap_or(0);
    (message.text, _) = clean(&draft.text, &[]);
    message.entities = draft.entities.unwrap_or_else(|| find(&message.text));
    message.topic = draft.topic;
    message.reply_to = draft.reply_to.map(|message_id| ReplyTo { message_id, quote: None });
    message.via_bot = draft.via_bot;
    message.extra = draft.extra;
    message.attachment = draft.attachment;
    if let Some(file) = draft.file {
        let size = file.claimed.unwrap_or(file.bytes.len() as u64);
        let id = state.files.store(Stored { name: file.name, media_type: file.media_type, bytes: file.bytes, size });
        message.attachment = state.files.document_json(&id).map(|document| ("document".to_owned(), document));
    }
    message
}

/// Posts a person's message and queues its update, if the bot is there to see it.
fn publish(state: &mut State, message: Message) -> i64 {
    let id = message.id;
    let sees = state.chats.get_mut(&message.chat).map(|chat| {
        if chat.kind == ChatKind::Private {
            chat.standing = Standing::Member;
        }
        (chat.standing == Standing::Member, chat.kind == ChatKind::Channel)
    });
    let json = state.post(message);
    match sees {
        Some((true, false)) => state.queue("message", json),
        Some((true, true)) => state.queue("channel_post", json),
        _ => {}
    }
    id
}
