//! What operators do in their private chat: one file per command. Nobody else learns that there is anything.

mod authority;
mod bring;
mod documents;
mod folder;
mod gaps;
mod office;
mod press;
mod reload;
mod status;
mod switch;
mod words;
mod words_file;
mod work;

use std::sync::Arc;

use teloxide::types::{CallbackQuery, Message};

use crate::telegram::carried::Carried as _;
use crate::telegram::intake::Context;
use crate::telegram::text;

use super::address::Addressed;
use super::asker::Asker;
use super::content::plain;
use super::desk::Desk;
use super::pressed::Pressed;
use authority::{Delivery, Standing};
use bring::Sent;
pub(crate) use office::Office;
use press::Press;
use work::{PressedWork, Work};

/// What an operator may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Order {
    /// What there is to order, after what everybody may do.
    Help,
    /// How the bot is doing.
    Status,
    /// The documents.
    Documents,
    /// The gaps of so many days.
    Gaps(String),
    /// The words, or what is to be added to them or removed.
    Words(String),
    /// A file, to be made a document.
    Bring(Box<Sent>),
    /// Reads the folder anew.
    Reload,
    /// Goes back to the generation before.
    Rollback,
}

impl Order {
    /// The order in a message, whoever gives it; `None` where it is none.
    fn of(what: &Addressed, message: &Message) -> Option<Self> {
        if let Some(document) = message.document() {
            let caption = message.caption().unwrap_or_default().to_owned();
            return Some(Self::Bring(Box::new(Sent { document: document.clone(), caption })));
        }
        match what {
            Addressed::Command(name, rest) => match name.as_str() {
                "help" => Some(Self::Help),
                "status" => Some(Self::Status),
                "docs" => Some(Self::Documents),
                "gaps" => Some(Self::Gaps(rest.clone())),
                "words" => Some(Self::Words(rest.clone())),
                "reload" => Some(Self::Reload),
                "rollback" => Some(Self::Rollback),
                _ => None,
            },
            Addressed::Words(_) | Addressed::Content => None,
        }
    }

    /// Its name in the journal.
    fn name(&self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Status => "status",
            Self::Documents => "docs",
            Self::Gaps(_) => "gaps",
            Self::Words(_) => "words",
            Self::Bring(_) => "import",
            Self::Reload => "reload",
            Self::Rollback => "rollback",
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
    let Some(order) = Order::of(what, message) else { return Ok(false) };
    // What changes nothing everybody is told, however late.
    if order == Order::Help && standing == Standing::TooLate(operator) {
        return Ok(false);
    }
    let work = Work::new(desk, context, asker, operator);
    if standing == Standing::TooLate(operator) {
        work.note(order.name(), "", "too late").await?;
        work.say(plain(text::order_too_late(work.script))).await;
        return Ok(true);
    }
    let name = order.name();
    if let Err(error) = carry_out(work.clone(), order, context).await {
        work.fail(name, "", &error).await?;
    }
    Ok(true)
}

async fn carry_out(work: Work, order: Order, context: &Context) -> anyhow::Result<()> {
    let name = order.name();
    let page = match order {
        Order::Help => plain(&text::operator_help(work.script)),
        Order::Status => status::body(&work).await?,
        Order::Documents => documents::page(&work, 0).await?,
        Order::Gaps(typed) => match gaps::days(&typed, &work) {
            Some(days) => gaps::page(&work, days, 0).await?,
            None => plain(&text::gaps_usage(work.script, work.desk.retention_days)),
        },
        Order::Words(typed) if typed.is_empty() => words::page(&work).await?,
        // What follows writes down itself what it did.
        Order::Words(typed) => return words::change(&work, &typed).await,
        Order::Bring(sent) => return bring::bring(work, *sent, context.update_id).await,
        Order::Reload => {
            reload::reload(work);
            return Ok(());
        }
        Order::Rollback => {
            reload::rollback(work);
            return Ok(());
        }
    };
    work.note(name, "", "shown").await?;
    work.say(page).await;
    Ok(())
}

/// Carries out what an operator orders by a button; says whether it was an operator's button, pressed by one.
pub(super) async fn pressed(
    desk: &Arc<Desk>,
    context: &Context,
    asker: &Asker,
    query: &CallbackQuery,
    button: &Pressed,
) -> anyhow::Result<bool> {
    let Some(press) = query.data.as_deref().and_then(Press::parse) else { return Ok(false) };
    let standing = authority::of_press(query, delivery(context), &desk.office.operators);
    let (Standing::Operator(operator) | Standing::TooLate(operator)) = standing else { return Ok(false) };
    let pressed = PressedWork::new(Work::new(desk, context, asker, operator), query, button);
    if standing == Standing::TooLate(operator) {
        pressed.button.toast(text::press_again(pressed.work.script));
        return Ok(true);
    }
    if let Err(error) = follow(pressed.clone(), press).await {
        pressed.button.end();
        pressed.work.fail("button", &press.to_string(), &error).await?;
    }
    Ok(true)
}

async fn follow(pressed: PressedWork, press: Press) -> anyhow::Result<()> {
    match press {
        Press::Documents(page) => pressed.button.show(documents::page(&pressed.work, page).await?).await,
        Press::Document(key) => documents::show(&pressed, key).await?,
        Press::Download(key) => documents::download(&pressed, key).await?,
        Press::Enable(key) => documents::switch(&pressed, key, true).await?,
        Press::Disable(key) => documents::switch(&pressed, key, false).await?,
        Press::Gaps(days, page) => pressed.button.show(gaps::page(&pressed.work, days, page).await?).await,
        Press::Table(days) => gaps::table(&pressed, days).await?,
        Press::WordsFile => words::send(&pressed).await?,
        Press::Reload => {
            pressed.button.end();
            reload::reload(pressed.work);
        }
        Press::Publish(generation) => reload::publish(pressed, generation).await,
        Press::Discard(generation) => reload::discard(pressed, generation).await,
        Press::Whole(number) => bring::whole(&pressed, number).await?,
        Press::Add(number) => bring::add(&pressed, number, false).await?,
        Press::Replace(number) => bring::add(&pressed, number, true).await?,
        Press::Cancel(number) => bring::cancel(&pressed, number).await?,
    }
    Ok(())
}

fn delivery(context: &Context) -> Delivery {
    Delivery { attempt: context.attempt, age: context.age }
}
