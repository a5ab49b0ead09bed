//! Pieces of a document in reading order become its text and its sections. Knows nothing of where pieces come from.

use serde::{Deserialize, Serialize};

use super::document::{Block, BlockKind, Document, Section, Source};

/// The depth of a question: below every heading of a document.
pub(crate) const QUESTION_DEPTH: u8 = 200;
/// The depth of a table's caption and header row: they hold for the table only, even inside an answer.
pub(crate) const CAPTION_DEPTH: u8 = 201;

/// What a format finds in a file, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Piece {
    /// A line of the text that belongs to no section, such as the title.
    Line(String),
    /// A heading that holds until the next of its depth or above.
    Heading {
        /// How deep it stands; smaller is further out.
        depth: u8,
        /// The line as the document writes it; empty if the text has none.
        line: String,
        /// What the path of headings calls it.
        name: String,
    },
    /// Ends every heading of this depth or deeper.
    Close(u8),
    /// Text under the headings before it.
    Block {
        /// What it is.
        kind: BlockKind,
        /// Its text without line breaks.
        text: String,
        /// How many bytes at its start are a label such as `答:`, in the text but not quoted.
        label: usize,
    },
}

impl Piece {
    /// A block that is quoted from its first character.
    pub(crate) fn block(kind: BlockKind, text: impl Into<String>) -> Self {
        Self::Block { kind, text: text.into(), label: 0 }
    }
}

/// Lays the pieces out, one a line.
pub(crate) fn lay_out(source: Source, pieces: Vec<Piece>) -> Document {
    let mut text = String::with_capacity(pieces.len() * 64);
    let mut sections: Vec<Section> = Vec::new();
    let mut path: Vec<(u8, String)> = Vec::new();
    let mut open = false;
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                push_line(&mut text, &line);
                open = false;
            }
            Piece::Heading { depth, line, name } => {
                push_line(&mut text, &line);
                leave(&mut path, depth);
                path.push((depth, name));
                open = false;
            }
            Piece::Close(depth) => {
                leave(&mut path, depth);
                open = false;
            }
            Piece::Block { kind, text: block, label } => {
                if block.is_empty() {
                    continue;
                }
                let start = push_line(&mut text, &block);
                if !open {
                    let headings = path.iter().map(|(_, name)| name.clone()).collect();
                    sections.push(Section { headings, blocks: Vec::new() });
                    open = true;
                }
                if let Some(section) = sections.last_mut() {
                    section.blocks.push(Block { kind, range: start + label..text.len() });
                }
            }
        }
    }
    Document { source, text, sections }
}

/// Headings of a depth are replaced by the next of that depth, and end with those above them.
fn leave(path: &mut Vec<(u8, String)>, depth: u8) {
    while path.last().is_some_and(|&(last, _)| last >= depth) {
        path.pop();
    }
}

fn push_line(text: &mut String, line: &str) -> usize {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    let start = text.len();
    text.push_str(line);
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::slice;

    fn heading(depth: u8, name: &str) -> Piece {
        Piece::Heading { depth, line: name.to_owned(), name: name.to_owned() }
    }

    #[test]
    fn a_heading_holds_until_the_next_of_its_depth() {
        let paragraph = |text: &str| Piece::block(BlockKind::Paragraph, text);
        let document = lay_out(
            Source::default(),
            vec![
                Piece::Line("题".into()),
                paragraph("前。"),
                heading(1, "一"),
                heading(2, "甲"),
                paragraph("一甲。"),
                paragraph("又。"),
                heading(1, "二"),
                paragraph("二。"),
                Piece::Close(1),
                Piece::Block { kind: BlockKind::Answer, text: "答:末。".into(), label: 4 },
            ],
        );
        assert_eq!(document.text, "题\n前。\n一\n甲\n一甲。\n又。\n二\n二。\n答:末。");
        let seen: Vec<_> = document
            .sections
            .iter()
            .map(|s| {
                (
                    s.headings.join("/"),
                    s.blocks.iter().map(|b| slice(&document.text, b.range.clone())).collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                (String::new(), vec!["前。"]),
                ("一/甲".into(), vec!["一甲。", "又。"]),
                ("二".into(), vec!["二。"]),
                (String::new(), vec!["末。"]),
            ]
        );
    }
}
