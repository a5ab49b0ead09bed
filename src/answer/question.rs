//! What a person asks: trimmed, bounded, never empty, free of characters that only confuse.

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::line::one_line;

/// The longest question that is read, in characters; the rest is cut off.
pub const MAX_QUESTION_CHARS: usize = 512;

/// A question fit to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    text: String,
    cut: bool,
}

/// Why something is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the question is empty")]
pub struct EmptyQuestion;

impl Question {
    /// Reads a question: control, bidirectional and zero-width characters become spaces, white space is joined, the
    /// length is bounded by [`MAX_QUESTION_CHARS`] at the border of a grapheme.
    ///
    /// # Errors
    /// If no letter or digit is left.
    pub fn new(text: &str) -> Result<Self, EmptyQuestion> {
        let clean: String =
            text.chars().take(MAX_QUESTION_CHARS * 4).map(|c| if confuses(c) { ' ' } else { c }).collect();
        let joined = one_line(&clean);
        let mut kept = String::new();
        let mut chars = 0;
        for grapheme in joined.graphemes(true) {
            chars += grapheme.chars().count();
            if chars > MAX_QUESTION_CHARS {
                break;
            }
            kept.push_str(grapheme);
        }
        if !kept.chars().any(char::is_alphanumeric) {
            return Err(EmptyQuestion);
        }
        let cut = kept.len() < joined.len() || text.chars().nth(MAX_QUESTION_CHARS * 4).is_some();
        Ok(Self { text: kept, cut })
    }

    /// The question as it is read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether something was cut off its end.
    pub fn was_cut(&self) -> bool {
        self.cut
    }
}

/// Whether a character is a control, changes the direction of text, or has no width.
fn confuses(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: Option<&str>) {
        assert_eq!(Question::new(input).ok().as_ref().map(Question::text), expected);
    }

    #[test]
    fn questions_are_trimmed_and_never_empty() {
        check("  大零号湾\u{202e} 多大\t？\n", Some("大零号湾 多大 ？"));
        check(" ？！\0 ", None);
        check("", None);
    }

    #[test]
    fn long_questions_are_cut_and_say_so() {
        let long = Question::new(&"园".repeat(1_000_000)).unwrap();
        assert_eq!(long.text().chars().count(), MAX_QUESTION_CHARS);
        assert!(long.was_cut());
        assert!(!Question::new("园").unwrap().was_cut());
    }
}
