//! What a question asks about the thing it names, in everyday words, and whether an excerpt says it. The patterns are
//! data: `facets.toml`, and `details.toml` for those whose absence makes a near miss.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

use super::grammar::FAMILY_NAME;
use super::kind::is_english;
use super::pattern::{Pattern, matches, spans};
use super::places::{ABROAD, CHINESE};
use super::prefilter::Prefilter;

/// Something that can be asked of anything: its area, its date, who leads it …
#[derive(Debug)]
pub(super) struct Facet {
    /// Its name in the file.
    pub(super) name: String,
    /// Whether a paragraph gives it of many things at once, so that one of them proves nothing.
    pub(super) of_many: bool,
    /// Whether it is a name.
    pub(super) is_name: bool,
    asked: Regex,
    noun: Option<Regex>,
    english: Option<Regex>,
    span: Pattern,
}

#[derive(Deserialize)]
struct File {
    /// Names of the facets that a paragraph gives of many things at once.
    #[serde(default)]
    of_many: Vec<String>,
    /// Names of the facets that are names.
    #[serde(default)]
    names: Vec<String>,
    facet: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    asked: String,
    /// Nouns that ask by themselves at the end of a question that asks nothing else: 常青工业园面积.
    nouns: Option<String>,
    /// What questions in English ask by.
    english: Option<String>,
    span: String,
}

impl Entry {
    /// The pattern of its nouns, with what may follow a noun that asks by itself.
    fn noun(&self) -> Option<String> {
        const END: &str = "(?:分别|具体)?[是为]?(?:什么|多少|哪些|几何|如何|怎样|怎么样|一览|呢|啊|呀|[ 。.,!?])*$";
        self.nouns.as_ref().map(|nouns| format!("(?:{nouns}){END}"))
    }
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

/// Where a folded question asks for a facet, details among them, in characters.
pub(super) fn asking(question: &str) -> Vec<Range<usize>> {
    [&*FACETS, &*DETAILS]
        .into_iter()
        .flat_map(|facets| facets.asked_in(question))
        .flat_map(|(_, ranges)| ranges)
        .collect()
}

/// The years and stages that a folded question names, in characters: what is said of another year or stage is no answer.
pub(super) fn stages(question: &str) -> Vec<Range<usize>> {
    static STAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<![0-9])(?:19|20)[0-9]{2}(?=年|底)|近期|中期|远期|[一二三四]期(?!间|[收招录报])|第[一二三四]阶段")
            .expect("the pattern is tested")
    });
    matches(&STAGE, question)
}

impl Facets {
    fn parse(text: &str) -> Self {
        const VALID: &str = "the patterns of facets are tested to be valid";
        let file: File = toml::from_str(text).expect("the files of facets are tested to be valid");
        let named = |pattern: &str| {
            let names = [("{family}", &FAMILY_NAME), ("{chinese}", &CHINESE), ("{abroad}", &ABROAD)];
            names.iter().fold(pattern.to_owned(), |pattern, (name, names)| pattern.replace(name, names))
        };
        let compile = |pattern: &str| Regex::new(&named(pattern)).expect(VALID);
        let may_ask =
            |entry: &Entry| entry.noun().map_or_else(|| entry.asked.clone(), |noun| format!("{}|{noun}", entry.asked));
        let patterns: Vec<String> = file.facet.iter().map(may_ask).collect();
        let prefilter = Prefilter::new(patterns.iter().map(String::as_str));
        let facet = |entry: Entry| Facet {
            asked: compile(&entry.asked),
            noun: entry.noun().as_deref().map(compile),
            english: entry.english.as_deref().map(compile),
            span: Pattern::new(&named(&entry.span)).expect(VALID),
            of_many: file.of_many.contains(&entry.name),
            is_name: file.names.contains(&entry.name),
            name: entry.name,
        };
        Self { all: file.facet.into_iter().map(facet).collect(), prefilter }
    }

    /// The one of a name.
    pub(super) fn named(&self, name: &str) -> Option<&Facet> {
        self.all.iter().find(|facet| facet.name == name)
    }

    /// Those that a folded question asks for, and where it does first, in characters.
    pub(super) fn asked(&self, question: &str) -> impl Iterator<Item = (&Facet, Range<usize>)> {
        self.asked_in(question).filter_map(|(facet, ranges)| Some((facet, ranges.into_iter().next()?)))
    }

    /// Those that a folded question may ask for, and where it does, in characters.
    fn asked_in(&self, question: &str) -> impl Iterator<Item = (&Facet, Vec<Range<usize>>)> {
        let english = is_english(&question.chars().collect::<Vec<_>>());
        let numbers: Vec<usize> =
            if english { (0..self.all.len()).collect() } else { self.prefilter.candidates(question).collect() };
        let may = numbers.into_iter().map(|number| &self.all[number]);
        may.map(move |facet| (facet, facet.asked_in(question, english)))
    }
}

impl Facet {
    /// Where a folded question asks for it, in characters: in so many words, or by a noun at its end if nothing before that
    /// asks.
    fn asked_in(&self, question: &str, english: bool) -> Vec<Range<usize>> {
        static ASKS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("怎|咋|如何|为什么|为何|为啥|谁|哪|几|多|什么|啥|能不能|可不可以|是不是|有没有|吗")
                .expect("the pattern is tested")
        });
        let found = |pattern: Option<&Regex>| pattern.map_or_else(Vec::new, |pattern| matches(pattern, question));
        if english {
            return found(self.english.as_ref());
        }
        let asked = found(Some(&self.asked));
        if !asked.is_empty() {
            return asked;
        }
        let mut nouns = found(self.noun.as_ref());
        nouns.retain(|noun| {
            let before: String = question.chars().take(noun.start).collect();
            !ASKS.is_match(&before).unwrap_or(true)
        });
        nouns
    }

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
    fn what_is_said_of_facets_names_them() {
        let file: File = toml::from_str(include_str!("details.toml")).unwrap();
        for name in file.of_many.iter().chain(&file.names) {
            assert!(file.facet.iter().any(|facet| facet.name == *name), "{name}");
        }
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
        check("大零号湾面积", &["area", "AREA"]);
        check("怎么扩大园区面积", &["area", "way"]);
        check("how big is the park", &["AREA"]);
    }
}
