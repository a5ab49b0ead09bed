//! Spreadsheets: the visible sheets as rows of text, as they are shown. Formulas give the values that were saved; macros are left out. Knows
//! nothing of what columns mean.

use std::io::Cursor;

use calamine::{Data, Range, Reader as _, SheetVisible, StyleRange, Xlsx};

use super::archive::Archive;
use super::cell::shown;
use super::draft::Draft;
use super::sheet;
use super::warning::Warning;
use crate::corpus::refusal::Refusal;

/// A sheet with more cells is a database.
const MAX_CELLS: usize = 2_000_000;

/// Reads a spreadsheet.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, Refusal> {
    let macros = Archive::new(bytes)?.macros;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| Refusal::NoSpreadsheet { cause: error.to_string() })?;
    let mut draft = Draft { laid_out: true, ..Draft::default() };
    if macros {
        draft.warnings.push(Warning::Macros);
    }
    let hidden = book.sheets_metadata().iter().filter(|sheet| sheet.visible != SheetVisible::Visible).count();
    if hidden > 0 {
        draft.warnings.push(Warning::HiddenSheets { sheets: hidden });
    }
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let (mut sheets, mut bare) = (Vec::new(), 0);
    for name in visible {
        // A sheet of charts has no cells.
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (height, width) = range.get_size();
        if height.saturating_mul(width) > MAX_CELLS {
            return Err(Refusal::Cells { rows: height, columns: width });
        }
        bare += bare_formulas(&mut book, &name, &range);
        let styles = book.worksheet_style(&name).unwrap_or_default();
        let mut rows = texts(&range, &styles);
        fill(&mut book, &name, range.start().unwrap_or_default(), &mut rows);
        sheets.push((name, rows));
    }
    if bare > 0 {
        draft.warnings.push(Warning::BareFormulas { cells: bare });
    }
    let filled = sheets.iter().filter(|(_, rows)| !rows.is_empty()).count();
    for (name, rows) in sheets {
        sheet::read(&mut draft, if filled > 1 { &name } else { "" }, rows);
    }
    Ok(draft)
}

/// Formulas that no program has worked out: as a program leaves them that writes sheets and does not calculate.
fn bare_formulas(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, values: &Range<Data>) -> usize {
    let Ok(formulas) = book.worksheet_formula(name) else { return 0 };
    let start = formulas.start().unwrap_or_default();
    let is_bare = |row: usize, column: usize| {
        let place = (start.0.saturating_add(row as u32), start.1.saturating_add(column as u32));
        match values.get_value(place) {
            None | Some(Data::Empty) => true,
            Some(Data::String(text)) => text.is_empty(),
            Some(_) => false,
        }
    };
    formulas.used_cells().filter(|(row, column, formula)| !formula.is_empty() && is_bare(*row, *column)).count()
}

/// Merged cells hold their text once; every row of them means it.
fn fill(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, start: (u32, u32), rows: &mut [Vec<String>]) {
    let Ok(merged) = book.merge_cells_by_sheet_name(name) else { return };
    for area in merged {
        let at = |cell: (u32, u32)| (cell.0.saturating_sub(start.0) as usize, cell.1.saturating_sub(start.1) as usize);
        let ((top, left), (bottom, _)) = (at(area.start), at(area.end));
        let Some(text) = rows.get(top).and_then(|row| row.get(left)).cloned() else { continue };
        for row in rows.iter_mut().take(bottom + 1).skip(top + 1) {
            if let Some(cell) = row.get_mut(left) {
                cell.clone_from(&text);
            }
        }
    }
}

/// The cells of a sheet as their number formats show them.
fn texts(range: &Range<Data>, styles: &StyleRange) -> Vec<Vec<String>> {
    let start = range.start().unwrap_or_default();
    let at = |place: usize, from: u32| u32::try_from(place).unwrap_or(u32::MAX).saturating_add(from);
    let text = |row: usize, column: usize, cell: &Data| {
        let style = styles.get((at(row, start.0), at(column, start.1)));
        let format = style.and_then(|style| style.number_format.as_ref());
        shown(cell, format.map_or("", |format| &format.format_code))
    };
    let row = |(row, cells): (usize, &[Data])| cells.iter().enumerate().map(|(at, cell)| text(row, at, cell)).collect();
    range.rows().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A workbook of a sheet with these cells and a hidden one, as a program leaves it that does not calculate.
    fn book(cells: &str) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let sheet = |rows: &str| format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
        let files = [
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{DOCUMENT}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"b\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{DOCUMENT}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{DOCUMENT}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", sheet(cells)),
            ("xl/worksheets/sheet2.xml", sheet("")),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(name, SimpleFileOptions::default()).expect("a member");
            zip.write_all(text.as_bytes()).expect("it is written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn hidden_sheets_and_formulas_without_a_value_are_told() {
        let text = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let cells = format!(
            "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\"><f>1+1</f><v>2</v></c></row><row r=\"3\">{}<c r=\"B3\"><f>B2*2</f></c></row>",
            text("A1", "楼栋"),
            text("B1", "租金"),
            text("A2", "一号楼"),
            text("A3", "二号楼"),
        );
        let draft = read(&book(&cells)).expect("it is a workbook");
        assert_eq!(draft.warnings, [Warning::HiddenSheets { sheets: 1 }, Warning::BareFormulas { cells: 1 }]);
    }
}
