//! Which parks there are, what they are called, and which of them a question names. Names come from the operators, from
//! front matter, and are derived from the documents where nobody wrote any.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::called::Called;
use super::derived::derive;
use super::grammar::GRAMMAR;
use super::own_names::{MIN_PASSAGES, OwnNames, own_names, shown};
use crate::analysis::pinyin::sound_alike;
use crate::analysis::script::{fold, folded, is_han};
use crate::analysis::stretch::{is_inside, overlap, places_of};
use crate::analysis::terms::{Analyzer, Kind, runs};
use crate::analysis::vocabulary::Vocabulary;
use crate::analysis::words::Words;
use crate::corpus::{Corpus, Document};
use crate::index::Index;

/// From this length on, in characters, a name is recognised with one wrong character that sounds different.
const MIN_CHARS_FOR_ANY_TYPO: usize = 4;

/// The parks of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parks {
    /// In the order of their first document.
    pub all: Vec<Park>,
    passages: Vec<Range<usize>>,
    /// The first park of each document.
    of_document: Vec<Option<usize>>,
    /// What people call them, and the number of the park.
    called: Called,
    /// The names that each document may have of its own; `None` where it is said whose it is.
    own_names: Vec<Option<OwnNames>>,
}

/// A park, or whatever else a document is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Park {
    /// What answers call it.
    pub name: String,
    /// What people call it, folded, longest first.
    pub aliases: Vec<String>,
    /// Its documents, by number, sorted.
    pub documents: Vec<usize>,
}

/// A park that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its number.
    pub park: usize,
    /// Where it is named, in characters of the question.
    pub range: Range<usize>,
    /// The name that was meant, folded.
    pub alias: String,
    /// Whether it was typed exactly so.
    pub exact: bool,
}

impl Parks {
    /// Finds the parks of a corpus; what is `known` of a document is not looked for again.
    pub fn new(
        corpus: &Corpus,
        words: &Words,
        index: &Index,
        analyzer: &Analyzer,
        known: &[(Arc<Document>, OwnNames)],
    ) -> Self {
        let (mut parks, mut unnamed) = stated(corpus, words);
        let titled = named_in_titles(corpus, &unnamed, &parks, analyzer);
        for (number, key) in &titled {
            parks.entry(key.clone()).and_modify(|park| park.documents.push(*number));
        }
        unnamed.retain(|number| !titled.contains_key(number));
        let passages = passages_of_documents(corpus);
        let own_names = own_names_of(corpus, &unnamed, &passages, analyzer, known);
        // A name that somebody wrote down is whose it is said to be.
        let stated: BTreeSet<String> = parks.values().flat_map(|park| park.aliases.iter().cloned()).collect();
        let derived = derive(corpus, &unnamed, &passages, &own_names, index);
        // Short documents alone do not make a corpus one about parks: an encyclopaedia has articles about areas too.
        let (long, short): (Vec<_>, Vec<_>) =
            derived.into_iter().partition(|(number, _)| passages[*number].len() >= MIN_PASSAGES);
        let short = if parks.is_empty() && long.is_empty() { Vec::new() } else { short };
        let mut found: BTreeMap<String, Park> = BTreeMap::new();
        for (number, mut aliases) in long.into_iter().chain(short) {
            aliases.retain(|alias| !stated.contains(alias));
            let source = &corpus.documents[number].source;
            let own: Vec<String> = source.aliases.iter().map(|alias| folded(alias)).chain(aliases).collect();
            let Some(name) = shown(&source.title, &own).cloned() else { continue };
            let park = Park { name, aliases: own, documents: vec![number] };
            found.insert(format!("\u{10ffff}{number}"), park.tidy());
        }
        // A document whose title names what another one is about is about that too.
        for (number, key) in named_in_titles(corpus, &unnamed, &found, analyzer) {
            found.entry(key).and_modify(|park| park.documents.push(number));
        }
        parks.extend(found);
        let mut all: Vec<Park> = parks.into_values().map(Park::tidy).collect();
        all.sort_by_key(|park| park.documents.first().copied());
        let called = (all.iter().enumerate())
            .flat_map(|(number, park)| park.aliases.iter().map(move |alias| (alias.chars().collect(), number)))
            .collect();
        let mut of_document = vec![None; corpus.documents.len()];
        for (number, park) in all.iter().enumerate() {
            for document in &park.documents {
                of_document[*document].get_or_insert(number);
            }
        }
        Self { all, passages, of_document, called: Called::new(called), own_names }
    }

