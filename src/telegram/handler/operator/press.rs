//! What an operator's button carries.

use std::fmt;

use crate::telegram::callback::ShortId;
use crate::telegram::carried::{Carried, Digits};

/// Stands for the path of a document, and outlives a reload: a thousand documents share one by chance once in 5·10⁸.
pub(super) type DocumentKey = Digits<12>;

/// The key of a path below the knowledge folder.
pub(super) fn key_of(path: &str) -> DocumentKey {
    Digits::of(&blake3::hash(path.as_bytes()).to_hex()).expect("a hash is long and hexadecimal")
}

/// A button of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    /// Shows a page of the documents.
    Documents(u16),
    /// Shows a document.
    Document(DocumentKey),
    /// Sends the file of a document.
    Download(DocumentKey),
    /// Serves a document from the next reload on.
    Enable(DocumentKey),
    /// Serves it no more from the next reload on.
    Disable(DocumentKey),
    /// Shows a page of the gaps of so many days.
    Gaps(u16, u16),
    /// Sends all of them as a table.
    Table(u16),
    /// Sends `words.toml`.
    WordsFile,
    /// Reads the folder anew.
    Reload,
    /// Serves what the gate held back, by the beginning of its id.
    Publish(ShortId),
    /// Throws it away.
    Discard(ShortId),
    /// Sends an imported file as it would be added, by the number under which it waits.
    Whole(u32),
    /// Puts it among the documents.
    Add(u32),
    /// The same in the place of a document that somebody changed.
    Replace(u32),
    /// Throws it away.
    Cancel(u32),
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documents(page) => write!(f, "o:d:{page}"),
            Self::Document(key) => write!(f, "o:i:{key}"),
            Self::Download(key) => write!(f, "o:f:{key}"),
            Self::Enable(key) => write!(f, "o:e:{key}"),
            Self::Disable(key) => write!(f, "o:x:{key}"),
            Self::Gaps(days, page) => write!(f, "o:g:{days}:{page}"),
            Self::Table(days) => write!(f, "o:t:{days}"),
            Self::WordsFile => f.write_str("o:w"),
            Self::Reload => f.write_str("o:r"),
            Self::Publish(generation) => write!(f, "o:p:{generation}"),
            Self::Discard(generation) => write!(f, "o:n:{generation}"),
            Self::Whole(number) => write!(f, "o:h:{number}"),
            Self::Add(number) => write!(f, "o:a:{number}"),
            Self::Replace(number) => write!(f, "o:o:{number}"),
            Self::Cancel(number) => write!(f, "o:c:{number}"),
        }
    }
}

impl Carried for Press {
    fn read(words: &[&str]) -> Option<Self> {
        let ["o", words @ ..] = words else { return None };
        Some(match words {
            ["d", page] => Self::Documents(page.parse().ok()?),
            ["i", key] => Self::Document(DocumentKey::parse(key)?),
            ["f", key] => Self::Download(DocumentKey::parse(key)?),
            ["e", key] => Self::Enable(DocumentKey::parse(key)?),
            ["x", key] => Self::Disable(DocumentKey::parse(key)?),
            ["g", days, page] => Self::Gaps(days.parse().ok()?, page.parse().ok()?),
            ["t", days] => Self::Table(days.parse().ok()?),
            ["w"] => Self::WordsFile,
            ["r"] => Self::Reload,
            ["p", generation] => Self::Publish(ShortId::parse(generation)?),
            ["n", generation] => Self::Discard(ShortId::parse(generation)?),
            ["h", number] => Self::Whole(number.parse().ok()?),
            ["a", number] => Self::Add(number.parse().ok()?),
            ["o", number] => Self::Replace(number.parse().ok()?),
            ["c", number] => Self::Cancel(number.parse().ok()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::telegram::callback;
    use crate::telegram::carried::{is_ours_or_nothing, survives};

    fn presses() -> impl Strategy<Value = Press> {
        let keys = ".{0,40}".prop_map(|path| key_of(&path));
        let of_document = (keys, 0..4).prop_map(|(key, which)| match which {
            0 => Press::Document(key),
            1 => Press::Download(key),
            2 => Press::Enable(key),
            _ => Press::Disable(key),
        });
        prop_oneof![
            of_document,
            any::<u16>().prop_map(Press::Documents),
            any::<[u16; 2]>().prop_map(|[days, page]| Press::Gaps(days, page)),
            any::<u16>().prop_map(Press::Table),
            any::<u32>().prop_map(Press::Add),
            any::<u32>().prop_map(Press::Replace),
            any::<u32>().prop_map(Press::Cancel),
            any::<u32>().prop_map(Press::Whole),
            "[0-9a-f]{8}".prop_filter_map("an id", |id| ShortId::of(&id)).prop_map(Press::Publish),
            "[0-9a-f]{8}".prop_filter_map("an id", |id| ShortId::of(&id)).prop_map(Press::Discard),
            prop::sample::select(vec![Press::WordsFile, Press::Reload]),
        ]
    }

    proptest! {
        #[test]
        fn a_button_fits_and_is_read_as_it_was_written(press in presses()) {
            survives(&press);
            prop_assert_eq!(callback::Press::parse(&press.to_string()), None);
        }

        #[test]
        fn what_we_never_wrote_is_nothing(data in "o:[difexgtwrpnhaoc](:[0-9a-f+-]{0,13}){0,3}|.{0,80}") {
            is_ours_or_nothing::<Press>(&data);
        }
    }
}
