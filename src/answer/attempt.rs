//! One attempt to read a question and find its answer, and further ones where it seems mistyped.

use std::collections::BTreeSet;

use super::confidence::{Confidence, confidence};
use super::detail::{Missing, missing, prefer};
use super::excerpt::Window;
use super::knowledge::Knowledge;
use super::rank::{Candidate, rank};
use super::reading::{Reading, Readings};
use super::repair::{Repair, repairs};
use super::reply::Options;
use super::weights::MODEL;
use crate::analysis::script::fold;
use crate::index::{Hit, IndexError};

/// From this probability on nothing is repaired: the question is understood as it is.
const SURE: f64 = 0.9;
/// How much a repair must add to the logit of the confidence …
const MIN_GAIN: f32 = 2.0;
/// … and where a park is named: among its few passages hardly anything fits by chance.
const MIN_GAIN_IN_PARK: f32 = 1.5;
/// A repair is weighed only if it is found so many times as well.
const MIN_FOUND: f32 = 1.02;
/// The logit of an answer to the very question that was asked.
const SAME_QUESTION_LOGIT: f32 = 5.0;
/// Passages that are looked at closely: BM25 has the right one among them, also where people speak in other words.
const CANDIDATES: usize = 12;
/// Where they speak in the words of the text, a passage to which BM25 gives less than this share of the best is no
/// candidate.
const LEAST_SHARE: f32 = 0.5;

/// One way to read a question, and what comes of it.
pub(super) struct Attempt {
    pub(super) reading: Reading,
    pub(super) candidates: Vec<Candidate>,
    pub(super) confidence: Option<Confidence>,
    /// What the best candidate does not give; nothing where it is the answer to this very question.
    pub(super) absent: Vec<Missing>,
    /// Whether the best candidate is the answer to this very question.
    pub(super) same: bool,
    /// How well the best passage was found, by BM25.
    found: f32,
}

/// Reads a question, finds candidates and weighs them.
pub(super) fn attempt(
    knowledge: &Knowledge,
    chars: Vec<char>,
    how: &Readings,
    options: &Options,
) -> Result<Attempt, IndexError> {
    let reading = Reading::new(chars, knowledge, how);
    let hits = hits(knowledge, &reading, options)?;
    Ok(weigh(knowledge, reading, &hits, options))
}

/// Weighs what was found for a question.
fn weigh(knowledge: &Knowledge, reading: Reading, hits: &[Hit], options: &Options) -> Attempt {
    let ranking = MODEL.ranking(reading.about_parks);
    let mut candidates = rank(&knowledge.corpus, &reading, hits, options.excerpt_chars, ranking);
    if reading.about_parks {
        prefer(&reading, knowledge, &mut candidates);
    }
    let mut absent = candidates.first().map_or_else(Vec::new, |best| missing(&reading, knowledge, best));
    let mut confidence = confidence(&reading, knowledge, &candidates, absent.len(), &MODEL);
    let same = asked_before(knowledge, &reading, &mut candidates);
    if same {
        absent.clear();
    }
    if let Some(confidence) = confidence.as_mut().filter(|_| same) {
        confidence.logit = confidence.logit.max(SAME_QUESTION_LOGIT);
    }
    Attempt { reading, candidates, confidence, absent, same, found: found(hits) }
}

/// How well the best of some hits fits, by BM25.
fn found(hits: &[Hit]) -> f32 {
    hits.iter().map(|hit| hit.score).fold(0.0, f32::max)
}

