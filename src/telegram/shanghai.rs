//! Days and hours as people in Shanghai read them: eight hours ahead of UTC, without summer time.

use chrono::{DateTime, Utc};

use crate::journal::Seconds;

const OFFSET: Seconds = 8 * 3600;

/// The day, as `2026-11-22`.
pub(crate) fn day(at: Seconds) -> String {
    local(at).format("%Y-%m-%d").to_string()
}

/// The day and minute, as `2026-11-22 09:05`.
pub(crate) fn minute(at: Seconds) -> String {
    local(at).format("%Y-%m-%d %H:%M").to_string()
}

fn local(at: Seconds) -> DateTime<Utc> {
    DateTime::from_timestamp(at.saturating_add(OFFSET), 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_four_in_the_afternoon_of_utc() {
        assert_eq!(day(1_795_276_799), "2026-11-21");
        assert_eq!(minute(1_795_276_800), "2026-11-22 00:00");
        assert_eq!(day(Seconds::MAX), "1970-01-01");
    }
}
