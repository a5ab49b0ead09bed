//! One file per format: bytes into a [`Document`]. Each knows its own marks and nothing of the others.

mod markdown;
mod front_matter;
mod plain;
mod outline;
mod shape;
mod stack;
mod dates;
mod facts;

pub use plain::Original;

use super::decode::decode;
use super::document::{Document, Problem};

/// Path, the file's name without its extension, and text.
type Reader = fn(&str, &str, &str) -> (Option<Document>, Vec<Problem>);

/// Reads one file. The same path and bytes always give the same document and problems.
///
/// There is no document where the file is switched off (`enabled: false`) or cannot be served, which is then a problem.
pub fn read_document(path: &str, bytes: &[u8]) -> (Option<Document>, Vec<Problem>) {
    let problem = |line, message: String| vec![Problem { path: path.to_owned(), line, message }];
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let read: Reader = match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => markdown::read,
        "txt" => plain::read,
        _ => {
            return (
                None,
                problem(None, "is neither .md nor .txt; bring other formats in with `yuanwen import`".into()),
            );
        }
    };
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(refused) => return (None, problem(refused.line, refused.message)),
    };
    let (document, mut problems) = read(path, stem, &text);
    if document.as_ref().is_some_and(|document| document.sections.is_empty()) {
        problems.extend(problem(None, "holds nothing to quote but headings".into()));
        return (None, problems);
    }
    (document, problems)
}

/// Reads an original of plain text, whatever its extension, and tells what of it was left out and why.
///
/// # Errors
/// If the bytes are not text.
pub fn read_original(path: &str, bytes: &[u8]) -> Result<Original, Problem> {
    let refused = |line, message| Problem { path: path.to_owned(), line, message };
    let text = decode(bytes).map_err(|found| refused(found.line, found.message))?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Ok(plain::original(path, stem, &text))
}
