//! `words.toml`: what an operator says of parks, names and words. Knows its format, not what is done with it.

use serde::Deserialize;

/// The name of the file in the knowledge folder.
pub const WORDS_FILE: &str = "words.toml";

/// What `words.toml` says; every part may be absent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Settings of an older form of the file; read and left alone.
    #[serde(default)]
    defaults: toml::Table,
    /// The parks.
    #[serde(default)]
    pub park: Vec<ParkWords>,
    /// Names of institutes, schemes and places that are never split or corrected.
    #[serde(default)]
    pub names: Vec<String>,
    /// What carries nothing.
    #[serde(default)]
    pub stop: StopWords,
    /// Words any of which may stand for any other.
    #[serde(default)]
    pub same: Vec<Same>,
    /// What people say, and what documents write.
    #[serde(default)]
    pub ask: Vec<Ask>,
}

/// A park and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParkWords {
    /// Its name, as answers show it.
    pub name: String,
    /// Paths of its documents below the knowledge folder; documents whose front matter names it belong to it anyway.
    #[serde(default)]
    pub files: Vec<String>,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// What is dropped from questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopWords {
    /// Phrases that are cut out of every question.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Words that are never expanded.
    #[serde(default)]
    pub never_expand: Vec<String>,
}

/// Words that mean the same; written `["…", "…"]` or `words = ["…", "…"]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a group is a list of words: words = [\"一\", \"二\"]")]
pub enum Same {
    /// The short form.
    List(Vec<String>),
    /// The form of a table.
    Table {
        /// The words.
        words: Vec<String>,
    },
}

impl Same {
    /// The words.
    pub fn words(&self) -> &[String] {
        match self {
            Self::List(words) | Self::Table { words } => words,
        }
    }
}

/// What people say, and what documents write; one way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What people say.
    pub say: Vec<String>,
    /// What documents write.
    pub find: Vec<String>,
}

/// What is wrong with a `words.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WordsError {
    /// Line, counted from 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// Whether a synonym is so short that it stands inside of many words that mean something else: one character, or
/// two digits.
pub fn is_slight(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.len() < 2 || letters.len() == 2 && letters.iter().all(char::is_ascii_digit)
}

/// Reads a `words.toml`.
///
/// # Errors
/// If it is not TOML, or has a key that means nothing here.
pub fn read_words(text: &str) -> Result<Words, WordsError> {
    toml::from_str(text).map_err(|error| WordsError {
        line: error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1),
        message: error.message().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let words = read_words(
            "names = ['外滩融易行']\nsame = [['芯片', '晶片']]\n[[park]]\nname = '菊园'\n[[ask]]\nsay = ['钱']\nfind = ['资金']",
        )
        .unwrap();
        assert_eq!(words.same[0].words(), ["芯片", "晶片"]);
        let words = read_words("[[same]]\nwords = ['芯片', '晶片']\n[stop]\nphrases = ['请问']").unwrap();
        assert_eq!(words.same[0].words(), ["芯片", "晶片"]);
    }

    #[test]
    fn a_mistake_names_its_line() {
        assert_eq!(read_words("same = []\nfoo = 1").unwrap_err().line, Some(2));
        assert!(read_words("same = [").is_err());
        let group = read_words("names = []\n\n[[same]]\nwords = '仪器,设备'").unwrap_err();
        assert_eq!(group.to_string(), "a group is a list of words: words = [\"一\", \"二\"]");
    }

    #[test]
    fn what_stands_inside_of_many_words_is_slight() {
        for (word, slight) in
            [("的", true), ("1", true), ("12", true), ("a", true), ("AI", false), ("芯片", false), ("G60", false)]
        {
            assert_eq!(is_slight(word), slight, "{word}");
        }
    }
}
