//! `words.toml` against the documents: what can never match, what something else overrules, what contradicts itself.
//! A file that cannot be understood at all is a problem already when it is read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use toml::Spanned;

use super::{Found, Seen};
use crate::analysis::script::folded;
use crate::analysis::words::{Ask, ParkWords, Same, StopWords, is_slight, read_words};
use crate::corpus::{Fault, Source, WordsFault};

/// The file with the place of every entry.
#[derive(Default, Deserialize)]
struct Placed {
    #[serde(default)]
    park: Vec<Spanned<ParkWords>>,
    #[serde(default)]
    stop: StopWords,
    #[serde(default)]
    same: Vec<Spanned<Same>>,
    #[serde(default)]
    ask: Vec<Spanned<Ask>>,
}

/// The words that are looked for in documents.
pub(super) fn sought(text: &str) -> Vec<String> {
    let Ok(words) = toml::from_str::<Placed>(text) else { return Vec::new() };
    let same = words.same.iter().flat_map(|group| group.get_ref().words());
    let ask = words.ask.iter().map(Spanned::get_ref).flat_map(|group| group.say.iter().chain(&group.find));
    same.chain(ask).cloned().collect()
}

/// What is wrong with the words for these documents.
pub(super) fn check(text: &str, seen: &Seen) -> Vec<Found> {
    let (Ok(_), Ok(words)) = (read_words(text), toml::from_str::<Placed>(text)) else { return Vec::new() };
    let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let mut found = Vec::new();
    let mut report = |at: usize, faults: Vec<WordsFault>| {
        found.extend(faults.into_iter().map(|fault| Found { line: line(at), fault: Fault::Words(fault) }));
    };
    for park in &words.park {
        report(park.span().start, of_park(park.get_ref(), seen));
    }
    for (at, fault) in shared_names(&words, seen) {
        report(at, vec![fault]);
    }
    for group in &words.same {
        report(group.span().start, of_same(group.get_ref().words(), seen));
    }
    let names = names(&words, seen);
    for group in &words.ask {
        let Ask { say, find } = group.get_ref();
        report(group.span().start, of_find(say, find, seen));
        report(group.span().start, of_say(say, &words.stop, &names, seen));
    }
    for (at, fault) in contradictions(&words.ask) {
        report(at, vec![fault]);
    }
    found
}

fn of_park(park: &ParkWords, seen: &Seen) -> Vec<WordsFault> {
    let mut faults = Vec::new();
    let is_document = |file: &String| seen.sources().any(|source| source.path == *file);
    let files: Vec<String> = park.files.iter().filter(|file| !is_document(file)).cloned().collect();
    if !files.is_empty() {
        faults.push(WordsFault::NoDocuments { files });
    }
    let belongs = |source: &Source| source.park.as_ref().is_some_and(|name| folded(name) == folded(&park.name));
    if park.files.is_empty() && !seen.sources().any(belongs) {
        faults.push(WordsFault::ParkWithoutDocument { park: park.name.clone() });
    }
    let names: Vec<String> = park.aliases.iter().filter(|alias| alias.chars().count() < 2).cloned().collect();
    if !names.is_empty() {
        faults.push(WordsFault::ShortNames { names });
    }
    faults
}

/// What each name is a name of: parks of the file and of front matter, by folded name.
fn names<'a>(words: &'a Placed, seen: &'a Seen) -> BTreeMap<String, BTreeSet<&'a str>> {
    let mut names: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut canonical: HashMap<String, &str> = HashMap::new();
    let of_file = words.park.iter().map(|park| (park.get_ref().name.as_str(), &park.get_ref().aliases));
    let of_documents = seen.sources().filter_map(|source| Some((source.park.as_deref()?, &source.aliases)));
    for (park, aliases) in of_file.chain(of_documents) {
        let park = *canonical.entry(folded(park)).or_insert(park);
        for name in std::iter::once(park).chain(aliases.iter().map(String::as_str)) {
            names.entry(folded(name)).or_default().insert(park);
        }
    }
    names
}

