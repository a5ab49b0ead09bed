//! Documents that operators brought and did not decide on yet. They are bounded: the oldest goes first.

use rusqlite::{OptionalExtension as _, params};

use super::{Journal, JournalError, Seconds, now};

/// Documents that wait at once.
const MAX_FILES: u32 = 32;
/// Bytes of all of them, except that one always fits.
const MAX_BYTES: u32 = 64 << 20;
/// Who did not decide in a week brings the file again.
pub(super) const KEPT_BROUGHT: Seconds = 7 * 24 * 3600;

/// A document that waits for its operator to say yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// The operator's Telegram id.
    pub operator: u64,
    /// Its name below the knowledge folder.
    pub file: String,
    /// Its title.
    pub title: String,
    /// The document.
    pub markdown: String,
}

impl Journal {
    /// Keeps a document until its operator decides; `update_id` is the number of the update that brought it. The oldest go
    /// that do not fit any more.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn add_brought(&self, update_id: u32, brought: Brought) -> Result<(), JournalError> {
        self.run(move |db| {
            let Brought { operator, file, title, markdown } = brought;
            db.execute(
                "INSERT OR REPLACE INTO brought (update_id, operator, file, title, markdown, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![update_id, operator.cast_signed(), file, title, markdown, now()],
            )?;
            db.execute("DELETE FROM brought WHERE at < ?1", [now() - KEPT_BROUGHT])?;
            db.execute(
                "DELETE FROM brought WHERE id IN (
                    SELECT id FROM (
                        SELECT id, row_number() OVER newest AS place, sum(octet_length(markdown)) OVER newest AS bytes
                        FROM brought WINDOW newest AS (ORDER BY id DESC ROWS UNBOUNDED PRECEDING))
                    WHERE place > ?1 OR (place > 1 AND bytes > ?2))",
                [MAX_FILES, MAX_BYTES],
            )
            .map(drop)
        })
        .await
    }

    /// A document that waits for this operator.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn brought(&self, update_id: u32, operator: u64) -> Result<Option<Brought>, JournalError> {
        self.run(move |db| {
            db.query_row(
                "SELECT file, title, markdown FROM brought WHERE update_id = ?1 AND operator = ?2 AND at >= ?3",
                params![update_id, operator.cast_signed(), now() - KEPT_BROUGHT],
                |row| Ok(Brought { operator, file: row.get(0)?, title: row.get(1)?, markdown: row.get(2)? }),
            )
            .optional()
        })
        .await
    }

    /// Lets a document wait no more.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn decided(&self, update_id: u32) -> Result<(), JournalError> {
        self.run(move |db| db.execute("DELETE FROM brought WHERE update_id = ?1", [update_id]).map(drop)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn brought(operator: u64, text: &str) -> Brought {
        let title = "星湖指南".to_owned();
        Brought { operator, file: "a.md".to_owned(), title, markdown: text.to_owned() }
    }

    #[tokio::test]
    async fn a_document_waits_for_its_operator_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let secret = Secret::random();
        let open = || Journal::open(folder.path(), &secret).unwrap().journal;
        let journal = open();
        journal.add_brought(7, brought(1, "一")).await.unwrap();
        drop(journal);
        let journal = open();
        assert_eq!(journal.brought(7, 1).await.unwrap(), Some(brought(1, "一")));
        assert_eq!(journal.brought(7, 2).await.unwrap(), None);
        assert_eq!(journal.brought(8, 1).await.unwrap(), None);
        journal.decided(7).await.unwrap();
        assert_eq!(journal.brought(7, 1).await.unwrap(), None);
    }

    #[tokio::test]
    async fn the_oldest_go_first_by_count_by_bytes_and_by_age() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path(), &Secret::random()).unwrap().journal;
        let waiting = |from: u32, to: u32| {
            let journal = journal.clone();
            async move {
                let mut waiting = Vec::new();
                for number in from..to {
                    waiting.extend(journal.brought(number, 1).await.unwrap().map(|_| number));
                }
                waiting
            }
        };
        // Telegram begins its numbers anew, so the newest need not have the largest.
        for number in (0..MAX_FILES + 3).rev() {
            journal.add_brought(number, brought(1, "一")).await.unwrap();
        }
        assert_eq!(waiting(0, 40).await, (0..MAX_FILES).collect::<Vec<_>>());
        let large = "一".repeat(MAX_BYTES as usize / 3 / 2 - 10);
        for number in 100..104 {
            journal.add_brought(number, brought(1, &large)).await.unwrap();
        }
        assert_eq!(waiting(0, 110).await, [102, 103]);
        let week = KEPT_BROUGHT + 1;
        journal.run(move |db| db.execute("UPDATE brought SET at = at - ?1", [week]).map(drop)).await.unwrap();
        assert_eq!(waiting(100, 110).await, [0_u32; 0]);
        journal.forget_old(30, now()).await.unwrap();
        let left: u32 =
            journal.run(|db| db.query_row("SELECT count(*) FROM brought", [], |row| row.get(0))).await.unwrap();
        assert_eq!(left, 0);
    }

    #[tokio::test]
    async fn who_is_forgotten_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path(), &Secret::random()).unwrap().journal;
        journal.add_brought(1, brought(1, "一")).await.unwrap();
        journal.add_brought(2, brought(2, "二")).await.unwrap();
        journal.forget(1).await.unwrap();
        assert_eq!(journal.brought(1, 1).await.unwrap(), None);
        assert!(journal.brought(2, 2).await.unwrap().is_some());
    }
}
