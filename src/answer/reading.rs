//! How a question is read: which parks it names, what it asks for, what of it is to be found and what each part weighs.
//! Knows the index's counts, but no passage.

use std::collections::BTreeSet;
use std::ops::Range;

use super::dialect::write_commonly;
use super::excluded;
use super::facet::{self, Facet};
use super::key::{Key, keys};
use super::kind::{Asked, fillers, take_kind};
use super::knowledge::Knowledge;
use super::needles::{ALTERNATIVE_CREDIT, Needles, Place};
use super::owner::owner;
use super::park::Named;
use super::token::{Token, focus, tokens};
use crate::analysis::script::fold;
use crate::analysis::stretch::{overlap, places_of};
use crate::index::{Clause, Query};

/// How a question is to be read.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// Nothing is repaired, recognised by sound, put from a dialect into common words, or expanded.
    pub literal: bool,
    /// Parks taken from before, by number, if the question names none itself.
    pub carried: BTreeSet<usize>,
}

/// A question as the search sees it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The folded question, one character for each of the original; what was cut out is line breaks.
    pub chars: Vec<char>,
    /// The same before anything was cut out, with the names that were meant.
    pub uncut: Vec<char>,
    /// The words of that.
    pub(super) words: Vec<Range<usize>>,
    /// The same as text, line breaks for the parks that it does not want.
    pub(super) wanted: String,
    /// The parks it names.
    pub named: Vec<Named>,
    /// The parks that it names and does not want.
    pub unwanted: Vec<Named>,
    /// The parks whose documents are searched; empty means all but those of the unwanted ones.
    pub parks: BTreeSet<usize>,
    /// Whether those were told by a name that their documents alone know, and not by their own.
    pub owned: bool,
    /// Whether the documents searched are about parks: then people ask in everyday words, whether they name one or not.
    pub about_parks: bool,
    /// What it asks for.
    pub asked: Asked,
    /// What it asks of a park; empty where the documents are about none.
    pub(super) facets: Vec<&'static Facet>,
    /// The details that must be given, and where it asks for them first, in characters.
    pub(super) details: Vec<(&'static Facet, Range<usize>)>,
    /// The years and stages that it names, and that an answer must name; empty where the documents are about no park.
    pub(super) stages: Vec<Vec<char>>,
    /// What stands in no document of the scope, and what may stand for it.
    pub keys: Vec<Key>,
    /// Its terms, each once, in the order of the question.
    pub tokens: Vec<Token>,
    /// How close each token stands to what asks, 1 next to it and fading with the distance.
    pub focus: Vec<f32>,
    /// Σ idf of the tokens of each kind, in the order of [`crate::analysis::terms::Kind::ALL`].
    pub idf: [f32; 3],
    /// What is looked for in a passage, by its first character.
    needles: Needles,
}

impl Reading {
    /// Reads a folded question.
    pub fn new(mut chars: Vec<char>, knowledge: &Knowledge, how: &Readings) -> Self {
        if !how.literal {
            write_commonly(&mut chars, &knowledge.analyzer);
        }
        let words = knowledge.analyzer.words(&chars);
        // 外滩 is named in 外滩融易行, which somebody taught, but 金山 is not in 旧金山, which is a word of the language.
        let common: Vec<Range<usize>> =
            words.into_iter().filter(|word| !knowledge.analyzer.is_taught(&chars[word.clone()])).collect();
        let mut named = knowledge.parks.find(&chars, &common, &knowledge.index, &knowledge.vocabulary);
        if how.literal {
            named.retain(|named| named.exact);
        }
        for named in named.iter().filter(|named| !named.exact) {
            correct(&mut chars, named);
        }
        let (named, unwanted) = excluded::parks(&chars, named);
        let parks: BTreeSet<usize> = named.iter().map(|named| named.park).collect();
        let carried = parks.is_empty() && unwanted.is_empty();
        let parks = if carried { how.carried.clone() } else { parks };
        let about_parks = !knowledge.parks.all.is_empty();
        let words = knowledge.analyzer.words(&chars);
        let unknown = about_parks && carried && parks.is_empty();
        let parks = if unknown { owner(&chars, &words, knowledge).into_iter().collect() } else { parks };
        let owned = unknown && !parks.is_empty();
        let scope = knowledge.parks.passages(&parks);
        let question = if about_parks { chars.iter().collect() } else { String::new() };
        let facets = facet::facets(&question);
        let stages = facet::stages(&question).into_iter().map(|range| chars[range].to_vec()).collect();
        let uncut = chars.clone();
        let wanted = wanted(&uncut, &unwanted);
        let details = facet::details().asked(&wanted).collect();
        cut_fillers(&mut chars, &words, &knowledge.phrases);
        excluded::cut(&mut chars, &words, &unwanted);
        let asking = chars.clone();
        let asked = take_kind(&mut chars);
        let keys = if how.literal { Vec::new() } else { keys(&asking, &chars, &words, &named, &scope, knowledge) };
        let tokens = tokens(&chars, &named, &keys, knowledge);
        let mut idf = [0.0; 3];
        for token in &tokens {
            idf[token.kind as usize] += token.idf;
        }
        let focus = tokens.iter().map(|token| focus(&token.range, &asked.places, chars.len())).collect();
        let needles = Needles::new(&tokens, &keys);
        Self {
            chars,
            uncut,
            words,
            wanted,
            named,
            unwanted,
            parks,
            owned,
            about_parks,
            asked,
            facets,
            details,
            stages,
            keys,
            tokens,
            focus,
            idf,
            needles,
        }
    }

