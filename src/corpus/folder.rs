//! The knowledge folder: which of its files are documents. Knows nothing of what stands in them.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::document::Document;
use super::problem::{Fault, Problem};
use super::refusal::Refusal;
use super::stamp::{Stamp, TICK};
use super::{Corpus, read_document};

/// A document of this size is a book, and read by nobody through a chat.
const MAX_FILE_BYTES: u64 = 20 << 20;
const TOO_LARGE: Fault = Fault::TooLarge { megabytes: MAX_FILE_BYTES >> 20 };
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
    problems.first().map_or_else(String::new, |problem| format!(" ({} refused, the first: {problem})", problems.len()))
}

/// Reads every document below a folder. A file that cannot be served is a problem and the rest is served.
///
/// # Errors
/// If the folder cannot be read, or holds no document that can be served.
pub fn read(folder: &Path) -> Result<Corpus, CorpusError> {
    struct Afresh;
    impl Reader for Afresh {
        fn parse(&self, path: &str, bytes: &[u8], _stamp: Option<Stamp>) -> Parsed {
            let (document, problems) = read_document(path, bytes);
            (document.map(Arc::new), problems)
        }
    }
    read_by(folder, &Afresh).map(|read| Corpus::of(read.documents, read.problems))
}

/// What a file holds, if it can be served, and what is wrong with it.
pub type Parsed = (Option<Arc<Document>>, Vec<Problem>);

/// How the files of a folder are read, several at a time.
pub trait Reader: Sync {
    /// Parses a file, or finds that it is known already. A file with the same stamp later holds the same bytes.
    fn parse(&self, path: &str, bytes: &[u8], stamp: Option<Stamp>) -> Parsed;

    /// What a file holds that need not be read, because it is as it was.
    fn known(&self, _path: &str, _metadata: &Metadata) -> Option<Parsed> {
        None
    }

    /// Called before a file is read.
    ///
    /// # Errors
    /// What the system would say if the file could not be read.
    fn opening(&self, _path: &str) -> io::Result<()> {
        Ok(())
    }

    /// How seldom the clock of the file system ticks at worst.
    fn tick(&self) -> Duration {
        TICK
    }
}

/// A folder that was read.
#[derive(Debug)]
pub struct FolderRead {
    /// Its documents, in the order of the walk.
    pub documents: Vec<Arc<Document>>,
    /// What is wrong with its files.
    pub problems: Vec<Problem>,
    /// Paths of files and folders that the system did not let us read.
    pub unreadable: Vec<String>,
}

/// Reads every document below a folder as `reader` does.
///
/// # Errors
/// If the folder cannot be read, or holds no document that can be served.
pub fn read_by(folder: &Path, reader: &dyn Reader) -> Result<FolderRead, CorpusError> {
    let unreadable = |source| CorpusError::Unreadable { path: folder.to_owned(), source };
    let root = folder.canonicalize().map_err(unreadable)?;
    fs::read_dir(&root).map_err(unreadable)?;
    let mut walk = Walk { root, ..Walk::default() };
    walk.folder(&walk.root.clone(), "", 0);
    let read: Vec<_> = walk.files.par_iter().map(|file| file.read(reader)).collect();
    let (mut documents, mut problems, mut unreadable) = (Vec::new(), walk.problems, walk.unreadable);
    for (file, read) in walk.files.iter().zip(read) {
        match read {
            Ok((document, found)) => {
                documents.extend(document);
                problems.extend(found);
            }
            Err(error) => {
                problems.push(unread(&file.path, &error));
                unreadable.push(file.path.clone());
            }
        }
    }
    if documents.is_empty() {
        problems.sort();
        return Err(CorpusError::Empty { path: folder.to_owned(), problems });
    }
    Ok(FolderRead { documents, problems, unreadable })
}

fn unread(path: &str, error: &io::Error) -> Problem {
    Problem::of(path, Fault::Unreadable { cause: error.to_string() })
}

