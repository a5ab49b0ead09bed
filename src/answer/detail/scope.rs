//! What a question names and the scope, or the excerpt, does not: years, stages, things and places.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::{Missing, Near};
use crate::analysis::numeral;
use crate::analysis::numeral::is_numeral;
use crate::analysis::script::folded;
use crate::analysis::script::is_han;
use crate::analysis::stretch::{overlap, places_of};
use crate::answer::coined::{coined_stretches, is_name_like};
use crate::answer::grammar::GRAMMAR;
use crate::answer::key::holds;
use crate::answer::kind::fillers;
use crate::answer::knowledge::Knowledge;
use crate::answer::pattern::matches;
use crate::answer::places::PLACES;
use crate::answer::quoted::quoted;
use crate::answer::reading::Reading;
use crate::answer::{area, facet};

/// Years, and words like 去年, that stand neither in the excerpt nor in its headings.
pub(super) fn years(near: &Near) -> Vec<Missing> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<![0-9])(?:19|20)[0-9]{2}(?=年|底|[^0-9]|$)|去年|前年|明年|后年|上一?届|下一?届|下一?场|下一?期|上个月|下个月")
            .expect("the pattern is tested")
    });
    let question = near.question;
    let stands = |range: &Range<usize>| {
        let text: String = question.chars().skip(range.start).take(range.len()).collect();
        // 跨年 speaks of the next year too.
        let other: &[&str] = match text.as_str() {
            "明年" => &["次年", "翌年", "跨年", "来年", "下一年", "下年"],
            "去年" => &["上年", "上一年", "同比"],
            _ => &[],
        };
        let said = |text: &str| near.excerpt.contains(text) || near.headings.contains(text);
        said(&text) || other.iter().any(|word| said(word))
    };
    let absolute = |range: &Range<usize>| question.chars().nth(range.start).is_some_and(|c| c.is_ascii_digit());
    let all = matches(&YEAR, question);
    // 去年 beside a year means that year.
    let named = all.iter().any(absolute);
    // 能留到明年吗 asks how long, not of next year.
    let until = |range: &Range<usize>| {
        let before = range.start.checked_sub(1).and_then(|at| question.chars().nth(at));
        !absolute(range) && matches!(before, Some('到' | '等'))
    };
    let years = all.into_iter().filter(|range| !stands(range) && !until(range) && (absolute(range) || !named));
    years.map(|range| Missing::new("year", range)).collect()
}

/// Stages that the question names and the scope too, but neither the excerpt nor its headings.
pub(super) fn stages(near: &Near) -> Vec<Missing> {
    let (reading, knowledge) = (near.reading, near.knowledge);
    let scope = knowledge.parks.passages(&reading.parks);
    let all = facet::stages(near.question).into_iter().map(|range| (reading.uncut[range.clone()].to_vec(), range));
    let missing = all.filter(|(stage, _)| {
        let text: String = stage.iter().collect();
        let year = stage.iter().all(char::is_ascii_digit);
        let spoken = |text: &str| near.excerpt.contains(text) || near.headings.contains(text);
        // 二期, where the excerpt speaks of 一期.
        let another = || {
            facet::stages(&near.excerpt).into_iter().any(|other| {
                let other: Vec<char> = near.excerpt.chars().skip(other.start).take(other.len()).collect();
                other.last() == stage.last() && other != *stage
            })
        };
        !year && !spoken(&text) && (holds(knowledge, stage, &scope) || another())
    });
    missing.map(|(_, range)| Missing::new("stage", range)).collect()
}

/// 第三批, 第二条: one of many that the question numbers, and the passage and its headings do not name. The first of
/// anything has too many names.
pub(super) fn ordinals(near: &Near) -> Vec<Missing> {
    static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("第([0-9]{1,2}|[二三四五六七八九十]{1,3})(批|期|届|轮|次|条|章|号|代|阶段)")
            .expect("the pattern is tested")
    });
    let Some(found) = ORDINAL.captures(near.question).ok().flatten() else { return Vec::new() };
    let (Some(typed), Some(unit)) = (found.get(1), found.get(2)) else { return Vec::new() };
    let number = numeral::value(typed.as_str());
    let written = [
        Some(typed.as_str().to_owned()),
        number.map(|number| number.to_string()),
        number.and_then(|number| numeral::TO_TEN.get(number)).map(char::to_string),
    ];
    let stands = |text: &str| near.passage.contains(text) || near.headings.contains(text);
    if number == Some(1) || written.iter().flatten().any(|number| stands(&format!("{number}{}", unit.as_str()))) {
        return Vec::new();
    }
    matches(&ORDINAL, near.question).into_iter().take(1).map(|range| Missing::new("ordinal", range)).collect()
}

