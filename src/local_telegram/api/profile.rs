//! How the bot presents itself: `getMe`, commands, name and descriptions.

use super::{Answer, Parameters, Refusal, State};
use crate::local_telegram::profile::scope_key;
use serde_json::{Value, json};

/// Longest name of a bot, in characters.
const MAX_NAME_CHARS: usize = 64;
/// Longest description, shown in an empty chat, in characters.
const MAX_DESCRIPTION_CHARS: usize = 512;
/// Longest short description, shown on the profile, in characters.
const MAX_SHORT_DESCRIPTION_CHARS: usize = 120;

/// The bot itself.
pub(super) fn get_me(state: &State, _: &Parameters) -> Value {
    let mut me = state.bot.json();
    me["can_join_groups"] = json!(true);
    // All messages of a group reach the bot, so that it has to tell itself which are meant for it.
    me["can_read_all_group_messages"] = json!(true);
    me["supports_inline_queries"] = json!(true);
    me["can_connect_to_business"] = json!(false);
    me["has_main_web_app"] = json!(false);
    me
}

fn language(parameters: &Parameters) -> String {
    parameters.text("language_code").unwrap_or_default()
}

/// Sets the commands of a scope and language.
pub(super) fn set_my_commands(state: &mut State, parameters: &Parameters) -> Answer {
    let scope = scope_key(parameters.structured("scope")?.as_ref())?;
    let commands = parameters.structured("commands")?.and_then(|list| list.as_array().cloned());
    let commands = commands.ok_or_else(|| Refusal::bad("can't parse commands: expected an Array"))?;
    state.profile.set_commands(scope, &language(parameters), &commands)?;
    state.tell(json!({"kind": "commands"}));
    Ok(json!(true))
}

/// The commands of a scope and language.
pub(super) fn get_my_commands(state: &mut State, parameters: &Parameters) -> Answer {
    let scope = scope_key(parameters.structured("scope")?.as_ref())?;
    Ok(state.profile.commands(&scope, &language(parameters)))
}

/// Removes the commands of a scope and language.
pub(super) fn delete_my_commands(state: &mut State, parameters: &Parameters) -> Answer {
    let scope = scope_key(parameters.structured("scope")?.as_ref())?;
    state.profile.set_commands(scope, &language(parameters), &[])?;
    state.tell(json!({"kind": "commands"}));
    Ok(json!(true))
}

fn set(state: &mut State, parameters: &Parameters, field: &'static str, max_chars: usize) -> Answer {
    let text = parameters.text(field).unwrap_or_default();
    state.profile.set_text(field, &language(parameters), text, max_chars)?;
    state.tell(json!({"kind": "commands"}));
    Ok(json!(true))
}

fn get(state: &State, parameters: &Parameters, field: &'static str) -> Value {
    json!({field: state.profile.text(field, &language(parameters)).unwrap_or_default()})
}

/// Sets the name in a language.
pub(super) fn set_my_name(state: &mut State, parameters: &Parameters) -> Answer {
    set(state, parameters, "name", MAX_NAME_CHARS)
}

/// The name in a language.
pub(super) fn get_my_name(state: &State, parameters: &Parameters) -> Value {
    let name = state.profile.text("name", &language(parameters)).unwrap_or(&state.bot.name);
    json!({"name": name})
}

/// Sets what an empty chat shows.
pub(super) fn set_my_description(state: &mut State, parameters: &Parameters) -> Answer {
    set(state, parameters, "description", MAX_DESCRIPTION_CHARS)
}

/// What an empty chat shows.
pub(super) fn get_my_description(state: &State, parameters: &Parameters) -> Value {
    get(state, parameters, "description")
}

/// Sets what the profile shows.
pub(super) fn set_my_short_description(state: &mut State, parameters: &Parameters) -> Answer {
    set(state, parameters, "short_description", MAX_SHORT_DESCRIPTION_CHARS)
}

/// What the profile shows.
pub(super) fn get_my_short_description(state: &State, parameters: &Parameters) -> Value {
    get(state, parameters, "short_description")
}
