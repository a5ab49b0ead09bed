//! The command line: what may be typed, and one file for each command. Knows no rule of answering.

mod ask;
pub mod bot;
mod explain;
mod check;
mod import;
mod eval;
mod operate;
mod progress;

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::config::{Flags, Settings};
use crate::generation::Generation;
use progress::Shown;

const EXAMPLES: &str = "\
Examples:
  yuanwen                                       the bot: on Telegram, or on a chat page on this machine
  yuanwen ask 大零号湾到2025年要有多少家高新技术企业
  yuanwen ask --json - < questions.txt          a question a line, a JSON object a line
  yuanwen explain 菊园有多大                    why this answer
  yuanwen check                                 every problem of the knowledge folder
  yuanwen import --dry-run 办法.docx            what a document made of it would keep and leave out
  yuanwen reload                                new documents for the bot that runs
  yuanwen eval knowledge/questions.jsonl        how well questions are answered

Exit codes: 0 done, 1 failed, 2 wrong usage.
Settings come from flags, then the environment, then .env; .env.example lists them all.";

/// Answers questions about Shanghai's sci-tech parks with word-for-word excerpts and their sources.
///
/// Without a command it is the bot: on Telegram if `TELOXIDE_TOKEN` is set, else on a chat page on this machine.
#[derive(Debug, clap::Parser)]
#[command(name = "yuanwen", version, after_help = EXAMPLES)]
pub struct CommandLine {
    #[command(flatten)]
    flags: Flags,
    /// Reload when the folder of the documents has changed and been quiet for two seconds
    #[arg(long)]
    watch: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Answer a question once, or one a line
    Ask(ask::Ask),
    /// Show why a question is answered as it is
    Explain(explain::Explain),
    /// List every problem of the knowledge folder
    Check(check::Check),
    /// Clean originals (txt, md, html, docx, pdf, csv, xlsx) into documents of the knowledge folder
    Import(import::Import),
    /// Parse one original from standard input, with limits
    #[command(hide = true)]
    ReadOriginal(import::ReadOriginal),
    /// Read the knowledge folder again and serve it
    Reload(operate::Reload),
    /// Show how the bot is doing
    Status(operate::Show),
    /// List what the documents lack
    Gaps(operate::Gaps),
    /// Measure how well a set of questions is answered
    Eval(eval::Eval),
}

/// Does what the command line says.
///
/// # Errors
/// Whatever the command fails of.
pub fn run(line: CommandLine) -> anyhow::Result<ExitCode> {
    match line.command {
        None => bot::run(&line.flags, line.watch),
        Some(Command::Ask(command)) => command.run(&line.flags),
        Some(Command::Explain(command)) => command.run(&line.flags),
        Some(Command::Check(command)) => command.run(&line.flags),
        Some(Command::Import(command)) => command.run(&line.flags),
        Some(Command::ReadOriginal(command)) => command.run(),
        Some(Command::Reload(command)) => command.run(&line.flags),
        Some(Command::Status(command)) => command.run(&line.flags),
        Some(Command::Gaps(command)) => command.run(&line.flags),
        Some(Command::Eval(command)) => command.run(&line.flags),
    }
}

/// Prints an error with its causes. A reader that closed the pipe, as `head` does, has had enough: that is no failure.
pub fn fail(error: &anyhow::Error) -> ExitCode {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let of_json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        cause.downcast_ref::<io::Error>().map(io::Error::kind).or(of_json)
    };
    if error.chain().filter_map(kind).any(|kind| kind == io::ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    anstream::eprintln!("yuanwen: {error:#}");
    ExitCode::FAILURE
}

/// Reads the knowledge that the settings name, with a share of the general vocabulary.
fn knowledge(flags: &Flags, vocabulary: f64) -> anyhow::Result<Generation> {
    let path = Settings::knowledge(flags)?;
    let shown = Shown::new();
    let read = Generation::read_with(&path, vocabulary, &|progress| shown.show(progress));
    shown.done();
    read.context("no knowledge to answer from")
}
