//! Everything wrong with a knowledge folder: what could not be read, what `words.toml` and `questions.jsonl` say that
//! does not fit the documents, and what would be wrong with documents that are switched off. Changes nothing.

mod disabled;
mod questions;
mod words;

use std::cell::OnceCell;
use std::io::ErrorKind;
use std::path::Path;

use super::{Generation, QUESTIONS_FILE};
use crate::analysis::script::folded;
use crate::analysis::words::WORDS_FILE;
use crate::corpus::{Document, Problem};
use crate::evaluation::bare;

/// Every problem of a folder that a generation was read from, by path and line.
pub fn check(folder: &Path, generation: &Generation) -> Vec<Problem> {
    let mut problems = generation.problems.clone();
    disabled::check(folder, generation, &mut problems);
    let documents: Vec<Checked> = generation.knowledge.corpus.documents.iter().map(|d| Checked::new(d)).collect();
    let mut with_file = |name: &str, check: &dyn Fn(&str) -> Vec<Found>| {
        let found = match std::fs::read_to_string(folder.join(name)) {
            Ok(text) => check(&text).into_iter().map(|found| found.of(name)).collect(),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
            Err(error) => {
                vec![Problem { path: name.into(), line: None, message: format!("cannot be read: {error}") }]
            }
        };
        problems.extend(found);
    };
    with_file(WORDS_FILE, &|text| words::check(text, &documents));
    with_file(QUESTIONS_FILE, &|text| questions::check(text, &documents));
    problems.sort();
    problems.dedup();
    problems
}

/// A document, made ready when it is looked at first: of many, most never are.
struct Checked<'a> {
    document: &'a Document,
    folded: OnceCell<String>,
    bare: OnceCell<String>,
}

impl<'a> Checked<'a> {
    fn new(document: &'a Document) -> Self {
        Self { document, folded: OnceCell::new(), bare: OnceCell::new() }
    }

    /// Its title and text, folded.
    fn folded(&self) -> &str {
        self.folded.get_or_init(|| folded(&format!("{}\n{}", self.document.source.title, self.document.text)))
    }

    /// Its text as answers are compared.
    fn bare(&self) -> &str {
        self.bare.get_or_init(|| bare(&self.document.text))
    }

    fn path(&self) -> &'a str {
        &self.document.source.path
    }
}

/// Something wrong on a line of a file that is known from elsewhere.
#[derive(Debug, PartialEq)]
struct Found {
    line: usize,
    message: String,
}

impl Found {
    fn of(self, path: &str) -> Problem {
        Problem { path: path.to_owned(), line: Some(self.line), message: self.message }
    }
}

/// Words in quotation marks, with commas between them.
fn quoted(words: &[impl AsRef<str>]) -> String {
    words.iter().map(|word| format!("“{}”", word.as_ref())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
fn document(path: &str, park: Option<&str>, aliases: &[&str], text: &str) -> Document {
    let source = crate::corpus::Source {
        path: path.to_owned(),
        title: "园区".to_owned(),
        park: park.map(str::to_owned),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        ..crate::corpus::Source::default()
    };
    Document { source, text: text.to_owned(), sections: Vec::new() }
}
