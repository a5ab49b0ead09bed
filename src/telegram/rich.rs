//! Text with entities counted in UTF-16 units, always one that Telegram takes. Knows nothing of answers.

use teloxide::types::{MessageEntity, MessageEntityKind};
use unicode_segmentation::UnicodeSegmentation as _;
use url::Url;

/// The longest text of a message, in UTF-16 units.
pub(crate) const MAX_TEXT_UNITS: usize = 4096;
/// The most entities of a message.
pub(crate) const MAX_ENTITIES: usize = 100;

/// A text that grows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rich {
    text: String,
    units: usize,
    entities: Vec<MessageEntity>,
}

impl Rich {
    /// Adds plain text. What Telegram would take away, and with it move the entities, is taken away here.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let c = match c {
                '\r' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => continue,
                c if c.is_control() && c != '\n' => ' ',
                c => c,
            };
            // Telegram trims both ends of a text; with nothing to trim at the front, offsets stay what they are.
            if self.text.is_empty() && c.is_whitespace() {
                continue;
            }
            self.text.push(c);
            self.units += c.len_utf16();
        }
        self
    }

    /// Adds what `write` writes, as one entity.
    pub(crate) fn marked(&mut self, kind: MessageEntityKind, write: impl FnOnce(&mut Self)) -> &mut Self {
        let (offset, place) = (self.units, self.entities.len());
        write(self);
        let length = self.units - offset;
        if length > 0 {
            self.entities.insert(place, MessageEntity { kind, offset, length });
        }
        self
    }

    /// Adds text in bold.
    pub(crate) fn bold(&mut self, text: &str) -> &mut Self {
        self.marked(MessageEntityKind::Bold, |rich| {
            rich.push(text);
        })
    }

    /// Adds text in italics.
    pub(crate) fn italic(&mut self, text: &str) -> &mut Self {
        self.marked(MessageEntityKind::Italic, |rich| {
            rich.push(text);
        })
    }

    /// Adds text that leads to an address; plain text where there is none.
    pub(crate) fn link(&mut self, text: &str, url: Option<&Url>) -> &mut Self {
        match url {
            Some(url) => self.marked(MessageEntityKind::TextLink { url: url.clone() }, |rich| {
                rich.push(text);
            }),
            None => self.push(text),
        }
    }

    /// The text and its entities, within Telegram's limits: what is too long is cut between graphemes and says so.
    pub(crate) fn finish(mut self) -> (String, Vec<MessageEntity>) {
        const CUT: &str = "…";
        if self.units > MAX_TEXT_UNITS {
            let mut units = 0;
            let mut kept = String::new();
            for grapheme in self.text.graphemes(true) {
                units += grapheme.encode_utf16().count();
                if units >= MAX_TEXT_UNITS {
                    break;
                }
                kept.push_str(grapheme);
            }
            self.text = kept;
            self.text.truncate(self.text.trim_end().len());
            self.text.push_str(CUT);
        }
        self.text.truncate(self.text.trim_end().len());
        let units = self.text.encode_utf16().count();
        self.entities.retain_mut(|entity| {
            entity.length = entity.length.min(units.saturating_sub(entity.offset));
            entity.length > 0
        });
        drop_blank(&self.text, &mut self.entities);
        // Bold words are many and the first to do without; the order of the others stays.
        while self.entities.len() > MAX_ENTITIES {
            let last_bold = self.entities.iter().rposition(|entity| entity.kind == MessageEntityKind::Bold);
            self.entities.remove(last_bold.unwrap_or(self.entities.len() - 1));
        }
        (self.text, self.entities)
    }
}

/// Takes away entities that mark nothing but white space, which Telegram drops.
fn drop_blank(text: &str, entities: &mut Vec<MessageEntity>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    entities.retain(|entity| {
        let marked = units.get(entity.offset..entity.offset + entity.length).unwrap_or_default();
        char::decode_utf16(marked.iter().copied()).any(|c| c.is_ok_and(|c| !c.is_whitespace()))
    });
}

/// The beginning of a text, at most so many characters and cut between graphemes, with an ellipsis where it was cut.
pub(crate) fn shortened(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut chars = 0;
    for grapheme in text.graphemes(true) {
        chars += grapheme.chars().count();
        if chars >= max_chars {
            break;
        }
        kept.push_str(grapheme);
    }
    format!("{}…", kept.trim_end())
}

/// An address that Telegram opens; `None` for what is none.
pub(crate) fn address(url: &str) -> Option<Url> {
    let url: Url = url.trim().parse().ok()?;
    let has_domain = url.host_str().is_some_and(|host| host.contains('.'));
    (matches!(url.scheme(), "http" | "https") && has_domain).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_counted_in_utf16_units() {
        let mut rich = Rich::default();
        rich.push("😀园").marked(MessageEntityKind::Blockquote, |rich| {
            rich.push("大").bold("𠀀零");
        });
        let (text, entities) = rich.finish();
        assert_eq!(text, "😀园大𠀀零");
        let ranges: Vec<_> = entities.iter().map(|entity| (entity.offset, entity.length)).collect();
        assert_eq!(ranges, [(3, 4), (4, 3)]);
    }

    #[test]
    fn what_telegram_takes_away_is_not_there() {
        let mut rich = Rich::default();
        rich.push(" \n\u{202e}a\r\0b").bold(" \u{2067}").push("c \n");
        let (text, entities) = rich.finish();
        assert_eq!((text.as_str(), entities.len()), ("a b c", 0));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_between_graphemes() {
        let mut rich = Rich::default();
        rich.push("园").bold(&"👨‍👩‍👧".repeat(2000));
        let (text, entities) = rich.finish();
        assert!(text.encode_utf16().count() <= MAX_TEXT_UNITS && text.ends_with("👧…"));
        assert_eq!(entities[0].offset + entities[0].length, text.encode_utf16().count());
    }

    #[test]
    fn addresses_are_of_the_web() {
        assert!(address("https://www.shanghai.gov.cn/a b").is_some());
        for bad in ["", "javascript:alert(1)", "ftp://a.example", "http://localhost", "www.shanghai.gov.cn"] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }
}
