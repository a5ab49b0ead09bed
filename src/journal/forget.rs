//! Forgetting: a person at once, everybody after the retention. What is deleted is overwritten in the file.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rusqlite::params;

use super::brought::KEPT_BROUGHT;
use super::{Journal, JournalError, Seconds, now};

const DAY: Seconds = 24 * 3600;

/// Updates that are done are known for this long. Telegram gives an update back for a day at most, and begins its numbers
/// anew after a week without updates.
const KNOWN_UPDATES: Seconds = 3 * DAY;

/// What operators did is kept for a year: it is theirs, and it explains the knowledge.
const KEPT_ACTIONS: Seconds = 365 * DAY;

/// How much was forgotten of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Their questions.
    pub questions: usize,
    /// Their ratings, of their own questions and others'.
    pub ratings: usize,
    /// Languages chosen, parks and notices remembered.
    pub remembered: usize,
}

impl Forgotten {
    /// Everything together.
    pub fn total(self) -> usize {
        self.questions + self.ratings + self.remembered
    }
}

impl Journal {
    /// Deletes everything about a person, by their Telegram id, which is also the id of their private chat.
    ///
    /// # Errors
    /// When nothing was deleted.
    pub async fn forget(&self, user_id: u64) -> Result<Forgotten, JournalError> {
        let person = self.person(user_id);
        let chat = self.chat(user_id.cast_signed());
        let log = self.log.clone();
        self.run(move |db| {
            log.store(true, Ordering::Relaxed);
            let ratings = db.execute(
                "DELETE FROM ratings
                     WHERE person = ?1 OR question IN (SELECT id FROM questions WHERE person = ?1 OR chat = ?2)",
                params![person, chat],
            )?;
            let questions =
                db.execute("DELETE FROM questions WHERE person = ?1 OR chat = ?2", params![person, chat])?;
            let remembered = db
                .execute("DELETE FROM conversations WHERE person = ?1 OR chat = ?2", params![person, chat])?
                + db.execute("DELETE FROM notices WHERE chat = ?1", [chat])?;
            // A file that waits for an operator's yes is theirs; what they decided stays with the documents.
            db.execute("DELETE FROM brought WHERE operator = ?1", [user_id.cast_signed()])?;
            Ok(Forgotten { questions, ratings, remembered })
        })
        .await
    }

    /// Deletes what is older than the retention, by the time `at`; says how many questions.
    ///
    /// # Errors
    /// When nothing was deleted.
    pub async fn forget_old(&self, retention_days: u32, at: Seconds) -> Result<usize, JournalError> {
        let oldest = at - Seconds::from(retention_days) * DAY;
        let log = self.log.clone();
        self.run(move |db| {
            log.store(true, Ordering::Relaxed);
            let questions = db.execute("DELETE FROM questions WHERE asked_at < ?1", [oldest])?;
            for table in ["ratings", "conversations", "notices", "errors"] {
                db.execute(&format!("DELETE FROM {table} WHERE at < ?1"), [oldest])?;
            }
            db.execute("DELETE FROM actions WHERE at < ?1", [at - KEPT_ACTIONS])?;
            db.execute("DELETE FROM brought WHERE at < ?1", [at - KEPT_BROUGHT])?;
            db.execute("DELETE FROM updates WHERE done_at < ?1", [at - KNOWN_UPDATES])?;
            Ok(questions)
        })
        .await
    }

    /// Keeps the retention: deletes what is too old now and every day. Never returns.
    pub async fn keep_retention(&self, retention_days: u32) {
        let mut days = tokio::time::interval(Duration::from_secs(DAY.unsigned_abs()));
        loop {
            days.tick().await;
            match self.forget_old(retention_days, now()).await {
                Ok(0) => {}
                Ok(questions) => tracing::info!(questions, retention_days, "old questions deleted"),
                Err(error) => tracing::error!("old questions are still there: {error}"),
            }
        }
    }
}
