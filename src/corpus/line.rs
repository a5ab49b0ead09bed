//! Lines: those of an original with their numbers, and a text made one. Knows nothing of what a line means.

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number in the original, counted from 1.
    pub number: usize,
    /// Its text without the spaces around it, or what cleaning left of it.
    pub text: &'a str,
    /// Whether a blank line stands above it.
    pub after_blank: bool,
}

/// A text on one line: white space of any kind becomes one space, and none stands at its ends.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a text that are not blank.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut after_blank = false;
    let mut lines = Vec::new();
    for (at, text) in text.split('\n').enumerate() {
        let text = text.trim();
        if text.is_empty() {
            after_blank = true;
        } else {
            lines.push(Line { number: at + 1, text, after_blank });
            after_blank = false;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let lines = lines("a\n\n　b \nc");
        let seen: Vec<_> = lines.iter().map(|line| (line.number, line.text, line.after_blank)).collect();
        assert_eq!(seen, [(1, "a", false), (3, "b", true), (4, "c", false)]);
    }
}
