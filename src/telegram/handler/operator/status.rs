//! `/status`: how the bot is doing.

use crate::journal::now;
use crate::telegram::rich::{Rich, shortened};
use crate::telegram::sender::Body;
use crate::telegram::shelf;
use crate::telegram::{shanghai, text};

use super::work::Work;

/// Problems and errors that are shown; the log has all.
const MAX_LINES: usize = 5;
/// The longest line of them, in characters.
const MAX_LINE_CHARS: usize = 160;

/// How the bot is doing.
pub(super) async fn body(work: &Work) -> anyhow::Result<Body> {
    let (desk, script) = (&work.desk, work.script);
    let edition = desk.editions.current();
    let generation = &edition.generation;
    let corpus = &generation.knowledge.corpus;
    let today = desk.journal.today(now()).await?;
    let errors = desk.journal.last_errors(u32::try_from(MAX_LINES)?).await?;

    let mut rich = Rich::default();
    rich.bold(text::status_title(script)).push("\n");
    rich.push(&text::status_generation(script, &generation.id, corpus.documents.len(), corpus.passages.len()));
    rich.push("\n").push(&text::status_uptime(script, desk.office.started.elapsed()));
    rich.push("\n").push(&text::status_today(script, &today));
    rich.push("\n\n").push(&text::status_problems(script, generation.problems.len()));
    for problem in generation.problems.iter().take(MAX_LINES) {
        rich.push("\n· ").push(&shortened(&problem.to_string(), MAX_LINE_CHARS));
    }
    rich.push("\n\n").push(text::status_errors(script, errors.is_empty()));
    for error in &errors {
        rich.push("\n· ").push(&shanghai::minute(error.at)).push(" ");
        rich.push(&shortened(&error.message, MAX_LINE_CHARS));
    }
    Ok(shelf::body(rich, teloxide::types::InlineKeyboardMarkup::default()))
}
