//! What became of a file, in lines that a person judges by: kept, left out and why, what to look at.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};

use super::plan::Original;
use crate::import::{ImportError, Imported, Written, advice};

const NAME: Style = Style::new().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const LOOK: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();
/// A sample of a line that was left out.
const SAMPLE_CHARS: usize = 36;
/// Files that were left alone are named up to so many: a saved page may bring hundreds of pictures.
const MAX_SKIPPED: usize = 20;

/// Writes the report of one file.
pub(super) fn write(
    out: &mut impl Write,
    original: &Original,
    imported: &Result<Imported, ImportError>,
    written: Option<&Result<Written, ImportError>>,
) -> io::Result<()> {
    let imported = match imported {
        Ok(imported) => imported,
        Err(error) => return writeln!(out, "{BAD}refused{BAD:#} {error}"),
    };
    let done = match written {
        None => "would become",
        Some(Ok(Written::New)) => "→",
        Some(Ok(Written::Unchanged)) => "is unchanged as",
        Some(Ok(Written::Replaced)) => "→ (replaced)",
        Some(Err(error)) => {
            return writeln!(out, "{BAD}refused{BAD:#} {}: {error}", original.name.escape_debug());
        }
    };
    writeln!(out, "{NAME}{}{NAME:#} {done} {}", original.name.escape_debug(), imported.file)?;
    let kept = imported.kept;
    writeln!(out, "  title    {}", imported.title)?;
    writeln!(out, "  kept     {} characters in {} lines, {} sections", kept.characters, kept.lines, kept.sections)?;
    for omitted in &imported.dropped {
        let samples: Vec<String> = omitted.samples.iter().map(|line| sample(line)).collect();
        let lines = if omitted.lines == 1 { "line" } else { "lines" };
        writeln!(
            out,
            "  dropped  {} characters in {} {lines}: {}  {DIM}{}{DIM:#}",
            omitted.characters,
            omitted.lines,
            omitted.reason,
            samples.join(" / ")
        )?;
    }
    for warning in &imported.warnings {
        writeln!(out, "  {LOOK}look{LOOK:#}     {warning}")?;
    }
    Ok(())
}

/// Writes what of folders was left alone, and what can be done about it.
pub(super) fn skipped(out: &mut impl Write, files: &[PathBuf]) -> io::Result<()> {
    for file in files.iter().take(MAX_SKIPPED) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        writeln!(out, "{LOOK}skipped{LOOK:#} {}: {}", name.escape_debug(), advice(&name))?;
    }
    match files.len().saturating_sub(MAX_SKIPPED) {
        0 => Ok(()),
        more => writeln!(out, "{LOOK}skipped{LOOK:#} {more} more files of kinds that cannot be read"),
    }
}

fn sample(line: &str) -> String {
    let mut short: String = line.chars().filter(|c| !c.is_control()).take(SAMPLE_CHARS).collect();
    if line.chars().count() > SAMPLE_CHARS {
        short.push('…');
    }
    short
}
