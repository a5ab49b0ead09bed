//! `yuanwen check`: what is wrong with the knowledge folder.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::progress::Shown;
use crate::config::{Flags, Settings};
use crate::generation::{Checked, check};

const EXAMPLES: &str = "\
Examples:
  yuanwen check
  yuanwen check --knowledge my-documents && echo fit to serve

A line is PATH:LINE: what is wrong and what to do about it. Exits 1 if there is any.";

/// List every problem of the knowledge folder.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {}

impl Check {
    /// Lists them.
    #[expect(clippy::unused_self, reason = "every command runs itself; this one has no flags of its own yet")]
    pub(super) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let folder = Settings::knowledge(flags)?;
        let shown = Shown::new();
        let checked = check(&folder, &|progress| shown.show(progress));
        shown.done();
        let Checked { problems, documents, passages } = checked.context("no knowledge to check")?;
        let mut out = anstream::stdout().lock();
        for problem in &problems {
            writeln!(out, "{problem}")?;
        }
        let count = match problems.len() {
            0 => "no problem".to_owned(),
            1 => "1 problem".to_owned(),
            several => format!("{several} problems"),
        };
        writeln!(out, "{documents} documents, {passages} passages: {count}")?;
        Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
