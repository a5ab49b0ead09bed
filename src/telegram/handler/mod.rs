//! What is done with updates: one file per kind. The tree tells the kinds apart and knows nothing of answers.

mod address;
mod asker;
mod callback;
mod command;
mod content;
mod desk;
mod edit;
mod inline;
mod listen;
mod message;
mod more;
mod operator;
mod pressed;
mod question;
mod stored;

use std::sync::Arc;

use teloxide::dispatching::{UpdateFilterExt as _, UpdateHandler};
use teloxide::dptree;
use teloxide::types::{AllowedUpdate, Update, UpdateKind};

pub(crate) use desk::Desk;
pub use desk::Rehearsal;
pub(crate) use operator::Office;

use super::intake::Failure;
use super::script::Script;
use super::sender::{Alert, Body, Destination, Request};
use super::text;

/// The kinds of update that the tree takes; no others are asked for.
pub(crate) const KINDS: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::ChosenInlineResult,
];

/// A branch for each kind of update.
pub(crate) fn tree() -> UpdateHandler<anyhow::Error> {
    dptree::entry()
        .branch(Update::filter_message().endpoint(message::handle))
        .branch(Update::filter_edited_message().endpoint(edit::handle))
        .branch(Update::filter_callback_query().endpoint(callback::handle))
        .branch(Update::filter_inline_query().endpoint(inline::handle))
        .branch(Update::filter_chosen_inline_result().endpoint(inline::chosen))
}

/// What a person is told whose update could not be handled; nobody is told who did not speak to us.
pub(crate) async fn apologise(desk: Arc<Desk>, update: Update, _failure: Failure) -> Option<Request> {
    match &update.kind {
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => {
            address::addressed(message, &desk.me)?;
            let said = message.text().or(message.caption()).unwrap_or_default();
            let code = message.from.as_ref().and_then(|from| from.language_code.as_deref());
            let text = text::failed(Script::of_text(said, code)).to_owned();
            let to: Destination = address::destination(message);
            Some(Request::Send { to, body: Body { text, ..Body::default() } })
        }
        UpdateKind::CallbackQuery(query) => {
            let text = text::button_failed(Script::of_app(query.from.language_code.as_deref())).to_owned();
            Some(Request::AnswerCallback { id: query.id.clone(), text: Some(text), alert: Alert::Standing })
        }
        _ => None,
    }
}
