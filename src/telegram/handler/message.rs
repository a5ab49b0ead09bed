//! A message: for us or not, in time or not, a command, a question or something else.

use std::sync::Arc;

use teloxide::types::{Message, Update};

use crate::journal::Seconds;
use crate::telegram::intake::{Context, Freshness};
use crate::telegram::small_talk::{SmallTalk, small_talk};
use crate::telegram::text;

use super::address::{Addressed, addressed, replied_to_us};
use super::asker::Asker;
use super::desk::Desk;
use super::question::{Asked, Replied, ask, say};
use super::{command, content, operator};

/// Seconds in which a chat is told once that questions were missed.
const LATE_NOTICE_EVERY: Seconds = 3600;

pub(super) async fn handle(desk: Arc<Desk>, update: Update, context: Context, message: Message) -> anyhow::Result<()> {
    if let Some(group) = message.migrate_from_chat_id() {
        // What was asked in the group goes on in the supergroup that it became.
        return Ok(desk.journal.move_chat(desk.journal.chat(group.0), desk.journal.chat(message.chat.id.0)).await?);
    }
    let Some(what) = addressed(&message, &desk.me) else {
        tracing::trace!(update = update.id.0, "a message that is not for us");
        return Ok(());
    };
    let asker = Asker::of_message(&desk, &message).await?;
    let said = message.text().or(message.caption()).unwrap_or_default();
    if context.freshness == Freshness::Late {
        if desk.journal.notice_due(asker.chat, "late", LATE_NOTICE_EVERY).await? {
            say(&context, &asker, content::plain(text::late(asker.script_for(said)))).await;
        }
        return Ok(());
    }
    if operator::obey(&desk, &context, &asker, &message, &what).await? {
        return Ok(());
    }
    match what {
        Addressed::Command(name, rest) => command::handle(&desk, &context, asker, &message, &name, rest).await,
        Addressed::Words(words) if words.is_empty() => called(&desk, &context, asker, &message).await,
        Addressed::Words(words) => listen(&desk, &context, asker, &message, words).await,
        Addressed::Content => {
            let (edition, script) = (desk.editions.current(), asker.script());
            say(&context, &asker, content::wordless(&message, &edition, script)).await;
            Ok(())
        }
    }
}

/// Our name alone: under somebody's question, that question is meant.
async fn called(desk: &Desk, context: &Context, asker: Asker, message: &Message) -> anyhow::Result<()> {
    if let Some(text) = words_replied_to(desk, message) {
        return listen(desk, context, asker, message, text).await;
    }
    let script = asker.script();
    say(context, &asker, command::welcome(&desk.editions.current(), script)).await;
    Ok(())
}

/// What somebody else wrote, where a message replies to it.
fn words_replied_to(desk: &Desk, message: &Message) -> Option<String> {
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
