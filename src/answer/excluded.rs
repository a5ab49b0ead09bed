//! What a question does not want: 不算周边, 除金山外. Knows nothing of what it does want.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::grammar::GRAMMAR;
use super::park::Named;
use super::pattern::matches;
use crate::analysis::stretch::places_of;

/// Splits the parks that a folded question names into those it wants and those it does not: 除了金山哪里有孵化器. Words
/// between such a park and what goes on make it a part of something else: 除了金山的企业.
pub(super) fn parks(question: &[char], named: Vec<Named>) -> (Vec<Named>, Vec<Named>) {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let excluding = GRAMMAR.excluding.join("|");
        let english = "(?:except|besides|other than|apart from|outside|excluding)(?: (?:in|of|for|the))* ";
        Regex::new(&format!("(?:除[了开去却]?|{excluding}|{english})$")).expect("the pattern is tested")
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:园区|那边|这边)?(?:[以之]?外|的话|[ ,.?]|还|哪|有|其[他它余]|别|另|$)")
            .expect("the pattern is tested")
    });
    static OUTSIDE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("^(?:[以之]外|除外)").expect("the pattern is tested"));
    let says = |pattern: &Regex, text: &[char]| pattern.is_match(&text.iter().collect::<String>()).unwrap_or(false);
    let wanted = |named: &Named| {
        let (before, after) = (&question[..named.range.start], &question[named.range.end..]);
        !(says(&OUTSIDE, after) || (says(&BEFORE, before) && says(&AFTER, after)))
    };
    named.into_iter().partition(wanted)
}

/// Replaces what is not wanted by line breaks: the parks, and 不算周边, with the word that follows 不算.
pub(super) fn cut(chars: &mut [char], words: &[Range<usize>], parks: &[Named]) {
    for park in parks {
        chars[park.range.clone()].fill('\n');
    }
    for marker in GRAMMAR.excluding.iter().map(|marker| marker.chars().collect::<Vec<_>>()) {
        for place in places_of(chars, &marker) {
            let excluded = words.iter().find(|word| word.start == place.end && word.len() > 1).cloned();
            // 算不算周边 asks, and 算不算 is no exclusion.
            let asks = place.start > 0 && chars[place.start - 1] == marker[marker.len() - 1];
            if let Some(excluded) = excluded.filter(|_| !asks) {
                chars[place.start..excluded.end].fill('\n');
            }
        }
    }
    if !parks.is_empty() {
        static MARKS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("除[了开去却]?(?=\n)|(?<=\n)(?:[以之]?外|除外)").expect("the pattern is tested")
        });
        for range in matches(&MARKS, &chars.iter().collect::<String>()) {
            chars[range].fill('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_excluded_is_not_looked_for() {
        let cut = |question: &str, words: &[Range<usize>]| {
            let mut chars: Vec<char> = question.chars().collect();
            super::cut(&mut chars, words, &[]);
            chars.into_iter().collect::<String>()
        };
        assert_eq!(cut("不算周边多大", &[0..2, 2..4, 4..6]), "\n\n\n\n多大");
        assert_eq!(cut("算不算周边", &[0..3, 3..5]), "算不算周边");
    }

    fn check(question: &str, wanted: bool, left: &str) {
        let mut chars: Vec<char> = question.chars().collect();
        let range = places_of(&chars, &['金', '山']).remove(0);
        let named = Named { park: 0, range, alias: "金山".into(), exact: true };
        let (kept, excluded) = parks(&chars, vec![named]);
        assert_eq!(kept.len(), usize::from(wanted), "{question}");
        super::cut(&mut chars, &[], &excluded);
        assert_eq!(chars.into_iter().filter(|c| *c != '\n').collect::<String>(), left);
    }

    #[test]
    fn a_park_may_be_excluded() {
        check("除金山外哪里有孵化器", false, "哪里有孵化器");
        check("除了金山哪里有孵化器", false, "哪里有孵化器");
        check("金山以外的孵化器", false, "的孵化器");
        check("除了金山的企业还有谁能申请", true, "除了金山的企业还有谁能申请");
        check("金山有孵化器吗", true, "金山有孵化器吗");
        check("incubators other than 金山", false, "incubators other than ");
    }
}
