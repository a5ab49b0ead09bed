//! Telegram's limits on sending, as clocks. Knows neither requests nor chats.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// A token bucket: a burst at once, then one at a time.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    burst: u32,
    every: Duration,
    /// When the bucket will be full.
    full_at: Instant,
}

impl Bucket {
    pub(super) fn new(burst: u32, every: Duration, now: Instant) -> Self {
        Self { burst, every, full_at: now }
    }

    /// The first moment at which there is a token; `now` or before when there is one now.
    pub(super) fn ready_at(&self) -> Instant {
        let room = self.every * self.burst.saturating_sub(1);
        self.full_at.checked_sub(room).unwrap_or(self.full_at)
    }

    pub(super) fn take(&mut self, now: Instant) {
        self.full_at = self.full_at.max(now) + self.every;
    }

    pub(super) fn is_full(&self, now: Instant) -> bool {
        self.full_at <= now
    }
}

/// At most so many in any stretch of time. A bucket with the same burst would let twice as many through at first.
#[derive(Debug, Clone)]
pub(super) struct Window {
    most: usize,
    length: Duration,
    taken: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new(most: usize, length: Duration) -> Self {
        Self { most: most.max(1), length, taken: VecDeque::new() }
    }

    /// The first moment at which one more is allowed; `None` when that is now.
    pub(super) fn ready_at(&mut self, now: Instant) -> Option<Instant> {
        while self.taken.front().is_some_and(|&at| at + self.length <= now) {
            self.taken.pop_front();
        }
        if self.taken.len() < self.most { None } else { self.taken.front().map(|&at| at + self.length) }
    }

    pub(super) fn take(&mut self, now: Instant) {
        self.taken.push_back(now);
    }

    pub(super) fn is_empty(&self, now: Instant) -> bool {
        self.taken.back().is_none_or(|&at| at + self.length <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Offsets from the start, in milliseconds, at which a greedy taker gets its first `count`.
    fn times(count: usize, mut ready_at: impl FnMut(Instant) -> Instant) -> Vec<u128> {
        let start = Instant::now();
        let mut now = start;
        (0..count)
            .map(|_| {
                now = now.max(ready_at(now));
                now.duration_since(start).as_millis()
            })
            .collect()
    }

    #[test]
    fn a_bucket_gives_a_burst_and_then_one_at_a_time() {
        let mut bucket = Bucket::new(3, Duration::from_secs(1), Instant::now());
        let taken = times(6, |now| {
            let at = bucket.ready_at().max(now);
            bucket.take(at);
            at
        });
        assert_eq!(taken, [0, 0, 0, 1000, 2000, 3000]);
    }

    #[test]
    fn a_window_never_holds_more_than_it_may() {
        let mut window = Window::new(20, Duration::from_mins(1));
        let taken = times(50, |now| {
            let at = window.ready_at(now).unwrap_or(now);
            window.take(at);
            at
        });
        assert!(taken[..20].iter().all(|&at| at == 0));
        assert!(taken.windows(21).all(|window| window[20] - window[0] >= 60_000), "{taken:?}");
    }

    #[test]
    fn thirty_a_second_is_kept_up() {
        let mut window = Window::new(30, Duration::from_secs(1));
        let taken = times(1800, |now| {
            let at = window.ready_at(now).unwrap_or(now);
            window.take(at);
            at
        });
        assert_eq!(taken.last(), Some(&59_000));
    }
}
