//! How many questions a person may ask in a minute. Forgets with the process: a restart is no reason to wait.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::journal::PersonKey;

const MINUTE: Duration = Duration::from_mins(1);
/// People above which those who asked nothing for a minute are forgotten.
const MANY_PEOPLE: usize = 4096;

/// Counts questions.
#[derive(Debug)]
pub(crate) struct Quota {
    per_minute: usize,
    people: Mutex<HashMap<PersonKey, Asked>>,
}

#[derive(Debug, Default)]
struct Asked {
    times: VecDeque<Instant>,
    told: Option<Instant>,
}

/// Whether a question may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It may.
    Free,
    /// It may not, and the person is to be told.
    TooFast,
    /// It may not, and the person was told less than a minute ago.
    Told,
}

impl Quota {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self { per_minute: per_minute as usize, people: Mutex::default() }
    }

    /// Counts a question.
    pub(crate) fn take(&self, person: PersonKey, now: Instant) -> Turn {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |asked: &Asked| asked.times.back().is_some_and(|last| now.duration_since(*last) < MINUTE);
        if people.len() >= MANY_PEOPLE {
            people.retain(|_, asked| recent(asked));
        }
        let asked = people.entry(person).or_default();
        while asked.times.front().is_some_and(|first| now.duration_since(*first) >= MINUTE) {
            asked.times.pop_front();
        }
        if asked.times.len() < self.per_minute {
            asked.times.push_back(now);
            return Turn::Free;
        }
        if asked.told.is_some_and(|told| now.duration_since(told) < MINUTE) {
            return Turn::Told;
        }
        asked.told = Some(now);
        Turn::TooFast
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::journal::Journal;

    #[tokio::test(start_paused = true)]
    async fn a_person_is_told_once_and_may_go_on_after_a_minute() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path(), &Secret::random()).unwrap().journal;
        let (a, b) = (journal.person(1), journal.person(2));
        let quota = Quota::new(2);
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(quota.take(a, at(0)), Turn::Free);
        assert_eq!(quota.take(a, at(10)), Turn::Free);
        assert_eq!(quota.take(a, at(11)), Turn::TooFast);
        assert_eq!(quota.take(a, at(12)), Turn::Told);
        assert_eq!(quota.take(b, at(12)), Turn::Free);
        assert_eq!(quota.take(a, at(60)), Turn::Free);
        assert_eq!(quota.take(a, at(61)), Turn::Told);
        assert_eq!(quota.take(a, at(72)), Turn::Free);
    }
}
