//! Registers commands and descriptions, in Chinese and in the language of the rest. A failure is only worth a warning.

use std::time::Duration;

use teloxide::payloads::{
    SetMyCommands, SetMyCommandsSetters as _, SetMyDescription, SetMyDescriptionSetters as _, SetMyShortDescription,
    SetMyShortDescriptionSetters as _,
};
use teloxide::types::BotCommand;

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
