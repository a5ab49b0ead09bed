//! One question of a set, asked and judged.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::set::Item;
use crate::analysis::script::{Script, fold_char, script, simplified, traditional};
use crate::answer::{Citation, Knowledge, Options, Outcome, Question, trace};
use crate::index::IndexError;

/// What became of a question of a set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The question's id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What was asked, after conversions.
    pub question: String,
    /// Whether something answers it.
    pub answerable: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// The confidence of the reply, 0 to 1.
    pub confidence: f64,
    /// The words said to be missing.
    pub missing: Vec<String>,
    /// Place of the right passage or document among the candidates, from 1; `None` if it is not among them.
    pub rank: Option<usize>,
    /// Place of the first citation that holds an answer, from 1, as if nothing were declined.
    pub right: Option<usize>,
    /// Whether the first citation is of a right document, as if nothing were declined.
    pub document: bool,
    /// The first excerpt, as if nothing were declined.
    pub excerpt: String,
    /// The path of its document.
    pub path: String,
    /// The confidence if the question's own passage is taken away; only where that was asked for.
    pub without_gold: Option<f64>,
    /// How long the reply took, in microseconds.
    pub micros: u64,
}

impl Judgement {
    /// Whether the first excerpt holds an answer, or, where nothing answers, whether it was not answered.
    pub fn is_well_answered(&self) -> bool {
        if self.answerable { self.right == Some(1) } else { self.outcome != Outcome::Answered }
    }
}

/// How questions are asked.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// The options of every question.
    pub options: Options,
    /// Whether questions are written in the other script.
    pub other_script: bool,
    /// Whether each question is asked again without its own passage.
    pub without_gold: bool,
}

/// Asks and judges one question. `passages` says which passage has which id, for sets about passages.
///
/// # Errors
/// If the index fails.
pub fn judge(
    knowledge: &Knowledge,
    item: &Item,
    asking: &Asking,
    passages: &BTreeMap<String, usize>,
) -> Result<Judgement, IndexError> {
    let text = if asking.other_script { other_script(&item.question) } else { item.question.clone() };
    let question = Question::new(&text);
    let started = Instant::now();
    let trace = match &question {
        Ok(question) => Some(trace(knowledge, question, &asking.options)?),
        Err(_) => None,
    };
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let gold = item.passage.as_ref().and_then(|id| passages.get(id)).copied();
    let mut without_gold = None;
    if let (true, Some(gold), Ok(question)) = (asking.without_gold, gold, &question) {
        let options = Options { without: Some(gold), ..asking.options.clone() };
        without_gold = Some(crate::answer::trace(knowledge, question, &options)?.answer.confidence);
    }
    let path_of = |passage: usize| {
        let passage = &knowledge.corpus.passages[passage];
        knowledge.corpus.source(passage).path.as_str()
    };
    let citations: &[Citation] = trace.as_ref().map_or(&[], |trace| trace.citations.as_slice());
    let first = citations.first();
    let holds = |citation: &Citation| {
        let text = bare(&citation.excerpt.text);
        item.is_about(&citation.source.path) && item.answers.iter().any(|answer| text.contains(&bare(answer)))
    };
    let candidates = trace.iter().flat_map(|trace| &trace.candidates);
    let (outcome, confidence, missing) = trace.as_ref().map_or((Outcome::Declined, 0.0, Vec::new()), |trace| {
        (trace.answer.outcome, trace.answer.confidence, trace.answer.missing.clone())
    });
    Ok(Judgement {
        id: item.id.clone(),
        kind: item.kind.clone().unwrap_or_else(|| "passage".to_owned()),
        question: text,
        answerable: item.is_answerable(),
        outcome,
        confidence,
        missing,
        rank: candidates.map(|c| item.is_about(path_of(c.hit.passage))).position(|right| right).map(|at| at + 1),
        right: citations.iter().position(holds).map(|at| at + 1),
        document: first.is_some_and(|citation| item.is_about(&citation.source.path)),
        excerpt: first.map(|citation| citation.excerpt.text.clone()).unwrap_or_default(),
        path: first.map(|citation| citation.source.path.clone()).unwrap_or_default(),
        without_gold,
        micros,
    })
}

/// Folded, without spaces and punctuation: how answers are compared.
pub fn bare(text: &str) -> String {
    text.chars().map(fold_char).filter(|c| c.is_alphanumeric()).collect()
}

/// A question in the other script; one without Chinese characters stays.
fn other_script(text: &str) -> String {
    match script(text) {
        Script::Traditional => simplified(text),
        Script::Simplified | Script::Either => traditional(text),
        Script::Other => text.to_owned(),
    }
}
