//! What is wrong with `words.toml`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::quoted;

/// What is wrong with `words.toml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WordsFault {
    /// It cannot be understood.
    Broken {
        /// What the parser says.
        cause: String,
    },
    /// Files of a park are no documents.
    NoDocuments {
        /// They.
        files: Vec<String>,
    },
    /// A park has no document.
    ParkWithoutDocument {
        /// Its name.
        park: String,
    },
    /// Names are so short that they stand in everything.
    ShortNames {
        /// They.
        names: Vec<String>,
    },
    /// A name is that of other parks, too.
    SharedName {
        /// It.
        name: String,
        /// Those parks.
        others: Vec<String>,
    },
    /// A group of synonyms holds one word only.
    GroupOfOne {
        /// What it holds.
        words: Vec<String>,
    },
    /// Synonyms are so short that they stand inside of many words.
    Slight {
        /// They.
        words: Vec<String>,
    },
    /// No document holds any synonym of a group.
    GroupUnheld {
        /// The group.
        words: Vec<String>,
    },
    /// A group lacks what people say, or what documents write.
    HalfEmpty,
    /// Words are said and found in one group.
    SaidAndFound {
        /// They.
        words: Vec<String>,
    },
    /// No document holds what is to be found.
    Unheld {
        /// It.
        words: Vec<String>,
    },
    /// A word is not to be expanded elsewhere in the file.
    NeverExpanded {
        /// It.
        word: String,
    },
    /// A word is cut out of every question elsewhere in the file.
    CutOut {
        /// It.
        word: String,
    },
    /// A word is a name of parks.
    IsName {
        /// It.
        word: String,
        /// The parks.
        parks: Vec<String>,
    },
    /// Every document holds a word.
    Everywhere {
        /// It.
        word: String,
    },
    /// Two words find each other, in two groups.
    BothWays {
        /// What is said here.
        said: String,
        /// What it finds.
        found: String,
    },
}

impl fmt::Display for WordsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken { cause } => write!(f, "{cause}; mend it, until then none of the file is used"),
            Self::NoDocuments { files } => write!(f, "{} is no document of the folder", quoted(files)),
            Self::ParkWithoutDocument { park } => write!(
                f,
                "the park “{park}” has no document; name its files, or write `park: {park}` into their front matter"
            ),
            Self::ShortNames { names } => {
                write!(f, "{} is too short for a name; write two characters or more", quoted(names))
            }
            Self::SharedName { name, others } => {
                write!(f, "“{name}” is a name of {} too; whoever types it is shown both", quoted(others))
            }
            Self::GroupOfOne { words } => {
                write!(f, "{} is a group of one; write two different words or more", quoted(words))
            }
            Self::Slight { words } => {
                write!(f, "{} is so short that it stands inside of many words; write longer ones", quoted(words))
            }
            Self::GroupUnheld { words } => {
                write!(f, "no document holds any of {}; the group can never match", quoted(words))
            }
            Self::HalfEmpty => f.write_str("say or find is empty; write what people say and what documents write"),
            Self::SaidAndFound { words } => {
                write!(f, "{} stands in say and in find; a word already finds itself", quoted(words))
            }
            Self::Unheld { words } => write!(f, "no document holds {}; it can never be found", quoted(words)),
            Self::NeverExpanded { word } => write!(f, "“{word}” stands in never_expand too, so this never happens"),
            Self::CutOut { word } => {
                write!(f, "“{word}” is cut out of every question by the phrases of [stop], so this never happens")
            }
            Self::IsName { word, parks } => {
                write!(f, "“{word}” is a name of {}, and names are never expanded", quoted(parks))
            }
            Self::Everywhere { word } => {
                write!(f, "every document holds “{word}” itself, and a word that is held is never expanded")
            }
            Self::BothWays { said, found } => write!(
                f,
                "“{said}” finds “{found}” here, and the other way round in another group; write them as one group of [[same]]"
            ),
        }
    }
}
