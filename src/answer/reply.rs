//! A question and the knowledge make an [`Answer`]: citations, or an honest refusal.

use std::collections::BTreeSet;
use std::ops::Range;

use super::confidence::{Confidence, confidence};
use super::detail::{Missing, missing};
use super::knowledge::Knowledge;
use super::pick::{Pick, pick};
use super::question::Question;
use super::rank::{Candidate, rank};
use super::reading::{Reading, Readings};
use super::understood::Understood;
use super::weights::MODEL;
use crate::analysis::script::{fold, slice};
use crate::analysis::terms::Kind;
use crate::corpus::Source;
use crate::index::IndexError;

/// Passages that are looked at closely.
const CANDIDATES: usize = 12;

/// How a question is to be answered.
#[derive(Debug, Clone)]
pub struct Options {
    /// The most citations.
    pub limit: usize,
    /// The longest excerpt, in characters.
    pub excerpt_chars: usize,
    /// Take the question literally: nothing is repaired, recognised by sound, or expanded.
    pub literal: bool,
    /// Parks taken from before, by number, for a question that names none.
    pub parks: BTreeSet<usize>,
    /// A passage that is treated as if it were not there: for measuring refusals.
    pub without: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { limit: 3, excerpt_chars: 160, literal: false, parks: BTreeSet::new(), without: None }
    }
}

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The first citation answers it.
    Answered,
    /// The citations are near; what they do not give is said.
    Unsure,
    /// No document answers it.
    Declined,
}

/// The reply to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What became of it.
    pub outcome: Outcome,
    /// How likely the first citation answers, 0 to 1.
    pub confidence: f64,
    /// How the question was understood, where that differs from what was typed.
    pub understood: Vec<Understood>,
    /// Words of the question, as typed, for which nothing stands near.
    pub missing: Vec<String>,
    /// The excerpts, best first; none if it is declined.
    pub citations: Vec<Citation>,
    /// The nearest sections, if it is declined.
    pub nearest: Vec<Nearest>,
    /// The parks whose documents were searched, by number; none means all.
    pub parks: BTreeSet<usize>,
}

/// An excerpt and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// Number of its passage in the corpus.
    pub passage: usize,
    /// What is quoted.
    pub excerpt: Excerpt,
    /// The path of headings above it.
    pub headings: Vec<String>,
    /// Its document.
    pub source: Source,
    /// How likely it answers, 0 to 1.
    pub confidence: f64,
}

/// A stretch of a document, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands there.
    pub text: String,
    /// First byte in the document's cleaned text.
    pub start: usize,
    /// One past its last byte there.
    pub end: usize,
    /// What of it matches the question, as byte ranges of `text`, in order, none touching another.
    pub highlights: Vec<Range<usize>>,
}

/// Something near a question that was declined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Number of its passage in the corpus.
    pub passage: usize,
    /// The path of headings above it.
    pub headings: Vec<String>,
    /// Its document.
    pub source: Source,
}

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
    let reading = Reading::new(fold(question.text()).chars, knowledge, &how);
    let candidates = candidates(knowledge, &reading, options)?;
    let confidence = confidence(&reading, &candidates, &MODEL);
    let probability = confidence.as_ref().map_or(0.0, Confidence::probability);
    let picks = spread(knowledge, &reading, &candidates, options);
    let cite = |pick: &Pick| citation(knowledge, &reading, &candidates[pick.candidate], pick.window, probability);
    let citations: Vec<Citation> = picks.iter().map(cite).collect();
    let missing = candidates.first().map_or_else(Vec::new, |best| missing(&reading, knowledge, best));
    let answer = compose(knowledge, question, options, &reading, &candidates, probability, &citations, &missing);
    Ok(Trace { reading, candidates, confidence, missing, citations, answer })
}

