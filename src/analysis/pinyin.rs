//! Sounds of Chinese characters, without tones: what a mistyped word may have been. Knows no words.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::{ToPinyin, ToPinyinMulti};

use super::pairs::Pairs;
use super::script::is_han;

/// Whether two characters can sound the same. A character sounds like itself.
pub fn sound_alike(a: char, b: char) -> bool {
    a == b
        || a.to_pinyin_multi().is_some_and(|first| {
            first.into_iter().any(|sound| {
                b.to_pinyin_multi().is_some_and(|second| second.into_iter().any(|other| sound.plain() == other.plain()))
            })
        })
}

/// The toneless sounds of a text's Han characters, each by its commonest reading, joined without spaces; Latin
/// characters stand for themselves. `None` if a character has no sound.
pub fn spelled(text: &str) -> Option<String> {
    let sound = |c: char| match c.to_pinyin() {
        Some(pinyin) => Some(pinyin.plain().replace('ü', "v")),
        None => c.is_ascii_alphanumeric().then(|| c.to_string()),
    };
    text.chars().map(sound).collect()
}

/// The commonest toneless sound of a Han character.
pub fn sound(c: char) -> Option<&'static str> {
    c.to_pinyin().map(pinyin::Pinyin::plain)
}

/// The pairs that sound like this one by the commonest sounds of both characters, sorted; itself among them if it is known.
pub fn homophones(pair: [char; 2], known: &Pairs) -> Vec<[char; 2]> {
    match pair.map(sound) {
        [Some(first), Some(second)] => sounding([first, second], known),
        _ => Vec::new(),
    }
}

/// Strings of two to four characters whose sounds, written without spaces, are these letters: every neighbouring pair of
/// them is known. At most `limit`.
pub fn spelling(letters: &str, limit: usize, known: &Pairs) -> Vec<String> {
    let mut found = Vec::new();
    for syllables in syllables(letters).into_iter().filter(|s| (2..=4).contains(&s.len())) {
        let mut strings: Vec<Vec<char>> = Vec::new();
        for pair in syllables.windows(2) {
            let known = sounding([pair[0], pair[1]], known);
            strings = if strings.is_empty() && std::ptr::eq(pair.as_ptr(), syllables.as_ptr()) {
                known.into_iter().map(|pair| pair.to_vec()).collect()
            } else {
                let extend = |start: &Vec<char>| {
                    let next = known.iter().filter(|pair| Some(&pair[0]) == start.last());
                    next.map(|pair| [start.as_slice(), &pair[1..]].concat()).collect::<Vec<_>>()
                };
                strings.iter().flat_map(extend).collect()
            };
        }
        found.extend(strings.into_iter().map(|chars| chars.into_iter().collect::<String>()));
    }
    found.sort();
    found.dedup();
    found.truncate(limit);
    found
}

/// The known pairs with these sounds, sorted.
fn sounding([first, second]: [&str; 2], known: &Pairs) -> Vec<[char; 2]> {
    static BY_SOUND: LazyLock<HashMap<&str, Vec<char>>> = LazyLock::new(|| {
        let mut by_sound: HashMap<_, Vec<char>> = HashMap::new();
        for c in ('\u{3400}'..'\u{32400}').filter(|c| is_han(*c)) {
            if let Some(sound) = sound(c) {
                by_sound.entry(sound).or_default().push(c);
            }
        }
        by_sound
    });
    let beginnings = BY_SOUND.get(first).into_iter().flatten();
    let pairs = beginnings.flat_map(|&c| known.beginning(c));
    pairs.filter(|pair| sound(pair[1]) == Some(second)).collect()
}

/// All ways to read letters as syllables.
fn syllables(letters: &str) -> Vec<Vec<&str>> {
    const LONGEST_SYLLABLE: usize = 6;
    const MAX_LETTERS: usize = 24;
    if letters.is_empty() {
        return vec![Vec::new()];
    }
    if letters.len() > MAX_LETTERS || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut ways = Vec::new();
    for length in 1..=letters.len().min(LONGEST_SYLLABLE) {
        let (Some(head), Some(tail)) = (letters.get(..length), letters.get(length..)) else { continue };
        if is_syllable(head) {
            ways.extend(syllables(tail).into_iter().map(|rest| [&[head], rest.as_slice()].concat()));
        }
    }
    ways
}

/// Whether letters have the shape of one syllable: an initial and a final.
fn is_syllable(letters: &str) -> bool {
    const INITIALS: [&str; 24] = [
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s",
        "y", "w", "",
    ];
    const FINALS: &str =
        "a o e i u v ai ei ao ou an en ang eng ong er ia ie iao iu ian in iang ing iong ua uo uai ui uan un uang ue ve";
    INITIALS
        .iter()
        .any(|initial| letters.strip_prefix(initial).is_some_and(|rest| FINALS.split(' ').any(|ending| ending == rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_sound_alike() {
        assert!(sound_alike('橘', '菊'));
        assert!(sound_alike('弯', '湾'));
        assert!(sound_alike('行', '航'), "a heteronym");
        assert!(!sound_alike('山', '湾'));
        assert!(!sound_alike('a', 'b'));
    }

    #[test]
    fn texts_are_spelled() {
        assert_eq!(spelled("松江g60").as_deref(), Some("songjiangg60"));
        assert_eq!(spelled("绿").as_deref(), Some("lv"));
        assert_eq!(spelled("，"), None);
    }

    #[test]
    fn letters_find_what_they_spell() {
        let mut pairs = ["平城", "城路", "紫竹", "平成"].map(|text| {
            let chars: Vec<char> = text.chars().collect();
            ([chars[0], chars[1]], 1)
        });
        pairs.sort_unstable();
        let known = Pairs::new(pairs.to_vec());
        assert_eq!(homophones(['瓶', '城'], &known), [['平', '城'], ['平', '成']]);
        assert_eq!(spelling("pingcheng", 9, &known), ["平城", "平成"]);
        assert_eq!(spelling("pingchenglu", 9, &known), ["平城路"]);
        assert_eq!(spelling("zizhu", 9, &known), ["紫竹"]);
        assert!(spelling("python", 9, &known).is_empty());
    }
}