/// 有没有X, 有X吗, 能X吗: X, or rather its last word, that no passage of the scope holds, neither itself nor by another word.
pub(super) fn things(near: &Near) -> Vec<Missing> {
    static THING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("有(?:没有|无)([^,。?\\s]{2,12}?)(?:[吗么嘛呢啊]|[,。?\\s]|$)|(?<!没)有(?!没有|无)([^,。?\\s]{2,10}?)[吗么嘛]|(?:能不能|可不可以|让不让|准不准)([^,。?\\s]{2,10}?)(?:[吗么嘛啊]|[,。?\\s]|$)|(?:可以|(?<!不)能)([^,。?\\s]{2,10}?)(?:[吗么嘛]|不(?:[,。?\\s]|$))")
            .expect("the pattern is tested")
    });
    let Near { question, reading, words, knowledge, .. } = near;
    if !reading.about_parks {
        return Vec::new();
    }
    let Some(thing) =
        THING.captures(question).ok().flatten().and_then(|found| (1..=4).find_map(|group| found.get(group)))
    else {
        return Vec::new();
    };
    let start = question.get(..thing.start()).map_or(0, |before| before.chars().count());
    let end = start + thing.as_str().chars().count();
    let last = words.iter().rfind(|word| start <= word.start && word.end <= end && word.len() > 1);
    let Some(last) = last.filter(|last| last.end == end) else { return Vec::new() };
    let text: String = reading.uncut[last.clone()].iter().collect();
    let expanded = reading.keys.iter().any(|key| overlap(&key.range, last));
    let scope = knowledge.parks.passages(&reading.parks);
    // 下一季, 第二次, 明年: a time or a turn is no thing.
    let counted = |c: char| is_numeral(c) || c == '几';
    let time = text.chars().any(counted) || text.ends_with(['年', '季', '月', '周', '日', '天', '晚', '次']);
    if expanded
        || time
        || GRAMMAR.anything.contains(&text)
        || fillers().iter().any(|filler| filler.iter().collect::<String>() == text)
        || knowledge.vocabulary.is_everyday(&text)
        || holds(knowledge, &reading.uncut[last.clone()], &scope)
    {
        return Vec::new();
    }
    vec![Missing::new("thing", last.clone())]
}

/// A name that the question says and the documents know, 北坞人才社区, where the passage that is quoted does not speak of it.
pub(super) fn unspoken(near: &Near) -> Vec<Missing> {
    let (chars, reading, knowledge) = (&near.reading.uncut, near.reading, near.knowledge);
    let scope = knowledge.parks.passages(&reading.parks);
    let title = folded(&knowledge.corpus.documents[near.document].source.title);
    let spoken = |name: &str| [&near.passage, &near.headings, &title].iter().any(|text| text.contains(name));
    let stretches = coined_stretches(&reading.chars, &knowledge.analyzer).into_iter();
    let numbers = |stretch: &Range<usize>| chars[stretch.clone()].iter().any(|&c| is_numeral(c));
    let named = stretches.filter(|stretch| !reading.is_in_name(stretch) && !numbers(stretch)).filter_map(|stretch| {
        let parts = (2..=stretch.len())
            .rev()
            .flat_map(|length| (stretch.start..=stretch.end - length).map(move |start| start..start + length));
        parts.into_iter().find(|part| {
            let name = &chars[part.clone()];
            is_name_like(name, &knowledge.analyzer) && !area::is_any(name) && holds(knowledge, name, &scope)
        })
    });
    let quoted = quoted(&reading.chars, near.words, &scope, knowledge).into_iter().map(|(range, _)| range);
    let quoted = quoted.filter(|range| !reading.is_in_name(range));
    let unspoken = named.chain(quoted).filter(|range| !spoken(&chars[range.clone()].iter().collect::<String>()));
    unspoken.map(|range| Missing::new("unspoken", range)).collect()
}

