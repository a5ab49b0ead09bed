//! Times as people in Shanghai read them: eight hours ahead of UTC, without summer time.

use crate::journal::{Seconds, stamp};

const OFFSET: Seconds = 8 * 3600;

/// The day and time, as `2026-11-22 09:05:00`.
pub(crate) fn time(at: Seconds) -> String {
    stamp(at + OFFSET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_four_in_the_afternoon_of_utc() {
        assert_eq!(time(1_795_276_799), "2026-11-21 23:59:59");
        assert_eq!(time(1_795_276_800), "2026-11-22 00:00:00");
    }
}
