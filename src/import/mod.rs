//! Originals become documents of the knowledge folder: read, cleaned, and written as Markdown that says where it comes
//! from. A name inside a file or an archive is never a path. Knows nothing of chats or questions.

pub mod child;
mod name;
mod written;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

pub use name::file_name;
pub use written::{Written, write};

use crate::corpus::clean::{Dropped, Reason};
use crate::corpus::line::one_line;
use crate::corpus::{
    DateError, Kind, Original, Refusal, Warning, address, clean_draft, date, markdown, read_draft, read_original,
};

/// An original larger than this is no document.
pub const MAX_ORIGINAL_BYTES: u64 = 64 << 20;
/// A document larger than this is not served.
const MAX_DOCUMENT_BYTES: usize = 20 << 20;
/// So many of the lines that were left out for a reason are shown.
const SAMPLES: usize = 3;
/// Below this share of what the file held, in percent, a person should look.
const LITTLE_PERCENT: usize = 30;

/// What an operator says of an original, over what its text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title; `None` takes the text's, or else the file's name.
    pub title: Option<String>,
    /// Who issued it.
    pub publisher: Option<String>,
    /// When it was issued: 2023-08-21, 2023-08 or 2023.
    pub published: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// The park it is about.
    pub park: Option<String>,
}

/// An original as a document of the knowledge folder, not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The name of the new document below the knowledge folder; ends in `.md` and is safe on every system.
    pub file: String,
    /// The document.
    pub markdown: String,
    /// Its title.
    pub title: String,
    /// How much was kept.
    pub kept: Kept,
    /// What was left out, reason by reason.
    pub dropped: Vec<Omitted>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// How much of an original was kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Characters that are not spaces.
    pub characters: usize,
    /// Lines, headings among them.
    pub lines: usize,
    /// Sections, each under its own heading.
    pub sections: usize,
}

/// What was left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omitted {
    /// Why.
    pub reason: Reason,
    /// How many lines, or parts of one.
    pub lines: usize,
    /// Characters that are not spaces.
    pub characters: usize,
    /// The first of them, so that a person can judge.
    pub samples: Vec<String>,
}

