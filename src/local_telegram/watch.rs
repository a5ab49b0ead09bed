//! What a test sees of the bot: messages, edits, answers, signs of life, and every request that was refused. Waits
//! without sleeping; changes nothing but which messages were read.

use super::{
    LocalTelegram,
    chats::{Chat, Person},
    message::{Author, Message},
    queries::{Callback, CallbackAnswer},
    refusal::Refusal,
    state::{Logged, State},
};
use serde_json::Value;
use std::time::Duration;

/// What a line of loose ends shows of a request's parameters, in characters.
const MAX_SHOWN_CHARS: usize = 300;

impl LocalTelegram {
    /// Waits until the state shows something, at most this long.
    async fn wait_for<T>(&self, timeout: Duration, mut look: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let mut changes = self.changes();
        let look_until_seen = async {
            loop {
                if let Some(seen) = look(&mut self.lock()) {
                    return Some(seen);
                }
                changes.changed().await.ok()?;
            }
        };
        tokio::time::timeout(timeout, look_until_seen).await.ok().flatten()
    }

    /// The bot's next message in a chat that was not read yet, as it stands when it is read. `None` after the timeout.
    pub async fn next_message(&self, chat: i64, timeout: Duration) -> Option<Message> {
        self.wait_for(timeout, |state| {
            let chat = state.chats.get_mut(&chat)?;
            let id = chat.unread.pop_front()?;
            chat.messages.iter().find(|message| message.id == id).cloned()
        })
        .await
    }

    /// A message once it was edited this often (1 is the first edit). `None` after the timeout.
    pub async fn revision(&self, chat: i64, message_id: i64, revision: u32, timeout: Duration) -> Option<Message> {
        let found = |state: &mut State| {
            let message = state.chats.get(&chat)?.messages.iter().find(|message| message.id == message_id)?;
            (message.revisions >= revision).then(|| message.clone())
        };
        self.wait_for(timeout, found).await
    }

    /// The bot's answer to a callback query. `None` after the timeout.
    pub async fn callback_answer(&self, query_id: &str, timeout: Duration) -> Option<CallbackAnswer> {
        self.wait_for(timeout, |state| state.queries.callback(query_id)?.answer.clone()).await
    }

    /// The bot's answer to an inline query: `results`, `next_offset`, `cache_time`, `is_personal`, `button`. `None`
    /// after the timeout.
    pub async fn inline_answer(&self, query_id: &str, timeout: Duration) -> Option<Value> {
        self.wait_for(timeout, |state| state.queries.inline(query_id)?.answer.clone()).await
    }

    /// The first logged request of a method, also one made before. `None` after the timeout.
    pub async fn request(&self, method: &str, timeout: Duration) -> Option<Logged> {
        let found = |state: &mut State| state.log.iter().find(|l| l.method.eq_ignore_ascii_case(method)).cloned();
        self.wait_for(timeout, found).await
    }

    /// Waits until a bot waits in `getUpdates` and nothing is left for it to take. Gives whether it came to that.
    pub async fn idle(&self, timeout: Duration) -> bool {
        let idle = |state: &mut State| (state.updates.is_polled && state.updates.waiting() == 0).then_some(());
        self.wait_for(timeout, idle).await.is_some()
    }

    /// A message as it stands now, also a deleted one.
    pub fn message(&self, chat: i64, message_id: i64) -> Option<Message> {
        self.lock().chats.get(&chat)?.messages.iter().find(|message| message.id == message_id).cloned()
    }

    /// All messages of a chat that were not deleted, oldest first.
    pub fn messages(&self, chat: i64) -> Vec<Message> {
        let state = self.lock();
        let messages = state.chats.get(&chat).map(|chat| chat.messages.iter().filter(|m| !m.deleted).cloned());
        messages.map(Iterator::collect).unwrap_or_default()
    }

    /// The bot's messages in a chat that were not deleted, oldest first.
    pub fn bot_messages(&self, chat: i64) -> Vec<Message> {
        self.messages(chat).into_iter().filter(|message| message.author == Author::Bot).collect()
    }

