//! How much of a question a window covers, kept up while the window grows to the right: what was covered stays covered,
//! so each match is looked at once for each start of a window, not once for each window.

use std::ops::Range;

use super::reading::Reading;
use super::sight::Sight;
use crate::analysis::terms::Kind;

/// How far before a bigram its predecessor may stand to count as being in order, in characters.
const ORDER_CHARS: usize = 8;

/// Something that a window covers once it holds a whole range.
#[derive(Debug, Clone, Copy)]
struct Match {
    start: usize,
    end: usize,
    token: usize,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    /// The token itself, or what stands for it, and how much that counts.
    Token(f32),
    /// A bigram close behind its predecessor in the question.
    InOrder,
}

/// Sums of the question's tokens, each weighed by its idf and by how much of it counts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// Inside the window, in the order of [`Kind::ALL`].
    pub(super) inside: [f32; 3],
    /// Inside the window, the title or a heading.
    pub(super) titled: [f32; 3],
    /// Bigrams inside the window that no title holds.
    pub(super) untitled: f32,
    /// Words and bigrams inside, those next to what asks counting most.
    pub(super) focused: f32,
    /// Bigrams that follow their predecessor.
    pub(super) ordered: f32,
}

/// The window, as far as it has grown.
#[derive(Clone)]
pub(super) struct Coverage<'a> {
    reading: &'a Reading,
    sight: &'a Sight,
    /// In the order of their ends.
    matches: Vec<Match>,
    /// What the title alone holds.
    nothing: Sums,
    start: usize,
    end: usize,
    next: usize,
    credit: Vec<f32>,
    in_order: Vec<bool>,
    sums: Sums,
}

impl<'a> Coverage<'a> {
    /// An empty window at the start of a passage.
    pub(super) fn new(reading: &'a Reading, sight: &'a Sight) -> Self {
        let mut matches = Vec::new();
        let mut nothing = Sums::default();
        for (number, (token, places)) in reading.tokens.iter().zip(&sight.places).enumerate() {
            nothing.titled[token.kind as usize] += token.idf * sight.in_title[number];
            for place in places {
                let Range { start, end } = place.range;
                matches.push(Match { start, end, token: number, what: What::Token(place.credit) });
                let Some(previous) = token.previous else { continue };
                let before = sight.places[previous].iter().map(|place| &place.range);
                let near = before.filter(|before| before.start < start && start - before.start <= ORDER_CHARS);
                matches.extend(near.map(|before| Match {
                    start: before.start,
                    end: before.end.max(end),
                    token: number,
                    what: What::InOrder,
                }));
            }
        }
        matches.sort_unstable_by_key(|found| (found.end, found.start, found.token));
        let tokens = reading.tokens.len();
        Self {
            reading,
            sight,
            matches,
            nothing,
            start: 0,
            end: 0,
            next: 0,
            credit: vec![0.0; tokens],
            in_order: vec![false; tokens],
            sums: nothing,
        }
    }

    /// What a window covers; cheap where it starts as the one before and ends no earlier.
    pub(super) fn of(&mut self, window: &Range<usize>) -> Sums {
        if window.start != self.start || window.end < self.end {
            self.start = window.start;
            self.next = self.matches.partition_point(|found| found.end <= window.start);
            self.credit.fill(0.0);
            self.in_order.fill(false);
            self.sums = self.nothing;
        }
        self.end = window.end;
        while let Some(&found) = self.matches.get(self.next).filter(|found| found.end <= window.end) {
            self.next += 1;
            if found.start >= window.start {
                self.add(found);
            }
        }
        self.sums
    }

    fn add(&mut self, found: Match) {
        let number = found.token;
        let token = &self.reading.tokens[number];
        let sums = &mut self.sums;
        let What::Token(credit) = found.what else {
            if !std::mem::replace(&mut self.in_order[number], true) {
                sums.ordered += token.idf;
            }
            return;
        };
        let before = self.credit[number];
        if credit <= before {
            return;
        }
        self.credit[number] = credit;
        let kind = token.kind as usize;
        let in_title = self.sight.in_title[number];
        let more = token.idf * (credit - before);
        sums.inside[kind] += more;
        sums.titled[kind] += token.idf * (credit.max(in_title) - before.max(in_title));
        if token.kind == Kind::Bigram && in_title == 0.0 {
            sums.untitled += more;
        }
        if token.kind != Kind::Unigram {
            sums.focused += more * self.reading.focus[number];
        }
    }
}
