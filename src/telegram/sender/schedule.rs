//! Which request goes next: fair between lanes, in order within one, within the limits. Pure: it is told the time, sends
//! nothing and knows requests only as `T`.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::Pace;
use super::pace::{Bucket, Window};

/// Requests of one lane go one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    /// A chat, by its id; groups have negative ones.
    Chat(i64),
    /// A message sent by inline mode, whose chat we do not know, by a hash of its id.
    Inline(u64),
    /// A request that stands alone, such as the answer to a button; only the limit over all counts.
    Alone(u64),
}

/// Throttled chats within [`GLOBAL_THROTTLE_WITHIN`] that mean that Telegram throttles the bot and not a chat.
const GLOBAL_THROTTLE_CHATS: usize = 3;
const GLOBAL_THROTTLE_WITHIN: Duration = Duration::from_secs(2);

/// Lanes above which idle ones are looked for.
const MANY_LANES: usize = 1024;

#[derive(Debug)]
struct Entry<T> {
    item: T,
    expires: Instant,
}

#[derive(Debug)]
struct Queue<T> {
    waiting: VecDeque<Entry<T>>,
    in_flight: bool,
    frozen_until: Instant,
    bucket: Bucket,
    /// `None` for what is no group.
    group: Option<Window>,
}

/// What to do now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<T> {
    /// Send this; tell [`Schedule::finish`] or [`Schedule::again`] how it went.
    Send(Lane, T),
    /// This has expired, or nobody wants it any more.
    Discard(T),
    /// Nothing before then.
    Wait(Instant),
    /// Nothing until something is pushed or finished.
    Idle,
}

/// All requests that wait.
#[derive(Debug)]
pub(super) struct Schedule<T> {
    pace: Pace,
    queues: HashMap<Lane, Queue<T>>,
    /// Lanes with a queue and nothing in flight, in the order of their turns.
    turns: VecDeque<Lane>,
    overall: Window,
    frozen_until: Option<Instant>,
    throttled: VecDeque<(Instant, Lane)>,
    in_flight: usize,
    queued: usize,
    look_for_idle_above: usize,
}

impl<T> Schedule<T> {
    pub(super) fn new(pace: Pace) -> Self {
        Self {
            overall: Window::new(pace.per_second, Duration::from_secs(1)),
            pace,
            queues: HashMap::new(),
            turns: VecDeque::new(),
            frozen_until: None,
            throttled: VecDeque::new(),
            in_flight: 0,
            queued: 0,
            look_for_idle_above: MANY_LANES,
        }
    }

    /// Requests that wait.
    pub(super) fn queued(&self) -> usize {
        self.queued
    }

    /// Whether nothing waits and nothing is on its way.
    pub(super) fn is_idle(&self) -> bool {
        self.queued == 0 && self.in_flight == 0
    }

    /// Queues a request; gives it back when its lane is full.
    pub(super) fn push(&mut self, lane: Lane, item: T, expires: Instant, now: Instant) -> Result<(), T> {
        if self.queues.len() >= self.look_for_idle_above {
            self.forget_idle_lanes(now);
        }
        let full = self.pace.queue_per_chat;
        let queue = self.queue(lane, now);
        if queue.waiting.len() >= full {
            return Err(item);
        }
        queue.waiting.push_back(Entry { item, expires });
        if queue.waiting.len() == 1 && !queue.in_flight {
            self.turns.push_back(lane);
        }
        self.queued += 1;
        Ok(())
    }

    /// What to do now; `unwanted` says of a request that nobody waits for it any more.
    pub(super) fn next(&mut self, now: Instant, unwanted: impl Fn(&T) -> bool) -> Next<T> {
        let frozen = self.frozen_until.filter(|&until| until > now);
        let nobody_before = frozen.max(self.overall.ready_at(now));
        let mut wake: Option<Instant> = None;
        for turn in 0..self.turns.len() {
            let lane = self.turns[turn];
            let Some(queue) = self.queues.get_mut(&lane) else { continue };
            let Some(first) = queue.waiting.front() else { continue };
            let expires = first.expires;
            if expires <= now || unwanted(&first.item) {
                return self.take_turn(turn, lane, now, Taken::ToDiscard);
            }
            let ready_at = queue.ready_at(now);
            let ready_at = nobody_before.map_or(ready_at, |before| before.max(ready_at));
            if ready_at <= now {
                return self.take_turn(turn, lane, now, Taken::ToSend);
            }
            let at = ready_at.min(expires);
            wake = Some(wake.map_or(at, |wake| wake.min(at)));
        }
        wake.map_or(Next::Idle, Next::Wait)
    }

