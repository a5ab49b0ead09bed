//! What is known of each window of a passage: its features. Knows nothing of how they are weighed.

use std::ops::Range;
use std::sync::LazyLock;

use super::coverage::Coverage;
use super::grammar::GRAMMAR;
use super::highest::Highest;
use super::reading::Reading;
use super::sight::Sight;
use super::weights::{WINDOW_FEATURES, WindowFeatures, ratio};
use crate::analysis::stretch::{is_inside, trim};
use crate::analysis::terms::Kind;

/// Whether a text starts with a word that points back to what stands before it.
pub(super) fn points_back(text: &[char]) -> bool {
    static FIRSTS: LazyLock<Vec<char>> =
        LazyLock::new(|| GRAMMAR.back.iter().filter_map(|word| word.chars().next()).collect());
    text.first().is_some_and(|first| FIRSTS.contains(first))
        && GRAMMAR.back.iter().any(|word| {
            let mut chars = text.iter();
            word.chars().all(|c| chars.next() == Some(&c)) && chars.next().is_some()
        })
}

/// What all windows of a passage share.
pub(super) struct Frame<'a> {
    reading: &'a Reading,
    sight: &'a Sight,
    limit: f32,
    /// What the window covers of the question.
    coverage: Coverage<'a>,
    /// What a part of a sentence covers of it.
    part: Coverage<'a>,
    /// Σ idf of the bigrams outside the title.
    untitled: f32,
    focus: f32,
    /// How many characters of the spans stand before each character.
    spans_before: Vec<usize>,
    /// The feature that repeats `tmatch` for the type of answer asked for.
    typed: Option<usize>,
    /// Where the first character stands that is no white space.
    first: usize,
    /// Where the question is densest, at each kind of place; `None` where there is no such place.
    span_density: Option<Highest>,
    measured_density: Option<Highest>,
    unmatched_density: Option<Highest>,
    matches: Vec<Range<usize>>,
    untitled_matches: Vec<Range<usize>>,
    /// For each sentence, how much of the bigrams outside the title it covers.
    covered: Vec<f32>,
    /// The sentence that covers most of the question.
    best: Option<usize>,
    /// What the sentence covers up to a place inside it, and from a place inside it on; computed when first asked for.
    until: Vec<Option<f32>>,
    since: Vec<Option<f32>>,
    sentence_starts: Vec<bool>,
    sentence_ends: Vec<bool>,
}

