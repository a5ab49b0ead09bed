//! Which parks there are, what they are called, and which of them a question names. Names come from the operators, from
//! front matter, and are derived from the documents where nobody wrote any.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::analysis::pinyin::{sound_alike, spelled};
use crate::analysis::script::{fold, folded, is_han};
use crate::analysis::terms::{Analyzer, Kind, Naming, runs};
use crate::analysis::words::Words;
use crate::corpus::Corpus;
use crate::index::Index;

/// A name is a document's own if at least this share of its passages hold it …
const MIN_SHARE_INSIDE: f64 = 0.15;
/// … and at most this share of all others.
const MAX_SHARE_OUTSIDE: f64 = 0.03;
/// A word that neither is a place nor stands in the title needs this share inside.
const MIN_SHARE_OF_WORD: f64 = 0.4;
/// The fewest passages that must hold a name.
const MIN_HOLDING: usize = 2;
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
        let documents: BTreeSet<usize> =
            parks.iter().flat_map(|&park| self.all[park].documents.iter().copied()).collect();
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
    const MIN_LETTERS: usize = 4;
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
        *range = if range.start == range.end { number..number + 1 } else { range.start..number + 1 };
    }
    ranges
}

/// How far something that looks like a name is believed to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// A word, a code, something quoted.
    Word,
    /// The name of a place.
    Place,
    /// Part of the title.
    Title,
    /// Part of the title, and no word of the language.
    Coined,
}

