//! What a panic leaves in the log: its place. Its message may quote the question that led to it.

/// Logs panics by their place at the level of errors, and what they say at the level of debugging. For the start of a
/// program: it holds for every thread from then on.
pub fn log_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
        tracing::debug!("{}", panic.payload_as_str().unwrap_or("it says nothing"));
    }));
}