impl<'a> Frame<'a> {
    /// A frame of a passage for windows of at most `limit` characters.
    pub(super) fn new(reading: &'a Reading, sight: &'a Sight, limit: usize) -> Self {
        let chars = &sight.folded.chars;
        let length = chars.len();
        let (spans, measured) = (marked(&sight.spans, length), marked(&sight.measured, length));
        let density = |any: bool, keep: &dyn Fn(usize) -> bool| {
            let values = (0..length).map(|at| if keep(at) { sight.density[at] } else { 0.0 });
            any.then(|| Highest::new(values.collect()))
        };
        let phrases = reading.tokens.iter().zip(&reading.focus).filter(|(token, _)| token.kind != Kind::Unigram);
        let bigrams = || reading.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Bigram);
        let untitled = || bigrams().filter(|(number, _)| sight.in_title[*number] == 0.0);
        let places = |number: usize| sight.places[number].iter().map(|place| place.range.clone());
        let mut matches: Vec<_> = bigrams().flat_map(|(number, _)| places(number)).collect();
        let mut untitled_matches: Vec<_> = untitled().flat_map(|(number, _)| places(number)).collect();
        matches.sort_by_key(|range| range.start);
        untitled_matches.sort_by_key(|range| range.end);
        let (mut sentence_starts, mut sentence_ends) = (vec![false; length + 1], vec![false; length + 1]);
        for sentence in &sight.sentences {
            let sentence = trim(chars, sentence.clone());
            sentence_starts[sentence.start] = true;
            sentence_ends[sentence.end] = true;
        }
        let typed = reading.asked.kind.and_then(|kind| {
            WINDOW_FEATURES.iter().position(|name| name.strip_prefix("tm_").is_some_and(|name| name == kind.name))
        });
        let coverage = Coverage::new(reading, sight);
        let mut part = coverage.clone();
        let (covered, best) = by_sentence(&mut part, &sight.sentences);
        Self {
            reading,
            sight,
            limit: limit.max(1) as f32,
            coverage,
            part,
            untitled: untitled().map(|(_, token)| token.idf).sum(),
            focus: phrases.map(|(token, focus)| token.idf * focus).sum(),
            span_density: density(!sight.spans.is_empty(), &|at| spans[at] && !sight.matched[at]),
            measured_density: density(!sight.measured.is_empty(), &|at| measured[at]),
            unmatched_density: density(true, &|at| !sight.matched[at]),
            spans_before: counted_before(&spans),
            typed,
            first: chars.iter().position(|c| !c.is_whitespace()).unwrap_or(length),
            matches,
            untitled_matches,
            covered,
            best,
            until: vec![None; length + 1],
            since: vec![None; length + 1],
            sentence_starts,
            sentence_ends,
        }
    }

    /// The features of a window; cheap where it starts as the one before and ends no earlier.
    pub(super) fn features(&mut self, window: &Range<usize>) -> WindowFeatures {
        let sums = self.coverage.of(window);
        let best_sentence = self.best_sentence(window, sums.untitled);
        let [un, bi, wd] = [Kind::Unigram, Kind::Bigram, Kind::Word].map(|kind| kind as usize);
        let share = |sums: &[f32; 3], kind: usize| ratio(sums[kind], self.reading.idf[kind]);
        let dense = |highest: &Option<Highest>| {
            ratio(highest.as_ref().map_or(0.0, |highest| highest.within(window)), self.reading.idf[bi])
        };
        let tmatch = dense(&self.span_density);
        let (after, done) = self.after_last_match(window);
        let flag = |flag: bool| f32::from(u8::from(flag));
        let mut values: WindowFeatures = [
            share(&sums.inside, bi),
            share(&sums.inside, wd),
            share(&sums.inside, un),
            share(&sums.titled, bi),
            share(&sums.titled, wd),
            share(&sums.titled, un),
            ratio(sums.untitled, self.untitled),
            tmatch,
            flag(self.spans_before[window.end] > self.spans_before[window.start]),
            dense(&self.unmatched_density),
            ratio(sums.ordered, self.reading.idf[bi]),
            flag(self.sentence_starts[window.start]),
            flag(self.sentence_ends[window.end]),
            flag(window.start <= self.first),
            window.len() as f32 / self.limit,
            self.before_first_match(window),
            after,
            flag(done),
            // The six types of answer, of which at most one is asked for.
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            ratio(sums.focused, self.focus),
            best_sentence,
            dense(&self.measured_density),
            flag(points_back(&self.sight.folded.chars[window.clone()])),
            self.best_part(window),
            flag(self.holds_neighbour(window, usize::checked_sub)),
            flag(self.holds_neighbour(window, usize::checked_add)),
            self.facets(window),
        ];
        if let Some(typed) = self.typed {
            values[typed] = tmatch;
        }
        values
    }

    /// The share of the facets asked for that the window says.
    fn facets(&self, window: &Range<usize>) -> f32 {
        let is_said = |spans: &&Vec<Range<usize>>| spans.iter().any(|span| is_inside(span, window));
        let said = self.sight.facets.iter().filter(is_said).count();
        ratio(said as f32, self.sight.facets.len() as f32)
    }

    /// How much of the best sentence of the passage stands in the window.
    fn best_part(&self, window: &Range<usize>) -> f32 {
        self.best.and_then(|best| self.sight.sentences.get(best)).map_or(0.0, |best| {
            let inside = best.end.min(window.end).saturating_sub(best.start.max(window.start));
            ratio(inside as f32, best.len() as f32)
        })
    }

    /// Whether the whole sentence beside the best one stands in the window.
    fn holds_neighbour(&self, window: &Range<usize>, step: fn(usize, usize) -> Option<usize>) -> bool {
        let neighbour = self.best.and_then(|best| step(best, 1)).and_then(|beside| self.sight.sentences.get(beside));
        neighbour.is_some_and(|range| is_inside(&trim(&self.sight.folded.chars, range.clone()), window))
    }

    /// The most that one sentence, as far as the window holds it, covers of the bigrams outside the title. `all` is what
    /// the window covers of them.
    fn best_sentence(&mut self, window: &Range<usize>, all: f32) -> f32 {
        let sentences = &self.sight.sentences;
        let from = sentences.partition_point(|sentence| sentence.end <= window.start);
        let mut most = 0.0f32;
        for (number, sentence) in sentences.iter().enumerate().skip(from) {
            if sentence.start >= window.end {
                break;
            }
            let (begins, ends) = (window.start <= sentence.start, sentence.end <= window.end);
            let covered = match (begins, ends) {
                (true, true) => self.covered[number],
                (false, false) => all,
                (true, false) => {
                    *self.until[window.end].get_or_insert_with(|| self.part.of(&(sentence.start..window.end)).untitled)
                }
                (false, true) => *self.since[window.start]
                    .get_or_insert_with(|| self.part.of(&(window.start..sentence.end)).untitled),
            };
            most = most.max(covered);
        }
        ratio(most, self.untitled)
    }

    fn before_first_match(&self, window: &Range<usize>) -> f32 {
        let from = self.matches.partition_point(|range| range.start < window.start);
        let first = self.matches[from..].iter().find(|range| range.end <= window.end);
        first.map_or(0.5, |range| (range.start - window.start) as f32 / self.limit)
    }

    /// For the last match outside the title: how much follows its clause, and whether its sentence ends inside.
    fn after_last_match(&self, window: &Range<usize>) -> (f32, bool) {
        let to = self.untitled_matches.partition_point(|range| range.end <= window.end);
        let last = self.untitled_matches[..to].iter().rev().find(|range| range.start >= window.start);
        let Some(last) = last else { return (0.0, false) };
        let end =
            |pieces: &[Range<usize>]| pieces.get(pieces.partition_point(|piece| piece.end < last.end)).map(|p| p.end);
        let clause = end(&self.sight.clauses).unwrap_or(window.end);
        let sentence = end(&self.sight.sentences).unwrap_or(window.end);
        let chars = &self.sight.folded.chars;
        let done = trim(chars, window.start..sentence.max(window.start)).end <= window.end;
        (window.end.saturating_sub(clause) as f32 / self.limit, done)
    }
}

