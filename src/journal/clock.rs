//! The time now, and times as people read them. The day is Shanghai's.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::corpus::Date;

/// Seconds since 1970, UTC.
pub type Seconds = i64;

/// Shanghai is eight hours ahead of UTC, without summer time.
pub(super) const SHANGHAI_OFFSET: Seconds = 8 * 3600;

/// The time now.
pub fn now() -> Seconds {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed())
}

/// The time in UTC, as 2023-08-21 06:30:00.
pub fn stamp(at: Seconds) -> String {
    let (days, seconds) = (at.div_euclid(86_400), at.rem_euclid(86_400));
    let day = Date::of_day(days);
    format!("{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The same time in Shanghai.
pub fn stamp_in_shanghai(at: Seconds) -> String {
    stamp(at + SHANGHAI_OFFSET)
}

/// The day in Shanghai.
pub fn today() -> Date {
    Date::of_day((now() + SHANGHAI_OFFSET).div_euclid(86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_a_day_and_a_time() {
        assert_eq!(stamp(0), "1970-01-01 00:00:00");
        assert_eq!(stamp(1_692_599_399), "2023-08-21 06:29:59");
        assert_eq!(stamp(951_782_400), "2000-02-29 00:00:00");
    }

    #[test]
    fn a_day_in_shanghai_begins_at_four_in_the_afternoon_of_utc() {
        assert_eq!(stamp_in_shanghai(1_795_276_799), "2026-11-21 23:59:59");
        assert_eq!(stamp_in_shanghai(1_795_276_800), "2026-11-22 00:00:00");
    }
}
