//! Yuanwen 园问 answers questions about Shanghai's sci-tech parks with word-for-word excerpts and their sources.
//!
//! ```text
//! a document   file ─ corpus::format ─ corpus::clean ─ Document ─ corpus::passage ─ Passage ─ index
//! an original  file ─ import (in a child: corpus::format) ─ corpus::clean ─ Document ─ Markdown in the knowledge folder
//! a question   update ─ telegram::intake ─ handler ─ Question ─ answer (candidates ─ rank ─ excerpt ─ confidence) ─ Answer ─ telegram::message ─ sender
//! ```
//! Modules stand in reading order; each may use only those before it.

pub mod config;
pub mod analysis;
pub mod corpus;
pub mod index;
pub mod answer;
pub mod evaluation;
pub mod generation;
pub mod import;
pub mod journal;
pub mod operation;
pub mod local_telegram;
pub mod telegram;
pub mod commands;
