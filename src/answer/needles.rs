//! What is looked for in a passage, and where it stands: each token, and whatever may stand for it. Knows nothing of how it
//! is weighed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::key::Key;
use super::token::Token;
use crate::analysis::stretch::stands_at;

/// What a word that means the same counts, compared with the word itself.
pub(super) const ALTERNATIVE_CREDIT: f32 = 0.8;

/// Where something that satisfies a token stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Range of characters.
    pub range: Range<usize>,
    /// How much of the token counts there: 1 for itself, less for a word that means the same.
    pub credit: f32,
}

/// Something to look for in a passage.
#[derive(Debug, Clone)]
struct Needle {
    chars: Vec<char>,
    /// How much of a token counts where this stands.
    credit: f32,
    /// The tokens it satisfies.
    tokens: Vec<usize>,
}

/// What is looked for, sorted by its first character: each token, and what may stand for it.
#[derive(Debug, Clone)]
pub(super) struct Needles {
    all: Vec<Needle>,
    /// The last eight bits of first characters: most characters of a passage start nothing, and are passed over quickly.
    firsts: Vec<bool>,
}

impl Needles {
    pub(super) fn new(tokens: &[Token], keys: &[Key]) -> Self {
        let mut found: BTreeMap<(&[char], u32), Vec<usize>> = BTreeMap::new();
        for (number, token) in tokens.iter().enumerate() {
            found.entry((&token.chars, 1.0f32.to_bits())).or_default().push(number);
            for word in token.key.into_iter().flat_map(|key| &keys[key].find) {
                let tokens = found.entry((word, ALTERNATIVE_CREDIT.to_bits())).or_default();
                tokens.push(number);
            }
        }
        let mut needles = Self { all: Vec::with_capacity(found.len()), firsts: vec![false; 256] };
        for ((chars, credit), tokens) in found.into_iter().filter(|((chars, _), _)| !chars.is_empty()) {
            needles.firsts[chars[0] as usize & 255] = true;
            needles.all.push(Needle { chars: chars.to_vec(), credit: f32::from_bits(credit), tokens });
        }
        needles
    }

    /// Where in a folded passage something satisfies each of so many tokens, and how much of it counts; in order.
    pub(super) fn places(&self, chars: &[char], tokens: usize) -> Vec<Vec<Place>> {
        let mut places: Vec<Vec<Place>> = vec![Vec::new(); tokens];
        for (start, c) in chars.iter().enumerate() {
            for needle in self.starting_with(*c) {
                if stands_at(chars, start, &needle.chars) {
                    let place = Place { range: start..start + needle.chars.len(), credit: needle.credit };
                    needle.tokens.iter().for_each(|&token| places[token].push(place.clone()));
                }
            }
        }
        places
    }

    fn starting_with(&self, first: char) -> &[Needle] {
        if !self.firsts[first as usize & 255] {
            return &[];
        }
        let from = self.all.partition_point(|needle| needle.chars[0] < first);
        let count = self.all[from..].iter().take_while(|needle| needle.chars[0] == first).count();
        &self.all[from..from + count]
    }
}
