//! The numbers that decide: fitted by the programs `examples/fit*.rs` on the development sets and
//! kept in `weights.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What is known of a candidate passage as a whole, each between 0 and about 1.
pub const PASSAGE_FEATURES: [&str; 9] = [
    "p_bm_bi",  // BM25 of the question's bigrams ÷ (2.2 · Σ idf), the most it can be
    "p_bm_wd",  // the same of words
    "p_bm_un",  // the same of unigrams
    "p_gap",    // score ÷ the best candidate's
    "p_cov_un", // Σ idf of the question's unigrams in passage, headings or title ÷ Σ idf
    "p_cov_wd", // the same of words
    "p_title",  // Σ idf of the question's bigrams in the title ÷ Σ idf
    "p_logn",   // ln(characters) ÷ 6
    "p_lcs",    // longest common substring with the question, at most 12 characters, ÷ 12
];

/// What is known of a window of a passage.
pub const WINDOW_FEATURES: [&str; 32] = [
    "cov_bi",    // Σ idf of bigrams inside the window ÷ Σ idf
    "cov_wd",    // of words
    "cov_un",    // of unigrams
    "cov_biT",   // of bigrams inside the window, the title or the headings
    "cov_wdT",   // of words
    "cov_unT",   // of unigrams
    "nt_cov",    // of the bigrams that the title does not hold
    "tmatch",    // density at the best span of the answer's type
    "tany",      // such a span exists
    "densmax",   // density at the best character that the question does not hold
    "ordprox",   // bigrams that follow their predecessor within 8 characters
    "sstart",    // starts a sentence
    "send",      // ends a sentence
    "first",     // starts the passage
    "len",       // characters ÷ limit
    "ctxL",      // characters before the first match ÷ limit
    "aftR",      // characters after the clause of the last match ÷ limit
    "sentdone",  // the sentence of the last match ends inside
    "tm_REASON", // tmatch, by the answer's type
    "tm_DATE",
    "tm_NUM",
    "tm_PERSON",
    "tm_PLACE",
    "tm_LIST",
    "focus",    // coverage of words and bigrams, those next to what asks counting most
    "sentmax",  // the best coverage by one sentence of the window, of bigrams outside the title
    "unit",     // density at a number with the unit asked for
    "anaphor",  // starts with a word that points back: 其, 该, 同年, 因此 …
    "bestpart", // how much of the passage's best sentence the window holds
    "bestprev", // the sentence before that one stands inside
    "bestnext", // the sentence after that one stands inside
    "facet",    // share of the facets asked for that the window holds; 0 where the documents are about no park
];

/// Inputs of the confidence.
pub const CONFIDENCE_FEATURES: [&str; 11] = [
    "p_cov_wd", "p_cov_un", "A", "m2",      // A less the runner-up's, at most 5
    "bm",      // BM25 of the passage ÷ 50
    "cov_unT", // of the window that is quoted
    "tany",    // of the same
    "lack1",   // idf of the rarest pair of characters of the question that the window lacks
    "lack2",   // of the second rarest
    "names",   // how many names of the question the passage lacks
    "details", // how many details that are asked for are missing
];

/// Inputs of the confidence where the documents are about parks.
pub const PARK_FEATURES: [&str; 17] = [
    "cov_bi", "cov_wdT", "cov_unT", "nt_cov", "facet", "no_facet", "A", "B", "densmax", "sentmax", "focus",
    "m_own",   // A less the runner-up's in the same document, at most 5
    "m_other", // the same in other documents
    "unnamed", // 1 if the question names no park, 0 if it does
    "p_cov_un", "p_cov_wd", "bm",
];

/// Values of [`PASSAGE_FEATURES`].
pub(super) type PassageFeatures = [f32; PASSAGE_FEATURES.len()];
/// Values of [`WINDOW_FEATURES`].
pub(super) type WindowFeatures = [f32; WINDOW_FEATURES.len()];

/// The weights of one linear score.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Weights of [`PASSAGE_FEATURES`].
    pub passage: PassageFeatures,
    /// Weights of [`WINDOW_FEATURES`].
    pub window: WindowFeatures,
}

/// The two scores that choose what is quoted.
#[derive(Debug)]
pub struct Ranking {
    /// A: which passage.
    pub passage: Weights,
    /// B: which window of a passage.
    pub window: Weights,
}

