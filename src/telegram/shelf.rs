//! What there is to read: parks, their documents, outlines, and passages to leaf through. Pure: makes messages.

use teloxide::types::InlineKeyboardMarkup;

use crate::corpus::Passage;

use super::callback::Press;
use super::edition::Edition;
use super::keyboard::{button, original, rows};
use super::message;
use super::rich::{Rich, shortened};
use super::script::Script;
use super::sender::Body;
use super::text;

/// Parks, documents or sections of one page.
const A_PAGE: usize = 8;
/// The number that stands for documents of no park.
const NO_PARK: u16 = u16::MAX;

/// A page of the parks.
pub(crate) fn parks(edition: &Edition, page: u16, script: Script) -> Body {
    let groups = groups(edition, script);
    let (page, pages) = paged(groups.len(), page);
    let mut rich = Rich::default();
    rich.bold(text::parks_title(script));
    let mut all = Vec::new();
    for (park, name, documents) in groups.iter().skip(usize::from(page) * A_PAGE).take(A_PAGE) {
        rich.push("\n").push(&text::park_line(script, &shortened(name, 40), documents.len()));
        all.push(vec![button(&script.write(name), Press::Park(edition.short, *park, 0))]);
    }
    rich.push("\n\n").push(text::parks_hint(script));
    all.push(turn(page, pages, Press::Parks, script));
    body(rich, rows(all))
}

/// A page of the documents of a park; `None` if there is no such park.
pub(crate) fn park(edition: &Edition, park: u16, page: u16, script: Script) -> Option<Body> {
    let (_, name, documents) = groups(edition, script).into_iter().find(|(number, ..)| *number == park)?;
    let (page, pages) = paged(documents.len(), page);
    let mut rich = Rich::default();
    rich.bold(&shortened(&script.write(&name), 40));
    let mut all = Vec::new();
    for &number in documents.iter().skip(usize::from(page) * A_PAGE).take(A_PAGE) {
        let document = edition.generation.knowledge.corpus.documents.get(number)?;
        rich.push("\n\n");
        message::source(&mut rich, &document.source, &[], edition.lapse(number).as_ref(), script);
        let label = if documents.len() == 1 {
            text::outline(script).to_owned()
        } else {
            text::outline_of(script, &document.source.title)
        };
        all.push(vec![button(&label, Press::Outline(edition.short, u16::try_from(number).ok()?, 0))]);
    }
    all.push(turn(page, pages, |page| Press::Park(edition.short, park, page), script));
    all.push(vec![button(text::parks(script), Press::Parks(0))]);
    Some(body(rich, rows(all)))
}

/// A page of the outline of a document; `None` if there is no such document.
pub(crate) fn outline(edition: &Edition, document: u16, page: u16, script: Script) -> Option<Body> {
    let corpus = &edition.generation.knowledge.corpus;
    let source = &corpus.documents.get(usize::from(document))?.source;
    let sections = sections(edition, document.into());
    let (page, pages) = paged(sections.len(), page);
    let mut rich = Rich::default();
    message::source(&mut rich, source, &[], edition.lapse(document.into()).as_ref(), script);
    rich.push("\n\n").push(text::outline_hint(script));
    let mut all: Vec<_> = sections
        .iter()
        .skip(usize::from(page) * A_PAGE)
        .take(A_PAGE)
        .map(|(passage, label)| vec![button(label, Press::Read(edition.short, *passage))])
        .collect();
    if pages > 1 {
        rich.push(&format!(" {}/{pages}", page + 1));
    }
    all.push(turn(page, pages, |page| Press::Outline(edition.short, document, page), script));
    let mut last = vec![button(text::parks(script), Press::Parks(0))];
    last.extend(original(source.url.as_deref(), script));
    all.push(last);
    Some(body(rich, rows(all)))
}

