//! Small, nearly closed classes of words: what points back, what excludes, how the names of areas end, family names, roles.
//! They are data: `grammar.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// What `grammar.toml` holds; everything is folded.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grammar {
    /// Words that point back to what stands before them.
    pub(super) back: Vec<String>,
    /// What excludes the word that follows it.
    pub(super) excluding: Vec<String>,
    /// What belongs to a number and its unit.
    pub(super) bounds: Vec<String>,
    /// Characters that carry nothing as a unigram.
    pub(super) empty: String,
    /// Characters that join words or ask, and are part of no name.
    pub(super) joining: String,
    /// Characters of words that point at an area, and are part of no name of it.
    pub(super) pointing: String,
    /// Characters that names of places end in.
    pub(super) places: String,
    /// Endings of the names of areas, the longest first.
    pub(super) areas: Vec<String>,
    /// Words that end like the name of an area and name none.
    pub(super) no_areas: Vec<String>,
    /// Characters that no name begins with.
    pub(super) never_first: String,
    /// Characters that no name ends with.
    pub(super) never_last: String,
    /// What stands in names of areas, and what people write for it.
    pub(super) shorter: Vec<(String, String)>,
    /// Words of dialects that ask, and what everybody writes for them.
    pub(super) dialect: Vec<(String, String)>,
    /// Family names of two characters.
    double_families: Vec<String>,
    /// Family names of one.
    families: String,
    /// Roles that a person holds.
    pub(super) roles: Vec<String>,
    /// Those of them that say only that somebody is at the head.
    pub(super) heads: Vec<String>,
    /// What people are counted by.
    pub(super) people: Vec<String>,
    /// What firms are counted by.
    pub(super) firms: Vec<String>,
    /// What is measured and not counted.
    pub(super) measured: Vec<String>,
    /// Nouns of one character that are counted.
    pub(super) short_nouns: String,
    /// Words for anything at all.
    pub(super) anything: Vec<String>,
    /// What stands where a name would and names nothing.
    pub(super) nameless: Vec<String>,
    /// What stands before a noun and tells its kind, not its name.
    pub(super) kinds: Vec<String>,
    /// How what describes a noun ends.
    pub(super) describing: Vec<String>,
    /// Words by which a clause goes on about what the one before it speaks of.
    pub(super) going_on: Vec<String>,
}

/// The words that ship with the product.
pub(super) static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| toml::from_str(include_str!("grammar.toml")).expect("grammar.toml is tested to be valid"));

/// A pattern of the family names of most people, those of two characters first; 区 is one, but not in 区长.
pub(super) static FAMILY_NAME: LazyLock<String> = LazyLock::new(|| {
    // 主任任组长, 负责人方面: what begins a common word begins no name.
    let no_names = "区[长委域内级属政府]|任[组务何命职期意免]|高[级校新端效质]|方[案面式向法]|成[立员为果]|金[额融]|万[元家人亩]|安[排全装]|常[务驻年态]";
    format!("(?:{}|(?!{no_names})[{}])", GRAMMAR.double_families.join("|"), GRAMMAR.families)
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::folded;

    #[test]
    fn the_words_are_folded_and_none_hides_a_longer_one() {
        let file: toml::Table = toml::from_str(include_str!("grammar.toml")).unwrap();
        let words = file.values().flat_map(|value| match value.as_array() {
            Some(words) => words.iter().collect(),
            None => vec![value],
        });
        let words = words.flat_map(|word| word.as_array().map_or_else(|| vec![word], |pair| pair.iter().collect()));
        for word in words.map(|word| word.as_str().unwrap()) {
            assert!(!word.is_empty() && *word == folded(word), "{word}");
        }
        let areas = &GRAMMAR.areas;
        for (number, ending) in areas.iter().enumerate() {
            let longer = areas[number..].iter().skip(1).find(|later| later.ends_with(ending.as_str()));
            assert_eq!(longer, None, "{ending} comes before it");
        }
    }
}
