//! A reply as the journal keeps it, and a question of the journal as a message shows it.

use crate::answer::{EmptyQuestion, Outcome, Question};
use crate::journal::{Cited, Question as Stored, StoredQuestion, now};
use crate::telegram::callback::View;
use crate::telegram::edition::Edition;
use crate::telegram::follow_up::{Earlier, together};
use crate::telegram::message::{self, Frame};
use crate::telegram::reply::Reply;
use crate::telegram::script::Script;
use crate::telegram::sender::Body;
use crate::telegram::{keyboard, shelf};

use super::asker::Asker;

/// A question and its reply, for the journal.
pub(super) fn row(
    asker: &Asker,
    message: Option<i32>,
    text: &str,
    script: Script,
    edition: &Edition,
    reply: &Reply,
    micros: u64,
) -> Stored {
    let answer = &reply.answer;
    let park = reply.searched().and_then(|park| edition.generation.knowledge.parks.all.get(park));
    Stored {
        asked_at: now(),
        person: asker.person,
        chat: asker.chat,
        message,
        answer_message: None,
        text: text.to_owned(),
        about: None,
        script: script.tag().to_owned(),
        outcome: answer.outcome,
        confidence: answer.confidence,
        generation: edition.generation.id.clone(),
        park: park.map(|park| park.name.clone()),
        missing: answer.missing.clone(),
        micros,
        citations: cited(reply, 0),
    }
}

/// A question of the journal as it was asked: with what it takes from the one before it.
pub(super) fn question(stored: &StoredQuestion) -> Result<Question, EmptyQuestion> {
    Question::new(&together(stored.question.about.as_deref(), &stored.question.text))
}

/// A question of the journal as the one before another.
pub(super) fn earlier(stored: &StoredQuestion) -> Earlier {
    let question = &stored.question;
    Earlier {
        text: question.text.clone(),
        about: question.about.clone(),
        declined: question.outcome == Outcome::Declined,
    }
}

/// What a page quotes.
pub(super) fn cited(reply: &Reply, page: u8) -> Vec<Cited> {
    let cited = |citation: &&crate::answer::Citation| {
        Some(Cited { document: citation.source.path.clone(), passage: u32::try_from(citation.passage).ok()? })
    };
    reply.shown(page).iter().filter_map(cited).collect()
}

/// An answer as a message.
pub(super) fn body(reply: &Reply, view: View, edition: &Edition, script: Script, frame: &Frame) -> Body {
    let knowledge = &edition.generation.knowledge;
    let rich = message::answer(reply, &knowledge.parks, view.page, script, frame);
    shelf::body(rich, keyboard::answer(reply, view, knowledge, script))
}
