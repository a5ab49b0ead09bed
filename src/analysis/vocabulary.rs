//! Words that mean the same, and what people say for what documents write: a general vocabulary that ships with the
//! product (`vocabulary/*.toml`) and the operators' own over it. Knows neither documents nor questions.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::script::{folded, is_han};
use super::words::{Words, read_words};

/// The topics of the general vocabulary, each a file. A group stands in the file of what is asked about: space for work,
/// flats, building, ways and so on; talk of money is in `money`, of handing in a form in `procedures`, of what is forbidden
/// in `law`, numbers and comparisons in `figures`; spoken verbs and nouns that go with any of these are in `actions` and
/// `things`, and what belongs to no one topic is in `everyday`. Words that differ only between the Mainland, Taiwan and
/// Hong Kong are in `regions`, what is typed in English in `english_…`, and `never` holds words that mean too much to be
/// expanded. Each file says in its first line what it is for; no group stands in two.
const TOPICS: [(&str, &str); 26] = [
    ("premises", include_str!("vocabulary/premises.toml")),
    ("housing", include_str!("vocabulary/housing.toml")),
    ("construction", include_str!("vocabulary/construction.toml")),
    ("transport", include_str!("vocabulary/transport.toml")),
    ("environment", include_str!("vocabulary/environment.toml")),
    ("life", include_str!("vocabulary/life.toml")),
    ("people", include_str!("vocabulary/people.toml")),
    ("business", include_str!("vocabulary/business.toml")),
    ("money", include_str!("vocabulary/money.toml")),
    ("policy", include_str!("vocabulary/policy.toml")),
    ("procedures", include_str!("vocabulary/procedures.toml")),
    ("law", include_str!("vocabulary/law.toml")),
    ("science", include_str!("vocabulary/science.toml")),
    ("events", include_str!("vocabulary/events.toml")),
    ("figures", include_str!("vocabulary/figures.toml")),
    ("press", include_str!("vocabulary/press.toml")),
    ("everyday", include_str!("vocabulary/everyday.toml")),
    ("actions", include_str!("vocabulary/actions.toml")),
    ("things", include_str!("vocabulary/things.toml")),
    ("regions", include_str!("vocabulary/regions.toml")),
    ("english_business", include_str!("vocabulary/english_business.toml")),
    ("english_science", include_str!("vocabulary/english_science.toml")),
    ("english_places", include_str!("vocabulary/english_places.toml")),
    ("english_life", include_str!("vocabulary/english_life.toml")),
    ("english_everyday", include_str!("vocabulary/english_everyday.toml")),
    ("never", include_str!("vocabulary/never.toml")),
];

static GENERAL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    TOPICS.iter().map(|(_, text)| read_words(text).expect("the shipped vocabulary is tested to be valid")).collect()
});

/// What people say, and what may stand for it in a document.
#[derive(Debug, Clone, Copy)]
struct Group<'a> {
    say: &'a [String],
    find: &'a [String],
}

/// The groups of some words. Of words that mean the same each may stand for any other.
fn groups(words: &Words) -> impl Iterator<Item = Group<'_>> {
    let same = words.same.iter().map(|group| Group { say: group.words(), find: group.words() });
    same.chain(words.ask.iter().map(|group| Group { say: &group.say, find: &group.find }))
}

/// The groups of the general vocabulary, the narrowest first: where few words stand together, each means little else. In
/// which file or line a group stands means nothing.
static GROUPS: LazyLock<Vec<Group<'static>>> = LazyLock::new(|| {
    let mut all: Vec<Group> = GENERAL.iter().flat_map(groups).collect();
    all.sort_unstable_by_key(|group| (group.say.len() + group.find.len(), group.say, group.find));
    all
});

/// All groups, by what people may type.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    keys: HashMap<String, Vec<String>>,
    /// By first character, the length in characters of the longest key.
    longest: HashMap<char, usize>,
    never: HashSet<String>,
    groups: usize,
}

/// A key of the vocabulary that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// Range of characters.
    pub range: Range<usize>,
    /// What may stand for it in a document, folded: the operator's words first, then those of the narrowest group.
    pub find: &'a [String],
}

impl Vocabulary {
    /// The general vocabulary with an operator's words over it.
    pub fn new(own: &Words) -> Self {
        Self::with_share(own, 1.0)
    }

    /// The same with only a share of the general groups, each kept or left out by a hash of its words: for measuring how
    /// far the vocabulary generalises.
    pub fn with_share(own: &Words, share: f64) -> Self {
        let never = std::iter::once(own).chain(GENERAL.iter()).flat_map(|words| &words.stop.never_expand);
        let never = never.map(|word| folded(word)).collect();
        let mut vocabulary = Self { keys: HashMap::new(), longest: HashMap::new(), never, groups: 0 };
        // The operator's groups come first, so their words are tried first.
        groups(own).for_each(|group| vocabulary.add(group));
        let kept = |group: &&Group| {
            let hash = blake3::hash(group.say.join("\n").as_bytes());
            share >= 1.0 || f64::from(hash.as_bytes()[0]) / 256.0 < share
        };
        GROUPS.iter().filter(kept).for_each(|group| vocabulary.add(*group));
        vocabulary
    }

