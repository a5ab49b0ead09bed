//! How a question is read: what of it is to be found, and what each part of it weighs. Knows the index's counts, but
//! no passage.

use std::collections::HashMap;
use std::ops::Range;

use super::kind::{Asked, is_stopword, take_kind};
use crate::analysis::script::fold;
use crate::analysis::terms::{Analyzer, Kind, Term};
use crate::index::{Clause, Index, Query};

/// The most terms of a question that are looked for.
const MAX_TERMS: usize = 192;
/// Characters over which the weight of a term fades to 1/e with its distance from what asks.
const FOCUS_CHARS: f32 = 4.0;
/// Characters that carry nothing as a unigram.
const EMPTY_UNIGRAMS: &str = "的是了在吗呢请问否";

/// A question as the search sees it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The folded question, one character for each of the original; what was cut out is line breaks.
    pub chars: Vec<char>,
    /// What it asks for.
    pub asked: Asked,
    /// Its terms, each once, in the order of the question.
    pub tokens: Vec<Token>,
    /// How close each token stands to what asks, 1 next to it and fading with the distance.
    pub focus: Vec<f32>,
    /// Σ idf of the tokens of each kind, in the order of [`Kind::ALL`].
    pub idf: [f32; 3],
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
}

impl Reading {
    /// Reads a folded question of which some stretches may already be line breaks.
    pub fn new(mut chars: Vec<char>, analyzer: &Analyzer, index: &Index) -> Self {
        let asked = take_kind(&mut chars);
        let mut tokens: Vec<Token> = Vec::new();
        let mut seen: HashMap<(Kind, String), usize> = HashMap::new();
        for term in analyzer.terms(&chars).into_iter().filter(carries).take(MAX_TERMS) {
            let previous = || {
                let before = |token: &&(usize, Range<usize>)| token.1.start + 1 == term.range.start;
                let bigrams = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Bigram);
                let placed: Vec<_> = bigrams.map(|(number, token)| (number, token.range.clone())).collect();
                placed.iter().rev().find(before).map(|(number, _)| *number)
            };
            let previous = if term.kind == Kind::Bigram { previous() } else { None };
            let number = tokens.len();
            if *seen.entry((term.kind, term.text.clone())).or_insert(number) == number {
                let idf = idf(index.document_frequency(term.kind, &term.text), index.len());
                let chars = term.text.chars().collect();
                tokens.push(Token { kind: term.kind, chars, range: term.range, idf, previous });
            }
        }
        let mut sums = [0.0; 3];
        for token in &tokens {
            sums[token.kind as usize] += token.idf;
        }
        let focus = tokens.iter().map(|token| focus(&token.range, &asked.places, chars.len())).collect();
        Self { chars, asked, tokens, focus, idf: sums }
    }

    /// Reads a question as it was typed.
    pub fn of(text: &str, analyzer: &Analyzer, index: &Index) -> Self {
        Self::new(fold(text).chars, analyzer, index)
    }

    /// What the index is asked.
    pub fn query(&self) -> Query {
        let clause = |token: &Token| Clause { kind: token.kind, ways: vec![(vec![token.chars.iter().collect()], 1.0)] };
        Query { clauses: self.tokens.iter().map(clause).collect() }
    }
}

/// How close a range stands to the nearest place that asks, or to the end of the question where nothing asks.
fn focus(range: &Range<usize>, asked: &[Range<usize>], length: usize) -> f32 {
    let end = length..length;
    let places = if asked.is_empty() { std::slice::from_ref(&end) } else { asked };
    let distance = |place: &Range<usize>| place.start.saturating_sub(range.end).max(range.start.saturating_sub(place.end));
    let nearest = places.iter().map(distance).min().unwrap_or(length);
    (-(nearest as f32) / FOCUS_CHARS).exp()
}

/// How much a term tells, from the number of passages that hold it: Lucene's and tantivy's inverse document frequency.
pub fn idf(holding: usize, passages: usize) -> f32 {
    let (holding, passages) = (holding as f32, passages as f32);
    (1.0 + (passages - holding + 0.5) / (holding + 0.5)).ln()
}

/// Whether a term of a question carries anything.
fn carries(term: &Term) -> bool {
    match term.kind {
        Kind::Unigram => !EMPTY_UNIGRAMS.contains(&term.text),
        Kind::Bigram => true,
        Kind::Word => !is_stopword(&term.text),
    }
}
