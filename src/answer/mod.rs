//! The path of a question.
