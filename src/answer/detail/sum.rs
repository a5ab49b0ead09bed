//! What a figure measures: a share of a loss is no interest, and a yearly allowance no price by the hour. The kinds of
//! sums are data: `sums.toml`.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

use super::beside::{ENDS, apart, parts};
use super::{Missing, Near};
use crate::analysis::stretch::is_inside;
use crate::answer::facet::{self, Facet};
use crate::answer::pattern::matches;

/// Something that is measured: interest, rent, what came on top …
struct Sum {
    /// One of them must stand in a question before the pattern is worth trying.
    words: Vec<String>,
    asked: Regex,
    said: Vec<String>,
    apart: Vec<String>,
}

impl Sum {
    /// Whether a text speaks of it.
    fn is_said(&self, text: &str) -> bool {
        let text = self.apart.iter().fold(text.to_owned(), |text, words| text.replace(words.as_str(), " "));
        self.said.iter().any(|said| text.contains(said))
    }
}

#[derive(Deserialize)]
struct File {
    sum: Vec<Entry>,
    per: Vec<Per>,
}

#[derive(Deserialize)]
struct Entry {
    /// What people call it.
    asked: Vec<String>,
    /// What speaks of it, people's words apart.
    said: Vec<String>,
    /// What holds such a word and speaks of something else: 贴息 is no 利息.
    #[serde(default)]
    apart: Vec<String>,
    /// Whether people's words are verbs, which ask for a figure only beside 多少 or 几.
    #[serde(default)]
    verb: bool,
}

/// What a price is for, as a pattern of questions, and as one of texts that give it for such a thing.
#[derive(Deserialize)]
struct Per {
    asked: String,
    given: String,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../sums.toml")).expect("sums.toml is tested to be valid"));

static SUMS: LazyLock<Vec<Sum>> = LazyLock::new(|| {
    let sum = |entry: &Entry| {
        let words = entry.asked.join("|");
        let verb = format!("(?:{words})[^,。?!;\\s补贴奖免返]{{0,5}}?(?:多少|几(?!个部门|点))");
        let noun = format!(
            "(?:{words})[^,。?!;\\s补贴奖免返]{{0,5}}?(?:多高|高不高|贵不贵|怎么算|怎么收|要不要|有没有|[吗么](?:$|[ ?])|$|\\?)|(?:多少|几个?)(?:点|成)?(?:的)?(?:{words})|有(?:没有)?(?:{words})"
        );
        let asked = if entry.verb { verb } else { format!("{verb}|{noun}") };
        let said = entry.asked.iter().chain(&entry.said).cloned().collect();
        let asked = Regex::new(&asked).expect("sums.toml is tested to be valid");
        Sum { words: entry.asked.clone(), asked, said, apart: entry.apart.clone() }
    };
    FILE.sum.iter().map(sum).collect()
});

/// A sum that is asked for, where neither a heading speaks of such a sum, nor a part of the excerpt: one that gives a
/// figure or stands before one that does, if a figure is asked for.
pub(super) fn sums(near: &Near) -> Vec<Missing> {
    let named = |sum: &&Sum| sum.words.iter().any(|word| near.question.contains(word));
    let missing = SUMS.iter().filter(named).filter_map(|sum| {
        let range = matches(&sum.asked, near.question).into_iter().next()?;
        let figure = near.question.chars().skip(range.start).take(range.len()).any(|c| matches!(c, '多' | '几'));
        let figures: Vec<Range<usize>> = (["MONEY", "RATE"].into_iter().filter(|_| figure))
            .filter_map(|name| facet::details().named(name))
            .flat_map(|facet| near.spans(facet))
            .collect();
        let says = |text: &str| sum.is_said(text);
        let chars = &near.sight.folded.chars;
        let parts = parts(chars, &near.window, &ENDS);
        let gives = |part: &Range<usize>| figures.iter().any(|figure| is_inside(figure, part));
        let beside = |number: usize| gives(&parts[number]) || parts.get(number + 1).is_some_and(gives);
        let told = (0..parts.len()).any(|number| {
            says(&chars[parts[number].clone()].iter().collect::<String>()) && (figures.is_empty() || beside(number))
        });
        (!told && !says(&near.headings)).then(|| Missing::new("sum", range))
    });
    missing.take(1).collect()
}

/// What gives an amount of money, if the question asks for one.
fn money(near: &Near) -> Option<&'static Facet> {
    near.reading.details.iter().find(|(detail, _)| detail.name == "MONEY").map(|(detail, _)| *detail)
}

