//! One file of a generation on disk: some neighbouring documents as they were parsed, and the index of their passages.
//!
//! A line of JSON says what there is; the files of the index follow it, one after the other.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answer::OwnNames;
use crate::corpus::{Document, Problem};
use crate::generation::made::Known;
use crate::index::Segment;

#[derive(Serialize, Deserialize)]
struct Head<R> {
    documents: Vec<R>,
    passages: usize,
    /// Name and length of each file of the index, in bytes.
    files: Vec<(String, usize)>,
}

#[derive(Serialize)]
struct Written<'a> {
    input: &'a str,
    hash: &'a str,
    document: &'a Document,
    problems: &'a [Problem],
    /// The names that it may have of its own, if they were looked for.
    names: Option<&'a [(String, usize)]>,
}

#[derive(Deserialize)]
struct Record {
    input: String,
    hash: String,
    document: Document,
    problems: Vec<Problem>,
    names: Option<Vec<(String, usize)>>,
}

/// A document of a part, and the names that it may have of its own, if they were looked for.
pub(super) type Read = (Known, Option<OwnNames>);

/// The bytes of a part.
pub(super) fn write(segment: &Segment, known: &[(&Known, Option<&OwnNames>)]) -> std::io::Result<Vec<u8>> {
    let files = segment.files()?;
    let head = Head {
        documents: known
            .iter()
            .map(|(Known { input, hash, document, problems, .. }, names)| {
                let names = names.map(AsRef::as_ref);
                Written { input, hash, document, problems, names }
            })
            .collect(),
        passages: segment.passages,
        files: files.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect(),
    };
    let mut bytes = serde_json::to_vec(&head).map_err(std::io::Error::other)?;
    bytes.push(b'\n');
    for (_, file) in &files {
        bytes.extend(file);
    }
    Ok(bytes)
}

/// What a part holds; what is wrong with it otherwise.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Read>, Segment), String> {
    let end = bytes.iter().position(|&byte| byte == b'\n').ok_or("has no head")?;
    let (head, mut rest) = (bytes.get(..end).unwrap_or_default(), bytes.get(end + 1..).unwrap_or_default());
    let head: Head<Record> = serde_json::from_slice(head).map_err(|error| format!("has a broken head: {error}"))?;
    let mut files = Vec::new();
    for (name, length) in head.files {
        let (file, after) = rest.split_at_checked(length).ok_or("is too short")?;
        files.push((name, file.to_vec()));
        rest = after;
    }
    let known: Vec<Read> = (head.documents.into_iter())
        .map(|Record { input, hash, document, problems, names }| {
            (Known { input, stamp: None, hash, document: Arc::new(document), problems }, names.map(OwnNames::from))
        })
        .collect();
    let documents = known.iter().map(|(known, _)| known.document.clone()).collect();
    let segment = Segment::open(documents, head.passages, files).map_err(|error| error.to_string())?;
    Ok((known, segment))
}
