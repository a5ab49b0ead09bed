//! One clock for dates and waiting: Unix time that moves with tokio's, so a paused test moves both.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// Unix time, anchored at the start and moved by tokio's clock.
#[derive(Debug)]
pub(crate) struct Clock {
    unix: Duration,
    start: Instant,
}

impl Clock {
    /// Starts at the time of this machine.
    pub(crate) fn start() -> Self {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { unix, start: Instant::now() }
    }

    /// Now, in seconds since 1970.
    pub(crate) fn unix_seconds(&self) -> i64 {
        i64::try_from((self.unix + self.start.elapsed()).as_secs()).unwrap_or(i64::MAX)
    }
}
