//! What a format with marks of its own says a document is, before it is cleaned; and how that becomes a document. Knows
//! nothing of any one format.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::plain::{MAX_TITLE_CHARS, Original, repeats, subtitle, title};
use super::warning::Warning;
use super::{dates, facts, outline};
use crate::corpus::clean::{Dropped, Reason, clean};
use crate::corpus::decode::normalized;
use crate::corpus::document::{BlockKind, Date, Source};
use crate::corpus::faq::pair;
use crate::corpus::layout::{CAPTION_DEPTH, Piece, lay_out};
use crate::corpus::line::{Line, one_line};
use crate::corpus::numbering::numbered;

/// Marks that some writers put before an item themselves.
const BULLETS: &[char] = &['•', '●', '■', '◆', '▪', '·', '\u{f0b7}', '\u{f06c}'];
/// A line below the title that says who and when is at most this long.
const MAX_BYLINE_CHARS: usize = 60;
/// A title that the format states stands again among the first pieces.
const HEAD_PIECES: usize = 8;

/// A document as its format lays it out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The title, if the format has a place for it.
    pub(crate) title: Option<String>,
    /// Who issued it, if the format has a place for it.
    pub(crate) publisher: Option<String>,
    /// When, as it is written there.
    pub(crate) published: Option<String>,
    /// Its address.
    pub(crate) url: Option<String>,
    /// Headings, blocks and rows in reading order; questions are still blocks.
    pub(crate) pieces: Vec<Piece>,
    /// What the format itself shows not to be the document, with the number of its piece.
    pub(crate) dropped: Vec<Dropped>,
    /// Whether somebody laid it out in cells: then nothing of it is the furniture of a page.
    pub(crate) laid_out: bool,
    /// What a person should know of how well it could be read.
    pub warnings: Vec<Warning>,
}

impl Draft {
    /// Without characters that cannot be seen, as text files are read.
    pub(crate) fn normalized(mut self) -> Self {
        let tidy = |text: &mut String| *text = normalized(text);
        for fact in [&mut self.title, &mut self.publisher, &mut self.published, &mut self.url] {
            fact.iter_mut().for_each(tidy);
        }
        for piece in &mut self.pieces {
            match piece {
                Piece::Line(text) | Piece::Block { text, .. } => tidy(text),
                Piece::Heading { line, name, .. } => [line, name].into_iter().for_each(tidy),
                Piece::Close(_) => {}
            }
        }
        self.dropped.iter_mut().for_each(|line| tidy(&mut line.text));
        self
    }

    /// How many pieces it has.
    pub(crate) fn len(&self) -> usize {
        self.pieces.len() + self.dropped.len()
    }

    /// A table: its header holds for the rows below it.
    pub(crate) fn table(&mut self, mut rows: impl Iterator<Item = Vec<String>>) {
        let line = |cells: Vec<String>| {
            let cells = cells.iter().map(|cell| one_line(cell));
            cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
        };
        let Some(header) = rows.by_ref().map(line).find(|line| !line.is_empty()) else { return };
        let rows: Vec<String> = rows.map(line).filter(|line| !line.is_empty()).collect();
        if rows.is_empty() {
            self.pieces.push(Piece::block(BlockKind::Row, header));
            return;
        }
        self.pieces.push(Piece::Heading { depth: CAPTION_DEPTH, line: header.clone(), name: header });
        self.pieces.extend(rows.into_iter().map(|row| Piece::block(BlockKind::Row, row)));
        self.pieces.push(Piece::Close(CAPTION_DEPTH));
    }

    /// A paragraph, an item or a row, if it has any text.
    pub(crate) fn block(&mut self, kind: BlockKind, text: &str) {
        let text = one_line(text);
        let text = if kind == BlockKind::Item { text.trim_start_matches(BULLETS).trim_start() } else { &text };
        if !text.is_empty() {
            self.pieces.push(Piece::block(kind, text));
        }
    }

    /// A heading, if it has any text.
    pub(crate) fn heading(&mut self, depth: u8, text: &str) {
        let name = one_line(text);
        if !name.is_empty() {
            self.pieces.push(Piece::Heading { depth, line: name.clone(), name });
        }
    }
}

