//! Which of many patterns can match at all, told in one pass: the patterns without their look-around, as one automaton.
//! Knows nothing of what the patterns mean.

use regex::{RegexSet, RegexSetBuilder};

use super::pattern::without_look_around;

/// What an automaton may remember, in bytes for each thread that asks at the same time. The two megabytes that the library
/// gives are too few for the questions that people ask: it would forget and begin anew, again and again.
const REMEMBERED_BYTES: usize = 16 << 20;

/// Patterns as an automaton that sees every text that one of them matches, and a few more.
pub(super) struct Prefilter(RegexSet);

impl Prefilter {
    /// A prefilter of patterns.
    ///
    /// # Panics
    /// If a pattern is not one of `regex` but for look-around.
    pub(super) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut plain = RegexSetBuilder::new(patterns.into_iter().map(without_look_around));
        let set = plain.dfa_size_limit(REMEMBERED_BYTES).build();
        Self(set.expect("patterns without look-around are patterns of regex"))
    }

    /// The numbers of the patterns that may match a text; the others do not.
    pub(super) fn candidates(&self, text: &str) -> impl Iterator<Item = usize> {
        self.0.matches(text).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_can_match_are_told() {
        let prefilter = Prefilter::new(["(?<!哪)几家", "多少钱", "哪里"]);
        assert_eq!(prefilter.candidates("哪几家多少钱").collect::<Vec<_>>(), [0, 1]);
    }
}