/// Names of several parks, reported at each park of the file that bears one.
fn shared_names(words: &Placed, seen: &Seen) -> Vec<(usize, WordsFault)> {
    let names = names(words, seen);
    let mut faults = Vec::new();
    for park in &words.park {
        let own = std::iter::once(&park.get_ref().name).chain(&park.get_ref().aliases);
        let own: BTreeSet<String> = own.map(|name| folded(name)).collect();
        for name in own {
            let is_other = |other: &&&str| folded(other) != folded(&park.get_ref().name);
            let others: Vec<String> = names[&name].iter().filter(is_other).map(|other| (*other).to_owned()).collect();
            if !others.is_empty() {
                faults.push((park.span().start, WordsFault::SharedName { name, others }));
            }
        }
    }
    faults
}

fn of_same(words: &[String], seen: &Seen) -> Vec<WordsFault> {
    let distinct: BTreeSet<String> =
        words.iter().map(|word| folded(word.trim())).filter(|word| !word.is_empty()).collect();
    if distinct.len() < 2 {
        return vec![WordsFault::GroupOfOne { words: words.to_vec() }];
    }
    let mut faults = Vec::new();
    let slight: Vec<String> = words.iter().filter(|word| is_slight(word)).cloned().collect();
    if !slight.is_empty() {
        faults.push(WordsFault::Slight { words: slight });
    }
    if !distinct.iter().any(|word| seen.sought.is_held(word)) {
        faults.push(WordsFault::GroupUnheld { words: words.to_vec() });
    }
    faults
}

fn of_find(say: &[String], find: &[String], seen: &Seen) -> Vec<WordsFault> {
    if say.is_empty() || find.is_empty() {
        return vec![WordsFault::HalfEmpty];
    }
    let mut faults = Vec::new();
    let said: BTreeSet<String> = say.iter().map(|word| folded(word)).collect();
    let both: Vec<String> = find.iter().filter(|word| said.contains(&folded(word))).cloned().collect();
    if !both.is_empty() {
        faults.push(WordsFault::SaidAndFound { words: both });
    }
    let nowhere: Vec<String> = find.iter().filter(|word| !seen.sought.is_held(word)).cloned().collect();
    if !nowhere.is_empty() {
        faults.push(WordsFault::Unheld { words: nowhere });
    }
    faults
}

fn of_say(say: &[String], stop: &StopWords, names: &BTreeMap<String, BTreeSet<&str>>, seen: &Seen) -> Vec<WordsFault> {
    let in_list = |list: &[String], word: &str| list.iter().any(|other| folded(other) == word);
    let fault = |word: &String| {
        let word = word.clone();
        let key = folded(word.trim());
        if in_list(&stop.never_expand, &key) {
            Some(WordsFault::NeverExpanded { word })
        } else if in_list(&stop.phrases, &key) {
            Some(WordsFault::CutOut { word })
        } else if let Some(parks) = names.get(&key) {
            Some(WordsFault::IsName { word, parks: parks.iter().map(|park| (*park).to_owned()).collect() })
        } else if seen.sought.is_everywhere(&word) {
            Some(WordsFault::Everywhere { word })
        } else {
            None
        }
    };
    say.iter().filter_map(fault).collect()
}

/// Words that are said for each other in two groups: that is one group of `[[same]]`.
fn contradictions(asks: &[Spanned<Ask>]) -> Vec<(usize, WordsFault)> {
    let mut ways: HashMap<(String, String), usize> = HashMap::new();
    let mut faults = Vec::new();
    for (number, group) in asks.iter().enumerate() {
        let Ask { say, find } = group.get_ref();
        for (said, found) in say.iter().flat_map(|said| find.iter().map(move |found| (folded(said), folded(found)))) {
            if ways.get(&(found.clone(), said.clone())).is_some_and(|other| *other != number) {
                let fault = WordsFault::BothWays { said: said.clone(), found: found.clone() };
                faults.push((group.span().start, fault));
            }
            ways.insert((said, found), number);
        }
    }
    faults
}

#[cfg(test)]
mod tests;
