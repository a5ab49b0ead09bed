//! The path of a question: [`Question`] → candidates → rank → excerpt → confidence → [`Answer`]. Knows nothing of
//! Telegram, nor of files.

mod question;
mod grammar;
mod knowledge;
mod area;
mod coined;
mod own_names;
mod called;
mod derived;
mod park;
mod pattern;
mod kind;
mod prefilter;
mod places;
mod facet;
mod key;
mod token;
mod needles;
mod excluded;
mod quoted;
mod owner;
mod reading;
mod repair;
mod sight;
mod rank;
mod highest;
mod coverage;
mod frame;
mod excerpt;
mod weights;
mod confidence;
mod detail;
mod pick;
mod elsewhere;
mod topic;
mod attempt;
mod validity;
mod listing;
mod understood;
mod reply;
mod cite;
mod compose;
mod trace;

pub use confidence::Confidence;
pub use detail::Missing;
pub use elsewhere::leads_elsewhere;
pub use excerpt::Window;
pub use key::Key;
pub use kind::AnswerKind;
pub use knowledge::{Kept, Knowledge};
pub use listing::Listing;
pub use own_names::OwnNames;
pub use park::{Named, Park, Parks};
pub use question::{EmptyQuestion, MAX_QUESTION_CHARS, Question};
pub use rank::{Candidate, rank};
pub use reading::{Reading, Readings};
pub use repair::Repair;
pub use reply::{Answer, Citation, Excerpt, Nearest, Options, Outcome};
pub use token::Token;
pub use topic::{beside_parks, names_only_a_detail, topic};
pub use trace::{Trace, answer, trace};
pub use understood::Understood;
pub use validity::{Lapse, Validity, contradictions};
pub use weights::{
    CONFIDENCE_FEATURES, Logit, MODEL, Model, PARK_FEATURES, PASSAGE_FEATURES, Ranking, WINDOW_FEATURES, Weights,
};
