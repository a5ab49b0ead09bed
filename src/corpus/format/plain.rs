//! Originals as they come from the web.
use crate::corpus::document::{BlockKind, Document, Problem, Source};
use crate::corpus::layout::{Piece, lay_out};
use crate::corpus::line::lines;
/// Reads an original.
pub(super) fn read(path: &str, _stem: &str, text: &str) -> (Option<Document>, Vec<Problem>) {
    let lines = lines(text);
    let title = lines.first().map(|line| line.text.to_owned()).unwrap_or_default();
    let pieces = lines.iter().map(|line| Piece::block(BlockKind::Paragraph, line.text)).collect();
    (Some(lay_out(Source { path: path.to_owned(), title, ..Source::default() }, pieces)), Vec::new())
}
