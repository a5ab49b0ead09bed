//! Comma separated values, or with tabs or semicolons between. Knows nothing of what columns mean.

use super::draft::Draft;
use super::sheet;
use crate::corpus::refusal::Refusal;

/// Reads a file of rows; `text` is decoded already.
pub(super) fn read(text: &str) -> Result<Draft, Refusal> {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter(text));
    let mut rows = Vec::new();
    for record in reader.from_reader(text.as_bytes()).records().take(sheet::MAX_ROWS * 2) {
        let record = record.map_err(|error| Refusal::NotCsv { cause: error.to_string() })?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    let mut draft = Draft { laid_out: true, ..Draft::default() };
    sheet::read(&mut draft, "", rows);
    Ok(draft)
}

/// The mark that the first line holds most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|&byte| byte == mark).count();
    [b',', b'\t', b';'].into_iter().max_by_key(|&mark| (count(mark), mark == b',')).unwrap_or(b',')
}