/// The logit of a probability as a sum.
#[derive(Debug)]
pub struct Logit<const N: usize> {
    /// What it is without any feature.
    pub intercept: f32,
    /// What each feature adds.
    pub weights: [f32; N],
}

/// All that `weights.json` holds.
#[derive(Debug)]
pub struct Model {
    /// Where the documents are about anything.
    pub open: Ranking,
    /// Where they are about parks: there people speak in other words than the documents.
    pub in_park: Ranking,
    /// How likely an answer is where the documents are about anything, from [`CONFIDENCE_FEATURES`].
    pub confidence: Logit<{ CONFIDENCE_FEATURES.len() }>,
    /// The same where they are about parks, from [`PARK_FEATURES`].
    pub park_confidence: Logit<{ PARK_FEATURES.len() }>,
    /// From this probability on a question is answered.
    pub answered: f64,
    /// From this probability on, a question whose detail is missing is unsure, below it is declined.
    pub partial: f64,
    /// From this probability on it is unsure, below it is declined.
    pub unsure: f64,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "A")]
    passage: BTreeMap<String, f32>,
    #[serde(rename = "B")]
    window: BTreeMap<String, f32>,
    #[serde(rename = "A_in_park")]
    passage_in_park: BTreeMap<String, f32>,
    #[serde(rename = "B_in_park")]
    window_in_park: BTreeMap<String, f32>,
    #[serde(rename = "P")]
    confidence: BTreeMap<String, f32>,
    #[serde(rename = "S")]
    park_confidence: BTreeMap<String, f32>,
    answered: f64,
    partial: f64,
    unsure: f64,
}

/// The model that ships with the product.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("weights.json")).expect("weights.json is tested to be valid");
    let named = |map: &BTreeMap<String, f32>, name: &str| map.get(name).copied().unwrap_or(0.0);
    let weights = |map: &BTreeMap<String, f32>| Weights {
        passage: PASSAGE_FEATURES.map(|name| named(map, name)),
        window: WINDOW_FEATURES.map(|name| named(map, name)),
    };
    Model {
        open: Ranking { passage: weights(&file.passage), window: weights(&file.window) },
        in_park: Ranking { passage: weights(&file.passage_in_park), window: weights(&file.window_in_park) },
        confidence: Logit {
            intercept: named(&file.confidence, "intercept"),
            weights: CONFIDENCE_FEATURES.map(|name| named(&file.confidence, name)),
        },
        park_confidence: Logit {
            intercept: named(&file.park_confidence, "intercept"),
            weights: PARK_FEATURES.map(|name| named(&file.park_confidence, name)),
        },
        answered: file.answered,
        partial: file.partial,
        unsure: file.unsure,
    }
});

impl Model {
    /// The scores for a question, by whether the documents are about parks.
    pub fn ranking(&self, in_park: bool) -> &Ranking {
        if in_park { &self.in_park } else { &self.open }
    }
}

impl Weights {
    /// The part of the score that all windows of a passage share.
    pub fn of_passage(&self, features: &PassageFeatures) -> f32 {
        dot(&self.passage, features)
    }

    /// The part of the score that is a window's own.
    pub fn of_window(&self, features: &WindowFeatures) -> f32 {
        dot(&self.window, features)
    }
}

/// `part ÷ whole`, 0 where there is no whole.
pub(super) fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Eight sums side by side, so that the processor need not wait for each.
fn dot<const N: usize>(weights: &[f32; N], features: &[f32; N]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0f32; LANES];
    for (weights, features) in weights.chunks(LANES).zip(features.chunks(LANES)) {
        for ((sum, weight), feature) in sums.iter_mut().zip(weights).zip(features) {
            *sum += weight * feature;
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_in_the_file_is_of_a_feature() {
        let file: File = serde_json::from_str(include_str!("weights.json")).unwrap();
        let maps = [&file.passage, &file.window, &file.passage_in_park, &file.window_in_park];
        for name in maps.into_iter().flat_map(BTreeMap::keys) {
            let known = PASSAGE_FEATURES.contains(&name.as_str()) || WINDOW_FEATURES.contains(&name.as_str());
            assert!(known, "{name}");
        }
        let confidences = [(&file.confidence, &CONFIDENCE_FEATURES[..]), (&file.park_confidence, &PARK_FEATURES)];
        for (map, features) in confidences {
            let strange = map.keys().find(|name| *name != "intercept" && !features.contains(&name.as_str()));
            assert_eq!(strange, None);
        }
    }
}
