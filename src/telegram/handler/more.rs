//! More of an answer, where somebody asks for it in words: the page that its button would show, as a message of its own. It
//! stands in the journal like the answer itself, so that more can be had of it in turn, also after a restart.

use std::time::Instant;

use teloxide::types::{InlineKeyboardButtonKind, InlineKeyboardMarkup, Message};

use crate::answer::Outcome;
use crate::journal::{Seconds, StoredQuestion, now};
use crate::telegram::callback::{Press, Reading, ShortId, View};
use crate::telegram::carried::Carried as _;
use crate::telegram::intake::Context;
use crate::telegram::message::Frame;
use crate::telegram::reply::Reply;
use crate::telegram::text;

use super::asker::{Asker, park_number};
use super::desk::Desk;
use super::listen::answer_replied_to;
use super::question::{may_ask, remember, say, send};
use super::{content, stored};

/// For how long the last answer is the one that more is wanted of: whoever reads it may take long.
const ANSWER_HOLDS: Seconds = 60 * 60;

/// An answer that more is wanted of.
struct Shown {
    question: StoredQuestion,
    /// What of it is seen; `None` where only the journal knows.
    view: Option<View>,
}

/// Sends the next page of the answer that a message replies to, or else of the last one.
pub(super) async fn more(
    desk: &Desk,
    context: &Context,
    mut asker: Asker,
    message: &Message,
    words: &str,
) -> anyhow::Result<()> {
    let before = match context.attempt {
        1 => None,
        _ => desk.journal.questions_in(asker.chat, message.id.0).await?.pop(),
    };
    // After a crash, what was answered stays answered.
    if before.as_ref().is_some_and(|before| before.question.answer_message.is_some()) {
        return Ok(());
    }
    let Some(Shown { question: last, view }) = shown(desk, &asker, message, before.as_ref()).await? else {
        say(context, &asker, content::plain(text::for_more(asker.script_for(words)))).await;
        return Ok(());
    };
    if !may_ask(desk, context, &asker, words).await? {
        return Ok(());
    }
    let is_own = last.question.person == asker.person;
    let script = if is_own { asker.script_after(&last.question.script) } else { asker.script_for(words) };
    let mut frame = Frame { about: last.question.about.clone(), ..Frame::default() };
    let generation = view.map(|view| view.generation).or_else(|| ShortId::of(&last.question.generation));
    let loaded = generation.and_then(|generation| desk.editions.find(generation));
    // Of documents that are gone nothing comes next: the question is answered anew.
    let anew = loaded.is_none();
    let edition = loaded.unwrap_or_else(|| desk.editions.current());
    let carried = last.question.park.as_deref().and_then(|park| park_number(&edition, park));
    let stored = Reading { carried, ..Reading::default() };
    let reading = view.filter(|_| !anew).map_or(stored, |view| view.reading);
    let started = Instant::now();
    let reply = desk.reply(&edition, stored::question(&last)?, reading).await?;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let page = if anew { Some(0) } else { next(&reply, view, &last) };
    let Some(page) = page else {
        say(context, &asker, content::no_more(&edition, &reply, script)).await;
        return Ok(());
    };
    if anew {
        frame.notes.push(text::answered_anew(script).to_owned());
    }
    let mut row = stored::row(&asker, Some(message.id.0), &last.question.text, script, &edition, &reply, micros);
    row.about.clone_from(&frame.about);
    row.citations = stored::cited(&reply, page);
    let id = match before {
        Some(before) if desk.journal.replace_question(before.id, row.clone()).await? => before.id,
        _ => desk.journal.add_question(row).await?,
    };
    let view = View { question: id, generation: edition.short, reading: reply.reading, page };
    let sent = send(context, &asker, None, stored::body(&reply, view, &edition, script, &frame)).await?;
    remember(desk, &mut asker, &edition, id, &reply, sent).await
}

/// The answer that more is wanted of: the one replied to, or the last one in the chat before the question `before`.
async fn shown(
    desk: &Desk,
    asker: &Asker,
    message: &Message,
    before: Option<&StoredQuestion>,
) -> anyhow::Result<Option<Shown>> {
    if let Some(replied) = answer_replied_to(desk, asker, message).await? {
        let view = message.reply_to_message().and_then(|original| view(original.reply_markup()?));
        let view = view.filter(|view| view.question == replied.question.id);
        return Ok(Some(Shown { question: replied.question, view }));
    }
    let first = before.map(|before| before.id);
    let last = desk.journal.question_before(asker.chat, asker.person, now() - ANSWER_HOLDS, first).await?;
    Ok(last.map(|question| Shown { question, view: None }))
}

/// What of an answer a message shows, by its buttons: the thumbs carry it, and so does the way back from a passage.
fn view(buttons: &InlineKeyboardMarkup) -> Option<View> {
    let mut all = buttons.inline_keyboard.iter().flatten().filter_map(|button| match &button.kind {
        InlineKeyboardButtonKind::CallbackData(data) => Press::parse(data),
        _ => None,
    });
    let rated = all.clone().find_map(|press| match press {
        Press::Rate(view, _) => Some(view),
        _ => None,
    });
    rated.or_else(|| {
        all.find_map(|press| match press {
            Press::Show(view) | Press::Context(view, _) | Press::Near(view, _) => Some(view),
            _ => None,
        })
    })
}

/// The page after the one that is seen; without a view, that is the one that cites what the journal has.
fn next(reply: &Reply, view: Option<View>, last: &StoredQuestion) -> Option<u8> {
    if reply.answer.outcome == Outcome::Declined || !reply.by_park.is_empty() {
        return None;
    }
    let mut pages = (0..reply.pages()).map_while(|page| u8::try_from(page).ok());
    let seen = match view {
        Some(view) => view.page,
        // The last of those that cite the same, so that more comes to an end.
        None => pages.clone().filter(|page| stored::cited(reply, *page) == last.question.citations).last()?,
    };
    pages.find(|page| *page > seen)
}
