//! A button that was pressed: the message around it, and the waiting of whoever pressed it, which ends once. Knows nothing
//! of what the button carries.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use teloxide::types::{CallbackQuery, CallbackQueryId, InlineKeyboardMarkup};

use crate::telegram::sender::{Alert, Body, Request, Sender, Target};

/// A button that was pressed.
#[derive(Clone)]
pub(super) struct Pressed {
    /// The message with the button.
    pub(super) target: Target,
    query: CallbackQueryId,
    sender: Sender,
    /// Whether the waiting has ended, which it can only once.
    is_answered: Arc<AtomicBool>,
}

impl Pressed {
    /// The button of a query; `None` where there is no message around it.
    pub(super) fn of(query: &CallbackQuery, sender: &Sender) -> Option<Self> {
        let target = match (&query.message, &query.inline_message_id) {
            (Some(message), _) => Target::Chat(message.chat().id, message.id()),
            (None, Some(id)) => Target::Inline(id.clone()),
            (None, None) => return None,
        };
        Some(Self { target, query: query.id.clone(), sender: sender.clone(), is_answered: Arc::default() })
    }

    /// Ends the waiting and shows something in the place of the message.
    pub(super) async fn show(&self, body: Body) {
        self.end();
        self.sender.send(Request::Edit { target: self.target.clone(), body }).await;
    }

    /// Changes the buttons; without any, nothing is done twice.
    pub(super) async fn change_buttons(&self, keyboard: Option<InlineKeyboardMarkup>) {
        self.sender.send(Request::EditKeyboard { target: self.target.clone(), keyboard }).await;
    }

    /// Ends the waiting with a sentence that passes.
    pub(super) fn toast(&self, text: &str) {
        self.answer(Some(text.to_owned()), Alert::Passing);
    }

    /// Ends the waiting with a sentence that stays until it is read.
    pub(super) fn alert(&self, text: &str) {
        self.answer(Some(text.to_owned()), Alert::Standing);
    }

    /// Ends the waiting.
    pub(super) fn end(&self) {
        self.answer(None, Alert::Passing);
    }

    fn answer(&self, text: Option<String>, alert: Alert) {
        if !self.is_answered.swap(true, Ordering::Relaxed) {
            self.sender.post(Request::AnswerCallback { id: self.query.clone(), text, alert });
        }
    }
}
