//! The bot on Telegram.
