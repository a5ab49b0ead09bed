//! Lists: one of a certain length that is asked for, and what is excepted from one.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::beside::about;
use super::{Missing, Near};
use crate::analysis::numeral;
use crate::answer::pattern::matches;

/// A list of a certain number that is asked for by name, where nothing near enumerates that many.
pub(super) fn counts(near: &Near) -> Vec<Missing> {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("哪([两二三四五六七八九十]|[0-9]{1,2})(?:大|个(?!字)|家|座|种|条|项|类|所|位|区|市|块|片|名|点)|(?<![0-9a-z.十])(十[一二三四五六七八九]|[两二三四五六七八九十]|[0-9]{1,2})(?:大|个|家|座|种|条|项|类|所|位|区|市|块|片|名)[^,。?]{0,8}(?:分别|都叫|都是|叫什么|叫啥|有哪些|是哪些|除了|都有谁|都有哪|有谁|是谁|都哪)")
            .expect("the pattern is tested")
    });
    let Some(found) = LIST.captures(near.question).ok().flatten() else { return Vec::new() };
    let Some(number) = found.get(1).or(found.get(2)).and_then(|number| numeral::value(number.as_str())) else {
        return Vec::new();
    };
    let Some(range) = matches(&LIST, near.question).into_iter().next() else { return Vec::new() };
    if number < 2 || listed(near, &range) >= number {
        return Vec::new();
    }
    vec![Missing::new("count", range)]
}

/// The most things that are enumerated where the passage speaks of what is asked: in that clause or the next.
fn listed(near: &Near, asked: &Range<usize>) -> usize {
    const ENDS: [char; 7] = [',', '。', ';', '!', '?', ':', '\n'];
    let chars = &near.sight.folded.chars;
    let clauses = about(near, asked, &(0..chars.len()), &ENDS);
    let begins_list = |clause: &Range<usize>| matches!(chars[clause.end - 1], ':' | '\n');
    if clauses.is_empty() || clauses.iter().any(begins_list) {
        return items(&near.passage);
    }
    let with_next = |clause: Range<usize>| {
        let next = chars[clause.end..].iter().position(|c| ENDS.contains(c)).map_or(chars.len(), |at| clause.end + at);
        items(&chars[clause.start..next].iter().collect::<String>())
    };
    clauses.into_iter().map(with_next).max().unwrap_or(0)
}

/// The most things that a text enumerates: joined in a sentence, in quotation marks, numbered, or in lines of their own.
fn items(text: &str) -> usize {
    let joined = text.split(['。', '\n', '!', '?']).map(|sentence| {
        let marks = sentence.chars().filter(|c| matches!(c, '、' | '和' | '与' | '及' | ';' | '﹔')).count();
        if marks == 0 { 0 } else { marks + 1 }
    });
    let quoted = text.matches('“').count().max(text.matches('「').count());
    let numbered = numeral::TO_TEN[1..].iter().take_while(|digit| text.contains(&format!("{digit}是"))).count();
    let lines = text.lines().filter(|line| line.chars().count() < 120).count();
    joined.max().unwrap_or(0).max(quoted).max(numbered).max(lines)
}

/// How far from a word an enumeration mark may stand to make it one of a list, in characters.
const BESIDE_CHARS: usize = 10;

/// 除了X还有…: X must stand in a list near.
pub(super) fn exceptions(question: &str, passage: &str) -> Vec<Missing> {
    static EXCEPT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("除(?:了|开|去)?([^,。?\\s]{2,10}?)(?:以外|之外|外)?[, ]?(?:还|另|别|其他|其它|上海还)")
            .expect("the pattern is tested")
    });
    let Some(found) = EXCEPT.captures(question).ok().flatten() else { return Vec::new() };
    let Some(named) = found.get(1) else { return Vec::new() };
    // It is listed if an enumeration mark stands beside it, or beside the phrase that it begins or ends.
    let listed = passage.split(['。', ';', '\n']).any(|sentence| {
        let parts: Vec<&str> = sentence.split(named.as_str()).collect();
        parts.windows(2).any(|pair| {
            let before = pair[0].chars().rev().take(BESIDE_CHARS).take_while(|c| !matches!(c, ',' | ':'));
            let after = pair[1].chars().take(BESIDE_CHARS).take_while(|c| !matches!(c, ',' | ':'));
            before.chain(after).any(|c| c == '、')
        })
    });
    let Some(range) = matches(&EXCEPT, question).into_iter().next().filter(|_| !listed) else { return Vec::new() };
    vec![Missing::new("except", range)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_excepted_must_be_listed() {
        let near = "合作的有甲校、乙校。另有丙厂。";
        assert!(exceptions("除了甲校还有谁", near).is_empty());
        assert_eq!(exceptions("除了丙厂还有谁", near).len(), 1);
    }

    #[test]
    fn things_are_counted() {
        for (text, expected) in [("甲、乙和丙", 3), ("“甲”“乙”“丙”", 3), ("一是甲。二是乙。", 2), ("甲", 1)]
        {
            assert_eq!(items(text), expected, "{text}");
        }
    }
}
