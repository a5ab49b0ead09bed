//! A question: read, answered, written down, sent. The journal has it before the message goes out, because the message's
//! buttons name it.

use std::time::Instant;

use crate::answer::{Outcome, Question};
use crate::journal::{QuestionId, StoredQuestion};
use crate::telegram::callback::{Reading, View};
use crate::telegram::edition::Edition;
use crate::telegram::follow_up::{self, Earlier, Leaning, Part, When, together};
use crate::telegram::intake::Context;
use crate::telegram::message::Frame;
use crate::telegram::quota::Turn;
use crate::telegram::reply::Reply;
use crate::telegram::script::is_foreign;
use crate::telegram::sender::{Body, Request, Target};
use crate::telegram::split::{MAX_QUESTIONS, Questions, questions};
use crate::telegram::{sender, text};

use super::asker::{self, Asker, park_number};
use super::desk::Desk;
use super::{content, stored};

/// What is asked.
pub(super) struct Asked {
    /// The words.
    pub(super) text: String,
    /// The message that asks; `None` where a button asks.
    pub(super) message: Option<i32>,
    /// The answer that it replies to.
    pub(super) replied: Option<Replied>,
    /// The questions of this message that are in the journal: it was edited, or handling it was cut off.
    pub(super) before: Vec<StoredQuestion>,
}

/// An answer that a message replies to.
pub(super) struct Replied {
    /// The park that it is about.
    pub(super) park: Option<String>,
    /// The question that it answers.
    pub(super) question: StoredQuestion,
}

/// Answers everything that a message asks. Answers that it has already stay if they are to the same questions.
pub(super) async fn ask(desk: &Desk, context: &Context, mut asker: Asker, what: Asked) -> anyhow::Result<()> {
    let edition = desk.editions.current();
    let (parts, more) = parted(desk, &edition, &what.text).await?;
    let several = parts.len() > 1;
    let mut earlier = match &what.replied {
        Some(replied) => Some(stored::earlier(&replied.question)),
        // An example says all that it means.
        None if what.message.is_none() => None,
        None => {
            let (since, first) = (asker::held_since(), what.before.first().map(|first| first.id));
            let last = desk.journal.question_before(asker.chat, asker.person, since, first).await?;
            last.as_ref().map(stored::earlier)
        }
    };
    if let Some(park) = what.replied.and_then(|replied| replied.park) {
        asker.park = Some(park);
    }
    let mut before = what.before.into_iter();
    for (place, part) in parts.iter().enumerate() {
        let mut old = before.next();
        let done =
            old.as_ref().is_some_and(|old| old.question.text == part.text && old.question.answer_message.is_some());
        if done {
            // What follows takes its park, whether it is answered now or was then.
            earlier = old.as_ref().map(stored::earlier);
            asker.park = old.take().and_then(|old| old.question.park).or(asker.park);
            continue;
        }
        if !may_ask(desk, context, &asker, &part.text).await? {
            break;
        }
        let mut frame =
            Frame { asked: (several || what.message.is_none()).then(|| part.text.clone()), ..Frame::default() };
        if more && place + 1 == MAX_QUESTIONS {
            frame.notes.push(text::four_at_most(asker.script_for(&part.text)).to_owned());
        }
        earlier = answer(desk, context, &mut asker, &edition, part, what.message, old, earlier, frame).await?;
    }
    for rest in before {
        withdraw(desk, context, &asker, &rest).await;
    }
    Ok(())
}

/// The questions of a message, and whether there were more. Commas part one only where that says more: it is not answered as
/// one, and each of its parts is.
async fn parted(desk: &Desk, edition: &Edition, text: &str) -> anyhow::Result<(Vec<Part>, bool)> {
    let Questions { all, more } = questions(text);
    if let [only] = all.as_slice()
        && let Some(parts) = follow_up::series(&edition.generation.knowledge, only)
        && !is_answered(desk, edition, only).await?
    {
        let mut are_answered = true;
        for part in &parts {
            let about = part.leaning.as_ref().map(|leaning| leaning.about.as_str());
            are_answered = are_answered && is_answered(desk, edition, &together(about, &part.text)).await?;
        }
        if are_answered {
            return Ok((parts, false));
        }
    }
    Ok((all.into_iter().map(Part::from).collect(), more))
}

