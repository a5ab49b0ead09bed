//! One script for matching: width, case and Traditional characters are folded, one character to one character, so that
//! a range in the folded text is a range in the original. Regional words are not its business: see `vocabulary`.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use hanconv::RawDictionary;
use unicode_normalization::UnicodeNormalization;

/// Variants that OpenCC's Traditional → Simplified table leaves alone, though writers mix them.
const VARIANTS: &[(char, char)] =
    &[('著', '着'), ('妳', '你'), ('牠', '它'), ('祂', '他'), ('羣', '群'), ('峯', '峰'), ('〇', '零')];

/// Folded form of every character of the Basic Multilingual Plane, by code point.
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (0..0x1_0000).map(|code| char::from_u32(code).map_or('\u{fffd}', normalized)).collect();
    for (from, to) in RawDictionary::TSCharacters.iter() {
        if let (Some(from), Some(to)) = (single(from), single(to))
            && let Some(slot) = table.get_mut(from as usize)
        {
            *slot = to;
        }
    }
    for &(from, to) in VARIANTS {
        if let Some(slot) = table.get_mut(from as usize) {
            *slot = to;
        }
    }
    table
});

/// Characters whose every Traditional form differs from them.
static SIMPLIFIED_ONLY: LazyLock<HashSet<char>> = LazyLock::new(|| {
    RawDictionary::STCharacters
        .var_iter()
        .filter(|(from, to)| !to.contains(from))
        .filter_map(|(from, _)| single(from))
        .collect()
});

/// A text folded for matching, with the way back to the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// One folded character for each character of the original.
    pub chars: Vec<char>,
    /// Byte offset of each character in the original; one more than `chars`, the last is the original's length.
    pub offsets: Vec<usize>,
}

impl Folded {
    /// The byte range in the original of a range of characters; ends beyond the text are cut off.
    pub fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        let last = self.chars.len();
        self.offsets[chars.start.min(last)]..self.offsets[chars.end.min(last)]
    }
}

/// Folds one character: NFKC where that is a single character, lower case, Traditional to Simplified.
pub fn fold_char(c: char) -> char {
    TABLE.get(c as usize).copied().unwrap_or_else(|| normalized(c))
}

/// Folds a text, keeping the byte offset of every character.
pub fn fold(text: &str) -> Folded {
    let (mut offsets, chars): (Vec<usize>, Vec<char>) = text.char_indices().map(|(at, c)| (at, fold_char(c))).unzip();
    offsets.push(text.len());
    Folded { chars, offsets }
}

/// Folds a text for which nobody will ask the way back.
pub fn folded(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// The part of a text between two byte offsets that are known to stand between characters.
pub fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).expect("ranges are made from character offsets of the same text")
}

/// Whether a character is Han, the script in which a character is nearly a word.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々')
}

/// The script a text is written in, as far as its characters tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Simplified Chinese, 简体.
    Simplified,
    /// Traditional Chinese, 繁體.
    Traditional,
    /// Chinese that reads the same in both.
    Either,
    /// No Chinese characters at all.
    Other,
}

/// Tells the script by counting characters that exist in one script only.
pub fn script(text: &str) -> Script {
    let han = text.chars().filter(|&c| is_han(c)).count();
    let traditional = text.chars().filter(|&c| is_han(c) && fold_char(c) != c).count();
    let simplified = text.chars().filter(|c| SIMPLIFIED_ONLY.contains(c)).count();
    match (han, traditional, simplified) {
        (0, ..) => Script::Other,
        (_, 0, 0) => Script::Either,
        (_, t, s) if t >= s => Script::Traditional,
        _ => Script::Simplified,
    }
}

/// Writes a text in Traditional characters, in the forms that Taiwan uses: 為, not 爲. Words stay what they are.
pub fn traditional(text: &str) -> String {
    hanconv::s2tw(text)
}

/// Writes a text in Simplified characters; words stay what they are.
pub fn simplified(text: &str) -> String {
    text.chars().map(|c| if is_han(c) { fold_char(c) } else { c }).collect()
}

fn normalized(c: char) -> char {
    let mut forms = std::iter::once(c).nfkc();
    let c = match (forms.next(), forms.next()) {
        (Some(form), None) => form,
        _ => c,
    };
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(form), None) => form,
        _ => c,
    }
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(folded(input), expected);
    }

    #[test]
    fn folds_width_case_and_script() {
        check("大零號灣Ｇ６０　ＡＩ", "大零号湾g60 ai");
        check("著力裡裏臺台", "着力里里台台");
        check("證証佔占", "证证占占");
    }

    #[test]
    fn a_character_that_would_become_several_stays() {
        check("㎡⑴", "㎡⑴");
    }

    #[test]
    fn tells_the_script() {
        assert_eq!(script("大零號灣"), Script::Traditional);
        assert_eq!(script("大零号湾"), Script::Simplified);
        assert_eq!(script("中文"), Script::Either);
        assert_eq!(script("G60?"), Script::Other);
    }

    #[test]
    fn traditional_is_written_as_people_write_it() {
        let written = traditional("称为在这里群众");
        assert_eq!(written, "稱為在這裡群眾");
        assert_eq!(folded(&written), "称为在这里群众");
    }

    #[test]
    fn ranges_lead_back_to_the_original() {
        let text = "a灣😀b";
        let folded = fold(text);
        assert_eq!(slice(text, folded.bytes(1..3)), "灣😀");
        assert_eq!(slice(text, folded.bytes(2..9)), "😀b", "what lies beyond the text is cut off");
    }
}
