//! What a mistyped question may have meant: a pair of characters that no passage holds becomes one that some passage
//! holds, sounds the same, and differs in one character. Knows nothing of whether that helps.

use super::knowledge::Knowledge;
use super::reading::Reading;
use crate::analysis::pinyin::homophones;
use crate::analysis::script::is_han;

/// The most characters of a question that are repaired.
const MAX_REPAIRS: usize = 3;

/// A character that was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// Where it stands in the question, in characters.
    pub at: usize,
    /// What was typed.
    pub typed: char,
    /// What it became.
    pub read: char,
}

/// Repairs to try, each for another character, left to right. Characters of words that the dictionary knows are left
/// alone, and so are pairs with a neighbour that some passage holds.
pub(super) fn repairs(reading: &Reading, knowledge: &Knowledge) -> Vec<Repair> {
    let mut chars = reading.uncut.clone();
    let words = knowledge.analyzer.words(&chars);
    let mut lone = vec![false; chars.len()];
    for word in words.iter().filter(|word| word.len() == 1) {
        lone[word.start] = is_han(chars[word.start]);
    }
    for range in reading.named.iter().map(|named| &named.range).chain(reading.keys.iter().map(|key| &key.range)) {
        lone[range.clone()].fill(false);
    }
    let held = |a: char, b: char| knowledge.index.pairs().holding([a, b]) > 0;
    let mut repairs: Vec<Repair> = Vec::new();
    let mut at = 0;
    while at + 1 < chars.len() && repairs.len() < MAX_REPAIRS {
        let pair = [chars[at], chars[at + 1]];
        // Only what is still looked for can be mistyped: fillers and what asks are gone from `reading.chars`.
        let looked_for = reading.chars[at] != '\n' && reading.chars[at + 1] != '\n';
        if looked_for && pair.iter().all(|&c| is_han(c)) && !held(pair[0], pair[1]) {
            let fits = |read: &&[char; 2]| {
                let wrong = usize::from(read[0] == pair[0]);
                let place = at + wrong;
                let neighbour = if wrong == 0 { place.checked_sub(1) } else { Some(place + 1) };
                let kept = neighbour.and_then(|other| chars.get(other)).is_none_or(|&other| {
                    let (old, new) = if wrong == 0 {
                        (held(other, pair[0]), held(other, read[0]))
                    } else {
                        (held(pair[1], other), held(read[1], other))
                    };
                    !is_han(other) || !old || new
                });
                (read[0] == pair[0]) != (read[1] == pair[1]) && lone[place] && kept
            };
            let commonest = |read: &&[char; 2]| (knowledge.index.pairs().holding(**read), std::cmp::Reverse(**read));
            if let Some(read) = homophones(pair, knowledge.index.pairs()).iter().filter(fits).max_by_key(commonest) {
                let place = at + usize::from(read[0] == pair[0]);
                repairs.push(Repair { at: place, typed: chars[place], read: read[place - at] });
                chars[place] = read[place - at];
            }
        }
        at += 1;
    }
    repairs
}
