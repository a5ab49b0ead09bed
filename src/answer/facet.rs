//! What a question asks about the thing it names, in everyday words, and whether an excerpt says it. The patterns are
//! data: `facets.toml`.

use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

/// Something that can be asked of anything: its area, its date, who leads it …
#[derive(Debug)]
pub(super) struct Facet {
    /// Its name in `facets.toml`.
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

static FACETS: LazyLock<Vec<Facet>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("facets.toml")).expect("facets.toml is tested to be valid");
    let compile = |pattern: &str| Regex::new(pattern).expect("the patterns of facets.toml are tested to be valid");
    let facet = |entry: Entry| Facet { name: entry.name, asked: compile(&entry.asked), span: compile(&entry.span) };
    file.facet.into_iter().map(facet).collect()
});

/// The facets that a folded question asks for.
pub(super) fn facets(question: &str) -> Vec<&'static Facet> {
    FACETS.iter().filter(|facet| facet.asked.is_match(question).unwrap_or(false)).collect()
}

impl Facet {
    /// Where a folded text may say it, as ranges of characters.
    pub(super) fn spans(&self, folded: &str) -> Vec<std::ops::Range<usize>> {
        super::kind::matches(&self.span, folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, expected: &[&str]) {
        assert_eq!(facets(question).iter().map(|facet| facet.name.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn everyday_questions_have_facets() {
        check("大零号湾占地多大", &["area"]);
        check("有几家高新企业", &["firms"]);
        check("人才公寓", &[]);
    }
}
