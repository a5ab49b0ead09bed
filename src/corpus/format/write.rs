//! A document into Markdown with front matter, so that reading it back gives the same sections and blocks. The one
//! counterpart of the reader; knows nothing of other formats.

use serde_norway::{Mapping, Value};

use super::escape::escaped;
use crate::analysis::script::slice;
use crate::corpus::document::{Block, BlockKind, Document, Section, Source};
use crate::corpus::faq::is_labelled;

/// Headings begin below the title's `#`.
const FIRST_LEVEL: usize = 2;
/// Markdown has no deeper heading; what stands deeper is joined to the last.
const MAX_DEPTH: usize = 5;
/// Between the cells of a row, as the reader joins them.
const CELL_SEPARATOR: &str = " | ";
/// Before a question and an answer that would not be read as such by their looks.
const QUESTION: &str = "问：";
const ANSWER: &str = "答：";

/// Writes a document as Markdown. Headings more than five deep are joined to the fifth.
pub fn markdown(document: &Document) -> String {
    let mut writer = Writer { out: front_matter(&document.source), ..Writer::default() };
    writer.line(&format!("# {}", escaped(&document.source.title)));
    for section in &document.sections {
        writer.section(&document.text, section);
    }
    writer.out
}

/// The block between `---` lines: what is known, in the order in which the README lists it.
fn front_matter(source: &Source) -> String {
    let text = |text: &str| Value::String(text.to_owned());
    let list = |list: &[String]| {
        (!list.is_empty()).then(|| Value::Sequence(list.iter().map(|item| Value::String(item.clone())).collect()))
    };
    let date = |date: &Option<_>| date.as_ref().map(|date: &crate::corpus::Date| text(date.as_str()));
    let known = [
        ("title", Some(text(&source.title))),
        ("publisher", source.publisher.as_deref().map(text)),
        ("published", date(&source.published)),
        ("url", source.url.as_deref().map(text)),
        ("park", source.park.as_deref().map(text)),
        ("aliases", list(&source.aliases)),
        ("valid_from", date(&source.valid_from)),
        ("valid_until", date(&source.valid_until)),
        ("supersedes", list(&source.supersedes)),
    ];
    let mapping: Mapping = known.into_iter().filter_map(|(key, value)| Some((Value::from(key), value?))).collect();
    let yaml = serde_norway::to_string(&mapping).expect("a mapping of strings is YAML");
    format!("---\n{yaml}---\n")
}

/// A heading that holds.
struct Open {
    name: String,
    /// Written as `问：`, so that it stands below every heading.
    asked: bool,
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The headings that hold where the writer stands.
    open: Vec<Open>,
    /// Whether the reader takes what follows for an answer.
    answering: bool,
    /// Whether a section was written at the headings that hold.
    written: bool,
}