    /// What is searched where no park is wanted, as sorted ranges of passages: all of them, or those that are not of the
    /// unwanted parks.
    pub fn elsewhere(&self, knowledge: &Knowledge) -> Vec<Range<usize>> {
        let unwanted: BTreeSet<usize> = self.unwanted.iter().map(|named| named.park).collect();
        knowledge.parks.passages_of_others(&unwanted)
    }

    /// Reads a question as it was typed.
    pub fn of(text: &str, knowledge: &Knowledge) -> Self {
        Self::new(fold(text).chars, knowledge, &Readings::default())
    }

    /// Whether a stretch of it has a character in common with the name of a park.
    pub(super) fn is_in_name(&self, range: &Range<usize>) -> bool {
        self.named.iter().any(|named| overlap(&named.range, range))
    }

    /// The names of the facets it asks for, as in `facets.toml`.
    pub fn facet_names(&self) -> Vec<&str> {
        self.facets.iter().map(|facet| facet.name.as_str()).collect()
    }

    /// What the index is asked.
    pub fn query(&self, knowledge: &Knowledge) -> Query {
        let clause = |token: &Token| {
            let mut ways = vec![(vec![token.chars.iter().collect()], token.weight_of_name(&self.named))];
            for word in token.key.map_or(&[] as &[_], |key| self.keys[key].find.as_slice()) {
                let terms = knowledge.analyzer.terms(word).into_iter();
                let terms: Vec<String> = terms.filter(|term| term.kind == token.kind).map(|term| term.text).collect();
                if !terms.is_empty() {
                    let weight = ALTERNATIVE_CREDIT / terms.len() as f32;
                    ways.push((terms, weight));
                }
            }
            Clause { kind: token.kind, ways }
        };
        Query { clauses: self.tokens.iter().map(clause).collect() }
    }

    /// Where in a folded passage something satisfies each token, and how much of it counts; in order.
    pub fn places(&self, chars: &[char]) -> Vec<Vec<Place>> {
        self.needles.places(chars, self.tokens.len())
    }
}

/// A question as text, line breaks for the parks that it does not want.
fn wanted(uncut: &[char], unwanted: &[Named]) -> String {
    let mut wanted = uncut.to_vec();
    for park in unwanted {
        wanted[park.range.clone()].fill('\n');
    }
    wanted.into_iter().collect()
}

/// Writes the name that was meant where another was typed, as far as the length allows.
fn correct(chars: &mut [char], named: &Named) {
    let meant: Vec<char> = named.alias.chars().collect();
    if meant.len() == named.range.len() {
        chars[named.range.clone()].copy_from_slice(&meant);
    } else {
        let mut letters = meant.into_iter();
        for c in &mut chars[named.range.clone()] {
            *c = letters.next().unwrap_or('\n');
        }
    }
}

/// Replaces politeness and filler by line breaks: the general ones and the operators' own.
fn cut_fillers(chars: &mut [char], words: &[Range<usize>], own: &[Vec<char>]) {
    for phrase in own.iter().chain(fillers()) {
        for range in places_of(chars, phrase) {
            if range.len() > 1 || words.contains(&range) {
                chars[range].fill('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::{Words, read_words};
    use crate::corpus::{Corpus, Source};

    fn check(question: &str, expected: &[usize]) {
        let source = |park: &str| Source { title: park.into(), park: Some(park.into()), ..Source::default() };
        let texts = [("黄浦", "推出外滩融易行。"), ("金山", "建设科创城。")];
        let corpus = Corpus::of_passages(texts.map(|(park, text)| (source(park), text.to_owned())));
        let words = "names = ['外滩融易行']\n[[park]]\nname = '黄浦'\naliases = ['外滩']";
        let knowledge = Knowledge::new(corpus, &read_words(words).unwrap()).unwrap();
        let parks: Vec<usize> = Reading::of(question, &knowledge).parks.into_iter().collect();
        assert_eq!(parks, expected, "{question}");
    }

    #[test]
    fn a_park_is_named_inside_a_taught_name_but_not_inside_a_word() {
        check("外滩融易行利率多少", &[0]);
        check("金山有什么", &[1]);
        check("旧金山有什么", &[]);
    }

    #[test]
    fn a_literal_reading_keeps_the_words_of_a_dialect() {
        let corpus = Corpus::of_passages([(Source::default(), "金山位于杭州湾北岸。".to_owned())]);
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        let read = |literal| {
            let how = Readings { literal, ..Readings::default() };
            Reading::new(fold("金山喺邊度").chars, &knowledge, &how).uncut.into_iter().collect::<String>()
        };
        assert_eq!(read(false), "金山在哪里");
        assert_eq!(read(true), "金山喺边度");
    }
}
