//! Which documents hold no longer, or not yet, and what replaces them. Knows no clock: the day is given.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::rank::Candidate;
use crate::analysis::script::Script;
use crate::corpus::{Corpus, Date, Disabled, Fault, Problem, Source};

/// How much worse a candidate of a document that holds may score and still come before one that does not. Two versions of
/// a sentence that differ in a figure score within this.
const ABOUT_AS_GOOD: f32 = 1.0;

/// Which document replaces which.
#[derive(Debug, Clone, Default)]
pub struct Validity {
    /// The replaced document → the one that replaces it, by number.
    replaced: BTreeMap<usize, usize>,
    /// Documents that hold for a time only.
    dated: BTreeSet<usize>,
}

/// Why a document must not be relied on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Lapse {
    /// The last day on which it held, if that is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired: Option<Date>,
    /// The first day on which it will hold, if that is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begins: Option<Date>,
    /// The title of the document that replaces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

impl Validity {
    /// Finds out which documents of a corpus replace which: they name each other by path or by title.
    pub fn new(corpus: &Corpus) -> Self {
        let mut validity = Self::default();
        let named = by_name(corpus);
        for (number, document) in corpus.documents.iter().enumerate() {
            let source = &document.source;
            if source.valid_from.is_some() || source.valid_until.is_some() {
                validity.dated.insert(number);
            }
            for old in source.supersedes.iter().filter_map(|name| named.get(name.as_str())).flatten() {
                if *old != number {
                    validity.replaced.insert(*old, number);
                }
            }
        }
        validity
    }

    /// Why a document must not be relied on, on a day; without a day, only what replaces it counts.
    pub fn lapse(&self, corpus: &Corpus, document: usize, today: Option<&Date>) -> Option<Lapse> {
        if !self.dated.contains(&document) && !self.replaced.contains_key(&document) {
            return None;
        }
        let source = |number: usize| &corpus.documents[number].source;
        let begins = |number: usize| {
            source(number).valid_from.clone().filter(|from| today.is_some_and(|day| from.is_after(day)))
        };
        let until = source(document).valid_until.clone();
        let expired = until.filter(|until| today.is_some_and(|day| until.is_before(day)));
        // The last of a chain counts, as far as it holds already.
        let (mut last, mut seen) = (document, BTreeSet::from([document]));
        while let Some(&next) = self.replaced.get(&last)
            && begins(next).is_none()
            && seen.insert(next)
        {
            last = next;
        }
        let replaced_by = (last != document).then(|| source(last).title.clone());
        let lapse = Lapse { expired, begins: begins(document), replaced_by };
        (lapse != Lapse { expired: None, begins: None, replaced_by: None }).then_some(lapse)
    }

    /// Moves candidates of documents that hold before those of others that answer no better than about as well.
    pub(super) fn prefer(&self, corpus: &Corpus, candidates: &mut Vec<Candidate>, today: Option<&Date>) {
        if self.replaced.is_empty() && self.dated.is_empty() {
            return;
        }
        let holds = |candidate: &Candidate| {
            let document = corpus.passages[candidate.hit.passage].document;
            self.lapse(corpus, document, today).is_none()
        };
        let holding: Vec<bool> = candidates.iter().map(holds).collect();
        if holding.iter().all(|holds| *holds) {
            return;
        }
        let mut ordered: Vec<(Candidate, bool)> = Vec::with_capacity(candidates.len());
        for (candidate, holds) in std::mem::take(candidates).into_iter().zip(holding) {
            let outdoes = |(other, other_holds): &(Candidate, bool)| {
                holds && !other_holds && candidate.score + ABOUT_AS_GOOD >= other.score
            };
            let passed = ordered.iter().rev().take_while(|other| outdoes(other)).count();
            ordered.insert(ordered.len() - passed, (candidate, holds));
        }
        candidates.extend(ordered.into_iter().map(|(candidate, _)| candidate));
    }
}

