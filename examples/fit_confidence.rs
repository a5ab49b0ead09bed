//! Fits the confidence for questions about parks (`S` in `src/answer/weights.json`), leave-one-document-out.
//!
//! ```text
//! cargo run --release --example fit_confidence -- FOLDER QUESTIONS.jsonl [FOLDER QUESTIONS.jsonl …]
//! ```
//! A question that names a park is asked twice, once without the name. The label of a question is whether its first
//! excerpt holds an answer. Questions whose detail is missing never reach this model, so they are left out. For every
//! document the model is fitted on the questions of the others and tried on its own; the printed figures are of those
//! trials, the printed weights of a fit on everything.

use anyhow::{Context, Result};
use yuanwen::answer::{MODEL, Options, PARK_FEATURES, Question, Trace, trace};
use yuanwen::evaluation::{Item, bare, read_set, unnamed};
use yuanwen::generation::Generation;

const N: usize = PARK_FEATURES.len() + 1;
/// Shrinkage: few questions, many inputs.
const RIDGE: f64 = 0.02;
const STEPS: usize = 6_000;

/// A question as it stands, or without the park's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Whole,
    Unnamed,
}

struct Case {
    /// The number of its set.
    set: usize,
    asked: Asked,
    /// The document that the question is about, or that its best excerpt comes from.
    group: String,
    inputs: [f64; N],
    right: bool,
    answerable: bool,
    flagged: bool,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    anyhow::ensure!(
        !arguments.is_empty() && arguments.len().is_multiple_of(2),
        "name folders and their question sets in pairs"
    );
    let mut cases = Vec::new();
    for (set, pair) in arguments.chunks(2).enumerate() {
        let generation = Generation::read(pair[0].as_ref())?;
        for item in read_set(pair[1].as_ref())? {
            let question = Question::new(&item.question).context("a question of the set is empty")?;
            let whole = trace(&generation.knowledge, &question, &Options::default())?;
            if let Some(twin) = unnamed(&question, &whole.reading) {
                cases.extend(case(
                    &item,
                    &trace(&generation.knowledge, &twin, &Options::default())?,
                    set,
                    Asked::Unnamed,
                ));
            }
            cases.extend(case(&item, &whole, set, Asked::Whole));
        }
    }
    let (means, spreads) = scale(&cases);
    for case in &mut cases {
        for at in 1..N {
            case.inputs[at] = (case.inputs[at] - means[at]) / spreads[at];
        }
    }
    let mut groups: Vec<String> = cases.iter().map(|case| case.group.clone()).collect();
    groups.sort();
    groups.dedup();
    let mut trials: Vec<(f64, &Case)> = Vec::new();
    for group in &groups {
        let model = fit(cases.iter().filter(|case| case.group != *group && !case.flagged));
        trials.extend(cases.iter().filter(|case| case.group == *group).map(|case| (probability(&model, case), case)));
    }
    trials.retain(|(_, case)| case.asked == Asked::Whole);
    for threshold in [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9] {
        eprintln!("{threshold:.2}: {}", figures(&trials, threshold));
    }
    for (set, pair) in arguments.chunks(2).enumerate() {
        let own: Vec<(f64, &Case)> = trials.iter().filter(|(_, case)| case.set == set).copied().collect();
        eprintln!("{} from {:.2}: {}", pair[1], MODEL.answered, figures(&own, MODEL.answered));
    }
    for bin in 0..10 {
        let inside = |p: f64| (p * 10.0) as usize == bin || (bin == 9 && p >= 1.0);
        let all: Vec<_> = trials.iter().filter(|(p, case)| inside(*p) && !case.flagged).collect();
        let right = all.iter().filter(|(_, case)| case.right).count();
        eprintln!("{:.1}–{:.1}: {} questions, {right} right", bin as f64 / 10.0, (bin + 1) as f64 / 10.0, all.len());
    }
    let model = fit(cases.iter().filter(|case| !case.flagged));
    let mut intercept = model[0];
    for at in 1..N {
        intercept -= model[at] * means[at] / spreads[at];
    }
    println!(" \"S\": {{\n  \"intercept\": {intercept:.4},");
    let lines = PARK_FEATURES
        .iter()
        .enumerate()
        .map(|(at, name)| format!("  \"{name}\": {:.4}", model[at + 1] / spreads[at + 1]));
    println!("{}\n }}", lines.collect::<Vec<_>>().join(",\n"));
    Ok(())
}

