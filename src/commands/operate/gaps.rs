//! `yuanwen gaps`: what the documents lack.

use std::io::Write as _;
use std::process::ExitCode;

use super::{ask, shown, stamp, unexpected, with_journal};
use crate::config::{Flags, Settings};
use crate::operation::control::{Request, Response};
use crate::operation::{csv, gaps};

const EXAMPLES: &str = "\
Examples:
  yuanwen gaps                       of the last seven days, most asked first
  yuanwen gaps --days 30 --csv > gaps.csv";

/// List questions that were declined or rated badly, similar ones together.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::commands) struct Gaps {
    /// Of so many days
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    /// Print a table for spreadsheets
    #[arg(long)]
    csv: bool,
}

impl Gaps {
    /// Lists them.
    pub(in crate::commands) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let settings = Settings::load(flags)?;
        let gaps = match ask(&settings, &Request::Gaps { days: self.days }, &mut |_| ())? {
            Some(Response::Gaps(gaps)) => gaps,
            Some(_) => return Err(unexpected()),
            None => with_journal(&settings, async |journal| Ok(gaps(journal, self.days).await?))?,
        };
        let mut out = anstream::stdout().lock();
        if self.csv {
            write!(out, "{}", csv(&gaps))?;
            return Ok(ExitCode::SUCCESS);
        }
        for gap in &gaps {
            let mut wordings = gap.questions.iter();
            let first = wordings.next().map(|text| shown(text)).unwrap_or_default();
            writeln!(out, "{:>4} x {first}", gap.asked)?;
            write!(out, "       {} declined, {} bad, last {} UTC", gap.declined, gap.bad, stamp(gap.last))?;
            let missing = shown(&gap.missing.join(" "));
            writeln!(out, "{}{missing}", if missing.is_empty() { "" } else { "; no document has: " })?;
            for wording in wordings {
                writeln!(out, "       also: {}", shown(wording))?;
            }
        }
        if gaps.is_empty() {
            writeln!(out, "no question of the last {} days was declined or rated badly", self.days)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