impl Lapse {
    /// It in a sentence, in the asker's script.
    pub fn describe(&self, script: Script) -> String {
        let Self { expired, begins, replaced_by } = self;
        let by = replaced_by.as_deref();
        let (state, instead) = match script {
            Script::Simplified | Script::Either => (
                match (expired, begins) {
                    (Some(day), _) => format!("已于{day}失效"),
                    (None, Some(day)) => format!("{day}起才生效"),
                    (None, None) => "已被取代".to_owned(),
                },
                by.map(|title| format!("，以《{title}》为准")),
            ),
            Script::Traditional => (
                match (expired, begins) {
                    (Some(day), _) => format!("已於{day}失效"),
                    (None, Some(day)) => format!("{day}起才生效"),
                    (None, None) => "已被取代".to_owned(),
                },
                by.map(|title| format!("，以《{title}》為準")),
            ),
            Script::Other => (
                match (expired, begins) {
                    (Some(day), _) => format!("expired on {day}"),
                    (None, Some(day)) => format!("does not hold before {day}"),
                    (None, None) => "replaced".to_owned(),
                },
                by.map(|title| format!("; see {title} instead")),
            ),
        };
        format!("⚠ {state}{}", instead.unwrap_or_default())
    }
}

/// The documents that others say they replace, by the path or the title that these name.
fn by_name(corpus: &Corpus) -> HashMap<&str, Vec<usize>> {
    let names = corpus.documents.iter().flat_map(|document| &document.source.supersedes);
    let mut named: HashMap<&str, Vec<usize>> = names.map(|name| (name.as_str(), Vec::new())).collect();
    // Most corpora name none, and few name many.
    if named.is_empty() {
        return named;
    }
    for (number, document) in corpus.documents.iter().enumerate() {
        let Source { path, title, .. } = &document.source;
        for name in std::iter::once(path).chain(Some(title).filter(|title| *title != path)) {
            named.entry(name).and_modify(|numbers| numbers.push(number));
        }
    }
    named.retain(|_, numbers| !numbers.is_empty());
    named
}