/// A file that is a document by its place and kind.
struct Found {
    /// Where it is; no link.
    real: PathBuf,
    /// Path below the knowledge folder.
    path: String,
    metadata: Metadata,
}

impl Found {
    fn read(&self, reader: &dyn Reader) -> io::Result<Parsed> {
        if let Some(known) = reader.known(&self.path, &self.metadata) {
            return Ok(known);
        }
        // A change after this moment must change the stamp, or there is none.
        let now = SystemTime::now();
        reader.opening(&self.path)?;
        let file = File::open(&self.real)?;
        let stamp = Stamp::of(&file.metadata()?).filter(|stamp| stamp.has_settled(now, reader.tick()));
        let mut bytes = Vec::new();
        // One byte more than allowed, so that a file that grows while it is read is refused as well.
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Ok((None, vec![Problem::of(&self.path, TOO_LARGE)]));
        }
        Ok(reader.parse(&self.path, &bytes, stamp))
    }
}

/// Looks for the files of a folder.
#[derive(Default)]
struct Walk {
    root: PathBuf,
    files: Vec<Found>,
    problems: Vec<Problem>,
    unreadable: Vec<String>,
}

impl Walk {
    fn problem(&mut self, path: &str, fault: Fault) {
        self.problems.push(Problem::of(path, fault));
    }

    fn unreadable(&mut self, path: &str, error: &io::Error) {
        self.problems.push(unread(path, error));
        self.unreadable.push(path.to_owned());
    }

