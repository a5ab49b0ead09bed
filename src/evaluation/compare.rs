//! Two runs over the same questions: which were won and which were lost.

use std::collections::HashMap;

use super::judge::Judgement;

/// What changed between two runs.
#[derive(Debug, Default, PartialEq)]
pub struct Changes<'a> {
    /// Wrong before, right now.
    pub won: Vec<(&'a Judgement, &'a Judgement)>,
    /// Right before, wrong now.
    pub lost: Vec<(&'a Judgement, &'a Judgement)>,
    /// How many questions are in one run only.
    pub unmatched: usize,
}

/// Compares an earlier run with a later one by the questions' ids.
pub fn changes<'a>(earlier: &'a [Judgement], later: &'a [Judgement]) -> Changes<'a> {
    let mut known: HashMap<&str, &Judgement> =
        earlier.iter().map(|judgement| (judgement.id.as_str(), judgement)).collect();
    let mut changes = Changes::default();
    for now in later {
        match known.remove(now.id.as_str()) {
            None => changes.unmatched += 1,
            Some(before) => match (before.is_well_answered(), now.is_well_answered()) {
                (false, true) => changes.won.push((before, now)),
                (true, false) => changes.lost.push((before, now)),
                _ => {}
            },
        }
    }
    changes.unmatched += known.len();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Outcome;

    #[test]
    fn questions_are_matched_by_id() {
        let judged = |id: &str, right| Judgement { id: id.into(), answerable: true, right, ..Judgement::default() };
        let earlier = [judged("a", Some(1)), judged("b", None), judged("c", Some(1)), judged("gone", None)];
        let later = [judged("c", Some(1)), judged("b", Some(1)), judged("a", Some(2))];
        let changes = changes(&earlier, &later);
        assert_eq!(changes.won.iter().map(|(_, now)| now.id.as_str()).collect::<Vec<_>>(), ["b"]);
        assert_eq!(changes.lost.iter().map(|(_, now)| now.id.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(changes.unmatched, 1);
    }

    #[test]
    fn a_stranger_is_well_answered_when_it_is_not_answered() {
        let judged = |outcome| Judgement { id: "s".into(), outcome, ..Judgement::default() };
        let (earlier, later) = ([judged(Outcome::Answered)], [judged(Outcome::Unsure)]);
        assert_eq!(changes(&earlier, &later).won.len(), 1);
    }
}
