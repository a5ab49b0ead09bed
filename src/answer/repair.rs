//! What a mistyped question may have meant: a pair of characters that no passage holds becomes one that some passage
//! holds, sounds the same, and differs in one character. Knows nothing of whether that helps.

use super::knowledge::Knowledge;
use super::reading::Reading;
use crate::analysis::pairs::Pairs;
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
    let known = knowledge.index.pairs();
    let lone = lone(reading, knowledge);
    let mut chars = reading.uncut.clone();
    let mut repairs = Vec::new();
    for at in 0..chars.len().saturating_sub(1) {
        let pair = [chars[at], chars[at + 1]];
        // Only what is still looked for can be mistyped: fillers and what asks are gone from `reading.chars`.
        let looked_for = reading.chars[at] != '\n' && reading.chars[at + 1] != '\n';
        if repairs.len() == MAX_REPAIRS || !looked_for || !pair.iter().all(|&c| is_han(c)) || known.holding(pair) > 0 {
            continue;
        }
        let found = homophones(pair, known);
        let fitting = found.iter().filter(|read| fits(&chars, at, **read, &lone, known));
        if let Some(read) = fitting.max_by_key(|read| (known.holding(**read), std::cmp::Reverse(**read))) {
            let wrong = usize::from(read[0] == pair[0]);
            let place = at + wrong;
            repairs.push(Repair { at: place, typed: chars[place], read: read[wrong] });
            chars[place] = read[wrong];
        }
    }
    repairs
}

/// For each character of a question whether it is a word by itself, and neither part of a name nor of a key.
fn lone(reading: &Reading, knowledge: &Knowledge) -> Vec<bool> {
    let chars = &reading.uncut;
    let mut lone = vec![false; chars.len()];
    for word in knowledge.analyzer.words(chars).into_iter().filter(|word| word.len() == 1) {
        lone[word.start] = is_han(chars[word.start]);
    }
    for range in reading.named.iter().map(|named| &named.range).chain(reading.keys.iter().map(|key| &key.range)) {
        lone[range.clone()].fill(false);
    }
    lone
}

/// Whether a pair may be what was meant at a place: it differs in one character, which stands alone, and a pair of that
/// character with its other neighbour that some passage holds is not lost.
fn fits(chars: &[char], at: usize, read: [char; 2], lone: &[bool], known: &Pairs) -> bool {
    let same = [read[0] == chars[at], read[1] == chars[at + 1]];
    if same[0] == same[1] {
        return false;
    }
    let wrong = usize::from(same[0]);
    let place = at + wrong;
    let neighbour = if wrong == 0 { place.checked_sub(1) } else { Some(place + 1) };
    let kept = neighbour.and_then(|other| chars.get(other)).is_none_or(|&other| {
        let held = |c: char| known.holding(if wrong == 0 { [other, c] } else { [c, other] }) > 0;
        !is_han(other) || !held(chars[place]) || held(read[wrong])
    });
    lone[place] && kept
}
