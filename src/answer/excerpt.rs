//! Which part of a passage is quoted: its windows, what is known of each, and their score. A window starts and ends at a
//! clause wherever a clause is short enough, never inside a number or a Latin word.

use std::ops::Range;

use super::rank::ratio;
use super::reading::Reading;
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
    let mark =
        |at: &usize| matches!(chars[at - 1], '、' | '，' | ',' | '。' | '；' | ' ' | '”' | '」' | '》' | '）' | ')');
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

/// Words that point back to what stands before them.
const BACK_WORDS: [&str; 38] = [
    "其", "该", "这", "此", "他", "她", "它", "两者", "二者", "前者", "后者", "同年", "同时", "同月", "同日", "次年",
    "翌年", "因此", "所以", "因而", "从而", "于是", "并", "而", "但", "后来", "之后", "随后", "自此", "不过", "然而",
    "另外", "以上", "上述", "也", "则", "又", "还",
];

/// Whether a text starts with a word that points back to what stands before it.
fn points_back(text: &[char]) -> bool {
    BACK_WORDS.iter().any(|word| {
        let mut chars = text.iter();
        word.chars().all(|c| chars.next() == Some(&c)) && chars.next().is_some()
    })
}

/// What all windows of a passage share.
struct Frame<'a> {
    reading: &'a Reading,
    sight: &'a Sight,
    limit: f32,
    /// The tokens that stand somewhere in the passage.
    present: Vec<usize>,
    /// Σ idf by kind of the tokens that only the title holds.
    only_titled: [f32; 3],
    untitled: f32,
    focus: f32,
    spans: Vec<bool>,
    span_density: Highest,
    measured_density: Highest,
    unmatched_density: Highest,
    matches: Vec<Range<usize>>,
    untitled_matches: Vec<Range<usize>>,
    /// For each sentence, how much of the bigrams outside the title it covers.
    covered: Vec<f32>,
    /// The sentence that covers most of the question.
    best: Option<usize>,
    sentence_starts: Vec<bool>,
    sentence_ends: Vec<bool>,
}

