//! What a question asks about the thing it names, in everyday words, and whether an excerpt says it. The patterns are
//! data: `facets.toml`, and `details.toml` for those whose absence makes a near miss.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

use super::kind::{matches, spans};
use super::prefilter::Prefilter;

/// Something that can be asked of anything: its area, its date, who leads it …
#[derive(Debug)]
pub(super) struct Facet {
    /// Its name in the file.
    pub(super) name: String,
    asked: Regex,
    span: Regex,
}

#[derive(Deserialize)]
struct File {
    facet: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    asked: String,
    span: String,
}

/// Facets of a file, and which of them a question may ask for.
pub(super) struct Facets {
    all: Vec<Facet>,
    prefilter: Prefilter,
}

static FACETS: LazyLock<Facets> = LazyLock::new(|| Facets::parse(include_str!("facets.toml")));
static DETAILS: LazyLock<Facets> = LazyLock::new(|| Facets::parse(include_str!("details.toml")));

/// The facets that must stand near the thing where they are asked for: an amount, an address, a date, a condition.
pub(super) fn details() -> &'static Facets {
    &DETAILS
}

/// The facets that a folded question asks for, details among them.
pub(super) fn facets(question: &str) -> Vec<&'static Facet> {
    let asked = [&*FACETS, &*DETAILS].into_iter().flat_map(|facets| facets.asked(question));
    asked.map(|(facet, _)| facet).collect()
}

/// The years and stages that a folded question names, in characters: what is said of another year or stage is no answer.
pub(super) fn stages(question: &str) -> Vec<Range<usize>> {
    static STAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<![0-9])(?:19|20)[0-9]{2}(?=年|底)|近期|中期|远期|[一二三四]期(?!间)|第[一二三四]阶段")
            .expect("the pattern is tested")
    });
    matches(&STAGE, question)
}

impl Facets {
    fn parse(text: &str) -> Self {
        let file: File = toml::from_str(text).expect("the files of facets are tested to be valid");
        let compile = |pattern: &str| Regex::new(pattern).expect("the patterns of facets are tested to be valid");
        let prefilter = Prefilter::new(file.facet.iter().map(|entry| entry.asked.as_str()));
        let facet = |entry: Entry| Facet { name: entry.name, asked: compile(&entry.asked), span: compile(&entry.span) };
        Self { all: file.facet.into_iter().map(facet).collect(), prefilter }
    }

    /// Those that a folded question asks for, and where it does first, in characters.
    pub(super) fn asked(&self, question: &str) -> impl Iterator<Item = (&Facet, Range<usize>)> {
        let may = self.prefilter.candidates(question).map(|number| &self.all[number]);
        may.filter_map(|facet| Some((facet, matches(&facet.asked, question).into_iter().next()?)))
    }
}

impl Facet {
    /// Where a folded text may say it, as ranges of characters.
    pub(super) fn spans(&self, folded: &str) -> Vec<Range<usize>> {
        spans(&self.span, folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, expected: &[&str]) {
        assert_eq!(facets(question).iter().map(|facet| facet.name.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn years_and_stages_are_found() {
        assert_eq!(stages("到2025年和远期要建什么"), [1..5, 7..9]);
        assert_eq!(stages("十四五期间"), [] as [Range<usize>; 0]);
    }

    #[test]
    fn everyday_questions_have_facets() {
        check("大零号湾占地多大", &["area", "AREA"]);
        check("有几家高新企业", &["firms"]);
        check("人才公寓", &[]);
    }
}
