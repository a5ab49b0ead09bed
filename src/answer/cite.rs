//! Which excerpts are shown, and each as a [`Citation`]: where it stands, and what of it matches the question.

use std::ops::Range;

use super::grammar::GRAMMAR;
use super::knowledge::Knowledge;
use super::pick::{Pick, picks};
use super::rank::Candidate;
use super::reading::Reading;
use super::reply::{Citation, Excerpt, Options};
use super::sight::Sight;
use crate::analysis::script::{is_han, slice};
use crate::analysis::stretch::is_inside;
use crate::analysis::terms::Kind;

/// Chooses excerpts; where several parks are named, each park's best comes before any second best.
pub(super) fn spread(
    knowledge: &Knowledge,
    reading: &Reading,
    candidates: &[Candidate],
    options: &Options,
) -> Vec<Pick> {
    let picks = picks(candidates, options.excerpt_chars);
    let park = |pick: &Pick| {
        let document = knowledge.corpus.passages[candidates[pick.candidate].hit.passage].document;
        knowledge.parks.of_document(document)
    };
    if reading.parks.len() < 2 {
        return picks.take(options.limit).collect();
    }
    let mut turns: Vec<(usize, Pick)> = Vec::new();
    for pick in picks.take(reading.parks.len() * options.limit) {
        let turn = turns.iter().filter(|(_, other)| park(other) == park(&pick)).count();
        turns.push((turn, pick));
        // What follows comes after these in any case.
        if turns.iter().filter(|(turn, _)| *turn == 0).count() == options.limit {
            break;
        }
    }
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, pick)| pick).take(options.limit).collect()
}

/// Cites a window of a candidate.
pub(super) fn cite(
    knowledge: &Knowledge,
    reading: &Reading,
    candidate: &Candidate,
    window: usize,
    probability: f64,
    options: &Options,
) -> Citation {
    let passage = &knowledge.corpus.passages[candidate.hit.passage];
    let range = candidate.windows[window].range.clone();
    let bytes = candidate.sight.folded.bytes(range.clone());
    let text = slice(knowledge.corpus.text(passage), bytes.clone()).to_owned();
    let start = passage.range.start + bytes.start;
    let mut marks = vec![false; range.len()];
    let phrases = reading.tokens.iter().zip(&candidate.sight.places).filter(|(token, _)| token.kind != Kind::Unigram);
    // A single character, as 家 in 多少家, is no match that helps a reader.
    let matched = phrases
        .flat_map(|(_, places)| places)
        .map(|place| place.range.clone())
        .filter(|range| range.len() > 1 || !is_han(candidate.sight.folded.chars[range.start]));
    for place in matched.chain(measured(reading, &candidate.sight)) {
        if is_inside(&place, &range) {
            marks[place.start - range.start..place.end - range.start].fill(true);
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
        headings: passage.headings.to_vec(),
        source: knowledge.corpus.source(passage).clone(),
        confidence: probability,
        lapse: knowledge.validity.lapse(&knowledge.corpus, passage.document, options.today.as_ref()),
    }
}

/// The numbers in the unit asked for, with what belongs to them: 1000家以上.
fn measured(reading: &Reading, sight: &Sight) -> Vec<Range<usize>> {
    let unit: Vec<char> = reading.asked.unit.iter().flat_map(|unit| unit.chars()).collect();
    let chars = &sight.folded.chars;
    let whole = |number: &Range<usize>| {
        // Between a number and its unit stands at most 余万 or the like.
        let starts = (number.end..=(number.end + 3).min(chars.len())).find(|at| chars[*at..].starts_with(&unit));
        let mut end = starts.map_or(number.end, |at| at + unit.len());
        let bound: String = chars[end..].iter().take(2).collect();
        if GRAMMAR.bounds.contains(&bound) {
            end += 2;
        }
        number.start..end
    };
    sight.measured.iter().map(whole).collect()
}