/// Names that are a document's own: held by many of its passages and hardly by others. The best first.
fn derive(
    corpus: &Corpus,
    documents: &[usize],
    passages: &[Range<usize>],
    index: &Index,
    analyzer: &Analyzer,
) -> Vec<(usize, Vec<String>)> {
    let mut inside: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for &number in documents.iter().filter(|&&number| passages[number].len() >= MIN_PASSAGES_INSIDE) {
        let own = &corpus.passages[passages[number].clone()];
        let texts: Vec<(BTreeMap<String, Trust>, String)> = own
            .iter()
            .map(|passage| {
                let text = passage.headings.iter().map(String::as_str).chain([corpus.text(passage)]);
                let text = text.collect::<Vec<_>>().join("\n");
                (names(&text, analyzer), folded(&text))
            })
            .collect();
        let title = &corpus.documents[number].source.title;
        let titled = names(title, analyzer)
            .into_iter()
            .chain(areas(title, analyzer).into_iter().map(|name| (name, Trust::Title)));
        let mut trusted: BTreeMap<String, Trust> =
            titled.map(|(name, trust)| (name, trust.max(Trust::Title))).collect();
        for (name, trust) in texts.iter().flat_map(|(names, _)| names) {
            let known = trusted.entry(name.clone()).or_insert(*trust);
            *known = (*known).max(*trust);
        }
        let (whole, parts) = coined(title, analyzer);
        trusted.extend(parts.into_iter().map(|name| (name, Trust::Coined)));
        for (stem, trust) in trusted.keys().filter_map(|name| stem(name, analyzer)).collect::<Vec<_>>() {
            trusted.entry(stem).or_insert(trust);
        }
        let count = |name: &str| texts.iter().filter(|(_, text)| text.contains(name)).count();
        let fits = |(name, trust): &(String, Trust)| {
            let share = match trust {
                Trust::Word => MIN_SHARE_OF_WORD,
                Trust::Place | Trust::Title => MIN_SHARE_INSIDE,
                Trust::Coined => 0.0,
            };
            // 智造港 is what 霖海智造港 is called where it stands without 霖海.
            let short = |whole: &String| {
                whole != name && name.chars().count() > 2 && whole.ends_with(name.as_str()) && {
                    let times =
                        |wanted: &str| texts.iter().map(|(_, text)| text.matches(wanted).count()).sum::<usize>();
                    times(name) > times(whole)
                }
            };
            let known = whole.contains(name) || (*trust == Trust::Coined && whole.iter().any(short));
            known || count(name) >= MIN_HOLDING.max((share * own.len() as f64).ceil() as usize)
        };
        let fitting: Vec<(String, Trust)> = trusted.into_iter().filter(fits).collect();
        for (name, trust) in &fitting {
            // 智造 is no name where 智造港 is one and stands as often.
            let part =
                |(other, _): &(String, Trust)| other != name && other.contains(name) && count(other) == count(name);
            // What every park may be called is the name of none.
            let common = AREA_ENDINGS.iter().any(|ending| ending.starts_with(name.as_str()));
            if !common && (*trust < Trust::Coined || !fitting.iter().any(part)) {
                inside.entry(name.clone()).or_default().push((number, count(name)));
            }
        }
    }
    let mut derived: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for (name, holders) in inside {
        // A name of most documents tells none apart; this comes first because counting is dear where there are many.
        if holders.len() * 2 > corpus.documents.len().max(2) {
            continue;
        }
        let inside = |passage: &usize| holders.iter().any(|(number, _)| passages[*number].contains(passage));
        let of_holders: usize = holders.iter().map(|(number, _)| passages[*number].len()).sum();
        let others = corpus.passages.len() - of_holders;
        let outside = pairs(&name).map_or(0, |pairs| {
            let holding = index.holding(Kind::Bigram, &pairs, &[], corpus.passages.len());
            holding.iter().filter(|passage| !inside(passage)).count()
        });
        if outside as f64 <= others as f64 * MAX_SHARE_OUTSIDE {
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
        runs(&chars)
            .into_iter()
            .filter(|run| !is_han(chars[run.start]))
            .map(|run| chars[run].iter().collect())
            .collect()
    };
    Some(pairs).filter(|pairs| !pairs.is_empty())
}

/// The names in a text: words that are the name of a place, a body or a person, codes like G60, words that no dictionary
/// knows, and what stands in quotation marks.
fn names(text: &str, analyzer: &Analyzer) -> BTreeMap<String, Trust> {
    let chars = fold(text).chars;
    let mut found = BTreeMap::new();
    for (range, word) in analyzer.named_words(&chars) {
        let text: String = chars[range.clone()].iter().collect();
        if (2..=MAX_NAME_CHARS).contains(&range.len()) {
            found.insert(text, if word == Naming::Place { Trust::Place } else { Trust::Word });
        }
    }
    for (open, close) in [('“', '”'), ('「', '」'), ('《', '》')] {
        let mut rest = chars.as_slice();
        while let Some(start) = rest.iter().position(|&c| c == open) {
            rest = &rest[start + 1..];
            let end = rest.iter().position(|&c| c == close).unwrap_or(0);
            // An everyday word is no name, even if it is quoted.
            if (2..=MAX_NAME_CHARS).contains(&end) && !analyzer.knows(&rest[..end].iter().collect::<String>()) {
                found.entry(rest[..end].iter().collect()).or_insert(Trust::Word);
            }
        }
    }
    found
}

/// Endings of the names of areas, the longest first.
const AREA_ENDINGS: [&str; 43] = [
    "高新技术产业开发区",
    "经济技术开发区",
    "高新技术园区",
    "产业园区",
    "科创走廊",
    "产业园",
    "科技园",
    "科创园",
    "软件园",
    "工业园",
    "创业园",
    "创意园",
    "科创城",
    "科学城",
    "科技城",
    "大学城",
    "科创区",
    "集聚区",
    "合作区",
    "先行区",
    "实验区",
    "保税区",
    "自贸区",
    "高新区",
    "开发区",
    "功能区",
    "示范区",
    "工业区",
    "街区",
    "片区",
    "新城",
    "新区",
    "园区",
    "小镇",
    "走廊",
    "滨江",
    "区",
    "园",
    "城",
    "港",
    "谷",
    "湾",
    "岛",
];

/// What a text calls areas: two to six neighbouring words that end like the name of one.
fn areas(text: &str, analyzer: &Analyzer) -> Vec<String> {
    const MAX_WORDS: usize = 6;
    let chars = fold(text).chars;
    let words = analyzer.words(&chars);
    let ending = |name: &str| AREA_ENDINGS.iter().find(|ending| name.ends_with(**ending)).map(|e| e.chars().count());
    let mut found = Vec::new();
    for last in 0..words.len() {
        // Most words end no name.
        let end: String = chars[words[last].clone()].iter().collect();
        if ending(&end).is_none() {
            continue;
        }
        for first in (last.saturating_sub(MAX_WORDS - 1)..=last).rev() {
            if first < last && words[first].end != words[first + 1].start {
                break;
            }
            let range = words[first].start..words[last].end;
            let name: String = chars[range.clone()].iter().collect();
            if range.len() <= MAX_NAME_CHARS && ending(&name).is_some_and(|length| range.len() > length + 1) {
                found.push(name);
            }
        }
    }
    found
}

/// Characters that join words and are part of no name.
const JOINING: &str = "的了和与及或在为是到于对等之其有以从由向被把将";

/// What a title coins: stretches of single characters that the dictionary makes no words of. Whole stretches, and every
/// part of them; which part is a name, the text tells.
fn coined(title: &str, analyzer: &Analyzer) -> (Vec<String>, Vec<String>) {
    let chars = fold(title).chars;
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for word in analyzer.words(&chars) {
        let loose = word.len() == 1 && is_han(chars[word.start]) && !JOINING.contains(chars[word.start]);
        match stretches.last_mut() {
            Some(last) if loose && last.end == word.start => last.end = word.end,
            _ if loose => stretches.push(word),
            _ => {}
        }
    }
    let text = |range: Range<usize>| chars[range].iter().collect::<String>();
    let stretches = || stretches.iter().filter(|range| (2..=MAX_NAME_CHARS).contains(&range.len()));
    let whole = stretches().filter(|range| range.len() > 2).map(|range| text(range.clone())).collect();
    let parts = stretches().flat_map(|range| {
        let range = range.clone();
        range.clone().flat_map(move |start| (start + 2..=range.end).map(move |end| start..end))
    });
    (whole, parts.map(text).collect())
}

/// What people say for short: a name without the ending that all such areas have.
fn stem(name: &str, analyzer: &Analyzer) -> Option<(String, Trust)> {
    let stem = AREA_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))?;
    let place = analyzer.named_words(&fold(stem).chars).iter().any(|(_, naming)| *naming == Naming::Place);
    // A stem that is an everyday word must be all over the document.
    let trust = if place || !analyzer.knows(stem) { Trust::Title } else { Trust::Word };
    (stem.chars().count() >= 2).then(|| (stem.to_owned(), trust))
}
