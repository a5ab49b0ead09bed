//! Folded text → terms of three kinds. Questions and passages go through the same [`Analyzer`].

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use jieba_rs::{Jieba, TokenizeMode};

use super::script::is_han;

/// How long a name may be, in characters, to be taught to the word segmenter.
const MAX_NAME_CHARS: usize = 12;
/// Frequency given to a taught name: that of a common word, so that it is kept whole.
const NAME_FREQUENCY: usize = 2_000;

/// The three kinds of terms, in the order of their arrays everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// One Han character, or a whole Latin word or number.
    Unigram,
    /// Two neighbouring Han characters, or a whole Latin word or number.
    Bigram,
    /// A word of the dictionary, or a whole Latin word or number.
    Word,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Self; 3] = [Self::Unigram, Self::Bigram, Self::Word];
}

/// A term and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What kind it is.
    pub kind: Kind,
    /// Its folded text.
    pub text: String,
    /// Range of characters in the text that was analysed.
    pub range: Range<usize>,
}

/// What makes a word a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// It is the name of a place.
    Place,
    /// It is the name of a body or a person.
    Body,
    /// No dictionary knows it, or it is a code.
    Unknown,
}

/// Cuts folded text into terms.
#[derive(Clone)]
pub struct Analyzer {
    jieba: Arc<Jieba>,
    taught: Arc<HashSet<String>>,
}

impl Analyzer {
    /// An analyzer that also keeps these names whole; their parts stay terms too. Names are folded.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut jieba = Jieba::new();
        let mut taught = HashSet::new();
        for name in names {
            let chars = name.chars().count();
            if (2..=MAX_NAME_CHARS).contains(&chars) && name.chars().all(is_han) && !jieba.has_word(name) {
                jieba.add_word(name, Some(NAME_FREQUENCY), None);
                taught.insert(name.to_owned());
            }
        }
        Self { jieba: Arc::new(jieba), taught: Arc::new(taught) }
    }

    /// Whether a word is one of the names that were taught, and not of the language.
    pub fn is_taught(&self, word: &[char]) -> bool {
        self.taught.contains(&word.iter().collect::<String>())
    }

    /// All terms of a folded text: by run, and within a run by kind.
    pub fn terms(&self, folded: &[char]) -> Vec<Term> {
        runs(folded).into_iter().flat_map(|run| self.terms_of_run(folded, run)).collect()
    }

    fn terms_of_run(&self, folded: &[char], run: Range<usize>) -> Vec<Term> {
        let chars = &folded[run.clone()];
        let term =
            |kind, range: Range<usize>| Term { kind, text: folded[range.clone()].iter().collect::<String>(), range };
        if !is_han(chars[0]) {
            return Kind::ALL.into_iter().map(|kind| term(kind, run.clone())).collect();
        }
        let unigrams = run.clone().map(|at| term(Kind::Unigram, at..at + 1));
        let bigrams = (run.start..run.end - 1).map(|at| term(Kind::Bigram, at..at + 2));
        let mut terms: Vec<Term> = unigrams.chain(bigrams).collect();
        let text: String = chars.iter().collect();
        let words = self.jieba.tokenize(&text, TokenizeMode::Search, false);
        terms.extend(words.into_iter().map(|word| term(Kind::Word, run.start + word.start..run.start + word.end)));
        terms
    }

    /// The words of a folded text that do not overlap, as ranges of characters, without the space between them.
    pub fn words(&self, folded: &[char]) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        for run in runs(folded) {
            if is_han(folded[run.start]) {
                let text: String = folded[run.clone()].iter().collect();
                let cut = self.jieba.tokenize(&text, TokenizeMode::Default, false);
                words.extend(cut.into_iter().map(|word| run.start + word.start..run.start + word.end));
            } else {
                words.push(run);
            }
        }
        words
    }

    /// The words of a folded text that may be names, as far as the dictionary knows: with what makes each of them one.
    pub fn named_words(&self, folded: &[char]) -> Vec<(Range<usize>, Naming)> {
        let mut found = Vec::new();
        for run in runs(folded) {
            if !is_han(folded[run.start]) {
                let code = folded[run.clone()].iter().any(char::is_ascii_alphabetic);
                found.extend(code.then_some((run, Naming::Unknown)));
                continue;
            }
            let text: String = folded[run.clone()].iter().collect();
            let mut at = run.start;
            for tagged in self.jieba.tag(&text, true) {
                let range = at..at + tagged.word.chars().count();
                at = range.end;
                let naming = match tagged.tag {
                    tag if tag.starts_with("ns") => Some(Naming::Place),
                    tag if tag.starts_with("nt") || tag.starts_with("nr") => Some(Naming::Body),
                    _ if !self.jieba.has_word(tagged.word) => Some(Naming::Unknown),
                    _ => None,
                };
                found.extend(naming.filter(|_| range.len() >= 2).map(|naming| (range, naming)));
            }
        }
        found
    }

    /// About how often the dictionary saw a word; 0 for one it does not know.
    pub fn frequency(&self, word: &str) -> usize {
        if self.jieba.has_word(word) { self.jieba.suggest_freq(word) } else { 0 }
    }

    /// Whether a word is a verb, as far as the dictionary knows.
    pub fn is_verb(&self, word: &str) -> bool {
        let tagged = self.jieba.tag(word, false);
        self.jieba.has_word(word) && matches!(tagged.as_slice(), [only] if only.tag.starts_with('v'))
    }

    /// Whether the dictionary knows a word.
    pub fn knows(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }
}

/// Maximal runs of Han characters, and of letters and digits; everything else separates.
pub fn runs(folded: &[char]) -> Vec<Range<usize>> {
    let class = |c: char| if is_han(c) { 1 } else { u8::from(c.is_alphanumeric()) * 2 };
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut previous = 0;
    for (at, &c) in folded.iter().enumerate() {
        let this = class(c);
        if this != 0 {
            match runs.last_mut() {
                Some(run) if this == previous => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        previous = this;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::fold;

    fn check(kind: Kind, text: &str, expected: &[&str]) {
        let analyzer = Analyzer::new(["大零号湾"]);
        let terms = analyzer.terms(&fold(text).chars);
        let found: Vec<&str> = terms.iter().filter(|term| term.kind == kind).map(|term| term.text.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn runs_end_where_the_script_changes() {
        check(Kind::Unigram, "G60走廊,5G", &["g60", "走", "廊", "5g"]);
        check(Kind::Bigram, "G60走廊,5G", &["g60", "走廊", "5g"]);
    }

    #[test]
    fn a_name_is_a_word_and_so_are_its_parts() {
        check(Kind::Word, "大零號灣", &["零号", "大零号湾"]);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        check(Kind::Word, " 。😀\0", &[]);
    }
}