    /// The name and the bytes of the file that came with a message; `None` if none did.
    pub fn file(&self, message: &Message) -> Option<(String, Vec<u8>)> {
        let (_, attachment) = message.attachment.as_ref()?;
        let state = self.lock();
        let file = state.files.by_id(attachment.get("file_id")?.as_str()?)?;
        Some((file.name.clone(), file.bytes.to_vec()))
    }

    /// The bot's messages that nobody read yet, in every chat.
    pub fn unread(&self) -> Vec<Message> {
        let state = self.lock();
        let unread = |chat: &Chat| -> Vec<Message> {
            chat.messages.iter().filter(|m| chat.unread.contains(&m.id) && !m.deleted).cloned().collect()
        };
        state.chats.values().flat_map(unread).collect()
    }

    /// Marks every message as read.
    pub fn read_all(&self) {
        self.lock().chats.values_mut().for_each(|chat| chat.unread.clear());
    }

    /// Callback queries the bot did not answer.
    pub fn unanswered_callbacks(&self) -> Vec<Callback> {
        self.lock().queries.unanswered()
    }

    /// The signs of life the bot gave, oldest first: chat and action.
    pub fn chat_actions(&self) -> Vec<(i64, String)> {
        self.lock().actions.iter().cloned().collect()
    }

    /// The bot's requests but successful `getUpdates`, oldest first.
    pub fn requests(&self) -> Vec<Logged> {
        self.lock().log.iter().cloned().collect()
    }

    /// The requests that were refused for a reason of their own, not by an injected fault, oldest first.
    pub fn refusals(&self) -> Vec<(Logged, Refusal)> {
        let state = self.lock();
        let own = state.log.iter().filter(|logged| !logged.injected);
        own.filter_map(|logged| Some((logged.clone(), logged.refusal.clone()?))).collect()
    }

    /// Everything that a well-behaved bot leaves none of: unread messages, unanswered buttons, refused requests. One
    /// line each, for a harness to fail with.
    pub fn loose_ends(&self) -> Vec<String> {
        let unread = self.unread().into_iter().map(|m| format!("unread in {}: {}", m.chat, m.text));
        let buttons = self.unanswered_callbacks().into_iter().map(|c| format!("button not answered: {}", c.data));
        let refused = self.refusals().into_iter().map(|(logged, refusal)| {
            let parameters: String = logged.parameters.to_string().chars().take(MAX_SHOWN_CHARS).collect();
            format!("{} refused: {} {parameters}", logged.method, refusal.description)
        });
        unread.chain(buttons).chain(refused).collect()
    }

    /// The bot's reaction to a message, an emoji.
    pub fn reaction(&self, chat: i64, message_id: i64) -> Option<String> {
        self.message(chat, message_id)?.bot_reaction
    }

    /// The menu of commands that a person sees in a chat: `command` and `description`.
    pub fn commands(&self, chat: i64, person: i64) -> Value {
        let state = self.lock();
        let language = state.people.get(&person).and_then(|person| person.language.clone()).unwrap_or_default();
        let Some(chat) = state.chats.get(&chat) else { return Value::Array(Vec::new()) };
        let mut scopes = Vec::new();
        if chat.kind.is_group() {
            scopes.push(format!("chat_member {} {person}", chat.id));
            if chat.administrators.contains(&person) {
                scopes.push(format!("chat_administrators {}", chat.id));
            }
            scopes.push(format!("chat {}", chat.id));
            if chat.administrators.contains(&person) {
                scopes.push("all_chat_administrators".to_owned());
            }
            scopes.push("all_group_chats".to_owned());
        } else {
            scopes.push(format!("chat {}", chat.id));
            scopes.push("all_private_chats".to_owned());
        }
        scopes.push("default".to_owned());
        state.profile.menu(&scopes, &language)
    }

    /// A name or description the bot set (`name`, `description`, `short_description`) in a language.
    pub fn profile_text(&self, field: &'static str, language: &str) -> Option<String> {
        self.lock().profile.text(field, language).map(str::to_owned)
    }

    /// The people there are, by id.
    pub fn people(&self) -> Vec<Person> {
        self.lock().people.values().cloned().collect()
    }
}
