//! What every handler works with.

use std::sync::Arc;

use anyhow::Context as _;
use teloxide::types::Me;
use tokio::sync::Semaphore;

use crate::answer::Question;
use crate::journal::{Journal, today};
use crate::operation::Reloads;
use crate::telegram::callback::Reading;
use crate::telegram::edition::{Edition, Editions};
use crate::telegram::quota::Quota;
use crate::telegram::reply::{self, Reply};

use super::operator::Office;

/// Questions that are thought about at once: many more than there are cores would only take memory, each for itself.
static THINKERS: Semaphore = Semaphore::const_new(8);

/// Called with each question before it is answered, so that a test may panic or wait there.
pub type Rehearsal = Arc<dyn Fn(&str) + Send + Sync>;

/// What every handler works with; one for the whole bot.
pub(crate) struct Desk {
    /// What outlives a restart.
    pub(crate) journal: Journal,
    /// What answers are made from.
    pub(crate) editions: Editions,
    /// What operators do to it.
    pub(crate) reloads: Reloads,
    /// Who we are.
    pub(crate) me: Me,
    /// Who may ask.
    pub(crate) quota: Quota,
    /// Questions that one person may ask in a minute.
    pub(crate) questions_per_minute: u32,
    /// Days after which questions are deleted.
    pub(crate) retention_days: u32,
    /// What operators work with.
    pub(crate) office: Office,
    /// `None` outside of tests.
    pub(crate) rehearsal: Option<Rehearsal>,
}

impl Desk {
    /// Replies to a question, away from the threads that keep conversations going.
    pub(crate) async fn reply(&self, edition: &Edition, question: Question, reading: Reading) -> anyhow::Result<Reply> {
        // Given back when the asker is given up, so that a thought without end takes nobody's turn.
        let _turn = THINKERS.acquire().await.context("wait for a turn to think")?;
        let generation = edition.generation.clone();
        tokio::task::spawn_blocking(move || reply::reply(&generation.knowledge, &question, reading, &today()))
            .await
            .context("answer a question")?
            .context("answer a question")
    }
}
