//! How likely the first excerpt is said to answer.

use std::io::{self, Write};

use super::{parts, typed};
use crate::answer::{MODEL, Question, Trace};

/// Writes the terms of the confidence, the thresholds, and what is asked for and stands nowhere near.
pub(super) fn write(out: &mut impl Write, question: &Question, trace: &Trace) -> io::Result<()> {
    writeln!(out, "\nconfidence")?;
    let Some(confidence) = &trace.confidence else {
        return writeln!(out, "  none: there is no candidate");
    };
    let (model, intercept, weights) = if confidence.about_parks {
        ("the documents are about parks", MODEL.park_confidence.intercept, &MODEL.park_confidence.weights[..])
    } else {
        ("the documents are about anything", MODEL.confidence.intercept, &MODEL.confidence.weights[..])
    };
    let (names, values): (Vec<&str>, Vec<f32>) = confidence.terms.iter().copied().unzip();
    writeln!(out, "  model       {model}")?;
    writeln!(out, "  terms       {intercept:.2}  {}", parts(&names, &values, weights))?;
    writeln!(out, "  logit       {:.2}, probability {:.3}", confidence.logit, confidence.probability())?;
    writeln!(out, "  thresholds  answered from {:.2}, unsure from {:.2}", MODEL.answered, MODEL.unsure)?;
    for missing in &trace.missing {
        writeln!(out, "  not given   “{}”, by the check of {}", typed(question, &missing.range), missing.check)?;
    }
    writeln!(out, "  outcome     {:?} at {:.3}", trace.answer.outcome, trace.answer.confidence)
}
