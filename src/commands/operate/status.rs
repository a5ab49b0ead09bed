//! `yuanwen status`: how the bot is doing.

use std::io::Write as _;
use std::process::ExitCode;

use super::{ask, keeper, stamp, unexpected, with_journal};
use crate::config::{Flags, Settings};
use crate::journal::Today;
use crate::operation::Status;
use crate::operation::control::{Request, Response};

const EXAMPLES: &str = "\
Examples:
  yuanwen status
  yuanwen status --data-dir /var/lib/yuanwen";

/// Show how the bot is doing: generation, documents, problems, today's questions, last errors.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::commands) struct Show {}

impl Show {
    /// Shows it.
    #[expect(clippy::unused_self, reason = "every command runs itself; this one has no flags of its own yet")]
    pub(in crate::commands) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let settings = Settings::load(flags)?;
        let status = match ask(&settings, &Request::Status, &mut |_| ())? {
            Some(Response::Status(status)) => *status,
            Some(_) => return Err(unexpected()),
            None => {
                let keeper = keeper(&settings, &|_| ())?;
                with_journal(&settings, async |journal| {
                    Ok(Status::of(keeper.current(), keeper.knowledge(), journal).await?)
                })?
            }
        };
        let mut out = anstream::stdout().lock();
        let Status { generation, knowledge, documents, passages, problems, .. } = &status;
        match status.up {
            Some(up) => writeln!(out, "running for {}", lasted(up))?,
            None => writeln!(out, "not running")?,
        }
        writeln!(out, "generation {generation} of {knowledge}: {documents} documents, {passages} passages")?;
        if status.reloading {
            writeln!(out, "a reload is under way")?;
        }
        if status.held_back {
            writeln!(out, "the gate holds a generation back: see it with `yuanwen reload`")?;
        }
        let Today { answered, unsure, declined, good, bad, in_work } = status.today;
        writeln!(
            out,
            "today: {answered} answered, {unsure} unsure, {declined} declined; {good} good, {bad} bad; {in_work} in work"
        )?;
        writeln!(out, "problems: {}", problems.len())?;
        for problem in problems {
            writeln!(out, "  {problem}")?;
        }
        writeln!(out, "last errors: {}", status.errors.len())?;
        for (at, error) in &status.errors {
            writeln!(out, "  {} UTC  {error}", stamp(*at))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Seconds as days, hours and minutes.
fn lasted(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}
