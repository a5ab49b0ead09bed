//! Who asks, where, and what is remembered of them.

use teloxide::types::{Message, User};

use crate::journal::{ChatKey, PersonKey, Seconds, now};
use crate::telegram::edition::Edition;
use crate::telegram::script::Script;
use crate::telegram::sender::Destination;

use super::address;
use super::desk::Desk;

/// For how long a question takes a park, or what it is about, from the one before.
const PARK_HOLDS: Seconds = 5 * 60;

/// Who asks, and where.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    /// Stands for the person.
    pub(super) person: PersonKey,
    /// Stands for the chat.
    pub(super) chat: ChatKey,
    /// Where answers go.
    pub(super) to: Destination,
    /// The park of the answer before, if it still holds.
    pub(super) park: Option<String>,
    /// The language they chose.
    chosen: Option<Script>,
    /// What their app is set to.
    code: Option<String>,
}

impl Asker {
    /// Who wrote a message.
    pub(super) async fn of_message(desk: &Desk, message: &Message) -> anyhow::Result<Self> {
        // Who writes in the name of a chat is that chat; the account behind it is shared by many.
        let id = match (&message.sender_chat, &message.from) {
            (Some(chat), _) => chat.id.0.cast_unsigned(),
            (None, Some(from)) => from.id.0,
            (None, None) => message.chat.id.0.cast_unsigned(),
        };
        let code = message.from.as_ref().and_then(|from| from.language_code.clone());
        Self::new(desk, id, code, address::destination(message)).await
    }

    /// Who pressed a button or typed in inline mode; without a chat, their private chat is taken for it.
    pub(super) async fn of_user(desk: &Desk, user: &User, to: Option<Destination>) -> anyhow::Result<Self> {
        let to = to.unwrap_or(Destination { chat: user.id.into(), thread: None, reply_to: None });
        Self::new(desk, user.id.0, user.language_code.clone(), to).await
    }

    async fn new(desk: &Desk, id: u64, code: Option<String>, to: Destination) -> anyhow::Result<Self> {
        let (person, chat) = (desk.journal.person(id), desk.journal.chat(to.chat.0));
        let remembered = desk.journal.remembered(chat, person).await?;
        Ok(Self {
            person,
            chat,
            to,
            park: remembered.park.filter(|(_, at)| holds(*at, now())).map(|(park, _)| park),
            chosen: remembered.language.as_deref().and_then(Script::of_tag),
            code,
        })
    }

    /// The script in which they are answered who wrote this.
    pub(super) fn script_for(&self, text: &str) -> Script {
        self.chosen.unwrap_or_else(|| Script::of_text(text, self.code.as_deref()))
    }

    /// The script in which they are spoken to who wrote nothing.
    pub(super) fn script(&self) -> Script {
        self.chosen.unwrap_or_else(|| Script::of_app(self.code.as_deref()))
    }

    /// The script of somebody who asked in this one before.
    pub(super) fn script_after(&self, tag: &str) -> Script {
        self.chosen.or(Script::of_tag(tag)).unwrap_or_else(|| self.script())
    }
}

/// Whether a question asked now may take the park of an answer given at `at`.
fn holds(at: Seconds, now: Seconds) -> bool {
    now - at <= PARK_HOLDS
}

/// Since when a question counts as the one before another that is asked now.
pub(super) fn held_since() -> Seconds {
    now() - PARK_HOLDS
}

/// The number of a park in an edition, by its name.
pub(super) fn park_number(edition: &Edition, name: &str) -> Option<u16> {
    let mut parks = edition.generation.knowledge.parks.all.iter();
    parks.position(|park| park.name == name).and_then(|number| u16::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_park_is_remembered_for_five_minutes() {
        assert!(holds(1_000, 1_000) && holds(1_000, 1_300));
        assert!(!holds(1_000, 1_301));
    }
}
