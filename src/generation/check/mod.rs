//! Everything wrong with a knowledge folder, or with that of a generation: what could not be read, what `words.toml` and
//! `questions.jsonl` say that does not fit the documents, and what would be wrong with documents that are switched off.
//! Changes nothing, makes no generation, and keeps of a document that it reads only where it comes from, so that a large
//! folder is checked in little memory.

mod disabled;
mod questions;
mod sought;
mod words;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::made::understood;
use super::store::Disk;
use super::{Generation, GenerationError, Progress, QUESTIONS_FILE, Step, beside};
use crate::analysis::words::WORDS_FILE;
use crate::answer::contradictions;
use crate::corpus::{self, Corpus, Document, Fault, Parsed, Problem, Reader, Source, Stamp};
use sought::Sought;

/// What a check found.
pub struct Checked {
    /// Every problem, by path and line.
    pub problems: Vec<Problem>,
    /// Documents that can be served.
    pub documents: usize,
    /// Their passages.
    pub passages: usize,
}

/// Checks a knowledge folder, or a `passages.jsonl`.
///
/// # Errors
/// If there is nothing to answer from.
pub fn check(path: &Path, progress: &(dyn Fn(Progress) + Sync)) -> Result<Checked, GenerationError> {
    let mut problems = Vec::new();
    let texts = Texts::read(path, &mut problems);
    let sought = texts.sought();
    let (passages, files) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let read = if path.is_file() {
        let read = corpus::read_passages(path)?;
        read.documents.iter().for_each(|document| sought.look(document));
        passages.fetch_add(read.passages.len(), Ordering::Relaxed);
        (read.documents, read.problems)
    } else {
        let read = corpus::read_by(path, &Looking { sought: &sought, passages: &passages, files: &files, progress })?;
        (read.documents, read.problems)
    };
    let seen = Seen { served: Corpus::of(read.0, Vec::new()), sought };
    problems.extend(read.1);
    problems.extend(contradictions(&seen.served, &[]));
    texts.check(path, &seen, &mut problems);
    Ok(Checked { problems, documents: seen.served.documents.len(), passages: passages.into_inner() })
}

/// Everything wrong with the knowledge folder of a generation, as far as its documents were read: those that changed
/// since then are as they were.
pub fn problems(folder: &Path, generation: &Generation) -> Vec<Problem> {
    let mut problems = generation.problems.clone();
    let texts = Texts::read(folder, &mut problems);
    let (sought, documents) = (texts.sought(), &generation.knowledge.corpus.documents);
    documents.par_iter().for_each(|document| sought.look(document));
    let served = Corpus { documents: documents.clone(), ..Corpus::default() };
    texts.check(folder, &Seen { served, sought }, &mut problems);
    problems
}

/// The files beside the documents.
struct Texts {
    words: Option<String>,
    questions: Option<String>,
}

impl Texts {
    fn read(folder: &Path, problems: &mut Vec<Problem>) -> Self {
        let mut text_of = |name: &str| {
            let unread = |error: io::Error| Problem::of(name, Fault::Unreadable { cause: error.to_string() });
            beside::read(&Disk::default(), folder, name).unwrap_or_else(|error| {
                problems.push(unread(error));
                None
            })
        };
        Self { words: text_of(WORDS_FILE), questions: text_of(QUESTIONS_FILE) }
    }

    fn sought(&self) -> Sought {
        sought(self.words.as_deref(), self.questions.as_deref())
    }

    /// Adds what is wrong with them, and with documents that are switched off.
    fn check(&self, folder: &Path, seen: &Seen, problems: &mut Vec<Problem>) {
        // What a generation said of another state of the file.
        problems.retain(|problem| problem.path != WORDS_FILE || problem.line.is_none());
        problems.extend(understood(self.words.as_deref()).1);
        disabled::check(folder, &seen.served, problems);
        let mut report = |name: &str, found: Vec<Found>| problems.extend(found.into_iter().map(|found| found.of(name)));
        report(WORDS_FILE, self.words.as_deref().map_or_else(Vec::new, |text| words::check(text, seen)));
        report(QUESTIONS_FILE, self.questions.as_deref().map_or_else(Vec::new, |text| questions::check(text, seen)));
        problems.sort();
        problems.dedup();
    }
}

fn sought(words: Option<&str>, questions: Option<&str>) -> Sought {
    Sought::new(words.map(words::sought).unwrap_or_default(), questions.map(questions::sought).unwrap_or_default())
}

/// Looks at each document that is read, and keeps only its source.
struct Looking<'a> {
    sought: &'a Sought,
    passages: &'a AtomicUsize,
    files: &'a AtomicUsize,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl Reader for Looking<'_> {
    fn parse(&self, path: &str, bytes: &[u8], _stamp: Option<Stamp>) -> Parsed {
        let (document, problems) = corpus::read_document(path, bytes);
        let source = document.map(|document| {
            self.sought.look(&document);
            self.passages.fetch_add(document.passages(), Ordering::Relaxed);
            Arc::new(Document { source: document.source, text: String::new(), sections: Vec::new() })
        });
        let done = self.files.fetch_add(1, Ordering::Relaxed) + 1;
        (self.progress)(Progress { step: Step::Reading, done, of: 0 });
        (source, problems)
    }
}

/// What is known of the documents that are served.
struct Seen {
    /// Without their texts.
    served: Corpus,
    sought: Sought,
}

impl Seen {
    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.served.documents.iter().map(|document| &document.source)
    }

    #[cfg(test)]
    fn of(documents: Vec<Document>, words: Option<&str>, questions: Option<&str>) -> Self {
        let sought = sought(words, questions);
        for document in &documents {
            sought.look(document);
        }
        Self { served: Corpus::new(documents, Vec::new()), sought }
    }
}

/// Something wrong on a line of a file that is known from elsewhere.
#[derive(Debug, PartialEq)]
struct Found {
    line: usize,
    fault: Fault,
}

impl Found {
    fn of(self, path: &str) -> Problem {
        Problem::on(path, self.line, self.fault)
    }
}

#[cfg(test)]
fn document(path: &str, park: Option<&str>, aliases: &[&str], text: &str) -> Document {
    let source = Source {
        path: path.to_owned(),
        title: "园区".to_owned(),
        park: park.map(str::to_owned),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        ..Source::default()
    };
    Document { source, text: text.to_owned(), sections: Vec::new() }
}