    /// A request of this lane has come to its end.
    pub(super) fn finish(&mut self, lane: Lane) {
        self.in_flight -= 1;
        let Some(queue) = self.queues.get_mut(&lane) else { return };
        queue.in_flight = false;
        if !queue.waiting.is_empty() {
            self.turns.push_back(lane);
        } else if matches!(lane, Lane::Alone(_)) {
            self.queues.remove(&lane);
        }
    }

    /// A request of this lane shall be sent again, first of all, after `wait`.
    pub(super) fn again(&mut self, lane: Lane, item: T, expires: Instant, wait: Duration, now: Instant) {
        let queue = self.queue(lane, now);
        queue.frozen_until = queue.frozen_until.max(now + wait);
        queue.waiting.push_front(Entry { item, expires });
        self.queued += 1;
        self.finish(lane);
    }

    /// Telegram throttled this lane; when it throttles several chats at once, it means everybody.
    pub(super) fn throttled(&mut self, lane: Lane, item: T, expires: Instant, wait: Duration, now: Instant) {
        self.throttled.retain(|&(at, other)| other != lane && now.duration_since(at) <= GLOBAL_THROTTLE_WITHIN);
        // Presses of buttons stand alone, and many of them may come from one chat.
        if matches!(lane, Lane::Chat(_)) {
            self.throttled.push_back((now, lane));
        }
        if self.throttled.len() >= GLOBAL_THROTTLE_CHATS {
            self.frozen_until = self.frozen_until.max(Some(now + wait));
            self.throttled.clear();
        }
        self.again(lane, item, expires, wait, now);
    }

    /// A chat has another id from now on: what waits for it waits there, `item` first of all.
    pub(super) fn moved(&mut self, from: Lane, to: Lane, item: T, expires: Instant, now: Instant) {
        let waiting = self.queues.get_mut(&from).map(|queue| std::mem::take(&mut queue.waiting)).unwrap_or_default();
        self.finish(from);
        let queue = self.queue(to, now);
        let had_turn = !queue.waiting.is_empty() && !queue.in_flight;
        queue.waiting.push_front(Entry { item, expires });
        queue.waiting.extend(waiting);
        if !had_turn && !queue.in_flight {
            self.turns.push_back(to);
        }
        self.queued += 1;
    }

    /// Takes out everything that waits.
    pub(super) fn clear(&mut self) -> Vec<T> {
        self.turns.clear();
        self.queued = 0;
        self.queues.values_mut().flat_map(|queue| queue.waiting.drain(..)).map(|entry| entry.item).collect()
    }

    fn take_turn(&mut self, turn: usize, lane: Lane, now: Instant, taken: Taken) -> Next<T> {
        self.turns.remove(turn);
        let Some(queue) = self.queues.get_mut(&lane) else { return Next::Idle };
        let Some(entry) = queue.waiting.pop_front() else { return Next::Idle };
        self.queued -= 1;
        self.in_flight += 1;
        match taken {
            Taken::ToDiscard => {
                self.finish(lane);
                Next::Discard(entry.item)
            }
            Taken::ToSend => {
                queue.in_flight = true;
                queue.bucket.take(now);
                if let Some(group) = &mut queue.group {
                    group.take(now);
                }
                self.overall.take(now);
                Next::Send(lane, entry.item)
            }
        }
    }

    fn queue(&mut self, lane: Lane, now: Instant) -> &mut Queue<T> {
        let pace = &self.pace;
        self.queues.entry(lane).or_insert_with(|| Queue {
            waiting: VecDeque::new(),
            in_flight: false,
            frozen_until: now,
            bucket: Bucket::new(pace.chat_burst, pace.chat_every, now),
            group: matches!(lane, Lane::Chat(id) if id < 0)
                .then(|| Window::new(pace.group_per_minute, Duration::from_mins(1))),
        })
    }

