//! What a reload changes: documents, golden questions, answers to questions that people asked. Texts of people stand in it,
//! so it is for operators only.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Generation;
use super::asked::Said;
use crate::answer::Outcome;
use crate::corpus::{Document, Problem};

/// The longest excerpt that a report repeats, in characters.
const MAX_EXCERPT_CHARS: usize = 80;

/// What the next generation does differently.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The id of the next generation.
    pub generation: String,
    /// How many documents it has.
    pub documents: usize,
    /// Documents that were not there before, by path.
    pub added: Vec<Listed>,
    /// Documents that say something else, by path.
    pub changed: Vec<Listed>,
    /// Documents that are gone or switched off, by path.
    pub removed: Vec<Listed>,
    /// What could not be read, or not as it was meant.
    pub problems: Vec<Problem>,
    /// Golden questions that there are, and are replayed if something changes.
    pub golden: usize,
    /// As many as there were when something was served last.
    pub golden_before: usize,
    /// Golden questions that passed before and fail now.
    pub newly_failing: Vec<AnswerChange>,
    /// Golden questions that failed before and pass now.
    pub newly_passing: Vec<AnswerChange>,
    /// Questions of people that were asked again.
    pub recent: usize,
    /// Those of them that are answered differently.
    pub answers_changed: Vec<AnswerChange>,
    /// Whether more golden questions fail newly, or are gone, than the settings allow: it is not served unless an operator says so.
    pub held_back: bool,
    /// Whether it is the same as what is served.
    pub unchanged: bool,
    /// Whether it is served now.
    pub published: bool,
    /// How long it took to get it ready, in milliseconds.
    pub millis: u64,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its path below the knowledge folder.
    pub path: String,
    /// What it calls itself.
    pub title: String,
}

/// A question that is answered differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerChange {
    /// What was asked.
    pub question: String,
    /// How it is answered now.
    pub old: Brief,
    /// How it will be answered.
    pub new: Brief,
}

/// An answer in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// What became of the question.
    pub outcome: Outcome,
    /// The first excerpt, cut at 80 characters; empty if it was declined.
    pub excerpt: String,
    /// The title of its document; empty if it was declined.
    pub title: String,
}

impl Brief {
    /// An answer in short.
    pub(super) fn of(said: &Said) -> Self {
        let Said { outcome, first } = said;
        Self {
            outcome: *outcome,
            excerpt: first.as_ref().map_or_else(String::new, |first| cut(&first.excerpt)),
            title: first.as_ref().map_or_else(String::new, |first| first.title.clone()),
        }
    }
}

fn cut(text: &str) -> String {
    let mut chars = text.chars();
    let mut cut: String = chars.by_ref().take(MAX_EXCERPT_CHARS).collect();
    if chars.next().is_some() {
        cut.push('…');
    }
    cut
}

impl fmt::Display for Brief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Outcome::Declined => f.write_str("declined"),
            Outcome::Unsure => write!(f, "unsure: {} ({})", self.excerpt, self.title),
            Outcome::Answered => write!(f, "{} ({})", self.excerpt, self.title),
        }
    }
}

impl Report {
    /// Golden questions that are fewer than before.
    pub fn golden_gone(&self) -> usize {
        self.golden_before.saturating_sub(self.golden)
    }

    /// It in a line, without what people asked.
    pub fn summary(&self) -> String {
        let state = match self {
            Self { unchanged: true, .. } => "unchanged",
            Self { published: true, .. } => "published",
            _ => "held back",
        };
        let Self { generation, documents, added, changed, removed, problems, newly_failing, newly_passing, .. } = self;
        let [added, changed, removed] = [added, changed, removed].map(Vec::len);
        let [failing, passing] = [newly_failing, newly_passing].map(Vec::len);
        format!(
            "{state} {generation}: {documents} documents, {added} added, {changed} changed, {removed} removed, {} problems; \
             golden questions: {failing} newly failing, {passing} newly passing{}",
            problems.len(),
            match self.golden_gone() {
                0 => String::new(),
                gone => format!(", {gone} of {} gone", self.golden_before),
            }
        )
    }

    /// What is known of a generation beside the one that is served, before any question is asked.
    pub(super) fn of_documents(old: &Generation, new: &Generation) -> Self {
        let listed =
            |document: &Document| Listed { path: document.source.path.clone(), title: document.source.title.clone() };
        let (before, after) = (&old.knowledge.corpus.documents, &new.knowledge.corpus.documents);
        let mut report = Self {
            generation: new.id.clone(),
            documents: after.len(),
            problems: new.problems.clone(),
            unchanged: old.id == new.id,
            ..Self::default()
        };
        // Both are sorted by path.
        let mut others = before.iter().peekable();
        for document in after {
            while let Some(gone) = others.next_if(|other| other.source.path < document.source.path) {
                report.removed.push(listed(gone));
            }
            match others.next_if(|other| other.source.path == document.source.path) {
                None => report.added.push(listed(document)),
                Some(other) if other != document => report.changed.push(listed(document)),
                Some(_) => {}
            }
        }
        report.removed.extend(others.map(|gone| listed(gone)));
        report
    }
}

/// How far a reload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// How much of it is done …
    pub done: usize,
    /// … of how much; 0 where that is not known yet.
    pub of: usize,
}

/// What a reload is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Reading the documents, one after the other.
    Reading,
    /// Building the index, passage by passage.
    Indexing,
    /// Asking questions of the old generation and the new one.
    Asking,
}
