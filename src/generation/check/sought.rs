//! What `words.toml` and `questions.jsonl` look for in the documents, and whether it was seen. A document is looked at once,
//! while the folder is read, and need not be kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::analysis::script::folded;
use crate::corpus::Document;
use crate::evaluation::{Item, bare};

/// What is looked for.
#[derive(Default)]
pub(super) struct Sought {
    /// By the folded word.
    words: BTreeMap<String, Word>,
    /// By the line of the question.
    answers: BTreeMap<usize, Answers>,
}

#[derive(Default)]
struct Word {
    /// Whether some document holds it …
    held: AtomicBool,
    /// … and whether some document does not.
    lacking: AtomicBool,
}

struct Answers {
    item: Item,
    /// The letters of each answer, and whether a document of the question holds them.
    letters: Vec<(String, AtomicBool)>,
}

impl Sought {
    /// Words, and questions by their lines.
    pub(super) fn new(
        words: impl IntoIterator<Item = String>,
        questions: impl IntoIterator<Item = (usize, Item)>,
    ) -> Self {
        let answers = |item: Item| {
            let letters = item.answers.iter().map(|answer| (bare(answer), AtomicBool::default())).collect();
            Answers { item, letters }
        };
        Self {
            words: words.into_iter().map(|word| (key(&word), Word::default())).collect(),
            answers: questions.into_iter().map(|(line, item)| (line, answers(item))).collect(),
        }
    }

    /// Looks at a document.
    pub(super) fn look(&self, document: &Document) {
        let unsure = |word: &Word| !word.held.load(Relaxed) || !word.lacking.load(Relaxed);
        let mut words = self.words.iter().filter(|(_, word)| unsure(word)).peekable();
        if words.peek().is_some() {
            let text = folded(&format!("{}\n{}", document.source.title, document.text));
            for (key, word) in words {
                if text.contains(key.as_str()) { &word.held } else { &word.lacking }.store(true, Relaxed);
            }
        }
        let path = &document.source.path;
        let mut own = self.answers.values().filter(|answers| answers.item.is_about(path)).peekable();
        if own.peek().is_some() {
            let text = bare(&document.text);
            for (letters, stands) in own.flat_map(|answers| &answers.letters) {
                if text.contains(letters.as_str()) {
                    stands.store(true, Relaxed);
                }
            }
        }
    }

    /// Whether some document holds a word.
    pub(super) fn is_held(&self, word: &str) -> bool {
        self.words.get(&key(word)).is_some_and(|word| word.held.load(Relaxed))
    }

    /// Whether there is a document, and every one holds a word.
    pub(super) fn is_everywhere(&self, word: &str) -> bool {
        self.words.get(&key(word)).is_some_and(|word| word.held.load(Relaxed) && !word.lacking.load(Relaxed))
    }

    /// Whether an answer to the question on a line stands in a document of the question, by its letters.
    pub(super) fn stands(&self, line: usize, letters: &str) -> bool {
        let own = self.answers.get(&line).into_iter().flat_map(|answers| &answers.letters);
        own.filter(|(known, _)| known == letters).any(|(_, stands)| stands.load(Relaxed))
    }
}

fn key(word: &str) -> String {
    folded(word.trim())
}
