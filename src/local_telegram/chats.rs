//! People and chats: who there is, who is where, and what was said. Knows no HTTP, no limits and no bot's method.

use super::message::Message;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Messages kept in one chat; the oldest go first.
const MAX_MESSAGES_A_CHAT: usize = 2000;

/// The id under which anonymous administrators of groups write.
pub const GROUP_ANONYMOUS_BOT: i64 = 1_087_968_824;
/// The id under which channels' posts arrive in their discussion groups.
pub const TELEGRAM: i64 = 777_000;
/// The id under which people write in the name of a channel.
pub const CHANNEL_BOT: i64 = 136_817_688;

/// A person, or a bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Also the id of the private chat with the bot.
    pub id: i64,
    /// The name shown.
    pub name: String,
    /// Without `@`; `None` if there is none.
    pub username: Option<String>,
    /// As the app reports it, for example `zh-hans`; `None` if it does not.
    pub language: Option<String>,
    /// Whether this is a bot.
    pub is_bot: bool,
}

impl Person {
    /// A person without a username.
    pub fn new(id: i64, name: &str, language: &str) -> Self {
        let language = (!language.is_empty()).then(|| language.to_owned());
        Self { id, name: name.to_owned(), username: None, language, is_bot: false }
    }

    /// As the Bot API's User.
    pub(crate) fn json(&self) -> Value {
        let mut user = json!({"id": self.id, "is_bot": self.is_bot, "first_name": self.name});
        if let Some(username) = &self.username {
            user["username"] = json!(username);
        }
        if let Some(language) = &self.language {
            user["language_code"] = json!(language);
        }
        user
    }
}

/// What sort of chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatKind {
    /// The bot and one person.
    Private,
    /// A small group, which may become a supergroup.
    Group,
    /// A supergroup without topics.
    Supergroup,
    /// A supergroup with topics.
    Forum,
    /// A channel, in which the bot is an administrator.
    Channel,
}

impl ChatKind {
    /// Telegram's name of the kind.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Group => "group",
            Self::Supergroup | Self::Forum => "supergroup",
            Self::Channel => "channel",
        }
    }

    /// Whether the limit of a group holds (20 messages a minute).
    pub(crate) fn is_group(self) -> bool {
        matches!(self, Self::Group | Self::Supergroup | Self::Forum)
    }
}

/// How the bot stands in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may write.
    Member,
    /// The person never wrote to it.
    NotStarted,
    /// The person blocked it.
    Blocked,
    /// It was removed, or left.
    Kicked,
}

/// A chat with what was said in it.
#[derive(Debug, Clone)]
pub struct Chat {
    /// Positive for private chats, negative for others.
    pub id: i64,
    /// What sort of chat.
    pub kind: ChatKind,
    /// The title, or the person's name.
    pub title: String,
    /// Whether the bot may write.
    pub standing: Standing,
    /// The people in it, by id.
    pub members: BTreeSet<i64>,
    /// Its administrators among the people, by id.
    pub administrators: BTreeSet<i64>,
    /// The supergroup that this group became.
    pub migrated_to: Option<i64>,
    pub(crate) messages: VecDeque<Message>,
    pub(crate) unread: VecDeque<i64>,
    next_message: i64,
}

impl Chat {
    /// An empty chat.
    pub(crate) fn new(id: i64, kind: ChatKind, title: &str, members: impl IntoIterator<Item = i64>) -> Self {
        let standing = if kind == ChatKind::Private { Standing::NotStarted } else { Standing::Member };
        Self {
            id,
            kind,
            title: title.to_owned(),
            standing,
            members: members.into_iter().collect(),
            administrators: BTreeSet::new(),
            migrated_to: None,
            messages: VecDeque::new(),
            unread: VecDeque::new(),
            next_message: 1,
        }
    }

    /// A message that was not deleted.
    pub(crate) fn message(&self, id: i64) -> Option<&Message> {
        self.messages.iter().rev().find(|message| message.id == id && !message.deleted)
    }

    /// The same, to change it.
    pub(crate) fn message_mut(&mut self, id: i64) -> Option<&mut Message> {
        self.messages.iter_mut().rev().find(|message| message.id == id && !message.deleted)
    }

    /// The id of the next message, which is then taken.
    pub(crate) fn take_message_id(&mut self) -> i64 {
        let id = self.next_message;
        self.next_message += 1;
        id
    }

    /// Adds a message; the oldest goes when there are too many.
    pub(crate) fn push(&mut self, message: Message) {
        if self.messages.len() >= MAX_MESSAGES_A_CHAT
            && let Some(oldest) = self.messages.pop_front()
        {
            self.unread.retain(|id| *id != oldest.id);
        }
        self.messages.push_back(message);
    }

    /// As the Bot API's Chat.
    pub(crate) fn json(&self, people: &BTreeMap<i64, Person>) -> Value {
        let mut chat = json!({"id": self.id, "type": self.kind.name()});
        if self.kind == ChatKind::Private {
            chat["first_name"] = json!(self.title);
            if let Some(username) = people.get(&self.id).and_then(|person| person.username.as_ref()) {
                chat["username"] = json!(username);
            }
        } else {
            chat["title"] = json!(self.title);
        }
        if self.kind == ChatKind::Forum {
            chat["is_forum"] = json!(true);
        }
        chat
    }
}
