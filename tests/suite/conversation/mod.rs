//! Conversations over the local Telegram: what a person writes and presses, and exactly what they see. The documents are
//! invented, so that no change of the shipped ones changes a conversation.

mod harness;
mod show;

mod answers;
mod buttons;
mod commands;
mod follow_up;
mod groups;
mod hard;
mod inline_mode;
mod more;
mod operator;
mod operator_desk;
mod operator_documents;
mod operator_gaps;
mod operator_import;
mod operator_reload;
mod operator_words;
mod other_content;
mod several;
mod trouble;
