//! What a person says in words: small talk, more of an answer, or a question, with the answer that it replies to.

use teloxide::types::Message;

use crate::telegram::intake::Context;
use crate::telegram::small_talk::{SmallTalk, small_talk};

use super::address::replied_to_us;
use super::asker::Asker;
use super::content;
use super::desk::Desk;
use super::more::more;
use super::question::{Asked, Replied, ask, say};

/// What somebody else wrote, where a message replies to it.
pub(super) fn words_replied_to(desk: &Desk, message: &Message) -> Option<String> {
    let original = message.reply_to_message().filter(|_| !replied_to_us(message, &desk.me))?;
    let text = original.text().or(original.caption())?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Small talk or a question.
pub(super) async fn listen(
    desk: &Desk,
    context: &Context,
    asker: Asker,
    message: &Message,
    mut words: String,
) -> anyhow::Result<()> {
    let mut talk = small_talk(&words);
    if talk == Some(SmallTalk::Refer)
        && let Some(meant) = words_replied_to(desk, message)
    {
        talk = small_talk(&meant);
        words = meant;
    }
    if talk == Some(SmallTalk::More) {
        return more(desk, context, asker, message, &words).await;
    }
    if let Some(talk) = talk {
        let body = content::small_talk(talk, &desk.editions.current(), asker.script_for(&words));
        say(context, &asker, body).await;
        return Ok(());
    }
    // After a crash, what was answered stays answered.
    let before =
        if context.attempt > 1 { desk.journal.questions_in(asker.chat, message.id.0).await? } else { Vec::new() };
    let replied = answer_replied_to(desk, &asker, message).await?;
    ask(desk, context, asker, Asked { text: words, message: Some(message.id.0), replied, before }).await
}

/// The answer that a message replies to: its last question, and the park that it is about.
pub(super) async fn answer_replied_to(
    desk: &Desk,
    asker: &Asker,
    message: &Message,
) -> anyhow::Result<Option<Replied>> {
    let Some(original) = message.reply_to_message().filter(|_| replied_to_us(message, &desk.me)) else {
        return Ok(None);
    };
    let answered = desk.journal.questions_answered_by(asker.chat, original.id.0).await?;
    let Some(question) = answered.into_iter().next_back() else { return Ok(None) };
    if question.question.park.is_some() {
        return Ok(Some(Replied { park: question.question.park.clone(), question }));
    }
    let knowledge = &desk.editions.current().generation.knowledge;
    let cited = question.question.citations.first();
    let document = cited.and_then(|cited| {
        knowledge.corpus.documents.iter().position(|document| document.source.path == cited.document)
    });
    let park = document.and_then(|document| knowledge.parks.of_document(document));
    let park = park.and_then(|park| knowledge.parks.all.get(park)).map(|park| park.name.clone());
    Ok(Some(Replied { park, question }))
}
