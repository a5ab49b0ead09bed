//! What is wrong with `questions.jsonl`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::quoted;

/// What is wrong with a golden question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QuestionsFault {
    /// A line is no question.
    NotQuestion {
        /// What the parser says.
        cause: String,
    },
    /// Two questions have the same id.
    IdTwice {
        /// It.
        id: String,
        /// The line of the first.
        first: usize,
    },
    /// It asks nothing.
    Empty,
    /// It has documents and no answers, or answers and no documents.
    DocsOrAnswersAlone,
    /// Its documents are not there.
    NoDocuments {
        /// How their paths should begin.
        prefixes: Vec<String>,
    },
    /// An answer of it says nothing.
    AnswerEmpty,
    /// An answer of it is longer than any excerpt.
    AnswerLong {
        /// It.
        answer: String,
    },
    /// An answer of it does not stand in its documents.
    AnswerNowhere {
        /// It.
        answer: String,
        /// Paths of the documents.
        documents: Vec<String>,
    },
}

impl fmt::Display for QuestionsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotQuestion { cause } => write!(f, "is not a question and is not replayed: {cause}"),
            Self::IdTwice { id, first } => write!(f, "the id “{id}” stands on line {first} too"),
            Self::Empty => f.write_str("the question is empty"),
            Self::DocsOrAnswersAlone => f.write_str(
                "docs and answers go together: both for a question that is answered, none for one that is not",
            ),
            Self::NoDocuments { prefixes } => write!(f, "no document's path begins with {}", quoted(prefixes)),
            Self::AnswerEmpty => f.write_str("an answer is empty"),
            Self::AnswerLong { answer } => write!(f, "the answer “{answer}” is too long to be quoted whole"),
            Self::AnswerNowhere { answer, documents } => {
                write!(f, "the answer “{answer}” does not stand in {}", documents.join(" or "))
            }
        }
    }
}
