//! What operators do to the real program on this machine: reload it, kill it, ask how it is doing.

mod house;
mod killed;
mod machine;
mod under_load;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held by whatever measures time at full size, so that it is measured alone.
fn alone() -> Option<MutexGuard<'static, ()>> {
    static ONE: Mutex<()> = Mutex::new(());
    full().then(|| ONE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Whether the tests run at their full size, which takes long: `YUANWEN_TEST_FULL=1 cargo test`.
fn full() -> bool {
    std::env::var_os("YUANWEN_TEST_FULL").is_some()
}
