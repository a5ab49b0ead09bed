//! How a question is read: which parks it names, what it asks for, what of it is to be found and what each part weighs.
//! Knows the index's counts, but no passage.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::facet::Facet;
use super::grammar::GRAMMAR;
use super::kind::{Asked, fillers, is_stopword, take_kind};
use super::knowledge::Knowledge;
use super::park::Named;
use super::sight::Place;
use crate::analysis::pinyin::spelling;
use crate::analysis::script::{fold, is_han};
use crate::analysis::stretch::{is_inside, overlap, places_of, stands_at};
use crate::analysis::terms::{Kind, Term, runs};
use crate::index::{Clause, Query};

/// The most terms of a question that are looked for.
const MAX_TERMS: usize = 192;
/// The most words that are tried for one.
const MAX_ALTERNATIVES: usize = 8;
/// What a word that means the same counts, compared with the word itself.
const ALTERNATIVE_CREDIT: f32 = 0.8;
/// What is left of the weight of a term inside the name of a park that limits the search anyway.
const ALIAS_WEIGHT: f32 = 0.3;
/// Characters over which the weight of a term fades to 1/e with its distance from what asks.
const FOCUS_CHARS: f32 = 4.0;

/// How a question is to be read.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// Nothing is repaired, recognised by sound, or expanded.
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
    /// The parks it names.
    pub named: Vec<Named>,
    /// The parks whose documents are searched; empty means all.
    pub parks: BTreeSet<usize>,
    /// Whether the documents searched are about parks: then people ask in everyday words, whether they name one or not.
    pub about_parks: bool,
    /// What it asks for.
    pub asked: Asked,
    /// What it asks of a park; empty where the documents are about none.
    pub(super) facets: Vec<&'static Facet>,
    /// The years and stages that it names, and that an answer must name; empty where the documents are about no park.
    pub(super) stages: Vec<Vec<char>>,
    /// What stands in no document of the scope, and what may stand for it.
    pub keys: Vec<Key>,
    /// Its terms, each once, in the order of the question.
    pub tokens: Vec<Token>,
    /// How close each token stands to what asks, 1 next to it and fading with the distance.
    pub focus: Vec<f32>,
    /// Σ idf of the tokens of each kind, in the order of [`Kind::ALL`].
    pub idf: [f32; 3],
    /// What is looked for in a passage, by its first character.
    needles: Needles,
}

/// A word of the question that the documents in scope do not hold, and words of theirs that may mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Range of characters of the question.
    pub range: Range<usize>,
    /// What may stand for it, folded.
    pub find: Vec<Vec<char>>,
    /// Whether it was spelled in Latin letters.
    pub spelled: bool,
}

/// A term of a question.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its kind.
    pub kind: Kind,
    /// Its folded characters.
    pub chars: Vec<char>,
    /// Where it first stands in the question, in characters.
    pub range: Range<usize>,
    /// How rare it is, and how much of that counts.
    pub idf: f32,
    /// For a bigram: the bigram that stands one character before it in the same run.
    pub previous: Option<usize>,
    /// The key it is part of.
    pub key: Option<usize>,
}