    fn folder(&mut self, folder: &Path, below: &str, depth: usize) {
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).and_then(Iterator::collect);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(below, &error),
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
                self.problem(&path, Fault::NameNotText);
            } else if shown.chars().any(char::is_control) {
                self.problem(&path, Fault::NameHoldsControl);
            } else {
                self.entry(&entry.path(), &path, depth);
            }
        }
    }

    fn entry(&mut self, file: &Path, path: &str, depth: usize) {
        // A folder is walked by its real path: only what is a link itself can lead elsewhere.
        let found = file.symlink_metadata().and_then(|metadata| {
            let link = metadata.is_symlink();
            let real = if link { file.canonicalize()? } else { file.to_owned() };
            let metadata = if link { real.metadata()? } else { metadata };
            Ok((link, real, metadata))
        });
        let (link, real, metadata) = match found {
            Ok(found) => found,
            Err(error) => return self.unreadable(path, &error),
        };
        if !real.starts_with(&self.root) {
            self.problem(path, Fault::LinkOut);
        } else if metadata.is_dir() && link {
            self.problem(path, Fault::LinkToFolder);
        } else if metadata.is_dir() && depth == MAX_DEPTH {
            self.problem(path, Fault::TooDeep);
        } else if metadata.is_dir() {
            self.folder(file, path, depth + 1);
        } else if NOT_DOCUMENTS.contains(&path.rsplit('/').next().unwrap_or_default()) {
        } else if !metadata.is_file() {
            self.problem(path, Fault::Refused(Refusal::NoFile));
        } else if metadata.len() > MAX_FILE_BYTES {
            self.problem(path, TOO_LARGE);
        } else {
            self.files.push(Found { real, path: path.to_owned(), metadata });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it is below the folder")).expect("make the folder");
            fs::write(path, bytes).expect("write the file");
        }
        folder
    }

    fn problems(corpus: &Corpus) -> Vec<(&str, &Fault)> {
        corpus.problems.iter().map(|problem| (problem.path.as_str(), &problem.fault)).collect()
    }

    const GOOD: &[u8] = "---\ntitle: 云禾园\n---\n园区在东边。".as_bytes();

    #[test]
    fn every_document_below_the_folder_is_read_in_the_order_of_paths() {
        let folder = folder(&[
            ("b/2.md", GOOD),
            ("b/10.TXT", "云禾园\n\n园区在东边。".as_bytes()),
            ("a🌿.md", GOOD),
            ("words.toml", b"x"),
            ("questions.jsonl", b"x"),
            ("README.md", b"# x"),
            (".hidden/x.bin", b"\0"),
            (".b.md.swp", b"\0"),
            ("b.md~", b"x"),
        ]);
        let corpus = read(folder.path()).expect("there are documents");
        let paths: Vec<&str> = corpus.documents.iter().map(|document| document.source.path.as_str()).collect();
        assert_eq!(paths, ["a🌿.md", "b/10.TXT", "b/2.md"]);
        assert_eq!(problems(&corpus), []);
        assert_eq!(corpus.passages.iter().map(|passage| corpus.text(passage)).collect::<Vec<_>>(), ["园区在东边。"; 3]);
        assert_eq!(corpus, read(folder.path()).expect("it is the same again"));
    }

    #[test]
    fn bad_files_are_problems_and_the_rest_is_served() {
        let long = "园".repeat(1 << 20);
        let folder = folder(&[
            ("good.md", GOOD),
            ("binary.txt", b"\0\x01\x02"),
            ("broken.md", b"---\ntitle: [\n---\nx"),
            ("empty.md", b" \n"),
            ("headings.md", b"# A\n\n## B\n"),
            ("line\nbreak.md", GOOD),
            ("long.txt", long.as_bytes()),
            ("off.md", b"---\nenabled: false\n---\nx"),
            ("table.xlsx", b"PK"),
        ]);
        let corpus = read(folder.path()).expect("one document is good");
        assert_eq!(corpus.documents.len(), 1);
        let refused: Vec<&str> = corpus.problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(
            refused,
            ["binary.txt", "broken.md", "empty.md", "headings.md", "line\nbreak.md", "long.txt", "table.xlsx"]
        );
        assert!(corpus.problems[4].to_string().starts_with("line\\nbreak.md: "), "{}", corpus.problems[4]);
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let folder = folder(&[("good.md", GOOD)]);
        let file = File::create(folder.path().join("big.txt")).expect("make the file");
        file.set_len(MAX_FILE_BYTES + 1).expect("make it large");
        assert_eq!(problems(&read(folder.path()).expect("one document is good")), [("big.txt", &TOO_LARGE)]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_folder_only() {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        let outside = folder(&[("secret.md", GOOD)]);
        let folder = folder(&[("b/good.md", GOOD)]);
        let link = |target: &Path, name: &str| symlink(target, folder.path().join(name)).expect("make the link");
        link(&outside.path().join("secret.md"), "out.md");
        link(outside.path(), "out");
        link(Path::new("nowhere.md"), "gone.md");
        link(folder.path(), "b/loop");
        link(Path::new("b/good.md"), "inside.md");
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.md")), GOOD).expect("write the file");
        let corpus = read(folder.path()).expect("there are documents");
        let paths: Vec<&str> = corpus.documents.iter().map(|document| document.source.path.as_str()).collect();
        assert_eq!(paths, ["b/good.md", "inside.md"]);
        let refused: Vec<&str> = corpus.problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(refused, ["b/loop", "gone.md", "out", "out.md", "\u{fffd}.md"]);
    }

    #[test]
    fn a_missing_or_empty_folder_says_what_to_do() {
        let missing = read(Path::new("nowhere/at/all")).expect_err("it is missing").to_string();
        assert!(missing.contains("nowhere/at/all") && missing.contains("--knowledge"), "{missing}");
        let nothing = read(folder(&[]).path()).expect_err("it is empty").to_string();
        assert!(nothing.contains("holds no document") && nothing.contains("yuanwen import"), "{nothing}");
        let bad = read(folder(&[("a.pdf", b"%PDF")]).path()).expect_err("nothing can be served").to_string();
        assert!(bad.contains("(1 refused, the first: a.pdf"), "{bad}");
    }
}
