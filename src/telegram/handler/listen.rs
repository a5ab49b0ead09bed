//! What a person says in words: small talk, or a question, with the park of the answer that it replies to.

use teloxide::types::Message;

use crate::telegram::intake::Context;
use crate::telegram::small_talk::small_talk;

use super::address::replied_to_us;
use super::asker::Asker;
use super::content;
use super::desk::Desk;
use super::question::{Asked, ask, say};

/// Small talk or a question.
pub(super) async fn listen(
    desk: &Desk,
    context: &Context,
    asker: Asker,
    message: &Message,
    words: String,
) -> anyhow::Result<()> {
    if let Some(talk) = small_talk(&words) {
        let body = content::small_talk(talk, &desk.editions.current(), asker.script_for(&words));
        say(context, &asker, body).await;
        return Ok(());
    }
    // After a crash, what was answered stays answered.
    let before =
        if context.attempt > 1 { desk.journal.questions_in(asker.chat, message.id.0).await? } else { Vec::new() };
    let park = park_replied_to(desk, &asker, message).await?;
    ask(desk, context, asker, Asked { text: words, message: Some(message.id.0), park, before }).await
}

/// The park of the answer that a message replies to.
pub(super) async fn park_replied_to(desk: &Desk, asker: &Asker, message: &Message) -> anyhow::Result<Option<String>> {
    let Some(original) = message.reply_to_message().filter(|_| replied_to_us(message, &desk.me)) else {
        return Ok(None);
    };
    let answered = desk.journal.questions_answered_by(asker.chat, original.id.0).await?;
    let Some(last) = answered.into_iter().next_back() else { return Ok(None) };
    if last.question.park.is_some() {
        return Ok(last.question.park);
    }
    let knowledge = &desk.editions.current().generation.knowledge;
    let cited = last.question.citations.first();
    let document = cited.and_then(|cited| {
        knowledge.corpus.documents.iter().position(|document| document.source.path == cited.document)
    });
    let park = document.and_then(|document| knowledge.parks.of_document(document));
    Ok(park.and_then(|park| knowledge.parks.all.get(park)).map(|park| park.name.clone()))
}
