//! The gate: golden questions, and what people asked last, are put to the old generation and the new one.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::asked::Said;
use super::report::{AnswerChange, Brief, Progress, Report, Step};
use super::store::Disk;
use super::{Generation, QUESTIONS_FILE, beside};
use crate::answer::Outcome;
use crate::evaluation::{Item, bare, items};
use crate::index::IndexError;

/// Asks both generations, the old one only what it was not asked before, and completes the report. More new failures than
/// the allowed share of all golden questions hold the new generation back; a question that is gone fails.
pub(super) fn replay(
    report: &mut Report,
    (old, new): (&Generation, &Generation),
    golden: &[Item],
    recent: &[String],
    allowed: f64,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), IndexError> {
    let of = golden.len() + recent.len();
    // People ask ever new questions: what is not asked again is forgotten.
    old.asked.keep_only(golden.iter().map(|item| &item.question).chain(recent).map(String::as_str));
    let both = |text: &str| -> Result<[Said; 2], IndexError> {
        Ok([old.asked.ask(&old.knowledge, text)?, new.asked.ask(&new.knowledge, text)?])
    };
    let asked = AtomicUsize::new(0);
    let both = |text: &str| {
        progress(Progress { step: Step::Asking, done: asked.fetch_add(1, Ordering::Relaxed), of });
        both(text)
    };
    let replayed = golden.par_iter().map(|item| both(&item.question)).collect::<Result<Vec<_>, _>>()?;
    for (item, [before, after]) in golden.iter().zip(&replayed) {
        let change = || change(&item.question, before, after);
        match (passes(item, before), passes(item, after)) {
            (true, false) => report.newly_failing.push(change()),
            (false, true) => report.newly_passing.push(change()),
            _ => {}
        }
    }
    let asked_again = |text: &String| both(text).map(|[before, after]| change(text, &before, &after));
    let changes = recent.par_iter().map(asked_again).collect::<Result<Vec<_>, _>>()?;
    report.answers_changed.extend(changes.into_iter().filter(|change| change.old != change.new));
    report.recent = recent.len();
    let worse = report.newly_failing.len() + report.golden_gone();
    report.held_back = worse as f64 > allowed * report.golden.max(report.golden_before) as f64;
    Ok(())
}

fn change(question: &str, before: &Said, after: &Said) -> AnswerChange {
    AnswerChange { question: question.to_owned(), old: Brief::of(before), new: Brief::of(after) }
}

/// Whether a golden question is answered as it must be: its first excerpt holds an answer and is shown, or, where nothing
/// answers it, it is not answered without reserve.
fn passes(item: &Item, said: &Said) -> bool {
    if !item.is_answerable() {
        return said.outcome != Outcome::Answered;
    }
    said.first.as_ref().is_some_and(|first| {
        let text = bare(&first.excerpt);
        item.is_about(&first.path) && item.answers.iter().any(|answer| text.contains(&bare(answer)))
    })
}

/// The golden questions of a knowledge folder. What cannot be read, and lines that are none, a check tells.
pub(super) fn golden(folder: &Path) -> Vec<Item> {
    let text = beside::read(&Disk::default(), folder, QUESTIONS_FILE).ok().flatten().unwrap_or_default();
    items(&text).filter_map(|(_, item)| item.ok()).collect()
}
