//! What operators do to the real program on this machine: reload it, kill it, ask how it is doing.

mod house;
mod killed;
mod machine;
mod under_load;

/// Whether the tests run at their full size, which takes long: `YUANWEN_TEST_FULL=1 cargo test`.
fn full() -> bool {
    std::env::var_os("YUANWEN_TEST_FULL").is_some()
}
