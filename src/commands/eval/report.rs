//! A run as a person reads it.

use std::io::{self, Write};

use super::run::{Run, Set};
use super::table;
use crate::corpus::line::one_line;
use crate::evaluation::{Figures, Judgement, Share, changes};

/// Writes the figures of every set.
pub(super) fn write(out: &mut impl Write, run: &Run) -> io::Result<()> {
    for set in &run.sets {
        writeln!(out, "{} · {} questions · generation {}", set.path, set.all.questions, run.generation)?;
        figures(out, set)?;
        let (half, most) = set.all.micros;
        writeln!(
            out,
            "one answer: p50 {:.2} ms, p99 {:.2} ms, asked from all cores at once",
            millis(half),
            millis(most)
        )?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes the reliability table of every set.
pub(super) fn calibrations(out: &mut impl Write, run: &Run) -> io::Result<()> {
    for set in &run.sets {
        calibrated(out, set)?;
        writeln!(out)?;
    }
    Ok(())
}

fn figures(out: &mut impl Write, set: &Set) -> io::Result<()> {
    let mut rows = Vec::new();
    if set.kinds.len() > 1 {
        rows.extend(set.kinds.iter().map(|(kind, figures)| row(kind, figures)));
    }
    rows.push(row("all", &set.all));
    let head = ["kind", "n"].into_iter().chain(Figures::NAMES).map(str::to_owned).collect();
    rows.insert(0, head);
    // A column of which nothing is known only takes room.
    let columns = rows[0].len();
    let empty = |column: &usize| rows.iter().skip(1).all(|row| row[*column] == "–");
    let empty: Vec<usize> = (0..columns).filter(empty).collect();
    let keep = |row: &Vec<String>| {
        let cells = row.iter().enumerate().filter(|(column, _)| !empty.contains(column));
        cells.map(|(_, cell)| cell.clone()).collect()
    };
    table::write(out, &rows.iter().map(keep).collect::<Vec<_>>())
}

fn row(kind: &str, figures: &Figures) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), decimal);
    let with_interval = |share: Share| {
        let (low, high) = share.interval();
        if share.of == 0 {
            "–".to_owned()
        } else {
            format!("{} [{}–{}]", decimal(share.value()), short(low), short(high))
        }
    };
    vec![
        kind.to_owned(),
        figures.questions.to_string(),
        number(figures.named("first")),
        number(figures.named("five")),
        number(figures.named("mrr")),
        number(figures.named("document1")),
        with_interval(figures.excerpt1),
        with_interval(figures.excerpt3),
        with_interval(figures.answered),
        with_interval(figures.right),
        number(figures.named("unsure")),
        with_interval(figures.false_answers),
        number(figures.named("honest")),
        number(figures.auroc),
    ]
}

fn calibrated(out: &mut impl Write, set: &Set) -> io::Result<()> {
    let calibration = &set.calibration;
    writeln!(out, "{}: how often a confidence is right", set.path)?;
    let mut rows = vec![["confidence", "n", "mean", "right"].map(str::to_owned).to_vec()];
    for (at, bin) in calibration.bins.iter().enumerate() {
        let known = |value: f64| if bin.count == 0 { "–".to_owned() } else { decimal(value) };
        let (from, to) = (at as f64 / 10.0, (at + 1) as f64 / 10.0);
        rows.push(vec![
            format!("{from:.1}–{to:.1}"),
            bin.count.to_string(),
            known(bin.confidence),
            known(bin.accuracy()),
        ]);
    }
    table::write(out, &rows)?;
    writeln!(out, "expected calibration error {:.3}", calibration.expected_error)
}

/// Writes which questions a run won and lost against an earlier one.
pub(super) fn compare(out: &mut impl Write, earlier: &Run, run: &Run) -> io::Result<()> {
    for set in &run.sets {
        let name = |path: &str| std::path::Path::new(path).file_name().map(std::ffi::OsStr::to_owned);
        let same = earlier.sets.iter().find(|other| other.path == set.path);
        let same = same.or_else(|| earlier.sets.iter().find(|other| name(&other.path) == name(&set.path)));
        let Some(before) = same else {
            writeln!(out, "{}: the earlier run has no such set", set.path)?;
            continue;
        };
        let changes = changes(&before.judgements, &set.judgements);
        let (won, lost) = (changes.won.len(), changes.lost.len());
        writeln!(out, "{} against the earlier run: {won} won, {lost} lost", set.path)?;
        if changes.unmatched > 0 {
            writeln!(out, "{} questions are in one run only", changes.unmatched)?;
        }
        for (sign, pairs) in [("+", &changes.won), ("-", &changes.lost)] {
            for (before, now) in pairs {
                change(out, sign, before, now)?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn change(out: &mut impl Write, sign: &str, before: &Judgement, now: &Judgement) -> io::Result<()> {
    writeln!(out, "{sign} {} [{}] {}", now.id, now.kind, one_line(&now.question))?;
    writeln!(
        out,
        "    before: {} {:.2} {} {}",
        before.outcome.name(),
        before.confidence,
        before.path,
        one_line(&before.excerpt)
    )?;
    writeln!(out, "    now:    {} {:.2} {} {}", now.outcome.name(), now.confidence, now.path, one_line(&now.excerpt))
}

fn millis(micros: u64) -> f64 {
    micros as f64 / 1000.0
}

/// Three decimals without the zero before them: `.846`, `1.000`.
fn decimal(value: f64) -> String {
    format!("{value:.3}").replacen("0.", ".", usize::from(value < 0.9995))
}

fn short(value: f64) -> String {
    format!("{value:.2}").replacen("0.", ".", usize::from(value < 0.995))
}
