//! Stretches of a text, as ranges of characters: where one text stands in another, and how two stretches lie to each
//! other. Knows no words.

use std::ops::Range;

use super::script::is_han;

/// Where a folded string stands in a folded text; a Latin word or number only as a whole.
pub fn places_of(chars: &[char], wanted: &[char]) -> Vec<Range<usize>> {
    let starts = (0..chars.len()).filter(|&start| stands_at(chars, start, wanted));
    starts.map(|start| start..start + wanted.len()).collect()
}

/// Whether a folded string stands at a place of a folded text; a Latin word or number only as a whole.
pub fn stands_at(chars: &[char], start: usize, wanted: &[char]) -> bool {
    let end = start + wanted.len();
    if wanted.is_empty() || chars[start] != wanted[0] || chars.get(start..end) != Some(wanted) {
        return false;
    }
    let latin = |c: Option<&char>| c.is_some_and(|&c| c.is_alphanumeric() && !is_han(c));
    let cut_before = start > 0 && latin(chars.get(start)) && latin(chars.get(start - 1));
    let cut_after = latin(chars.get(end - 1)) && latin(chars.get(end));
    !cut_before && !cut_after
}

/// Whether two stretches have a character in common.
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether one stretch stands whole inside another.
pub fn is_inside(part: &Range<usize>, whole: &Range<usize>) -> bool {
    whole.start <= part.start && part.end <= whole.end
}

/// A stretch without the white space at its ends.
pub fn trim(chars: &[char], mut range: Range<usize>) -> Range<usize> {
    while range.start < range.end && chars[range.start].is_whitespace() {
        range.start += 1;
    }
    while range.start < range.end && chars[range.end - 1].is_whitespace() {
        range.end -= 1;
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str, expected: &[Range<usize>]) {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(places_of(&chars(text), &chars(wanted)), expected);
    }

    #[test]
    fn strings_are_found_where_they_stand() {
        check("人才和人才", "人才", &[0..2, 3..5]);
        check("人才", "人才公寓", &[]);
    }

    #[test]
    fn numbers_and_latin_words_are_found_whole() {
        check("1000家,100家,100家", "100", &[6..9, 11..14]);
        check("5g与5g", "5g", &[0..2, 3..5]);
        check("g60走廊", "60", &[]);
    }

    #[test]
    fn stretches_that_touch_do_not_overlap() {
        assert!(overlap(&(0..3), &(2..5)) && overlap(&(2..5), &(0..3)) && overlap(&(0..9), &(3..4)));
        assert!(!overlap(&(0..3), &(3..5)) && !overlap(&(3..5), &(0..3)));
        assert!(is_inside(&(3..5), &(3..5)) && !is_inside(&(2..5), &(3..5)) && !is_inside(&(3..6), &(3..5)));
    }

    #[test]
    fn white_space_at_the_ends_goes() {
        let chars: Vec<char> = " 好 的\n".chars().collect();
        assert_eq!(trim(&chars, 0..chars.len()), 1..4);
        assert_eq!(trim(&chars, 2..3), 3..3);
    }
}
