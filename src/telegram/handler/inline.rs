//! Inline mode: excerpts as cards that send the same message as an answer. Typing is not written down; what is sent is.

use std::sync::Arc;

use teloxide::payloads::{AnswerInlineQuery, AnswerInlineQuerySetters as _};
use teloxide::types::{
    ChosenInlineResult, InlineKeyboardMarkup, InlineQuery, InlineQueryResult, InlineQueryResultArticle,
    InlineQueryResultsButton, InlineQueryResultsButtonKind, InputMessageContent, InputMessageContentText,
};

use crate::analysis::script::slice;
use crate::answer::{Citation, Excerpt, Outcome, Question};
use crate::telegram::callback::{Press, Reading, ShortId, View};
use crate::telegram::edition::Edition;
use crate::telegram::intake::Context;
use crate::telegram::message::{self, Frame};
use crate::telegram::reply::Reply;
use crate::telegram::rich::shortened;
use crate::telegram::script::Script;
use crate::telegram::sender::{Body, Request, Target, no_preview};
use crate::telegram::{keyboard, shelf, text};

use super::asker::Asker;
use super::desk::Desk;
use super::stored;

/// Cards for one query.
const MAX_CARDS: usize = 6;
/// Seconds for which Telegram may show the same cards again. After a reload old cards go soon; their ids name their
/// generation, so that one that is sent is still the one that was shown.
const CACHE_SECONDS: u32 = 30;
/// The longest title and description of a card, in characters.
const MAX_TITLE_CHARS: usize = 60;
const MAX_DESCRIPTION_CHARS: usize = 120;

pub(super) async fn handle(desk: Arc<Desk>, context: Context, query: InlineQuery) -> anyhow::Result<()> {
    let edition = desk.editions.current();
    let asker = Asker::of_user(&desk, &query.from, None).await?;
    let cards = match query.query.trim() {
        "" => examples(&desk, &edition, &asker).await?,
        words => found(&desk, &edition, words, asker.script_for(words)).await?,
    };
    let is_empty = cards.is_empty();
    let mut answer = AnswerInlineQuery::new(query.id, cards).cache_time(CACHE_SECONDS).is_personal(true);
    if is_empty {
        let start_parameter = "inline".to_owned();
        let text = text::ask_in_private(asker.script()).to_owned();
        answer = answer.button(InlineQueryResultsButton {
            text,
            kind: InlineQueryResultsButtonKind::StartParameter(start_parameter),
        });
    }
    context.sender.send(Request::AnswerInline(Box::new(answer))).await;
    Ok(())
}

/// A card was sent: its question is written down, and its message gets the buttons of an answer.
pub(super) async fn chosen(desk: Arc<Desk>, context: Context, chosen: ChosenInlineResult) -> anyhow::Result<()> {
    let Some(inline) = chosen.inline_message_id else { return Ok(()) };
    let Some((generation, passage, start)) = parse(&chosen.result_id) else { return Ok(()) };
    let Some(edition) = desk.editions.find(generation) else { return Ok(()) };
    let corpus = &edition.generation.knowledge.corpus;
    let heading =
        corpus.passages.get(passage).filter(|passage| passage.answers_heading).and_then(|p| p.headings.last());
    let words = match chosen.query.trim() {
        "" => heading.cloned().unwrap_or_default(),
        words => words.to_owned(),
    };
    let Ok(question) = Question::new(&words) else { return Ok(()) };
    let asker = Asker::of_user(&desk, &chosen.from, None).await?;
    let script = asker.script_for(&words);
    let reply = desk.reply(&edition, question, Reading::default()).await?;
    let place = reply.answer.citations.iter().position(|c| c.passage == passage && c.excerpt.start == start);
    let Some(place) = place else { return Ok(()) };
    let page = u8::try_from(reply.page_of(place))?;
    let id = desk.journal.add_question(stored::row(&asker, None, &words, script, &edition, &reply, 0)).await?;
    let view = View { question: id, generation: edition.short, reading: reply.reading, page };
    let keyboard = Some(keyboard::answer(&reply, view, &edition.generation.knowledge, script));
    context.sender.send(Request::EditKeyboard { target: Target::Inline(inline), keyboard }).await;
    Ok(())
}

/// Example questions with their answers.
async fn examples(desk: &Desk, edition: &Edition, asker: &Asker) -> anyhow::Result<Vec<InlineQueryResult>> {
    let mut cards = Vec::new();
    for example in edition.examples.iter().take(MAX_CARDS) {
        let Ok(question) = Question::new(&example.question) else { continue };
        let reply = desk.reply(edition, question, Reading::default()).await?;
        let script = asker.script();
        cards.extend(card_of(&reply, 0, edition, script, &example.question, &example.question));
    }
    Ok(cards)
}

