//! Everything the local Telegram remembers, in memory and bounded, and how it is written as the Bot API's JSON.
//! Knows no HTTP.

use super::{
    chats::{CHANNEL_BOT, Chat, ChatKind, GROUP_ANONYMOUS_BOT, Person, Standing},
    clock::Clock,
    entities::utf16_len,
    fault::Faults,
    files::Files,
    message::{Author, Message},
    profile::Profile,
    queries::Queries,
    rate::{Limits, Rate},
    refusal::Refusal,
    sample,
    updates::Updates,
    webhook::Webhook,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use tokio::{sync::broadcast, time::Instant};

/// Requests remembered for tests to read; the oldest go first.
const MAX_LOGGED_REQUESTS: usize = 5000;

/// Whether the sending limits are enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// As Telegram: 30/s over all chats, 1/s in a chat, 20/min in a group.
    #[default]
    Telegram,
    /// No limit on speed, for tests of something else.
    Unlimited,
}

/// How a local Telegram is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The token a bot must show.
    pub token: String,
    /// The bot's name.
    pub bot_name: String,
    /// The bot's username, without `@`.
    pub bot_username: String,
    /// Whether the sending limits are enforced.
    pub pace: Pace,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token: "900000001:local-telegram-on-this-machine".to_owned(),
            bot_name: "园问 Yuanwen".to_owned(),
            bot_username: "yuanwen_bot".to_owned(),
            pace: Pace::Telegram,
        }
    }
}

/// A request the bot made.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// The method, as Telegram spells it where it is known: `sendMessage`.
    pub method: String,
    /// What came with it.
    pub parameters: Value,
    /// Why it was refused; `None` if it was not.
    pub refusal: Option<Refusal>,
    /// Whether a fault that a test injected decided the answer.
    pub injected: bool,
}

/// The state behind a local Telegram.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) bot: Person,
    pub(crate) people: BTreeMap<i64, Person>,
    pub(crate) chats: BTreeMap<i64, Chat>,
    pub(crate) updates: Updates,
    pub(crate) rate: Rate,
    pub(crate) faults: Faults,
    pub(crate) queries: Queries,
    pub(crate) files: Files,
    pub(crate) profile: Profile,
    pub(crate) webhook: Webhook,
    pub(crate) log: VecDeque<Logged>,
    /// What the bot was seen doing in a chat, with the action's name: `typing`.
    pub(crate) actions: VecDeque<(i64, String)>,
    pub(crate) events: broadcast::Sender<Value>,
}

impl State {
    pub(crate) fn new(settings: Settings) -> Self {
        let id = settings.token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or(900_000_001);
        let bot = Person {
            id,
            name: settings.bot_name.clone(),
            username: Some(settings.bot_username.clone()),
            language: None,
            is_bot: true,
        };
        let people = sample::people();
        Self {
            clock: Clock::start(),
            bot,
            chats: sample::chats(&people),
            people,
            updates: Updates::default(),
            rate: Rate::default(),
            faults: Faults::default(),
            queries: Queries::default(),
            files: Files::default(),
            profile: Profile::default(),
            webhook: Webhook::default(),
            log: VecDeque::new(),
            actions: VecDeque::new(),
            events: broadcast::Sender::new(1024),
            settings,
        }
    }

    /// Remembers a request.
    pub(crate) fn log(&mut self, logged: Logged) {
        if self.log.len() >= MAX_LOGGED_REQUESTS {
            self.log.pop_front();
        }
        self.log.push_back(logged);
    }

    /// Tells the page that something happened. Nobody may be listening.
    pub(crate) fn tell(&self, event: Value) {
        let _ = self.events.send(event);
    }

    /// Queues an update for the bot.
    pub(crate) fn queue(&mut self, kind: &str, content: Value) {
        self.updates.push(kind, content, Instant::now());
    }

    /// A chat the bot may write to.
    pub(crate) fn writable(&mut self, chat: i64) -> Result<&mut Chat, Refusal> {
        let chat = self.chats.get_mut(&chat).ok_or_else(|| Refusal::bad("chat not found"))?;
        if let Some(to) = chat.migrated_to {
            return Err(Refusal::migrated(to));
        }
        match (chat.standing, chat.kind) {
            (Standing::Member, _) => Ok(chat),
            (Standing::NotStarted, _) => Err(Refusal::forbidden("bot can't initiate conversation with a user")),
            (Standing::Blocked, _) => Err(Refusal::forbidden("bot was blocked by the user")),
            (Standing::Kicked, ChatKind::Channel) => Err(Refusal::forbidden("bot was kicked from the channel chat")),
            (Standing::Kicked, ChatKind::Group) => Err(Refusal::forbidden("bot was kicked from the group chat")),
            (Standing::Kicked, _) => Err(Refusal::forbidden("bot was kicked from the supergroup chat")),
        }
    }

    /// Counts a message to this chat against the sending limits; without a chat, only against the one over all.
    pub(crate) fn count_sent(&mut self, chat: Option<i64>) -> Result<(), Refusal> {
        if self.settings.pace == Pace::Unlimited {
            return Ok(());
        }
        let limits = match chat.map(|id| self.chats.get(&id).is_some_and(|chat| chat.kind.is_group())) {
            None => Limits::Global,
            Some(false) => Limits::Private,
            Some(true) => Limits::Group,
        };
        self.rate.take(chat.unwrap_or_default(), limits, Instant::now()).map_err(Refusal::too_many_requests)
    }

