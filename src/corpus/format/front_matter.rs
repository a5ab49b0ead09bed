//! The block between `---` lines at the head of a document. Knows its keys and nothing of the text below.

use std::sync::LazyLock;

use regex::Regex;
use serde_norway::{Mapping, Value};

use super::{dates, facts};
use crate::corpus::document::{Date, Source};
use crate::corpus::line::one_line;
use crate::corpus::problem::{FRONT_MATTER_KEYS, Fault, Problem, Shape};

/// More than any source needs; YAML beyond this is a file put in the wrong place.
const MAX_BYTES: usize = 64 << 10;

/// What front matter says.
pub(super) struct FrontMatter<'a> {
    /// Where the document comes from; the title is empty if it is not given.
    pub(super) source: Source,
    /// Whether the document is served.
    pub(super) enabled: bool,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
    /// The text below.
    pub(super) body: &'a str,
}

/// Whether a text without markup begins with front matter: a line `---` may also be a rule that somebody drew.
pub(super) fn begins(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let key = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| FRONT_MATTER_KEYS.split(", ").any(|known| known == key))
    };
    lines.next() == Some("---") && lines.next().is_some_and(key)
}

/// Parts front matter from the text below. `Err` if it cannot be known what the operator meant.
pub(super) fn parse<'a>(path: &str, text: &'a str) -> Result<FrontMatter<'a>, Problem> {
    let refused = |line, fault| Problem::on(path, line, fault);
    let source = Source { path: path.to_owned(), ..Source::default() };
    let mut found = FrontMatter { source, enabled: true, problems: Vec::new(), body: text };
    let Some((yaml, body)) = parted(text).map_err(|fault| refused(1, fault))? else { return Ok(found) };
    found.body = body;
    let mapping = match serde_norway::from_str::<Value>(yaml) {
        Ok(Value::Null) => Mapping::new(),
        Ok(Value::Mapping(mapping)) => mapping,
        Ok(_) => return Err(refused(1, Fault::FrontMatterShape)),
        Err(error) => {
            let line = error.location().map_or(1, |location| location.line() + 1);
            return Err(refused(line, Fault::FrontMatterYaml { cause: without_places(&error.to_string()) }));
        }
    };
    for (key, value) in mapping {
        let key = scalar(&key).unwrap_or_default();
        let line = line_of(yaml, &key);
        match set(&mut found, &key, &value) {
            Ok(()) => {}
            Err(Unusable::Minor(fault)) => found.problems.push(refused(line, fault)),
            Err(Unusable::Grave(fault)) => return Err(refused(line, fault)),
        }
    }
    if found.source.park.is_none() && !found.source.aliases.is_empty() {
        found.problems.push(refused(line_of(yaml, "aliases"), Fault::AliasesAlone));
    }
    Ok(found)
}

/// What cannot be used of a value: with a grave one, the document could be served when it must not be.
enum Unusable {
    Minor(Fault),
    Grave(Fault),
}

fn set(found: &mut FrontMatter<'_>, key: &str, value: &Value) -> Result<(), Unusable> {
    let source = &mut found.source;
    let named = || key.to_owned();
    let text = || one(value).map_err(|shape| Unusable::Minor(Fault::NoLine { key: named(), shape }));
    let texts = || many(value).ok_or_else(|| Fault::NoList { key: named() });
    let date = || -> Result<Option<Date>, Fault> {
        let text = one(value).map_err(|shape| Fault::NoDate { key: named(), shape })?;
        text.map(|text| dates::date(&text).map_err(|_| Fault::NotDate { key: named(), text })).transpose()
    };
    match key {
        "title" => source.title = text()?.unwrap_or_default(),
        "publisher" => source.publisher = text()?,
        "url" => source.url = text()?.map(|text| web(&text)).transpose()?,
        "park" => source.park = text()?,
        "aliases" => source.aliases = names(&texts().map_err(Unusable::Minor)?),
        "published" => source.published = date().map_err(Unusable::Minor)?,
        "valid_from" => source.valid_from = date().map_err(Unusable::Grave)?,
        "valid_until" => source.valid_until = date().map_err(Unusable::Grave)?,
        "supersedes" => source.supersedes = texts().map_err(Unusable::Grave)?,
        "enabled" => {
            found.enabled = value.as_bool().ok_or(Unusable::Grave(Fault::EnabledNeither))?;
        }
        _ => {
            let key = key.escape_debug().to_string();
            return Err(Unusable::Minor(Fault::UnknownKey { key }));
        }
    }
    Ok(())
}

/// An address, which must lead somewhere.
fn web(text: &str) -> Result<String, Unusable> {
    let wrong = || Unusable::Minor(Fault::NotAddress { text: text.to_owned() });
    facts::address(text).filter(|address| address == text).ok_or_else(wrong)
}

/// Names, several of which may stand in one text with commas between them.
fn names(texts: &[String]) -> Vec<String> {
    let names = texts.iter().flat_map(|text| text.split([',', '，', '、']));
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// What a parser says without the lines that it counts, which are not those of the file.
fn without_places(said: &str) -> String {
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r" at line \d+ column \d+").expect("the pattern is tested"));
    PLACE.replace_all(said, "").into_owned()
}

/// The YAML and the text below; `None` where a text has no front matter.
fn parted(text: &str) -> Result<Option<(&str, &str)>, Fault> {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|first| first.trim_end() == "---") else { return Ok(None) };
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = text.get(first.len()..at).unwrap_or_default();
            return Ok(Some((yaml, text.get(at + line.len()..).unwrap_or_default())));
        }
        at += line.len();
        if at > MAX_BYTES {
            break;
        }
    }
    Err(Fault::FrontMatterOpen)
}

