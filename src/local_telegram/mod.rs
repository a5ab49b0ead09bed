//! The Bot API on this machine.
