//! Where sentences and clauses end. Knows punctuation and nothing else.

use std::ops::Range;

use super::script::is_han;

/// Whether a character ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' | '﹔' | '…')
}

/// Whether a character may stand after the end of a sentence and still belong to it.
pub fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】' | '"')
}

/// The sentences of a text as ranges of characters; together they are the whole text.
pub fn sentences(chars: &[char]) -> Vec<Range<usize>> {
    pieces(chars, |at| ends_sentence(chars[at]) || full_stop(chars, at))
}

/// The clauses of a text as ranges of characters: sentences, cut further at commas and colons outside numbers.
pub fn clauses(chars: &[char]) -> Vec<Range<usize>> {
    pieces(chars, |at| ends_sentence(chars[at]) || full_stop(chars, at) || comma(chars, at))
}

/// A comma or colon that does not stand between two digits.
fn comma(chars: &[char], at: usize) -> bool {
    matches!(chars[at], '，' | ',' | '：' | ':') && !(digit(chars, at.wrapping_sub(1)) && digit(chars, at + 1))
}

/// A Latin full stop that ends a sentence: after a Han character, or before a space.
fn full_stop(chars: &[char], at: usize) -> bool {
    chars[at] == '.'
        && at > 0
        && (is_han(chars[at - 1]) || chars.get(at + 1).is_none_or(|next| next.is_whitespace()))
        && !digit(chars, at - 1)
}

fn digit(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_digit)
}

fn pieces(chars: &[char], ends: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        if ends(at) {
            while at + 1 < chars.len()
                && chars[at] != '\n'
                && (closes(chars[at + 1]) || (chars[at] == '…' && chars[at + 1] == '…'))
            {
                at += 1;
            }
            pieces.push(start..at + 1);
            start = at + 1;
        }
        at += 1;
    }
    if start < chars.len() {
        pieces.push(start..chars.len());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cut: fn(&[char]) -> Vec<Range<usize>>, text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = cut(&chars).into_iter().map(|range| chars[range].iter().collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_at_stops_and_keep_their_quotes() {
        check(sentences, "他说：“好。”然后走了！", &["他说：“好。”", "然后走了！"]);
        check(sentences, "一\n二", &["一\n", "二"]);
        check(sentences, "G60 v1.5 is out. 好", &["G60 v1.5 is out.", " 好"]);
    }

    #[test]
    fn clauses_leave_numbers_whole() {
        check(clauses, "共1,000家，达10:30。", &["共1,000家，", "达10:30。"]);
    }
}