    /// The park of a document.
    pub fn of_document(&self, document: usize) -> Option<usize> {
        self.of_document.get(document).copied().flatten()
    }

    /// The passages of some parks, as sorted ranges.
    pub fn passages(&self, parks: &BTreeSet<usize>) -> Vec<Range<usize>> {
        let documents: BTreeSet<usize> =
            parks.iter().flat_map(|&park| self.all[park].documents.iter().copied()).collect();
        documents.into_iter().map(|document| self.passages[document].clone()).collect()
    }

    /// The passages of a document.
    pub(super) fn passages_in(&self, document: usize) -> Range<usize> {
        self.passages.get(document).cloned().unwrap_or_default()
    }

    /// The passages of all documents but those of some parks, as sorted ranges.
    pub(super) fn passages_of_others(&self, parks: &BTreeSet<usize>) -> Vec<Range<usize>> {
        let unwanted: BTreeSet<usize> =
            parks.iter().flat_map(|&park| self.all[park].documents.iter().copied()).collect();
        let others = (0..self.passages.len()).filter(|document| !unwanted.contains(document));
        others.map(|document| self.passages[document].clone()).collect()
    }

    /// The parks that a folded question names, in the order of the question: by their names, by what sounds or is spelled
    /// like them, or by what the vocabulary calls them in another language. `words` are its words, as ranges.
    pub fn find(
        &self,
        question: &[char],
        words: &[Range<usize>],
        index: &Index,
        vocabulary: &Vocabulary,
    ) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        let free = |found: &[Named], range: &Range<usize>| !found.iter().any(|named| overlap(&named.range, range));
        let near = self.called.near(question);
        for (alias, park) in near.iter().map(|number| &self.called.all[*number]) {
            for range in literal(question, alias, words) {
                let alias: String = alias.iter().collect();
                // The longest name wins where names overlap, and a name of several parks names them all.
                let same = |named: &Named| named.range == range && named.alias == alias;
                if free(&found, &range) || found.iter().any(same) {
                    found.push(Named { park: *park, range, alias, exact: true });
                }
            }
        }
        let latin: Vec<Range<usize>> = runs(question).into_iter().filter(|run| !is_han(question[run.start])).collect();
        let mut spelled = self.called.spelled_in(question, &latin);
        let inexact: BTreeSet<usize> = near.into_iter().chain(spelled.keys().copied()).collect();
        for number in inexact {
            let (alias, park) = &self.called.all[number];
            let spelled = spelled.remove(&number).unwrap_or_default();
            for range in sounding(question, alias, words, index).into_iter().chain(spelled) {
                // 临海智造港 is 霖海智造港 mistyped, and not 智造港.
                let shorter = |named: &&Named| {
                    is_inside(&named.range, &range) && named.park == *park && named.range.len() < range.len()
                };
                let others: Vec<Named> = found.iter().filter(|named| !shorter(named)).cloned().collect();
                if free(&others, &range) {
                    found = others;
                    found.push(Named { park: *park, range, alias: alias.iter().collect(), exact: false });
                }
            }
        }
        let translated = self.translated(question, &latin, words, vocabulary);
        found.extend(translated.into_iter().filter(|named| free(&found, &named.range)).collect::<Vec<_>>());
        found.sort_by_key(|named| (named.range.start, named.park));
        found
    }

    /// The parks that a question names in Latin letters by what the vocabulary knows of their names: Neobay is 大零号湾.
    fn translated(
        &self,
        question: &[char],
        latin: &[Range<usize>],
        words: &[Range<usize>],
        vocabulary: &Vocabulary,
    ) -> Vec<Named> {
        if self.all.is_empty() || latin.is_empty() {
            return Vec::new();
        }
        let meant = |find: &[String]| {
            find.iter().find_map(|word| {
                let name: Vec<char> = word.chars().collect();
                let near = self.called.near(&name);
                let numbers = near.into_iter().filter(|&number| self.called.all[number].0 == name);
                let parks: Vec<usize> = numbers.map(|number| self.called.all[number].1).collect();
                (!parks.is_empty()).then(|| (word.clone(), parks))
            })
        };
        let begins = |range: &Range<usize>| latin.iter().any(|run| run.start == range.start);
        let keys = vocabulary.matches(question, words, |key| begins(&key.range) && meant(key.find).is_some());
        let named = keys.into_iter().filter_map(|key| Some((key.range, meant(key.find)?)));
        named
            .flat_map(|(range, (alias, parks))| {
                parks.into_iter().map(move |park| Named {
                    park,
                    range: range.clone(),
                    alias: alias.clone(),
                    exact: false,
                })
            })
            .collect()
    }

    /// The names that each document may have of its own, in the order of documents; `None` where it is said whose it is.
    pub fn own_names(&self) -> &[Option<OwnNames>] {
        &self.own_names
    }
}

