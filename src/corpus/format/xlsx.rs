//! Spreadsheets: the visible sheets as rows of text. Formulas give the values that were saved; macros are left out. Knows
//! nothing of what columns mean.

use std::io::Cursor;

use calamine::{Data, Reader as _, SheetVisible, Xlsx};

use super::archive::Archive;
use super::draft::Draft;
use super::sheet;

/// A sheet with more cells is a database.
const MAX_CELLS: usize = 2_000_000;

/// Reads a spreadsheet.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, String> {
    let macros = Archive::new(bytes)?.macros;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| format!("is no spreadsheet: {error}"))?;
    let mut draft = Draft { laid_out: true, ..Draft::default() };
    if macros {
        draft.warnings.push("holds macros; they are left out".to_owned());
    }
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut sheets = Vec::new();
    for name in visible {
        // A sheet of charts has no cells.
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (height, width) = range.get_size();
        if height.saturating_mul(width) > MAX_CELLS {
            return Err(format!("has a sheet of {height} rows and {width} columns; export the part that matters"));
        }
        let mut rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(text).collect()).collect();
        fill(&mut book, &name, range.start().unwrap_or_default(), &mut rows);
        sheets.push((name, rows));
    }
    let filled = sheets.iter().filter(|(_, rows)| !rows.is_empty()).count();
    for (name, rows) in sheets {
        sheet::read(&mut draft, if filled > 1 { &name } else { "" }, rows);
    }
    Ok(draft)
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

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute) == (0, 0) { day } else { format!("{day} {hour:02}:{minute:02}") }
        }
        Data::Error(_) | Data::Empty => String::new(),
        // 0.1 + 0.2 is shown as people wrote it.
        Data::Float(number) => format!("{}", (number * 1e9).round() / 1e9),
        cell => cell.to_string(),
    }
}
