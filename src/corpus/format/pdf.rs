//! PDF files: the text of their pages, with headings, lists and tables where the pages show them. A file of pictures alone
//! is named as a scan. Knows nothing of what lines say.

use std::collections::HashMap;

use unpdf::model::{Block, Paragraph, Table, TableRow};
use unpdf::parser::ParseOptions;

use super::draft::{Draft, sound_title};
use super::warning::Warning;
use crate::analysis::script::is_han;
use crate::corpus::clean::{Dropped, Reason};
use crate::corpus::document::BlockKind;
use crate::corpus::refusal::Refusal;

/// More pages than any document of a park.
const MAX_PAGES: usize = 2_000;
/// A page of fewer characters than this shows no text.
const MIN_PAGE_CHARS: usize = 20;
/// A line that stands on so many pages is no text of the document.
const MIN_RUNNING_PAGES: usize = 3;
const MAX_RUNNING_CHARS: usize = 60;
/// Cells of a real table are mostly shorter.
const MIN_COLUMN_CHARS: usize = 10;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, Refusal> {
    let options = ParseOptions { parallel: false, ..ParseOptions::default() };
    let document = unpdf::parse_bytes_with_options(bytes, options).map_err(refusal)?;
    if document.pages.len() > MAX_PAGES {
        return Err(Refusal::Pages { pages: document.pages.len() });
    }
    let chars = |page: &unpdf::model::Page| page.plain_text().chars().filter(|c| !c.is_whitespace()).count();
    let bare = document.pages.iter().filter(|page| chars(page) < MIN_PAGE_CHARS).count();
    let pictured = document.pages.iter().any(|page| page.image_op_count > 0);
    let mut draft = Draft { title: document.metadata.title.as_deref().and_then(sound_title), ..Draft::default() };
    if bare == document.pages.len() {
        return Err(if pictured { Refusal::Scan } else { Refusal::NoText });
    }
    if bare > 0 && pictured {
        draft.warnings.push(Warning::BarePages { bare, pages: document.pages.len() });
    }
    let running = running(&document.pages);
    for block in document.pages.iter().flat_map(|page| &page.elements) {
        match block {
            Block::Paragraph(paragraph) => push(&mut draft, paragraph, &running),
            Block::Table(found) => table(&mut draft, found),
            Block::Code { content } | Block::Raw { content } => {
                for line in content.lines() {
                    draft.block(BlockKind::Paragraph, line);
                }
            }
            Block::Image { .. } | Block::HorizontalRule | Block::PageBreak | Block::SectionBreak => {}
        }
    }
    Ok(draft)
}

/// A table, or columns of running text that were taken for one: their cells break off in the middle of sentences.
fn table(draft: &mut Draft, table: &Table) {
    let cells = |row: &TableRow| row.cells.iter().map(|cell| tidy(&cell.plain_text())).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = table.rows.iter().map(cells).collect();
    let filled: Vec<&String> = rows.iter().flatten().filter(|cell| !cell.is_empty()).collect();
    let chars: usize = filled.iter().map(|cell| cell.chars().count()).sum();
    let broken = filled.iter().filter(|cell| cell.contains(['，', '。']) && !cell.ends_with(['。', '；'])).count();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns > 3 || chars < filled.len() * MIN_COLUMN_CHARS || broken * 3 < filled.len() {
        return draft.table(rows.into_iter());
    }
    for column in 0..columns {
        let mut text = String::new();
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            text.push_str(cell);
            if cell.ends_with(['。', '；', '：']) {
                draft.block(BlockKind::Paragraph, &std::mem::take(&mut text));
            }
        }
        draft.block(BlockKind::Paragraph, &text);
    }
}

/// Text without the gaps that layout puts between Chinese and figures: 3.6 米.
fn tidy(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let gap = |at: usize| {
        let (before, after) = (chars.get(at.wrapping_sub(1)), chars.get(at + 1));
        let figure = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '%' | '.'));
        let han = |c: Option<&char>| c.is_some_and(|&c| is_han(c));
        chars[at] == ' ' && (figure(before) && han(after) || han(before) && figure(after))
    };
    chars.iter().enumerate().filter(|&(at, _)| !gap(at)).map(|(_, c)| c).collect()
}

fn push(draft: &mut Draft, paragraph: &Paragraph, running: &HashMap<String, usize>) {
    let text = paragraph.plain_text();
    if running.contains_key(text.trim()) {
        let text = text.trim();
        let line = draft.pieces.len() + 1;
        draft.dropped.push(Dropped { line, text: text.to_owned(), reason: Reason::Running });
        return;
    }
    let text = tidy(&text);
    if let Some(level) = paragraph.style.heading_level {
        draft.heading(level, &text);
    } else if let Some(list) = &paragraph.style.list_info {
        let number = list.item_number.map_or_else(String::new, |number| format!("{number}. "));
        draft.block(BlockKind::Item, &format!("{number}{text}"));
    } else {
        draft.block(BlockKind::Paragraph, &text);
    }
}

/// Short lines that stand on many pages: their head and foot.
fn running(pages: &[unpdf::model::Page]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut texts: Vec<String> = page
            .elements
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.plain_text().trim().to_owned()),
                _ => None,
            })
            .filter(|text| !text.is_empty() && text.chars().count() <= MAX_RUNNING_CHARS)
            .collect();
        texts.sort();
        texts.dedup();
        for text in texts {
            *counts.entry(text).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= MIN_RUNNING_PAGES && *count * 2 > pages.len());
    counts
}

fn refusal(error: unpdf::Error) -> Refusal {
    match error {
        unpdf::Error::Encrypted | unpdf::Error::InvalidPassword => Refusal::Password,
        error => Refusal::NoPdf { cause: error.to_string() },
    }
}
