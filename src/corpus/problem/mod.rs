//! What is wrong with the files of a knowledge folder. Knows neither how it is found nor where it is shown; the command
//! line says it in the words that stand here.

mod questions;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use questions::QuestionsFault;
pub use words::WordsFault;

use super::document::Date;
use super::refusal::Refusal;

/// What front matter may say.
pub const FRONT_MATTER_KEYS: &str =
    "title, publisher, published, url, park, aliases, valid_from, valid_until, supersedes, enabled";

/// Something wrong with a file, in words an operator can act on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Path below the knowledge folder.
    pub path: String,
    /// Line, counted from 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

impl Problem {
    /// Something wrong with a whole file.
    pub fn of(path: &str, fault: Fault) -> Self {
        Self { path: path.to_owned(), line: None, fault }
    }

    /// Something wrong on a line of a file.
    pub fn on(path: &str, line: usize, fault: Fault) -> Self {
        Self { path: path.to_owned(), line: Some(line), fault }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.escape_debug();
        match self.line {
            Some(line) => write!(f, "{path}:{line}: {}", self.fault),
            None => write!(f, "{path}: {}", self.fault),
        }
    }
}

/// What a key of front matter has where a line of text is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Shape {
    /// A list.
    List,
    /// A block of keys.
    Block,
}

/// What is wrong with a file. A cause is what a library or the system says, in English.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fault {
    /// The system does not let it be read.
    Unreadable {
        /// What the system says.
        cause: String,
    },
    /// Its name is no text.
    NameNotText,
    /// Its name holds a line break or the like.
    NameHoldsControl,
    /// It is a link that leads out of the folder.
    LinkOut,
    /// It is a link to a folder.
    LinkToFolder,
    /// It is a folder in too many others.
    TooDeep,
    /// It is larger than any document.
    TooLarge {
        /// Than what.
        megabytes: u64,
    },
    /// It is of a kind that is no document yet.
    NoDocumentKind,
    /// No text can be had of it.
    Refused(Refusal),
    /// It holds headings alone.
    OnlyHeadings,
    /// It is Markdown without a title.
    Untitled,
    /// It is plain text without a title.
    UntitledText,
    /// Its front matter has no end.
    FrontMatterOpen,
    /// Its front matter is something else than keys and values.
    FrontMatterShape,
    /// Its front matter is not YAML.
    FrontMatterYaml {
        /// What the parser says.
        cause: String,
    },
    /// There are names of a park that is not named.
    AliasesAlone,
    /// A key has a value where a line of text is wanted.
    NoLine {
        /// The key.
        key: String,
        /// What it has.
        shape: Shape,
    },
    /// A key has a value where a list is wanted.
    NoList {
        /// The key.
        key: String,
    },
    /// A key has a value where a date is wanted.
    NoDate {
        /// The key.
        key: String,
        /// What it has.
        shape: Shape,
    },
    /// A key has a text that is no date.
    NotDate {
        /// The key.
        key: String,
        /// The text.
        text: String,
    },
    /// `enabled` says neither yes nor no.
    EnabledNeither,
    /// Nothing is called so in front matter.
    UnknownKey {
        /// The key, escaped.
        key: String,
    },
    /// `url` leads nowhere.
    NotAddress {
        /// What it says.
        text: String,
    },
    /// A document is over before it begins.
    OverBeforeBegun {
        /// Its first day.
        from: Date,
        /// Its last day.
        until: Date,
    },
    /// A document replaces one that is switched off.
    ReplacesDisabled {
        /// What it calls that one.
        name: String,
        /// Where that one is.
        path: String,
    },
    /// A document replaces one that is not there.
    ReplacesNothing {
        /// What it calls that one.
        name: String,
    },
    /// A document replaces itself.
    ReplacesItself {
        /// What it calls itself.
        name: String,
    },
    /// Documents replace each other.
    ReplacesInCircle,
    /// This would be wrong if the document were not switched off.
    OnceEnabled(Box<Fault>),
    /// A line is no passage.
    NotPassage {
        /// What the parser says.
        cause: String,
    },
    /// A passage has no id.
    PassageUnnamed,
    /// A passage has no text.
    PassageEmpty {
        /// Its id, escaped.
        id: String,
    },
    /// Two passages have the same id.
    PassageTwice {
        /// It, escaped.
        id: String,
    },
    /// Something is wrong with `words.toml`.
    Words(WordsFault),
    /// Something is wrong with `questions.jsonl`.
    Questions(QuestionsFault),
}

