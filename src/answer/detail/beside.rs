//! Whether something stands beside the thing that it is asked of: in a paragraph full of figures most of them belong to
//! something else.

use std::ops::Range;

use super::{Missing, Near};
use crate::analysis::script::is_han;
use crate::analysis::stretch::{is_inside, overlap, places_of};
use crate::analysis::terms::Kind;
use crate::answer::area::is_any;
use crate::answer::facet;
use crate::answer::grammar::GRAMMAR;
use crate::answer::sight::Sight;

/// A word of the question this much as rare as its rarest says what the question is about.
const RARE: f32 = 0.6;

/// Whether none of some places stands in a part of the excerpt that speaks of what the question is about. Where no part
/// does, or a heading does, nothing stands apart. `asked` is the part of the question that asks for them, `ends` ends parts.
pub(super) fn apart(near: &Near, asked: &Range<usize>, places: &[Range<usize>], ends: &[char]) -> bool {
    let topic = topic(near, asked, &near.window);
    // 人才社区的托育点: what stands after 的 says what it is.
    let of = near.reading.uncut[..asked.start].iter().rposition(|c| *c == '的').unwrap_or(asked.end);
    let is_head = |token: &usize| {
        let range = &near.reading.tokens[*token].range;
        of < range.start && range.end <= asked.start
    };
    let head: Vec<usize> = topic.iter().copied().filter(is_head).collect();
    let is_apart = |tokens: &[usize]| {
        let parts = speaking(near, tokens, &near.window, ends);
        !parts.is_empty() && !parts.iter().any(|part| places.iter().any(|place| is_inside(place, part)))
    };
    is_apart(&topic) || is_apart(&head)
}

/// The parts of a window that speak of what the question is about; none where a heading does: under it every part is.
pub(super) fn about(near: &Near, asked: &Range<usize>, window: &Range<usize>, ends: &[char]) -> Vec<Range<usize>> {
    speaking(near, &topic(near, asked, window), window, ends)
}

/// What a question is about, apart from what it asks for: its tokens that stand in a window; none where a heading holds one.
fn topic(near: &Near, asked: &Range<usize>, window: &Range<usize>) -> Vec<usize> {
    let (reading, sight) = (near.reading, near.sight);
    let tokens: Vec<usize> = (reading.tokens.iter().enumerate())
        .filter(|(_, token)| token.kind != Kind::Unigram && token.range.len() > 1)
        .filter(|(_, token)| !reading.is_in_name(&token.range) && !overlap(&token.range, asked))
        .filter(|(_, token)| !is_any(&token.chars))
        .map(|(number, _)| number)
        .collect();
    if tokens.iter().any(|&token| sight.in_title[token] > 0.0) {
        return Vec::new();
    }
    tokens.into_iter().filter(|&token| stands(sight, token, window)).collect()
}

fn stands(sight: &Sight, token: usize, part: &Range<usize>) -> bool {
    sight.places[token].iter().any(|place| is_inside(&place.range, part))
}

/// The parts of a window in which one of some tokens stands that is about as rare as the rarest of them.
fn speaking(near: &Near, tokens: &[usize], window: &Range<usize>, ends: &[char]) -> Vec<Range<usize>> {
    let idf = |token: usize| near.reading.tokens[token].idf;
    let rarest = tokens.iter().map(|&token| idf(token)).fold(0.0, f32::max);
    let telling: Vec<usize> = tokens.iter().copied().filter(|&token| idf(token) >= RARE * rarest).collect();
    let mut speaking = Vec::new();
    let mut goes_on = false;
    let chars = &near.sight.folded.chars;
    for part in parts(chars, window, ends) {
        let speaks = telling.iter().any(|&token| stands(near.sight, token, &part));
        // 他的团队…: what goes on from there speaks of the same.
        let taken_up = |before: &Range<usize>| takes_up(chars, before, &part);
        goes_on = speaks || (goes_on && (speaking.last().is_some_and(taken_up) || continues(&chars[part.clone()])));
        if goes_on {
            speaking.push(part);
        }
    }
    speaking
}

/// Whether a part of a text begins with a word for what the one before speaks of, or speaks of him or her.
fn continues(part: &[char]) -> bool {
    let begin: String = part.iter().skip_while(|c| !c.is_alphanumeric()).take(2).collect();
    let of_person = |pair: &[char]| matches!(pair[1], '他' | '她') && pair[0] != '其';
    GRAMMAR.going_on.iter().any(|word| begin.starts_with(word.as_str())) || part.windows(2).any(of_person)
}

/// Whether a part begins with a name that stands in the one before it, 材料科学馆将于…, and is not one of several there.
fn takes_up(chars: &[char], before: &Range<usize>, part: &Range<usize>) -> bool {
    const NAME_CHARS: usize = 3;
    let begin: Vec<char> =
        chars[part.clone()].iter().copied().skip_while(|c| !c.is_alphanumeric()).take(NAME_CHARS).collect();
    let before = &chars[before.clone()];
    let is_mark = |c: &&char| !c.is_alphanumeric();
    let alone = |place: &Range<usize>| {
        let marks = [before[..place.start].iter().rev().find(is_mark), before[place.end..].iter().find(is_mark)];
        !marks.contains(&Some(&'、'))
    };
    begin.len() == NAME_CHARS && begin.iter().all(|&c| is_han(c)) && places_of(before, &begin).iter().any(alone)
}

/// Years that the question names and that stand in the excerpt, but only where it speaks of something else. A year counts
/// for all of its paragraph.
pub(super) fn years(near: &Near) -> Vec<Missing> {
    let chars = &near.sight.folded.chars;
    let missing = facet::stages(near.question).into_iter().filter(|asked| {
        let year = &near.reading.uncut[asked.clone()];
        if !year.iter().all(char::is_ascii_digit) {
            return false;
        }
        let text: String = year.iter().collect();
        let mut places = places_of(chars, year);
        places.retain(|place| is_inside(place, &near.window));
        !places.is_empty() && !near.headings.contains(&text) && apart(near, asked, &places, &['\n'])
    });
    missing.map(|range| Missing::new("year", range)).collect()
}

/// What ends a part of a text that speaks of one thing: sentences, and what semicolons separate.
pub(super) const ENDS: [char; 5] = ['。', ';', '!', '?', '\n'];

/// What ends a sentence.
pub(super) const SENTENCE_ENDS: [char; 4] = ['。', '!', '?', '\n'];

/// What ends a clause.
pub(super) const CLAUSE_ENDS: [char; 6] = [',', '。', ';', '!', '?', '\n'];

/// The parts of a window.
pub(super) fn parts(chars: &[char], window: &Range<usize>, ends: &[char]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = window.start;
    for at in window.clone() {
        if ends.contains(&chars[at]) || at + 1 == window.end {
            parts.push(start..at + 1);
            start = at + 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_and_sentences_part() {
        let chars: Vec<char> = "甲一;乙二。丙".chars().collect();
        assert_eq!(parts(&chars, &(0..7), &ENDS), [0..3, 3..6, 6..7]);
        assert_eq!(parts(&chars, &(1..5), &ENDS), [1..3, 3..5]);
    }
}
