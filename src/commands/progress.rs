//! How far long work is, on standard error: in a terminal a line that changes, elsewhere a line now and then.

use std::io::{IsTerminal as _, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::generation::{Progress, Step};

/// Between two lines where there is no terminal: a log stays readable.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Shows how far reading, indexing and asking are.
pub(super) struct Shown {
    bar: ProgressBar,
    /// When the last line was written, or the work began; none in a terminal.
    last: Option<Mutex<Instant>>,
}

impl Shown {
    pub(super) fn new() -> Self {
        let terminal = stderr().is_terminal();
        Self { bar: ProgressBar::new_spinner(), last: (!terminal).then(|| Mutex::new(Instant::now())) }
    }

    pub(super) fn show(&self, progress: Progress) {
        let Some(last) = &self.last else { return self.bar.set_message(said(progress)) };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= BETWEEN_LINES {
            *last = Instant::now();
            anstream::eprintln!("{}", said(progress));
        }
    }

    /// Clears the line.
    pub(super) fn done(self) {
        self.bar.finish_and_clear();
    }
}

/// How far it is, in words.
fn said(Progress { step, done, of }: Progress) -> String {
    match step {
        Step::Reading => format!("{done} files read"),
        Step::Indexing => format!("{done} of {of} passages indexed"),
        Step::Asking => format!("{done} of {of} questions asked"),
    }
}
