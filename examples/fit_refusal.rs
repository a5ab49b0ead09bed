//! Fits the confidence where documents are about anything (`P` in `src/answer/weights.json`) on passage sets.
//!
//! ```text
//! cargo run --release --example fit_refusal -- ../shared/bench/cmrc2018-trial ../shared/bench/drcd-dev
//! ```
//! Every question is asked twice, the second time as if its right passage were not there: logistic regression tells the
//! first answers from the second. Each set counts the same. Prints how well the two are told apart (AUROC) to standard
//! error: by a model of the other sets, and by the one of all, which is printed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use yuanwen::answer::{CONFIDENCE_FEATURES, Options, Question, trace};
use yuanwen::evaluation::read_set;
use yuanwen::generation::Generation;

const N: usize = CONFIDENCE_FEATURES.len() + 1;
/// Characters of an excerpt, as the sets are measured.
const LIMIT: usize = 120;
const STEPS: usize = 6_000;

/// What the model sees of an answer, and whether the right passage was there.
type Case = ([f64; N], bool);

fn main() -> Result<()> {
    let folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    anyhow::ensure!(!folders.is_empty(), "name one or more folders that hold passages.jsonl and questions.jsonl");
    let sets: Vec<Vec<Case>> = folders.iter().map(|folder| read_cases(folder)).collect::<Result<_>>()?;
    for (own, folder) in folders.iter().enumerate() {
        let others: Vec<&[Case]> = (0..sets.len()).filter(|set| *set != own).map(|set| sets[set].as_slice()).collect();
        if !others.is_empty() {
            eprintln!("{}: AUROC {:.4} by the others", folder.display(), area(&fit(&others), &sets[own]));
        }
    }
    let model = fit(&sets.iter().map(Vec::as_slice).collect::<Vec<_>>());
    for (folder, set) in folders.iter().zip(&sets) {
        eprintln!("{}: AUROC {:.4} by all", folder.display(), area(&model, set));
    }
    let lines = CONFIDENCE_FEATURES.iter().zip(&model[1..]).map(|(name, weight)| format!("  \"{name}\": {weight:.4}"));
    println!(" \"P\": {{\n  \"intercept\": {:.4},\n{}\n }}", model[0], lines.collect::<Vec<_>>().join(",\n"));
    Ok(())
}

fn read_cases(folder: &Path) -> Result<Vec<Case>> {
    let generation = Generation::read(&folder.join("passages.jsonl"))?;
    let knowledge = &generation.knowledge;
    let passages = knowledge.corpus.passages.iter().enumerate();
    let numbers: HashMap<&str, usize> =
        passages.map(|(number, passage)| (knowledge.corpus.source(passage).path.as_str(), number)).collect();
    let mut cases = Vec::new();
    for item in read_set(&folder.join("questions.jsonl"))? {
        // A set may hold an empty question.
        let Ok(question) = Question::new(&item.question) else { continue };
        let Some(right) = item.passage.as_deref().and_then(|path| numbers.get(path)) else { continue };
        for without in [None, Some(*right)] {
            let options = Options { excerpt_chars: LIMIT, without, ..Options::default() };
            let Some(confidence) = trace(knowledge, &question, &options)?.confidence else { continue };
            let mut inputs = [1.0; N];
            for (input, (_, value)) in inputs[1..].iter_mut().zip(&confidence.terms) {
                *input = f64::from(*value);
            }
            cases.push((inputs, without.is_none()));
        }
    }
    Ok(cases)
}

fn dot(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Logistic regression by gradient, each set with the same weight.
fn fit(sets: &[&[Case]]) -> [f64; N] {
    // Inputs of one size make every step go straight.
    let all = || sets.iter().copied().flatten().map(|(inputs, _)| inputs);
    let count = all().count().max(1) as f64;
    let mut scale = [(0.0, 1.0); N];
    for (at, scale) in scale.iter_mut().enumerate().skip(1) {
        let mean = all().map(|inputs| inputs[at]).sum::<f64>() / count;
        let spread = (all().map(|inputs| (inputs[at] - mean).powi(2)).sum::<f64>() / count).sqrt();
        *scale = (mean, spread.max(1e-6));
    }
    let scaled = |inputs: &[f64; N]| {
        let mut inputs = *inputs;
        for (input, (mean, spread)) in inputs.iter_mut().zip(scale) {
            *input = (*input - mean) / spread;
        }
        inputs
    };
    let sets: Vec<Vec<Case>> =
        sets.iter().map(|set| set.iter().map(|(inputs, there)| (scaled(inputs), *there)).collect()).collect();
    let mut model = [0.0; N];
    for step in 0..STEPS {
        let mut slope = [0.0; N];
        for set in &sets {
            for (inputs, there) in set {
                let p = 1.0 / (1.0 + (-dot(&model, inputs)).exp());
                let pull = (f64::from(u8::from(*there)) - p) / (set.len() * sets.len()) as f64;
                for (slope, input) in slope.iter_mut().zip(inputs) {
                    *slope += pull * input;
                }
            }
        }
        for (weight, slope) in model.iter_mut().zip(slope) {
            *weight += 2.0 * (1.0 - step as f64 / STEPS as f64) * slope;
        }
    }
    for at in 1..N {
        model[at] /= scale[at].1;
        model[0] -= model[at] * scale[at].0;
    }
    model
}

/// How often an answer with the right passage has a higher logit than one without.
fn area(model: &[f64; N], set: &[Case]) -> f64 {
    let logits = |there: bool| set.iter().filter(move |case| case.1 == there).map(|(inputs, _)| dot(model, inputs));
    let mut without: Vec<f64> = logits(false).collect();
    without.sort_by(f64::total_cmp);
    let below = |logit: f64| without.partition_point(|other| *other < logit) as f64 / without.len().max(1) as f64;
    logits(true).map(below).sum::<f64>() / logits(true).count().max(1) as f64
}
