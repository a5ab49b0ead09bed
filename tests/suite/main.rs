//! The product, tested from outside. `README.md` in this folder says which file shows what.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod program;
mod architecture;
mod knowledge;
mod command_line;
mod shown;
mod properties;
mod gate;
mod import;
mod conversation;
mod page;
mod operation;