impl Writer {
    /// A line with a blank one above.
    fn line(&mut self, text: &str) {
        self.out.push('\n');
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn section(&mut self, text: &str, section: &Section) {
        let mut path = section.headings.clone();
        if path.len() > MAX_DEPTH {
            let deep = path.split_off(MAX_DEPTH - 1).join(" › ");
            path.push(deep);
        }
        let answers = section.blocks.iter().any(|block| block.kind.answers());
        let header = path.last().filter(|_| is_header(&path, section, text)).cloned();
        if header.is_some() {
            path.pop();
        }
        // A table inside an answer hangs below its question.
        let answering = answers && header.is_some();
        self.enter(&path, answers, header.is_some() && (!answering || self.answering));
        if let Some(header) = header {
            let rows: Vec<&str> = section.blocks.iter().map(|block| slice(text, block.range.clone())).collect();
            self.table(&header, &rows);
            // The end of a table with a header ends its section.
            self.written = false;
            return;
        }
        self.blocks(text, &section.blocks);
    }

    /// Writes the headings that lead to a path. `stays` if nothing needs to be opened anew at the path that holds.
    fn enter(&mut self, path: &[String], answers: bool, stays: bool) {
        let same = self.open.iter().zip(path).take_while(|(open, name)| open.name == **name).count();
        let unmoved = same == path.len() && same == self.open.len();
        if unmoved && (stays || !self.written) && self.answering == answers {
            self.written |= !stays;
            return;
        }
        // What answers needs its question anew; a section that stands where the last one stood needs a break.
        let kept = if answers { same.min(path.len().saturating_sub(1)) } else { same };
        let closes = kept == path.len() || self.open.get(kept).is_some_and(|open| !open.asked);
        let asks = |at: usize| at + 1 == path.len() && answers && !path[at].ends_with(['?', '？']);
        if kept == path.len() || closes && asks(kept) {
            self.close(kept);
        }
        self.open.truncate(kept);
        for (at, name) in path.iter().enumerate().skip(kept) {
            let asked = asks(at);
            if asked {
                self.line(&format!("{QUESTION}{}", escaped(name)));
            } else {
                self.line(&format!("{} {}", "#".repeat(FIRST_LEVEL + at), escaped(name)));
            }
            self.answering = asked || name.ends_with(['?', '？']);
            self.open.push(Open { name: name.clone(), asked });
        }
        // A heading that asks, of which what follows is no answer.
        if self.answering && !answers {
            self.close(path.len());
        }
        self.written = !stays;
    }

    /// An empty heading: ends those of its level and below, and whatever is being answered.
    fn close(&mut self, depth: usize) {
        self.line(&"#".repeat((FIRST_LEVEL + depth).min(FIRST_LEVEL + MAX_DEPTH - 1)));
        self.answering = false;
    }

    fn blocks(&mut self, text: &str, blocks: &[Block]) {
        // Labels shield answers of which one would be read as something else; a label after none would make a question.
        let misread =
            |kind: BlockKind, line: &str| is_labelled(line) || kind == BlockKind::Answer && line.ends_with(['?', '？']);
        let mut answers = blocks.iter().filter(|block| block.kind.answers());
        let shielded = answers.any(|block| misread(block.kind, slice(text, block.range.clone())));
        let label = if shielded { ANSWER } else { "" };
        let mut before = None;
        let mut number = None;
        let mut rows: Vec<&str> = Vec::new();
        for block in blocks {
            let line = slice(text, block.range.clone());
            if block.kind == BlockKind::Row {
                rows.push(line);
                before = Some(BlockKind::Row);
                continue;
            }
            if !rows.is_empty() {
                self.table("", &std::mem::take(&mut rows));
            }
            match block.kind {
                BlockKind::Item | BlockKind::AnswerItem => {
                    if before != Some(block.kind) {
                        self.out.push('\n');
                        number = None;
                    }
                    let (mark, next) = match label {
                        "" => item(line, number),
                        label => (format!("- {label}{}", escaped(line)), None),
                    };
                    // A list of the other kind is a list of its own.
                    if before == Some(block.kind) && next.is_some() != number.is_some() {
                        self.out.push('\n');
                    }
                    number = next;
                    self.out.push_str(&mark);
                    self.out.push('\n');
                }
                BlockKind::Answer => self.line(&format!("{label}{}", escaped(line))),
                BlockKind::Paragraph | BlockKind::Row => self.line(&escaped(line)),
            }
            before = Some(block.kind);
        }
        if !rows.is_empty() {
            self.table("", &rows);
        }
    }

    fn table(&mut self, header: &str, rows: &[&str]) {
        let cells = |row: &str| row.split(CELL_SEPARATOR).map(cell).collect::<Vec<_>>();
        let columns = rows.iter().copied().chain([header]).map(|row| cells(row).len()).max().unwrap_or(1);
        let row = |row: &str| {
            let mut cells = cells(row);
            cells.resize(columns, String::new());
            format!("| {} |\n", cells.join(" | "))
        };
        self.out.push('\n');
        self.out.push_str(&row(header));
        self.out.push('|');
        self.out.push_str(&"---|".repeat(columns));
        self.out.push('\n');
        for line in rows {
            self.out.push_str(&row(line));
        }
    }
}

/// Whether the last heading is the header row of a table, whose rows are the section.
fn is_header(path: &[String], section: &Section, text: &str) -> bool {
    let rows = section.blocks.iter().all(|block| match block.kind {
        BlockKind::Row => true,
        BlockKind::Answer => path.len() > 1 && !is_labelled(slice(text, block.range.clone())),
        BlockKind::Paragraph | BlockKind::Item | BlockKind::AnswerItem => false,
    });
    path.last().is_some_and(|last| last.contains(CELL_SEPARATOR)) && rows
}

/// A cell: a bar inside it does not end it.
fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|")
}

/// An item with its mark. Numbers that count up stay numbers; others are text behind a bullet.
fn item(text: &str, before: Option<u64>) -> (String, Option<u64>) {
    let numbered = text.split_once(". ").and_then(|(number, rest)| {
        let value = number.parse::<u64>().ok().filter(|value| value.to_string() == number && *value < 1_000_000)?;
        let counts = before.map_or(value == 1, |before| value == before + 1);
        (counts && !rest.is_empty() && !rest.starts_with(' ')).then_some((value, rest))
    });
    match numbered {
        Some((value, rest)) => (format!("{value}. {}", escaped(rest)), Some(value)),
        None => (format!("- {}", escaped(text)), None),
    }
}
