//! The knowledge folder: which of its files are documents. Knows nothing of what stands in them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::document::{Document, Problem};
use super::{Corpus, read_document};

/// A document of this size is a book, and read by nobody through a chat.
const MAX_FILE_BYTES: u64 = 20 << 20;
/// Files of the folder that are not documents.
const NOT_DOCUMENTS: &[&str] = &["words.toml", "questions.jsonl", "README.md"];
/// Deeper folders are a mistake, such as a copied disk.
const MAX_DEPTH: usize = 32;

/// Why there is nothing to serve.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The folder or file is not there, or may not be read.
    #[error("{}: cannot be read; name the folder with --knowledge, or make it and put documents into it", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Why it could not be.
        source: io::Error,
    },
    /// It is there, but holds no document that can be served.
    #[error("{}: holds no document; put .md or .txt files there, or bring others in with `yuanwen import`{}", path.display(), first(problems))]
    Empty {
        /// What was read.
        path: PathBuf,
        /// What is wrong with the files that are there.
        problems: Vec<Problem>,
    },
}

fn first(problems: &[Problem]) -> String {
    problems.first().map_or_else(String::new, |problem| format!(" ({} files were refused, the first: {problem})", problems.len()))
}

/// Reads every document below a folder. A file that cannot be served is a problem and the rest is served.
///
/// # Errors
/// If the folder cannot be read, or holds no document that can be served.
pub fn read(folder: &Path) -> Result<Corpus, CorpusError> {
    let unreadable = |source| CorpusError::Unreadable { path: folder.to_owned(), source };
    let root = folder.canonicalize().map_err(unreadable)?;
    fs::read_dir(&root).map_err(unreadable)?;
    let mut walk = Walk { root, documents: Vec::new(), problems: Vec::new() };
    walk.folder(&walk.root.clone(), "", 0);
    if walk.documents.is_empty() {
        walk.problems.sort();
        return Err(CorpusError::Empty { path: folder.to_owned(), problems: walk.problems });
    }
    Ok(Corpus::new(walk.documents, walk.problems))
}

struct Walk {
    root: PathBuf,
    documents: Vec<Document>,
    problems: Vec<Problem>,
}

impl Walk {
    fn problem(&mut self, path: &str, message: impl Into<String>) {
        self.problems.push(Problem { path: path.to_owned(), line: None, message: message.into() });
    }

    fn folder(&mut self, folder: &Path, below: &str, depth: usize) {
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).and_then(Iterator::collect);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.problem(below, format!("cannot be read: {error}")),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let shown = name.to_string_lossy();
            // Hidden files, and the copies that editors leave.
            if shown.starts_with('.') || shown.ends_with('~') {
                continue;
            }
            let path = if below.is_empty() { shown.to_string() } else { format!("{below}/{shown}") };
            if name.to_str().is_none() {
                self.problem(&path, "the name is not UTF-8; rename it");
            } else if shown.chars().any(char::is_control) {
                self.problem(&path, "the name holds a line break or control character; rename it");
            } else {
                self.entry(&entry.path(), path, depth);
            }
        }
    }

    fn entry(&mut self, file: &Path, path: String, depth: usize) {
        let (link, real) = match file.symlink_metadata().and_then(|meta| Ok((meta.is_symlink(), file.canonicalize()?))) {
            Ok(found) => found,
            Err(error) => return self.problem(&path, format!("cannot be read: {error}")),
        };
        if !real.starts_with(&self.root) {
            return self.problem(&path, "is a link out of the folder and is not followed; copy the file here");
        }
        match real.metadata() {
            Err(error) => self.problem(&path, format!("cannot be read: {error}")),
            Ok(meta) if meta.is_dir() && link => self.problem(&path, "is a link to a folder and is not followed"),
            Ok(meta) if meta.is_dir() && depth == MAX_DEPTH => self.problem(&path, "is too deep and is not read"),
            Ok(meta) if meta.is_dir() => self.folder(file, &path, depth + 1),
            Ok(_) if NOT_DOCUMENTS.contains(&path.rsplit('/').next().unwrap_or_default()) => {}
            Ok(meta) if !meta.is_file() => self.problem(&path, "is no regular file"),
            Ok(meta) if meta.len() > MAX_FILE_BYTES => self.problem(&path, "is over 20 MB; split it"),
            Ok(_) => self.file(&real, path),
        }
    }

    fn file(&mut self, file: &Path, path: String) {
        let mut bytes = Vec::new();
        // One byte more than allowed, so that a file that grows while it is read is refused as well.
        let read = File::open(file).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes));
        match read {
            Err(error) => self.problem(&path, format!("cannot be read: {error}")),
            Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => self.problem(&path, "is over 20 MB; split it"),
            Ok(_) => {
                let (document, problems) = read_document(&path, &bytes);
                self.documents.extend(document);
                self.problems.extend(problems);
            }
        }
    }
}