impl Park {
    /// The same with its documents in order and each of its names once, the longest first, and what people write shorter;
    /// one character is no name.
    fn tidy(mut self) -> Self {
        let shorter = |alias: &String| {
            let words = GRAMMAR.shorter.iter().find(|(long, _)| alias.contains(long.as_str()));
            words.map(|(long, short)| alias.replace(long.as_str(), short))
        };
        let shorter: Vec<String> = self.aliases.iter().filter_map(shorter).collect();
        self.aliases.extend(shorter);
        self.documents.sort_unstable();
        self.documents.dedup();
        self.aliases.sort_by_key(|alias| (std::cmp::Reverse(alias.chars().count()), alias.clone()));
        self.aliases.dedup();
        self.aliases.retain(|alias| alias.chars().count() >= 2);
        self
    }
}

/// The parks that the operators' words and the documents themselves name, by folded name; and the documents of which
/// nobody says whose they are.
fn stated(corpus: &Corpus, words: &Words) -> (BTreeMap<String, Park>, Vec<usize>) {
    let mut parks: BTreeMap<String, Park> = BTreeMap::new();
    let mut add = |name: &str, aliases: &[String], document: usize| {
        let park = parks.entry(folded(name)).or_insert_with(|| Park {
            name: name.to_owned(),
            aliases: vec![folded(name)],
            documents: Vec::new(),
        });
        park.documents.push(document);
        park.aliases.extend(aliases.iter().map(|alias| folded(alias)));
    };
    let mut unnamed = Vec::new();
    for (number, document) in corpus.documents.iter().enumerate() {
        let source = &document.source;
        let mut listed = false;
        for park in words.park.iter().filter(|park| park.files.contains(&source.path)) {
            listed = true;
            add(&park.name, &park.aliases, number);
        }
        if let Some(park) = &source.park {
            listed = true;
            add(park, &source.aliases, number);
        }
        if !listed {
            unnamed.push(number);
        }
    }
    for park in &words.park {
        if let Some(known) = parks.get_mut(&folded(&park.name)) {
            known.aliases.extend(park.aliases.iter().map(|alias| folded(alias)));
        }
    }
    (parks, unnamed)
}