/// The text by which cleaning judges a piece. Tables are what somebody laid out, and are not cleaned.
fn judged(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Heading { depth, name, .. } if *depth < CAPTION_DEPTH => Some(name),
        Piece::Block { kind, text, .. } if *kind != BlockKind::Row => Some(text),
        _ => None,
    }
}

/// Cleans a draft and finds its title and its source. `stem` is the title if there is no other.
pub(crate) fn original(path: &str, stem: &str, draft: &Draft) -> Original {
    let lines: Vec<Line<'_>> = draft
        .pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| {
            let after_blank = matches!(piece, Piece::Heading { .. });
            Some(Line { number: at + 1, text: judged(piece)?.trim(), after_blank })
        })
        .collect();
    let (mut kept, cleaned) = if draft.laid_out { (lines, Vec::new()) } else { clean(&lines) };
    let mut dropped: Vec<Dropped> = reasoned(&draft.dropped).into_iter().chain(cleaned).collect();
    let mut source = Source { path: path.to_owned(), ..Source::default() };
    let stated = draft.title.clone().filter(|title| !title.trim().is_empty());
    let found = stated.is_none().then(|| find_title(draft, &kept)).flatten();
    let title = stated.clone().or_else(|| found.map(|at| kept[at].text.to_owned())).unwrap_or_else(|| stem.into());
    source.title = one_line(&title);
    if draft.laid_out {
        found.map(|at| kept.remove(at));
    } else {
        head(&mut kept, &mut dropped, &mut source.title, found);
    }
    facts::gather(&mut source, &kept, &dropped);
    let published = draft.published.as_deref().and_then(dates::find).map(|(date, _)| date);
    source.published = published.or(source.published);
    source.publisher = draft.publisher.clone().or(source.publisher);
    source.url = draft.url.clone().or(source.url);
    let pieces = outlined(&draft.pieces, &kept);
    dropped.sort_by_key(|line| line.line);
    let titled = stated.is_some() || found.is_some();
    let all = std::iter::once(Piece::Line(source.title.clone())).chain(pieces).collect();
    Original { document: lay_out(source, pair(all)), dropped, titled }
}

/// What stands beside an article, with the reason that a line gives by itself where it gives one.
fn reasoned(around: &[Dropped]) -> Vec<Dropped> {
    let (mut beside, others): (Vec<&Dropped>, Vec<&Dropped>) =
        around.iter().partition(|line| line.reason == Reason::Around);
    beside.sort_by_key(|line| line.line);
    let lines: Vec<Line<'_>> =
        beside.iter().map(|line| Line { number: line.line, text: line.text.trim(), after_blank: true }).collect();
    let (rest, known) = clean(&lines);
    let rest =
        rest.into_iter().map(|line| Dropped { line: line.number, text: line.text.into(), reason: Reason::Around });
    known.into_iter().chain(rest).chain(others.into_iter().cloned()).collect()
}

/// The first heading, if nothing but short lines stands above it; else the first line that may be a title.
fn find_title(draft: &Draft, kept: &[Line<'_>]) -> Option<usize> {
    let piece = |line: &Line<'_>| draft.pieces.get(line.number - 1);
    if draft.laid_out {
        // A sheet's title stands above its header.
        let above = matches!(kept.first().and_then(piece), Some(Piece::Block { kind: BlockKind::Paragraph, .. }));
        return title(kept.get(..1)?).filter(|_| above);
    }
    let is_heading = |line: &Line<'_>| matches!(piece(line), Some(Piece::Heading { .. }));
    // 一、 is a heading, but no title.
    let first = kept.iter().position(is_heading).filter(|&at| numbered(kept[at].text).is_none());
    let early = first.filter(|&at| at < HEAD_PIECES && kept[..at].iter().all(|line| !line.text.contains('。')));
    early.or_else(|| title(kept))
}

/// Takes the title, what stands above it, and what only repeats it or gives its date from the head of the lines.
fn head(kept: &mut Vec<Line<'_>>, dropped: &mut Vec<Dropped>, title: &mut String, found: Option<usize>) {
    let mut drop =
        |line: &Line<'_>, reason| dropped.push(Dropped { line: line.number, text: line.text.to_owned(), reason });
    if let Some(at) = found {
        for line in kept.drain(..=at).take(at) {
            drop(&line, Reason::Byline);
        }
    }
    let whole: String = super::plain::letters(title);
    let mut at = 0;
    kept.retain(|line| {
        let again = at < HEAD_PIECES && repeats(title, &whole, line.text, at == 0);
        at += 1;
        if again {
            drop(line, Reason::Title);
        }
        !again
    });
    if let Some(line) = subtitle(kept, title) {
        drop(&line, Reason::Title);
    }
    while kept.first().is_some_and(|line| dates::only(line.text).is_some() || is_byline(line.text)) {
        drop(&kept.remove(0), Reason::Byline);
    }
}

/// 某某管委会 2024年1月20日: names and a date that is the last or has a time behind it, and no sentence.
fn is_byline(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=8).contains(&words)
        && text.chars().count() <= MAX_BYLINE_CHARS
        && !text.contains(['。', '，', '、', '；'])
        && dates::find(text).is_some_and(|(date, _)| date.as_str().len() > 7)
}