    /// Drops lanes that would be made again as they are.
    fn forget_idle_lanes(&mut self, now: Instant) {
        self.queues.retain(|_, queue| {
            let busy = queue.in_flight || !queue.waiting.is_empty() || queue.frozen_until > now;
            let paced = !queue.bucket.is_full(now) || queue.group.as_mut().is_some_and(|group| !group.is_empty(now));
            busy || paced
        });
        self.look_for_idle_above = (2 * self.queues.len()).max(MANY_LANES);
    }
}

#[derive(Clone, Copy)]
enum Taken {
    ToSend,
    ToDiscard,
}

impl<T> Queue<T> {
    fn ready_at(&mut self, now: Instant) -> Instant {
        let at = self.frozen_until.max(self.bucket.ready_at());
        match self.group.as_mut().and_then(|group| group.ready_at(now)) {
            Some(group) => at.max(group),
            None => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    /// Runs the schedule until nothing waits; every request takes `flight`. Returns (milliseconds, item) of each send.
    fn run(schedule: &mut Schedule<(i64, u32)>, start: Instant, flight: Duration) -> Vec<(u128, (i64, u32))> {
        let mut now = start;
        let mut sent = Vec::new();
        let mut flying: Vec<(Instant, Lane)> = Vec::new();
        loop {
            flying.retain(|&(lands, lane)| {
                if lands <= now {
                    schedule.finish(lane);
                }
                lands > now
            });
            let lands = flying.iter().map(|&(lands, _)| lands).min();
            match schedule.next(now, |_| false) {
                Next::Send(lane, item) => {
                    sent.push((now.duration_since(start).as_millis(), item));
                    flying.push((now + flight, lane));
                }
                Next::Discard(_) => {}
                Next::Wait(at) => now = lands.map_or(at, |lands| lands.min(at)),
                Next::Idle => match lands {
                    Some(lands) => now = lands,
                    None => return sent,
                },
            }
        }
    }

    fn push(schedule: &mut Schedule<(i64, u32)>, chat: i64, count: u32, now: Instant) {
        for number in 0..count {
            schedule.push(Lane::Chat(chat), (chat, number), now + HOUR, now).unwrap();
        }
    }

    fn schedule() -> (Schedule<(i64, u32)>, Instant) {
        (Schedule::new(Pace { queue_per_chat: 500, ..Pace::default() }), Instant::now())
    }

    #[test]
    fn a_chat_gets_a_burst_and_then_one_a_second_in_order() {
        let (mut schedule, now) = schedule();
        push(&mut schedule, 1, 5, now);
        let sent = run(&mut schedule, now, Duration::from_millis(1));
        assert_eq!(sent, [(0, (1, 0)), (1, (1, 1)), (2, (1, 2)), (1000, (1, 3)), (2000, (1, 4))]);
    }

    #[test]
    fn a_flooded_chat_does_not_delay_another() {
        let (mut schedule, now) = schedule();
        push(&mut schedule, 1, 200, now);
        push(&mut schedule, 2, 1, now);
        let sent = run(&mut schedule, now, Duration::from_millis(50));
        assert_eq!(sent[1], (0, (2, 0)));
    }

    #[test]
    fn a_hundred_chats_share_thirty_a_second_by_turns() {
        let (mut schedule, now) = schedule();
        for chat in 1..=100 {
            push(&mut schedule, chat, 2, now);
        }
        let sent = run(&mut schedule, now, Duration::from_millis(1));
        assert!(sent.windows(31).all(|window| window[30].0 - window[0].0 >= 1000));
        let first: Vec<i64> = sent[..100].iter().map(|&(_, (chat, _))| chat).collect();
        assert_eq!(first.len(), first.iter().collect::<std::collections::HashSet<_>>().len());
    }

    #[test]
    fn a_group_gets_twenty_a_minute() {
        let (mut schedule, now) = schedule();
        push(&mut schedule, -1, 45, now);
        let sent = run(&mut schedule, now, Duration::from_millis(1));
        assert!(sent.windows(21).all(|window| window[20].0 - window[0].0 >= 60_000));
        assert!(sent[44].0 < 121_000 + 20_000, "{}", sent[44].0);
    }

    #[test]
    fn a_throttled_chat_waits_alone_and_loses_nothing() {
        let (mut schedule, now) = schedule();
        push(&mut schedule, 1, 2, now);
        push(&mut schedule, 2, 1, now);
        let Next::Send(lane, item) = schedule.next(now, |_| false) else { panic!("nothing to send") };
        schedule.throttled(lane, item, now + HOUR, Duration::from_secs(20), now);
        let sent = run(&mut schedule, now, Duration::from_millis(1));
        assert_eq!(sent, [(0, (2, 0)), (20_000, (1, 0)), (20_001, (1, 1))]);
    }

    #[test]
    fn three_throttled_chats_mean_everybody() {
        let (mut schedule, now) = schedule();
        for chat in 1..=4 {
            push(&mut schedule, chat, 1, now);
        }
        for _ in 0..3 {
            let Next::Send(lane, item) = schedule.next(now, |_| false) else { panic!("nothing to send") };
            schedule.throttled(lane, item, now + HOUR, Duration::from_secs(9), now);
        }
        let sent = run(&mut schedule, now, Duration::from_millis(1));
        assert!(sent.iter().all(|&(at, _)| at >= 9000), "{sent:?}");
        assert_eq!(sent.len(), 4);
    }

    #[test]
    fn what_waits_too_long_is_discarded_even_in_a_frozen_chat() {
        let (mut schedule, now) = schedule();
        schedule.push(Lane::Chat(1), (1, 0), now + HOUR, now).unwrap();
        let Next::Send(lane, item) = schedule.next(now, |_| false) else { panic!("nothing to send") };
        let soon = now + Duration::from_secs(5);
        schedule.throttled(lane, item, soon, HOUR, now);
        assert_eq!(schedule.next(now, |_| false), Next::Wait(soon));
        assert_eq!(schedule.next(soon, |_| false), Next::Discard((1, 0)));
        assert!(schedule.is_idle());
    }

    #[test]
    fn what_nobody_wants_is_not_sent() {
        let (mut schedule, now) = schedule();
        push(&mut schedule, 1, 2, now);
        assert_eq!(schedule.next(now, |&(_, number)| number == 0), Next::Discard((1, 0)));
        assert_eq!(schedule.next(now, |&(_, number)| number == 0), Next::Send(Lane::Chat(1), (1, 1)));
    }

    #[test]
    fn a_full_queue_gives_back() {
        let mut schedule = Schedule::new(Pace { queue_per_chat: 1, ..Pace::default() });
        let now = Instant::now();
        assert_eq!(schedule.push(Lane::Chat(1), 'a', now + HOUR, now), Ok(()));
        assert_eq!(schedule.push(Lane::Chat(1), 'b', now + HOUR, now), Err('b'));
        assert_eq!(schedule.push(Lane::Chat(2), 'c', now + HOUR, now), Ok(()));
        assert_eq!(schedule.queued(), 2);
    }

    #[test]
    fn a_group_that_moves_keeps_its_order() {
        let (mut schedule, now) = schedule();
        push(&mut schedule, -1, 3, now);
        let Next::Send(lane, item) = schedule.next(now, |_| false) else { panic!("nothing to send") };
        schedule.moved(lane, Lane::Chat(-2), item, now + HOUR, now);
        let sent = run(&mut schedule, now, Duration::from_millis(1));
        assert_eq!(sent.iter().map(|&(_, (_, number))| number).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn idle_lanes_are_forgotten_and_paced_ones_are_not() {
        let (mut schedule, start) = schedule();
        for chat in 0..10_000_i64 {
            let now = start + Duration::from_secs(chat.unsigned_abs());
            push(&mut schedule, chat + 1, 1, now);
            let Next::Send(lane, _) = schedule.next(now, |_| false) else { panic!("nothing to send") };
            schedule.finish(lane);
        }
        assert!(schedule.queues.len() <= MANY_LANES, "{}", schedule.queues.len());
    }
}