/// The names that some documents may have of their own, in the order of all documents; those that are `known` are not
/// looked for again.
fn own_names_of(
    corpus: &Corpus,
    documents: &[usize],
    passages: &[Range<usize>],
    analyzer: &Analyzer,
    known: &[(Arc<Document>, OwnNames)],
) -> Vec<Option<OwnNames>> {
    let known: HashMap<usize, &OwnNames> =
        known.iter().map(|(document, names)| (Arc::as_ptr(document).addr(), names)).collect();
    let of = |number: usize| match known.get(&Arc::as_ptr(&corpus.documents[number]).addr()) {
        Some(names) => OwnNames::clone(names),
        None => own_names(corpus, &corpus.passages[passages[number].clone()], analyzer),
    };
    let found: Vec<OwnNames> = documents.par_iter().map(|number| of(*number)).collect();
    let mut all = vec![None; corpus.documents.len()];
    for (number, names) in documents.iter().zip(found) {
        all[*number] = Some(names);
    }
    all
}

/// Where a name stands in a question as it is, but not inside a longer word (金山 in 旧金山).
fn literal(question: &[char], alias: &[char], words: &[Range<usize>]) -> Vec<Range<usize>> {
    let inside_word =
        |range: &Range<usize>| words.iter().any(|word| is_inside(range, word) && word.len() > range.len());
    places_of(question, alias).into_iter().filter(|range| !inside_word(range)).collect()
}

