//! An answer as one line of JSON, exactly as `ask --help` describes it.

use std::io::{self, Write};

use serde::Serialize;

use super::wording;
use crate::analysis::script::script;
use crate::answer::{Answer, Citation, Lapse, Listing, Outcome};

#[derive(Serialize)]
struct Line<'a> {
    question: &'a str,
    status: Outcome,
    confidence: f64,
    understood: Vec<String>,
    missing: &'a [String],
    micros: u64,
    generation: &'a str,
    citations: Vec<Cited<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listing: Option<&'a Listing>,
}

#[derive(Serialize)]
struct Cited<'a> {
    document: &'a str,
    title: &'a str,
    headings: &'a [String],
    excerpt: &'a str,
    start: usize,
    end: usize,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lapsed: Option<&'a Lapse>,
}

#[derive(Serialize)]
struct Refused<'a> {
    question: &'a str,
    error: &'a str,
}

/// Writes an answer.
pub(super) fn write(
    out: &mut impl Write,
    question: &str,
    answer: &Answer,
    micros: u64,
    generation: &str,
) -> io::Result<()> {
    let script = script(question);
    line(
        out,
        &Line {
            question,
            status: answer.outcome,
            confidence: rounded(answer.confidence),
            understood: answer.understood.iter().map(|understood| wording::understood(understood, script)).collect(),
            missing: &answer.missing,
            micros,
            generation,
            citations: answer.citations.iter().map(cited).collect(),
            listing: answer.listing.as_ref(),
        },
    )
}

/// Writes what is wrong with a line that is no question.
pub(super) fn refuse(out: &mut impl Write, question: &str, error: &str) -> io::Result<()> {
    line(out, &Refused { question, error })
}

fn cited(citation: &Citation) -> Cited<'_> {
    Cited {
        document: &citation.source.path,
        title: &citation.source.title,
        headings: &citation.headings,
        excerpt: &citation.excerpt.text,
        start: citation.excerpt.start,
        end: citation.excerpt.end,
        confidence: rounded(citation.confidence),
        lapsed: citation.lapse.as_ref(),
    }
}

/// Four decimals: more would claim to know more, and would differ between machines.
fn rounded(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}
