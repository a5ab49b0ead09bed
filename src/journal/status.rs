//! What an operator sees at a glance.

use std::sync::PoisonError;

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::clock::SHANGHAI_OFFSET;
use super::updates::count_in_work;
use super::{Journal, JournalError, Seconds, now};

/// Errors that are kept; older ones make room.
const KEPT_ERRORS: u32 = 100;

/// What happened since midnight in Shanghai.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// Questions answered with an excerpt.
    pub answered: u32,
    /// Questions answered with an excerpt that may not be it.
    pub unsure: u32,
    /// Questions without an excerpt.
    pub declined: u32,
    /// 👍
    pub good: u32,
    /// 👎
    pub bad: u32,
    /// Updates that are not done, of any day.
    pub in_work: u32,
}

/// An error that was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredError {
    /// When.
    pub at: Seconds,
    /// What went wrong.
    pub message: String,
}

impl Journal {
    /// What happened on the day of `at`, up to now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn today(&self, at: Seconds) -> Result<Today, JournalError> {
        let midnight = at - (at + SHANGHAI_OFFSET).rem_euclid(24 * 3600);
        self.run(move |db| {
            let count = |sql: &str, word: &str| -> rusqlite::Result<u32> {
                db.prepare_cached(sql)?.query_row(params![midnight, word], |row| row.get(0))
            };
            let questions =
                |outcome| count("SELECT count(*) FROM questions WHERE asked_at >= ?1 AND outcome = ?2", outcome);
            let ratings = |verdict| count("SELECT count(*) FROM ratings WHERE at >= ?1 AND verdict = ?2", verdict);
            Ok(Today {
                answered: questions("answered")?,
                unsure: questions("unsure")?,
                declined: questions("declined")?,
                good: ratings("good")?,
                bad: ratings("bad")?,
                in_work: count_in_work(db)?,
            })
        })
        .await
    }

    /// Notes an error for the operators. The message must not hold what a person wrote.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn add_error(&self, message: String) -> Result<(), JournalError> {
        self.run(move |db| {
            db.execute("INSERT INTO errors (at, message) VALUES (?1, ?2)", params![now(), message])?;
            db.execute("DELETE FROM errors WHERE id <= (SELECT max(id) FROM errors) - ?1", [KEPT_ERRORS]).map(drop)
        })
        .await
    }

    /// The last errors, newest first, with what the journal itself failed of last in this process.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn last_errors(&self, count: u32) -> Result<Vec<StoredError>, JournalError> {
        let stored = self.run(move |db| {
            db.prepare("SELECT at, message FROM errors ORDER BY id DESC LIMIT ?1")?
                .query_map([count], |row| Ok(StoredError { at: row.get(0)?, message: row.get(1)? }))?
                .collect::<rusqlite::Result<Vec<_>>>()
        });
        let mut errors = stored.await?;
        errors.extend(self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone());
        errors.sort_by_key(|error| std::cmp::Reverse(error.at));
        errors.truncate(count as usize);
        Ok(errors)
    }
}