async fn is_answered(desk: &Desk, edition: &Edition, text: &str) -> anyhow::Result<bool> {
    let Ok(question) = Question::new(text) else { return Ok(false) };
    Ok(desk.reply(edition, question, Reading::default()).await?.answer.outcome == Outcome::Answered)
}

/// Whether a person may ask one more; they are told once if not.
pub(super) async fn may_ask(desk: &Desk, context: &Context, asker: &Asker, text: &str) -> anyhow::Result<bool> {
    match desk.quota.take(asker.person, tokio::time::Instant::now()) {
        Turn::Free => Ok(true),
        Turn::Told => Ok(false),
        Turn::TooFast => {
            let text = text::too_fast(asker.script_for(text), desk.questions_per_minute);
            context.sender.send(Request::Send { to: asker.to.clone(), body: Body { text, ..Body::default() } }).await;
            Ok(false)
        }
    }
}

/// Answers one question. Returns it as the one before the next.
#[expect(clippy::too_many_arguments, reason = "a question, who asks it, and where its answer goes: used once")]
async fn answer(
    desk: &Desk,
    context: &Context,
    asker: &mut Asker,
    edition: &Edition,
    part: &Part,
    message: Option<i32>,
    old: Option<StoredQuestion>,
    earlier: Option<Earlier>,
    mut frame: Frame,
) -> anyhow::Result<Option<Earlier>> {
    let words = part.text.as_str();
    if let Some(rehearse) = &desk.rehearsal {
        rehearse(words);
    }
    let script = asker.script_for(words);
    let place = old.as_ref().and_then(|old| old.question.answer_message);
    let knowledge = &edition.generation.knowledge;
    let Ok(question) = Question::new(words) else {
        send(context, asker, place, content::no_words(edition, script)).await?;
        return Ok(earlier);
    };
    let leaning = part.leaning.clone();
    let leaning = leaning.or_else(|| follow_up::leaning(knowledge, &question, earlier.as_ref()?));
    let leans = leaning.as_ref().is_some_and(|leaning| leaning.when == When::Always);
    if let Some(park) = follow_up::park_alone(knowledge, &question).filter(|_| !leans) {
        let name = knowledge.parks.all[park].name.clone();
        send(context, asker, place, content::about_park(edition, park, script)).await?;
        desk.journal.set_park(asker.chat, asker.person, Some(name.clone())).await?;
        asker.park = Some(name);
        return Ok(earlier);
    }
    if question.was_cut() {
        frame.notes.push(text::cut(script).to_owned());
    }
    let started = Instant::now();
    let reply = find(desk, asker, edition, &question, leaning, &mut frame).await?;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    if is_bare(&question, &reply) && frame.about.is_none() {
        send(context, asker, place, content::too_bare(edition, script)).await?;
        return Ok(earlier);
    }
    // Figures alone are in no language.
    let has_letters = words.chars().any(char::is_alphabetic);
    if reply.answer.outcome == Outcome::Declined && has_letters && is_foreign(words) {
        frame.notes.push(text::ask_in_chinese(script).to_owned());
    }
    tracing::debug!(outcome = ?reply.answer.outcome, micros, "a question was answered");
    let mut row = stored::row(asker, message, words, script, edition, &reply, micros);
    row.answer_message = place;
    row.about.clone_from(&frame.about);
    let id = match old {
        Some(old) if desk.journal.replace_question(old.id, row.clone()).await? => old.id,
        _ => desk.journal.add_question(row).await?,
    };
    let view = View { question: id, generation: edition.short, reading: reply.reading, page: 0 };
    let body = stored::body(&reply, view, edition, script, &frame);
    let sent = send(context, asker, place, body).await?;
    remember(desk, asker, edition, id, &reply, sent).await?;
    let declined = reply.answer.outcome == Outcome::Declined;
    Ok(Some(Earlier { text: words.to_owned(), about: frame.about, declined }))
}

