//! Markdown with front matter, the format of the knowledge folder: what an operator wrote is served as written, without
//! its markup. Knows nothing of web pages.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::front_matter;
use crate::analysis::script::is_han;
use crate::corpus::document::{BlockKind, Document, Problem, Source};
use crate::corpus::faq::{self, is_labelled, pair};
use crate::corpus::layout::{CAPTION_DEPTH, Piece, lay_out};

/// Between the cells of a row: read easily on a phone, and never part of a cell.
const CELL_SEPARATOR: &str = " | ";

/// Reads a Markdown document.
pub(super) fn read(path: &str, stem: &str, text: &str) -> (Option<Document>, Vec<Problem>) {
    let found = match front_matter::parse(path, text) {
        Ok(found) => found,
        Err(problem) => return (None, vec![problem]),
    };
    let mut problems = found.problems;
    if !found.enabled {
        return (None, problems);
    }
    let pieces = pieces(found.body);
    let mut source = found.source;
    let heading = pieces.iter().find_map(|piece| match piece {
        Piece::Heading { name, depth, .. } if *depth < CAPTION_DEPTH => Some(name.clone()),
        _ => None,
    });
    if source.title.is_empty() {
        source.title = heading.unwrap_or_else(|| {
            let message = "has no title; give it one in its front matter, until then it goes by its file name";
            problems.push(Problem { path: path.to_owned(), line: None, message: message.to_owned() });
            stem.to_owned()
        });
    }
    (Some(lay_out_below(source, pieces)), problems)
}

/// The title is not in the path of headings: the source has it.
fn lay_out_below(source: Source, pieces: Vec<Piece>) -> Document {
    let pieces = pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Heading { depth: 1, line, name } if name == source.title => Piece::Line(line),
            piece => piece,
        })
        .collect();
    lay_out(source, pair(pieces))
}

fn pieces(body: &str) -> Vec<Piece> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, options) {
        reader.event(event);
    }
    reader.end_block(BlockKind::Paragraph);
    reader.pieces
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    /// The text of the block or cell that is open.
    text: String,
    /// The next number of every open list; `None` for one with bullets.
    lists: Vec<Option<u64>>,
    /// The mark of an item that has no text yet.
    mark: String,
    cells: Vec<String>,
    /// How many images are open: what they show is not text.
    images: usize,
    code: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => {
                for line in text.lines() {
                    self.text.push_str(line.trim());
                    self.end_block(BlockKind::Paragraph);
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.end_block(self.kind()),
            Event::Html(html) => {
                self.push(&without_tags(&html));
                self.soft_break();
            }
            Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => self.push(" "),
            Event::Rule => self.end_block(BlockKind::Paragraph),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.end_block(self.kind());
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block(self.kind());
                self.mark.clear();
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.mark = format!("{number}. ");
                    *number += 1;
                }
            }
            Tag::Image { .. } => self.images += 1,
            Tag::CodeBlock(kind) => {
                self.end_block(self.kind());
                self.code = matches!(kind, CodeBlockKind::Fenced(_) | CodeBlockKind::Indented);
            }
            Tag::Heading { .. } | Tag::Paragraph | Tag::Table(_) | Tag::HtmlBlock => self.end_block(self.kind()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item | TagEnd::HtmlBlock => self.end_block(self.kind()),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                self.cells.push(cell.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            TagEnd::TableHead => {
                let line = self.row();
                if !line.is_empty() {
                    self.pieces.push(Piece::Heading { depth: CAPTION_DEPTH, name: line.clone(), line });
                }
            }
            TagEnd::TableRow => {
                let row = self.row();
                self.pieces.push(Piece::block(BlockKind::Row, row));
            }
            TagEnd::Table => self.pieces.push(Piece::Close(CAPTION_DEPTH)),
            _ => {}
        }
    }

    /// The cells of a row that are not empty.
    fn row(&mut self) -> String {
        let cells = std::mem::take(&mut self.cells);
        cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(CELL_SEPARATOR)
    }

    fn kind(&self) -> BlockKind {
        if self.lists.is_empty() { BlockKind::Paragraph } else { BlockKind::Item }
    }

    fn push(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        // A label in the middle of a paragraph stood at the start of a line there.
        if !self.text.is_empty() && self.text.ends_with('\n') {
            self.text.pop();
            if is_labelled(text) {
                self.end_block(self.kind());
            } else if !joins_without_space(&self.text, text) {
                self.text.push(' ');
            }
        }
        self.text.push_str(text);
    }

    /// A line break inside a paragraph is remembered until it is known what follows.
    fn soft_break(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn end_block(&mut self, kind: BlockKind) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let mark = std::mem::take(&mut self.mark);
        let text = format!("{mark}{}", text.replace('\n', " "));
        if let Some(at) = faq::answer_in_line(&text) {
            let (question, answer) = text.split_at(at);
            self.pieces.push(Piece::block(kind, question.trim()));
            self.pieces.push(Piece::block(kind, answer));
        } else {
            self.pieces.push(Piece::block(kind, text));
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let text = std::mem::take(&mut self.text);
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            self.pieces.push(Piece::Heading { depth: level as u8, line: name.clone(), name });
        }
    }
}

/// Chinese is written without spaces, so two of its lines join without one.
fn joins_without_space(before: &str, after: &str) -> bool {
    let wide = |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '…' | '—');
    before.chars().next_back().is_some_and(wide) || after.chars().next().is_some_and(wide)
}

/// The text between HTML tags; comments are not text.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.trim().to_owned()
}
