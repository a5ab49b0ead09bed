//! The terms of a question: how rare each is, and how close it stands to what asks.

use std::collections::HashMap;
use std::ops::Range;

use super::grammar::GRAMMAR;
use super::key::Key;
use super::kind::is_stopword;
use super::knowledge::Knowledge;
use super::park::Named;
use crate::analysis::stretch::is_inside;
use crate::analysis::terms::{Kind, Term};

/// The most terms of a question that are looked for.
const MAX_TERMS: usize = 192;
/// What is left of the weight of a term inside the name of a park that limits the search anyway.
const ALIAS_WEIGHT: f32 = 0.3;
/// Characters over which the weight of a term fades to 1/e with its distance from what asks.
const FOCUS_CHARS: f32 = 4.0;

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

impl Token {
    /// What its weight is multiplied with for standing inside the name of a park.
    pub(super) fn weight_of_name(&self, named: &[Named]) -> f32 {
        if named.iter().any(|named| is_inside(&self.range, &named.range)) { ALIAS_WEIGHT } else { 1.0 }
    }
}

/// The terms of a folded question, each once, in its order.
pub(super) fn tokens(chars: &[char], named: &[Named], keys: &[Key], knowledge: &Knowledge) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut seen: HashMap<(Kind, String), usize> = HashMap::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    let mut terms = knowledge.analyzer.terms(chars);
    terms.retain(|term| carries(term) && !is_edge(term, chars, named));
    for term in terms.into_iter().take(MAX_TERMS) {
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
pub(super) fn focus(range: &Range<usize>, asked: &[Range<usize>], length: usize) -> f32 {
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

/// Whether a bigram joins the end of a park's name with a word that carries nothing: 湾有.
fn is_edge(term: &Term, chars: &[char], named: &[Named]) -> bool {
    let empty = |at: usize| is_stopword(&chars[at].to_string());
    let joins = |named: &Named| {
        let Range { start, end } = named.range;
        let after = term.range == (end.saturating_sub(1)..end + 1) && empty(end);
        after || start > 0 && term.range == (start - 1..start + 1) && empty(start - 1)
    };
    term.kind == Kind::Bigram && named.iter().any(joins)
}

/// Whether a term of a question carries anything.
fn carries(term: &Term) -> bool {
    match term.kind {
        Kind::Unigram => !GRAMMAR.empty.contains(&term.text),
        Kind::Bigram => true,
        Kind::Word => !is_stopword(&term.text),
    }
}
