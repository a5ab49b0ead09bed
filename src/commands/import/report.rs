//! What became of a file, in lines that a person judges by: kept, left out and why, what to look at.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::plan::Original;
use crate::import::{ImportError, Imported, Written};

const NAME: Style = Style::new().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const LOOK: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();
/// A sample of a line that was left out.
const SAMPLE_CHARS: usize = 36;

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

fn sample(line: &str) -> String {
    let mut short: String = line.chars().filter(|c| !c.is_control()).take(SAMPLE_CHARS).collect();
    if line.chars().count() > SAMPLE_CHARS {
        short.push('…');
    }
    short
}
