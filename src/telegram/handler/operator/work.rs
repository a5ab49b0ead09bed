//! An order of an operator that is being carried out: who gave it, and how they are answered.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt as _;
use teloxide::types::CallbackQuery;

use crate::journal::Action;
use crate::operation::Failed;
use crate::telegram::handler::asker::Asker;
use crate::telegram::handler::content::plain;
use crate::telegram::handler::desk::Desk;
use crate::telegram::handler::pressed::Pressed;
use crate::telegram::intake::Context;
use crate::telegram::rich::shortened;
use crate::telegram::script::Script;
use crate::telegram::sender::{Body, Destination, Request, Sender};
use crate::telegram::text;

use super::authority::Operator;
use super::folder::Unusable;

/// The longest cause that is told, in characters; the journal has all of it.
const MAX_CAUSE_CHARS: usize = 500;

/// An order that is being carried out.
#[derive(Clone)]
pub(super) struct Work {
    pub(super) desk: Arc<Desk>,
    pub(super) operator: Operator,
    pub(super) script: Script,
    to: Destination,
    sender: Sender,
}

impl Work {
    pub(super) fn new(desk: &Arc<Desk>, context: &Context, asker: &Asker, operator: Operator) -> Self {
        let (to, sender) = (asker.to.clone(), context.sender.clone());
        Self { desk: desk.clone(), operator, script: asker.script(), to, sender }
    }

    /// Sends a message.
    pub(super) async fn say(&self, body: Body) {
        self.sender.send(Request::Send { to: self.to.clone(), body }).await;
    }

    /// Sends a file.
    pub(super) async fn send_file(&self, name: String, bytes: Vec<u8>, caption: String) {
        self.sender.send(Request::Document { to: self.to.clone(), name, bytes, caption }).await;
    }

    /// Shows that something is being done.
    pub(super) fn show_at_work(&self) {
        self.sender.post(Request::Typing { chat: self.to.chat, thread: None });
    }

    /// Writes down what was done to what, and how it ended.
    pub(super) async fn note(&self, action: &str, detail: &str, outcome: &str) -> anyhow::Result<()> {
        let (action, detail, outcome) = (action.to_owned(), detail.to_owned(), outcome.to_owned());
        Ok(self.desk.journal.add_action(Action { operator: self.operator.id(), action, detail, outcome }).await?)
    }

    /// Writes down that something failed, and tells the operator why.
    pub(super) async fn fail(&self, action: &str, detail: &str, error: &anyhow::Error) -> anyhow::Result<()> {
        let cause = format!("{error:#}");
        tracing::warn!("{action} of an operator failed: {cause}");
        let said = if let Some(failed) = error.downcast_ref::<Failed>() {
            text::reload_failed(self.script, failed)
        } else if let Some(Unusable(problem)) = error.downcast_ref::<Unusable>() {
            text::went_wrong(self.script, &shortened(&text::problem(self.script, problem), MAX_CAUSE_CHARS))
        } else {
            text::went_wrong(self.script, &shortened(&cause, MAX_CAUSE_CHARS))
        };
        self.say(plain(&said)).await;
        self.note(action, detail, &format!("failed: {cause}")).await
    }

    /// Does what may take longer than a handler has, while the chat goes on. The operator is told what goes wrong.
    pub(super) fn beside<F>(self, action: &'static str, work: impl FnOnce(Self) -> F)
    where
        F: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let done = AssertUnwindSafe(work(self.clone())).catch_unwind();
        tokio::spawn(async move {
            let cause = match done.await {
                Ok(Ok(())) => return,
                Ok(Err(error)) => error,
                Err(_) => Failed::BrokeOff.into(),
            };
            if let Err(error) = self.fail(action, "", &cause).await {
                tracing::error!("{error:#}");
            }
        });
    }
}

/// The same, given by a button.
#[derive(Clone)]
pub(super) struct PressedWork {
    pub(super) work: Work,
    pub(super) button: Pressed,
    /// Whether the message had buttons when this one was pressed; another press may have taken them.
    has_buttons: bool,
}

impl PressedWork {
    pub(super) fn new(work: Work, query: &CallbackQuery, button: &Pressed) -> Self {
        let message = query.message.as_ref().and_then(|message| message.regular_message());
        let has_buttons = message.is_some_and(|message| message.reply_markup().is_some());
        Self { work, button: button.clone(), has_buttons }
    }

    /// Takes the buttons away, so that nothing is done twice.
    pub(super) async fn take_buttons(&self) {
        if self.has_buttons {
            self.button.change_buttons(None).await;
        }
    }
}
