//! `yuanwen explain`: everything that led to an answer, from the question as it was read to the thresholds. The same
//! question on the same knowledge is explained by the same bytes.

mod confidence;
mod passages;
mod reading;

use std::io::Write;
use std::ops::Range;
use std::process::ExitCode;

use super::ask::{How, write_answer};
use crate::answer::{Options, Question, Trace, trace};
use crate::config::Flags;
use crate::corpus::line::one_line;
use crate::generation::Generation;

const EXAMPLES: &str = "\
Examples:
  yuanwen explain 菊园有多大
  yuanwen explain --literal 章江有几家高企

Reads from top to bottom as the answer is made:
  read        parks recognised, what was cut out, what kind of answer is asked for
  keys        words that no document in scope holds, and what else is looked for in their place
  tokens      what is looked for: bi(gram), wd word, un(igram), each with its weight
  candidates  passages by A, the best window's score plus what is known of the passage
  windows     excerpts of the best passage by B
  confidence  its terms, the thresholds of answered and unsure, and what is asked for that stands nowhere near
  answer      what `yuanwen ask` prints";

/// Show why a question is answered as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// What is asked
    question: String,
    #[command(flatten)]
    how: How,
}

impl Explain {
    /// Explains.
    pub(super) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let question = Question::new(&self.question)?;
        let generation = super::knowledge(flags, 1.0)?;
        let options = Options { today: Some(crate::journal::today()), ..self.how.options() };
        let mut out = anstream::stdout().lock();
        explain(&mut out, &generation, &question, &options)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn explain(
    out: &mut impl Write,
    generation: &Generation,
    question: &Question,
    options: &Options,
) -> anyhow::Result<()> {
    let knowledge = &generation.knowledge;
    let trace: Trace = trace(knowledge, question, options)?;
    writeln!(
        out,
        "generation  {}, {} documents, {} passages",
        generation.id,
        knowledge.corpus.documents.len(),
        knowledge.index.len()
    )?;
    reading::write(out, question, &trace.reading, knowledge)?;
    passages::write(out, &trace, knowledge)?;
    confidence::write(out, question, &trace)?;
    writeln!(out, "\nanswer")?;
    write_answer(out, question, &trace.answer)?;
    Ok(())
}

/// What a feature adds to a score, the largest first; what adds nothing is left out.
fn parts(names: &[&str], values: &[f32], weights: &[f32]) -> String {
    let mut parts: Vec<(&str, f32, f32)> = (names.iter().zip(values).zip(weights))
        .map(|((name, value), weight)| (*name, *value, *weight))
        .filter(|(_, value, weight)| (value * weight).abs() >= 0.005)
        .collect();
    parts.sort_by(|a, b| (b.1 * b.2).abs().total_cmp(&(a.1 * a.2).abs()).then(a.0.cmp(b.0)));
    let part = |(name, value, weight): (&str, f32, f32)| format!("{name} {value:.2}×{weight:.2}");
    parts.into_iter().map(part).collect::<Vec<_>>().join("  ")
}

/// A stretch of the question, in characters, as it was typed: folding keeps one character for each.
fn typed(question: &Question, range: &Range<usize>) -> String {
    question.text().chars().skip(range.start).take(range.len()).collect()
}

/// A text on one line, at most so many characters of it.
fn line(text: &str, most: usize) -> String {
    let joined = one_line(text);
    if joined.chars().count() <= most {
        joined
    } else {
        format!("{}…", joined.chars().take(most).collect::<String>())
    }
}
