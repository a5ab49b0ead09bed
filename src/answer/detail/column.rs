//! What a row of a table says by its columns: under 租金（元/平方米） a bare number is a rent in yuan.

use std::ops::Range;

use super::Near;
use super::beside::parts;

/// The bare numbers of the rows in a window, in characters of the passage, each with its unit behind it: what stands in
/// brackets above its column, or in the column of units.
pub(super) fn figures(near: &Near) -> Vec<(Range<usize>, String)> {
    let Some(header) = near.headings.lines().last().filter(|header| header.contains('|')) else { return Vec::new() };
    let columns: Vec<&str> = header.split('|').map(str::trim).collect();
    let units = columns.iter().position(|column| matches!(*column, "单位" | "计量单位"));
    let chars = &near.sight.folded.chars;
    let mut figures = Vec::new();
    for row in rows(chars, &near.window) {
        let cells = cells(chars, &row);
        if cells.len() != columns.len() {
            continue;
        }
        let text = |cell: &Range<usize>| chars[cell.clone()].iter().collect::<String>();
        for (cell, column) in cells.iter().zip(&columns) {
            let unit = in_brackets(column).map(str::to_owned).or_else(|| units.map(|at| text(&cells[at])));
            let number = text(cell);
            if let Some(unit) = unit.filter(|_| is_number(&number)) {
                figures.push((cell.clone(), format!("{number}{unit}")));
            }
        }
    }
    figures
}

/// The lines that a window touches.
fn rows(chars: &[char], window: &Range<usize>) -> Vec<Range<usize>> {
    let start = chars[..window.start].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
    let end = chars[window.end..].iter().position(|c| *c == '\n').map_or(chars.len(), |at| window.end + at);
    parts(chars, &(start..end), &['\n'])
}

/// The cells of a row, without the spaces around them.
fn cells(chars: &[char], row: &Range<usize>) -> Vec<Range<usize>> {
    let bars = row.clone().filter(|&at| chars[at] == '|');
    let mut cells = Vec::new();
    let mut from = row.start;
    for bar in bars.chain([row.end]) {
        let blank = |at: &usize| chars[*at].is_whitespace();
        let start = (from..bar).find(|at| !blank(at)).unwrap_or(bar);
        let end = (start..bar).rev().find(|at| !blank(at)).map_or(start, |at| at + 1);
        cells.push(start..end);
        from = bar + 1;
    }
    cells
}

fn in_brackets(column: &str) -> Option<&str> {
    column.split_once('(')?.1.split_once(')').map(|(unit, _)| unit)
}

fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '~' | '—' | '至' | '万' | '亿'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_rows_have_ranges() {
        let chars: Vec<char> = "甲\na座 | 1.4\nb座 | 2".chars().collect();
        assert_eq!(rows(&chars, &(0..4)), [0..2, 2..10]);
        assert_eq!(cells(&chars, &(2..10)), [2..4, 7..10]);
        assert!(is_number("1.2-1.8") && !is_number("4米") && !is_number("—"));
        assert_eq!(in_brackets("租金(元/平方米)"), Some("元/平方米"));
    }
}
