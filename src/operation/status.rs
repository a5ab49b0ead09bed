//! How the bot is doing, at a glance.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Reloads;
use crate::corpus::Problem;
use crate::generation::{self, Generation};
use crate::journal::{Journal, JournalError, Seconds, Today, now};

/// Errors that are shown.
const SHOWN_ERRORS: u32 = 5;

/// How the bot is doing. No question of anybody stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The generation that is served, or would be.
    pub generation: String,
    /// The folder of the documents.
    pub knowledge: String,
    /// Its documents.
    pub documents: usize,
    /// Its passages.
    pub passages: usize,
    /// Everything that is wrong with the folder, as `yuanwen check` lists it.
    pub problems: Vec<Problem>,
    /// Seconds since the start; `None` when no bot runs.
    pub up: Option<Seconds>,
    /// Whether a reload is under way.
    pub reloading: bool,
    /// Whether the gate holds a generation back.
    pub held_back: bool,
    /// What happened today.
    pub today: Today,
    /// The last errors, newest first: when, and what.
    pub errors: Vec<(Seconds, String)>,
}

impl Status {
    /// How a generation and a journal are doing, whether a bot runs or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub async fn of(generation: Arc<Generation>, knowledge: &Path, journal: &Journal) -> Result<Self, JournalError> {
        let (of, folder) = (generation.clone(), knowledge.to_owned());
        let problems = tokio::task::spawn_blocking(move || generation::problems(&folder, &of)).await;
        let errors = journal.last_errors(SHOWN_ERRORS).await?;
        Ok(Self {
            generation: generation.id.clone(),
            knowledge: knowledge.display().to_string(),
            documents: generation.knowledge.corpus.documents.len(),
            passages: generation.knowledge.corpus.passages.len(),
            problems: problems.unwrap_or_else(|_| generation.problems.clone()),
            up: None,
            reloading: false,
            held_back: false,
            today: journal.today(now()).await?,
            errors: errors.into_iter().map(|error| (error.at, error.message)).collect(),
        })
    }
}

impl Reloads {
    /// How the bot that runs is doing.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub async fn status(&self) -> Result<Status, JournalError> {
        let mut status = Status::of(self.current(), self.keeper().knowledge(), self.journal()).await?;
        status.up = Some(now() - self.since());
        status.reloading = self.is_reloading();
        status.held_back = !status.reloading && self.held_back().await.is_some();
        Ok(status)
    }
}
