//! What operators do while the bot runs: reload the knowledge, roll it back, see how it is doing and what it lacks. Knows
//! neither Telegram nor the command line, which both ask it the same things.

mod reloads;
mod status;
mod gaps;
pub mod control;
pub mod watch;

pub use gaps::{Gap, csv, gaps};
pub use reloads::{Actor, Failed, Reloads};
pub use status::Status;
