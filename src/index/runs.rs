//! Which documents share a segment: all of a small corpus, and of a large one runs of neighbours whose borders depend on
//! the documents at the border alone, so that a document that changes leaves all other runs as they are.

use std::ops::Range;

use crate::corpus::Corpus;

/// A corpus of so many passages at most is one run.
const MAX_PASSAGES_OF_ONE: usize = 8_192;
/// Passages of a run, on average: the work that one changed document makes.
const MEAN_PASSAGES: usize = 2_048;
/// No run is longer, whatever its borders say.
const MAX_PASSAGES: usize = 6_144;

/// A run of documents and their passages, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) documents: Range<usize>,
    pub(super) passages: Range<usize>,
}

/// The runs of a corpus, in its order.
pub(super) fn runs(corpus: &Corpus) -> Vec<Run> {
    let documents = corpus.documents.len();
    if corpus.passages.len() <= MAX_PASSAGES_OF_ONE {
        return vec![Run { documents: 0..documents, passages: 0..corpus.passages.len() }];
    }
    let mut runs = Vec::new();
    let mut run = Run { documents: 0..0, passages: 0..0 };
    for (number, document) in corpus.documents.iter().enumerate() {
        let rest = &corpus.passages[run.passages.end..];
        let own = rest.iter().take_while(|passage| passage.document == number).count();
        run.documents.end += 1;
        run.passages.end += own;
        if ends_run(&document.source.path, own) || run.passages.len() >= MAX_PASSAGES || number + 1 == documents {
            let (document, passage) = (run.documents.end, run.passages.end);
            runs.push(std::mem::replace(&mut run, Run { documents: document..document, passages: passage..passage }));
        }
    }
    runs
}

/// Whether a document is the last of its run: the more passages it has, the likelier.
fn ends_run(path: &str, passages: usize) -> bool {
    let hash = blake3::hash(path.as_bytes());
    let number = hash.as_bytes().iter().take(4).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    number * (MEAN_PASSAGES as u64) < (passages as u64) << 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Document, Passage, Source};

    fn corpus(paths: impl Iterator<Item = String>) -> Corpus {
        let mut corpus = Corpus::default();
        for (number, path) in paths.enumerate() {
            let source = Source { path, ..Source::default() };
            corpus.documents.push(Document { source, text: String::new(), sections: Vec::new() }.into());
            let passage = Passage { document: number, headings: [].into(), range: 0..0, answers_heading: false };
            corpus.passages.extend(vec![passage; 40]);
        }
        corpus
    }

    fn paths(corpus: &Corpus) -> Vec<Vec<&str>> {
        let of = |run: Run| corpus.documents[run.documents].iter().map(|d| d.source.path.as_str()).collect();
        runs(corpus).into_iter().map(of).collect()
    }

    #[test]
    fn a_small_corpus_is_one_run() {
        let small = corpus((0..200).map(|number| format!("{number:04}")));
        assert_eq!(runs(&small), [Run { documents: 0..200, passages: 0..8000 }]);
        assert_eq!(runs(&Corpus::default()).len(), 1);
    }

    #[test]
    fn one_more_document_changes_one_run() {
        let before = corpus((0..5000).map(|number| format!("{number:04}")));
        let mut names: Vec<String> = (0..5000).map(|number| format!("{number:04}")).collect();
        names.insert(2500, "2499b".to_owned());
        let after = corpus(names.into_iter());
        let (before, after) = (paths(&before), paths(&after));
        assert!(before.len() > 20, "{}", before.len());
        assert_eq!(before.concat().len(), 5000);
        let new = after.iter().filter(|run| !before.contains(run)).count();
        assert!((1..=2).contains(&new), "{new}");
    }
}