/// The passages of the scope that may answer, best first; all passages if the scope has none.
fn candidates(knowledge: &Knowledge, reading: &Reading, options: &Options) -> Result<Vec<Candidate>, IndexError> {
    let query = reading.query(knowledge);
    let mut hits = Vec::new();
    // Every park that is named gets its share, so that a question about two is answered from both.
    for &park in &reading.parks {
        let scope = knowledge.parks.passages(&BTreeSet::from([park]));
        hits.extend(knowledge.index.search(&query, &scope, CANDIDATES)?);
    }
    hits.retain(|hit| Some(hit.passage) != options.without);
    if hits.is_empty() {
        hits = knowledge.index.search(&query, &[], CANDIDATES)?;
        hits.retain(|hit| Some(hit.passage) != options.without);
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)));
    Ok(rank(&knowledge.corpus, reading, &hits, options.excerpt_chars, &MODEL))
}

fn compose(
    knowledge: &Knowledge,
    question: &Question,
    options: &Options,
    reading: &Reading,
    candidates: &[Candidate],
    probability: f64,
    citations: &[Citation],
    absent: &[Missing],
) -> Answer {
    let outcome = match probability {
        // The thing is there and the detail is not: neither an answer nor a refusal.
        p if !absent.is_empty() && p >= MODEL.partial && known(reading, candidates) => Outcome::Unsure,
        _ if !absent.is_empty() => Outcome::Declined,
        p if p >= MODEL.answered => Outcome::Answered,
        p if p >= MODEL.unsure => Outcome::Unsure,
        _ => Outcome::Declined,
    };
    let missing = match outcome {
        Outcome::Declined => uncovered(question, reading, knowledge),
        _ => asked_in_vain(question, absent),
    };
    Answer {
        outcome,
        confidence: probability,
        understood: understood(question, reading, knowledge, options),
        missing,
        citations: if outcome == Outcome::Declined { Vec::new() } else { citations.to_vec() },
        nearest: if outcome == Outcome::Declined { nearest(knowledge, candidates) } else { Vec::new() },
        parks: reading.parks.clone(),
    }
}

/// Whether the thing asked about is known: its park is, or the best passage holds most of the question.
fn known(reading: &Reading, candidates: &[Candidate]) -> bool {
    const MOST: f32 = 0.6;
    let covered = super::PASSAGE_FEATURES.iter().position(|name| *name == "p_cov_wd");
    let covered = |candidate: &Candidate| covered.is_some_and(|at| candidate.features[at] >= MOST);
    !reading.parks.is_empty() || candidates.first().is_some_and(covered)
}

/// Chooses excerpts; where several parks are named, each park's best comes before any second best.
fn spread(knowledge: &Knowledge, reading: &Reading, candidates: &[Candidate], options: &Options) -> Vec<Pick> {
    let picks = pick(candidates, options.limit.max(reading.parks.len() * options.limit));
    let park = |pick: &Pick| {
        let document = knowledge.corpus.passages[candidates[pick.candidate].hit.passage].document;
        knowledge.parks.of_document(document)
    };
    if reading.parks.len() < 2 {
        return picks.into_iter().take(options.limit).collect();
    }
    let mut turns: Vec<(usize, Pick)> = Vec::new();
    for pick in picks {
        let turn = turns.iter().filter(|(_, other)| park(other) == park(&pick)).count();
        turns.push((turn, pick));
    }
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, pick)| pick).take(options.limit).collect()
}

