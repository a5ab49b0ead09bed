//! The program: arguments → command; the error chain on standard error; the exit code.

use std::process::ExitCode;

use clap::Parser as _;
use yuanwen::commands::{self, CommandLine};

fn main() -> ExitCode {
    let line = CommandLine::parse();
    match commands::run(line) {
        Ok(code) => code,
        Err(error) => commands::fail(&error),
    }
}
