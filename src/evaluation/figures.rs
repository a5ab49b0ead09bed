//! Judgements → figures: shares with their intervals, by kind, and ranks of confidence.

use serde::{Deserialize, Serialize};

use super::judge::Judgement;
use crate::answer::Outcome;

/// A share of a number of questions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// Counts the judgements that satisfy a condition.
    pub fn of<'a>(judgements: impl IntoIterator<Item = &'a Judgement>, condition: impl Fn(&Judgement) -> bool) -> Self {
        judgements.into_iter().fold(Self { count: 0, of: 0 }, |share, judgement| Self {
            count: share.count + usize::from(condition(judgement)),
            of: share.of + 1,
        })
    }

    /// The share; 0 of nothing.
    pub fn value(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.count as f64 / self.of as f64 }
    }

    /// Wilson's 95 % interval of the share.
    pub fn interval(self) -> (f64, f64) {
        const Z: f64 = 1.96;
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (p, n) = (self.value(), self.of as f64);
        let middle = p + Z * Z / (2.0 * n);
        let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        (((middle - spread) / whole).max(0.0), ((middle + spread) / whole).min(1.0))
    }
}

/// The figures of a set, or of one kind of its questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// How many questions.
    pub questions: usize,
    /// The right passage or document stands first among the candidates, of the answerable.
    pub first: Share,
    /// It stands among the first five.
    pub five: Share,
    /// Mean reciprocal rank of it, cut at ten.
    pub mrr: f64,
    /// The first excerpt is of a right document.
    pub document: Share,
    /// The first excerpt holds an answer.
    pub excerpt1: Share,
    /// One of the first three does.
    pub excerpt3: Share,
    /// Answered, of the answerable.
    pub answered: Share,
    /// The first excerpt holds an answer, of the answered that are answerable.
    pub right: Share,
    /// Unsure, of the answerable.
    pub partial: Share,
    /// Answered, of those that nothing answers.
    pub false_answers: Share,
    /// Unsure, of those that nothing answers.
    pub honest: Share,
    /// Area under the curve: how well the confidence tells answers from answers without the question's own passage.
    pub auroc: Option<f64>,
    /// Microseconds a question: half are faster, and all but a hundredth.
    pub micros: (u64, u64),
}

/// The figures of some judgements.
pub fn figures(judgements: &[&Judgement]) -> Figures {
    let answerable: Vec<&Judgement> = judgements.iter().copied().filter(|j| j.answerable).collect();
    let strange: Vec<&Judgement> = judgements.iter().copied().filter(|j| !j.answerable).collect();
    let share = |of: &[&Judgement], condition: &dyn Fn(&Judgement) -> bool| Share::of(of.iter().copied(), condition);
    let within = |place: Option<usize>, most: usize| place.is_some_and(|place| place <= most);
    let answered: Vec<&Judgement> = answerable.iter().copied().filter(|j| j.outcome == Outcome::Answered).collect();
    let reciprocal = |j: &&Judgement| j.rank.filter(|rank| *rank <= 10).map_or(0.0, |rank| 1.0 / rank as f64);
    let mut micros: Vec<u64> = judgements.iter().map(|j| j.micros).collect();
    micros.sort_unstable();
    let at = |share: f64| micros.get(((micros.len() as f64 * share) as usize).min(micros.len().saturating_sub(1)));
    Figures {
        questions: judgements.len(),
        first: share(&answerable, &|j| within(j.rank, 1)),
        five: share(&answerable, &|j| within(j.rank, 5)),
        mrr: answerable.iter().map(reciprocal).sum::<f64>() / answerable.len().max(1) as f64,
        document: share(&answerable, &|j| j.document),
        excerpt1: share(&answerable, &|j| within(j.right, 1)),
        excerpt3: share(&answerable, &|j| within(j.right, 3)),
        answered: share(&answerable, &|j| j.outcome == Outcome::Answered),
        right: share(&answered, &|j| within(j.right, 1)),
        partial: share(&answerable, &|j| j.outcome == Outcome::Unsure),
        false_answers: share(&strange, &|j| j.outcome == Outcome::Answered),
        honest: share(&strange, &|j| j.outcome == Outcome::Unsure),
        auroc: auroc(&answerable),
        micros: (at(0.5).copied().unwrap_or(0), at(0.99).copied().unwrap_or(0)),
    }
}

/// How often the confidence of a question is above that of a question without its own passage; ties count half.
fn auroc(judgements: &[&Judgement]) -> Option<f64> {
    let mut without: Vec<f64> = judgements.iter().filter_map(|j| j.without_gold).collect();
    if without.is_empty() {
        return None;
    }
    without.sort_by(f64::total_cmp);
    let above = |j: &&Judgement| {
        let below = without.partition_point(|other| *other < j.confidence);
        let same = without.partition_point(|other| *other <= j.confidence) - below;
        below as f64 + same as f64 / 2.0
    };
    let with: Vec<&&Judgement> = judgements.iter().filter(|j| j.without_gold.is_some()).collect();
    Some(with.iter().map(|j| above(j)).sum::<f64>() / (with.len() * without.len()) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_the_share() {
        let share = Share { count: 80, of: 100 };
        let (low, high) = share.interval();
        assert!(low > 0.7 && low < 0.8 && high > 0.8 && high < 0.88, "{low} {high}");
        assert_eq!(Share { count: 0, of: 0 }.interval(), (0.0, 1.0));
    }
}
