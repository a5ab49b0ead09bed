//! Word files: paragraphs with their styles, lists and tables, without deleted text, notes, macros and pictures. External
//! entities are refused, not resolved. Knows nothing of what lines say.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::draft::{Draft, sound_title};
use crate::corpus::document::BlockKind;

/// Word nests tables in tables, but nobody this deep.
const MAX_NESTING: usize = 256;
/// Paragraphs above the text that its style calls the title.
const TITLE_STYLES: &[&str] = &["title", "标题"];

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, String> {
    let mut archive = Archive::new(bytes)?;
    let Some(body) = archive.text("word/document.xml")? else {
        return Err("is no Word file: word/document.xml is missing".to_owned());
    };
    let styles = archive.text("word/styles.xml")?.map_or_else(|| Ok(HashMap::new()), |xml| styles(&xml))?;
    let mut draft = Draft::default();
    if archive.macros {
        draft.warnings.push("holds macros; they are left out".to_owned());
    }
    Body::default().read(&body, &styles, &mut draft)?;
    Ok(draft)
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Title,
    Heading(u8),
    Item,
    /// A line of the table of contents.
    Contents,
}

/// Events of an XML text, with its bounds kept: no document type, no deep nesting.
fn events(xml: &str, mut each: impl FnMut(Event<'_>) -> Result<(), String>) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut nesting = 0_usize;
    loop {
        match reader.read_event().map_err(|error| format!("is damaged: {error}"))? {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err("declares entities, which no Office program does".to_owned()),
            event => {
                match event {
                    Event::Start(_) => nesting += 1,
                    Event::End(_) => nesting = nesting.saturating_sub(1),
                    _ => {}
                }
                if nesting > MAX_NESTING {
                    return Err("is nested deeper than any Office program writes".to_owned());
                }
                each(event)?;
            }
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn styles(xml: &str) -> Result<HashMap<String, Style>, String> {
    let mut styles = HashMap::new();
    let mut id = String::new();
    events(xml, |event| {
        let Event::Start(start) = event else { return Ok(()) };
        let value = || attribute(&start, "val");
        match local(start.name().as_ref()) {
            "style" => id = attribute(&start, "styleId").unwrap_or_default(),
            "name" => {
                let name = value().unwrap_or_default().to_lowercase();
                let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "));
                let style = match level.and_then(|level| level.trim().parse::<u8>().ok()) {
                    Some(level) if (1..=9).contains(&level) => Some(Style::Heading(level)),
                    _ if TITLE_STYLES.contains(&name.as_str()) => Some(Style::Title),
                    _ if name.starts_with("list bullet") || name.starts_with("list number") => Some(Style::Item),
                    _ if name.starts_with("toc ") => Some(Style::Contents),
                    _ => None,
                };
                styles.extend(style.map(|style| (id.clone(), style)));
            }
            "outlineLvl" => {
                let level = value().and_then(|level| level.parse::<u8>().ok()).filter(|&level| level < 9);
                if let Some(level) = level {
                    styles.entry(id.clone()).or_insert(Style::Heading(level + 1));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// A table that is open.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    cell: String,
    /// Columns that the cell spans, and whether it goes on with the one above.
    span: usize,
    merged: bool,
}

/// What has been read so far.
#[derive(Default)]
struct Body {
    line: String,
    style: Option<Style>,
    tables: Vec<Table>,
    /// How many elements are open whose text is not the document's.
    unseen: usize,
    /// Whether an element is open whose text is.
    seen: bool,
}

impl Body {
    fn read(mut self, xml: &str, styles: &HashMap<String, Style>, draft: &mut Draft) -> Result<(), String> {
        events(xml, |event| {
            match event {
                Event::Start(start) => self.start(&start, styles),
                Event::End(end) => self.end(local(end.name().as_ref()), draft),
                Event::Text(text) if self.seen && self.unseen == 0 => {
                    self.line.push_str(&text);
                }
                Event::CData(text) if self.seen && self.unseen == 0 => {
                    self.line.push_str(&text);
                }
                Event::GeneralRef(entity) if self.seen && self.unseen == 0 => {
                    self.line.push_str(&character(&entity));
                }
                _ => {}
            }
            Ok(())
        })
    }

    fn start(&mut self, start: &BytesStart<'_>, styles: &HashMap<String, Style>) {
        let value = || attribute(start, "val").unwrap_or_default();
        match local(start.name().as_ref()) {
            // Deleted text, where text was moved from, field codes, and the second copy of a text box for old programs.
            "del" | "moveFrom" | "instrText" | "Fallback" | "rPr" => self.unseen += 1,
            "t" => self.seen = true,
            "tab" | "cr" if self.unseen == 0 => self.line.push(' '),
            "br" if self.unseen == 0 => self.line.push('\n'),
            "pStyle" => self.style = styles.get(&value()).copied().or(self.style),
            "outlineLvl" => {
                let level = value().parse::<u8>().ok().filter(|&level| level < 9);
                self.style = level.map(|level| Style::Heading(level + 1)).or(self.style);
            }
            "numPr" if self.style.is_none() => self.style = Some(Style::Item),
            "tbl" => self.tables.push(Table::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.span, table.merged) = (1, false);
                }
            }
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    table.span = value().parse().unwrap_or(1).clamp(1, 63);
                }
            }
            "vMerge" => {
                if let Some(table) = self.tables.last_mut() {
                    table.merged = value() != "restart";
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, draft: &mut Draft) {
        match name {
            "del" | "moveFrom" | "instrText" | "Fallback" | "rPr" => self.unseen = self.unseen.saturating_sub(1),
            "t" => self.seen = false,
            "p" => self.paragraph(draft),
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    let above = table.rows.len().checked_sub(2).and_then(|row| table.rows.get(row));
                    let column = table.rows.last().map_or(0, Vec::len);
                    let carried = above.and_then(|row| row.get(column)).cloned().filter(|_| table.merged);
                    let own = std::mem::take(&mut table.cell);
                    let span = table.span;
                    if let Some(row) = table.rows.last_mut() {
                        row.push(carried.unwrap_or(own));
                        row.resize(row.len() + span - 1, String::new());
                    }
                }
            }
            "tbl" => self.table(draft),
            _ => {}
        }
    }

    fn paragraph(&mut self, draft: &mut Draft) {
        let text = std::mem::take(&mut self.line);
        let style = self.style.take();
        if let Some(table) = self.tables.last_mut() {
            table.cell.push(' ');
            table.cell.push_str(text.trim());
            return;
        }
        for line in text.split('\n') {
            match style {
                Some(Style::Title) if draft.title.is_none() => draft.title = sound_title(line),
                Some(Style::Heading(level)) => draft.heading(level, line),
                Some(Style::Item) => draft.block(BlockKind::Item, line),
                Some(Style::Contents) => {}
                Some(Style::Title) | None => draft.block(BlockKind::Paragraph, line),
            }
        }
    }

    /// A table in a table becomes text of its cell; one of a single column is a frame around paragraphs.
    fn table(&mut self, draft: &mut Draft) {
        let Some(table) = self.tables.pop() else { return };
        if let Some(outer) = self.tables.last_mut() {
            for cell in table.rows.into_iter().flatten() {
                outer.cell.push(' ');
                outer.cell.push_str(cell.trim());
            }
        } else if table.rows.iter().all(|row| row.len() <= 1) {
            for cell in table.rows.into_iter().flatten() {
                draft.block(BlockKind::Paragraph, &cell);
            }
        } else {
            draft.table(table.rows.into_iter());
        }
    }
}

/// The five entities of XML and numbered characters; there are no others without a document type.
fn character(entity: &str) -> String {
    match entity {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => {
            let number = entity.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            number.and_then(char::from_u32).map(String::from).unwrap_or_default()
        }
    }
}
