//! What operators did to the knowledge.

use rusqlite::params;

use super::{Journal, JournalError, Seconds, now};

/// Something an operator did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The operator's Telegram id; 0 is the command line.
    pub operator: u64,
    /// What: `reload`, `import`, `disable` …
    pub action: String,
    /// To what; may be empty.
    pub detail: String,
    /// How it ended.
    pub outcome: String,
}

/// An action in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAction {
    /// When.
    pub at: Seconds,
    /// What.
    pub action: Action,
}

impl Journal {
    /// Writes an action down.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn add_action(&self, action: Action) -> Result<(), JournalError> {
        self.run(move |db| {
            db.execute(
                "INSERT INTO actions (at, operator, action, detail, outcome) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![now(), action.operator.cast_signed(), action.action, action.detail, action.outcome],
            )
            .map(drop)
        })
        .await
    }

    /// The last actions, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn last_actions(&self, count: u32) -> Result<Vec<StoredAction>, JournalError> {
        self.run(move |db| {
            db.prepare("SELECT at, operator, action, detail, outcome FROM actions ORDER BY id DESC LIMIT ?1")?
                .query_map([count], |row| {
                    let operator: i64 = row.get(1)?;
                    let action = Action {
                        operator: operator.cast_unsigned(),
                        action: row.get(2)?,
                        detail: row.get(3)?,
                        outcome: row.get(4)?,
                    };
                    Ok(StoredAction { at: row.get(0)?, action })
                })?
                .collect()
        })
        .await
    }
}
