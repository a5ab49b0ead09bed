//! How a question was understood where that differs from what was typed. Knows no question and no corpus.

/// A way in which a question was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// Something typed was read as a name or a word that sounds the same.
    Repaired {
        /// What was typed.
        typed: String,
        /// How it was read.
        read: String,
    },
    /// A word was also looked for under other words.
    Expanded {
        /// What was typed.
        typed: String,
        /// What else was looked for and found.
        read: Vec<String>,
    },
    /// A park was taken from before.
    Carried {
        /// Its name.
        park: String,
    },
}
