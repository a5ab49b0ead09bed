//! Counts of what happened since the start. Knows no question and no person.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Counters that everybody may raise.
        #[derive(Debug, Default)]
        pub struct Counters {
            $(pub(super) $name: Counter,)*
            pub(super) last_poll: AtomicI64,
        }

        /// The counters at one moment.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
        pub struct Figures {
            $($(#[$doc])* pub $name: u64,)*
            /// When Telegram last answered a poll, in seconds since 1970; 0 is never.
            pub last_poll: i64,
        }

        impl Counters {
            /// Reads them all.
            pub fn read(&self) -> Figures {
                Figures { $($name: self.$name.0.load(Ordering::Relaxed),)* last_poll: self.last_poll.load(Ordering::Relaxed) }
            }
        }
    };
}

counters! {
    /// Updates written to the journal.
    taken,
    /// Updates that were known already.
    repeated,
    /// Updates handled to the end, well or not.
    handled,
    /// Handlers that returned an error.
    failed,
    /// Handlers that panicked.
    panicked,
    /// Handlers that ran out of time.
    timed_out,
    /// Updates given up because they ended the process too often.
    given_up,
    /// Polls that failed.
    polls_failed,
    /// Requests that Telegram carried out.
    sent,
    /// Requests repeated after a failure.
    retried,
    /// Requests that Telegram answered with 429.
    throttled,
    /// Requests for chats that cannot be reached, and messages that are gone.
    undeliverable,
    /// Messages that may have been sent: the answer did not come.
    uncertain,
    /// Requests that Telegram refused, which are mistakes of ours.
    refused,
    /// Requests not sent: the queue was full, the bot stopped, or the retries came to an end.
    dropped,
}

/// A number that only grows.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add(&self, count: usize) {
        self.0.fetch_add(count as u64, Ordering::Relaxed);
    }

    pub(super) fn one(&self) {
        self.add(1);
    }
}
