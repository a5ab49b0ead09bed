//! Which parks there are, what they are called, and which of them a question names. Names come from the operators, from
//! front matter, and are derived from the documents where nobody wrote any.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::analysis::pinyin::{sound_alike, spelled};
use crate::analysis::script::{fold, folded, is_han};
use crate::analysis::terms::{Analyzer, Kind, runs};
use crate::analysis::words::Words;
use crate::corpus::Corpus;
use crate::index::Index;

/// A name is a document's own if at least this share of its passages hold it …
const MIN_SHARE_INSIDE: f64 = 0.15;
/// … and at most this share of all others.
const MAX_SHARE_OUTSIDE: f64 = 0.02;
/// Fewer passages say nothing about a share.
const MIN_PASSAGES_INSIDE: usize = 3;
/// The longest derived name, in characters.
const MAX_NAME_CHARS: usize = 10;
/// From this length on, in characters, a name is recognised with one wrong character that sounds different.
const MIN_CHARS_FOR_ANY_TYPO: usize = 4;

/// The parks of a corpus.
#[derive(Debug, Clone, Default)]
pub struct Parks {
    /// In the order of their first document.
    pub all: Vec<Park>,
    passages: Vec<Range<usize>>,
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
    /// Finds the parks of a corpus.
    pub fn new(corpus: &Corpus, words: &Words, index: &Index, analyzer: &Analyzer) -> Self {
        let mut parks: BTreeMap<String, Park> = BTreeMap::new();
        let mut add = |name: &str, aliases: &mut dyn Iterator<Item = String>, document: usize| {
            let park = parks.entry(folded(name)).or_insert_with(|| Park {
                name: name.to_owned(),
                aliases: vec![folded(name)],
                documents: Vec::new(),
            });
            park.documents.push(document);
            park.aliases.extend(aliases);
        };
        let mut unnamed = Vec::new();
        for (number, document) in corpus.documents.iter().enumerate() {
            let source = &document.source;
            let mut listed = false;
            for park in words.park.iter().filter(|park| park.files.contains(&source.path)) {
                listed = true;
                add(&park.name, &mut park.aliases.iter().map(|alias| folded(alias)), number);
            }
            if let Some(park) = &source.park {
                listed = true;
                add(park, &mut source.aliases.iter().map(|alias| folded(alias)), number);
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
        let passages = passages_of_documents(corpus);
        for (number, aliases) in derive(corpus, &unnamed, &passages, index, analyzer) {
            let source = &corpus.documents[number].source;
            let own: Vec<String> = source.aliases.iter().map(|alias| folded(alias)).chain(aliases).collect();
            let Some(name) = own.first().cloned() else { continue };
            parks.entry(format!("\u{10ffff}{number}")).or_insert(Park { name, aliases: own, documents: vec![number] });
        }
        let mut all: Vec<Park> = parks.into_values().collect();
        for park in &mut all {
            park.documents.sort_unstable();
            park.documents.dedup();
            park.aliases.sort_by_key(|alias| (std::cmp::Reverse(alias.chars().count()), alias.clone()));
            park.aliases.dedup();
            park.aliases.retain(|alias| alias.chars().count() >= 2);
        }
        all.sort_by_key(|park| park.documents.first().copied());
        Self { all, passages }
    }

    /// The park of a document.
    pub fn of_document(&self, document: usize) -> Option<usize> {
        self.all.iter().position(|park| park.documents.contains(&document))
    }

    /// The passages of some parks, as sorted ranges.
    pub fn passages(&self, parks: &BTreeSet<usize>) -> Vec<Range<usize>> {
        let documents: BTreeSet<usize> = parks.iter().flat_map(|&park| self.all[park].documents.iter().copied()).collect();
        documents.into_iter().map(|document| self.passages[document].clone()).collect()
    }

    /// The parks that a folded question names, in the order of the question. `words` are its words, as ranges.
    pub fn find(&self, question: &[char], words: &[Range<usize>], index: &Index) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        let free = |found: &[Named], range: &Range<usize>| {
            found.iter().all(|named| named.range.end <= range.start || range.end <= named.range.start)
        };
        for (alias, park) in self.aliases() {
            for range in literal(question, &alias, words) {
                // The longest name wins where names overlap, and a name of several parks names them all.
                let same = |named: &Named| named.range == range && named.alias == alias;
                if free(&found, &range) || found.iter().any(same) {
                    found.push(Named { park, range, alias: alias.clone(), exact: true });
                }
            }
        }
        for (alias, park) in self.aliases() {
            let sounding = sounding(question, &alias, index).into_iter().chain(spelling(question, &alias));
            for range in sounding {
                if free(&found, &range) {
                    found.push(Named { park, range, alias: alias.clone(), exact: false });
                }
            }
        }
        found.sort_by_key(|named| (named.range.start, named.park));
        found
    }

    fn aliases(&self) -> Vec<(String, usize)> {
        let mut aliases: Vec<(String, usize)> = (self.all.iter().enumerate())
            .flat_map(|(number, park)| park.aliases.iter().map(move |alias| (alias.clone(), number)))
            .collect();
        aliases.sort_by_key(|(alias, park)| (std::cmp::Reverse(alias.chars().count()), alias.clone(), *park));
        aliases
    }
}

/// Where a name stands in a question as it is, but not inside a longer word (金山 in 旧金山).
fn literal(question: &[char], alias: &str, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let alias: Vec<char> = alias.chars().collect();
    let inside_word = |range: &Range<usize>| {
        words.iter().any(|word| word.start <= range.start && range.end <= word.end && word.len() > range.len())
    };
    let found = super::sight::places_of(question, &alias).into_iter();
    found.filter(|range| !inside_word(range)).collect()
}

/// Where something stands that differs from a name in one character: one that sounds the same, or any if the name is
/// long. What some document holds is no mistake.
fn sounding(question: &[char], alias: &str, index: &Index) -> Vec<Range<usize>> {
    let alias: Vec<char> = alias.chars().collect();
    if !alias.iter().all(|&c| is_han(c)) || question.len() < alias.len() {
        return Vec::new();
    }
    let fits = |range: &Range<usize>| {
        let typed = &question[range.clone()];
        let mut wrong = typed.iter().zip(&alias).filter(|(a, b)| a != b);
        let (Some((&a, &b)), None) = (wrong.next(), wrong.next()) else { return false };
        let like = is_han(a) && (alias.len() >= MIN_CHARS_FOR_ANY_TYPO || sound_alike(a, b));
        let pairs: Vec<String> = typed.windows(2).map(|pair| pair.iter().collect()).collect();
        like && index.holding(Kind::Bigram, &pairs, &[], 1).is_empty()
    };
    (0..=question.len() - alias.len()).map(|start| start..start + alias.len()).filter(fits).collect()
}

/// Where a name is spelled in Latin letters, in one word or by syllables.
fn spelling(question: &[char], alias: &str) -> Vec<Range<usize>> {
    const MIN_LETTERS: usize = 5;
    const MAX_SYLLABLES: usize = 8;
    let Some(letters) = spelled(alias).filter(|letters| letters.len() >= MIN_LETTERS) else { return Vec::new() };
    let latin: Vec<Range<usize>> = runs(question).into_iter().filter(|run| !is_han(question[run.start])).collect();
    let mut found = Vec::new();
    for first in 0..latin.len() {
        let mut typed = String::new();
        for last in first..latin.len().min(first + MAX_SYLLABLES) {
            let neighbours = last == first
                || question[latin[last - 1].end..latin[last].start].iter().all(|c| matches!(c, ' ' | '\'' | '-'));
            if !neighbours {
                break;
            }
            typed.extend(&question[latin[last].clone()]);
            if typed == letters {
                found.push(latin[first].start..latin[last].end);
            }
        }
    }
    found
}

fn passages_of_documents(corpus: &Corpus) -> Vec<Range<usize>> {
    let mut ranges = vec![0..0; corpus.documents.len()];
    for (number, passage) in corpus.passages.iter().enumerate() {
        let range = &mut ranges[passage.document];
        *range = if range.is_empty() { number..number + 1 } else { range.start..number + 1 };
    }
    ranges
}

/// Names that are a document's own: held by many of its passages and hardly by others. The best first.
fn derive(
    corpus: &Corpus,
    documents: &[usize],
    passages: &[Range<usize>],
    index: &Index,
    analyzer: &Analyzer,
) -> Vec<(usize, Vec<String>)> {
    let mut inside: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for &number in documents {
        if passages[number].len() < MIN_PASSAGES_INSIDE {
            continue;
        }
        let title = &corpus.documents[number].source.title;
        let mut counts: HashMap<String, usize> = HashMap::new();
        let in_title: BTreeSet<String> = names(title, analyzer).into_iter().collect();
        for passage in &corpus.passages[passages[number].clone()] {
            let text = passage.headings.iter().map(String::as_str).chain([corpus.text(passage)]).collect::<Vec<_>>();
            for name in names(&text.join("\n"), analyzer).into_iter().collect::<BTreeSet<_>>() {
                *counts.entry(name).or_default() += 1;
            }
        }
        let least = (passages[number].len() as f64 * MIN_SHARE_INSIDE).ceil() as usize;
        for (name, count) in counts {
            let enough = if in_title.contains(&name) { MIN_PASSAGES_INSIDE.min(least) } else { least };
            if count >= enough.max(MIN_PASSAGES_INSIDE - 1) {
                inside.entry(name).or_default().push((number, count));
            }
        }
    }
    let mut derived: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for (name, holders) in inside {
        let own: usize = holders.iter().map(|(_, count)| count).sum();
        let of_holders: usize = holders.iter().map(|(number, _)| passages[*number].len()).sum();
        let others = corpus.passages.len() - of_holders;
        let outside = pairs(&name).map_or(0, |pairs| {
            index.holding(Kind::Bigram, &pairs, &[], corpus.passages.len()).len().saturating_sub(own)
        });
        if outside as f64 <= others as f64 * MAX_SHARE_OUTSIDE && holders.len() * 2 <= corpus.documents.len().max(2) {
            for (number, count) in holders {
                derived.entry(number).or_default().push((count, name.clone()));
            }
        }
    }
    let names = |mut names: Vec<(usize, String)>| {
        names.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), name.clone()));
        names.into_iter().map(|(_, name)| name).collect()
    };
    derived.into_iter().map(|(number, found)| (number, names(found))).collect()
}

