//! The path of a question: [`Question`] → candidates → rank → excerpt → confidence → [`Answer`]. Knows nothing of
//! Telegram, nor of files.

mod excerpt;
mod kind;
mod question;
mod rank;
mod reading;
mod sight;
mod weights;

pub use excerpt::Window;
pub use kind::AnswerKind;
pub use question::{EmptyQuestion, MAX_QUESTION_CHARS, Question};
pub use rank::{Candidate, rank};
pub use reading::{Reading, Token};
pub use weights::{CONFIDENCE_FEATURES, MODEL, Model, PASSAGE_FEATURES, WINDOW_FEATURES, Weights};
