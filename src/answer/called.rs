//! What parks are called, in an order, and which of very many names a question may hold at all: told by their first two
//! characters and by the letters that spell them. Knows nothing of which one is meant.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::analysis::pinyin::spelled;

/// A name that is spelled in fewer letters is not recognised by them.
const MIN_LETTERS: usize = 4;

/// Names and the park of each, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Called {
    /// Folded names of two characters at least, the longest first.
    pub(super) all: Vec<(Vec<char>, usize)>,
    /// The numbers of the names whose first or second character it is, in order.
    beginning: HashMap<char, Vec<usize>>,
    /// The numbers of the names that letters spell, in order.
    spelled: HashMap<String, Vec<usize>>,
}

impl Called {
    pub(super) fn new(mut all: Vec<(Vec<char>, usize)>) -> Self {
        all.sort_unstable_by(|(a, first), (b, second)| {
            b.len().cmp(&a.len()).then_with(|| (a, first).cmp(&(b, second)))
        });
        let (mut beginning, mut by_letters): (HashMap<char, Vec<usize>>, HashMap<String, Vec<usize>>) =
            Default::default();
        for (number, (name, _)) in all.iter().enumerate() {
            for c in name.iter().take(2) {
                let numbers = beginning.entry(*c).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
            if let Some(letters) = spelled(&name.iter().collect::<String>()).filter(|l| l.len() >= MIN_LETTERS) {
                by_letters.entry(letters).or_default().push(number);
            }
        }
        Self { all, beginning, spelled: by_letters }
    }

    /// The numbers of the names that may stand in a question with one wrong character at most, in order: either the first
    /// or the second character is right.
    pub(super) fn near(&self, question: &[char]) -> Vec<usize> {
        let mut near: Vec<usize> = question.iter().filter_map(|c| self.beginning.get(c)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Where names are spelled in Latin letters, in one word or by syllables: `latin` are the runs of such letters.
    pub(super) fn spelled_in(&self, question: &[char], latin: &[Range<usize>]) -> BTreeMap<usize, Vec<Range<usize>>> {
        const MAX_SYLLABLES: usize = 8;
        let mut found: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        for first in 0..latin.len() {
            let mut typed = String::new();
            for last in first..latin.len().min(first + MAX_SYLLABLES) {
                let neighbours = last == first
                    || question[latin[last - 1].end..latin[last].start].iter().all(|c| matches!(c, ' ' | '\'' | '-'));
                if !neighbours {
                    break;
                }
                typed.extend(&question[latin[last].clone()]);
                for name in self.spelled.get(&typed).into_iter().flatten() {
                    found.entry(*name).or_default().push(latin[first].start..latin[last].end);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::terms::runs;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn called(names: &[&str]) -> Called {
        Called::new(names.iter().map(|name| chars(name)).zip(0..).collect())
    }

    #[test]
    fn a_name_with_one_wrong_character_is_near_whichever_it_is() {
        let called = called(&["张江", "紫竹高新区", "大零号湾"]);
        let near = |question: &str| -> Vec<String> {
            let names = called.near(&chars(question)).into_iter().map(|number| called.all[number].0.iter().collect());
            names.collect()
        };
        for question in ["大零号弯", "大零好湾", "大林号湾", "打零号湾", "打大零号湾有多大"] {
            assert_eq!(near(question), ["大零号湾"], "{question}");
        }
        assert_eq!(near("张江和大零号湾"), ["大零号湾", "张江"], "the longest first");
        assert!(near("火星").is_empty());
    }

    #[test]
    fn letters_spell_names_in_one_word_or_by_syllables() {
        let called = called(&["紫竹", "子竹", "安"]);
        for question in ["zizhu多大", "zi zhu", "zi-zhu"] {
            let question = chars(question);
            let latin: Vec<_> = runs(&question).into_iter().filter(|run| question[run.start].is_ascii()).collect();
            let found = called.spelled_in(&question, &latin);
            assert_eq!(found.len(), 2, "{question:?}");
            assert!(found.values().all(|places| places.len() == 1));
        }
        assert!(called.spelled_in(&chars("an"), std::slice::from_ref(&(0..2))).is_empty(), "too few letters");
    }
}
