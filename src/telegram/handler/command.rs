//! The commands that everybody may use.

use teloxide::types::Message;

use crate::telegram::intake::Context;
use crate::telegram::sender::Body;
use crate::telegram::{keyboard, shelf, text};

use super::asker::Asker;
use super::content::{plain, welcome};
use super::desk::Desk;
use super::listen::listen;
use super::question::say;

pub(super) async fn handle(
    desk: &Desk,
    context: &Context,
    asker: Asker,
    message: &Message,
    name: &str,
    rest: String,
) -> anyhow::Result<()> {
    let edition = desk.editions.current();
    let script = asker.script_for(&rest);
    let body = match name {
        "ask" if !rest.is_empty() => return listen(desk, context, asker, message, rest).await,
        "ask" => plain(text::ask_usage(script)),
        "start" => welcome(&edition, asker.script()),
        "help" => plain(text::help(script)),
        "parks" => shelf::parks(&edition, 0, script),
        "lang" => Body { keyboard: Some(keyboard::languages(script)), ..plain(text::choose_language(script)) },
        "privacy" => plain(&text::privacy(script, desk.retention_days)),
        "forgetme" => {
            let Some(from) = message.from.as_ref().filter(|_| message.sender_chat.is_none()) else { return Ok(()) };
            let forgotten = desk.journal.forget(from.id.0).await?;
            plain(&text::forgotten(script, forgotten.total()))
        }
        _ => plain(text::unknown_command(script)),
    };
    say(context, &asker, body).await;
    Ok(())
}