/// For each of so many characters whether one of the ranges covers it.
fn marked(ranges: &[Range<usize>], length: usize) -> Vec<bool> {
    let mut marks = vec![false; length];
    for range in ranges {
        marks[range.clone()].fill(true);
    }
    marks
}

/// How many marks stand before each place, and before the end.
fn counted_before(marks: &[bool]) -> Vec<usize> {
    let mut counts = vec![0; marks.len() + 1];
    for (at, mark) in marks.iter().enumerate() {
        counts[at + 1] = counts[at] + usize::from(*mark);
    }
    counts
}

/// For each sentence how much of the bigrams outside the title it covers; and the sentence that covers most of the
/// question, the first of equals, if any covers something.
fn by_sentence(part: &mut Coverage, sentences: &[Range<usize>]) -> (Vec<f32>, Option<usize>) {
    let (mut covered, mut best) = (Vec::with_capacity(sentences.len()), None::<(usize, f32)>);
    for (number, sentence) in sentences.iter().enumerate() {
        let sums = part.of(sentence);
        covered.push(sums.untitled);
        let all = sums.inside.iter().sum::<f32>();
        if all > best.map_or(0.0, |(_, most)| most) {
            best = Some((number, all));
        }
    }
    (covered, best.map(|(number, _)| number))
}