    /// An empty message with the next id of its chat, dated now. Nothing is posted yet.
    pub(crate) fn draft(&mut self, chat: i64, author: Author) -> Message {
        let date = self.clock.unix_seconds();
        Message {
            id: self.chats.get_mut(&chat).map_or(0, Chat::take_message_id),
            chat,
            author,
            date,
            edited: None,
            topic: None,
            text: String::new(),
            entities: Vec::new(),
            reply_to: None,
            keyboard: Vec::new(),
            attachment: None,
            via_bot: None,
            inline_id: None,
            extra: serde_json::Map::new(),
            bot_reaction: None,
            revisions: 0,
            deleted: false,
        }
    }

    /// Puts a message into its chat and gives it as the Bot API's JSON.
    pub(crate) fn post(&mut self, message: Message) -> Value {
        let json = self.message_json(&message);
        self.tell(json!({"kind": "message", "chat": message.chat, "message": self.page_json(&message)}));
        if let Some(chat) = self.chats.get_mut(&message.chat) {
            if message.author == Author::Bot {
                chat.unread.push_back(message.id);
            }
            chat.push(message);
        }
        json
    }

    /// The message whose inline id this is.
    pub(crate) fn find_inline(&self, inline_id: &str) -> Option<(i64, i64)> {
        let all = self.chats.values().flat_map(|chat| &chat.messages);
        all.filter(|m| m.inline_id.as_deref() == Some(inline_id)).map(|m| (m.chat, m.id)).next()
    }

    /// The Bot API's User of an id.
    pub(crate) fn user_json(&self, id: i64) -> Value {
        let unknown =
            |name: &str, username: &str| json!({"id": id, "is_bot": true, "first_name": name, "username": username});
        match id {
            GROUP_ANONYMOUS_BOT => unknown("Group", "GroupAnonymousBot"),
            CHANNEL_BOT => unknown("Channel", "Channel_Bot"),
            super::chats::TELEGRAM => json!({"id": id, "is_bot": false, "first_name": "Telegram"}),
            _ if id == self.bot.id => self.bot.json(),
            _ => self.people.get(&id).map_or_else(|| Person::new(id, "?", "").json(), Person::json),
        }
    }

    /// A message as the Bot API writes it, with the message it answers.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut json = self.flat_json(message);
        let Some(reply) = &message.reply_to else { return json };
        let Some(original) = self.chats.get(&message.chat).and_then(|chat| chat.message(reply.message_id)) else {
            return json;
        };
        json["reply_to_message"] = self.flat_json(original);
        if let Some(quote) = &reply.quote {
            let before = original.text.split(quote.as_str()).next().unwrap_or_default();
            json["quote"] = json!({"text": quote, "position": utf16_len(before), "is_manual": true});
        }
        json
    }

    fn flat_json(&self, message: &Message) -> Value {
        let chat = self.chats.get(&message.chat);
        let mut json = json!({
            "message_id": message.id,
            "date": message.date,
            "chat": chat.map_or(Value::Null, |chat| chat.json(&self.people)),
        });
        match message.author {
            Author::Bot => json["from"] = self.bot.json(),
            Author::Person(id) => json["from"] = self.user_json(id),
            Author::Chat(id) => {
                if let Some(sender) = self.chats.get(&id) {
                    json["sender_chat"] = sender.json(&self.people);
                }
                if chat.is_none_or(|chat| chat.kind != ChatKind::Channel) {
                    json["from"] = self.user_json(if id == message.chat { GROUP_ANONYMOUS_BOT } else { CHANNEL_BOT });
                }
            }
        }
        let (text, entities) =
            if message.attachment.is_some() { ("caption", "caption_entities") } else { ("text", "entities") };
        if !message.text.is_empty() {
            json[text] = json!(message.text);
        }
        if !message.entities.is_empty() {
            json[entities] = json!(message.entities);
        }
        if let Some((field, value)) = &message.attachment {
            json[field] = value.clone();
        }
        if let Some(edited) = message.edited {
            json["edit_date"] = json!(edited);
        }
        if let Some(topic) = message.topic {
            json["message_thread_id"] = json!(topic);
            json["is_topic_message"] = json!(true);
        }
        if let Some(username) = &message.via_bot {
            let own = self.bot.username.as_ref() == Some(username);
            let other = json!({"id": 900_000_999, "is_bot": true, "first_name": username, "username": username});
            json["via_bot"] = if own { self.bot.json() } else { other };
        }
        if let Some(markup) = message.markup() {
            json["reply_markup"] = markup;
        }
        for (field, value) in &message.extra {
            json[field] = value.clone();
        }
        json
    }

    /// A message as the page draws it: the Bot API's JSON and what only the page shows.
    pub(crate) fn page_json(&self, message: &Message) -> Value {
        let mut json = self.message_json(message);
        json["by_bot"] = json!(message.author == Author::Bot);
        json["revisions"] = json!(message.revisions);
        json["bot_reaction"] = json!(message.bot_reaction);
        json
    }
}
