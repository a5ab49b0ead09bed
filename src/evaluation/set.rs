//! Sets of questions whose answers are known, in both forms: about passages and about documents.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A question and what is known of its answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Item {
    /// Its id in the set.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// What kind of question it is.
    #[serde(default)]
    pub kind: Option<String>,
    /// The passage that answers it, in sets about passages.
    #[serde(default)]
    pub passage: Option<String>,
    /// How the paths of the documents that answer it begin, in sets about documents; none if none does.
    #[serde(default)]
    pub docs: Vec<String>,
    /// Strings any of which an excerpt must hold; none if nothing answers it.
    pub answers: Vec<String>,
}

/// Why a set cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The file cannot be read.
    #[error("{path}: cannot be read: {cause}", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A line is not a question.
    #[error("{path}:{line}: {cause}; a line is {{\"id\", \"question\", \"answers\"}} with \"passage\" or \"docs\"", path = .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What is wrong.
        cause: String,
    },
    /// There is no question in it.
    #[error("{path}: holds no question", path = .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

impl Item {
    /// Whether something answers it.
    pub fn is_answerable(&self) -> bool {
        !self.answers.is_empty()
    }

    /// Whether a document, by its path, is one that answers it.
    pub fn is_about(&self, path: &str) -> bool {
        self.passage.as_deref() == Some(path) || self.docs.iter().any(|prefix| path.starts_with(prefix.as_str()))
    }
}

/// Reads a set: a question a line; empty lines are passed over.
///
/// # Errors
/// If the file cannot be read, a line is not a question, or there is none.
pub fn read_set(path: &Path) -> Result<Vec<Item>, SetError> {
    let text = std::fs::read_to_string(path).map_err(|cause| SetError::Unreadable { path: path.to_owned(), cause })?;
    let of_line = |(line, item): (usize, Result<Item, String>)| {
        item.map_err(|cause| SetError::Line { path: path.to_owned(), line, cause })
    };
    let items = items(&text).map(of_line).collect::<Result<Vec<_>, _>>()?;
    if items.is_empty() { Err(SetError::Empty { path: path.to_owned() }) } else { Ok(items) }
}

/// The questions of a text by their lines, counted from 1; of a line that is none, what is wrong with it.
pub fn items(text: &str) -> impl Iterator<Item = (usize, Result<Item, String>)> {
    // Windows editors begin a file with a byte order mark.
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| (at + 1, serde_json::from_str(line).map_err(|error| place_in_line(&error))))
}

/// What is wrong with a line, which the parser takes for the whole text and calls line 1.
fn place_in_line(error: &serde_json::Error) -> String {
    let (said, place) = (error.to_string(), format!(" at line {} column {}", error.line(), error.column()));
    said.strip_suffix(&place).map_or_else(|| said.clone(), |said| format!("{said} (column {})", error.column()))
}