/// The excerpts that answer what was typed.
async fn found(desk: &Desk, edition: &Edition, words: &str, script: Script) -> anyhow::Result<Vec<InlineQueryResult>> {
    let Ok(question) = Question::new(words) else { return Ok(Vec::new()) };
    let reply = desk.reply(edition, question, Reading::default()).await?;
    if reply.answer.outcome == Outcome::Declined {
        return Ok(Vec::new());
    }
    let title = |citation: &Citation| citation.headings.last().unwrap_or(&citation.source.title).clone();
    let citations = reply.answer.citations.iter().enumerate().take(MAX_CARDS);
    Ok(citations
        .filter_map(|(place, citation)| card_of(&reply, place, edition, script, words, &title(citation)))
        .collect())
}

/// A card that sends one citation of a reply.
fn card_of(
    reply: &Reply,
    place: usize,
    edition: &Edition,
    script: Script,
    asked: &str,
    title: &str,
) -> Option<InlineQueryResult> {
    let citation = reply.answer.citations.get(place)?;
    let mut alone = reply.clone();
    alone.answer.citations = vec![citation.clone()];
    alone.first = 1;
    alone.by_park.clear();
    let frame = Frame { asked: Some(asked.to_owned()), ..Frame::default() };
    let rich = message::answer(&alone, &edition.generation.knowledge.parks, 0, script, &frame);
    let (text, entities) = rich.finish();
    let passage = u32::try_from(citation.passage).ok()?;
    let (start, end) = (u32::try_from(citation.excerpt.start).ok()?, u32::try_from(citation.excerpt.end).ok()?);
    let around = Press::Around(edition.short, passage, start, end);
    let id = format!("{}:{passage}:{start}", edition.short);
    let content = InputMessageContentText::new(text).entities(entities).link_preview_options(no_preview());
    let card = InlineQueryResultArticle::new(id, shortened(title, MAX_TITLE_CHARS), InputMessageContent::Text(content))
        .description(shortened(&citation.excerpt.text.replace('\n', " "), MAX_DESCRIPTION_CHARS))
        .reply_markup(keyboard::card(around, citation.source.url.as_deref(), script));
    Some(card.into())
}

fn parse(result: &str) -> Option<(ShortId, usize, usize)> {
    let mut parts = result.split(':');
    let generation = ShortId::of(parts.next()?)?;
    let (passage, start) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some((generation, passage, start))
}

/// The passage of a card, its excerpt marked.
pub(super) fn around(edition: &Edition, number: u32, start: u32, end: u32, script: Script) -> Option<Body> {
    let corpus = &edition.generation.knowledge.corpus;
    let passage = corpus.passages.get(number as usize)?;
    let at = |byte: u32| (byte as usize).saturating_sub(passage.range.start);
    let source = corpus.source(passage);
    let (marked, lapse) = (at(start)..at(end), edition.lapse(passage.document));
    let rich = message::passage(corpus.text(passage), Some(marked), source, &passage.headings, lapse.as_ref(), script);
    let card = Press::Card(edition.short, number, start, end);
    Some(shelf::body(rich, keyboard::around(card, source.url.as_deref(), script)))
}

/// A card again, by its excerpt.
pub(super) fn card(edition: &Edition, number: u32, start: u32, end: u32, script: Script) -> Option<Body> {
    let corpus = &edition.generation.knowledge.corpus;
    let passage = corpus.passages.get(number as usize)?;
    let (first, last) = (start as usize, end as usize);
    let is_inside = passage.range.start <= first && first < last && last <= passage.range.end;
    let document = &corpus.documents.get(passage.document)?.text;
    let text = Some(first..last).filter(|_| is_inside).filter(|range| document.get(range.clone()).is_some())?;
    let source = corpus.source(passage);
    let excerpt = Excerpt { text: slice(document, text).to_owned(), start: first, end: last, highlights: Vec::new() };
    let lapse = edition.lapse(passage.document);
    let rich = message::passage(&excerpt.text, None, source, &passage.headings, lapse.as_ref(), script);
    let around = Press::Around(edition.short, number, start, end);
    let buttons: InlineKeyboardMarkup = keyboard::card(around, source.url.as_deref(), script);
    Some(shelf::body(rich, buttons))
}
