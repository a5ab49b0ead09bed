//! `/gaps`: questions of the last days that were declined or got 👎, similar ones together, here and as a table.

use crate::journal::today;
use crate::operation::{self, Gap};
use crate::telegram::handler::content::plain;
use crate::telegram::keyboard::{button, rows};
use crate::telegram::rich::{Rich, shortened};
use crate::telegram::sender::Body;
use crate::telegram::{shelf, text};

use super::press::Press;
use super::work::{PressedWork, Work};

/// Days that are looked at where nobody says how many.
const DAYS: u16 = 7;
/// Gaps of one page.
const A_PAGE: usize = 8;
/// The longest question, in characters.
const MAX_QUESTION_CHARS: usize = 60;
/// Missing words that are shown of a gap.
const MAX_WORDS: usize = 5;

/// The days that an operator typed, as far as questions are kept; `None` if it is no number of days.
pub(super) fn days(typed: &str, work: &Work) -> Option<u16> {
    let kept = u16::try_from(work.desk.retention_days).unwrap_or(u16::MAX).max(1);
    let days = if typed.trim().is_empty() { DAYS } else { typed.trim().parse().ok()? };
    (days > 0 && (days <= kept || days == DAYS)).then_some(days.min(kept))
}

/// A page of the gaps of so many days.
pub(super) async fn page(work: &Work, days: u16, page: u16) -> anyhow::Result<Body> {
    let script = work.script;
    let gaps = operation::gaps(&work.desk.journal, days.into()).await?;
    if gaps.is_empty() {
        return Ok(plain(&text::no_gaps(script, days)));
    }
    let pages = gaps.len().div_ceil(A_PAGE);
    let page = usize::from(page).min(pages - 1);
    let asked: u32 = gaps.iter().map(|gap| gap.asked).sum();
    let mut rich = Rich::default();
    rich.bold(&text::gaps_title(script, days)).push("\n").push(&text::gaps_count(script, asked, gaps.len()));
    if pages > 1 {
        rich.push(&format!(" {}/{pages}", page + 1));
    }
    for (number, gap) in gaps.iter().enumerate().skip(page * A_PAGE).take(A_PAGE) {
        rich.push(&format!("\n\n{}. ", number + 1));
        show(&mut rich, gap, work);
    }
    let turn = |to: usize| u16::try_from(to).map(|to| Press::Gaps(days, to));
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(button(text::previous_page(script), turn(page - 1)?));
    }
    if page + 1 < pages {
        turns.push(button(text::next_page(script), turn(page + 1)?));
    }
    Ok(shelf::body(rich, rows([turns, vec![button(text::gaps_table(script), Press::Table(days))]])))
}

fn show(rich: &mut Rich, gap: &Gap, work: &Work) {
    let script = work.script;
    let question = gap.questions.first().map_or("", String::as_str);
    rich.push(&shortened(&question.replace('\n', " "), MAX_QUESTION_CHARS));
    rich.push("\n").push(&text::gap_counts(script, gap.declined, gap.bad));
    if !gap.missing.is_empty() {
        let missing: Vec<String> = gap.missing.iter().take(MAX_WORDS).map(|word| shortened(word, 16)).collect();
        rich.push("\n").push(&text::gap_missing(script, &missing));
    }
}

/// Sends the gaps as a table.
pub(super) async fn table(pressed: &PressedWork, days: u16) -> anyhow::Result<()> {
    let work = &pressed.work;
    pressed.button.end();
    let gaps = operation::gaps(&work.desk.journal, days.into()).await?;
    work.note("export gaps", &format!("{days} days"), &format!("{} gaps", gaps.len())).await?;
    let name = format!("gaps-{}.csv", today());
    work.send_file(name, operation::csv(&gaps).into_bytes(), text::gaps_title(work.script, days)).await;
    Ok(())
}
