//! Seconds as days and times that people read.

use super::Seconds;
use crate::corpus::Date;

/// The time in UTC, as 2023-08-21 06:30:00.
pub fn stamp(at: Seconds) -> String {
    let (days, seconds) = (at.div_euclid(86_400), at.rem_euclid(86_400));
    let day = Date::of_day(days);
    format!("{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Shanghai is eight hours ahead of UTC, without summer time.
pub(super) const SHANGHAI_OFFSET: Seconds = 8 * 3600;

/// The day in Shanghai.
pub fn today() -> Date {
    Date::of_day((super::now() + SHANGHAI_OFFSET).div_euclid(86_400))
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
}