impl<'a> Frame<'a> {
    fn new(reading: &'a Reading, sight: &'a Sight, limit: usize) -> Self {
        let length = sight.folded.chars.len();
        let marked = |ranges: &[Range<usize>]| {
            let mut marks = vec![false; length];
            for range in ranges {
                marks[range.clone()].fill(true);
            }
            marks
        };
        let (spans, measured) = (marked(&sight.spans), marked(&sight.measured));
        let density = |keep: &dyn Fn(usize) -> bool| {
            Highest::new((0..length).map(|at| if keep(at) { sight.density[at] } else { 0.0 }).collect())
        };
        let phrases = reading.tokens.iter().zip(&reading.focus).filter(|(token, _)| token.kind != Kind::Unigram);
        let focus = phrases.map(|(token, focus)| token.idf * focus).sum();
        let present: Vec<usize> =
            (0..reading.tokens.len()).filter(|&number| !sight.places[number].is_empty()).collect();
        let mut only_titled = [0.0f32; 3];
        for (number, token) in reading.tokens.iter().enumerate() {
            if sight.places[number].is_empty() {
                only_titled[token.kind as usize] += token.idf * sight.in_title[number];
            }
        }
        let bigrams = || reading.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Bigram);
        let untitled = bigrams().filter(|(number, _)| sight.in_title[*number] == 0.0);
        let places = |number: usize| sight.places[number].iter().map(|place| place.range.clone());
        let mut matches: Vec<_> = bigrams().flat_map(|(number, _)| places(number)).collect();
        let mut untitled_matches: Vec<_> = untitled.clone().flat_map(|(number, _)| places(number)).collect();
        matches.sort_by_key(|range| range.start);
        untitled_matches.sort_by_key(|range| range.end);
        let mut sentence_starts = vec![false; length + 1];
        let mut sentence_ends = vec![false; length + 1];
        for sentence in &sight.sentences {
            let sentence = trim(&sight.folded.chars, sentence.clone());
            sentence_starts[sentence.start] = true;
            sentence_ends[sentence.end] = true;
        }
        let mut frame = Self {
            reading,
            sight,
            limit: limit.max(1) as f32,
            untitled: untitled.map(|(_, token)| token.idf).sum(),
            focus,
            span_density: density(&|at| spans[at] && !sight.matched[at]),
            measured_density: density(&|at| measured[at]),
            unmatched_density: density(&|at| !sight.matched[at]),
            spans,
            present,
            only_titled,
            matches,
            untitled_matches,
            covered: Vec::new(),
            best: None,
            sentence_starts,
            sentence_ends,
        };
        frame.covered = sight.sentences.iter().map(|sentence| frame.untitled_inside(sentence)).collect();
        frame.best = frame.best_of_question();
        frame
    }

    fn features(&self, window: &Range<usize>) -> WindowFeatures {
        let mut inside = [0.0f32; 3];
        let mut titled = self.only_titled;
        let (mut untitled, mut ordered, mut focused) = (0.0, 0.0, 0.0);
        for &number in &self.present {
            let token = &self.reading.tokens[number];
            let credit = self.sight.inside(number, window);
            let in_title = self.sight.in_title[number];
            titled[token.kind as usize] += token.idf * credit.max(in_title);
            if credit == 0.0 {
                continue;
            }
            inside[token.kind as usize] += token.idf * credit;
            if token.kind == Kind::Bigram && in_title == 0.0 {
                untitled += token.idf * credit;
            }
            if token.kind != Kind::Unigram {
                focused += token.idf * self.reading.focus[number] * credit;
            }
            if token.previous.is_some_and(|previous| self.in_order(previous, number, window)) {
                ordered += token.idf;
            }
        }
        let [un, bi, wd] = [Kind::Unigram, Kind::Bigram, Kind::Word].map(|kind| kind as usize);
        let share = |sums: &[f32; 3], kind: usize| ratio(sums[kind], self.reading.idf[kind]);
        let dense = |highest: &Highest| ratio(highest.within(window), self.reading.idf[bi]);
        let tmatch = dense(&self.span_density);
        let typed =
            |name: &str| if self.reading.asked.kind.is_some_and(|kind| kind.name == name) { tmatch } else { 0.0 };
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
            flag(self.spans[window.clone()].contains(&true)),
            dense(&self.unmatched_density),
            ratio(ordered, self.reading.idf[bi]),
            flag(self.sentence_starts[window.start]),
            flag(self.sentence_ends[window.end]),
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
            dense(&self.measured_density),
            flag(points_back(&self.sight.folded.chars[window.clone()])),
            self.best_part(window),
            flag(self.holds_neighbour(window, usize::checked_sub)),
            flag(self.holds_neighbour(window, usize::checked_add)),
            self.facets(window),
        ];
        debug_assert_eq!(values.len(), WINDOW_FEATURES.len());
        values
    }

    /// How much a stretch covers of the bigrams outside the title.
    fn untitled_inside(&self, part: &Range<usize>) -> f32 {
        let bigrams = self
            .present
            .iter()
            .filter(|&&number| self.reading.tokens[number].kind == Kind::Bigram && self.sight.in_title[number] == 0.0);
        bigrams.map(|&number| self.reading.tokens[number].idf * self.sight.inside(number, part)).sum()
    }

    /// The sentence that covers most of the question, the first of equals.
    fn best_of_question(&self) -> Option<usize> {
        let weigh = |sentence: &Range<usize>| -> f32 {
            let tokens = self.present.iter();
            tokens.map(|&number| self.reading.tokens[number].idf * self.sight.inside(number, sentence)).sum()
        };
        let scores = self.sight.sentences.iter().map(weigh).enumerate();
        let best = scores.fold(None, |best: Option<(usize, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        });
        best.filter(|best| best.1 > 0.0).map(|best| best.0)
    }

    /// The share of the facets asked for that the window says.
    fn facets(&self, window: &Range<usize>) -> f32 {
        let inside = |span: &Range<usize>| window.start <= span.start && span.end <= window.end;
        let said = self.sight.facets.iter().filter(|spans| spans.iter().any(inside)).count();
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
        neighbour.is_some_and(|range| {
            let range = trim(&self.sight.folded.chars, range.clone());
            window.start <= range.start && range.end <= window.end
        })
    }

    /// The most that one sentence, as far as the window holds it, covers of the bigrams outside the title.
    fn best_sentence(&self, window: &Range<usize>) -> f32 {
        let from = self.sight.sentences.partition_point(|sentence| sentence.end <= window.start);
        let overlapping = self.sight.sentences.iter().enumerate().skip(from);
        let covered = overlapping.take_while(|(_, sentence)| sentence.start < window.end).map(|(number, sentence)| {
            let whole = window.start <= sentence.start && sentence.end <= window.end;
            let part = sentence.start.max(window.start)..sentence.end.min(window.end);
            if whole { self.covered[number] } else { self.untitled_inside(&part) }
        });
        ratio(covered.fold(0.0, f32::max), self.untitled)
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

/// The highest of any stretch of values, found at once: a sparse table.
struct Highest {
    /// `rows[k][i]` is the highest of the 2^k values from i on.
    rows: Vec<Vec<f32>>,
}

impl Highest {
    fn new(values: Vec<f32>) -> Self {
        let mut rows = vec![values];
        let mut step = 1;
        while let Some(row) = rows.last().filter(|row| row.len() > step) {
            let next = row.iter().zip(&row[step..]).map(|(a, b)| a.max(*b)).collect();
            rows.push(next);
            step *= 2;
        }
        Self { rows }
    }

    /// The highest value of a range, 0 of an empty one.
    fn within(&self, range: &Range<usize>) -> f32 {
        let Some(power) = range.len().checked_ilog2().map(|power| power as usize) else { return 0.0 };
        let row = &self.rows[power];
        row[range.start].max(row[range.end - (1 << power)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_of_a_stretch() {
        let highest = Highest::new(vec![1.0, 5.0, 2.0, 4.0, 3.0]);
        for (range, expected) in [(0..5, 5.0), (2..5, 4.0), (2..3, 2.0), (4..5, 3.0), (3..3, 0.0)] {
            assert!((highest.within(&range) - expected).abs() < f32::EPSILON, "{range:?}");
        }
    }

    #[test]
    fn long_clauses_are_cut_between_words() {
        let text: Vec<char> = "共有1234567家企业".chars().collect();
        assert_eq!(cut(&text, 0, 5), 2);
        assert_eq!(cut(&text, 0, text.len()), text.len());
    }
}
