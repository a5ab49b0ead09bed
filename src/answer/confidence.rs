//! How likely the first excerpt answers, and what follows from it. Two models: one where the documents are about parks,
//! one where they are about anything.

use std::ops::Range;

use super::knowledge::Knowledge;
use super::needles::Place;
use super::rank::Candidate;
use super::reading::Reading;
use super::weights::{CONFIDENCE_FEATURES, Model, PARK_FEATURES, PASSAGE_FEATURES, WINDOW_FEATURES};
use crate::analysis::stretch::{is_inside, places_of};
use crate::analysis::terms::Kind;

/// The most that the distance to the runner-up counts.
const MAX_MARGIN: f32 = 5.0;

/// What BM25 is divided by to be about as large as the other inputs.
const BM25_SCALE: f32 = 50.0;

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

/// How likely the best candidate answers, which lacks so many of the details asked for; `None` where there is none.
pub(super) fn confidence(
    reading: &Reading,
    knowledge: &Knowledge,
    candidates: &[Candidate],
    details: usize,
    model: &Model,
) -> Option<Confidence> {
    let first = candidates.first()?;
    let margin =
        |rival: Option<&Candidate>| rival.map_or(MAX_MARGIN, |rival| (first.score - rival.score).min(MAX_MARGIN));
    let others = || candidates.iter().skip(1);
    let window = first.windows.first()?;
    let lack = if reading.about_parks { [0.0; 2] } else { lacking(reading, first, &window.range) };
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
            ("lack1", ..) => lack[0],
            ("lack2", ..) => lack[1],
            ("names", ..) => names_lacking(reading, knowledge, first) as f32,
            ("details", ..) => details as f32,
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

/// The idf of the two rarest pairs of characters of the question that a window lacks, the rarest first; 0 for none.
fn lacking(reading: &Reading, first: &Candidate, window: &Range<usize>) -> [f32; 2] {
    let tokens = reading.tokens.iter().zip(&first.sight.places);
    let lacks = |places: &[Place]| !places.iter().any(|place| is_inside(&place.range, window));
    let pairs = tokens.filter(|(token, places)| token.kind == Kind::Bigram && lacks(places));
    pairs.fold(
        [0.0, 0.0],
        |[rarest, next], (token, _)| {
            if token.idf > rarest { [token.idf, rarest] } else { [rarest, next.max(token.idf)] }
        },
    )
}

/// How many names of the question a passage does not hold.
fn names_lacking(reading: &Reading, knowledge: &Knowledge, first: &Candidate) -> usize {
    let names = knowledge.analyzer.named_words(&reading.chars);
    names
        .iter()
        .filter(|(name, _)| places_of(&first.sight.folded.chars, &reading.chars[name.clone()]).is_empty())
        .count()
}
