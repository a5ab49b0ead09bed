//! Why no document is made of a file. Refuses to know where that is shown.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why no document is made of a file. A cause is what a library says, in English.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Refusal {
    /// It holds nothing.
    Empty,
    /// It is a folder or a device.
    NoFile,
    /// It does not begin as files of its kind do.
    NotItsKind,
    /// It is a text document of a kind that is not read.
    SaveAsDocx,
    /// It is a spreadsheet of a kind that is not read.
    SaveAsXlsx,
    /// It is a presentation, or a page layout of a kind that is not read.
    SaveAsPdf,
    /// It is a picture.
    Picture,
    /// It is an archive.
    Archive,
    /// Nothing is known of its kind.
    UnknownKind,
    /// It is a PDF where text was expected.
    PdfForText,
    /// Its bytes are no text.
    NotText,
    /// It starts like UTF-16 and goes on otherwise.
    BrokenUtf16,
    /// It is UTF-8 with other bytes in it.
    BrokenUtf8 {
        /// The first line that holds some.
        line: usize,
    },
    /// Its encoding cannot be told.
    UnknownEncoding,
    /// A line is longer than any paragraph.
    LongLine {
        /// Its number.
        line: usize,
    },
    /// It has more lines than any document.
    Lines {
        /// How many.
        lines: usize,
    },
    /// Its front matter cannot be understood.
    FrontMatter {
        /// The line at fault.
        line: Option<usize>,
        /// What is wrong there.
        cause: String,
    },
    /// Its front matter says that it is not served.
    SwitchedOff,
    /// It is a page of too many elements.
    Elements,
    /// It is no table of comma separated values.
    NotCsv {
        /// What is wrong.
        cause: String,
    },
    /// It is no archive, as Office files are.
    NoOffice,
    /// The archive that it is cannot be read.
    DamagedArchive,
    /// It holds more files than Office files do.
    Files {
        /// How many.
        files: usize,
    },
    /// It holds a file with a name that leads out of it.
    Foreign {
        /// That name, escaped.
        name: String,
    },
    /// It cannot be read without its password.
    Password,
    /// A file in it claims to be far larger than what it is packed in.
    Trap {
        /// That file, escaped.
        name: String,
        /// What it claims.
        megabytes: u64,
    },
    /// It unpacks to more than any document.
    Unpacks {
        /// To how much.
        megabytes: u64,
    },
    /// A file in it cannot be unpacked.
    DamagedMember {
        /// That file.
        name: String,
    },
    /// A file in it is no text.
    MemberNotText {
        /// That file.
        name: String,
    },
    /// A file in it goes on after what it claimed.
    LargeMember {
        /// That file.
        name: String,
    },
    /// Its XML is broken.
    DamagedXml {
        /// What is wrong.
        cause: String,
    },
    /// Its XML declares entities, which may lead elsewhere.
    Entities,
    /// Its XML is nested too deep.
    Nesting,
    /// It is an Office file without a text.
    NoWord,
    /// It is no spreadsheet.
    NoSpreadsheet {
        /// What is wrong.
        cause: String,
    },
    /// A sheet has too many cells.
    Cells {
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// It has too many pages.
    Pages {
        /// How many.
        pages: usize,
    },
    /// Its pages are pictures.
    Scan,
    /// Its pages hold no text.
    NoText,
    /// It is no PDF.
    NoPdf {
        /// What is wrong.
        cause: String,
    },
    /// It is larger than any original.
    Large,
    /// Its text is longer than any document.
    LongText,
    /// Parsing it failed, or wanted more than it may have.
    Limits,
    /// Parsing it did not come to an end.
    Slow,
    /// It could not be parsed, for which it may not be to blame.
    NotParsed {
        /// What the system says; empty if nothing.
        cause: String,
    },
}

