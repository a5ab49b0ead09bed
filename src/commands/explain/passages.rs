//! Which passages were looked at, and which of their windows.

use std::io::{self, Write};

use super::{line, parts};
use crate::answer::{Candidate, Knowledge, MODEL, PASSAGE_FEATURES, Trace, WINDOW_FEATURES, Weights};

/// Candidates that are shown with all that makes their score.
const CANDIDATES_IN_FULL: usize = 3;
/// Windows that are shown.
const WINDOWS: usize = 3;
/// Characters of an excerpt that are shown.
const EXCERPT_CHARS: usize = 60;

/// Writes the candidates and the windows of the best one.
pub(super) fn write(out: &mut impl Write, trace: &Trace, knowledge: &Knowledge) -> io::Result<()> {
    let ranking = MODEL.ranking(trace.reading.about_parks);
    writeln!(out, "\ncandidates")?;
    if trace.candidates.is_empty() {
        writeln!(out, "  none: no passage holds any token")?;
    }
    for (number, candidate) in trace.candidates.iter().enumerate() {
        let passage = &knowledge.corpus.passages[candidate.hit.passage];
        let source = knowledge.corpus.source(passage);
        let place: Vec<&str> =
            std::iter::once(source.path.as_str()).chain(passage.headings.iter().map(String::as_str)).collect();
        let [unigrams, bigrams, words] = candidate.hit.by_kind;
        writeln!(out, "  {:>2}. A {:.2}  {}", number + 1, candidate.score, line(&place.join(" › "), 90))?;
        if number < CANDIDATES_IN_FULL {
            writeln!(out, "      BM25 un {unigrams:.2} bi {bigrams:.2} wd {words:.2} sum {:.2}", candidate.hit.score)?;
            writeln!(out, "      {}", parts(&PASSAGE_FEATURES, &candidate.features, &ranking.passage.passage))?;
            // A is the best over windows, which need not be the window that is shown.
            let of_window = |window: &&crate::answer::Window| ranking.passage.of_window(&window.features);
            if let Some(best) = candidate.windows.iter().max_by(|a, b| of_window(a).total_cmp(&of_window(b))) {
                writeln!(out, "      {}", parts(&WINDOW_FEATURES, &best.features, &ranking.passage.window))?;
            }
        }
    }
    if let Some(best) = trace.candidates.first() {
        windows(out, best, &ranking.window)?;
    }
    Ok(())
}

fn windows(out: &mut impl Write, candidate: &Candidate, weights: &Weights) -> io::Result<()> {
    writeln!(out, "\nwindows of the first, {} in all", candidate.windows.len())?;
    for (number, window) in candidate.windows.iter().take(WINDOWS).enumerate() {
        let text: String = candidate.sight.folded.chars[window.range.clone()].iter().collect();
        writeln!(out, "  {:>2}. B {:.2}  {}", number + 1, window.score, line(&text, EXCERPT_CHARS))?;
        writeln!(out, "      {}", parts(&WINDOW_FEATURES, &window.features, &weights.window))?;
    }
    Ok(())
}