/// As the command line says it, in words that follow the name of the file.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { cause } => write!(f, "cannot be read: {cause}"),
            Self::NameNotText => f.write_str("the name is not UTF-8; rename it"),
            Self::NameHoldsControl => f.write_str("the name holds a line break or control character; rename it"),
            Self::LinkOut => f.write_str("is a link out of the folder and is not followed; copy the file here"),
            Self::LinkToFolder => f.write_str("is a link to a folder and is not followed"),
            Self::TooDeep => f.write_str("is too deep and is not read"),
            Self::TooLarge { megabytes } => write!(f, "is over {megabytes} MB; split it"),
            Self::NoDocumentKind => {
                f.write_str("is neither .md nor .txt; bring other formats in with `yuanwen import`")
            }
            Self::Refused(refusal) => refusal.fmt(f),
            Self::OnlyHeadings => f.write_str("holds nothing to quote but headings"),
            Self::Untitled => {
                f.write_str("has no title; give it one in its front matter, until then it goes by its file name")
            }
            Self::UntitledText => {
                f.write_str("has no title; put it on the first line, until then it goes by its file name")
            }
            Self::FrontMatterOpen => f.write_str("the front matter is not closed; end it with a line `---`"),
            Self::FrontMatterShape => {
                write!(f, "the front matter is no list of `key: value`; its keys are {FRONT_MATTER_KEYS}")
            }
            Self::FrontMatterYaml { cause } => write!(f, "the front matter is not YAML: {cause}"),
            Self::AliasesAlone => {
                f.write_str("`aliases` are other names of the `park`, which is not named; write it, too")
            }
            Self::NoLine { key, shape } => write!(f, "`{key}` is {shape}; write one line of text"),
            Self::NoList { key } => write!(f, "`{key}` is no list; write [一, 二]"),
            Self::NoDate { key, shape } => write!(f, "`{key}` is {shape}; write 2023-08-21, 2023-08 or 2023"),
            Self::NotDate { key, text } => {
                write!(f, "`{key}`: “{text}” is not a date; write 2023-08-21, 2023-08 or 2023")
            }
            Self::EnabledNeither => f.write_str("`enabled` is neither true nor false"),
            Self::UnknownKey { key } => {
                write!(f, "`{key}` is not a key of the front matter; its keys are {FRONT_MATTER_KEYS}")
            }
            Self::NotAddress { text } => {
                write!(f, "`url` is “{text}”, which is no address on the web; write one such as https://example.org/a")
            }
            Self::OverBeforeBegun { from, until } => {
                write!(f, "`valid_until` {until} is before `valid_from` {from}; put them right")
            }
            Self::ReplacesDisabled { name, path } => write!(
                f,
                "`supersedes` names “{name}”, which is disabled ({path}); enable it to be quoted with a warning, or take the name out"
            ),
            Self::ReplacesNothing { name } => write!(
                f,
                "`supersedes` names “{name}”, which no document that is served is called; write its path or title"
            ),
            Self::ReplacesItself { name } => write!(f, "`supersedes` names the document itself, “{name}”"),
            Self::ReplacesInCircle => {
                f.write_str("replaces a document that replaces it, by `supersedes`; one of them must go")
            }
            Self::OnceEnabled(fault) => write!(f, "{fault} (it is disabled)"),
            Self::NotPassage { cause } => write!(f, "is not {{\"id\",\"title\",\"text\"}}: {cause}"),
            Self::PassageUnnamed => f.write_str("has an empty id"),
            Self::PassageEmpty { id } => write!(f, "“{id}” has no text"),
            Self::PassageTwice { id } => write!(f, "“{id}” stands on an earlier line too; only that one is served"),
            Self::Words(fault) => fault.fmt(f),
            Self::Questions(fault) => fault.fmt(f),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "a list",
            Self::Block => "a block of its own",
        })
    }
}

/// Words in quotation marks, with commas between them.
fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
}
