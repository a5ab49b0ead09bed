//! An answer as a person reads it in a terminal. The matched part is marked in colour; the stream it is written to drops
//! the colours where they do not belong.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::wording::{self, wording};
use crate::analysis::script::{Script, script, slice};
use crate::answer::{Answer, Citation, Excerpt, Nearest, Outcome, Question};
use crate::corpus::{Date, Source};

const MATCH: Style = AnsiColor::Green.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();

/// Writes an answer.
pub(in crate::commands) fn write(out: &mut impl Write, question: &Question, answer: &Answer) -> io::Result<()> {
    let script = script(question.text());
    let words = wording(script);
    if question.was_cut() {
        writeln!(out, "{}", words.cut)?;
    }
    for understood in &answer.understood {
        writeln!(out, "{FAINT}{}{FAINT:#}", wording::understood(understood, script))?;
    }
    match answer.outcome {
        Outcome::Answered => {}
        Outcome::Unsure if answer.missing.is_empty() => writeln!(out, "{}", words.unsure)?,
        Outcome::Unsure => {
            writeln!(out, "{}", words.with_words(words.not_given, &answer.missing))?;
            writeln!(out, "{}", words.unsure)?;
        }
        Outcome::Declined => declined(out, answer, script)?,
    }
    for (number, citation) in answer.citations.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        cited(out, citation, script)?;
        if let Some(listing) = answer.listing.as_ref().filter(|_| number == 0) {
            writeln!(out, "{}", words.listed.replace("{}", &shown(&listing.heading)))?;
            listing.items.iter().try_for_each(|item| writeln!(out, "  · {}", shown(item)))?;
        }
    }
    Ok(())
}

fn declined(out: &mut impl Write, answer: &Answer, script: Script) -> io::Result<()> {
    let words = wording(script);
    writeln!(out, "{}", words.declined)?;
    if !answer.missing.is_empty() {
        writeln!(out, "{}", words.with_words(words.uncovered, &answer.missing))?;
    }
    if !answer.nearest.is_empty() {
        writeln!(out, "{}", words.nearest)?;
    }
    for Nearest { source, headings, .. } in &answer.nearest {
        writeln!(out, "  {}", place(source, headings))?;
    }
    Ok(())
}

fn cited(out: &mut impl Write, citation: &Citation, script: Script) -> io::Result<()> {
    writeln!(out, "{}", marked(&citation.excerpt))?;
    writeln!(out, "  {FAINT}{}{FAINT:#}", place(&citation.source, &citation.headings))?;
    writeln!(out, "  {FAINT}{}{FAINT:#}", origin(&citation.source))?;
    match &citation.lapse {
        Some(lapse) => writeln!(out, "  {WARNING}{}{WARNING:#}", shown(&lapse.describe(script))),
        None => Ok(()),
    }
}

/// The excerpt with what matches in colour.
fn marked(excerpt: &Excerpt) -> String {
    let mut parts = Vec::new();
    let mut from = 0;
    for highlight in &excerpt.highlights {
        parts.push(shown(slice(&excerpt.text, from..highlight.start)));
        parts.push(format!("{MATCH}{}{MATCH:#}", shown(slice(&excerpt.text, highlight.clone()))));
        from = highlight.end;
    }
    parts.push(shown(slice(&excerpt.text, from..excerpt.text.len())));
    parts.concat()
}

/// A document's text without what a terminal would take for a command.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Title and headings.
fn place(source: &Source, headings: &[String]) -> String {
    shown(&std::iter::once(&source.title).chain(headings).map(String::as_str).collect::<Vec<_>>().join(" › "))
}

/// Who issued it, when, and where the original stands; its path where none of that is known.
fn origin(source: &Source) -> String {
    let date = source.published.as_ref().map(Date::as_str);
    let known: Vec<&str> = [source.publisher.as_deref(), date, source.url.as_deref()].into_iter().flatten().collect();
    shown(&if known.is_empty() { source.path.clone() } else { known.join(" · ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_marked_and_documents_command_no_terminal() {
        let highlights = vec![0..3, 6..9];
        let excerpt = Excerpt { text: "园区园\n".to_owned(), start: 0, end: 10, highlights };
        assert_eq!(marked(&excerpt), format!("{MATCH}园{MATCH:#}区{MATCH}园{MATCH:#}\n"));
        assert_eq!(shown("a\u{1b}[2J\r\nb\tc"), "a\u{fffd}[2J\u{fffd}\nb\tc");
    }
}
