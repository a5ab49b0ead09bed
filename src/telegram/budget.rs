//! The time a handler has. It stands still while the handler waits for the sender, whose pace is not its fault.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// A deadline that can be paused.
#[derive(Debug)]
pub(super) struct Budget {
    clock: Mutex<Clock>,
    changed: Notify,
}

#[derive(Debug)]
struct Clock {
    left: Duration,
    /// `None` while it stands still.
    running_since: Option<Instant>,
    pauses: usize,
}

/// The clock stands still until this is dropped.
#[derive(Debug)]
pub(super) struct Pause(Arc<Budget>);

impl Budget {
    /// A clock that runs from now.
    pub(super) fn new(left: Duration) -> Arc<Self> {
        let clock = Clock { left, running_since: Some(Instant::now()), pauses: 0 };
        Arc::new(Self { clock: Mutex::new(clock), changed: Notify::new() })
    }

    /// Stops the clock; several pauses overlap.
    pub(super) fn pause(self: &Arc<Self>) -> Pause {
        self.change(|clock| {
            clock.pauses += 1;
            if let Some(since) = clock.running_since.take() {
                clock.left = clock.left.saturating_sub(since.elapsed());
            }
        });
        self.changed.notify_one();
        Pause(Arc::clone(self))
    }

    /// Waits until the time is spent.
    pub(super) async fn spent(&self) {
        loop {
            let changed = self.changed.notified();
            let until = self.change(|clock| clock.running_since.map(|since| since + clock.left));
            match until {
                None => changed.await,
                Some(until) => tokio::select! {
                    biased;
                    () = changed => {}
                    () = tokio::time::sleep_until(until) => return,
                },
            }
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Clock) -> T) -> T {
        change(&mut self.clock.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        self.0.change(|clock| {
            clock.pauses -= 1;
            if clock.pauses == 0 {
                clock.running_since = Some(Instant::now());
            }
        });
        self.0.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waiting_for_the_sender_costs_no_time() {
        let start = Instant::now();
        let budget = Budget::new(Duration::from_secs(20));
        let pause = budget.pause();
        let pausing = async {
            tokio::time::sleep(Duration::from_mins(1)).await;
            drop(pause);
        };
        tokio::join!(budget.spent(), pausing);
        assert_eq!(start.elapsed().as_secs(), 80);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_in_the_middle_keeps_what_is_left() {
        let start = Instant::now();
        let budget = Budget::new(Duration::from_secs(20));
        let pausing = async {
            tokio::time::sleep(Duration::from_secs(15)).await;
            let pause = budget.pause();
            tokio::time::sleep(Duration::from_secs(100)).await;
            drop(pause);
        };
        tokio::join!(budget.spent(), pausing);
        assert_eq!(start.elapsed().as_secs(), 120);
    }
}
