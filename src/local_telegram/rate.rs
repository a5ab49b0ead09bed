//! How fast a bot may send: 30 a second over all chats, one a second in a chat with a short burst, 20 a minute in a
//! group. Counts and says how long to wait; knows no messages.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};
use tokio::time::Instant;

/// Messages a second over all chats.
const MAX_A_SECOND: f64 = 30.0;
/// What may be sent at once over all chats: a second's worth, and a tenth more, because a sender that keeps to the
/// limit exactly must not fail over a millisecond on the way.
const BURST: f64 = 33.0;
/// Messages a second in one chat.
const MAX_A_SECOND_IN_CHAT: f64 = 1.0;
/// Messages that may come at once in one chat.
const BURST_IN_CHAT: f64 = 5.0;
/// Messages in any minute in one group.
const MAX_A_MINUTE_IN_GROUP: usize = 20;
const MINUTE: Duration = Duration::from_mins(1);

/// Which limits hold for a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limits {
    /// No chat at all, only the limit over all.
    Global,
    Private,
    Group,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    fn full(capacity: f64, now: Instant) -> Self {
        Self { tokens: capacity, at: now }
    }

    /// Refills; gives the wait until there is a whole token.
    fn wait(&mut self, a_second: f64, capacity: f64, now: Instant) -> Duration {
        self.tokens = (self.tokens + now.duration_since(self.at).as_secs_f64() * a_second).min(capacity);
        self.at = now;
        Duration::from_secs_f64(((1.0 - self.tokens) / a_second).max(0.0))
    }
}

/// What was sent lately.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    global: Option<Bucket>,
    chats: BTreeMap<i64, Bucket>,
    groups: BTreeMap<i64, VecDeque<Instant>>,
}

impl Rate {
    /// Counts one message, or gives the whole seconds to wait; then nothing is counted.
    pub(crate) fn take(&mut self, chat: i64, limits: Limits, now: Instant) -> Result<(), u64> {
        let global = self.global.get_or_insert_with(|| Bucket::full(BURST, now));
        let mut wait = global.wait(MAX_A_SECOND, BURST, now);
        if limits != Limits::Global {
            let bucket = self.chats.entry(chat).or_insert_with(|| Bucket::full(BURST_IN_CHAT, now));
            wait = wait.max(bucket.wait(MAX_A_SECOND_IN_CHAT, BURST_IN_CHAT, now));
        }
        if limits == Limits::Group {
            let sent = self.groups.entry(chat).or_default();
            while sent.front().is_some_and(|at| now.duration_since(*at) >= MINUTE) {
                sent.pop_front();
            }
            if sent.len() >= MAX_A_MINUTE_IN_GROUP
                && let Some(first) = sent.front()
            {
                wait = wait.max(MINUTE.saturating_sub(now.duration_since(*first)));
            }
        }
        // A thousandth of a token is the rounding of the clock, not haste.
        if wait > Duration::from_millis(1) {
            return Err(wait.as_millis().div_ceil(1000) as u64);
        }
        global.tokens -= 1.0;
        if let Some(bucket) = self.chats.get_mut(&chat).filter(|_| limits != Limits::Global) {
            bucket.tokens -= 1.0;
        }
        if limits == Limits::Group {
            self.groups.entry(chat).or_default().push_back(now);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of `tries` sends pass, one every `every_millis`.
    fn passed(limits: Limits, chats: i64, tries: u64, every_millis: u64) -> usize {
        let (mut rate, start) = (Rate::default(), Instant::now());
        let send = |n: u64| {
            let now = start + Duration::from_millis(n * every_millis);
            rate.take(n.cast_signed() % chats, limits, now).is_ok()
        };
        (0..tries).map(send).filter(|passed| *passed).count()
    }

    #[test]
    fn each_limit_lets_through_what_it_allows() {
        assert_eq!(passed(Limits::Private, 1, 60, 0), 5, "a burst");
        assert_eq!(passed(Limits::Private, 1, 60, 1000), 60, "one a second");
        assert_eq!(passed(Limits::Private, 1, 120, 500), 64, "two a second");
        assert_eq!(passed(Limits::Private, 200, 200, 0), 33, "all chats at once");
        assert_eq!(passed(Limits::Private, 200, 3000, 34), 3000, "under thirty a second");
        assert_eq!(passed(Limits::Group, 1, 60, 1000), 20, "twenty a minute");
        assert_eq!(passed(Limits::Group, 1, 60, 3000), 60, "one every three seconds");
    }

    #[test]
    fn the_wait_is_told_in_whole_seconds() {
        let (mut rate, start) = (Rate::default(), Instant::now());
        for n in 0..20 {
            assert_eq!(rate.take(-1, Limits::Group, start + Duration::from_secs(n)), Ok(()));
        }
        let now = start + Duration::from_secs(20);
        assert_eq!(rate.take(-1, Limits::Group, now), Err(40));
        assert_eq!(rate.take(-2, Limits::Group, now), Ok(()));
    }
}
