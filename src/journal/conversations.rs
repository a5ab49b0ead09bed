//! What a conversation remembers of a person in a chat, and which notices a chat has had.

use rusqlite::{OptionalExtension as _, params};

use super::{ChatKey, Journal, JournalError, PersonKey, Seconds, now};

/// What is remembered of a person in a chat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The language they chose; `None` lets it be learned.
    pub language: Option<String>,
    /// The park of the last answer, and when it was given; `None` where there is none.
    pub park: Option<(String, Seconds)>,
}

impl Journal {
    /// What is remembered of a person in a chat; nothing when they are new.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn remembered(&self, chat: ChatKey, person: PersonKey) -> Result<Remembered, JournalError> {
        self.run(move |db| {
            db.prepare_cached("SELECT language, park, park_at FROM conversations WHERE chat = ?1 AND person = ?2")?
                .query_row(params![chat, person], |row| {
                    let park: Option<String> = row.get(1)?;
                    let park_at: Option<Seconds> = row.get(2)?;
                    Ok(Remembered { language: row.get(0)?, park: park.zip(park_at) })
                })
                .optional()
                .map(Option::unwrap_or_default)
        })
        .await
    }

    /// Remembers the language a person chose in a chat; `None` forgets it.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn set_language(
        &self,
        chat: ChatKey,
        person: PersonKey,
        language: Option<String>,
    ) -> Result<(), JournalError> {
        self.run(move |db| {
            db.prepare_cached(
                "INSERT INTO conversations (chat, person, language, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (chat, person) DO UPDATE SET language = excluded.language, at = excluded.at",
            )?
            .execute(params![chat, person, language, now()])
            .map(drop)
        })
        .await
    }

    /// Remembers the park of the last answer to a person in a chat; `None` forgets it.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn set_park(&self, chat: ChatKey, person: PersonKey, park: Option<String>) -> Result<(), JournalError> {
        self.run(move |db| {
            db.prepare_cached(
                "INSERT INTO conversations (chat, person, park, park_at, at) VALUES (?1, ?2, ?3, ?4, ?4)
                 ON CONFLICT (chat, person) DO UPDATE
                 SET park = excluded.park, park_at = excluded.park_at, at = excluded.at",
            )?
            .execute(params![chat, person, park, now()])
            .map(drop)
        })
        .await
    }

    /// Whether a chat is due a notice of this kind: it had none in the last `every` seconds. Asking counts as giving it.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn notice_due(&self, chat: ChatKey, kind: &'static str, every: Seconds) -> Result<bool, JournalError> {
        self.run(move |db| {
            db.prepare_cached(
                "INSERT INTO notices (chat, kind, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (chat, kind) DO UPDATE SET at = excluded.at WHERE notices.at <= excluded.at - ?4",
            )?
            .execute(params![chat, kind, now(), every])
            .map(|changed| changed == 1)
        })
        .await
    }

    /// Moves what is kept of a group to the supergroup that it became.
    ///
    /// # Errors
    /// When nothing was moved.
    pub async fn move_chat(&self, from: ChatKey, to: ChatKey) -> Result<(), JournalError> {
        self.run(move |db| {
            for table in ["questions", "conversations", "notices"] {
                // What the new chat has already is newer.
                db.execute(&format!("UPDATE OR IGNORE {table} SET chat = ?2 WHERE chat = ?1"), params![from, to])?;
                db.execute(&format!("DELETE FROM {table} WHERE chat = ?1"), [from])?;
            }
            Ok(())
        })
        .await
    }
}
