//! The generations that questions and buttons are answered from: the one that is served, and the one before it, so that
//! buttons outlive a reload.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use crate::answer::{self, Lapse, Options, Outcome, Question};
use crate::generation::Generation;
use crate::journal::today;

use super::callback::ShortId;

/// Examples that are kept ready.
const MAX_EXAMPLES: usize = 12;
/// Passages tried for examples of one document.
const MAX_TRIES_A_DOCUMENT: usize = 6;
/// Passages tried for examples at all: of very many questions and answers, most are never looked at.
const MAX_TRIES: usize = 96;
/// The longest example, in characters: it must fit a button on a phone.
const MAX_EXAMPLE_CHARS: usize = 24;

/// A generation that is served.
#[derive(Clone)]
pub struct Edition {
    /// What answers are made from.
    pub(crate) generation: Arc<Generation>,
    /// What buttons call it.
    pub(crate) short: ShortId,
    /// Questions it answers well, the documents taking turns.
    pub(crate) examples: Arc<[Example]>,
}

/// A question that the documents answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// The question.
    pub(crate) question: String,
    /// The passage that answers it.
    pub(crate) passage: u32,
}

impl Edition {
    /// Gets a generation ready to be served.
    ///
    /// # Panics
    /// Never: a hash is hexadecimal.
    pub fn new(generation: Arc<Generation>) -> Self {
        let short = ShortId::of(&generation.id).unwrap_or_else(|| {
            let hash = blake3::hash(generation.id.as_bytes()).to_hex();
            ShortId::of(&hash).expect("a hash is long and hexadecimal")
        });
        let examples = examples(&generation).into();
        Self { generation, short, examples }
    }

    /// The generation.
    pub fn generation(&self) -> &Arc<Generation> {
        &self.generation
    }

    /// The id of the generation.
    pub fn id(&self) -> &str {
        &self.generation.id
    }

    /// Why a document must not be relied on today, by its number.
    pub(crate) fn lapse(&self, document: usize) -> Option<Lapse> {
        let knowledge = &self.generation.knowledge;
        knowledge.validity.lapse(&knowledge.corpus, document, Some(&today()))
    }

    /// The examples of a park, by its number.
    pub(crate) fn examples_of(&self, park: usize) -> Vec<Example> {
        let knowledge = &self.generation.knowledge;
        let of_park = |document: usize| knowledge.parks.of_document(document) == Some(park);
        let passages = knowledge.parks.passages(&BTreeSet::from([park]));
        let asked = candidates(&self.generation, passages.into_iter().flatten());
        asked.filter(|(document, _)| of_park(*document)).map(|(_, example)| example).collect()
    }
}

/// The questions that some passages, by number, answer; short ones only.
fn candidates(generation: &Generation, numbers: impl Iterator<Item = usize>) -> impl Iterator<Item = (usize, Example)> {
    let passages = numbers.map(|number| (number, &generation.knowledge.corpus.passages[number]));
    passages.filter(|(_, passage)| passage.answers_heading).filter_map(|(number, passage)| {
        let question = passage.headings.last()?.trim().to_owned();
        let fits = (4..=MAX_EXAMPLE_CHARS).contains(&question.chars().count());
        fits.then_some((passage.document, Example { question, passage: u32::try_from(number).ok()? }))
    })
}

/// Questions that are answered by the passage that they head; one of each document, then a second of each.
fn examples(generation: &Generation) -> Vec<Example> {
    let knowledge = &generation.knowledge;
    let is_answered = |example: &Example| {
        let Ok(question) = Question::new(&example.question) else { return false };
        let options = Options { limit: 1, ..Options::default() };
        answer::answer(knowledge, &question, &options).is_ok_and(|answer| {
            answer.outcome == Outcome::Answered
                && answer.citations.first().is_some_and(|first| first.passage == example.passage as usize)
        })
    };
    let mut found: Vec<(usize, usize, Example)> = Vec::new();
    let mut tried: Vec<usize> = vec![0; knowledge.corpus.documents.len()];
    let mut left = MAX_TRIES;
    for (document, example) in candidates(generation, 0..knowledge.corpus.passages.len()) {
        if left == 0 || found.len() == 4 * MAX_EXAMPLES {
            break;
        }
        let turn = found.iter().filter(|(_, other, _)| *other == document).count();
        if turn < 3 && tried[document] < MAX_TRIES_A_DOCUMENT {
            tried[document] += 1;
            left -= 1;
            if is_answered(&example) {
                found.push((turn, document, example));
            }
        }
    }
    found.sort_by_key(|(turn, document, _)| (*turn, *document));
    found.into_iter().map(|(_, _, example)| example).take(MAX_EXAMPLES).collect()
}

/// The editions that are loaded; a clone is the same shelf.
#[derive(Clone)]
pub struct Editions(Arc<RwLock<Loaded>>);

struct Loaded {
    current: Edition,
    previous: Option<Edition>,
}

impl Editions {
    /// Serves a first edition.
    pub fn new(edition: Edition) -> Self {
        Self(Arc::new(RwLock::new(Loaded { current: edition, previous: None })))
    }

    /// Serves another one; the one before is kept for its buttons.
    pub fn serve(&self, edition: Edition) {
        let mut loaded = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if loaded.current.generation.id == edition.generation.id {
            return;
        }
        let before = std::mem::replace(&mut loaded.current, edition);
        let last = loaded.previous.replace(before);
        // A generation takes long to be forgotten, and questions must not wait for that.
        drop(loaded);
        drop(last);
    }

    /// The one that questions are answered from.
    pub fn current(&self) -> Edition {
        self.0.read().unwrap_or_else(PoisonError::into_inner).current.clone()
    }

    /// The one that a button names, if it is loaded.
    pub(crate) fn find(&self, short: ShortId) -> Option<Edition> {
        let loaded = self.0.read().unwrap_or_else(PoisonError::into_inner);
        [Some(&loaded.current), loaded.previous.as_ref()]
            .into_iter()
            .flatten()
            .find(|edition| edition.short == short)
            .cloned()
    }
}
