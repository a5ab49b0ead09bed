//! Word files: paragraphs with their styles and the numbers that Word puts before them, lists and tables, without deleted
//! text, notes, macros and pictures. External entities are refused, not resolved. Knows nothing of what lines say.

mod styles;
mod numbers;
mod numeral;
mod xml;

use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::draft::{Draft, sound_title};
use super::warning::Warning;
use crate::corpus::document::BlockKind;
use crate::corpus::refusal::Refusal;
use numbers::{Mark, Numbers};
use styles::{InList, Style, Styles};
use xml::{attribute, character, events, local, number};

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, Refusal> {
    let mut archive = Archive::new(bytes)?;
    let Some(body) = archive.text("word/document.xml")? else {
        return Err(Refusal::NoWord);
    };
    let styles = archive.text("word/styles.xml")?.map_or_else(|| Ok(Styles::default()), |xml| Styles::read(&xml))?;
    let numbers =
        archive.text("word/numbering.xml")?.map_or_else(|| Ok(Numbers::default()), |xml| Numbers::read(&xml))?;
    let mut draft = Draft::default();
    if archive.macros {
        draft.warnings.push(Warning::Macros);
    }
    Body { styles, numbers, ..Body::default() }.read(&body, &mut draft)?;
    Ok(draft)
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
    styles: Styles,
    numbers: Numbers,
    line: String,
    /// The paragraph's style by its id, what makes it a heading without one, and its list.
    style: String,
    outline: Option<Style>,
    list: InList,
    /// Whether the paragraph itself was deleted, and not only its text.
    deleted: bool,
    tables: Vec<Table>,
    /// How many elements are open whose text is not the document's.
    unseen: usize,
    /// Whether an element is open whose text is.
    seen: bool,
}

impl Body {
    fn read(mut self, xml: &str, draft: &mut Draft) -> Result<(), Refusal> {
        events(xml, |event| {
            match event {
                Event::Start(start) => self.start(&start),
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

    fn start(&mut self, start: &BytesStart<'_>) {
        let value = || attribute(start, "val").unwrap_or_default();
        match local(start.name().as_ref()) {
            // Deleted text, where text was moved from, field codes, the second copy of a text box for old programs, and how
            // a paragraph was before it was changed.
            name @ ("del" | "moveFrom" | "instrText" | "Fallback" | "rPr" | "pPrChange") => {
                self.deleted |= name == "del" && self.unseen > 0;
                self.unseen += 1;
            }
            "t" => self.seen = true,
            "tab" | "cr" if self.unseen == 0 => self.line.push(' '),
            "br" if self.unseen == 0 => self.line.push('\n'),
            "pStyle" if self.unseen == 0 => self.style = value(),
            "outlineLvl" if self.unseen == 0 => {
                let level = number(start, "val").filter(|&level| level < 9);
                self.outline = level.map(|level| Style::Heading(level as u8 + 1));
            }
            "numId" if self.unseen == 0 => self.list.list = number(start, "val"),
            "ilvl" if self.unseen == 0 => self.list.level = number(start, "val"),
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
            "del" | "moveFrom" | "instrText" | "Fallback" | "rPr" | "pPrChange" => {
                self.unseen = self.unseen.saturating_sub(1);
            }
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
        let (id, own) = (std::mem::take(&mut self.style), std::mem::take(&mut self.list));
        let style = self.outline.take().or_else(|| self.styles.style(&id));
        let styled = self.styles.list(&id);
        let list = InList { list: own.list.or(styled.list), level: own.level.or(styled.level) };
        // An empty line of a list has a number; a deleted one has none.
        let gone = std::mem::take(&mut self.deleted) && text.trim().is_empty();
        let mark = if gone { None } else { self.numbers.next(list, &id) };
        let text = match &mark {
            Some(Mark::Number(number)) if !text.trim().is_empty() => format!("{number}{}", text.trim_start()),
            _ => text,
        };
        if let Some(table) = self.tables.last_mut() {
            table.cell.push(' ');
            table.cell.push_str(text.trim());
            return;
        }
        let kind = kind(mark.as_ref(), style, &text);
        for line in text.split('\n') {
            match style {
                Some(Style::Title) if draft.title.is_none() => draft.title = sound_title(line),
                Some(Style::Heading(level)) => draft.heading(level, line),
                Some(Style::Contents) => {}
                Some(Style::Title | Style::Item) | None => draft.block(kind, line),
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

/// 1. and ① number items; 一、 and 第一条 are of the text, and so is a question with a number.
fn kind(mark: Option<&Mark>, style: Option<Style>, text: &str) -> BlockKind {
    let is_item = match mark {
        Some(Mark::Number(mark)) => mark.chars().any(is_counted_by) && !text.trim_end().ends_with(['?', '？']),
        Some(Mark::Bullet) => true,
        None => style == Some(Style::Item),
    };
    if is_item { BlockKind::Item } else { BlockKind::Paragraph }
}

fn is_counted_by(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | '①'..='⑳' | '⑴'..='⒛')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::format::{clean_draft, markdown};

    /// A file without styles, as offices write it: each line with the level of the one list, or without a number.
    #[track_caller]
    fn check(lines: &[(Option<u32>, &str)], expected: &str) {
        let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
            </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
        let paragraph = |(level, text): &(Option<u32>, &str)| {
            let list =
                level.map(|level| format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>"#));
            format!("<w:p><w:pPr>{}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>", list.unwrap_or_default())
        };
        let body: String = lines.iter().map(paragraph).collect();
        let numbers = Numbers::read(numbering).expect("it is sound");
        let mut draft = Draft::default();
        let read = Body { numbers, ..Body::default() }.read(&format!("<w:body>{body}</w:body>"), &mut draft);
        assert_eq!(read, Ok(()));
        let written = markdown(&clean_draft("a.docx", &draft).document);
        let (_, text) = written.split_once("\n# ").expect("a title");
        assert_eq!(text, expected);
    }

    #[test]
    fn without_styles_a_number_still_makes_a_heading() {
        check(
            &[
                (None, "星湖园入驻须知"),
                (Some(0), "入驻条件"),
                (None, "注册满六个月的企业可以申请入驻星湖园。"),
                (Some(0), "所需材料"),
                (Some(1), "营业执照"),
                (Some(1), "申请表一式两份，加盖公章。"),
                (Some(0), "办理地点"),
                (None, "星湖园一号楼大厅，工作日九点开门。"),
            ],
            "星湖园入驻须知\n\n## 一、入驻条件\n\n注册满六个月的企业可以申请入驻星湖园。\n\n## 二、所需材料\n\n1. 营业执照\n\
             2. 申请表一式两份，加盖公章。\n\n## 三、办理地点\n\n星湖园一号楼大厅，工作日九点开门。\n",
        );
    }

    #[test]
    fn a_question_with_a_number_is_still_a_question() {
        check(
            &[
                (None, "星湖园常见问答"),
                (Some(1), "星湖园几点开门？"),
                (None, "工作日九点开门，周末十点开门。"),
                (Some(1), "访客怎么停车？"),
                (None, "访客从东门进入，前两个小时免费。"),
            ],
            "星湖园常见问答\n\n## 星湖园几点开门？\n\n工作日九点开门，周末十点开门。\n\n## 访客怎么停车？\n\n访客从东门进入，前两个小时免费。\n",
        );
    }
}
