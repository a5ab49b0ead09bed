//! `/reload` and `/rollback`: what changes, and, where the gate holds it back, the choice.

use std::time::Duration;

use crate::answer::Outcome;
use crate::generation::{AnswerChange, Brief, Listed, Report, RolledBack};
use crate::operation::Actor;
use crate::telegram::callback::ShortId;
use crate::telegram::handler::content::plain;
use crate::telegram::keyboard::{button, rows};
use crate::telegram::rich::{Rich, shortened};
use crate::telegram::script::Script;
use crate::telegram::sender::Body;
use crate::telegram::{shelf, text};

use super::press::Press;
use super::work::{PressedWork, Work};

/// From then on the operator is told that it takes longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Documents, problems and changed answers that are shown of each kind.
const MAX_LINES: usize = 8;
/// The longest title, problem or question, in characters.
const MAX_LINE_CHARS: usize = 60;
/// The longest excerpt, in characters.
const MAX_EXCERPT_CHARS: usize = 60;

/// Reads the folder anew and reports.
pub(super) fn reload(work: Work) {
    work.show_at_work();
    work.beside("reload", |work| async move {
        let reloading = work.desk.reloads.reload(false, actor(&work));
        tokio::pin!(reloading);
        let report = tokio::select! {
            report = &mut reloading => report?,
            () = tokio::time::sleep(PATIENCE) => {
                work.say(plain(text::still_reloading(work.script))).await;
                reloading.await?
            }
        };
        work.say(body(&report, work.script)).await;
        Ok(())
    });
}

/// Serves what the gate held back, if that is what the button was made for.
pub(super) async fn publish(pressed: PressedWork, generation: ShortId) {
    decide(pressed, "publish", generation, |work| async move {
        let report = work.desk.reloads.publish_held_back(actor(&work)).await?;
        work.say(body(&report, work.script)).await;
        Ok(())
    })
    .await;
}

/// Throws it away.
pub(super) async fn discard(pressed: PressedWork, generation: ShortId) {
    decide(pressed, "discard", generation, |work| async move {
        let was_there = work.desk.reloads.discard(actor(&work)).await;
        let said = if was_there { text::discarded(work.script) } else { text::nothing_held_back(work.script) };
        work.say(plain(said)).await;
        Ok(())
    })
    .await;
}

/// Takes the buttons away and does what was decided, unless something else is held back by now.
async fn decide<F>(
    pressed: PressedWork,
    action: &'static str,
    generation: ShortId,
    decision: impl FnOnce(Work) -> F + Send + 'static,
) where
    F: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    pressed.button.end();
    pressed.take_buttons().await;
    pressed.work.beside(action, move |work| async move {
        let held = work.desk.reloads.held_back().await;
        if held.is_some_and(|report| ShortId::of(&report.generation) == Some(generation)) {
            return decision(work).await;
        }
        work.note(action, &generation.to_string(), "not held back any more").await?;
        work.say(plain(text::nothing_held_back(work.script))).await;
        Ok(())
    });
}

/// Goes back to the generation before.
pub(super) fn rollback(work: Work) {
    work.beside("rollback", |work| async move {
        let RolledBack { generation, is_newer } = work.desk.reloads.rollback(actor(&work)).await?;
        let documents = generation.knowledge.corpus.documents.len();
        let said = if is_newer { text::rolled_forth } else { text::rolled_back };
        work.say(plain(&said(work.script, &generation.id, documents))).await;
        Ok(())
    });
}

fn actor(work: &Work) -> Actor {
    Actor::Operator(work.operator.id())
}

/// A report, with the choice where there is one.
fn body(report: &Report, script: Script) -> Body {
    let mut rich = Rich::default();
    let Report { generation, documents, .. } = report;
    if report.unchanged {
        rich.push(&text::reload_unchanged(script, generation));
        problems(&mut rich, report, script);
        gone(&mut rich, report, script);
        return shelf::body(rich, rows([]));
    }
    let is_waiting = report.held_back && !report.published;
    rich.bold(match (is_waiting, report.newly_failing.is_empty()) {
        (false, _) => text::reloaded(script),
        (true, false) => text::held_back(script),
        (true, true) => text::held_back_for_gone(script),
    });
    rich.push("\n").push(&text::reload_summary(script, generation, *documents, report.millis));
    listed(&mut rich, text::added(script), &report.added);
    listed(&mut rich, text::changed(script), &report.changed);
    listed(&mut rich, text::removed(script), &report.removed);
    problems(&mut rich, report, script);
    rich.push("\n\n").push(&text::golden(
        script,
        report.golden,
        report.newly_failing.len(),
        report.newly_passing.len(),
    ));
    gone(&mut rich, report, script);
    answers(&mut rich, &report.newly_failing, script);
    if report.recent > 0 {
        rich.push("\n\n").push(&text::answers_changed(script, report.recent, report.answers_changed.len()));
        answers(&mut rich, &report.answers_changed, script);
    }
    let choice = ShortId::of(generation).filter(|_| is_waiting).map_or_else(Vec::new, |id| {
        vec![button(text::publish(script), Press::Publish(id)), button(text::discard(script), Press::Discard(id))]
    });
    shelf::body(rich, rows([choice]))
}

fn listed(rich: &mut Rich, title: &str, documents: &[Listed]) {
    if documents.is_empty() {
        return;
    }
    rich.push(&format!("\n\n{title} {}", documents.len()));
    for document in documents.iter().take(MAX_LINES) {
        rich.push("\n· ").push(&shortened(&document.title, MAX_LINE_CHARS));
    }
    if documents.len() > MAX_LINES {
        rich.push("\n· …");
    }
}

fn problems(rich: &mut Rich, report: &Report, script: Script) {
    rich.push("\n\n").push(&text::problems(script, report.problems.len()));
    for problem in report.problems.iter().take(MAX_LINES) {
        rich.push("\n· ").push(&shortened(&text::problem(script, problem), 2 * MAX_LINE_CHARS));
    }
}

fn gone(rich: &mut Rich, report: &Report, script: Script) {
    if report.golden_gone() > 0 {
        rich.push("\n").push(&text::golden_gone(script, report.golden_before, report.golden));
    }
}

fn answers(rich: &mut Rich, changes: &[AnswerChange], script: Script) {
    for change in changes.iter().take(MAX_LINES) {
        rich.push("\n· ").push(&shortened(&change.question, MAX_LINE_CHARS));
        rich.push("\n   ").push(text::before(script)).push(&brief(&change.old, script));
        rich.push("\n   ").push(text::after(script)).push(&brief(&change.new, script));
    }
    if changes.len() > MAX_LINES {
        rich.push("\n· …");
    }
}

/// An answer in one line.
fn brief(answer: &Brief, script: Script) -> String {
    let excerpt = shortened(&answer.excerpt.replace('\n', " "), MAX_EXCERPT_CHARS);
    match answer.outcome {
        Outcome::Declined => text::nothing_here(script).to_owned(),
        Outcome::Unsure => format!("（{}）{excerpt}", text::unsure(script)),
        Outcome::Answered => excerpt,
    }
}
