//! `yuanwen ask`: one question, or one a line, each answered once. Remembers nothing between questions.

mod json;
mod text;
mod wording;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use anyhow::Context as _;

pub(super) use text::write as write_answer;

use crate::answer::{Options, Question, answer};
use crate::config::Flags;
use crate::generation::Generation;

const EXAMPLES: &str = "\
Examples:
  yuanwen ask 菊园有多大
  yuanwen ask --limit 1 --excerpt-chars 80 大零号湾有多少家高新技术企业
  yuanwen ask --json - < questions.txt
  yuanwen ask --knowledge my-documents 报名要什么材料

With --json a line is
  {\"question\",\"status\":\"answered|unsure|declined\",\"confidence\",\"understood\":[],\"missing\":[],\"micros\",\"generation\",
   \"citations\":[{\"document\",\"title\",\"headings\":[],\"excerpt\",\"start\",\"end\",\"confidence\"}]}
with \"listing\":{\"heading\",\"items\":[]} where a list is asked for and a section names its items,
\"lapsed\":{\"expired\",\"begins\",\"replaced_by\"} in a citation whose document holds no longer, or not yet, and
where start and end are bytes in the cleaned document, or {\"question\",\"error\"} for a line that is no question.";

/// Answer a question with excerpts, word for word, and their sources.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Ask {
    /// What is asked; `-` reads a question a line from standard input
    question: String,
    #[command(flatten)]
    how: How,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// How a question is to be answered; shared by the commands that answer.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct How {
    /// The most excerpts
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=20))]
    limit: u16,
    /// The longest excerpt, in characters
    #[arg(long, value_name = "NUMBER", default_value_t = 160, value_parser = clap::value_parser!(u16).range(20..=1000))]
    excerpt_chars: u16,
    /// Take the question literally: repair nothing, expand nothing
    #[arg(long)]
    literal: bool,
}

impl How {
    /// The options that these flags mean.
    pub(super) fn options(&self) -> Options {
        Options {
            limit: usize::from(self.limit),
            excerpt_chars: usize::from(self.excerpt_chars),
            literal: self.literal,
            ..Options::default()
        }
    }
}

impl Ask {
    /// Answers what is asked.
    pub(super) fn run(&self, flags: &Flags) -> anyhow::Result<ExitCode> {
        if self.question == "-" {
            let generation = super::knowledge(flags, 1.0)?;
            self.stream(&generation, &mut io::stdin().lock())?;
        } else {
            let question = Question::new(&self.question)?;
            let generation = super::knowledge(flags, 1.0)?;
            let mut out = anstream::stdout().lock();
            self.one(&generation, &self.question, &question, &mut out)?;
            out.flush()?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Answers line by line. A line that is no question is answered by what is wrong with it, and the next one is read.
    fn stream(&self, generation: &Generation, input: &mut impl BufRead) -> anyhow::Result<()> {
        let mut out = anstream::stdout().lock();
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line).context("read standard input")? > 0 {
            let typed = line.strip_suffix(b"\n").unwrap_or(&line);
            let typed = typed.strip_suffix(b"\r").unwrap_or(typed);
            match std::str::from_utf8(typed) {
                Err(_) => self.refuse(&String::from_utf8_lossy(typed), "the line is not UTF-8", &mut out)?,
                Ok(text) => match Question::new(text) {
                    Err(error) => self.refuse(text, &error.to_string(), &mut out)?,
                    Ok(question) => {
                        if !self.json {
                            writeln!(out, "> {}", question.text())?;
                        }
                        self.one(generation, text, &question, &mut out)?;
                    }
                },
            }
            if !self.json {
                writeln!(out)?;
            }
            out.flush()?;
            line.clear();
        }
        Ok(())
    }

    fn one(
        &self,
        generation: &Generation,
        typed: &str,
        question: &Question,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let started = std::time::Instant::now();
        let options = Options { today: Some(crate::journal::today()), ..self.how.options() };
        let answer = answer(&generation.knowledge, question, &options)?;
        let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        if self.json {
            json::write(out, typed, &answer, micros, &generation.id)?;
        } else {
            text::write(out, question, &answer)?;
        }
        Ok(())
    }

    fn refuse(&self, typed: &str, error: &str, out: &mut impl Write) -> io::Result<()> {
        if self.json { json::refuse(out, typed, error) } else { writeln!(out, "> {typed}\n{error}") }
    }
}
