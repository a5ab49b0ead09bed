//! A message: for us or not, in time or not, a command, a question or something else.

use std::sync::Arc;

use teloxide::types::{Message, Update};

use crate::journal::Seconds;
use crate::telegram::intake::{Context, Freshness};
use crate::telegram::text;

use super::address::{Addressed, addressed};
use super::asker::Asker;
use super::desk::Desk;
use super::listen::{listen, words_replied_to};
use super::question::say;
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
    say(context, &asker, content::welcome(&desk.editions.current(), script)).await;
    Ok(())
}
