//! Which part of a passage is quoted: its windows, what is known of each, and their score. A window starts and ends at a
//! clause wherever a clause is short enough, never inside a number or a Latin word.

use std::ops::Range;

use super::rank::ratio;
use super::reading::{Reading, Token};
use super::sight::Sight;
use super::weights::{Model, WINDOW_FEATURES, WindowFeatures};
use crate::analysis::script::is_han;
use crate::analysis::terms::Kind;

/// How far before a bigram its predecessor may stand to count as being in order, in characters.
const ORDER_CHARS: usize = 8;

/// A stretch of a passage that could be quoted.
#[derive(Debug, Clone)]
pub struct Window {
    /// Range of characters of the passage, without white space at its ends.
    pub range: Range<usize>,
    /// What is known of it.
    pub features: WindowFeatures,
    /// B: how well it would read as the answer.
    pub score: f32,
}

/// All windows of at most `limit` characters, in reading order.
pub(super) fn windows(reading: &Reading, sight: &Sight, limit: usize, model: &Model) -> Vec<Window> {
    let frame = Frame::new(reading, sight, limit);
    let score = |range: Range<usize>| {
        let features = frame.features(&range);
        Window { score: model.window.of_window(&features), features, range }
    };
    ranges(sight, limit.max(1)).into_iter().map(score).collect()
}

/// The ranges of the windows: from every clause on, by whole clauses; a longer clause is cut, with an extra start in it.
fn ranges(sight: &Sight, limit: usize) -> Vec<Range<usize>> {
    let chars = &sight.folded.chars;
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut add = |range: Range<usize>| {
        let range = trim(chars, range);
        if !range.is_empty() && !ends_with_colon(chars, &range) && ranges.last() != Some(&range) {
            ranges.push(range);
        }
    };
    for (number, clause) in sight.clauses.iter().enumerate() {
        let start = clause.start + chars[clause.clone()].iter().take_while(|c| c.is_whitespace()).count();
        if trim(chars, clause.clone()).len() > limit {
            let mut from = start;
            while from < clause.end {
                let to = cut(chars, from, clause.end.min(from + limit));
                add(from..to);
                if to == clause.end {
                    break;
                }
                from = cut(chars, from, from + limit.div_ceil(2)).max(from + 1);
            }
            continue;
        }
        for last in &sight.clauses[number..] {
            if trim(chars, start..last.end).len() > limit {
                break;
            }
            add(start..last.end);
        }
    }
    if ranges.is_empty() && !chars.is_empty() {
        // Only a colon: there is nothing better to quote.
        let end = cut(chars, 0, chars.len().min(limit));
        ranges.push(trim(chars, 0..end));
    }
    ranges.retain(|range| !range.is_empty());
    ranges
}

/// The range without white space at its ends.
fn trim(chars: &[char], mut range: Range<usize>) -> Range<usize> {
    while range.start < range.end && chars[range.start].is_whitespace() {
        range.start += 1;
    }
    while range.start < range.end && chars[range.end - 1].is_whitespace() {
        range.end -= 1;
    }
    range
}

fn ends_with_colon(chars: &[char], range: &Range<usize>) -> bool {
    matches!(chars.get(range.end.wrapping_sub(1)), Some(':' | '：'))
}

/// The last place at or before `end` where a text may be cut: after a mark, or else not inside a number, a Latin word or
/// a composed character.
fn cut(chars: &[char], start: usize, end: usize) -> usize {
    if end >= chars.len() {
        return chars.len();
    }
    let mark = |at: &usize| matches!(chars[at - 1], '、' | '，' | ',' | '。' | '；' | ' ' | '”' | '」' | '》' | '）' | ')');
    let nearest = (start + (end - start) / 2 + 1..=end).rev().find(mark);
    let inside = |at: usize| {
        let joins = |c: char| (c.is_alphanumeric() && !is_han(c)) || matches!(c, '.' | '%' | '\u{200d}' | '\u{fe0f}');
        (joins(chars[at - 1]) && joins(chars[at])) || is_extension(chars[at])
    };
    let whole = (start + 1..=end).rev().find(|&at| !inside(at));
    nearest.or(whole).unwrap_or(end)
}

/// Whether a character only extends the one before it.
fn is_extension(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20d0}'..='\u{20ff}')
}

