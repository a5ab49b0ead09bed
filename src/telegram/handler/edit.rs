//! An edited message: its answers are edited, or taken back where it asks nothing any more.

use std::sync::Arc;

use teloxide::types::Message;

use crate::telegram::intake::{Context, Freshness};
use crate::telegram::small_talk::small_talk;

use super::address::{Addressed, addressed};
use super::asker::Asker;
use super::desk::Desk;
use super::listen::{answer_replied_to, listen};
use super::question::{Asked, ask, withdraw};

pub(super) async fn handle(desk: Arc<Desk>, context: Context, message: Message) -> anyhow::Result<()> {
    if context.freshness == Freshness::Late {
        return Ok(());
    }
    let asked = match addressed(&message, &desk.me) {
        Some(Addressed::Words(words)) if !words.is_empty() => Some(words),
        Some(Addressed::Command(name, rest)) if name == "ask" && !rest.is_empty() => Some(rest),
        _ => None,
    };
    let asker = Asker::of_message(&desk, &message).await?;
    let before = desk.journal.questions_in(asker.chat, message.id.0).await?;
    match asked.filter(|words| small_talk(words).is_none()) {
        // It asked nothing before: now it may.
        Some(words) if before.is_empty() => listen(&desk, &context, asker, &message, words).await,
        Some(text) => {
            let replied = answer_replied_to(&desk, &asker, &message).await?;
            ask(&desk, &context, asker, Asked { text, message: Some(message.id.0), replied, before }).await
        }
        None => {
            for old in before {
                withdraw(&desk, &context, &asker, &old).await;
            }
            Ok(())
        }
    }
}
