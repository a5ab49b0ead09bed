//! What a figure must reach, as continuous integration demands it: `excerpt1=0.85`.

use std::str::FromStr;

use super::figures::Figures;

/// A figure and the least it must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Floor {
    /// The figure's name, one of [`Figures::NAMES`].
    pub name: &'static str,
    /// The least it must be, 0 to 1.
    pub least: f64,
}

/// Why a text is no floor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FloorError {
    /// It has not the form.
    #[error("write a figure and a number from 0 to 1, such as excerpt1=0.85")]
    Form,
    /// No figure has that name.
    #[error("no figure is called so; there are {}", Figures::NAMES.join(", "))]
    Name,
}

impl FromStr for Floor {
    type Err = FloorError;

    fn from_str(text: &str) -> Result<Self, FloorError> {
        let (name, least) = text.split_once('=').ok_or(FloorError::Form)?;
        let name = Figures::NAMES.into_iter().find(|known| *known == name.trim()).ok_or(FloorError::Name)?;
        let least = least.trim().parse().ok().filter(|least| (0.0..=1.0).contains(least)).ok_or(FloorError::Form)?;
        Ok(Self { name, least })
    }
}

impl Figures {
    /// The names of the figures that are shares.
    pub const NAMES: [&str; 12] = [
        "first",
        "five",
        "mrr",
        "document1",
        "excerpt1",
        "excerpt3",
        "answered",
        "right",
        "unsure",
        "false",
        "honest",
        "auroc",
    ];

    /// A figure by its name; `None` if it has none or was not measured.
    pub fn named(&self, name: &str) -> Option<f64> {
        let measured = |share: super::Share| (share.of > 0).then(|| share.value());
        match name {
            "first" => measured(self.first),
            "five" => measured(self.five),
            "mrr" => (self.first.of > 0).then_some(self.mrr),
            "document1" => measured(self.document),
            "excerpt1" => measured(self.excerpt1),
            "excerpt3" => measured(self.excerpt3),
            "answered" => measured(self.answered),
            "right" => measured(self.right),
            "unsure" => measured(self.partial),
            "false" => measured(self.false_answers),
            "honest" => measured(self.honest),
            "auroc" => self.auroc,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Outcome;
    use crate::evaluation::{Judgement, figures};

    #[test]
    fn floors_are_read() {
        assert_eq!("excerpt1=0.85".parse(), Ok(Floor { name: "excerpt1", least: 0.85 }));
        assert_eq!("excerpt1".parse::<Floor>(), Err(FloorError::Form));
        assert_eq!("excerpt1=85".parse::<Floor>(), Err(FloorError::Form));
        assert_eq!("speed=1".parse::<Floor>(), Err(FloorError::Name));
    }

    #[test]
    fn every_name_has_a_figure() {
        let right = Judgement {
            answerable: true,
            right: Some(1),
            rank: Some(1),
            outcome: Outcome::Answered,
            ..Judgement::default()
        };
        let without = Judgement { without_gold: Some(0.1), confidence: 0.9, ..right.clone() };
        let strange = Judgement { outcome: Outcome::Unsure, ..Judgement::default() };
        let figures = figures(&[&right, &without, &strange]);
        for name in Figures::NAMES {
            assert!(figures.named(name).is_some(), "{name}");
        }
        assert_eq!(figures.named("excerpt1"), Some(1.0));
    }
}
