//! Which kind of file an original is, by its name and its first bytes. Knows nothing of how it is read.

use serde::{Deserialize, Serialize};

/// The kinds of originals that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `.txt`
    Text,
    /// `.md`
    Markdown,
    /// `.html`, `.htm`
    Html,
    /// `.csv`, `.tsv`
    Csv,
    /// `.docx`, and `.docm` without its macros
    Docx,
    /// `.xlsx`, and `.xlsm` without its macros
    Xlsx,
    /// `.pdf`
    Pdf,
}

impl Kind {
    /// The kind that a file's name says.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" | "shtml" => Self::Html,
            "csv" | "tsv" => Self::Csv,
            "docx" | "docm" => Self::Docx,
            "xlsx" | "xlsm" => Self::Xlsx,
            "pdf" => Self::Pdf,
            _ => return None,
        })
    }

    /// Whether the bytes begin as files of this kind do.
    pub fn begins(self, bytes: &[u8]) -> bool {
        let (pdf, zip) = (bytes.starts_with(b"%PDF-"), bytes.starts_with(b"PK\x03\x04"));
        match self {
            Self::Docx | Self::Xlsx => zip,
            // Some writers put a line or a mark before the header.
            Self::Pdf => {
                bytes.get(..bytes.len().min(1024)).is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-"))
            }
            Self::Text | Self::Markdown | Self::Html | Self::Csv => !pdf && !zip,
        }
    }

    /// Whether it is parsed in a process of its own.
    pub fn is_risky(self) -> bool {
        !matches!(self, Self::Text | Self::Markdown)
    }

    /// Its name on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    /// The kind of such a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Text, Self::Markdown, Self::Html, Self::Csv, Self::Docx, Self::Xlsx, Self::Pdf]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}