/// A price for one of something, 一小时多少钱, where no part of the excerpt gives an amount for one.
pub(super) fn prices(near: &Near) -> Vec<Missing> {
    static ASKED: LazyLock<Vec<(Regex, Regex)>> = LazyLock::new(|| {
        let compile = |pattern: &str| Regex::new(pattern).expect("sums.toml is tested to be valid");
        let patterns = |per: &Per| (compile(&format!("(?<![第头])[一每]个?(?:{})", per.asked)), compile(&per.given));
        FILE.per.iter().map(patterns).collect()
    });
    if !near.question.contains(['一', '每']) {
        return Vec::new();
    }
    let Some(money) = money(near) else { return Vec::new() };
    let amounts = near.spans(money);
    let chars = &near.sight.folded.chars;
    let priced: Vec<String> = (parts(chars, &near.window, &ENDS).into_iter())
        .filter(|part| amounts.iter().any(|amount| is_inside(amount, part)))
        .map(|part| chars[part].iter().collect())
        .collect();
    let says = |given: &Regex, text: &str| given.is_match(text).unwrap_or(true);
    let missing = ASKED.iter().filter_map(|(asked, given)| {
        let range = matches(asked, near.question).into_iter().next()?;
        let told = says(given, &near.headings) || priced.iter().any(|part| says(given, part));
        (!told).then(|| Missing::new("price", range))
    });
    missing.take(1).collect()
}

/// The most or the least that is given, where the excerpt gives amounts and sets no limit beside what is asked about.
pub(super) fn limits(near: &Near) -> Vec<Missing> {
    static ASKED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("最多|顶多|至多|最高|上限|封顶|最少|起码|至少|最低").expect("the pattern is tested")
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "(?:[最至顶]|不[超高低少大小]|[上下]限|封顶|限额|限|额度|区间|[0-9万亿元%][-—~到至])[^,。;\n]{0,12}$",
        )
        .expect("the pattern is tested")
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^[^,。;\n]{0,6}?(?:以[内下上]|之内|封顶|为限|为[上下]限|起|[-—~到至][0-9]|的?额度)")
            .expect("the pattern is tested")
    });
    const BESIDE_CHARS: usize = 16;
    let Some(range) = matches(&ASKED, near.question).into_iter().next() else { return Vec::new() };
    let Some(money) = money(near) else { return Vec::new() };
    let chars = &near.sight.folded.chars;
    let is_limit = |amount: &Range<usize>| {
        let before: String = chars[amount.start.saturating_sub(BESIDE_CHARS)..amount.start].iter().collect();
        let after: String = chars[amount.end..(amount.end + BESIDE_CHARS).min(chars.len())].iter().collect();
        BEFORE.is_match(&before).unwrap_or(true) || AFTER.is_match(&after).unwrap_or(true)
    };
    let amounts = near.spans(money);
    let limits: Vec<Range<usize>> = amounts.iter().filter(|amount| is_limit(amount)).cloned().collect();
    let headed = BEFORE.is_match(&near.headings).unwrap_or(true);
    if amounts.is_empty() || (!limits.is_empty() && !apart(near, &range, &limits, &ENDS)) || headed {
        return Vec::new();
    }
    vec![Missing::new("limit", range)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sum_is_found_by_its_words() {
        assert!(SUMS.iter().all(|sum| sum.asked.is_match(&format!("{}多少", sum.said[0])).unwrap()));
    }
}
