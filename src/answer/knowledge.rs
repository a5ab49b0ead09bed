//! Everything that answers are made from: the corpus, its index, and the words around them. Immutable.

use super::park::Parks;
use crate::analysis::pinyin::Homophones;
use crate::analysis::script::{fold, folded};
use crate::analysis::terms::Analyzer;
use crate::analysis::vocabulary::Vocabulary;
use crate::analysis::words::Words;
use crate::corpus::Corpus;
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
    /// The corpus' pairs of characters, by sound.
    pub homophones: Homophones,
    /// The operators' phrases that are cut out of questions, folded, longest first.
    pub phrases: Vec<Vec<char>>,
}

impl Knowledge {
    /// Makes a corpus ready, with the operators' words.
    ///
    /// # Errors
    /// If the index cannot be built.
    pub fn new(corpus: Corpus, words: &Words) -> Result<Self, IndexError> {
        Self::with_vocabulary(corpus, words, Vocabulary::new(words))
    }

    /// The same with another vocabulary.
    ///
    /// # Errors
    /// If the index cannot be built.
    pub fn with_vocabulary(corpus: Corpus, words: &Words, vocabulary: Vocabulary) -> Result<Self, IndexError> {
        let sources = corpus.documents.iter().map(|document| &document.source);
        let names: Vec<String> = (words.park.iter())
            .flat_map(|park| std::iter::once(&park.name).chain(&park.aliases))
            .chain(&words.names)
            .chain(sources.flat_map(|source| source.aliases.iter().chain(&source.park)))
            .map(|name| folded(name))
            .collect();
        let analyzer = Analyzer::new(names.iter().map(String::as_str));
        let index = Index::build(&corpus, &analyzer)?;
        let parks = Parks::new(&corpus, words, &index, &analyzer);
        let homophones = Homophones::new(index.pairs());
        let mut phrases: Vec<Vec<char>> = words.stop.phrases.iter().map(|phrase| fold(phrase).chars).collect();
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Ok(Self { corpus, index, analyzer, vocabulary, parks, homophones, phrases })
    }
}
