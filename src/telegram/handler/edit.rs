//! An edited message: its answers are edited.

use std::sync::Arc;

use teloxide::types::Message;

use crate::telegram::intake::{Context, Freshness};
use crate::telegram::small_talk::small_talk;

use super::address::{Addressed, addressed};
use super::asker::Asker;
use super::desk::Desk;
use super::listen::{listen, park_replied_to};
use super::question::{Asked, ask};

pub(super) async fn handle(desk: Arc<Desk>, context: Context, message: Message) -> anyhow::Result<()> {
    if context.freshness == Freshness::Late {
        return Ok(());
    }
    let words = match addressed(&message, &desk.me) {
        Some(Addressed::Words(words)) if !words.is_empty() => words,
        Some(Addressed::Command(name, rest)) if name == "ask" && !rest.is_empty() => rest,
        _ => return Ok(()),
    };
    let asker = Asker::of_message(&desk, &message).await?;
    let before = desk.journal.questions_in(asker.chat, message.id.0).await?;
    if before.is_empty() {
        // It asked nothing before: now it may.
        return if small_talk(&words).is_some() {
            Ok(())
        } else {
            listen(&desk, &context, asker, &message, words).await
        };
    }
    let park = park_replied_to(&desk, &asker, &message).await?;
    ask(&desk, &context, asker, Asked { text: words, message: Some(message.id.0), park, before }).await
}
