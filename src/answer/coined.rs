//! Names that a text coins: what no dictionary knows. Whether a name is the document's own, it does not know.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::area::{areas, without_ending};
use super::grammar::GRAMMAR;
use super::own_names::MAX_NAME_CHARS;
use crate::analysis::script::{fold, is_han};
use crate::analysis::terms::Analyzer;

/// What the dictionary saw more often as a word of one character is part of no coined name.
const MAX_CHAR_FREQUENCY: usize = 25_000;
/// What the dictionary saw at most so often as a word of one character is seen in names more than elsewhere.
const MAX_NAME_CHAR_FREQUENCY: usize = 1_500;
/// A word that the dictionary saw at most so often is as good as coined: 星槎.
const MAX_RARE_WORD_FREQUENCY: usize = 20;
/// The longest name that the text coins, in characters.
pub(super) const MAX_COINED_CHARS: usize = 4;

/// What a text calls a place or an area by a name that the dictionary does not know, and what people say for short.
pub(super) fn places(chars: &[char], analyzer: &Analyzer) -> BTreeSet<String> {
    let text = |range: Range<usize>| chars[range].iter().collect::<String>();
    let rare = |c: char| is_rare(c, analyzer);
    let mut found = BTreeSet::new();
    for range in loose(chars, analyzer, rare) {
        for end in range.start + 2..=range.end {
            if GRAMMAR.places.contains(chars[end - 1]) {
                let from = range.start.max(end.saturating_sub(MAX_COINED_CHARS));
                found.extend((from..end - 1).map(|start| text(start..end)));
            }
        }
    }
    for name in areas(chars, analyzer).into_iter().map(text) {
        let own = without_ending(&name).unwrap_or_default();
        let letters: Vec<char> = own.chars().collect();
        let words = analyzer.words(&letters);
        // 感知谷 is a name; 低空经济区 and 研究园区 say what the area is for.
        let text = |word: &Range<usize>| letters[word.clone()].iter().collect::<String>();
        let coined =
            words.iter().any(|word| word.len() == 1 || analyzer.frequency(&text(word)) <= MAX_RARE_WORD_FREQUENCY);
        let named =
            coined || words.len() == 1 && name.chars().count() == letters.len() + 1 && !name.ends_with(['区', '园']);
        if letters.len() >= 2 && letters.iter().all(|&c| rare(c)) && named && !analyzer.knows(&name) {
            if coined && letters.len() <= MAX_COINED_CHARS {
                found.insert(own.to_owned());
            }
            found.insert(name);
        }
    }
    found
}

/// What a text says that something is called for short: （以下简称“鹮传院”）.
pub(super) fn called(chars: &[char], analyzer: &Analyzer) -> BTreeSet<String> {
    static CALLED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:简称|俗称|又称|别称|昵称|人称|习惯称|统称|称为|称作|叫做|名为|[也多常都又俗]叫)(?:为|作)?[:]?[“「]([一-龥a-z0-9]{2,8})[”」](?:(?:或|、|和)[“「]([一-龥a-z0-9]{2,8})[”」])?")
            .expect("the pattern is tested")
    });
    let text: String = chars.iter().collect();
    let groups = |found: fancy_regex::Captures<'_, str>| {
        [found.get(1), found.get(2)].map(|name| name.map(|name| name.as_str().to_owned()))
    };
    let names = CALLED.captures_iter(text.as_str()).flatten().flat_map(groups).flatten();
    names.filter(|name| !analyzer.knows(name)).collect()
}

/// Stretches of a text that may be names because the dictionary makes no words of their characters.
pub(super) fn coined_stretches(chars: &[char], analyzer: &Analyzer) -> Vec<Range<usize>> {
    let mut stretches = loose(chars, analyzer, |c| is_han(c) && !GRAMMAR.joining.contains(c));
    stretches.retain(|stretch| stretch.len() >= 2);
    stretches
}

/// Whether a stretch of single characters may be a name rather than words that happen to stand together, 付租: one of its
/// characters is hardly ever a word.
pub(super) fn is_name_like(chars: &[char], analyzer: &Analyzer) -> bool {
    chars.iter().any(|c| analyzer.frequency(&c.to_string()) <= MAX_NAME_CHAR_FREQUENCY)
}

/// Whether a character is part of names rather than a word of its own.
fn is_rare(c: char, analyzer: &Analyzer) -> bool {
    is_han(c) && !GRAMMAR.joining.contains(c) && analyzer.frequency(&c.to_string()) <= MAX_CHAR_FREQUENCY
}

/// Stretches of single characters that the dictionary makes no words of.
fn loose(chars: &[char], analyzer: &Analyzer, fits: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for word in analyzer.words(chars) {
        let loose = word.len() == 1 && fits(chars[word.start]);
        match stretches.last_mut() {
            Some(last) if loose && last.end == word.start => last.end = word.end,
            _ if loose => stretches.push(word),
            _ => {}
        }
    }
    stretches
}

/// What a title coins: stretches of single characters that the dictionary makes no words of. Whole stretches, and every
/// part of them; which part is a name, the text tells.
pub(super) fn coined(title: &str, analyzer: &Analyzer) -> (Vec<String>, Vec<String>) {
    let chars = fold(title).chars;
    let stretches = coined_stretches(&chars, analyzer);
    let text = |range: Range<usize>| chars[range].iter().collect::<String>();
    let stretches = || stretches.iter().filter(|range| range.len() <= MAX_NAME_CHARS);
    let whole = stretches().filter(|range| range.len() > 2).map(|range| text(range.clone())).collect();
    let parts = stretches().flat_map(|range| {
        let range = range.clone();
        range.clone().flat_map(move |start| (start + 2..=range.end).map(move |end| start..end))
    });
    (whole, parts.map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        places(&fold(text).chars, &Analyzer::new([])).into_iter().collect()
    }

    #[test]
    fn places_that_no_dictionary_knows_are_found_by_their_endings() {
        assert!(found("去年鹿鸣坞的雾很大。").contains(&"鹿鸣坞".to_owned()), "{:?}", found("去年鹿鸣坞的雾很大。"));
        assert!(found("企业搬进了菰湾氢谷。").contains(&"菰湾".to_owned()));
        assert_eq!(found("租金多少由双方商定，园区不收取其他费用。"), [""; 0]);
    }

    #[test]
    fn an_area_is_a_name_if_more_than_its_purpose_is_said() {
        assert_eq!(found("入驻感知谷的企业。"), ["感知谷"]);
        assert!(found("桁洲科学城已经开工。").contains(&"桁洲".to_owned()), "what people say for short");
        assert_eq!(found("低空经济园区与研究园区。"), [""; 0]);
    }
}
