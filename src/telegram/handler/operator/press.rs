//! What an operator's button carries. Whatever is not exactly what we write is nothing.

use std::fmt;

use crate::telegram::callback::ShortId;

/// Hexadecimal digits that stand for the path of a document: a thousand documents share them by chance once in 5·10⁸.
const KEY_CHARS: usize = 12;

/// Stands for the path of a document, and outlives a reload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DocumentKey([u8; KEY_CHARS]);

impl DocumentKey {
    /// The key of a path below the knowledge folder.
    pub(super) fn of(path: &str) -> Self {
        let hash = blake3::hash(path.as_bytes()).to_hex();
        let mut key = [b'0'; KEY_CHARS];
        key.iter_mut().zip(hash.bytes()).for_each(|(digit, byte)| *digit = byte);
        Self(key)
    }

    fn parse(text: &str) -> Option<Self> {
        let key: [u8; KEY_CHARS] = text.as_bytes().try_into().ok()?;
        key.iter().all(u8::is_ascii_hexdigit).then_some(Self(key))
    }
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
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

impl Press {
    /// Reads what a button carried; `None` for what we never wrote.
    pub(super) fn parse(data: &str) -> Option<Self> {
        let parts: Vec<&str> = data.strip_prefix("o:")?.split(':').collect();
        let press = match parts.as_slice() {
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
        };
        // One way to write it: what reads the same but is written otherwise is not ours.
        (press.to_string() == data).then_some(press)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::telegram::callback::{self, MAX_CALLBACK_BYTES};

    fn presses() -> impl Strategy<Value = Press> {
        let keys = ".{0,40}".prop_map(|path| DocumentKey::of(&path));
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
            let data = press.to_string();
            prop_assert!((1..=MAX_CALLBACK_BYTES).contains(&data.len()), "{}", data);
            prop_assert_eq!(Press::parse(&data), Some(press));
            prop_assert_eq!(callback::Press::parse(&data), None);
        }

        #[test]
        fn what_we_never_wrote_is_nothing(data in "o:[difexgtwrpnhaoc](:[0-9a-f+-]{0,13}){0,3}|.{0,80}") {
            if let Some(press) = Press::parse(&data) {
                prop_assert_eq!(press.to_string(), data);
            }
        }
    }
}
