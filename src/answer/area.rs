//! What is called an area: 霖海智造港, 张江高新区. Knows how such names end, and of none whose it is.

use std::ops::Range;

use super::grammar::GRAMMAR;
use crate::analysis::terms::Analyzer;

/// The longest name of an area, in characters.
const MAX_AREA_CHARS: usize = 10;

/// Where a folded text calls something an area: up to six neighbouring words that end like the name of one, the shorter
/// first of those with one end.
pub(super) fn areas(chars: &[char], analyzer: &Analyzer) -> Vec<Range<usize>> {
    const MAX_WORDS: usize = 6;
    let words = analyzer.words(chars);
    let ending =
        |name: &str| GRAMMAR.areas.iter().find(|ending| name.ends_with(ending.as_str())).map(|e| e.chars().count());
    let mut found = Vec::new();
    for last in 0..words.len() {
        // Most words end no name.
        let end: String = chars[words[last].clone()].iter().collect();
        if ending(&end).is_none() || GRAMMAR.no_areas.contains(&end) {
            continue;
        }
        for first in (last.saturating_sub(MAX_WORDS - 1)..=last).rev() {
            if first < last && words[first].end != words[first + 1].start {
                break;
            }
            let range = words[first].start..words[last].end;
            let name: String = chars[range.clone()].iter().collect();
            if range.len() <= MAX_AREA_CHARS && ending(&name).is_some_and(|length| range.len() > length + 1) {
                found.push(range);
            }
        }
    }
    found
}

/// What of an area's name is its own; `None` if it does not end like one.
pub(super) fn without_ending(name: &str) -> Option<&str> {
    GRAMMAR.areas.iter().find_map(|ending| name.strip_suffix(ending.as_str()))
}

/// Whether a word is what any area may be called, or part of that: 科创城, 科创.
pub(super) fn is_any(name: &[char]) -> bool {
    let name: String = name.iter().collect();
    GRAMMAR.areas.iter().any(|ending| ending.contains(name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_words_that_end_like_an_area_are_one() {
        let chars: Vec<char> = "霖海智造港与云麓片区的园区".chars().collect();
        let analyzer = Analyzer::new([]);
        let found: Vec<String> =
            areas(&chars, &analyzer).into_iter().map(|range| chars[range].iter().collect()).collect();
        assert!(["霖海智造港", "云麓片区"].iter().all(|area| found.iter().any(|found| found == area)), "{found:?}");
        assert!(super::areas(&"两园同日开园".chars().collect::<Vec<_>>(), &analyzer).is_empty(), "开园 is no area");
        assert!(!found.iter().any(|found| found == "园区"), "what every park may be called is the name of none");
    }

    #[test]
    fn what_is_left_without_the_ending_is_its_own() {
        assert_eq!(without_ending("漕河泾高新技术产业开发区"), Some("漕河泾"), "the longest ending");
        assert_eq!((without_ending("云麓谷"), without_ending("云麓")), (Some("云麓"), None));
    }
}
