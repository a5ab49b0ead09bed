//! `yuanwen import`: originals into the knowledge folder, with a report that lets a person judge each.

mod plan;
mod report;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use crate::config::{Flags, Settings};
use crate::corpus::Kind;
use crate::import::{Facts, Written, child, import, write};
use plan::{Original, Plan};

const EXAMPLES: &str = "\
Examples:
  yuanwen import --dry-run 办法.docx             what would be kept and left out; nothing is written
  yuanwen import 办法.docx --publisher 云禾区科委 --published 2024-05-01
  yuanwen import downloads --to knowledge        every file of a folder that can be read
  yuanwen import 办法.docx --force               write over the document of that name

Reads txt, md, html, docx, pdf, csv and xlsx; in a table with the columns 问 and 答 every row is a question and its
answer, in other tables every row is a section. Exits 1 if a file was refused.";

/// Originals that are parsed at a time: each child may take 512 MB.
const AT_ONCE: usize = 4;

/// Clean originals into documents of the knowledge folder.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Import {
    /// Files, or folders that are searched for files that can be read
    #[arg(required = true, value_name = "FILE|FOLDER")]
    originals: Vec<PathBuf>,
    /// Folder of the new documents [default: the knowledge folder]
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Show what would be kept and left out, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write over a document of the same name that differs
    #[arg(long)]
    force: bool,
    /// Title, where the text says none or another; for one file
    #[arg(long)]
    title: Option<String>,
    /// Who issued it
    #[arg(long)]
    publisher: Option<String>,
    /// When it was issued: 2023-08-21, 2023-08 or 2023
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Where the original stands on the web; for one file
    #[arg(long)]
    url: Option<String>,
    /// The park it is about
    #[arg(long)]
    park: Option<String>,
}

/// Parse one original from standard input with limits: what `import` starts for each file that may be hostile.
#[derive(Debug, clap::Args)]
pub(super) struct ReadOriginal {
    kind: String,
}

impl ReadOriginal {
    /// Parses it.
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let kind = Kind::named(&self.kind).context("no such kind of file")?;
        child::run(kind).context("parse the original")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// How the files of a run fared.
#[derive(Debug, Default)]
struct Tally {
    new: usize,
    unchanged: usize,
    replaced: usize,
    refused: usize,
}

impl Import {
    /// Imports every file, a few at a time, so that memory holds no more.
    pub(super) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let folder = match &self.to {
            Some(folder) => folder.clone(),
            None => Settings::knowledge(flags)?,
        };
        let Plan { originals: plan, skipped } = plan::plan(&self.originals)?;
        if plan.len() > 1 && (self.title.is_some() || self.url.is_some()) {
            anyhow::bail!("--title and --url are for one file; {} were named", plan.len());
        }
        let facts = Facts {
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            published: self.published.clone(),
            url: self.url.clone(),
            park: self.park.clone(),
        };
        let bar = progress(plan.len());
        let mut tally = Tally::default();
        let mut out = anstream::stdout().lock();
        let one = |original: &Original| {
            let imported = import(&original.path, &original.name, &facts).map(|mut imported| {
                imported.file.clone_from(&original.file);
                imported
            });
            let written = match &imported {
                Ok(imported) if !self.dry_run => Some(write(&folder, &imported.file, &imported.markdown, self.force)),
                _ => None,
            };
            (imported, written)
        };
        for originals in plan.chunks(AT_ONCE) {
            bar.set_message(originals.first().map_or_else(String::new, |first| first.name.clone()));
            let done: Vec<_> = originals.par_iter().map(one).collect();
            for (original, (imported, written)) in originals.iter().zip(done) {
                bar.suspend(|| report::write(&mut out, original, &imported, written.as_ref()))?;
                match (imported, written) {
                    (Err(_), _) | (_, Some(Err(_))) => tally.refused += 1,
                    (_, Some(Ok(Written::New)) | None) => tally.new += 1,
                    (_, Some(Ok(Written::Unchanged))) => tally.unchanged += 1,
                    (_, Some(Ok(Written::Replaced))) => tally.replaced += 1,
                }
                bar.inc(1);
            }
        }
        bar.finish_and_clear();
        report::skipped(&mut out, &skipped)?;
        let Tally { new, unchanged, replaced, refused } = tally;
        let refused_and_skipped = match skipped.len() {
            0 => format!("{refused} refused"),
            skipped => format!("{refused} refused, {skipped} skipped"),
        };
        if self.dry_run {
            writeln!(
                out,
                "{new} would be written to {}, {refused_and_skipped}; nothing was written",
                folder.display()
            )?;
        } else {
            let folder = folder.display();
            writeln!(out, "{folder}: {new} new, {replaced} replaced, {unchanged} unchanged, {refused_and_skipped}")?;
        }
        Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// A bar on standard error, in a terminal only, for more than one file.
fn progress(files: usize) -> ProgressBar {
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left  {msg}");
    ProgressBar::new(files as u64).with_style(style.expect("the template is tested by every run"))
}
