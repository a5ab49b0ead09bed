//! One of several things that are told of together: of 领航、掌舵、扬帆三个层次 what is said of the first is not said of the
//! second, and what is said of 三号站 not of 四号站. Knows nothing of what is said.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::Near;
use crate::analysis::stretch::{is_inside, places_of};

/// The shortest and the longest name of one of several things, in characters.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=8;

/// Drops the places where something is said of another of the things than the one that the question names: the last
/// that the sentence names before such a place is another one.
pub(super) fn of_the_one_asked(near: &Near, places: &mut Vec<Range<usize>>) {
    let chars = &near.sight.folded.chars;
    for sentence in &near.sight.sentences {
        let holds = |place: &Range<usize>| is_inside(place, sentence);
        if !places.iter().any(holds) {
            continue;
        }
        places.retain(|place| !holds(place) || !is_of_another_item(near, sentence, place));
        let things = listed(near, sentence).or_else(|| numbered(near, sentence));
        let Some(Things { own, others, from }) = things else { continue };
        let last = |names: &[Vec<char>], place: &Range<usize>| {
            let before = &chars[from..place.start.max(from)];
            names.iter().flat_map(|name| places_of(before, name)).map(|at| at.end).max()
        };
        places.retain(|place| !holds(place) || place.start < from || last(&others, place) <= last(&own, place));
    }
}

/// Whether a place stands in the brackets behind an item of an enumeration, and the question names one before it: of
/// 健身房、篮球场、路演厅（每年免费四次） nothing but the last is free.
fn is_of_another_item(near: &Near, sentence: &Range<usize>, place: &Range<usize>) -> bool {
    let chars = &near.sight.folded.chars;
    let before = &chars[sentence.start..place.start];
    let Some(open) = before.iter().rposition(|c| matches!(c, '(' | ')')).filter(|&at| before[at] == '(') else {
        return false;
    };
    let ends = |c: &char| matches!(c, '、' | ',' | ';' | ':');
    let Some(item) = before[..open].iter().rposition(ends).filter(|&at| before[at] == '、') else { return false };
    let first = before[..item].iter().rposition(|c| matches!(c, ',' | ';' | ':')).map_or(0, |at| at + 1);
    let question = &near.reading.uncut;
    let words = near.words.iter().filter(|word| word.len() > 1 && !near.reading.is_in_name(word));
    let names = |text: &[char]| words.clone().any(|word| !places_of(text, &question[word.clone()]).is_empty());
    names(&before[first..item]) && !names(&before[item..open])
}

/// Things that a sentence tells of together.
struct Things {
    /// The one the question names.
    own: Vec<Vec<char>>,
    /// The others.
    others: Vec<Vec<char>>,
    /// From this character of the passage on they are told of.
    from: usize,
}

/// Things that an enumeration of three or more names and the rest of the sentence names again: its first item may begin,
/// and its last end, with other words. Two are often names of the same.
fn listed(near: &Near, sentence: &Range<usize>) -> Option<Things> {
    let chars = &near.sight.folded.chars;
    let text = &chars[sentence.clone()];
    let ends = |c: &char| matches!(c, ',' | '。' | ';' | ':' | '!' | '?' | '\n' | '(' | ')');
    let first = text.iter().position(|&c| c == '、')?;
    let begin = text[..first].iter().rposition(ends).map_or(0, |at| at + 1);
    let end = text[first..].iter().position(ends).map_or(text.len(), |at| first + at);
    let items: Vec<&[char]> = text[begin..end].split(|&c| c == '、').collect();
    if items.len() < 3 {
        return None;
    }
    let mut names: Vec<Vec<char>> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let lengths = NAME_CHARS.filter(|&length| length <= item.len());
        match number {
            0 => names.extend(lengths.map(|length| item[item.len() - length..].to_vec())),
            _ if number + 1 == items.len() => names.extend(lengths.map(|length| item[..length].to_vec())),
            _ if NAME_CHARS.contains(&item.len()) => names.push(item.to_vec()),
            _ => {}
        }
    }
    let question: Vec<char> = near.question.chars().collect();
    let again = |name: &Vec<char>| !places_of(&text[end..], name).is_empty();
    let (own, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| !places_of(&question, name).is_empty());
    let others: Vec<Vec<char>> = others.into_iter().filter(again).collect();
    (!own.is_empty() && !others.is_empty()).then_some(Things { own, others, from: sentence.start + end })
}

/// Things that differ only in their number: 三号站 and 四号站, A区 and B区.
fn numbered(near: &Near, sentence: &Range<usize>) -> Option<Things> {
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("([一二三四五六七八九十]|[0-9]{1,2}|(?<![a-z])[a-z])(号[站楼馆厂仓线桥门厅院港]|[区栋座馆厂档级类](?![域位别型似]))")
            .expect("the pattern is tested")
    });
    let all = |text: &str| -> Vec<(String, String)> {
        let found = NUMBERED.captures_iter(text).map_while(Result::ok);
        found.filter_map(|found| Some((found.get(1)?.as_str().to_owned(), found.get(2)?.as_str().to_owned()))).collect()
    };
    let text: String = near.sight.folded.chars[sentence.clone()].iter().collect();
    let (number, head) = all(near.question).into_iter().next()?;
    let name = |number: &str| format!("{number}{head}").chars().collect::<Vec<_>>();
    let others: Vec<Vec<char>> = all(&text)
        .into_iter()
        .filter(|(other, its)| *its == head && *other != number)
        .map(|(other, _)| name(&other))
        .collect();
    (!others.is_empty()).then(|| Things { own: vec![name(&number)], others, from: sentence.start })
}