impl Reading {
    /// Reads a folded question.
    pub fn new(mut chars: Vec<char>, knowledge: &Knowledge, how: &Readings) -> Self {
        let words = knowledge.analyzer.words(&chars);
        // 外滩 is named in 外滩融易行, which somebody taught, but 金山 is not in 旧金山, which is a word of the language.
        let common: Vec<Range<usize>> =
            words.into_iter().filter(|word| !knowledge.analyzer.is_taught(&chars[word.clone()])).collect();
        let mut named = knowledge.parks.find(&chars, &common, &knowledge.index);
        if how.literal {
            named.retain(|named| named.exact);
        }
        for named in named.iter().filter(|named| !named.exact) {
            correct(&mut chars, named);
        }
        let parks: BTreeSet<usize> = named.iter().map(|named| named.park).collect();
        let parks = if parks.is_empty() { how.carried.clone() } else { parks };
        let scope = knowledge.parks.passages(&parks);
        let about_parks = !knowledge.parks.all.is_empty();
        let (mut facets, mut stages) = (Vec::new(), Vec::new());
        if about_parks {
            let question: String = chars.iter().collect();
            facets = super::facet::facets(&question);
            stages.extend(super::facet::stages(&question).into_iter().map(|range| chars[range].to_vec()));
        }
        let named_chars = chars.clone();
        let words = knowledge.analyzer.words(&chars);
        cut_fillers(&mut chars, &words, &knowledge.phrases);
        cut_exclusions(&mut chars, &words);
        let uncut = chars.clone();
        let asked = take_kind(&mut chars);
        let keys = if how.literal { Vec::new() } else { keys(&uncut, &chars, &words, &named, &scope, knowledge) };
        let tokens = tokens(&chars, &named, &keys, knowledge);
        let mut idf = [0.0; 3];
        for token in &tokens {
            idf[token.kind as usize] += token.idf;
        }
        let focus = tokens.iter().map(|token| focus(&token.range, &asked.places, chars.len())).collect();
        let needles = Needles::new(&tokens, &keys);
        Self {
            chars,
            uncut: named_chars,
            named,
            parks,
            about_parks,
            asked,
            facets,
            stages,
            keys,
            tokens,
            focus,
            idf,
            needles,
        }
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
        let mut places: Vec<Vec<Place>> = vec![Vec::new(); self.tokens.len()];
        for (start, c) in chars.iter().enumerate() {
            for needle in self.needles.starting_with(*c) {
                if stands_at(chars, start, &needle.chars) {
                    let place = Place { range: start..start + needle.chars.len(), credit: needle.credit };
                    needle.tokens.iter().for_each(|&token| places[token].push(place.clone()));
                }
            }
        }
        places
    }
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
#[derive(Debug, Clone, Default)]
struct Needles {
    all: Vec<Needle>,
    /// The last eight bits of first characters: most characters of a passage start nothing, and are passed over quickly.
    firsts: Vec<bool>,
}

impl Needles {
    fn new(tokens: &[Token], keys: &[Key]) -> Self {
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

    fn starting_with(&self, first: char) -> &[Needle] {
        if !self.firsts[first as usize & 255] {
            return &[];
        }
        let from = self.all.partition_point(|needle| needle.chars[0] < first);
        let count = self.all[from..].iter().take_while(|needle| needle.chars[0] == first).count();
        &self.all[from..from + count]
    }
}

impl Token {
    fn weight_of_name(&self, named: &[Named]) -> f32 {
        if named.iter().any(|named| is_inside(&self.range, &named.range)) { ALIAS_WEIGHT } else { 1.0 }
    }
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

/// Replaces what is not asked for by line breaks: 不算周边, with the word that follows 不算.
fn cut_exclusions(chars: &mut [char], words: &[Range<usize>]) {
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
}

/// The words of the question that the scope does not hold and the vocabulary, or their sound, can replace.
fn keys(
    uncut: &[char],
    chars: &[char],
    words: &[Range<usize>],
    named: &[Named],
    scope: &[Range<usize>],
    knowledge: &Knowledge,
) -> Vec<Key> {
    let in_name = |range: &Range<usize>| named.iter().any(|named| overlap(&named.range, range));
    let held = |word: &[char]| holds(knowledge, word, scope);
    let mut keys = Vec::new();
    for hit in knowledge.vocabulary.matches(uncut, words) {
        // What asks is not a topic, unless only a part of the key asks.
        let asks = chars[hit.range.clone()].iter().all(|&c| c == '\n');
        if asks || in_name(&hit.range) || held(&uncut[hit.range.clone()]) {
            continue;
        }
        let find: Vec<Vec<char>> =
            hit.find.iter().map(|word| word.chars().collect::<Vec<_>>()).filter(|word| held(word)).collect();
        if !find.is_empty() {
            let find = find.into_iter().take(MAX_ALTERNATIVES).collect();
            keys.push(Key { range: hit.range, find, spelled: false });
        }
    }
    for run in runs(chars).into_iter().filter(|run| !is_han(chars[run.start])) {
        let letters: String = chars[run.clone()].iter().collect();
        if in_name(&run) || keys.iter().any(|key| overlap(&key.range, &run)) || held(&chars[run.clone()]) {
            continue;
        }
        let find: Vec<Vec<char>> = spelling(&letters, MAX_ALTERNATIVES * 4, knowledge.index.pairs())
            .into_iter()
            .map(|word| word.chars().collect::<Vec<_>>())
            .filter(|word| held(word))
            .take(MAX_ALTERNATIVES)
            .collect();
        if !find.is_empty() {
            keys.push(Key { range: run, find, spelled: true });
        }
    }
    keys.sort_by_key(|key| key.range.start);
    keys
}

/// Whether some passage of the scope holds a folded word.
pub(super) fn holds(knowledge: &Knowledge, word: &[char], scope: &[Range<usize>]) -> bool {
    const MAX_LOOKED_AT: usize = 64;
    let mut pairs: Vec<String> = Vec::new();
    let mut singles: Vec<String> = Vec::new();
    for run in runs(word) {
        if is_han(word[run.start]) && run.len() > 1 {
            pairs.extend(word[run].windows(2).map(|pair| pair.iter().collect::<String>()));
        } else {
            singles.push(word[run].iter().collect());
        }
    }
    if pairs.is_empty() {
        return !knowledge.index.holding(Kind::Unigram, &singles, scope, 1).is_empty();
    }
    let passages = knowledge.index.holding(Kind::Bigram, &pairs, scope, MAX_LOOKED_AT);
    if pairs.len() == 1 || passages.len() == MAX_LOOKED_AT {
        return !passages.is_empty();
    }
    passages.into_iter().any(|number| {
        let passage = &knowledge.corpus.passages[number];
        let title = knowledge.corpus.source(passage).title.as_str();
        let headings = passage.headings.iter().map(String::as_str);
        let mut texts = std::iter::once(knowledge.corpus.text(passage)).chain(headings).chain([title]);
        texts.any(|text| !places_of(&fold(text).chars, word).is_empty())
    })
}

fn tokens(chars: &[char], named: &[Named], keys: &[Key], knowledge: &Knowledge) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut seen: HashMap<(Kind, String), usize> = HashMap::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    for term in knowledge.analyzer.terms(chars).into_iter().filter(carries).take(MAX_TERMS) {
        let number = *seen.entry((term.kind, term.text.clone())).or_insert(tokens.len());
        let mut previous = None;
        if term.kind == Kind::Bigram && term.range.len() == 2 {
            previous = term.range.start.checked_sub(1).and_then(|start| at.get(&start).copied());
            at.insert(term.range.start, number);
        }
        if number < tokens.len() {
            continue;
        }
        let key = keys.iter().position(|key| is_inside(&term.range, &key.range));
        let mut holding = knowledge.index.document_frequency(term.kind, &term.text);
        if let Some(key) = key {
            let union: usize = keys[key].find.iter().map(|word| frequency(word, knowledge)).sum();
            holding = usize::midpoint(holding, union.min(knowledge.index.len()));
        }
        let mut token = Token {
            kind: term.kind,
            chars: term.text.chars().collect(),
            range: term.range,
            idf: idf(holding, knowledge.index.len()),
            previous,
            key,
        };
        token.idf *= token.weight_of_name(named);
        tokens.push(token);
    }
    tokens
}

/// About how many passages hold a folded word: as many as hold its rarest pair.
fn frequency(word: &[char], knowledge: &Knowledge) -> usize {
    let terms = |kind: Kind| {
        let terms = knowledge.analyzer.terms(word).into_iter().filter(move |term| term.kind == kind);
        terms.map(|term| knowledge.index.document_frequency(kind, &term.text)).min()
    };
    terms(Kind::Bigram).or_else(|| terms(Kind::Unigram)).unwrap_or(0)
}

/// How close a range stands to the nearest place that asks, or to the end of the question where nothing asks.
fn focus(range: &Range<usize>, asked: &[Range<usize>], length: usize) -> f32 {
    let end = length..length;
    let places = if asked.is_empty() { std::slice::from_ref(&end) } else { asked };
    let distance =
        |place: &Range<usize>| place.start.saturating_sub(range.end).max(range.start.saturating_sub(place.end));
    let nearest = places.iter().map(distance).min().unwrap_or(length);
    (-(nearest as f32) / FOCUS_CHARS).exp()
}

/// How much a term tells, from the number of passages that hold it: Lucene's and tantivy's inverse document frequency.
pub(super) fn idf(holding: usize, passages: usize) -> f32 {
    let (holding, passages) = (holding as f32, passages as f32);
    (1.0 + (passages - holding + 0.5) / (holding + 0.5)).ln()
}

/// Whether a term of a question carries anything.
fn carries(term: &Term) -> bool {
    match term.kind {
        Kind::Unigram => !GRAMMAR.empty.contains(&term.text),
        Kind::Bigram => true,
        Kind::Word => !is_stopword(&term.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::read_words;
    use crate::corpus::{Corpus, Document, Passage, Source};

    fn check(question: &str, expected: &[usize]) {
        let mut corpus = Corpus::default();
        for (number, (park, text)) in [("黄浦", "推出外滩融易行。"), ("金山", "建设科创城。")].into_iter().enumerate()
        {
            let source = Source { title: park.into(), park: Some(park.into()), ..Source::default() };
            corpus.documents.push(Document { source, text: text.into(), sections: Vec::new() }.into());
            corpus.passages.push(Passage {
                document: number,
                headings: [].into(),
                range: 0..text.len(),
                answers_heading: false,
            });
        }
        let words = "names = ['外滩融易行']\n[[park]]\nname = '黄浦'\naliases = ['外滩']";
        let knowledge = Knowledge::new(corpus, &read_words(words).unwrap()).unwrap();
        let parks: Vec<usize> = Reading::of(question, &knowledge).parks.into_iter().collect();
        assert_eq!(parks, expected, "{question}");
    }

    #[test]
    fn what_is_excluded_is_not_looked_for() {
        let cut = |question: &str, words: &[Range<usize>]| {
            let mut chars: Vec<char> = question.chars().collect();
            cut_exclusions(&mut chars, words);
            chars.into_iter().collect::<String>()
        };
        assert_eq!(cut("不算周边多大", &[0..2, 2..4, 4..6]), "\n\n\n\n多大");
        assert_eq!(cut("算不算周边", &[0..3, 3..5]), "算不算周边");
    }

    #[test]
    fn a_park_is_named_inside_a_taught_name_but_not_inside_a_word() {
        check("外滩融易行利率多少", &[0]);
        check("金山有什么", &[1]);
        check("旧金山有什么", &[]);
    }
}