/// Whether a text starts with a word that points back to what stands before it.
fn points_back(text: &[char]) -> bool {
    const WORDS: &str = "其 该 这 此 他 她 它 两者 二者 前者 后者 同年 同时 同月 同日 次年 翌年 因此 所以 因而 从而 于是 并 而 但 后来 之后 随后 此后 其后 自此 不过 然而 另外 以上 上述 也 则 又 还";
    WORDS.split(' ').any(|word| text.len() > word.chars().count() && word.chars().zip(text).all(|(a, b)| a == *b))
}

/// What all windows of a passage share.
struct Frame<'a> {
    reading: &'a Reading,
    sight: &'a Sight,
    limit: f32,
    untitled: f32,
    focus: f32,
    span: Vec<bool>,
    measured: Vec<bool>,
    matches: Vec<Range<usize>>,
    untitled_matches: Vec<Range<usize>>,
    /// The sentence that covers most of the question.
    best: Option<usize>,
}

impl<'a> Frame<'a> {
    fn new(reading: &'a Reading, sight: &'a Sight, limit: usize) -> Self {
        let marked = |ranges: &[Range<usize>]| {
            let mut marks = vec![false; sight.folded.chars.len()];
            ranges.iter().for_each(|range| marks[range.clone()].fill(true));
            marks
        };
        let (span, measured) = (marked(&sight.spans), marked(&sight.measured));
        let phrases = reading.tokens.iter().zip(&reading.focus).filter(|(token, _)| token.kind != Kind::Unigram);
        let focus = phrases.map(|(token, focus)| token.idf * focus).sum();
        let bigrams = || reading.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Bigram);
        let untitled = bigrams().filter(|(number, _)| sight.in_title[*number] == 0.0);
        let places = |number: usize| sight.places[number].iter().map(|place| place.range.clone());
        let mut matches: Vec<_> = bigrams().flat_map(|(number, _)| places(number)).collect();
        let mut untitled_matches: Vec<_> = untitled.clone().flat_map(|(number, _)| places(number)).collect();
        matches.sort_by_key(|range| range.start);
        untitled_matches.sort_by_key(|range| range.end);
        let untitled = untitled.map(|(_, token)| token.idf).sum();
        let covered = |sentence: &Range<usize>| {
            let weigh = |(number, token): (usize, &Token)| token.idf * sight.inside(number, sentence);
            reading.tokens.iter().enumerate().map(weigh).sum::<f32>()
        };
        let scores = sight.sentences.iter().map(covered).enumerate();
        let best = scores.fold(None, |best: Option<(usize, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        });
        let best = best.filter(|best| best.1 > 0.0).map(|best| best.0);
        Self { reading, sight, best, limit: limit.max(1) as f32, untitled, focus, span, measured, matches, untitled_matches }
    }

    fn features(&self, window: &Range<usize>) -> WindowFeatures {
        let mut inside = [0.0f32; 3];
        let mut titled = [0.0f32; 3];
        let (mut untitled, mut ordered, mut focused) = (0.0, 0.0, 0.0);
        for (number, token) in self.reading.tokens.iter().enumerate() {
            let credit = self.sight.inside(number, window);
            let in_title = self.sight.in_title[number];
            inside[token.kind as usize] += token.idf * credit;
            titled[token.kind as usize] += token.idf * credit.max(in_title);
            if token.kind == Kind::Bigram && in_title == 0.0 {
                untitled += token.idf * credit;
            }
            if token.kind != Kind::Unigram {
                focused += token.idf * self.reading.focus[number] * credit;
            }
            if credit > 0.0 && token.previous.is_some_and(|previous| self.in_order(previous, number, window)) {
                ordered += token.idf;
            }
        }
        let [un, bi, wd] = [Kind::Unigram, Kind::Bigram, Kind::Word].map(|kind| kind as usize);
        let share = |sums: &[f32; 3], kind: usize| ratio(sums[kind], self.reading.idf[kind]);
        let dense = |filter: &dyn Fn(usize) -> bool| {
            let best = window.clone().filter(|&at| filter(at)).map(|at| self.sight.density[at]).fold(0.0, f32::max);
            ratio(best, self.reading.idf[bi])
        };
        let tmatch = dense(&|at| self.span[at] && !self.sight.matched[at]);
        let typed = |name: &str| if self.reading.asked.kind.is_some_and(|kind| kind.name == name) { tmatch } else { 0.0 };
        let (after, done) = self.after_last_match(window);
        let flag = |flag: bool| f32::from(u8::from(flag));
        let values: WindowFeatures = [
            share(&inside, bi),
            share(&inside, wd),
            share(&inside, un),
            share(&titled, bi),
            share(&titled, wd),
            share(&titled, un),
            ratio(untitled, self.untitled),
            tmatch,
            flag(window.clone().any(|at| self.span[at])),
            dense(&|at| !self.sight.matched[at]),
            ratio(ordered, self.reading.idf[bi]),
            flag(self.starts_sentence(window)),
            flag(self.ends_sentence(window)),
            flag(self.sight.folded.chars[..window.start].iter().all(|c| c.is_whitespace())),
            window.len() as f32 / self.limit,
            self.before_first_match(window),
            after,
            flag(done),
            typed("REASON"),
            typed("DATE"),
            typed("NUM"),
            typed("PERSON"),
            typed("PLACE"),
            typed("LIST"),
            ratio(focused, self.focus),
            self.best_sentence(window),
            dense(&|at| self.measured[at]),
            flag(points_back(&self.sight.folded.chars[window.clone()])),
            self.best_part(window),
            flag(self.holds_neighbour(window, usize::checked_sub)),
            flag(self.holds_neighbour(window, usize::checked_add)),
            self.facets(window),
            0.0,
        ];
        debug_assert_eq!(values.len(), WINDOW_FEATURES.len());
        values
    }

    /// Whether a bigram stands in the window close behind its predecessor in the question.
    fn in_order(&self, previous: usize, number: usize, window: &Range<usize>) -> bool {
        let inside = |token: usize| {
            let places = self.sight.places[token].iter().map(|place| &place.range);
            places.filter(|range| window.start <= range.start && range.end <= window.end)
        };
        inside(number).any(|range| {
            inside(previous).any(|before| before.start < range.start && range.start - before.start <= ORDER_CHARS)
        })
    }

    /// The share of the facets asked for that the window says.
    fn facets(&self, window: &Range<usize>) -> f32 {
        let said = |spans: &&Vec<Range<usize>>| spans.iter().any(|span| window.start <= span.start && span.end <= window.end);
        ratio(self.sight.facets.iter().filter(said).count() as f32, self.sight.facets.len() as f32)
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
        neighbour.is_some_and(|range| {
            let range = trim(&self.sight.folded.chars, range.clone());
            window.start <= range.start && range.end <= window.end
        })
    }

    /// The most that one sentence, as far as the window holds it, covers of the bigrams outside the title.
    fn best_sentence(&self, window: &Range<usize>) -> f32 {
        let overlaps = |sentence: &&Range<usize>| sentence.start < window.end && window.start < sentence.end;
        let covered = |sentence: &Range<usize>| {
            let part = sentence.start.max(window.start)..sentence.end.min(window.end);
            let tokens = self.reading.tokens.iter().enumerate();
            let bigrams = tokens.filter(|(number, token)| token.kind == Kind::Bigram && self.sight.in_title[*number] == 0.0);
            bigrams.map(|(number, token)| token.idf * self.sight.inside(number, &part)).sum::<f32>()
        };
        let best = self.sight.sentences.iter().filter(overlaps).map(covered).fold(0.0, f32::max);
        ratio(best, self.untitled)
    }

    fn starts_sentence(&self, window: &Range<usize>) -> bool {
        let chars = &self.sight.folded.chars;
        self.sight.sentences.iter().any(|sentence| trim(chars, sentence.clone()).start == window.start)
    }

    fn ends_sentence(&self, window: &Range<usize>) -> bool {
        let chars = &self.sight.folded.chars;
        self.sight.sentences.iter().any(|sentence| trim(chars, sentence.clone()).end == window.end)
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
        let end = |pieces: &[Range<usize>]| pieces.iter().find(|piece| piece.contains(&(last.end - 1))).map(|p| p.end);
        let clause = end(&self.sight.clauses).unwrap_or(window.end);
        let sentence = end(&self.sight.sentences).unwrap_or(window.end);
        let chars = &self.sight.folded.chars;
        let done = trim(chars, window.start..sentence.max(window.start)).end <= window.end;
        (window.end.saturating_sub(clause) as f32 / self.limit, done)
    }
}