/// The pairs of neighbouring characters of a name; `None` if it has none.
fn pairs(name: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = name.chars().collect();
    let pairs: Vec<String> = if chars.iter().all(|&c| is_han(c)) {
        chars.windows(2).map(|pair| pair.iter().collect()).collect()
    } else {
        runs(&chars).into_iter().filter(|run| !is_han(chars[run.start])).map(|run| chars[run].iter().collect()).collect()
    };
    Some(pairs).filter(|pairs| !pairs.is_empty())
}

/// What in a text may be a name: one to four neighbouring words of which one is the name of a place, a body or a person,
/// a code like G60, or made of characters that form no known word.
fn names(text: &str, analyzer: &Analyzer) -> Vec<String> {
    const MAX_WORDS: usize = 4;
    let chars = fold(text).chars;
    let words = analyzer.words(&chars);
    let string = |range: &Range<usize>| chars[range.clone()].iter().collect::<String>();
    let named: Vec<bool> = words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let text = string(word);
            let lone = |at: usize| words.get(at).is_some_and(|other| other.len() == 1 && is_han(chars[other.start]));
            let touching = |a: usize, b: usize| words.get(a).zip(words.get(b)).is_some_and(|(a, b)| a.end == b.start);
            let code = text.chars().any(|c| c.is_ascii_alphabetic()) && text.len() >= 2;
            let unknown = lone(at) && ((at > 0 && lone(at - 1) && touching(at - 1, at)) || (lone(at + 1) && touching(at, at + 1)));
            code || unknown || (word.len() >= 2 && analyzer.is_name(&text))
        })
        .collect();
    let mut found = Vec::new();
    for first in 0..words.len() {
        for last in first..words.len().min(first + MAX_WORDS) {
            if last > first && words[last - 1].end != words[last].start {
                break;
            }
            let range = words[first].start..words[last].end;
            let empty = |word: &Range<usize>| word.len() == 1 && "的了和与及等在是为以将有从对向到由年月日".contains(chars[word.start]);
            if range.len() > MAX_NAME_CHARS || empty(&words[last]) || empty(&words[first]) {
                break;
            }
            if range.len() >= 2 && named[first..=last].contains(&true) {
                found.push(string(&range));
            }
        }
    }
    found
}
