//! How long to wait before asking again.

use std::time::Duration;

/// Waits that double up to a bound, with jitter, so that many who failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait, before jitter.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Backoff {
    /// The wait after this many failures, counted from 1: from half to the whole of the doubled wait.
    pub(super) fn after(self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(16);
        let whole = self.first.saturating_mul(1 << doublings).min(self.longest);
        whole.mul_f64(rand::random_range(0.5..=1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound() {
        let backoff = Backoff { first: Duration::from_millis(500), longest: Duration::from_secs(30) };
        for (failures, whole) in [(1, 500), (2, 1000), (5, 8000), (7, 30_000), (u32::MAX, 30_000)] {
            let wait = backoff.after(failures).as_millis();
            assert!((whole / 2..=whole).contains(&wait), "{failures}: {wait}");
        }
    }
}
