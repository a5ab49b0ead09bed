//! The buttons under messages. Pure: knows what they carry and not what they do.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use crate::answer::{Knowledge, Nearest, Outcome, Understood};
use crate::journal::{QuestionId, Verdict};

use super::callback::{Press, Reading, ShortId, View};
use super::edition::Example;
use super::reply::Reply;
use super::rich::{address, shortened};
use super::script::Script;
use super::text;

/// The longest label, in characters: more does not fit a phone.
const MAX_LABEL_CHARS: usize = 28;
/// The longest name of a park on a button, in characters; three stand in a row.
const MAX_PARK_CHARS: usize = 10;
/// Buttons of parks in a row.
const PARKS_A_ROW: usize = 3;
/// Examples under a message.
pub(crate) const EXAMPLES: usize = 3;

/// A button that tells us that it was pressed.
#[expect(clippy::needless_pass_by_value, reason = "what it carries is made where the button is")]
pub(crate) fn button(label: &str, press: impl ToString) -> InlineKeyboardButton {
    let label = if label.trim().is_empty() { "…" } else { label };
    InlineKeyboardButton::callback(shortened(label, MAX_LABEL_CHARS), press.to_string())
}

/// Rows without the empty ones.
pub(crate) fn rows(rows: impl IntoIterator<Item = Vec<InlineKeyboardButton>>) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new(rows.into_iter().filter(|row| !row.is_empty()))
}

/// The button that opens an address, where it is one.
pub(crate) fn original(url: Option<&str>, script: Script) -> Option<InlineKeyboardButton> {
    url.and_then(address).map(|url| InlineKeyboardButton::url(text::original(script), url))
}

/// Under an answer.
pub(crate) fn answer(reply: &Reply, view: View, knowledge: &Knowledge, script: Script) -> InlineKeyboardMarkup {
    let show = |reading: Reading, page: u8| Press::Show(View { reading, page, ..view });
    let mut all = Vec::new();
    if reply.answer.outcome == Outcome::Declined {
        all.extend(reply.answer.nearest.iter().filter_map(|near| {
            let press = Press::Near(view, u32::try_from(near.passage).ok()?);
            Some(vec![button(&place(near, knowledge), press)])
        }));
        all.push(ways(reply, view, script));
        return rows(all);
    }
    let shown = reply.shown(view.page);
    let mut sources = Vec::new();
    if reply.by_park.is_empty() {
        if view.page > 0 {
            sources.push(button(text::fewer(script), show(view.reading, view.page - 1)));
        }
        if usize::from(view.page) + 1 < reply.pages() {
            sources.push(button(text::more(script), show(view.reading, view.page + 1)));
        }
    }
    if !shown.is_empty() {
        sources.push(button(text::context(script), Press::Context(view, 0)));
    }
    if reply.by_park.is_empty() {
        sources.extend(original(shown.first().and_then(|first| first.source.url.as_deref()), script));
    }
    all.push(sources);
    let parks: Vec<InlineKeyboardButton> = (reply.by_park.iter())
        .filter_map(|(park, _)| {
            let name = &knowledge.parks.all.get(*park)?.name;
            let narrowed = Some(u16::try_from(*park).ok()?);
            let name = shortened(&script.write(name), MAX_PARK_CHARS);
            Some(button(&name, show(Reading { narrowed, ..view.reading }, 0)))
        })
        .collect();
    all.extend(parks.chunks(PARKS_A_ROW).map(<[_]>::to_vec));
    all.push(ways(reply, view, script));
    all.push(vec![button("👍", Press::Rate(view, Verdict::Good)), button("👎", Press::Rate(view, Verdict::Bad))]);
    rows(all)
}

/// Where something near stands: its park, or else its document, and its section.
fn place(near: &Nearest, knowledge: &Knowledge) -> String {
    let document = knowledge.corpus.passages.get(near.passage).map(|passage| passage.document);
    let park = document
        .and_then(|document| knowledge.parks.of_document(document))
        .and_then(|park| knowledge.parks.all.get(park));
    let whole = park.map_or(&near.source.title, |park| &park.name);
    match near.headings.last() {
        Some(heading) if heading.contains(whole.as_str()) => heading.clone(),
        Some(heading) => format!("{} › {heading}", shortened(whole, MAX_PARK_CHARS)),
        None => near.source.title.clone(),
    }
}

/// Other ways to read the question.
fn ways(reply: &Reply, view: View, script: Script) -> Vec<InlineKeyboardButton> {
    let show = |reading: Reading| Press::Show(View { reading, page: 0, ..view });
    let reading = view.reading;
    let mut ways = Vec::new();
    if reading.narrowed.is_some() {
        ways.push(button(text::all_parks(script), show(Reading { narrowed: None, ..reading })));
    }
    if reading.carried.is_some() {
        ways.push(button(text::drop_park(script), show(Reading { carried: None, ..reading })));
    }
    let is_changed = |understood: &Understood| !matches!(understood, Understood::Carried { .. });
    if reading.literal {
        ways.push(button(text::not_literal(script), show(Reading { literal: false, ..reading })));
    } else if reply.answer.understood.iter().any(is_changed) {
        ways.push(button(text::literal(script), show(Reading { literal: true, ..reading })));
    }
    ways
}

/// Under the passage of a citation.
pub(crate) fn context(view: View, place: u8, of: usize, url: Option<&str>, script: Script) -> InlineKeyboardMarkup {
    let mut row = vec![button(text::back(script), Press::Show(view))];
    if of > 1 {
        let next = if usize::from(place) + 1 < of { place + 1 } else { 0 };
        row.push(button(text::next_context(script), Press::Context(view, next)));
    }
    row.extend(original(url, script));
    rows([row])
}

/// Under a passage near a declined question.
pub(crate) fn near(view: View, url: Option<&str>, script: Script) -> InlineKeyboardMarkup {
    let mut row = vec![button(text::back(script), Press::Show(view))];
    row.extend(original(url, script));
    rows([row])
}

/// Example questions, one a row.
pub(crate) fn examples(examples: &[Example], generation: ShortId) -> InlineKeyboardMarkup {
    rows(
        examples
            .iter()
            .take(EXAMPLES)
            .map(|example| vec![button(&example.question, Press::Example(generation, example.passage))]),
    )
}

/// What is left of an answer whose generation is gone.
pub(crate) fn again(question: QuestionId, script: Script) -> InlineKeyboardMarkup {
    rows([vec![button(text::again(script), Press::Again(question))]])
}

/// The languages, with the automatic choice last.
pub(crate) fn languages(script: Script) -> InlineKeyboardMarkup {
    let named = Script::ALL.map(|script| button(script.name(), Press::Language(Some(script))));
    rows([named.to_vec(), vec![button(text::automatic(script), Press::Language(None))]])
}

/// Under a card of inline mode that shows an excerpt.
pub(crate) fn card(around: Press, url: Option<&str>, script: Script) -> InlineKeyboardMarkup {
    let mut row = vec![button(text::context(script), around)];
    row.extend(original(url, script));
    rows([row])
}

/// Under the passage of a card.
pub(crate) fn around(card: Press, url: Option<&str>, script: Script) -> InlineKeyboardMarkup {
    let mut row = vec![button(text::back(script), card)];
    row.extend(original(url, script));
    rows([row])
}
