//! Updates on their way to the bot: the queue, what an offset forgets, what a repeated poll costs. Knows nothing of
//! what an update says.

use serde_json::{Value, json};
use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};
use tokio::time::Instant;

/// How long an update waits.
const UPDATE_LIFETIME: Duration = Duration::from_hours(24);
/// Updates that may wait; the oldest go first.
const MAX_PENDING_UPDATES: usize = 100_000;
/// Confirmed updates remembered, so that a test may have them delivered again.
const MAX_REMEMBERED: usize = 200;
/// The first update's id.
const FIRST_UPDATE_ID: i64 = 700_000_001;

/// Sent only to a bot that asks for them by name.
const ON_REQUEST_ONLY: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// The queue of a bot.
#[derive(Debug)]
pub(crate) struct Updates {
    pending: VecDeque<(Instant, Value)>,
    confirmed: VecDeque<Value>,
    echoes: Vec<Value>,
    next_id: i64,
    allowed: BTreeSet<String>,
    last_poll: Option<(i64, Instant)>,
    /// Grows with each poll: a poll that sees it grow was replaced by another one.
    pub(crate) poll: u64,
    /// Whether somebody waits in a long poll.
    pub(crate) is_polled: bool,
    /// When the last conflict was answered; the next within 3 s is answered late.
    pub(crate) last_conflict: Option<Instant>,
}

/// What a poll may do after the offset was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Poll {
    pub(crate) limit: usize,
    pub(crate) timeout: Duration,
}

impl Default for Updates {
    fn default() -> Self {
        Self {
            pending: VecDeque::new(),
            confirmed: VecDeque::new(),
            echoes: Vec::new(),
            next_id: FIRST_UPDATE_ID,
            allowed: BTreeSet::new(),
            last_poll: None,
            poll: 0,
            is_polled: false,
            last_conflict: None,
        }
    }
}

impl Updates {
    /// Queues an update, unless the bot did not ask for its kind. Gives its id.
    pub(crate) fn push(&mut self, kind: &str, content: Value, now: Instant) -> Option<i64> {
        let wanted =
            if self.allowed.is_empty() { !ON_REQUEST_ONLY.contains(&kind) } else { self.allowed.contains(kind) };
        if !wanted {
            return None;
        }
        let id = self.next_id;
        self.next_id += 1;
        let mut update = json!({"update_id": id});
        update[kind] = content;
        if self.pending.len() >= MAX_PENDING_UPDATES {
            self.pending.pop_front();
        }
        self.pending.push_back((now, update));
        Some(id)
    }

    /// Which kinds the bot wants from now on; an empty list means the usual ones.
    pub(crate) fn allow(&mut self, kinds: impl IntoIterator<Item = String>) {
        self.allowed = kinds.into_iter().collect();
    }

    /// The kinds the bot asked for; empty if it never did.
    pub(crate) fn allowed(&self) -> Vec<String> {
        self.allowed.iter().cloned().collect()
    }

    /// How many updates wait.
    pub(crate) fn waiting(&self) -> usize {
        self.pending.len()
    }

    /// Begins a poll: forgets what the offset confirms and bounds a poll that repeats the last one.
    pub(crate) fn begin(&mut self, offset: i64, limit: i64, timeout_seconds: i64, now: Instant) -> Poll {
        let mut limit = usize::try_from(limit.clamp(1, 100)).unwrap_or(100);
        let mut timeout = Duration::from_secs(timeout_seconds.clamp(0, 50).unsigned_abs());
        if let Some((last, at)) = self.last_poll
            && last == offset
        {
            let since = now.duration_since(at);
            if since < Duration::from_secs(3) {
                timeout = timeout.max(Duration::from_secs(3));
            }
            if since < Duration::from_millis(500) {
                limit = 1;
            }
        }
        self.last_poll = Some((offset, now));
        self.forget(offset, now);
        Poll { limit, timeout }
    }

    /// Forgets what is below the offset; a negative one leaves that many from the end.
    fn forget(&mut self, offset: i64, now: Instant) {
        while self.pending.front().is_some_and(|(at, _)| now.duration_since(*at) >= UPDATE_LIFETIME) {
            self.pending.pop_front();
        }
        let keep = usize::try_from(-offset).ok().filter(|_| offset < 0);
        // An offset beyond every id ever given is not believed, as Telegram does not believe it.
        let below = if offset > self.next_id + 10 { 0 } else { offset };
        while let Some((_, first)) = self.pending.front() {
            let confirmed = keep.map_or(id_of(first) < below, |keep| self.pending.len() > keep);
            if !confirmed {
                break;
            }
            self.confirm_first();
        }
    }