/// Repairs what seems mistyped, one character after another, as long as each makes the answer clearly likelier.
pub(super) fn mend(
    knowledge: &Knowledge,
    mut attempt: Attempt,
    how: &Readings,
    options: &Options,
) -> Result<(Attempt, Vec<Repair>), IndexError> {
    let mut kept = Vec::new();
    let sure = attempt.confidence.as_ref().is_some_and(|confidence| confidence.probability() >= SURE);
    if attempt.same || sure {
        return Ok((attempt, kept));
    }
    for repair in repairs(&attempt.reading, knowledge) {
        let mut chars = attempt.reading.uncut.clone();
        chars[repair.at] = repair.read;
        let reading = Reading::new(chars, knowledge, how);
        let hits = hits(knowledge, &reading, options)?;
        // What is meant is found better than what was typed; weighing is dear.
        if found(&hits) < MIN_FOUND * attempt.found {
            continue;
        }
        let next = weigh(knowledge, reading, &hits, options);
        let logit = |attempt: &Attempt| attempt.confidence.as_ref().map_or(f32::MIN, |confidence| confidence.logit);
        let least = if next.reading.parks.is_empty() { MIN_GAIN } else { MIN_GAIN_IN_PARK };
        if logit(&next) > logit(&attempt) + least {
            kept.push(repair);
            let named = std::mem::take(&mut attempt.reading.named);
            attempt = next;
            // Names that were repaired before stay repaired names.
            for name in named.into_iter().filter(|name| !name.exact) {
                attempt.reading.named.iter_mut().filter(|n| n.range == name.range).for_each(|n| n.exact = false);
            }
        }
    }
    Ok((attempt, kept))
}

/// Whether some candidate answers a question that is nearly this one; it becomes the first, quoted from its start.
fn asked_before(knowledge: &Knowledge, reading: &Reading, candidates: &mut Vec<Candidate>) -> bool {
    let asked: Vec<char> = reading.uncut.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let found = candidates.iter().position(|candidate| {
        let passage = &knowledge.corpus.passages[candidate.hit.passage];
        let heading = passage.headings.last().filter(|_| passage.answers_heading);
        heading.is_some_and(|heading| is_same_question(&asked, &fold(heading).chars))
    });
    let Some(found) = found else { return false };
    let mut first = candidates.remove(found);
    let start = |window: &Window| (window.range.start, std::cmp::Reverse(window.range.end));
    first.windows.sort_by_key(start);
    candidates.insert(0, first);
    true
}

/// Whether two questions are the same but for small words: most of their pairs of characters, and all their numbers.
fn is_same_question(asked: &[char], heading: &[char]) -> bool {
    const LEAST_SHARED: f32 = 0.85;
    let heading: Vec<char> = heading.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let digits = |text: &[char]| text.iter().copied().filter(char::is_ascii_digit).collect::<String>();
    if asked == heading {
        return true;
    }
    if asked.len() < 4 || heading.len() < 4 || digits(asked) != digits(&heading) {
        return false;
    }
    let pairs = |text: &[char]| text.windows(2).map(|pair| [pair[0], pair[1]]).collect::<BTreeSet<_>>();
    let (a, b) = (pairs(asked), pairs(&heading));
    2.0 * a.intersection(&b).count() as f32 >= LEAST_SHARED * (a.len() + b.len()) as f32
}

/// The passages of the scope that may answer, best first; all passages if the scope has none.
fn hits(knowledge: &Knowledge, reading: &Reading, options: &Options) -> Result<Vec<Hit>, IndexError> {
    let query = reading.query(knowledge);
    let query = knowledge.index.prepare(&query)?;
    let mut hits = Vec::new();
    // Every park that is named gets its share, so that a question about two is answered from both.
    for &park in &reading.parks {
        let scope = knowledge.parks.passages(&BTreeSet::from([park]));
        hits.extend(query.search(&scope, CANDIDATES)?);
    }
    hits.retain(|hit| Some(hit.passage) != options.without);
    if hits.is_empty() {
        let elsewhere = if reading.unwanted.is_empty() { Vec::new() } else { reading.elsewhere(knowledge) };
        // No scope is all passages, which would be the unwanted ones.
        if reading.unwanted.is_empty() || !elsewhere.is_empty() {
            hits = query.search(&elsewhere, CANDIDATES)?;
        }
        hits.retain(|hit| Some(hit.passage) != options.without);
        let least = hits.first().filter(|_| !reading.about_parks).map_or(0.0, |best| LEAST_SHARE * best.score);
        hits.retain(|hit| hit.score >= least);
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)));
    Ok(hits)
}