/// Where something stands that differs from a name in one character: one that sounds the same, or any if the name is
/// long. What some document holds is no mistake, nor what ends inside a word and begins inside another: 基金单个.
fn sounding(question: &[char], alias: &[char], words: &[Range<usize>], index: &Index) -> Vec<Range<usize>> {
    if !alias.iter().all(|&c| is_han(c)) || question.len() < alias.len() {
        return Vec::new();
    }
    let parts = |at: usize| words.iter().any(|word| word.start < at && at < word.end);
    let fits = |range: &Range<usize>| {
        if parts(range.start) && parts(range.end) {
            return false;
        }
        let typed = &question[range.clone()];
        let mut wrong = typed.iter().zip(alias).filter(|(a, b)| a != b);
        let (Some((&a, &b)), None) = (wrong.next(), wrong.next()) else { return false };
        let like = is_han(a) && (alias.len() >= MIN_CHARS_FOR_ANY_TYPO || sound_alike(a, b));
        let pairs = || typed.windows(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>();
        like && index.holding(Kind::Bigram, &pairs(), &[], 1).is_empty()
    };
    (0..=question.len() - alias.len()).map(|start| start..start + alias.len()).filter(fits).collect()
}

/// The park of each document whose title names one park and one only, by its name or another name of three characters at
/// least: whoever brings 《星湖科创园停车办法》 need not say whose it is.
fn named_in_titles(
    corpus: &Corpus,
    documents: &[usize],
    parks: &BTreeMap<String, Park>,
    analyzer: &Analyzer,
) -> BTreeMap<usize, String> {
    const MIN_CHARS: usize = 3;
    let keys: Vec<&String> = parks.keys().collect();
    let names = parks.values().enumerate().flat_map(|(number, park)| {
        let names =
            park.aliases.iter().filter(|name| name.chars().count() >= MIN_CHARS || **name == folded(&park.name));
        names.map(move |name| (name.chars().collect(), number))
    });
    let called = Called::new(names.collect());
    let mut found = BTreeMap::new();
    for &number in documents {
        let title = fold(&corpus.documents[number].source.title).chars;
        let near = called.near(&title);
        if near.is_empty() {
            continue;
        }
        let words = analyzer.words(&title);
        let stands = |number: &usize| !literal(&title, &called.all[*number].0, &words).is_empty();
        let named: BTreeSet<usize> = near.into_iter().filter(stands).map(|number| called.all[number].1).collect();
        if let [park] = named.into_iter().collect::<Vec<_>>().as_slice() {
            found.insert(number, keys[*park].clone());
        }
    }
    found
}

/// The passages of each document; an empty range at its place where it has none.
fn passages_of_documents(corpus: &Corpus) -> Vec<Range<usize>> {
    let mut next = 0;
    let of = |document| {
        let own = corpus.passages[next..].iter().take_while(|passage| passage.document == document).count();
        next += own;
        next - own..next
    };
    (0..corpus.documents.len()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::words::Words;
    use crate::answer::{Knowledge, Reading};
    use crate::corpus::{Corpus, Source};

    /// Knowledge of documents of one passage each.
    fn knowledge(sources: impl IntoIterator<Item = Source>) -> Knowledge {
        let passages = sources.into_iter().map(|source| (source, "访客的车辆前两小时免费。".to_owned()));
        Knowledge::new(Corpus::of_passages(passages), &Words::default()).unwrap()
    }

    #[test]
    fn a_long_name_mistyped_is_not_the_short_one_in_it() {
        let source = Source {
            title: "规划".into(),
            park: Some("霖海智造港".into()),
            aliases: vec!["智造港".into()],
            ..Source::default()
        };
        let knowledge = knowledge([source]);
        for typed in ["霖海智造港", "临海智造港"] {
            let reading = Reading::of(&format!("{typed}停车收费吗"), &knowledge);
            let named: Vec<&str> = reading.named.iter().map(|named| named.alias.as_str()).collect();
            assert_eq!(named, ["霖海智造港"], "{typed}");
        }
    }

    #[test]
    fn parts_of_two_words_are_no_name() {
        let source = Source { title: "规划".into(), park: Some("金山".into()), ..Source::default() };
        let knowledge = knowledge([source]);
        let named = |question: &str| Reading::of(question, &knowledge).named.len();
        assert_eq!(named("基金单个项目最多投多少"), 0);
        assert_eq!(named("今山的公寓有多大"), 1);
    }

    #[test]
    fn a_park_is_known_by_its_name_in_english() {
        let source = Source { title: "规划".into(), park: Some("大零号湾".into()), ..Source::default() };
        let knowledge = knowledge([source]);
        let named = |question: &str| {
            let named = Reading::of(question, &knowledge).named;
            named.into_iter().map(|named| (named.alias, named.range, named.exact)).collect::<Vec<_>>()
        };
        assert_eq!(named("Where is Grand Neobay?"), [("大零号湾".to_owned(), 9..21, false)]);
        assert_eq!(named("Where is the harbour?"), []);
    }

    #[test]
    fn a_document_belongs_to_the_one_park_that_its_title_names() {
        let titles = [
            ("星湖规划", Some("星湖科创园")),
            ("云麓规划", Some("云麓谷")),
            ("星湖科创园停车办法", None),
            ("云麓谷与星湖科创园", None),
        ];
        let source = |(title, park): (&str, Option<&str>)| Source {
            title: title.into(),
            park: park.map(str::to_owned),
            ..Source::default()
        };
        let knowledge = knowledge(titles.map(source));
        let documents: Vec<&[usize]> = knowledge.parks.all.iter().map(|park| park.documents.as_slice()).collect();
        assert_eq!(documents, [&[0, 2][..], &[1]]);
    }

    #[test]
    fn a_title_that_names_what_another_document_is_about_belongs_there_too() {
        let stated = Source { title: "星湖规划".into(), park: Some("星湖".into()), ..Source::default() };
        let source = |title: &str| Source { title: title.into(), ..Source::default() };
        let knowledge = knowledge([stated, source("云麓人工智能岛简介"), source("云麓AI岛二期开工")]);
        let documents: Vec<&[usize]> = knowledge.parks.all.iter().map(|park| park.documents.as_slice()).collect();
        assert_eq!(documents, [&[0][..], &[1, 2]]);
        let named = Reading::of("AI岛有多大", &knowledge).named;
        assert_eq!(named.len(), 1, "what people write shorter");
    }
}