/// What trials come to if questions are answered from a probability on.
fn figures(trials: &[(f64, &Case)], threshold: f64) -> String {
    let share = |of: &dyn Fn(&Case) -> bool, what: &dyn Fn(f64, &Case) -> bool| {
        let all: Vec<_> = trials.iter().filter(|(_, case)| of(case)).collect();
        all.iter().filter(|(p, case)| what(*p, case)).count() as f64 / all.len().max(1) as f64
    };
    let answered = |p: f64, case: &Case| p >= threshold && !case.flagged;
    let all = share(&|case| case.answerable, &answered);
    let right = share(&|case| case.answerable, &|p, case| answered(p, case) && case.right);
    let wrong = share(&|case| !case.answerable, &answered);
    format!("answered {all:.3}, right when answered {:.3}, false answers {wrong:.3}", right / all)
}

/// What the model sees of a question and its answer; nothing where it is not the model's, or finds nothing.
fn case(item: &Item, trace: &Trace, set: usize, asked: Asked) -> Option<Case> {
    let (confidence, citation) = (trace.confidence.as_ref()?, trace.citations.first()?);
    let text = bare(&citation.excerpt.text);
    let about = item.is_about(&citation.source.path);
    let mut inputs = [1.0; N];
    for (input, (_, value)) in inputs[1..].iter_mut().zip(&confidence.terms) {
        *input = f64::from(*value);
    }
    confidence.about_parks.then(|| Case {
        group: item.docs.first().unwrap_or(&citation.source.path).clone(),
        inputs,
        right: about && item.answers.iter().any(|answer| text.contains(&bare(answer))),
        answerable: item.is_answerable(),
        flagged: !trace.missing.is_empty(),
        set,
        asked,
    })
}

fn scale(cases: &[Case]) -> ([f64; N], [f64; N]) {
    let count = cases.len().max(1) as f64;
    let mut means = [0.0; N];
    let mut spreads = [1.0; N];
    for at in 1..N {
        means[at] = cases.iter().map(|case| case.inputs[at]).sum::<f64>() / count;
        let variance = cases.iter().map(|case| (case.inputs[at] - means[at]).powi(2)).sum::<f64>() / count;
        spreads[at] = variance.sqrt().max(1e-6);
    }
    (means, spreads)
}

fn probability(model: &[f64; N], case: &Case) -> f64 {
    let logit: f64 = model.iter().zip(case.inputs).map(|(weight, input)| weight * input).sum();
    1.0 / (1.0 + (-logit).exp())
}

/// Logistic regression with shrinkage, by gradient.
fn fit<'a>(cases: impl Iterator<Item = &'a Case>) -> [f64; N] {
    let cases: Vec<&Case> = cases.collect();
    let mut model = [0.0; N];
    for step in 0..STEPS {
        let mut slope = [0.0; N];
        for case in &cases {
            let pull = f64::from(u8::from(case.right)) - probability(&model, case);
            for (slope, input) in slope.iter_mut().zip(case.inputs) {
                *slope += pull * input / cases.len() as f64;
            }
        }
        for (at, (weight, slope)) in model.iter_mut().zip(slope).enumerate() {
            let shrink = if at == 0 { 0.0 } else { RIDGE * *weight };
            *weight += 0.5 * (1.0 - step as f64 / STEPS as f64) * (slope - shrink);
        }
    }
    model
}
