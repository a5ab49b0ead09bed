//! What operators do in their private chat: one file per command. Nobody else learns that there is anything.

mod authority;
mod office;
mod press;
mod status;
mod work;

use std::sync::Arc;

use teloxide::types::{CallbackQuery, Message};

use crate::telegram::intake::Context;
use crate::telegram::text;

use super::address::Addressed;
use super::asker::Asker;
use super::content::plain;
use super::desk::Desk;
use authority::{Delivery, Standing};
pub(crate) use office::Office;
use press::Press;
use work::{PressedWork, Work};

/// What an operator may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Order {
    /// How the bot is doing.
    Status,
}

impl Order {
    /// The order in a message, whoever gives it; `None` where it is none.
    fn of(what: &Addressed) -> Option<Self> {
        match what {
            Addressed::Command(name, _) => match name.as_str() {
                "status" => Some(Self::Status),
                _ => None,
            },
            Addressed::Words(_) | Addressed::Content => None,
        }
    }

    /// Its name in the journal.
    fn name(&self) -> &'static str {
        match self {
            Self::Status => "status",
        }
    }
}

/// Carries out what an operator orders by a message; says whether it was an order of an operator.
pub(super) async fn obey(
    desk: &Arc<Desk>,
    context: &Context,
    asker: &Asker,
    message: &Message,
    what: &Addressed,
) -> anyhow::Result<bool> {
    let standing = authority::of_message(message, delivery(context), &desk.office.operators);
    let (Standing::Operator(operator) | Standing::TooLate(operator)) = standing else { return Ok(false) };
    desk.office.greet(operator);
    let Some(order) = Order::of(what) else { return Ok(false) };
    let work = Work::new(desk, context, asker, operator);
    if standing == Standing::TooLate(operator) {
        work.note(order.name(), "", "too late").await?;
        work.say(plain(text::order_too_late(work.script))).await;
        return Ok(true);
    }
    let body = match order {
        Order::Status => status::body(&work).await?,
    };
    work.note(order.name(), "", "shown").await?;
    work.say(body).await;
    Ok(true)
}

/// Carries out what an operator orders by a button; says whether it was an operator's button, pressed by one.
pub(super) async fn pressed(
    desk: &Arc<Desk>,
    context: &Context,
    asker: &Asker,
    query: &CallbackQuery,
) -> anyhow::Result<bool> {
    let Some(press) = query.data.as_deref().and_then(Press::parse) else { return Ok(false) };
    let standing = authority::of_press(query, delivery(context), &desk.office.operators);
    let (Standing::Operator(operator) | Standing::TooLate(operator)) = standing else { return Ok(false) };
    let pressed = PressedWork::new(Work::new(desk, context, asker, operator), query);
    if standing == Standing::TooLate(operator) {
        pressed.toast(text::press_again(pressed.work.script));
        return Ok(true);
    }
    let _ = press;
    Ok(true)
}

fn delivery(context: &Context) -> Delivery {
    Delivery { attempt: context.attempt, age: context.age }
}