/// A passage of a document, with the way to its neighbours and to the outline.
pub(crate) fn read(edition: &Edition, number: u32, script: Script) -> Option<Body> {
    let corpus = &edition.generation.knowledge.corpus;
    let at = number as usize;
    let passage = corpus.passages.get(at)?;
    let source = corpus.source(passage);
    let lapse = edition.lapse(passage.document);
    let rich = message::passage(corpus.text(passage), None, source, &passage.headings, lapse.as_ref(), script);
    let is_neighbour =
        |other: usize| corpus.passages.get(other).is_some_and(|other| other.document == passage.document);
    let mut turns = Vec::new();
    if at > 0 && is_neighbour(at - 1) {
        turns.push(button(text::previous_passage(script), Press::Read(edition.short, number - 1)));
    }
    if is_neighbour(at + 1) {
        turns.push(button(text::next_passage(script), Press::Read(edition.short, number + 1)));
    }
    let document = u16::try_from(passage.document).ok()?;
    let place = sections(edition, passage.document).iter().rposition(|(first, _)| *first <= number).unwrap_or(0);
    let page = u16::try_from(place / A_PAGE).ok()?;
    let mut last = vec![button(text::to_outline(script), Press::Outline(edition.short, document, page))];
    last.extend(original(source.url.as_deref(), script));
    Some(body(rich, rows([turns, last])))
}

/// The parks with their names and documents; those of no park come last.
fn groups(edition: &Edition, script: Script) -> Vec<(u16, String, Vec<usize>)> {
    let knowledge = &edition.generation.knowledge;
    let parks = knowledge.parks.all.iter().enumerate();
    let mut groups: Vec<(u16, String, Vec<usize>)> = parks
        .filter_map(|(number, park)| Some((u16::try_from(number).ok()?, park.name.clone(), park.documents.clone())))
        .collect();
    let others: Vec<usize> = (0..knowledge.corpus.documents.len())
        .filter(|document| knowledge.parks.of_document(*document).is_none())
        .collect();
    if !others.is_empty() {
        groups.push((NO_PARK, text::other_documents(script).to_owned(), others));
    }
    groups
}

/// The sections of a document: the first passage of each, and its heading, with the one above it.
fn sections(edition: &Edition, document: usize) -> Vec<(u32, String)> {
    let corpus = &edition.generation.knowledge.corpus;
    let of_document = corpus.passages.iter().enumerate().filter(|(_, passage)| passage.document == document);
    let mut sections: Vec<(u32, &Passage)> = Vec::new();
    for (number, passage) in of_document {
        if sections.last().is_none_or(|(_, last)| last.headings != passage.headings) {
            sections.extend(u32::try_from(number).ok().map(|number| (number, passage)));
        }
    }
    let label = |passage: &Passage| match &*passage.headings {
        [] => corpus.source(passage).title.clone(),
        [.., last] if passage.answers_heading => last.clone(),
        [.., above, last] => format!("{} › {last}", shortened(above, 10)),
        [last] => last.clone(),
    };
    sections.into_iter().map(|(number, passage)| (number, label(passage))).collect()
}

/// A page that exists, and how many there are.
fn paged(items: usize, page: u16) -> (u16, u16) {
    let pages = u16::try_from(items.div_ceil(A_PAGE).max(1)).unwrap_or(u16::MAX);
    (page.min(pages - 1), pages)
}

/// The buttons to the pages before and after.
fn turn(
    page: u16,
    pages: u16,
    to: impl Fn(u16) -> Press,
    script: Script,
) -> Vec<teloxide::types::InlineKeyboardButton> {
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(button(text::previous_page(script), to(page - 1)));
    }
    if page + 1 < pages {
        turns.push(button(text::next_page(script), to(page + 1)));
    }
    turns
}

pub(crate) fn body(rich: Rich, keyboard: InlineKeyboardMarkup) -> Body {
    let (text, entities) = rich.finish();
    Body { text, entities, keyboard: Some(keyboard).filter(|keyboard| !keyboard.inline_keyboard.is_empty()) }
}