    /// How many groups it holds.
    pub fn groups(&self) -> usize {
        self.groups
    }

    fn add(&mut self, Group { say, find }: Group) {
        self.groups += 1;
        let find: Vec<String> = find.iter().map(|word| folded(word.trim())).filter(|word| !word.is_empty()).collect();
        for key in say.iter().map(|word| folded(word.trim())) {
            if key.is_empty() || self.never.contains(&key) {
                continue;
            }
            if let Some(first) = key.chars().next() {
                let longest = self.longest.entry(first).or_default();
                *longest = (*longest).max(key.chars().count());
            }
            let known = self.keys.entry(key.clone()).or_default();
            for word in &find {
                if *word != key && !known.contains(word) {
                    known.push(word.clone());
                }
            }
        }
    }

    /// What may stand for a folded word.
    pub fn find(&self, word: &str) -> &[String] {
        self.keys.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a folded word means too much to stand for anything.
    pub fn is_everyday(&self, word: &str) -> bool {
        self.never.contains(word)
    }

    /// Whether a folded word is known.
    pub fn knows(&self, word: &str) -> bool {
        self.keys.contains_key(word)
    }

    /// The keys that stand in a folded text, leftmost and longest first, none inside another. A key of one or two Han
    /// characters must begin and end where words do; Latin keys must be whole. A key that is of no use leaves its place to
    /// shorter ones.
    pub fn matches(&self, text: &[char], words: &[Range<usize>], is_useful: impl Fn(&Match) -> bool) -> Vec<Match<'_>> {
        let borders: BTreeSet<usize> = words.iter().flat_map(|word| [word.start, word.end]).collect();
        let latin = |at: usize| text.get(at).is_some_and(|&c| c.is_alphanumeric() && !is_han(c));
        let fits = |range: &Range<usize>| {
            let cut = |at: usize| at > 0 && latin(at - 1) && latin(at);
            let short = range.len() <= 2 && text[range.clone()].iter().all(|&c| is_han(c));
            !cut(range.start)
                && !cut(range.end)
                && (!short || (borders.contains(&range.start) && borders.contains(&range.end)))
        };
        let mut found = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let longest = self.longest.get(&text[start]).copied().unwrap_or(0);
            let lengths = (1..=longest.min(text.len() - start)).rev();
            let hit = lengths.map(|length| start..start + length).filter(fits).find_map(|range| {
                let find = self.keys.get(&text[range.clone()].iter().collect::<String>())?;
                Some(Match { range, find }).filter(&is_useful)
            });
            match hit {
                Some(hit) => {
                    start = hit.range.end;
                    if !hit.find.is_empty() {
                        found.push(hit);
                    }
                }
                None => start += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::fold;
    use crate::analysis::terms::Analyzer;

    fn check(question: &str, key: &str, expected: bool) {
        let own = read_words("same = [['高企', '高新技术企业']]").unwrap();
        let vocabulary = Vocabulary::new(&own);
        let text = fold(question).chars;
        let matches = vocabulary.matches(&text, &Analyzer::new([]).words(&text), |_| true);
        let found: Vec<String> = matches.into_iter().map(|hit| text[hit.range].iter().collect()).collect();
        assert_eq!(found.iter().any(|word| word == key), expected, "{found:?}");
    }

    #[test]
    fn keys_are_found_at_the_borders_of_words() {
        check("高企", "高企", true);
        check("提高企业", "高企", false);
    }

    #[test]
    fn the_shipped_groups_are_valid_and_many() {
        assert!(GROUPS.len() >= 2_500, "{}", GROUPS.len());
        let mut seen = HashSet::new();
        for ((topic, _), words) in TOPICS.iter().zip(GENERAL.iter()) {
            for Group { say, find } in groups(words) {
                let words = [say, find].map(|words| words.iter().collect::<BTreeSet<_>>());
                assert!(seen.insert(words), "{topic}: {say:?} → {find:?} stands here or elsewhere already");
            }
            for group in &words.same {
                assert!(group.words().len() >= 2, "{topic}: {:?} has nothing to stand for it", group.words());
            }
            for word in words.ask.iter().flat_map(|group| group.say.iter().chain(&group.find)) {
                assert!(!word.trim().is_empty(), "{topic}: an empty word");
            }
        }
    }

    #[test]
    fn a_share_keeps_that_share() {
        let (all, half) = (Vocabulary::new(&Words::default()), Vocabulary::with_share(&Words::default(), 0.5));
        let share = half.groups() as f64 / all.groups() as f64;
        assert!((0.45..0.55).contains(&share), "{share}");
    }
}
