//! A run over sets of questions, and how it is kept as JSON to be compared with later ones.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

use super::Eval;
use crate::config::Flags;
use crate::evaluation::{
    Asking, Calibration, Figures, Item, Judgement, calibration, evaluate, figures, mistyped, read_set,
};
use crate::generation::Generation;

/// All that one run of `eval` found.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Run {
    /// The generation that was asked.
    pub(super) generation: String,
    /// What was measured, set by set.
    pub(super) sets: Vec<Set>,
}

/// What one set of questions showed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Set {
    /// Its file.
    pub(super) path: String,
    /// The figures of all its questions.
    pub(super) all: Figures,
    /// The figures by kind of question.
    pub(super) kinds: BTreeMap<String, Figures>,
    /// How confidences and outcomes agree.
    pub(super) calibration: Calibration,
    /// Every judgement, in the order of the set.
    pub(super) judgements: Vec<Judgement>,
}

/// Reads a run that was kept.
pub(super) fn read(path: &Path) -> anyhow::Result<Run> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{}: is not what `yuanwen eval --json` prints", path.display()))
}

impl Eval {
    /// Asks all questions of all sets.
    pub(super) fn measure(&self, flags: &Flags) -> anyhow::Result<Run> {
        let mut sets = Vec::new();
        for path in &self.questions {
            let items = read_set(path)?;
            anyhow::ensure!(
                !self.without_gold || items.iter().any(|item| item.passage.is_some()),
                "{}: is about documents, and --without-gold is for sets about passages",
                path.display()
            );
            sets.push((path, items));
        }
        let generation = crate::commands::knowledge(flags, self.vocabulary)?;
        let bar = progress(sets.iter().map(|(_, items)| items.len()).sum());
        let asking =
            Asking { options: self.how.options(), other_script: self.other_script, without_gold: self.without_gold };
        let mut run = Run { generation: generation.id.clone(), sets: Vec::new() };
        for (path, mut items) in sets {
            known(path, &items, &generation)?;
            for item in &mut items {
                item.question = mistyped(&item.question, self.typos, self.seed, &item.id);
            }
            // Patterns are compiled on first use: that is not how long a question takes.
            evaluate(&generation.knowledge, &items[..items.len().min(1)], &asking, || ())?;
            let judgements = evaluate(&generation.knowledge, &items, &asking, || bar.inc(1))?;
            run.sets.push(Set::new(path, judgements));
        }
        bar.finish_and_clear();
        Ok(run)
    }
}

impl Set {
    fn new(path: &Path, judgements: Vec<Judgement>) -> Self {
        let mut by_kind: BTreeMap<String, Vec<&Judgement>> = BTreeMap::new();
        for judgement in &judgements {
            by_kind.entry(judgement.kind.clone()).or_default().push(judgement);
        }
        let every: Vec<&Judgement> = judgements.iter().collect();
        Self {
            path: path.display().to_string(),
            all: figures(&every),
            kinds: by_kind.into_iter().map(|(kind, judgements)| (kind, figures(&judgements))).collect(),
            calibration: calibration(&every),
            judgements,
        }
    }
}

/// Refuses a set whose documents are all strangers to the knowledge: its figures would mean nothing.
fn known(path: &Path, items: &[Item], generation: &Generation) -> anyhow::Result<()> {
    let documents = &generation.knowledge.corpus.documents;
    let is_known = |item: &&Item| documents.iter().any(|document| item.is_about(&document.source.path));
    let answerable: Vec<&Item> = items.iter().filter(|item| item.is_answerable()).collect();
    if answerable.is_empty() || answerable.iter().any(is_known) {
        return Ok(());
    }
    let beside = path.with_file_name("passages.jsonl");
    let hint = if beside.is_file() { format!("--knowledge {}", beside.display()) } else { "--knowledge".to_owned() };
    anyhow::bail!(
        "{}: none of the documents it asks about is in the knowledge; name the right one with {hint}",
        path.display()
    )
}

/// A bar on standard error, in a terminal only.
fn progress(questions: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} questions, {eta} left");
    ProgressBar::new(questions as u64).with_style(style.expect("the template is tested by every run"))
}
