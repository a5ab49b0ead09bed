//! How likely the first excerpt answers, and what follows from it. Two models: one where the documents are about parks,
//! one where they are about anything.

use super::rank::Candidate;
use super::reading::Reading;
use super::weights::{CONFIDENCE_FEATURES, Model, PARK_FEATURES, PASSAGE_FEATURES, WINDOW_FEATURES};

/// The most that the distance to the runner-up counts.
const MAX_MARGIN: f32 = 5.0;

/// What BM25 is divided by to be about as large as the other inputs.
pub const BM25_SCALE: f32 = 50.0;

/// How likely an answer is, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    /// Whether the documents are about parks.
    pub about_parks: bool,
    /// The logit of the probability.
    pub logit: f32,
    /// What the logit is made of: names and values.
    pub terms: Vec<(&'static str, f32)>,
}

impl Confidence {
    /// The probability, 0 to 1.
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.logit)).exp())
    }
}

/// How likely the best candidate answers; `None` where there is none.
pub fn confidence(reading: &Reading, candidates: &[Candidate], model: &Model) -> Option<Confidence> {
    let first = candidates.first()?;
    let margin =
        |rival: Option<&Candidate>| rival.map_or(MAX_MARGIN, |rival| (first.score - rival.score).min(MAX_MARGIN));
    let others = || candidates.iter().skip(1);
    let window = first.windows.first()?;
    let feature = |name: &str| {
        let passage = PASSAGE_FEATURES.iter().position(|feature| *feature == name);
        let of_window = WINDOW_FEATURES.iter().position(|feature| *feature == name);
        match (name, passage, of_window) {
            ("A", ..) => first.score,
            ("m2", ..) => margin(others().next()),
            ("m_own", ..) => margin(others().find(|other| other.document == first.document)),
            ("m_other", ..) => margin(others().find(|other| other.document != first.document)),
            ("B", ..) => window.score,
            ("bm", ..) => first.hit.score / BM25_SCALE,
            ("unnamed", ..) => f32::from(u8::from(reading.parks.is_empty())),
            ("no_facet", ..) => f32::from(u8::from(reading.facets.is_empty())),
            (_, Some(at), _) => first.features[at],
            (_, _, Some(at)) => window.features[at],
            _ => unreachable!("{name} is none of the features that the models name"),
        }
    };
    let (intercept, names, weights): (f32, &[&'static str], &[f32]) = if reading.about_parks {
        (model.park_confidence.intercept, &PARK_FEATURES, &model.park_confidence.weights)
    } else {
        (model.confidence.intercept, &CONFIDENCE_FEATURES, &model.confidence.weights)
    };
    let terms: Vec<(&'static str, f32)> = names.iter().map(|name| (*name, feature(name))).collect();
    let logit = intercept + terms.iter().zip(weights).map(|((_, value), weight)| value * weight).sum::<f32>();
    Some(Confidence { about_parks: reading.about_parks, logit, terms })
}
