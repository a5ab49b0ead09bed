//! Small, nearly closed classes of words: what points back, what excludes, how the names of areas end. They are data:
//! `grammar.toml`.

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
    /// Characters that join words and are part of no name.
    pub(super) joining: String,
    pub(super) places: String,
    /// Endings of the names of areas, the longest first.
    pub(super) areas: Vec<String>,
}

/// The words that ship with the product.
pub(super) static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| toml::from_str(include_str!("grammar.toml")).expect("grammar.toml is tested to be valid"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::folded;

    #[test]
    fn the_words_are_folded_and_none_hides_a_longer_one() {
        let Grammar { back, excluding, bounds, empty, joining, places, areas } = &*GRAMMAR;
        let words = [back, excluding, bounds, areas].into_iter().flatten();
        for word in words.chain([empty, joining, places]) {
            assert!(!word.is_empty() && *word == folded(word), "{word}");
        }
        for (number, ending) in areas.iter().enumerate() {
            let longer = areas[number..].iter().skip(1).find(|later| later.ends_with(ending.as_str()));
            assert_eq!(longer, None, "{ending} comes before it");
        }
    }
}
