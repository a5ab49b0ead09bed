//! Updates in work: each is taken once, handled in the order of its lane, and kept until it is done.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Journal, JournalError, Seconds, now};

/// An update as it arrives.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Telegram's number of it; the same number is the same update.
    pub update_id: u32,
    /// Updates of one lane are handled one after another.
    pub lane: i64,
    /// The update as Telegram sent it, JSON.
    pub raw: String,
}

/// An update that is being handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InWork {
    /// Telegram's number of it.
    pub update_id: u32,
    /// The update as Telegram sent it, JSON.
    pub raw: String,
    /// How often it was begun, this time included.
    pub attempts: u32,
    /// When it arrived.
    pub taken_at: Seconds,
}

impl Journal {
    /// Writes a batch down and moves the offset over it, both or neither. Returns the lanes of the updates that were not
    /// known yet, one for each, in their order.
    ///
    /// # Errors
    /// When nothing was written.
    pub async fn take(&self, batch: Vec<Incoming>, next_offset: i64) -> Result<Vec<i64>, JournalError> {
        self.run(move |db| {
            let at = now();
            let mut insert = db.prepare_cached(
                "INSERT INTO updates (update_id, lane, raw, taken_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (update_id) DO NOTHING",
            )?;
            let mut fresh = Vec::with_capacity(batch.len());
            for update in batch {
                if insert.execute(params![update.update_id, update.lane, update.raw, at])? == 1 {
                    fresh.push(update.lane);
                }
            }
            db.execute(
                "INSERT INTO polling (only, next_offset, at) VALUES (1, ?1, ?2)
                 ON CONFLICT (only) DO UPDATE SET next_offset = excluded.next_offset, at = excluded.at",
                params![next_offset, at],
            )?;
            Ok(fresh)
        })
        .await
    }

    /// The offset to ask from; `None` when there is none or it is older than `max_age` seconds: after a week without
    /// updates Telegram begins its numbers anew.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn next_offset(&self, max_age: Seconds) -> Result<Option<i64>, JournalError> {
        self.run(move |db| {
            db.query_row("SELECT next_offset FROM polling WHERE at >= ?1", [now() - max_age], |row| row.get(0))
                .optional()
        })
        .await
    }

    /// Begins the first update of a lane that is not done; `None` when all are.
    ///
    /// # Errors
    /// When the attempt could not be written down; then it must not be handled.
    pub async fn begin(&self, lane: i64) -> Result<Option<InWork>, JournalError> {
        self.run(move |db| {
            db.prepare_cached(
                "UPDATE updates SET attempts = attempts + 1 WHERE sequence =
                    (SELECT sequence FROM updates WHERE lane = ?1 AND done_at IS NULL ORDER BY sequence LIMIT 1)
                 RETURNING update_id, raw, attempts, taken_at",
            )?
            .query_row([lane], |row| {
                Ok(InWork { update_id: row.get(0)?, raw: row.get(1)?, attempts: row.get(2)?, taken_at: row.get(3)? })
            })
            .optional()
        })
        .await
    }

    /// Marks an update as done and forgets what was in it.
    ///
    /// # Errors
    /// When it was not written: the update would be handled again after a restart.
    pub async fn done(&self, update_id: u32) -> Result<(), JournalError> {
        self.run(move |db| {
            db.prepare_cached("UPDATE updates SET done_at = ?2, raw = '', lane = 0 WHERE update_id = ?1")?
                .execute(params![update_id, now()])
                .map(drop)
        })
        .await
    }

    /// Takes an attempt back that was stopped, and did not fail.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn release(&self, update_id: u32) -> Result<(), JournalError> {
        self.run(move |db| {
            db.execute("UPDATE updates SET attempts = max(attempts - 1, 0) WHERE update_id = ?1", [update_id]).map(drop)
        })
        .await
    }

    /// The lanes that have something to do, the one that waits longest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn lanes_in_work(&self) -> Result<Vec<i64>, JournalError> {
        self.run(|db| {
            db.prepare("SELECT lane FROM updates WHERE done_at IS NULL GROUP BY lane ORDER BY min(sequence)")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }

    /// How many updates are not done.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn updates_in_work(&self) -> Result<u32, JournalError> {
        self.run(count_in_work).await
    }
}

pub(super) fn count_in_work(db: &Connection) -> rusqlite::Result<u32> {
    db.query_row("SELECT count(*) FROM updates WHERE done_at IS NULL", [], |row| row.get(0))
}
