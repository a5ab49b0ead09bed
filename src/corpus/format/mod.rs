//! One file per format: bytes into a [`Document`]. Each knows its own marks and nothing of the others.

mod kind;
mod markdown;
mod front_matter;
mod html;
mod docx;
mod archive;
mod pdf;
mod csv;
mod xlsx;
mod cell;
mod sheet;
mod draft;
mod warning;
mod write;
mod escape;
mod plain;
mod outline;
mod columns;
mod shape;
mod stack;
mod dates;
mod facts;

pub use dates::date;
pub use draft::Draft;
pub use facts::address;
pub use kind::Kind;
pub use plain::Original;
pub use warning::Warning;
pub use write::markdown;

use super::decode::decode;
use super::document::Document;
use super::problem::{Fault, Problem};
use super::refusal::Refusal;

/// A file that was read, whether its document is served or not.
struct Read {
    /// The document; `None` if it cannot be one.
    document: Option<Document>,
    /// What is wrong with its front matter.
    front: Vec<Problem>,
    /// What is wrong with the text below.
    below: Vec<Problem>,
    /// Whether it is served: it is not with `enabled: false`.
    is_on: bool,
}

impl Read {
    /// What it is cannot be told.
    fn broken(problem: Problem) -> Self {
        Self { document: None, front: vec![problem], below: Vec::new(), is_on: true }
    }
}

/// Reads one file. The same path and bytes always give the same document and problems.
///
/// There is no document where the file is switched off (`enabled: false`) or cannot be served, which is then a problem.
pub fn read_document(path: &str, bytes: &[u8]) -> (Option<Document>, Vec<Problem>) {
    let Read { document, front, below, is_on } = read_file(path, bytes);
    if !is_on {
        return (None, front);
    }
    let document = document.filter(|document| !document.sections.is_empty());
    (document, front.into_iter().chain(below).collect())
}

/// What a file that is switched off would be if it were not, and what is wrong with its text; `None` for any other.
pub(super) fn read_disabled(path: &str, bytes: &[u8]) -> Option<(Document, Vec<Problem>)> {
    let Read { document, below, is_on, .. } = read_file(path, bytes);
    if is_on { None } else { document.map(|document| (document, below)) }
}

fn read_file(path: &str, bytes: &[u8]) -> Read {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let read = match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => markdown::read,
        "txt" => plain::read,
        _ => return Read::broken(Problem::of(path, Fault::NoDocumentKind)),
    };
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(refused) => {
            let (line, fault) = (refused.line(), Fault::Refused(refused));
            return Read::broken(Problem { path: path.to_owned(), line, fault });
        }
    };
    let mut read = read(path, stem, &text);
    if read.document.as_ref().is_some_and(|document| document.sections.is_empty()) {
        read.below.push(Problem::of(path, Fault::OnlyHeadings));
    }
    read
}

/// More lines than any document: a table of measurements, or a trap.
const MAX_PIECES: usize = 200_000;

/// Reads an original of any kind, still to be cleaned. Plain text is better read by [`read_original`], which knows its
/// looks.
///
/// PDF, Word, spreadsheet and web page are parsed by libraries that have met many files but not every hostile one: call
/// this in a process of its own for them.
///
/// # Errors
/// If the bytes are not of that kind, or too large to be a document.
pub fn read_draft(kind: Kind, bytes: &[u8]) -> Result<Draft, Refusal> {
    let text = || decode(bytes);
    let draft = match kind {
        Kind::Text | Kind::Markdown => Draft { pieces: markdown::pieces(&text()?), ..Draft::default() },
        Kind::Html => html::read(&decode_page(bytes)?)?,
        Kind::Csv => csv::read(&text()?)?,
        Kind::Docx => docx::read(bytes)?,
        Kind::Xlsx => xlsx::read(bytes)?,
        Kind::Pdf => pdf::read(bytes)?,
    };
    if draft.len() > MAX_PIECES {
        return Err(Refusal::Lines { lines: draft.len() });
    }
    Ok(draft.normalized())
}

/// Cleans a draft and tells what was left out and why. The path's last part is the title where there is no other.
pub fn clean_draft(path: &str, draft: &Draft) -> Original {
    draft::original(path, stem(path), draft)
}

/// Reads an original of plain text, or Markdown that already says in its front matter what it is, and tells what of it was
/// left out and why.
///
/// # Errors
/// If the bytes are not text.
pub fn read_original(path: &str, bytes: &[u8]) -> Result<Original, Refusal> {
    let text = decode(bytes)?;
    let lines = text.bytes().filter(|&byte| byte == b'\n').count();
    if lines > MAX_PIECES {
        return Err(Refusal::Lines { lines });
    }
    if text.starts_with("---\n") {
        let Read { document, front, below, is_on } = markdown::read(path, stem(path), &text);
        let refused = || match front.first() {
            Some(problem) => Refusal::FrontMatter { line: problem.line, cause: problem.fault.to_string() },
            None => Refusal::SwitchedOff,
        };
        let document = document.filter(|_| is_on).ok_or_else(refused)?;
        return Ok(Original { document, dropped: Vec::new(), titled: front.is_empty() && below.is_empty() });
    }
    Ok(plain::original(path, stem(path), &text))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A page may say its encoding in its head, where a byte order mark or its bytes do not tell.
fn decode_page(bytes: &[u8]) -> Result<String, Refusal> {
    decode(bytes).or_else(|refused| declared(bytes).ok_or(refused))
}

fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096))?).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let (text, _, broken) = encoding.decode(bytes);
    // A few damaged characters are a page; many are another encoding.
    let damaged = text.chars().filter(|&c| c == '\u{fffd}').count();
    (!broken || damaged * 100 < text.chars().count()).then(|| text.into_owned())
}
