//! A question and the knowledge make an [`Answer`], and a [`Trace`] of all that led to it.

use super::attempt::{Attempt, attempt, mend};
use super::cite::{cite, spread};
use super::compose::{Parts, compose};
use super::confidence::Confidence;
use super::detail::{Missing, missing};
use super::knowledge::Knowledge;
use super::question::Question;
use super::rank::Candidate;
use super::reading::{Reading, Readings};
use super::reply::{Answer, Citation, Options};
use crate::analysis::script::fold;
use crate::index::IndexError;

/// All that led to an answer.
#[derive(Debug)]
pub struct Trace {
    /// How the question was read.
    pub reading: Reading,
    /// The passages looked at, best first.
    pub candidates: Vec<Candidate>,
    /// How likely the best one answers; `None` where there is none.
    pub confidence: Option<Confidence>,
    /// What the question asks for and the best excerpt does not give.
    pub missing: Vec<Missing>,
    /// The citations there would be if nothing were declined.
    pub citations: Vec<Citation>,
    /// What is replied.
    pub answer: Answer,
}

/// Answers a question.
///
/// # Errors
/// If the index fails.
pub fn answer(knowledge: &Knowledge, question: &Question, options: &Options) -> Result<Answer, IndexError> {
    trace(knowledge, question, options).map(|trace| trace.answer)
}

/// Answers a question and tells how.
///
/// # Errors
/// If the index fails.
pub fn trace(knowledge: &Knowledge, question: &Question, options: &Options) -> Result<Trace, IndexError> {
    let how = Readings { literal: options.literal, carried: options.parks.clone() };
    let mut first = attempt(knowledge, fold(question.text()).chars, &how, options)?;
    let mut repaired = Vec::new();
    if !options.literal {
        (first, repaired) = mend(knowledge, first, &how, options)?;
    }
    let Attempt { reading, mut candidates, confidence, absent, same, .. } = first;
    let best = |candidates: &[Candidate]| candidates.first().map(|best| best.hit.passage);
    let before = best(&candidates);
    knowledge.validity.prefer(&knowledge.corpus, &mut candidates, options.today.as_ref());
    let probability = confidence.as_ref().map_or(0.0, Confidence::probability);
    let picks = spread(knowledge, &reading, &candidates, options);
    let citations: Vec<Citation> = (picks.iter())
        .map(|pick| cite(knowledge, &reading, &candidates[pick.candidate], pick.window, probability, options))
        .collect();
    // A question that a document asks itself is answered there.
    let missing = match candidates.first() {
        Some(first) if !same && before != Some(first.hit.passage) => missing(&reading, knowledge, first),
        _ => absent,
    };
    let answer = compose(
        knowledge,
        &Parts {
            question,
            options,
            reading: &reading,
            candidates: &candidates,
            probability,
            citations: &citations,
            absent: &missing,
            repaired: &repaired,
        },
    );
    Ok(Trace { reading, candidates, confidence, missing, citations, answer })
}
