//! Conversations over the local Telegram: what a person writes and presses, and exactly what they see. The documents are
//! invented, so that no change of the shipped ones changes a conversation.

mod harness;
mod show;

mod answers;