    fn confirm_first(&mut self) {
        let Some((_, update)) = self.pending.pop_front() else { return };
        if self.confirmed.len() >= MAX_REMEMBERED {
            self.confirmed.pop_front();
        }
        self.confirmed.push_back(update);
    }

    /// Forgets the first waiting update: a webhook took it.
    pub(crate) fn confirm(&mut self, id: i64) {
        if self.pending.front().is_some_and(|(_, update)| id_of(update) == id) {
            self.confirm_first();
        }
    }

    /// Forgets all that waits.
    pub(crate) fn drop_pending(&mut self) {
        self.pending.clear();
    }

    /// The next updates, duplicates asked for by a test first.
    pub(crate) fn batch(&mut self, limit: usize) -> Vec<Value> {
        let echoes = self.echoes.len().min(limit);
        let mut batch: Vec<Value> = self.echoes.drain(..echoes).collect();
        let rest = limit - batch.len();
        batch.extend(self.pending.iter().take(rest).map(|(_, update)| update.clone()));
        batch
    }

    /// Has the last confirmed updates delivered once more, with their old ids, whatever the offset.
    pub(crate) fn repeat(&mut self, count: usize) -> usize {
        let skip = self.confirmed.len().saturating_sub(count);
        self.echoes.extend(self.confirmed.iter().skip(skip).cloned());
        self.echoes.len()
    }
}

fn id_of(update: &Value) -> i64 {
    update["update_id"].as_i64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(count: i64, now: Instant) -> Updates {
        let mut updates = Updates::default();
        for n in 0..count {
            updates.push("message", json!({"n": n}), now);
        }
        updates
    }

    /// What comes, counted from the first update ever, when a poll gives an offset counted the same way.
    fn polled(updates: &mut Updates, offset: i64, now: Instant) -> Vec<i64> {
        let offset = if offset < 0 { offset } else { FIRST_UPDATE_ID + offset };
        let poll = updates.begin(offset, 100, 0, now);
        updates.batch(poll.limit).iter().map(|u| id_of(u) - FIRST_UPDATE_ID).collect()
    }

    #[test]
    fn an_offset_forgets_what_is_below_it_and_nothing_else() {
        let now = Instant::now();
        let mut updates = queue(5, now);
        for (offset, expected) in [
            (0, vec![0, 1, 2, 3, 4]),
            (2, vec![2, 3, 4]),
            (1, vec![2, 3, 4]),
            (-2, vec![3, 4]),
            (1000, vec![3, 4]), // an offset in the future is not believed
            (5, vec![]),
        ] {
            assert_eq!(polled(&mut updates, offset, now), expected, "offset {offset}");
        }
    }

    #[test]
    fn the_same_offset_again_is_slowed_down() {
        let start = Instant::now();
        let mut updates = queue(5, start);
        let seconds = Duration::from_secs;
        for (millis, (offset, limit, timeout), expected) in [
            (0, (0, 100, 0), Poll { limit: 100, timeout: seconds(0) }),
            (400, (0, 100, 0), Poll { limit: 1, timeout: seconds(3) }),
            (1000, (0, 500, 0), Poll { limit: 100, timeout: seconds(3) }),
            (4000, (0, 0, 90), Poll { limit: 1, timeout: seconds(50) }),
            (4000, (5, 7, 1), Poll { limit: 7, timeout: seconds(1) }),
        ] {
            let now = start + Duration::from_millis(millis);
            assert_eq!(updates.begin(offset, limit, timeout, now), expected, "after {millis} ms");
        }
    }

    #[test]
    fn kinds_not_asked_for_never_come() {
        let (mut updates, now) = (Updates::default(), Instant::now());
        assert!(updates.push("message_reaction", json!({}), now).is_none());
        assert!(updates.push("message", json!({}), now).is_some());
        updates.allow(["callback_query".to_owned()]);
        assert!(updates.push("message", json!({}), now).is_none());
        assert!(updates.push("callback_query", json!({}), now).is_some());
        assert_eq!(updates.waiting(), 2);
    }

    #[test]
    fn an_update_waits_a_day() {
        let start = Instant::now();
        let mut updates = queue(1, start);
        updates.push("message", json!({}), start + UPDATE_LIFETIME);
        assert_eq!(polled(&mut updates, 0, start + UPDATE_LIFETIME), [1]);
    }

    #[test]
    fn confirmed_updates_come_again_when_a_test_wants_it() {
        let now = Instant::now();
        let mut updates = queue(3, now);
        assert_eq!(polled(&mut updates, 2, now), [2]);
        updates.repeat(1);
        assert_eq!(polled(&mut updates, 3, now), [1]);
        assert_eq!(polled(&mut updates, 4, now), [0; 0]);
    }
}
