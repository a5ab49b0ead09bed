//! Markdown with front matter, the format of the knowledge folder: what an operator wrote is served as written, without
//! its markup. Knows nothing of web pages.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Read, front_matter};
use crate::analysis::script::is_han;
use crate::corpus::document::{BlockKind, Document, Source};
use crate::corpus::faq::{self, is_labelled, pair};
use crate::corpus::layout::{CAPTION_DEPTH, Piece, lay_out};
use crate::corpus::line::one_line;
use crate::corpus::problem::{Fault, Problem};

/// Between the cells of a row: read easily on a phone, and never part of a cell.
const CELL_SEPARATOR: &str = " | ";

/// Reads a Markdown document.
pub(super) fn read(path: &str, stem: &str, text: &str) -> Read {
    let found = match front_matter::parse(path, text) {
        Ok(found) => found,
        Err(problem) => return Read::broken(problem),
    };
    let mut below = Vec::new();
    let pieces = pieces(found.body);
    let mut source = found.source;
    let heading = pieces.iter().find_map(|piece| match piece {
        Piece::Heading { name, depth, .. } if *depth < CAPTION_DEPTH => Some(name.clone()),
        _ => None,
    });
    if source.title.is_empty() {
        source.title = heading.unwrap_or_else(|| {
            below.push(Problem::of(path, Fault::Untitled));
            stem.to_owned()
        });
    }
    let document = Some(lay_out_below(source, pieces));
    Read { document, front: found.problems, below, is_on: found.enabled }
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

/// The pieces of a Markdown text, in their order; questions are still blocks.
pub(super) fn pieces(body: &str) -> Vec<Piece> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
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
    /// Whether the table that is open has a header row.
    headed: bool,
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
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(&text);
            }
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
                self.cells.push(one_line(&cell));
            }
            TagEnd::TableHead => {
                let line = self.row();
                self.headed = !line.is_empty();
                if self.headed {
                    self.pieces.push(Piece::Heading { depth: CAPTION_DEPTH, name: line.clone(), line });
                }
            }
            TagEnd::TableRow => {
                let row = self.row();
                self.pieces.push(Piece::block(BlockKind::Row, row));
            }
            TagEnd::Table if self.headed => self.pieces.push(Piece::Close(CAPTION_DEPTH)),
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
        let name = one_line(&text);
        // A heading without words ends those of its level and below.
        self.pieces.push(if name.is_empty() {
            Piece::Close(level as u8)
        } else {
            Piece::Heading { depth: level as u8, line: name.clone(), name }
        });
    }
}

/// Chinese is written without spaces, so two of its lines join without one.
fn joins_without_space(before: &str, after: &str) -> bool {
    let wide = |c: char| {
        is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '…' | '—')
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, read_document};

    /// The title, then one passage a line: headings, `A` for an answer, text.
    fn check(text: &str, expected: &[&str]) {
        let document = read("a.md", "a", text).document;
        let corpus = Corpus::new(document.into_iter().collect(), Vec::new());
        let mut seen = vec![corpus.documents[0].source.title.clone()];
        for passage in &corpus.passages {
            let answer = if passage.answers_heading { "A " } else { "" };
            seen.push(format!("{}: {answer}{}", passage.headings.join("/"), corpus.text(passage)));
        }
        assert_eq!(seen, expected);
    }

    #[test]
    fn markup_goes_and_words_stay() {
        check(
            "# 题\n\n**加粗**的[链接](https://example.org)和`代码`，~~删除~~。![图](a.png)<!-- 注 -->",
            &["题", ": 加粗的链接和代码，删除。"],
        );
        check("---\ntitle: 题\n---\n```\n一行\n二行\n```", &["题", ": 一行\n二行"]);
        check("---\ntitle: 题\n---\n<div>在<b>东</b>边。</div>\n\n> 引文。", &["题", ": 在东边。\n引文。"]);
    }

    #[test]
    fn headings_are_paths_without_the_title() {
        check(
            "---\ntitle: 题\n---\n# 题\n\n## 概况\n\n### 位置\n\n东。\n\n## 政策\n\n多。",
            &["题", "概况/位置: 东。", "政策: 多。"],
        );
        check("# 概况\n\n东。", &["概况", ": 东。"]);
    }

    #[test]
    fn a_heading_without_words_ends_what_stands_above() {
        check(
            "# 题\n\n## 概况\n\n### 在哪？\n\n东边。\n\n###\n\n很大。\n\n##\n\n另有。",
            &["题", "概况/在哪？: A 东边。", "概况: 很大。", ": 另有。"],
        );
    }

    #[test]
    fn lines_of_a_paragraph_join_as_chinese_does() {
        check("# 题\n\n园区\n在东边，\nG60 is\nhere。", &["题", ": 园区在东边，G60 is here。"]);
    }

    #[test]
    fn lists_and_tables_stay_together() {
        check(
            "# 题\n\n材料：\n\n1. 申请表\n2. 执照\n   - 副本\n\n- 另备",
            &["题", ": 材料：\n1. 申请表\n2. 执照\n副本\n另备"],
        );
        check(
            "# 题\n\n| 楼 | 租金 |\n|---|---|\n| 一 | 26元 |\n| 二 |  |\n\n另收物业费。",
            &["题", "楼 | 租金: 一 | 26元\n二", ": 另收物业费。"],
        );
    }

    #[test]
    fn questions_are_headings_however_they_are_written() {
        check("# 题\n\n## 在哪？\n\n东边。\n\n## 交通\n\n地铁。", &["题", "在哪？: A 东边。", "交通: 地铁。"]);
        check(
            "# 题\n\n**问：在哪？**\n答：东边。\n\n问：几点？答：九点。",
            &["题", "在哪？: A 东边。", "几点？: A 九点。"],
        );
    }

    #[test]
    fn a_document_without_any_title_goes_by_its_file_and_says_so() {
        let (document, problems) = read_document("云禾.md", "园区在东边。".as_bytes());
        assert_eq!(document.map(|document| document.source.title).as_deref(), Some("云禾"));
        assert!(matches!(problems.as_slice(), [problem] if problem.fault == Fault::Untitled), "{problems:?}");
    }

    #[test]
    fn a_document_that_is_switched_off_is_left_out_without_a_problem() {
        assert_eq!(read_document("a.md", "---\nenabled: false\n---\n东。".as_bytes()), (None, Vec::new()));
    }
}