/// An area that the question names and no document does, 青禾谷 where nobody knows of 青禾, or that others do and the one
/// that is quoted does not.
pub(super) fn areas(near: &Near) -> Vec<Missing> {
    let (chars, reading, knowledge) = (&near.reading.uncut, near.reading, near.knowledge);
    let document = [knowledge.parks.passages_in(near.document)];
    // The longest name that ends there and that some document holds.
    let named = named_areas(reading, knowledge).into_iter().rev();
    let known = named.into_iter().find(|range| holds(knowledge, &chars[range.clone()], &[]));
    let elsewhere = known.filter(|range| !holds(knowledge, &chars[range.clone()], &document));
    let unknown = unknown_areas(reading, knowledge).into_iter();
    unknown.chain(elsewhere).map(|range| Missing::new("area", range)).collect()
}

/// What a question calls an area and no document knows, in characters.
pub(in crate::answer) fn unknown_areas(reading: &Reading, knowledge: &Knowledge) -> Vec<Range<usize>> {
    let chars = &reading.uncut;
    let mut ranges = area::areas(chars, &knowledge.analyzer);
    ranges.dedup_by_key(|range| range.end);
    ranges.retain(|range| {
        let Some(own) = own_part(range, reading, knowledge) else { return false };
        let ending = range.len() - own.len();
        // 菰湾 is known, and 万一菰湾 holds it.
        let known = (range.start + 1..range.end - ending).any(|start| holds(knowledge, &chars[start..range.end], &[]));
        (2..=3).contains(&own.len()) && !known && !holds(knowledge, &own, &[])
    });
    ranges
}

/// What a question calls an area by a name of its own, in characters; no part of a park's name.
pub(in crate::answer) fn named_areas(reading: &Reading, knowledge: &Knowledge) -> Vec<Range<usize>> {
    let mut ranges = area::areas(&reading.uncut, &knowledge.analyzer);
    ranges.retain(|range| own_part(range, reading, knowledge).is_some_and(|own| own.len() > 1));
    ranges
}

/// What of an area that a question names is its own, if that is no word of the language and no part of a park's name.
fn own_part(range: &Range<usize>, reading: &Reading, knowledge: &Knowledge) -> Option<Vec<char>> {
    let name: String = reading.uncut[range.clone()].iter().collect();
    let own = area::without_ending(&name)?;
    let chars: Vec<char> = own.chars().collect();
    let is_name = chars.iter().all(|&c| is_han(c) && !GRAMMAR.joining.contains(c) && !GRAMMAR.pointing.contains(c));
    (is_name && !reading.is_in_name(range) && !knowledge.analyzer.knows(own)).then_some(chars)
}

/// Places that the question names and no document in scope holds.
pub(super) fn places(near: &Near) -> Vec<Missing> {
    let (uncut, reading, knowledge) = (&near.reading.uncut, near.reading, near.knowledge);
    // 浦东还是浦西: one of them is enough.
    if !reading.about_parks || uncut.windows(2).any(|pair| pair == ['还', '是']) {
        return Vec::new();
    }
    let scope = knowledge.parks.passages(&reading.parks);
    let found = places_named(reading, near.words).into_iter();
    // 港澳台居民 speaks of people from Hong Kong.
    let among = |range: &Range<usize>| "香港澳门台湾".contains(&uncut[range.clone()].iter().collect::<String>());
    found
        .filter(|range| !holds(knowledge, &uncut[range.clone()], &scope))
        .filter(|range| !(among(range) && near.excerpt.contains("港澳")))
        .map(|range| Missing::new("place", range))
        .collect()
}

/// Places of the world that a question of these words names, in characters; none that is part of a park's name.
pub(in crate::answer) fn places_named(reading: &Reading, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let uncut = &reading.uncut;
    // 苏州 stands in 苏州工业园区 and in 苏州市, and 大理 does not stand in 大理石.
    let whole = |range: &Range<usize>| {
        let begins = words.iter().any(|word| word.start == range.start);
        let last = words.iter().find(|word| word.contains(&(range.end - 1)));
        begins
            && last.is_some_and(|last| {
                let rest: String = uncut[range.end..last.end].iter().collect();
                let ending = ["", "市", "县", "省"].contains(&rest.as_str());
                ending || area::without_ending(&rest).is_some()
            })
    };
    let all = PLACES.iter().flat_map(|place| places_of(uncut, place));
    all.filter(|range| whole(range) && !reading.is_in_name(range)).collect()
}
