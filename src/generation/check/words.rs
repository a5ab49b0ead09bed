//! `words.toml` against the documents: what can never match, what something else overrules, what contradicts itself.
//! A file that cannot be understood at all is a problem already when it is read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use toml::Spanned;

use super::{Found, Seen, quoted};
use crate::analysis::script::folded;
use crate::analysis::words::{Ask, ParkWords, Same, StopWords, is_slight, read_words};
use crate::corpus::Source;

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
    let mut report = |at: usize, messages: Vec<String>| {
        found.extend(messages.into_iter().map(|message| Found { line: line(at), message }));
    };
    for park in &words.park {
        report(park.span().start, of_park(park.get_ref(), seen));
    }
    for (at, message) in shared_names(&words, seen) {
        report(at, vec![message]);
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
    for (at, message) in contradictions(&words.ask) {
        report(at, vec![message]);
    }
    found
}

fn of_park(park: &ParkWords, seen: &Seen) -> Vec<String> {
    let mut messages = Vec::new();
    let missing: Vec<&String> =
        park.files.iter().filter(|file| !seen.sources().any(|source| source.path == **file)).collect();
    if !missing.is_empty() {
        messages.push(format!("{} is no document of the folder", quoted(&missing)));
    }
    let belongs = |source: &Source| source.park.as_ref().is_some_and(|name| folded(name) == folded(&park.name));
    if park.files.is_empty() && !seen.sources().any(belongs) {
        messages.push(format!(
            "the park “{}” has no document; name its files, or write `park: {}` into their front matter",
            park.name, park.name
        ));
    }
    let short: Vec<&String> = park.aliases.iter().filter(|alias| alias.chars().count() < 2).collect();
    if !short.is_empty() {
        messages.push(format!("{} is too short for a name; write two characters or more", quoted(&short)));
    }
    messages
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
fn shared_names(words: &Placed, seen: &Seen) -> Vec<(usize, String)> {
    let names = names(words, seen);
    let mut messages = Vec::new();
    for park in &words.park {
        let own = std::iter::once(&park.get_ref().name).chain(&park.get_ref().aliases);
        let own: BTreeSet<String> = own.map(|name| folded(name)).collect();
        for name in own {
            let others: Vec<&str> =
                names[&name].iter().copied().filter(|other| folded(other) != folded(&park.get_ref().name)).collect();
            if !others.is_empty() {
                messages.push((
                    park.span().start,
                    format!("“{name}” is a name of {} too; whoever types it is shown both", quoted(&others)),
                ));
            }
        }
    }
    messages
}

fn of_same(words: &[String], seen: &Seen) -> Vec<String> {
    let distinct: BTreeSet<String> =
        words.iter().map(|word| folded(word.trim())).filter(|word| !word.is_empty()).collect();
    if distinct.len() < 2 {
        return vec![format!("{} is a group of one; write two different words or more", quoted(words))];
    }
    let mut messages = Vec::new();
    let slight: Vec<&String> = words.iter().filter(|word| is_slight(word)).collect();
    if !slight.is_empty() {
        messages
            .push(format!("{} is so short that it stands inside of many words; write longer ones", quoted(&slight)));
    }
    if !distinct.iter().any(|word| seen.sought.is_held(word)) {
        messages.push(format!("no document holds any of {}; the group can never match", quoted(words)));
    }
    messages
}

fn of_find(say: &[String], find: &[String], seen: &Seen) -> Vec<String> {
    if say.is_empty() || find.is_empty() {
        return vec!["say or find is empty; write what people say and what documents write".to_owned()];
    }
    let mut messages = Vec::new();
    let said: BTreeSet<String> = say.iter().map(|word| folded(word)).collect();
    let both: Vec<&String> = find.iter().filter(|word| said.contains(&folded(word))).collect();
    if !both.is_empty() {
        messages.push(format!("{} stands in say and in find; a word already finds itself", quoted(&both)));
    }
    let nowhere: Vec<&String> = find.iter().filter(|word| !seen.sought.is_held(word)).collect();
    if !nowhere.is_empty() {
        messages.push(format!("no document holds {}; it can never be found", quoted(&nowhere)));
    }
    messages
}

fn of_say(say: &[String], stop: &StopWords, names: &BTreeMap<String, BTreeSet<&str>>, seen: &Seen) -> Vec<String> {
    let in_list = |list: &[String], word: &str| list.iter().any(|other| folded(other) == word);
    let message = |word: &String| {
        let key = folded(word.trim());
        if in_list(&stop.never_expand, &key) {
            Some(format!("“{word}” stands in never_expand too, so this never happens"))
        } else if in_list(&stop.phrases, &key) {
            Some(format!("“{word}” is cut out of every question by the phrases of [stop], so this never happens"))
        } else if let Some(parks) = names.get(&key) {
            Some(format!(
                "“{word}” is a name of {}, and names are never expanded",
                quoted(&parks.iter().collect::<Vec<_>>())
            ))
        } else if seen.sought.is_everywhere(word) {
            Some(format!("every document holds “{word}” itself, and a word that is held is never expanded"))
        } else {
            None
        }
    };
    say.iter().filter_map(message).collect()
}

/// Words that are said for each other in two groups: that is one group of `[[same]]`.
fn contradictions(asks: &[Spanned<Ask>]) -> Vec<(usize, String)> {
    let mut ways: HashMap<(String, String), usize> = HashMap::new();
    let mut messages = Vec::new();
    for (number, group) in asks.iter().enumerate() {
        let Ask { say, find } = group.get_ref();
        for (said, found) in say.iter().flat_map(|said| find.iter().map(move |found| (folded(said), folded(found)))) {
            if ways.get(&(found.clone(), said.clone())).is_some_and(|other| *other != number) {
                messages.push((group.span().start, format!("“{said}” finds “{found}” here, and the other way round in another group; write them as one group of [[same]]")));
            }
            ways.insert((said, found), number);
        }
    }
    messages
}

#[cfg(test)]
mod tests;
