//! Text into terms, the same for passages and questions. Knows nothing of documents, indexes or answers.

pub mod script;
pub mod numeral;
pub mod sentence;
pub mod stretch;
pub mod terms;
pub mod pairs;
pub mod pinyin;
pub mod words;
pub mod vocabulary;