/// Finds what answers a question: alone, or together with what it takes from the one before, which the frame then says.
async fn find(
    desk: &Desk,
    asker: &Asker,
    edition: &Edition,
    question: &Question,
    leaning: Option<Leaning>,
    frame: &mut Frame,
) -> anyhow::Result<Reply> {
    let carried = asker.park.as_deref().and_then(|park| park_number(edition, park));
    let reading = Reading { carried, ..Reading::default() };
    let alone = desk.reply(edition, question.clone(), reading).await?;
    let Some(Leaning { about, when }) = leaning else { return Ok(alone) };
    let both = Question::new(&together(Some(&about), question.text()))?;
    let both = desk.reply(edition, both, reading).await?;
    if !when.takes(&about, &both, &alone) {
        return Ok(alone);
    }
    frame.about = Some(about);
    Ok(both)
}

/// Whether a question is so short that declining it would only puzzle.
fn is_bare(question: &Question, reply: &Reply) -> bool {
    let letters = question.text().chars().filter(|c| c.is_alphanumeric()).count();
    letters == 1 || (letters == 2 && reply.answer.outcome == Outcome::Declined)
}

/// Sends a message, or puts it into the place of the one that was sent before. Returns the message.
pub(super) async fn send(
    context: &Context,
    asker: &Asker,
    place: Option<i32>,
    body: Body,
) -> anyhow::Result<Option<i32>> {
    let to = asker.to.clone();
    if let Some(place) = place {
        let target = Target::Chat(to.chat, teloxide::types::MessageId(place));
        match context.sender.send(Request::Edit { target, body: body.clone() }).await {
            sender::Outcome::Gone => {}
            _ => return Ok(Some(place)),
        }
    }
    Ok(context.sender.send(Request::Send { to, body }).await.message().map(|message| message.0))
}

/// Notes what the next question may need: which message answers, and which park it is about.
pub(super) async fn remember(
    desk: &Desk,
    asker: &mut Asker,
    edition: &Edition,
    id: QuestionId,
    reply: &Reply,
    sent: Option<i32>,
) -> anyhow::Result<()> {
    let knowledge = &edition.generation.knowledge;
    let park = reply.park(knowledge).map(|park| knowledge.parks.all[park].name.clone());
    // A refusal leads nowhere: what is talked about stays.
    let before = asker.park.take().filter(|_| reply.answer.outcome == Outcome::Declined);
    asker.park = park.or(before);
    let message = async {
        match sent {
            Some(message) => desk.journal.set_answer_message(id, message).await.map(drop),
            None => Ok(()),
        }
    };
    let park = desk.journal.set_park(asker.chat, asker.person, asker.park.clone());
    let (message, park) = tokio::join!(message, park);
    message?;
    Ok(park?)
}

/// Takes back the answer to a question that was edited away.
pub(super) async fn withdraw(desk: &Desk, context: &Context, asker: &Asker, old: &StoredQuestion) {
    let Some(place) = old.question.answer_message else { return };
    let text = text::question_edited_away(asker.script_after(&old.question.script)).to_owned();
    let target = Target::Chat(asker.to.chat, teloxide::types::MessageId(place));
    context.sender.send(Request::Edit { target, body: Body { text, ..Body::default() } }).await;
    if let Err(error) =
        desk.journal.replace_question(old.id, crate::journal::Question { message: None, ..old.question.clone() }).await
    {
        tracing::warn!("a question that was edited away stays: {error}");
    }
}

/// Sends a message that is no answer.
pub(super) async fn say(context: &Context, asker: &Asker, body: Body) {
    context.sender.send(Request::Send { to: asker.to.clone(), body }).await;
}