/// The line of the file on which a key stands.
fn line_of(yaml: &str, key: &str) -> usize {
    let stands =
        |line: &str| line.trim_start_matches(['"', '\'']).strip_prefix(key).is_some_and(|rest| rest.contains(':'));
    yaml.lines().position(stands).map_or(1, |at| at + 2)
}

fn one(value: &Value) -> Result<Option<String>, Shape> {
    match value {
        Value::Null => Ok(None),
        Value::Sequence(_) => Err(Shape::List),
        Value::Mapping(_) | Value::Tagged(_) => Err(Shape::Block),
        value => Ok(scalar(value).map(|text| one_line(&text)).filter(|text| !text.is_empty())),
    }
}

fn many(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Sequence(values) => values
            .iter()
            .map(|value| scalar(value).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
            .collect(),
        value => scalar(value).map(|text| vec![text.trim().to_owned()]),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(Option<usize>, String)> {
        match parse("a.md", text) {
            Ok(found) => found.problems.into_iter().map(|problem| (problem.line, problem.fault.to_string())).collect(),
            Err(problem) => vec![(problem.line, format!("refused: {}", problem.fault))],
        }
    }

    #[test]
    fn every_key_is_read() {
        let text = "---\ntitle: 云禾  指南\npublisher: 管委会\npublished: 2024\nurl: https://example.org/a\npark: 云禾\naliases: [云禾园, G7]\nvalid_from: 2024-05-01\nvalid_until: \"2027-04\"\nsupersedes: 旧.md\nenabled: false\n---\n正文";
        let found = parse("a.md", text).expect("it is sound");
        let date = |text: &str| Date::try_from(text.to_owned()).ok();
        assert_eq!(found.problems, []);
        assert_eq!(
            found.source,
            Source {
                path: "a.md".into(),
                title: "云禾 指南".into(),
                publisher: Some("管委会".into()),
                published: date("2024"),
                url: Some("https://example.org/a".into()),
                park: Some("云禾".into()),
                aliases: vec!["云禾园".into(), "G7".into()],
                valid_from: date("2024-05-01"),
                valid_until: date("2027-04"),
                supersedes: vec!["旧.md".into()],
            }
        );
        assert_eq!((found.enabled, found.body), (false, "正文"));
    }

    #[test]
    fn what_is_wrong_is_named_by_line() {
        let check = |text: &str, line: usize, words: &str| {
            let found = problems(text);
            assert!(
                matches!(found.as_slice(), [(at, message)] if *at == Some(line) && message.contains(words)),
                "{found:?}"
            );
        };
        check("---\ntitle: a\ntitel: b\n---\n", 3, "`titel` is not a key");
        check("---\ntitle: a\npublished: 昨天\n---\n", 3, "昨天");
        for url in ["www.example.org/a", "javascript:alert(1)", "http://[bad", "https://localhost/"] {
            check(&format!("---\ntitle: a\nurl: \"{url}\"\n---\n"), 3, "no address on the web");
        }
        check("---\ntitle: a\naliases: [甲园]\n---\n", 3, "`park`, which is not named");
        check("---\ntitle: [a]\n---\n", 2, "a list");
        check("---\ntitle: a\n正文", 1, "refused: the front matter is not closed");
        check("---\ntitle: a\n b: [\n---\n", 3, "refused: the front matter is not YAML");
        check("---\ntitle: a\ntitle: b\n---\n", 2, "refused: the front matter is not YAML");
        check("---\n- a\n---\n", 1, "refused: the front matter is no list");
        check("---\nvalid_until: 2023-13-01\n---\n", 2, "refused: `valid_until`");
        check("---\nenabled: 好\n---\n", 2, "refused: `enabled`");
    }

    #[test]
    fn names_may_stand_in_one_line_and_dates_as_people_write_them() {
        let source =
            |text: &str| parse("a.md", text).map(|found| (found.problems.len(), found.source)).expect("it is sound");
        for list in ["甲园, 乙园", "甲园、乙园", "甲园，乙园", "[甲园, 乙园]", "[甲园、乙园]"] {
            let (problems, source) =
                source(&format!("---\npark: 丙园\naliases: {list}\npublished: 2024年3月5日\n---\n"));
            assert_eq!((problems, source.aliases), (0, vec!["甲园".to_owned(), "乙园".to_owned()]), "{list}");
            assert_eq!(source.published.map(|date| date.to_string()).as_deref(), Some("2024-03-05"));
        }
    }

    #[test]
    fn what_a_parser_says_bears_no_lines_of_its_own() {
        let [(line, message)] = &problems("---\ntitle: a\n b: [\n---\n")[..] else { panic!("one problem") };
        assert!(*line == Some(3) && !message.contains(" at line ") && message.contains("not YAML: "), "{message}");
        assert_eq!(without_places("no colon at line 2 column 1, in a map at line 1 column 4"), "no colon, in a map");
        assert_eq!(without_places("stands at line ends"), "stands at line ends");
    }

    #[test]
    fn a_rule_over_a_text_is_no_front_matter() {
        assert!(begins("---\nenabled: false\n---\n正文") && begins("---\r\ntitle: 甲\r\n---\r\n正文"));
        for text in ["---\n正文", "---\n时间: 九点\n---\n", "正文\n---\ntitle: 甲\n---\n", "---", ""] {
            assert!(!begins(text), "{text}");
        }
    }

    #[test]
    fn a_text_without_front_matter_is_all_text() {
        for text in ["", "正文", "----\n正文", " ---\n"] {
            assert_eq!(parse("a.md", text).map(|found| found.body).ok(), Some(text));
        }
    }
}
