//! Text that is cut into terms already, as tantivy takes it: a term a line.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// What the fields of the schema call it.
pub(super) const CUT: &str = "cut";

/// The tokenizers that an index is written with.
pub(super) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::new();
    tokenizers.register(CUT, Cut::default());
    tokenizers
}

/// Gives back the lines of a text.
#[derive(Clone, Default)]
struct Cut {
    token: Token,
}

struct Terms<'a> {
    rest: std::str::SplitTerminator<'a, char>,
    token: &'a mut Token,
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        self.token.reset();
        Terms { rest: text.split_terminator('\n'), token: &mut self.token }
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.rest.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_term_and_has_its_place() {
        let mut cut = Cut::default();
        for (text, expected) in [("园区\ng60\n园区\n", vec!["园区", "g60", "园区"]), ("", vec![])] {
            let (mut stream, mut seen) = (cut.token_stream(text), Vec::new());
            while stream.advance() {
                assert_eq!(stream.token().position, seen.len());
                seen.push(stream.token().text.clone());
            }
            assert_eq!(seen, expected);
        }
    }
}