/// As the command line says it, in words that follow the name of the file.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty; write something into it or delete it"),
            Self::NoFile => f.write_str("is no regular file"),
            Self::NotItsKind => f.write_str("is not what its name says; open it and save it again"),
            Self::SaveAsDocx => f.write_str("cannot be read; save it as .docx"),
            Self::SaveAsXlsx => f.write_str("cannot be read; save it as .xlsx"),
            Self::SaveAsPdf => f.write_str("cannot be read; save it as .pdf"),
            Self::Picture => f.write_str("is a picture; run it through text recognition (OCR) first"),
            Self::Archive => f.write_str("is an archive; unpack it first"),
            Self::UnknownKind => {
                f.write_str("is of no kind that can be read; txt, md, html, docx, pdf, csv and xlsx can")
            }
            Self::PdfForText => f.write_str("is a PDF; use `yuanwen import`"),
            Self::NotText => f.write_str("is not text; use `yuanwen import` for other formats"),
            Self::BrokenUtf16 => f.write_str("starts like UTF-16 but is not; save it as UTF-8"),
            Self::BrokenUtf8 { .. } => f.write_str("holds bytes that are not UTF-8; save it again as UTF-8"),
            Self::UnknownEncoding => f.write_str("is neither UTF-8, UTF-16, GB18030 nor Big5; save it as UTF-8"),
            Self::LongLine { .. } => f.write_str("the line is over 1 MB; break it up"),
            Self::Lines { lines } => write!(f, "has {lines} lines; keep the part that matters"),
            Self::FrontMatter { cause, .. } => f.write_str(cause),
            Self::SwitchedOff => f.write_str("is switched off by `enabled`"),
            Self::Elements => f.write_str("is a page of more than 200,000 elements; save the article alone"),
            Self::NotCsv { cause } => write!(f, "is not comma separated values: {cause}"),
            Self::NoOffice => f.write_str("is no Office file, or a damaged one"),
            Self::DamagedArchive => f.write_str("is a damaged archive"),
            Self::Files { files } => write!(f, "holds {files} files; an Office file has some tens"),
            Self::Foreign { name } => write!(f, "holds a file named “{name}”, which no Office program writes"),
            Self::Password => f.write_str("is protected by a password; save it without one"),
            Self::Trap { name, megabytes } => {
                write!(f, "holds “{name}” of {megabytes} MB, which is a trap or a mistake")
            }
            Self::Unpacks { megabytes } => write!(f, "unpacks to {megabytes} MB, which is a trap or a mistake"),
            Self::DamagedMember { name } => write!(f, "is damaged: “{name}” cannot be unpacked"),
            Self::MemberNotText { name } => write!(f, "is damaged: “{name}” is not UTF-8"),
            Self::LargeMember { name } => {
                write!(f, "holds “{name}” of more than 64 MB, which is a trap or a mistake")
            }
            Self::DamagedXml { cause } => write!(f, "is damaged: {cause}"),
            Self::Entities => f.write_str("declares entities, which no Office program does"),
            Self::Nesting => f.write_str("is nested deeper than any Office program writes"),
            Self::NoWord => f.write_str("is no Word file: word/document.xml is missing"),
            Self::NoSpreadsheet { cause } => write!(f, "is no spreadsheet: {cause}"),
            Self::Cells { rows, columns } => {
                write!(f, "has a sheet of {rows} rows and {columns} columns; export the part that matters")
            }
            Self::Pages { pages } => write!(f, "has {pages} pages; split it"),
            Self::Scan => f.write_str(
                "is a scan: its pages are pictures without text; run it through text recognition (OCR) first",
            ),
            Self::NoText => f.write_str("holds no text"),
            Self::NoPdf { cause } => write!(f, "is no PDF that can be read: {cause}"),
            Self::Large => f.write_str("is over 64 MB; keep the part that matters"),
            Self::LongText => f.write_str("holds more than 32 MB of text; keep the part that matters"),
            Self::Limits => f.write_str(
                "is damaged or hostile: parsing it failed, or took more than 512 MB or 10 seconds; open it and save it again",
            ),
            Self::Slow => f.write_str("takes more than 10 seconds to parse: damaged, hostile or far too large"),
            Self::NotParsed { cause } if cause.is_empty() => f.write_str("cannot be parsed"),
            Self::NotParsed { cause } => write!(f, "cannot be parsed: {cause}"),
        }
    }
}

impl Refusal {
    /// The line that it is about, if it is about one.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::BrokenUtf8 { line } | Self::LongLine { line } => Some(*line),
            Self::FrontMatter { line, .. } => *line,
            _ => None,
        }
    }

    /// The same with the line before it, where it is about one.
    pub fn located(&self) -> String {
        self.line().map_or_else(|| self.to_string(), |line| format!("line {line}: {self}"))
    }
}
