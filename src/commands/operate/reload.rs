//! `yuanwen reload`: new documents for the bot that runs, or for its next start.

use std::io::{self, Write};
use std::process::ExitCode;

use super::{ask, keeper, shown, unexpected, with_journal};
use crate::commands::progress::Shown;
use crate::config::{Flags, Settings};
use crate::generation::{AnswerChange, Listed, Progress, Report};
use crate::journal::Action;
use crate::operation::control::{Request, Response};

/// Questions of people that are asked again.
const RECENT_QUESTIONS: u32 = 200;
/// Questions that are shown of each kind.
const MAX_ANSWERS: usize = 20;
const EXAMPLES: &str = "\
Examples:
  yuanwen reload
  yuanwen reload --force             even if golden questions fail that passed before

Exits 1 if nothing was published.";

/// Read the knowledge folder again and serve it, if no golden question fails newly.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::commands) struct Reload {
    /// Serve it even if golden questions fail that passed before
    #[arg(long)]
    force: bool,
}

impl Reload {
    /// Reloads.
    pub(in crate::commands) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let settings = Settings::load(flags)?;
        let shown = Shown::new();
        let show = |progress: Progress| shown.show(progress);
        let report = match ask(&settings, &Request::Reload { force: self.force }, &mut |progress| show(progress))? {
            Some(Response::Report(report)) => *report,
            Some(_) => return Err(unexpected()),
            None => self.offline(&settings, &show)?,
        };
        shown.done();
        write(&mut anstream::stdout().lock(), &report)?;
        Ok(if report.published { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Gets the next start ready.
    fn offline(&self, settings: &Settings, show: &(dyn Fn(Progress) + Sync)) -> anyhow::Result<Report> {
        let keeper = keeper(settings, show)?;
        with_journal(settings, async |journal| {
            let recent = journal.last_questions(RECENT_QUESTIONS).await?;
            let recent: Vec<String> = recent.into_iter().map(|stored| stored.question.text).collect();
            let candidate = keeper.prepare(&recent, show)?;
            let mut report = candidate.report.clone();
            if self.force || !report.held_back {
                keeper.publish(candidate)?;
                report.published = true;
            }
            let outcome = report.summary();
            let (action, detail) = ("reload".to_owned(), "command line, no bot running".to_owned());
            journal.add_action(Action { operator: 0, action, detail, outcome }).await?;
            Ok(report)
        })
    }
}

fn write(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let lists: [(&str, &[Listed]); 3] =
        [("added", &report.added), ("changed", &report.changed), ("removed", &report.removed)];
    for (what, listed) in lists.into_iter().filter(|(_, listed)| !listed.is_empty()) {
        writeln!(out, "{what}:")?;
        for Listed { path, title } in listed {
            writeln!(out, "  {} ({})", shown(path), shown(title))?;
        }
    }
    if !report.problems.is_empty() {
        writeln!(out, "problems:")?;
    }
    for problem in &report.problems {
        writeln!(out, "  {problem}")?;
    }
    let changes: [(&str, &[AnswerChange]); 3] = [
        ("golden questions that fail now", &report.newly_failing),
        ("golden questions that pass now", &report.newly_passing),
        ("recent questions that are answered differently", &report.answers_changed),
    ];
    for (what, changes) in changes.into_iter().filter(|(_, changes)| !changes.is_empty()) {
        writeln!(out, "{what}:")?;
        for AnswerChange { question, old, new } in changes.iter().take(MAX_ANSWERS) {
            writeln!(out, "  {}", shown(question))?;
            writeln!(out, "    before: {}", shown(&old.to_string()))?;
            writeln!(out, "    after:  {}", shown(&new.to_string()))?;
        }
        if changes.len() > MAX_ANSWERS {
            writeln!(out, "  … and {} more", changes.len() - MAX_ANSWERS)?;
        }
    }
    if report.golden_gone() > 0 {
        writeln!(out, "golden questions were {} and are {} now", report.golden_before, report.golden)?;
    }
    writeln!(out, "{} (took {} ms)", report.summary(), report.millis)?;
    if !report.published {
        writeln!(out, "nothing was published; look at the answers above, then mend the documents or use --force")?;
    }
    Ok(())
}
