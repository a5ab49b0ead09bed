//! What a question is answered with: an [`Answer`] of citations, or an honest refusal; and how it is to be answered.

use std::collections::BTreeSet;
use std::ops::Range;

use super::listing::Listing;
use super::understood::Understood;
use super::validity::Lapse;
use crate::corpus::{Date, Source};

/// How a question is to be answered.
#[derive(Debug, Clone)]
pub struct Options {
    /// The most citations.
    pub limit: usize,
    /// The longest excerpt, in characters.
    pub excerpt_chars: usize,
    /// Take the question literally: nothing is repaired, recognised by sound, or expanded.
    pub literal: bool,
    /// Parks taken from before, by number, for a question that names none.
    pub parks: BTreeSet<usize>,
    /// The day on which it is asked, which decides what has expired; `None` asks on no day.
    pub today: Option<Date>,
    /// A passage that is treated as if it were not there: for measuring refusals.
    pub without: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { limit: 3, excerpt_chars: 160, literal: false, parks: BTreeSet::new(), today: None, without: None }
    }
}

/// What became of a question, the best first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The first citation answers it.
    Answered,
    /// The citations are near; what they do not give is said.
    Unsure,
    /// No document answers it.
    #[default]
    Declined,
}

impl Outcome {
    /// What it is called in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Unsure => "unsure",
            Self::Declined => "declined",
        }
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Answered, Self::Unsure, Self::Declined].into_iter().find(|outcome| outcome.name() == name)
    }
}

/// The reply to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What became of it.
    pub outcome: Outcome,
    /// How likely the first citation answers, 0 to 1.
    pub confidence: f64,
    /// How the question was understood, where that differs from what was typed.
    pub understood: Vec<Understood>,
    /// Words of the question, as typed, for which nothing stands near.
    pub missing: Vec<String>,
    /// The excerpts, best first; none if it is declined.
    pub citations: Vec<Citation>,
    /// What the section of the first citation lists, if a list is asked for; none if it is declined.
    pub listing: Option<Listing>,
    /// The nearest sections, if it is declined.
    pub nearest: Vec<Nearest>,
    /// The parks whose documents were searched, by number; none means all.
    pub parks: BTreeSet<usize>,
}

/// An excerpt and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// Number of its passage in the corpus.
    pub passage: usize,
    /// What is quoted.
    pub excerpt: Excerpt,
    /// The path of headings above it.
    pub headings: Vec<String>,
    /// Its document.
    pub source: Source,
    /// How likely it answers, 0 to 1.
    pub confidence: f64,
    /// Why its document must not be relied on; `None` where it holds.
    pub lapse: Option<Lapse>,
}

/// A stretch of a document, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands there.
    pub text: String,
    /// First byte in the document's cleaned text.
    pub start: usize,
    /// One past its last byte there.
    pub end: usize,
    /// What of it matches the question, as byte ranges of `text`, in order, none touching another.
    pub highlights: Vec<Range<usize>>,
}

/// Something near a question that was declined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Number of its passage in the corpus.
    pub passage: usize,
    /// The path of headings above it.
    pub headings: Vec<String>,
    /// Its document.
    pub source: Source,
}
