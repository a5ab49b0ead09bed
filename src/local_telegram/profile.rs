//! How the bot presents itself: names, descriptions, commands by scope and language. Knows no chats; whoever asks
//! for a menu says which scopes fit.

use super::refusal::Refusal;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Commands in one list.
const MAX_COMMANDS: usize = 100;
/// Longest name of a command, in characters.
const MAX_COMMAND_CHARS: usize = 32;
/// Longest description of a command, in characters.
const MAX_COMMAND_DESCRIPTION_CHARS: usize = 256;

/// Names and commands.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// `name`, `description` and `short_description` by field and language; `""` is the language of the rest.
    texts: BTreeMap<(&'static str, String), String>,
    commands: BTreeMap<(String, String), Vec<(String, String)>>,
}

impl Profile {
    /// Sets a text of the profile; an empty one removes it.
    pub(crate) fn set_text(
        &mut self,
        field: &'static str,
        language: &str,
        text: String,
        max_chars: usize,
    ) -> Result<(), Refusal> {
        let language = language_code(language)?;
        if text.chars().count() > max_chars {
            return Err(Refusal::bad(format!("{field} is too long, at most {max_chars} characters")));
        }
        if text.is_empty() {
            self.texts.remove(&(field, language));
        } else {
            self.texts.insert((field, language), text);
        }
        Ok(())
    }

    /// A text of the profile in a language, or in that of the rest.
    pub(crate) fn text(&self, field: &'static str, language: &str) -> Option<&str> {
        let short: String = language.chars().take(2).collect();
        let of = |language: String| self.texts.get(&(field, language)).map(String::as_str);
        of(short).or_else(|| of(String::new()))
    }

    /// Sets the commands of a scope and language; none removes them.
    pub(crate) fn set_commands(&mut self, scope: String, language: &str, commands: &[Value]) -> Result<(), Refusal> {
        let language = language_code(language)?;
        if commands.len() > MAX_COMMANDS {
            return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
        }
        let commands = commands.iter().map(command).collect::<Result<Vec<_>, _>>()?;
        if commands.is_empty() {
            self.commands.remove(&(scope, language));
        } else {
            self.commands.insert((scope, language), commands);
        }
        Ok(())
    }

    /// The commands of exactly this scope and language.
    pub(crate) fn commands(&self, scope: &str, language: &str) -> Value {
        let found = self.commands.get(&(scope.to_owned(), language.to_owned()));
        let json = |(name, description): &(String, String)| json!({"command": name, "description": description});
        found.map_or_else(|| json!([]), |list| list.iter().map(json).collect())
    }

    /// The menu that a person sees: the first scope that has commands, in the person's language before the rest.
    pub(crate) fn menu(&self, scopes: &[String], language: &str) -> Value {
        let short: String = language.chars().take(2).collect();
        for scope in scopes {
            for language in [short.as_str(), ""] {
                let commands = self.commands(scope, language);
                if commands.as_array().is_some_and(|list| !list.is_empty()) {
                    return commands;
                }
            }
        }
        json!([])
    }
}

fn language_code(code: &str) -> Result<String, Refusal> {
    let is_code = code.is_empty() || (code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase()));
    if is_code { Ok(code.to_owned()) } else { Err(Refusal::bad("invalid language code specified")) }
}

fn command(value: &Value) -> Result<(String, String), Refusal> {
    let field = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (name, description) = (field("command"), field("description"));
    let name = name.strip_prefix('/').map_or_else(|| name.clone(), str::to_owned);
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if name.is_empty() {
        return Err(Refusal::bad("command must be non-empty"));
    }
    if name.len() > MAX_COMMAND_CHARS {
        return Err(Refusal::bad("command length must not exceed 32"));
    }
    if !plain {
        return Err(Refusal::bad("BOT_COMMAND_INVALID"));
    }
    match description.trim().chars().count() {
        0 => Err(Refusal::bad("command description must be non-empty")),
        1..=MAX_COMMAND_DESCRIPTION_CHARS => Ok((name, description)),
        _ => Err(Refusal::bad("command description length must not exceed 256")),
    }
}

/// The name under which a scope's commands are kept.
pub(crate) fn scope_key(scope: Option<&Value>) -> Result<String, Refusal> {
    let Some(scope) = scope else { return Ok("default".to_owned()) };
    let kind = scope.get("type").and_then(Value::as_str).unwrap_or_default();
    let id = |field: &str| {
        let value =
            scope.get(field).ok_or_else(|| Refusal::bad(format!("can't parse BotCommandScope: {field} is missing")));
        value.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned))
    };
    Ok(match kind {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => kind.to_owned(),
        "chat" | "chat_administrators" => format!("{kind} {}", id("chat_id")?),
        "chat_member" => format!("{kind} {} {}", id("chat_id")?, id("user_id")?),
        _ => return Err(Refusal::bad("can't parse BotCommandScope: unsupported type specified")),
    })
}