fn citation(knowledge: &Knowledge, reading: &Reading, candidate: &Candidate, window: usize, probability: f64) -> Citation {
    let passage = &knowledge.corpus.passages[candidate.hit.passage];
    let range = candidate.windows[window].range.clone();
    let bytes = candidate.sight.folded.bytes(range.clone());
    let text = slice(knowledge.corpus.text(passage), bytes.clone()).to_owned();
    let start = passage.range.start + bytes.start;
    let mut marks = vec![false; range.len()];
    for (token, places) in reading.tokens.iter().zip(&candidate.sight.places) {
        if token.kind == Kind::Unigram {
            continue;
        }
        for place in places.iter().filter(|place| range.start <= place.range.start && place.range.end <= range.end) {
            marks[place.range.start - range.start..place.range.end - range.start].fill(true);
        }
    }
    let mut highlights: Vec<Range<usize>> = Vec::new();
    let offsets = &candidate.sight.folded.offsets;
    for at in (0..marks.len()).filter(|&at| marks[at]) {
        let char = offsets[range.start + at] - bytes.start..offsets[range.start + at + 1] - bytes.start;
        match highlights.last_mut() {
            Some(last) if last.end == char.start => last.end = char.end,
            _ => highlights.push(char),
        }
    }
    Citation {
        passage: candidate.hit.passage,
        excerpt: Excerpt { end: start + text.len(), text, start, highlights },
        headings: passage.headings.clone(),
        source: knowledge.corpus.source(passage).clone(),
        confidence: probability,
    }
}

fn nearest(knowledge: &Knowledge, candidates: &[Candidate]) -> Vec<Nearest> {
    const MAX_NEAREST: usize = 3;
    let mut nearest: Vec<Nearest> = Vec::new();
    for candidate in candidates {
        let passage = &knowledge.corpus.passages[candidate.hit.passage];
        let source = knowledge.corpus.source(passage);
        if nearest.len() < MAX_NEAREST && nearest.iter().all(|other| other.source.path != source.path) {
            let headings = passage.headings.clone();
            nearest.push(Nearest { passage: candidate.hit.passage, headings, source: source.clone() });
        }
    }
    nearest
}

/// What is asked for in vain, as typed; of stretches that overlap the longest.
fn asked_in_vain(question: &Question, absent: &[Missing]) -> Vec<String> {
    let typed = fold(question.text());
    let mut ranges: Vec<Range<usize>> = absent.iter().map(|missing| missing.range.clone()).collect();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.len()));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if kept.iter().all(|other| other.end <= range.start || range.end <= other.start) {
            kept.push(range);
        }
    }
    kept.sort_by_key(|range| range.start);
    kept.into_iter().map(|range| slice(question.text(), typed.bytes(range)).trim().to_owned()).collect()
}

/// The words of a question, as typed, that no document holds, neither themselves nor by another word.
fn uncovered(question: &Question, reading: &Reading, knowledge: &Knowledge) -> Vec<String> {
    let typed = fold(question.text());
    let words = knowledge.analyzer.words(&reading.chars).into_iter();
    let keyed = |word: &Range<usize>| reading.keys.iter().any(|key| key.range.start < word.end && word.start < key.range.end);
    let missing = words.filter(|word| {
        let text: String = reading.chars[word.clone()].iter().collect();
        !super::kind::is_stopword(&text) && !keyed(word) && !super::reading::holds(knowledge, &reading.chars[word.clone()], &[])
    });
    missing.map(|word| slice(question.text(), typed.bytes(word)).to_owned()).collect()
}

fn understood(question: &Question, reading: &Reading, knowledge: &Knowledge, options: &Options) -> Vec<Understood> {
    let typed = fold(question.text());
    let as_typed = |range: &Range<usize>| slice(question.text(), typed.bytes(range.clone())).to_owned();
    let repaired = reading.named.iter().filter(|named| !named.exact);
    let mut all: Vec<Understood> = repaired
        .map(|named| Understood::Repaired { typed: as_typed(&named.range), read: named.alias.clone() })
        .collect();
    for key in &reading.keys {
        let mut find: Vec<String> = key.find.iter().map(|word| word.iter().collect()).collect();
        let typed = as_typed(&key.range);
        all.push(match find.as_slice() {
            [_] if key.spelled => Understood::Repaired { typed, read: find.swap_remove(0) },
            _ => Understood::Expanded { typed, read: find },
        });
    }
    if reading.named.is_empty() {
        let names = options.parks.iter().filter_map(|&park| knowledge.parks.all.get(park));
        all.extend(names.map(|park| Understood::Carried { park: park.name.clone() }));
    }
    all.dedup();
    all
}
