//! Faults a test injects into the Bot API: which, for whom, how often. Knows nothing of the requests' meaning.

use std::time::Duration;
use tokio::time::Instant;

/// What goes wrong with a request of the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Never answered and not carried out.
    Hang,
    /// Carried out, but never answered.
    HangAfter,
    /// Carried out, then the connection is cut without an answer.
    CutAfter,
    /// Carried out, but only half of the answer's JSON arrives.
    CutJson,
    /// Carried out after this delay.
    Slow {
        /// How long the request waits first.
        delay: Duration,
    },
    /// 429 until the seconds are over, counted from the injection; the answer names the seconds that are left.
    TooManyRequests {
        /// The first `retry_after`, in seconds.
        seconds: u64,
    },
    /// 5xx, not carried out.
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// 409, as if another bot polled.
    Conflict,
    /// 401, as if the token was revoked.
    Unauthorized,
}

/// A fault with its conditions. A plain [`Fault`] becomes a rule for every request until it is lifted.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    fault: Fault,
    method: Option<String>,
    chat: Option<i64>,
    times: Option<u32>,
    skip: u32,
}

impl From<Fault> for Rule {
    fn from(fault: Fault) -> Self {
        Self { fault, method: None, chat: None, times: None, skip: 0 }
    }
}

impl Fault {
    /// Only for this method; upper or lower case does not matter.
    pub fn on(self, method: &str) -> Rule {
        Rule::from(self).on(method)
    }

    /// Only for requests that name this chat.
    pub fn in_chat(self, chat: i64) -> Rule {
        Rule::from(self).in_chat(chat)
    }

    /// Only for this many requests.
    pub fn times(self, times: u32) -> Rule {
        Rule::from(self).times(times)
    }
}

impl Rule {
    /// Only for this method; upper or lower case does not matter.
    #[must_use]
    pub fn on(mut self, method: &str) -> Self {
        self.method = Some(method.to_ascii_lowercase());
        self
    }

    /// Only for requests that name this chat.
    #[must_use]
    pub fn in_chat(mut self, chat: i64) -> Self {
        self.chat = Some(chat);
        self
    }

    /// Only for this many requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Only after this many requests that the rule fits have passed.
    #[must_use]
    pub fn after(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }
}

/// The rules in force, in the order of their injection.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<(Instant, Rule)>);

impl Faults {
    pub(crate) fn inject(&mut self, rule: Rule, now: Instant) {
        self.0.push((now, rule));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault for this request, if there is one; a counted rule is then used once. `method` is in lower case.
    pub(crate) fn strike(&mut self, method: &str, chat: Option<i64>, now: Instant) -> Option<Fault> {
        self.0.retain(|(since, rule)| {
            rule.times != Some(0)
                && !matches!(rule.fault, Fault::TooManyRequests { seconds } if now.duration_since(*since).as_secs() >= seconds)
        });
        let fits = |rule: &Rule| {
            rule.method.as_deref().is_none_or(|m| m == method) && rule.chat.is_none_or(|c| Some(c) == chat)
        };
        for (since, rule) in &mut self.0 {
            if !fits(rule) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            rule.times = rule.times.map(|times| times - 1);
            return Some(match rule.fault {
                Fault::TooManyRequests { seconds } => {
                    let left = Duration::from_secs(seconds).saturating_sub(now.duration_since(*since));
                    Fault::TooManyRequests { seconds: left.as_millis().div_ceil(1000) as u64 }
                }
                fault => fault,
            });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_strikes_whom_it_names_and_as_often_as_it_says() {
        let (mut faults, now) = (Faults::default(), Instant::now());
        faults.inject(Fault::Hang.on("sendMessage").in_chat(7).times(1), now);
        assert_eq!(faults.strike("getme", None, now), None);
        assert_eq!(faults.strike("sendmessage", Some(8), now), None);
        assert_eq!(faults.strike("sendmessage", Some(7), now), Some(Fault::Hang));
        assert_eq!(faults.strike("sendmessage", Some(7), now), None);
        faults.inject(Fault::CutJson.on("getMe").after(1), now);
        assert_eq!(faults.strike("getme", None, now), None);
        assert_eq!(faults.strike("getme", None, now), Some(Fault::CutJson));
        faults.clear();
        assert_eq!(faults.strike("getme", None, now), None);
    }

    #[test]
    fn a_flood_wait_counts_down_and_ends() {
        let (mut faults, start) = (Faults::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        faults.inject(Fault::TooManyRequests { seconds: 20 }.in_chat(1), start);
        assert_eq!(faults.strike("sendmessage", Some(1), at(0)), Some(Fault::TooManyRequests { seconds: 20 }));
        assert_eq!(faults.strike("sendmessage", Some(1), at(15)), Some(Fault::TooManyRequests { seconds: 5 }));
        assert_eq!(faults.strike("sendmessage", Some(2), at(15)), None);
        assert_eq!(faults.strike("sendmessage", Some(1), at(20)), None);
    }
}
