//! `/status`: how the bot is doing.

use crate::journal::stamp_in_shanghai;
use crate::telegram::rich::{Rich, shortened};
use crate::telegram::sender::Body;
use crate::telegram::{keyboard, shelf, text};

use super::work::Work;

/// Problems that are shown; `yuanwen check` has all.
const MAX_LINES: usize = 5;
/// The longest line of them, in characters.
const MAX_LINE_CHARS: usize = 160;

/// How the bot is doing.
pub(super) async fn body(work: &Work) -> anyhow::Result<Body> {
    let script = work.script;
    let status = work.desk.reloads.status().await?;
    let mut rich = Rich::default();
    rich.bold(text::status_title(script)).push("\n");
    rich.push(&text::status_generation(script, &status)).push("\n");
    rich.push(&text::status_uptime(script, status.up.unwrap_or(0))).push("\n");
    rich.push(&text::status_today(script, &status.today));
    if status.reloading {
        rich.push("\n").push(text::is_reloading(script));
    }
    if status.held_back {
        rich.push("\n").push(text::holds_back(script));
    }
    rich.push("\n\n").push(&text::problems(script, status.problems.len()));
    for problem in status.problems.iter().take(MAX_LINES) {
        rich.push("\n· ").push(&shortened(&text::problem(script, problem), MAX_LINE_CHARS));
    }
    let title = if status.errors.is_empty() { text::no_errors(script) } else { text::last_errors(script) };
    rich.push("\n\n").push(title);
    for (at, message) in &status.errors {
        rich.push("\n· ").push(&stamp_in_shanghai(*at)).push(" ").push(&shortened(message, MAX_LINE_CHARS));
    }
    Ok(shelf::body(rich, keyboard::rows([])))
}