/// The pieces that are kept. Where the format marks no heading, lines that look like one are.
fn outlined(pieces: &[Piece], kept: &[Line<'_>]) -> Vec<Piece> {
    let marked = kept.iter().any(|line| matches!(pieces.get(line.number - 1), Some(Piece::Heading { .. })));
    let mut out = Vec::with_capacity(pieces.len());
    let mut kept = kept.iter().peekable();
    let mut run: Vec<Looked> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let line = kept.next_if(|line| line.number == at + 1);
        match (piece, line) {
            (Piece::Block { kind: kind @ (BlockKind::Paragraph | BlockKind::Item), .. }, Some(line)) if !marked => {
                run.push(Looked { text: line.text.to_owned(), is_item: *kind == BlockKind::Item });
            }
            (Piece::Block { kind, .. }, Some(line)) => out.push(Piece::block(*kind, line.text)),
            (Piece::Heading { depth, .. }, Some(line)) => {
                let name = line.text.to_owned();
                out.push(Piece::Heading { depth: *depth, line: name.clone(), name });
            }
            (piece, None) if judged(piece).is_none() => {
                out.extend(by_looks(&std::mem::take(&mut run)));
                out.push(piece.clone());
            }
            _ => {}
        }
    }
    out.extend(by_looks(&run));
    out
}

/// A line of a document in which nothing marks headings.
struct Looked {
    text: String,
    is_item: bool,
}

/// Lines of which some are headings, though nothing marks them. An item with a number that stands alone may be one, as
/// 1. 概况 above its text is.
fn by_looks(run: &[Looked]) -> Vec<Piece> {
    let is_item = |at: Option<usize>| at.and_then(|at| run.get(at)).is_some_and(|looked| looked.is_item);
    let text = |(at, looked): (usize, &Looked)| {
        let is_listed = is_item(at.checked_sub(1)) || is_item(Some(at + 1)) || numbered(&looked.text).is_none();
        if looked.is_item && is_listed { format!("• {}", looked.text) } else { looked.text.clone() }
    };
    let texts: Vec<String> = run.iter().enumerate().map(text).collect();
    let lines: Vec<Line<'_>> =
        texts.iter().enumerate().map(|(at, text)| Line { number: at + 1, text, after_blank: false }).collect();
    let items: HashSet<&str> = run.iter().filter(|looked| looked.is_item).map(|looked| looked.text.as_str()).collect();
    let mut pieces = outline::outline(&lines);
    for piece in &mut pieces {
        if let Piece::Block { kind: kind @ BlockKind::Paragraph, text, .. } = piece
            && items.contains(text.as_str())
        {
            *kind = BlockKind::Item;
        }
    }
    pieces
}

/// A title that a person would give: not a file name, not a paragraph.
pub(crate) fn sound_title(text: &str) -> Option<String> {
    let text = one_line(text);
    let chars = text.chars().count();
    let file = [".doc", ".docx", ".pdf", ".wps", ".xls", ".xlsx", ".html"].iter().any(|end| text.ends_with(end));
    let placeholder = ["untitled", "(anonymous)", "microsoft word", "word document", "无标题", "未命名", "文档"]
        .iter()
        .any(|word| text.to_lowercase().starts_with(word));
    let date = Date::try_from(text.clone()).is_ok();
    ((2..=MAX_TITLE_CHARS).contains(&chars) && !file && !placeholder && !date).then_some(text)
}
