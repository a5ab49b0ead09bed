//! No command: the bot.

use std::process::ExitCode;

use crate::config::Flags;

/// Serves Telegram, or a chat page on this machine.
///
/// # Errors
/// For now always: the bot is not wired up yet.
pub fn run(_flags: &Flags) -> anyhow::Result<ExitCode> {
    anyhow::bail!("the bot cannot be started yet; `yuanwen ask QUESTION` answers here, `yuanwen --help` lists the rest")
}
