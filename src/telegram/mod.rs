//! The bot on Telegram: the machinery under a conversation. Only this folder names teloxide.
//!
//! ```text
//! Telegram ─ getUpdates ─ intake::poll ─ Journal ─ intake::lane ─ handler (a dptree tree, or any function)
//!                                                                    │ Sender::send(Request) → Outcome
//! Telegram ─ sendMessage, … ─ Api ─ sender::schedule (fair, paced) ──┘
//! ```
//! We take teloxide's types, requests and handler trees, and run them ourselves, because its dispatcher confirms updates
//! that wait, lets one chat stall the others and dies of a panic:
//!
//! - **Intake.** A batch of updates is on disk before the offset moves over it. The journal *is* the queue: memory holds
//!   one entry for each chat that has something to do, whatever the flood. An update is begun (which counts), handled
//!   and done; what was not done is begun again after a restart, and given up after three crashes.
//! - **Handlers** run in tasks of their own with a deadline. A panic, an error or a timeout costs the asker one sentence.
//! - **Sender.** Every request goes through one schedule with Telegram's limits in it, and comes back as an [`Outcome`]:
//!   a blocked bot or a deleted message is no error. Waiting for the sender does not count against the deadline.
//!
//! A conversation gives [`Intake`] a [`Handler`] (see [`schema`] for a dptree tree) and an [`Apology`].
//!
//! The conversation itself, in the order of a question: `handler` (which kind of update, for us or not) → `split` →
//! `reply` (pure: question → answer) → `message` and `keyboard` (pure: answer → what a person sees). Every sentence of
//! our own stands in `text`; what buttons carry in `callback`. Operators have a room of their own, `handler::operator`.

mod api;
mod download;
mod backoff;
mod budget;
mod counters;
mod intake;
mod panics;
mod sender;
mod stop;
mod script;
mod text;
mod rich;
mod carried;
mod callback;
mod edition;
mod reply;
mod follow_up;
mod split;
mod small_talk;
mod quota;
mod message;
mod keyboard;
mod shelf;
mod menu;
mod handler;
mod bot;
#[cfg(test)]
mod stub;

pub use api::{Api, CallError};
pub use backoff::Backoff;
pub use bot::{Course, Footing, run};
pub use counters::{Counters, Figures};
pub use edition::{Edition, Editions};
pub use handler::Rehearsal;
pub use intake::{
    Apology, Context, Failure, Freshness, Handler, Intake, IntakeError, Limits, apology, connect, handler, schema,
};
pub use panics::log_panics_by_place;
pub use sender::{Alert, Body, Destination, Outcome, Pace, Request, Sender, Target};
pub use stop::{Stop, Stopper};
