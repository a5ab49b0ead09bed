//! Registers commands and descriptions, in Chinese and in the language of the rest; operators have more commands in their
//! own chats. A failure is only worth a warning.

use std::time::Duration;

use teloxide::payloads::{
    SetMyCommands, SetMyCommandsSetters as _, SetMyDescription, SetMyDescriptionSetters as _, SetMyShortDescription,
    SetMyShortDescriptionSetters as _,
};
use teloxide::types::{BotCommand, BotCommandScope, ChatId, Recipient};

use super::api::{Api, CallError};
use super::script::Script;
use super::text;

/// How long Telegram may take for each.
const PATIENCE: Duration = Duration::from_secs(10);

/// The languages of Telegram's menus: it cannot tell the scripts of Chinese apart.
const LANGUAGES: [(Option<&str>, Script); 3] =
    [(None, Script::English), (Some("zh"), Script::Simplified), (Some("en"), Script::English)];

/// Registers everything.
pub(crate) async fn register(api: &Api) {
    for (code, script) in LANGUAGES {
        if let Err(error) = register_in(api, code, script).await {
            tracing::warn!("the menu is not registered: {error}");
            return;
        }
    }
}

/// Registers the commands of an operator in their private chat, which must have begun.
pub(crate) async fn register_operator(api: &Api, operator: u64) {
    for (code, script) in LANGUAGES {
        let commands = text::operator_commands(script).into_iter().chain(text::commands(script));
        let scope = BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(operator.cast_signed())) };
        let mut menu = SetMyCommands::new(commands.map(|(name, does)| BotCommand::new(name, does))).scope(scope);
        if let Some(code) = code {
            menu = menu.language_code(code);
        }
        if let Err(error) = api.call(&menu, PATIENCE).await {
            tracing::warn!("the menu of an operator is not registered: {error}");
            return;
        }
    }
}

async fn register_in(api: &Api, code: Option<&str>, script: Script) -> Result<(), CallError> {
    let commands = text::commands(script).map(|(name, does)| BotCommand::new(name, does));
    let mut menu = SetMyCommands::new(commands);
    let mut description = SetMyDescription::new().description(text::description(script));
    let mut short = SetMyShortDescription::new().short_description(text::short_description(script));
    if let Some(code) = code {
        menu = menu.language_code(code);
        description = description.language_code(code);
        short = short.language_code(code);
    }
    api.call(&menu, PATIENCE).await?;
    api.call(&description, PATIENCE).await?;
    api.call(&short, PATIENCE).await?;
    Ok(())
}