/// Why an original does not become a document. Each says what an operator can do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{path}: cannot be read: {cause}", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// It is larger than any document.
    #[error("{name}: is over {limit} MB; keep the part that matters")]
    TooLarge {
        /// The file's own name.
        name: String,
        /// What is allowed.
        limit: u64,
    },
    /// It is of a kind that cannot be read, or damaged, hostile, protected or a scan.
    #[error("{name}: {}", why.located())]
    Refused {
        /// The file's own name.
        name: String,
        /// Why.
        why: Refusal,
    },
    /// Nothing is left after cleaning.
    #[error("{name}: nothing is left to quote after cleaning; {dropped} lines were left out")]
    Empty {
        /// The file's own name.
        name: String,
        /// How many lines were left out.
        dropped: usize,
    },
    /// The date that the operator gave is none.
    #[error(transparent)]
    Date(#[from] DateError),
    /// The address that the operator gave is none.
    #[error("“{url}” is no address on the web; write one such as https://example.org/a")]
    Address {
        /// What was given.
        url: String,
    },
    /// Another document has the name already.
    #[error("{file}: is there already and differs; read both, then import again with --force")]
    Differs {
        /// The document's name below the knowledge folder.
        file: String,
    },
    /// It cannot be written.
    #[error("{path}: cannot be written: {cause}", path = .path.display())]
    Unwritable {
        /// The document.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// Reads an original and makes a document of it. `name` is the file's own name: it tells the kind, and the title where
/// there is none; it is never a path. Blocks; all but plain text and Markdown is parsed in a child process with limits
/// of memory and time.
///
/// # Errors
/// If the file cannot be read, is not what its name says, is hostile, or nothing of it is left.
pub fn import(path: &Path, name: &str, facts: &Facts) -> Result<Imported, ImportError> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name = &name.replace(char::is_control, " ");
    let published = facts.published.as_deref().map(date).transpose()?;
    if let Some(url) =
        facts.url.as_deref().map(str::trim).filter(|url| !url.is_empty() && address(url).as_deref() != Some(url))
    {
        return Err(ImportError::Address { url: url.to_owned() });
    }
    let kind = Kind::of_name(name).ok_or_else(|| ImportError::Refused { name: name.to_owned(), why: advice(name) })?;
    let (file, bytes) = opened(path, name, kind)?;
    let refused = |why| ImportError::Refused { name: name.to_owned(), why };
    let (mut original, mut warnings) = match kind {
        Kind::Text => (read_original(name, &bytes).map_err(refused)?, Vec::new()),
        Kind::Markdown if bytes.starts_with(b"---") => (read_original(name, &bytes).map_err(refused)?, Vec::new()),
        kind => {
            let draft = if kind.is_risky() { child::read(kind, file) } else { read_draft(kind, &bytes) };
            let mut draft = draft.map_err(refused)?;
            let warnings = std::mem::take(&mut draft.warnings);
            (clean_draft(name, &draft), warnings)
        }
    };
    if original.document.sections.is_empty() {
        return Err(ImportError::Empty { name: name.to_owned(), dropped: original.dropped.len() });
    }
    let source = &mut original.document.source;
    let given = |value: &Option<String>| {
        let line = value.as_deref().map(one_line);
        line.filter(|line| !line.is_empty())
    };
    source.title = given(&facts.title).unwrap_or_else(|| source.title.clone());
    source.publisher = given(&facts.publisher).or_else(|| source.publisher.take());
    source.published = published.or_else(|| source.published.take());
    source.url = given(&facts.url).or_else(|| source.url.take());
    source.park = given(&facts.park).or_else(|| source.park.take());
    if !original.titled && facts.title.is_none() {
        warnings.push(Warning::Untitled);
    }
    finished(name, &original, warnings)
}

fn finished(name: &str, original: &Original, mut warnings: Vec<Warning>) -> Result<Imported, ImportError> {
    let document = &original.document;
    let markdown = markdown(document);
    if markdown.len() > MAX_DOCUMENT_BYTES {
        return Err(ImportError::TooLarge { name: name.to_owned(), limit: (MAX_DOCUMENT_BYTES >> 20) as u64 });
    }
    let kept = Kept {
        characters: characters(&document.text),
        lines: document.text.lines().count(),
        sections: document.sections.len(),
    };
    let dropped = omitted(&original.dropped);
    let left_out: usize = dropped.iter().map(|omitted| omitted.characters).sum();
    if kept.characters * 100 < (kept.characters + left_out) * LITTLE_PERCENT {
        warnings.push(Warning::MostLeftOut);
    }
    if document.source.published.is_none() {
        warnings.push(Warning::Undated);
    }
    Ok(Imported { file: file_name(name), title: document.source.title.clone(), markdown, kept, dropped, warnings })
}

/// Opens a file that is of the size and begins as its kind says. Bytes of a kind that the child reads are not read here.
fn opened(path: &Path, name: &str, kind: Kind) -> Result<(File, Vec<u8>), ImportError> {
    let unreadable = |cause| ImportError::Unreadable { path: path.to_owned(), cause };
    let refused = |why| ImportError::Refused { name: name.to_owned(), why };
    let metadata = path.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(refused(Refusal::NoFile));
    }
    let limit = if kind.is_risky() { MAX_ORIGINAL_BYTES } else { MAX_DOCUMENT_BYTES as u64 };
    if metadata.len() > limit {
        return Err(ImportError::TooLarge { name: name.to_owned(), limit: limit >> 20 });
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    let first = if kind.is_risky() { 1024 } else { limit };
    file.by_ref().take(first).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refused(Refusal::Empty));
    }
    if !kind.begins(&bytes) {
        return Err(refused(Refusal::NotItsKind));
    }
    if kind.is_risky() {
        file = File::open(path).map_err(unreadable)?;
    }
    Ok((file, bytes))
}

/// What can be done about a kind that cannot be read.
pub fn advice(name: &str) -> Refusal {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "doc" | "wps" | "rtf" | "odt" => Refusal::SaveAsDocx,
        "xls" | "et" | "ods" | "xlsb" => Refusal::SaveAsXlsx,
        "ppt" | "pptx" | "ofd" => Refusal::SaveAsPdf,
        "jpg" | "jpeg" | "png" | "webp" | "gif" | "bmp" | "tif" | "tiff" | "heic" => Refusal::Picture,
        "zip" | "rar" | "7z" | "gz" | "tar" => Refusal::Archive,
        _ => Refusal::UnknownKind,
    }
}

fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn omitted(dropped: &[Dropped]) -> Vec<Omitted> {
    let mut reasons: Vec<Reason> = dropped.iter().map(|line| line.reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let of = |reason| {
        let lines: Vec<&Dropped> = dropped.iter().filter(|line| line.reason == reason).collect();
        Omitted {
            reason,
            lines: lines.len(),
            characters: lines.iter().map(|line| characters(&line.text)).sum(),
            samples: lines.iter().take(SAMPLES).map(|line| line.text.clone()).collect(),
        }
    };
    reasons.into_iter().map(of).collect()
}
