//! What a person should look at after a file was read. Refuses to know where it is shown.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a person should look at after a file was read, though a document was made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// It holds macros, which are left out.
    Macros,
    /// A sheet has more rows than are kept.
    Rows {
        /// How many are kept.
        kept: usize,
    },
    /// Rows of questions and answers of which one is missing.
    Unpaired {
        /// Questions without an answer, which are left out.
        questions: usize,
        /// Answers without a question, which stand by themselves.
        answers: usize,
    },
    /// Sheets that are hidden, which are left out.
    HiddenSheets {
        /// How many.
        sheets: usize,
    },
    /// Formulas whose value was not saved, which are left out.
    BareFormulas {
        /// How many.
        cells: usize,
    },
    /// Pages without text, which may be scans.
    BarePages {
        /// How many there are.
        bare: usize,
        /// Pages of the file.
        pages: usize,
    },
    /// It has no title and goes by its file name.
    Untitled,
    /// Most of it was left out.
    MostLeftOut,
    /// It says no date.
    Undated,
}

/// As the command line says it.
impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Macros => f.write_str("holds macros; they are left out"),
            Self::Rows { kept } => write!(f, "has more than {kept} rows; only the first {kept} are kept"),
            Self::Unpaired { questions, answers } => write!(
                f,
                "{questions} questions without an answer are left out, {answers} answers without a question stand by \
                 themselves"
            ),
            Self::HiddenSheets { sheets } => write!(f, "{sheets} hidden sheets are left out; show them to import them"),
            Self::BareFormulas { cells } => {
                write!(f, "{cells} formulas have no saved value and are left out; open the file and save it again")
            }
            Self::BarePages { bare, pages } => write!(f, "{bare} of {pages} pages hold no text, perhaps scans"),
            Self::Untitled => f.write_str("has no title and goes by its file name; give one with --title"),
            Self::MostLeftOut => f.write_str("most of the file was left out; look at what was dropped"),
            Self::Undated => f.write_str("says no date; give one with --published"),
        }
    }
}
