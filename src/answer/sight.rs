//! What of a question is seen in a passage, and where. Knows nothing of scores.

use std::ops::Range;

use super::kind::{has_unit, numbers};
use super::needles::Place;
use super::reading::Reading;
use crate::analysis::numeral::is_numeral;
use crate::analysis::script::{Folded, fold};
use crate::analysis::sentence::{clauses, sentences};
use crate::analysis::stretch::places_of;
use crate::analysis::terms::Kind;

/// Characters over which the neighbourhood of a match fades to 1/e.
const FADE_CHARS: f32 = 15.0;

/// A passage as a question sees it. Positions are characters of the passage.
#[derive(Debug)]
pub struct Sight {
    /// The passage, folded.
    pub folded: Folded,
    /// Its clauses.
    pub clauses: Vec<Range<usize>>,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
    /// Where each token of the question stands, in the order of the question's tokens.
    pub places: Vec<Vec<Place>>,
    /// For each token whether the title or a heading holds it, and how much of it counts.
    pub in_title: Vec<f32>,
    /// For each character whether a bigram or word of the question covers it.
    pub matched: Vec<bool>,
    /// For each character how much of the question stands near it: Σ over bigrams of idf · exp(−distance ÷ 15).
    pub density: Vec<f32>,
    /// Stretches that look like the kind of answer asked for.
    pub spans: Vec<Range<usize>>,
    /// For each facet asked for, where it may be said; and for each year or stage that no title names, where it stands.
    pub facets: Vec<Vec<Range<usize>>>,
    /// Numbers with the unit asked for.
    pub measured: Vec<Range<usize>>,
}

impl Sight {
    /// Looks for a question in a passage under its title and headings.
    pub(super) fn new(reading: &Reading, text: &str, titles: &[char]) -> Self {
        let folded = fold(text);
        let chars = &folded.chars;
        let mut places = reading.places(chars);
        for places in &mut places {
            places.retain(|place| !is_enumerator(chars, &place.range));
        }
        let credit = |places: &Vec<Place>| places.iter().map(|place| place.credit).fold(0.0, f32::max);
        let mut in_titles = reading.places(titles);
        for places in &mut in_titles {
            places.retain(|place| !is_enumerator(titles, &place.range));
        }
        let in_title = in_titles.iter().map(credit).collect();
        let mut matched = vec![false; chars.len()];
        for (token, places) in reading.tokens.iter().zip(&places) {
            if token.kind != Kind::Unigram {
                for place in places {
                    matched[place.range.clone()].fill(true);
                }
            }
        }
        let density = density(reading, &places, chars.len());
        let string: String = chars.iter().collect();
        let spans = reading.asked.kind.map_or_else(Vec::new, |kind| kind.spans(&string));
        let untitled = reading.stages.iter().filter(|stage| places_of(titles, stage).is_empty());
        let facets = (reading.facets.iter().map(|facet| facet.spans(&string)))
            .chain(untitled.map(|stage| places_of(chars, stage)))
            .collect();
        let measured = reading.asked.unit.as_ref().map_or_else(Vec::new, |unit| {
            numbers(chars).into_iter().filter(|number| has_unit(chars, number.end, unit)).collect()
        });
        let (clauses, sentences) = (clauses(chars), sentences(chars));
        Self { folded, clauses, sentences, places, in_title, matched, density, spans, facets, measured }
    }

    /// How much of a token counts inside a range of characters.
    pub(super) fn inside(&self, token: usize, range: &Range<usize>) -> f32 {
        let places = &self.places[token];
        let from = places.partition_point(|place| place.range.start < range.start);
        let inside = places[from..].iter().take_while(|place| place.range.start < range.end);
        inside.filter(|place| place.range.end <= range.end).map(|place| place.credit).fold(0.0, f32::max)
    }
}

/// Whether a number at the start of a line only counts its lines: 6. or （六）, which is no 6号楼.
fn is_enumerator(chars: &[char], range: &Range<usize>) -> bool {
    let number = |c: &char| c.is_ascii_digit() || is_numeral(*c);
    if !chars[range.clone()].iter().all(number) {
        return false;
    }
    let before = chars[..range.start].iter().rev().find(|c| !matches!(c, '(' | ' '));
    let after: Vec<char> = chars[range.end..].iter().copied().take(2).collect();
    let marks = match after.as_slice() {
        ['.', next] => !next.is_ascii_digit(),
        [mark, ..] => matches!(mark, '、' | ')'),
        [] => false,
    };
    before.is_none_or(|c| *c == '\n') && marks
}

fn density(reading: &Reading, places: &[Vec<Place>], length: usize) -> Vec<f32> {
    let mut density = vec![0.0f32; length];
    let fade = (-1.0 / FADE_CHARS).exp();
    let mut near = vec![0.0f32; length];
    for (token, places) in reading.tokens.iter().zip(places) {
        if token.kind != Kind::Bigram || places.is_empty() {
            continue;
        }
        // Each place fades to both sides; a pass to the right and one to the left carry the strongest along.
        near.fill(0.0);
        for place in places {
            for value in &mut near[place.range.clone()] {
                *value = value.max(place.credit);
            }
        }
        for at in 1..length {
            near[at] = near[at].max(near[at - 1] * fade);
        }
        for at in (1..length).rev() {
            near[at - 1] = near[at - 1].max(near[at] * fade);
        }
        for (sum, value) in density.iter_mut().zip(&near) {
            *sum += token.idf * value;
        }
    }
    density
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_counts_lines_is_no_number() {
        let check = |text: &str, expected: bool| {
            let chars: Vec<char> = text.chars().collect();
            let at = chars.iter().position(|c| matches!(c, '6' | '六')).unwrap();
            assert_eq!(is_enumerator(&chars, &(at..at + 1)), expected, "{text}");
        };
        check("6.出海", true);
        check("一\n(六)出海", true);
        check("六、出海", true);
        check("6号楼", false);
        check("6.5万元", false);
        check("到6、7月", false);
    }
}