/// What is wrong with what documents say of their validity. `disabled` are those that are switched off.
pub fn contradictions(corpus: &Corpus, disabled: &[Disabled]) -> Vec<Problem> {
    let named = by_name(corpus);
    let validity = Validity::new(corpus);
    let mut found = Vec::new();
    for (number, document) in corpus.documents.iter().enumerate() {
        let source = &document.source;
        let mut report = |fault| found.push(Problem::of(&source.path, fault));
        let off = |name: &str| {
            disabled.iter().map(|off| &off.document.source).find(|off| off.path == name || off.title == name)
        };
        if let (Some(from), Some(until)) = (&source.valid_from, &source.valid_until)
            && until.is_before(from)
        {
            report(Fault::OverBeforeBegun { from: from.clone(), until: until.clone() });
        }
        for name in &source.supersedes {
            match named.get(name.as_str()).map(Vec::as_slice) {
                None => report(match off(name) {
                    Some(off) => Fault::ReplacesDisabled { name: name.clone(), path: off.path.clone() },
                    None => Fault::ReplacesNothing { name: name.clone() },
                }),
                Some([only]) if *only == number => report(Fault::ReplacesItself { name: name.clone() }),
                Some(_) => {}
            }
        }
        let (mut last, mut steps) = (number, 0);
        while let Some(&next) = validity.replaced.get(&last)
            && steps <= corpus.documents.len()
        {
            (last, steps) = (next, steps + 1);
            if last == number {
                report(Fault::ReplacesInCircle);
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::Words;
    use crate::answer::{Citation, Knowledge, Options, Question, answer};
    use crate::corpus::{Document, read_document};

    fn corpus(files: &[(&str, &str, &str)]) -> Corpus {
        let read = |(path, front, text): &(&str, &str, &str)| {
            let (document, problems) = read_document(path, format!("---\n{front}\n---\n## 政策\n{text}\n").as_bytes());
            assert!(problems.is_empty(), "{problems:?}");
            document
        };
        Corpus::new(files.iter().filter_map(read).collect(), Vec::new())
    }

    fn day(text: &str) -> Date {
        Date::try_from(text.to_owned()).expect("a date")
    }

    fn ask(files: &[(&str, &str, &str)], today: Option<&str>) -> Vec<Citation> {
        let knowledge = Knowledge::new(corpus(files), &Words::default()).expect("an index");
        let options = Options { today: today.map(day), ..Options::default() };
        let question = Question::new("星湖园的房租补贴每月多少元").expect("a question");
        answer(&knowledge, &question, &options).expect("an index").citations
    }

    const OLD: (&str, &str, &str) = (
        "old.md",
        "title: 旧办法\npark: 星湖园\nvalid_until: 2024",
        "星湖园的房租补贴标准为每月800元，按季度发放给入驻企业。",
    );
    const NEW: (&str, &str, &str) = (
        "new.md",
        "title: 新办法\npark: 星湖园\nvalid_from: 2025-03\nsupersedes: [旧办法]",
        "星湖园的房租补贴标准改为每月900元，按月发放给入驻企业。",
    );

    #[test]
    fn what_lapsed_is_said_and_comes_after_what_holds() {
        let paths = |citations: &[Citation]| citations.iter().map(|c| c.source.path.clone()).collect::<Vec<_>>();
        let now = ask(&[OLD, NEW], Some("2025-06-01"));
        assert_eq!(paths(&now), ["new.md", "old.md"]);
        assert_eq!(now[0].lapse, None);
        let lapse = now[1].lapse.as_ref().expect("it has expired");
        assert_eq!(lapse.describe(Script::Simplified), "⚠ 已于2024失效，以《新办法》为准");
        assert_eq!(lapse.describe(Script::Traditional), "⚠ 已於2024失效，以《新办法》為準");
        assert_eq!(lapse.describe(Script::Other), "⚠ expired on 2024; see 新办法 instead");
        // While the new one does not hold yet, the old one does, up to its last day.
        let before = ask(&[OLD, NEW], Some("2024-12-31"));
        let of = |path: &str| before.iter().find(|c| c.source.path == path).and_then(|c| c.lapse.clone());
        assert_eq!(paths(&before)[0], "old.md");
        assert_eq!(
            (of("old.md"), of("new.md").map(|l| l.describe(Script::Simplified))),
            (None, Some("⚠ 2025-03起才生效".into()))
        );
        // Alone it is quoted, with its warning.
        let alone = ask(&[OLD], Some("2025-01-01"));
        assert_eq!(alone[0].lapse.as_ref().map(|l| l.describe(Script::Simplified)), Some("⚠ 已于2024失效".into()));
        assert_eq!(ask(&[OLD], None)[0].lapse, None);
    }

    #[test]
    fn the_last_of_a_chain_counts() {
        let chain = corpus(&[
            ("a.md", "title: 甲", "一。"),
            ("b.md", "title: 乙\nsupersedes: a.md", "二。"),
            ("c.md", "title: 丙\nsupersedes: 乙", "三。"),
        ]);
        let validity = Validity::new(&chain);
        let by = |document| validity.lapse(&chain, document, None).and_then(|lapse| lapse.replaced_by);
        assert_eq!((by(0).as_deref(), by(1).as_deref(), by(2)), (Some("丙"), Some("丙"), None));
        assert_eq!(contradictions(&chain, &[]), []);
    }

    #[test]
    fn contradictions_are_named() {
        let served = corpus(&[
            ("a.md", "title: 甲\nsupersedes: b.md", "一。"),
            ("b.md", "title: 乙\nsupersedes: 甲\nvalid_from: 2025-01-02\nvalid_until: 2025-01-01", "二。"),
            ("c.md", "title: 丙\nsupersedes: [丙, 没有]", "三。"),
        ]);
        let found = contradictions(&served, &[]);
        let said: Vec<(&str, bool)> = [
            ("a.md", "replaces a document"),
            ("b.md", "`valid_until`"),
            ("b.md", "replaces a"),
            ("c.md", "itself"),
            ("c.md", "“没有”"),
        ]
        .into_iter()
        .map(|(path, words)| {
            (path, found.iter().any(|found| found.path == path && found.fault.to_string().contains(words)))
        })
        .collect();
        assert!(said.iter().all(|(_, said)| *said) && found.len() == said.len(), "{found:?}");
        let source = Source { path: "off.md".to_owned(), title: "没有".to_owned(), ..Source::default() };
        let document = Document { source, text: String::new(), sections: Vec::new() };
        let found = contradictions(&served, &[Disabled { document, problems: Vec::new() }]);
        assert!(
            found.iter().any(|found| found.fault.to_string().contains("“没有”, which is disabled (off.md)")),
            "{found:?}"
        );
    }
}
