//! `yuanwen eval`: sets of questions → figures. Knows what is measured and shown, not how answers are judged.

mod report;
mod run;
mod table;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::ask::How;
use crate::config::Flags;
use crate::evaluation::Floor;

const EXAMPLES: &str = "\
Examples:
  yuanwen eval knowledge/questions.jsonl
  yuanwen eval --knowledge bench/drcd-dev/passages.jsonl --excerpt-chars 120 --other-script bench/drcd-dev/questions.jsonl
  yuanwen eval --json q.jsonl > before.json; …; yuanwen eval --against before.json q.jsonl
  yuanwen eval --at-least excerpt1=0.85 --at-most false=0.05 knowledge/questions.jsonl

A line of a set is {\"id\",\"question\",\"kind\",\"docs\":[\"how paths begin\"],\"answers\":[\"…\"]} or
{\"id\",\"question\",\"passage\",\"answers\"}; without answers it is a question that nothing answers.

Figures, of the answerable: first, five, mrr (place of the right document or passage among the candidates), document1
(the first excerpt is of a right document), excerpt1, excerpt3 (the first excerpt, or one of three, holds an answer),
answered, right (the first excerpt holds an answer, of the answered), unsure. Of the others: false (answered), honest
(unsure). auroc with --without-gold. In brackets Wilson's 95 % interval.";

/// Measure how well sets of questions are answered.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line do not depend on each other")]
#[command(after_help = EXAMPLES)]
pub(super) struct Eval {
    /// Sets of questions
    #[arg(required = true, value_name = "QUESTIONS.jsonl")]
    questions: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
    /// Write the questions in the other script, Simplified or Traditional
    #[arg(long)]
    other_script: bool,
    /// Ask again without the question's own passage: how often is it refused? For sets about passages
    #[arg(long)]
    without_gold: bool,
    /// Replace so many characters of each question by common ones that sound the same
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    typos: usize,
    /// Which characters are replaced
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Use only this share of the general vocabulary, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, value_parser = share)]
    vocabulary: f64,
    /// Show how often each confidence is right
    #[arg(long)]
    calibration: bool,
    /// Show which questions were won and lost since an earlier run with --json
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Fail if a figure of a set is lower
    #[arg(long, value_name = "FIGURE=NUMBER")]
    at_least: Vec<Floor>,
    /// Fail if a figure of a set is higher
    #[arg(long, value_name = "FIGURE=NUMBER")]
    at_most: Vec<Floor>,
    /// Print one JSON object with figures and every judgement
    #[arg(long)]
    json: bool,
}

fn share(text: &str) -> Result<f64, &'static str> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or("write a number from 0 to 1")
}

impl Eval {
    /// Measures, prints and compares.
    pub(super) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let earlier = self.against.as_deref().map(run::read).transpose()?;
        let run = self.measure(flags)?;
        let mut out = anstream::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut out, &run)?;
            writeln!(out)?;
        } else {
            report::write(&mut out, &run)?;
            if self.calibration {
                report::calibrations(&mut out, &run)?;
            }
        }
        if let Some(earlier) = &earlier {
            // With --json standard output is for programs alone.
            if self.json {
                report::compare(&mut anstream::stderr(), earlier, &run)?;
            } else {
                report::compare(&mut out, earlier, &run)?;
            }
        }
        out.flush()?;
        let missed: Vec<String> = run.sets.iter().flat_map(|set| self.missed(set)).collect();
        if missed.is_empty() { Ok(ExitCode::SUCCESS) } else { anyhow::bail!("{}", missed.join("; ")) }
    }

    /// What a set does not reach.
    fn missed(&self, set: &run::Set) -> Vec<String> {
        let floors = self.at_least.iter().map(|floor| (floor, "at least"));
        let ceilings = self.at_most.iter().map(|ceiling| (ceiling, "at most"));
        let missed = floors.chain(ceilings).filter_map(|(bound, word)| {
            let Some(figure) = set.all.named(bound.name) else {
                return Some(format!("{}: {} was not measured", set.path, bound.name));
            };
            let kept = if word == "at least" { figure >= bound.least } else { figure <= bound.least };
            (!kept).then(|| format!("{}: {} is {figure:.4}, not {word} {}", set.path, bound.name, bound.least))
        });
        missed.collect()
    }
}
