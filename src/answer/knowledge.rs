//! Everything that answers are made from: the corpus, its index, and the words around them. Immutable.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::own_names::OwnNames;
use super::park::Parks;
use super::validity::Validity;
use crate::analysis::script::{fold, folded};
use crate::analysis::terms::Analyzer;
use crate::analysis::vocabulary::Vocabulary;
use crate::analysis::words::Words;
use crate::corpus::{Corpus, Document};
use crate::index::{Index, IndexError};

/// A corpus made ready to answer.
pub struct Knowledge {
    /// The documents and passages.
    pub corpus: Corpus,
    /// Their index.
    pub index: Index,
    /// What cuts text into terms.
    pub analyzer: Analyzer,
    /// Words that mean the same.
    pub vocabulary: Vocabulary,
    /// The parks and their names.
    pub parks: Parks,
    /// Which documents replace which.
    pub validity: Validity,
    /// The names that the analyzer was taught, folded, each once.
    pub names: BTreeSet<String>,
    /// The operators' phrases that are cut out of questions, folded, longest first.
    pub phrases: Vec<Vec<char>>,
}

/// What of an earlier corpus need not be made again.
#[derive(Default)]
pub struct Kept {
    /// The names that its analyzer was taught.
    pub names: BTreeSet<String>,
    /// That analyzer, if it is still there.
    pub analyzer: Option<Analyzer>,
    /// Its index.
    pub index: Index,
    /// The names that its documents may have of their own.
    pub own_names: Vec<(Arc<Document>, OwnNames)>,
}

impl Knowledge {
    /// Makes a corpus ready, with the operators' words.
    ///
    /// # Errors
    /// If the index cannot be built.
    pub fn new(corpus: Corpus, words: &Words) -> Result<Self, IndexError> {
        Self::after(&Kept::default(), corpus, words, Vocabulary::new(words), &|_| ())
    }

    /// The same with another vocabulary, taking over what an earlier one leaves: the result is the same, sooner. `done`
    /// hears how many passages are indexed.
    ///
    /// # Errors
    /// If the index cannot be built.
    pub fn after(
        kept: &Kept,
        corpus: Corpus,
        words: &Words,
        vocabulary: Vocabulary,
        done: &(dyn Fn(usize) + Sync),
    ) -> Result<Self, IndexError> {
        let sources = corpus.documents.iter().map(|document| &document.source);
        let names: BTreeSet<String> = (words.park.iter())
            .flat_map(|park| std::iter::once(&park.name).chain(&park.aliases))
            .chain(&words.names)
            .chain(sources.flat_map(|source| source.aliases.iter().chain(&source.park)))
            .map(|name| folded(name))
            .collect();
        let none = Kept::default();
        let kept = if kept.names == names { kept } else { &none };
        let analyzer = kept.analyzer.clone();
        let analyzer = analyzer.unwrap_or_else(|| Analyzer::new(names.iter().map(String::as_str)));
        let index = Index::build(&corpus, &analyzer, &kept.index, done)?;
        let validity = Validity::new(&corpus);
        let parks = Parks::new(&corpus, words, &index, &analyzer, &kept.own_names);
        let mut phrases: Vec<Vec<char>> = words.stop.phrases.iter().map(|phrase| fold(phrase).chars).collect();
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Ok(Self { corpus, index, analyzer, vocabulary, parks, validity, names, phrases })
    }

    /// What it leaves for the next one.
    pub fn kept(&self) -> Kept {
        let (names, analyzer) = (self.names.clone(), Some(self.analyzer.clone()));
        let own_names = self.corpus.documents.iter().zip(self.parks.own_names());
        let own_names = own_names.filter_map(|(document, names)| Some((document.clone(), names.clone()?))).collect();
        Kept { names, analyzer, index: self.index.clone(), own_names }
    }
}
