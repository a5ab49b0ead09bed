//! Mistyped questions: characters replaced by common ones that sound the same. The same seed always mistypes the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::analysis::pinyin::sound;
use crate::analysis::script::{Script, fold_char, is_han, script, traditional};

/// The 3,755 commonest characters, by their toneless sound.
static COMMON: LazyLock<HashMap<&'static str, Vec<char>>> = LazyLock::new(|| {
    // The first level of GB 2312 is the list of common characters, and GB 18030 keeps it in place.
    let bytes = (0xb0..=0xd7u8).flat_map(|row| (0xa1..=0xfeu8).map(move |cell| [row, cell]));
    let mut by_sound: HashMap<&'static str, Vec<char>> = HashMap::new();
    for pair in bytes {
        let (text, _, wrong) = encoding_rs::GB18030.decode(&pair);
        if let (Some(c), false) = (text.chars().next().filter(|&c| is_han(c)), wrong)
            && let Some(sound) = sound(c)
        {
            by_sound.entry(sound).or_default().push(c);
        }
    }
    by_sound
});

/// A question with `count` of its Chinese characters replaced; fewer where fewer have a common character that sounds the
/// same. `seed` and the question's `id` choose which.
pub fn mistyped(question: &str, count: usize, seed: u64, id: &str) -> String {
    let mut chars: Vec<char> = question.chars().collect();
    let is_traditional = script(question) == Script::Traditional;
    let mut places: Vec<(u64, usize)> = (0..chars.len())
        .filter(|&at| !alike(chars[at]).is_empty())
        .map(|at| (draw(seed, id, at, "place"), at))
        .collect();
    places.sort_unstable();
    for (_, at) in places.into_iter().take(count) {
        let others = alike(chars[at]);
        let other = others[draw(seed, id, at, "character") as usize % others.len()];
        let written = if is_traditional { traditional(&other.to_string()).chars().next() } else { None };
        chars[at] = written.unwrap_or(other);
    }
    chars.into_iter().collect()
}

/// Common characters that sound the same as one and are another.
fn alike(c: char) -> Vec<char> {
    let c = fold_char(c);
    let known = sound(c).filter(|_| is_han(c)).and_then(|sound| COMMON.get(sound));
    known.into_iter().flatten().copied().filter(|&other| other != c).collect()
}

/// A number that depends on all that is given and on nothing else, today and in any later version.
fn draw(seed: u64, id: &str, at: usize, what: &str) -> u64 {
    let hash = blake3::hash(format!("{seed}\n{id}\n{at}\n{what}").as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::pinyin::sound_alike;

    fn check(question: &str, count: usize) {
        let typed = mistyped(question, count, 7, "a1");
        let pairs: Vec<(char, char)> = question.chars().zip(typed.chars()).filter(|(a, b)| a != b).collect();
        assert_eq!(pairs.len(), count, "{question} {typed}");
        assert!(pairs.iter().all(|&(a, b)| sound_alike(fold_char(a), fold_char(b))), "{question} {typed}");
        assert_eq!(typed, mistyped(question, count, 7, "a1"));
    }

    #[test]
    fn characters_become_others_that_sound_the_same() {
        check("大零号湾有多少家高新技术企业", 1);
        check("大零號灣有多少家高新技術企業", 2);
        check("G60?", 0);
    }

    #[test]
    fn seeds_and_ids_choose() {
        let typed = |seed, id| mistyped("大零号湾有多少家高新技术企业", 2, seed, id);
        assert_ne!(typed(1, "a"), typed(2, "a"));
        assert_ne!(typed(1, "a"), typed(1, "b"));
    }

    #[test]
    fn a_question_without_chinese_stays() {
        assert_eq!(mistyped("G60 corridor?", 3, 1, "x"), "G60 corridor?");
    }
}
