//! Names that a document may have of its own: places, bodies, codes and what its title coins, as far as the document alone
//! tells. Whether others hold them too, it does not know.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use fancy_regex::Regex;

use super::area::{areas, without_ending};
use super::coined::{MAX_COINED_CHARS, called, coined, places};
use super::grammar::{FAMILY_NAME, GRAMMAR};
use crate::analysis::numeral::is_numeral;
use crate::analysis::script::{fold, folded, is_han};
use crate::analysis::terms::{Analyzer, Naming};
use crate::corpus::{Corpus, Passage};

/// A word that neither is a place nor stands in the title needs this share of the passages.
const MIN_SHARE_OF_WORD: f64 = 0.4;
/// Other names need this share of them.
const MIN_SHARE: f64 = 0.15;
/// The fewest passages that must hold a name.
const MIN_HOLDING: usize = 2;
/// Passages in which a document introduces its subject.
const OPENING: usize = 2;
/// Fewer passages say nothing about a share.
pub(super) const MIN_PASSAGES: usize = 3;
/// What the dictionary saw more often is an everyday word, or too large a place to be anybody's own: 海洋, 中国.
const MAX_FREQUENCY: usize = 350;
/// The longest derived name, in characters.
pub(super) const MAX_NAME_CHARS: usize = 10;

/// Names, and how many passages of the document hold each, in the order of names.
pub type OwnNames = Arc<[(String, usize)]>;

/// How far something that looks like a name is believed to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// A word, a code, something quoted.
    Word,
    /// The name of a place.
    Place,
    /// What the text itself coins, or calls an area.
    Repeated,
    /// Part of the title.
    Title,
    /// Part of the title, and no word of the language.
    Coined,
}

/// Names that many passages of a document hold; `passages` are all of its own. What is called an area in the title of a
/// short document is its name too.
pub(super) fn own_names(corpus: &Corpus, passages: &[Passage], analyzer: &Analyzer) -> OwnNames {
    let Some(first) = passages.first() else { return OwnNames::default() };
    let title = &corpus.source(first).title;
    if passages.len() < MIN_PASSAGES {
        return titled(title, analyzer).map(|name| (name, passages.len())).collect();
    }
    let texts: Vec<Text> = passages.iter().map(|passage| Text::of(corpus, passage)).collect();
    chosen(candidates(title, &texts, analyzer), &texts)
}

/// What a passage says.
struct Text {
    /// With its headings.
    headed: String,
    /// The same folded.
    folded: String,
    /// The passage alone, folded.
    body: Vec<char>,
}

impl Text {
    fn of(corpus: &Corpus, passage: &Passage) -> Self {
        let lines = passage.headings.iter().map(String::as_str).chain([corpus.text(passage)]);
        let headed = lines.collect::<Vec<_>>().join("\n");
        Self { folded: folded(&headed), headed, body: fold(corpus.text(passage)).chars }
    }
}

/// What may be a name of a document.
struct Candidates {
    /// All of it, and how far each is believed.
    trusted: BTreeMap<String, Trust>,
    /// What the title coins, whole.
    coined: Vec<String>,
    /// What the areas of the title and the subject are called for short: names wherever they stand.
    short: BTreeSet<String>,
}

/// What a title and the passages below it may give for names.
fn candidates(title: &str, texts: &[Text], analyzer: &Analyzer) -> Candidates {
    let mut trusted: BTreeMap<String, Trust> = BTreeMap::new();
    let mut believe = |name: String, trust: Trust| {
        let known = trusted.entry(name).or_insert(trust);
        *known = (*known).max(trust);
    };
    let chars = fold(title).chars;
    let areas = areas(&chars, analyzer).into_iter().map(|range| (chars[range].iter().collect(), Trust::Title));
    for (name, trust) in names(title, analyzer).into_iter().chain(areas) {
        believe(name, trust.max(Trust::Title));
    }
    for text in texts {
        for (name, trust) in names(&text.headed, analyzer) {
            believe(name, trust);
        }
        for name in places(&text.body, analyzer) {
            believe(name, Trust::Repeated);
        }
    }
    let (coined, parts) = coined(title, analyzer);
    trusted.extend(parts.into_iter().map(|name| (name, Trust::Coined)));
    let stems = trusted.iter().filter(|(_, trust)| **trust != Trust::Repeated);
    for (stem, trust) in stems.filter_map(|(name, _)| stem(name, analyzer)).collect::<Vec<_>>() {
        trusted.entry(stem).or_insert(trust);
    }
    let mut short = heads(title, &trusted, analyzer);
    // A document says first what its subject is called for short.
    short.extend(texts.iter().take(OPENING).flat_map(|first| called(&first.body, analyzer)));
    let alone: Vec<String> = short.iter().filter_map(|name| alone(name, &trusted)).collect();
    short.extend(alone);
    trusted.extend(short.iter().map(|name| (name.clone(), Trust::Coined)));
    trusted.retain(|name, _| analyzer.frequency(name) <= MAX_FREQUENCY && may_be_a_name(name));
    Candidates { trusted, coined, short }
}

/// Whether something begins and ends as names do, and is no number: not 之日起, 号楼, 二零二 or 入园.
fn may_be_a_name(name: &str) -> bool {
    let mut chars = name.chars();
    let ends = |c: Option<char>, never: &str| c.is_some_and(|c| never.contains(c));
    let first = chars.next();
    !ends(first, &GRAMMAR.never_first)
        && !ends(chars.next_back(), &GRAMMAR.never_last)
        && !name.chars().all(is_numeral)
        && !GRAMMAR.no_areas.iter().any(|word| word == name)
}

/// Those candidates that stand in enough passages and are more than a part of another.
fn chosen(Candidates { trusted, coined, short }: Candidates, texts: &[Text]) -> OwnNames {
    let count = |name: &str| texts.iter().filter(|text| text.folded.contains(name)).count();
    let times = |name: &str| texts.iter().map(|text| text.folded.matches(name).count()).sum::<usize>();
    let fits = |(name, trust): &(String, Trust)| {
        let share = match trust {
            Trust::Word => MIN_SHARE_OF_WORD,
            Trust::Place | Trust::Repeated | Trust::Title => MIN_SHARE,
            Trust::Coined => 0.0,
        };
        let least = MIN_HOLDING.max((share * texts.len() as f64).ceil() as usize);
        // 智造港 is what 霖海智造港 is called where it stands without 霖海.
        let ends = |whole: &String| {
            let end = whole != name && name.chars().count() > 2 && whole.ends_with(name.as_str());
            end && times(name) > times(whole)
        };
        // 七棵杉智造港: the title's words before what it coins belong to the name if they always stand there.
        let wholly = |part: &String| name.ends_with(part.as_str()) && count(name) == count(part);
        let longer = *trust == Trust::Title && without_ending(name).is_some() && coined.iter().any(wholly);
        let known = longer || coined.contains(name) || (*trust == Trust::Coined && coined.iter().any(ends));
        known || short.contains(name) || count(name) >= least
    };
    let fitting: Vec<(String, Trust)> = trusted.into_iter().filter(fits).collect();
    let apart = |(name, trust): &&(String, Trust)| {
        // 智造 is no name where 智造港 is one and stands as often.
        let part = |(other, _): &(String, Trust)| other != name && other.contains(name) && count(other) == count(name);
        // What every park may be called is the name of none.
        let common = GRAMMAR.areas.iter().any(|ending| ending.starts_with(name.as_str()))
            || name.strip_suffix('区').is_some_and(|own| own.chars().count() < 2);
        let made_up = matches!(trust, Trust::Coined | Trust::Repeated);
        !common && (!made_up || short.contains(name) || !fitting.iter().any(part))
    };
    fitting.iter().filter(apart).map(|(name, _)| (name.clone(), count(name))).collect()
}

/// What a title calls an area by a name of its own.
fn titled(title: &str, analyzer: &Analyzer) -> impl Iterator<Item = String> {
    const MIN_OWN_CHARS: usize = 2;
    let chars = fold(title).chars;
    let names = areas(&chars, analyzer).into_iter().map(move |range| chars[range].iter().collect::<String>());
    names.filter(|name| {
        let own = without_ending(name).unwrap_or_default();
        let joined = own.chars().any(|c| GRAMMAR.joining.contains(c) || !is_han(c));
        own.chars().count() >= MIN_OWN_CHARS && !joined && analyzer.frequency(own) <= MAX_FREQUENCY
    })
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

/// What an answer calls the park of a document: what its title calls an area, else what the title names, else what the
/// document names most often. `names` are in this last order.
pub(super) fn shown<'a>(title: &str, names: &'a [String]) -> Option<&'a String> {
    static PERSON: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("^{}[一-龥]{{2}}$", *FAMILY_NAME)).expect("the pattern is tested"));
    let title = folded(title);
    let titled = || names.iter().filter(|name| title.contains(name.as_str()));
    let whole = |name: &&String| !titled().any(|other| other != *name && other.contains(name.as_str()));
    let person = |name: &&String| PERSON.is_match(name).unwrap_or(false);
    let area = titled().filter(|name| without_ending(name).is_some_and(|own| own.chars().count() >= 2));
    area.max_by_key(|name| name.chars().count())
        .or_else(|| titled().filter(whole).find(|name| !person(name)))
        .or_else(|| names.iter().find(|name| !person(name)))
        .or_else(|| names.first())
}

/// What people call the areas of a title for short: 霖海 for 霖海智造港, 鹭汀港 for 鹭汀港科技城, if it is no word of the
/// language.
fn heads(title: &str, names: &BTreeMap<String, Trust>, analyzer: &Analyzer) -> BTreeSet<String> {
    const HEAD_CHARS: usize = 2;
    let title = folded(title);
    let joined = |name: &str| name.chars().any(|c| GRAMMAR.joining.contains(c));
    let areas = || {
        let titled = names.keys().filter(|name| title.contains(name.as_str()) && !joined(name));
        titled.filter(|name| without_ending(name).is_some())
    };
    let whole = |name: &&String| !areas().any(|other| other != *name && other.contains(name.as_str()));
    let unknown = |head: &&str| head.chars().all(is_han) && !analyzer.knows(head);
    let head = |name: &String| {
        let (end, _) = name.char_indices().nth(HEAD_CHARS)?;
        let (head, rest) = name.split_at_checked(end)?;
        Some(head).filter(|_| without_ending(rest).is_some()).filter(unknown).map(str::to_owned)
    };
    // 印发鹭汀港科技城: what is its own has no everyday word in it.
    let own = |name: &String| {
        let own = without_ending(name)?;
        let letters: Vec<char> = own.chars().collect();
        let everyday = |word: &Range<usize>| {
            word.len() > 1 && analyzer.frequency(&letters[word.clone()].iter().collect::<String>()) > MAX_FREQUENCY
        };
        let short = (HEAD_CHARS..=MAX_COINED_CHARS).contains(&letters.len());
        let fits = short && !analyzer.words(&letters).iter().any(everyday);
        Some(own).filter(|_| fits).filter(unknown).map(str::to_owned)
    };
    let heads = areas().filter(whole).filter_map(head);
    let owns: BTreeSet<String> = areas().filter_map(own).collect();
    let longest = |name: &&String| !owns.iter().any(|other| other != *name && other.ends_with(name.as_str()));
    heads.chain(owns.iter().filter(longest).cloned()).collect()
}

/// What people say for short: a name without the place before it, 传感谷 of 蓼塘传感谷.
fn alone(name: &str, names: &BTreeMap<String, Trust>) -> Option<String> {
    const MIN_OWN_CHARS: usize = 2;
    let own = |rest: &&str| without_ending(rest).is_some_and(|own| own.chars().count() >= MIN_OWN_CHARS);
    let rests = names.keys().filter_map(|place| name.strip_prefix(place.as_str())).filter(own);
    rests.max_by_key(|rest| rest.len()).map(str::to_owned)
}

/// What people say for short: a name without the ending that all such areas have.
fn stem(name: &str, analyzer: &Analyzer) -> Option<(String, Trust)> {
    let stem = without_ending(name)?;
    let place = analyzer.named_words(&fold(stem).chars).iter().any(|(_, naming)| *naming == Naming::Place);
    // What everyday words make up, 智能传感, must be all over the document.
    let letters: Vec<char> = stem.chars().collect();
    let everyday = |word: &Range<usize>| {
        word.len() > 1 && analyzer.frequency(&letters[word.clone()].iter().collect::<String>()) > MAX_FREQUENCY
    };
    let made_up = analyzer.knows(stem) || analyzer.words(&letters).iter().all(everyday);
    let trust = if place || !made_up { Trust::Title } else { Trust::Word };
    (stem.chars().count() >= 2).then(|| (stem.to_owned(), trust))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Source;

    /// The names of some passages under one title.
    fn names(title: &str, texts: &[&str]) -> Vec<String> {
        let source = Source { title: title.into(), ..Source::default() };
        let corpus = Corpus::of_passages(texts.iter().map(|text| (source.clone(), (*text).to_owned())));
        own_names(&corpus, &corpus.passages, &Analyzer::new([])).iter().map(|(name, _)| name.clone()).collect()
    }

    #[test]
    fn what_counts_or_joins_is_no_name() {
        let texts = ["3号楼自2025年之日起招商，企业可以入园。", "4号楼之日起交付，开园在即。", "5号楼二零二五年开园。"];
        let found = names("3—9号楼房源公开，企业入园", &texts);
        let wrong = ["号楼", "之日起", "入园", "开园", "二零二"];
        assert!(!wrong.iter().any(|wrong| found.iter().any(|name| name == wrong)), "{found:?}");
    }

    #[test]
    fn a_number_may_begin_a_name() {
        let texts = ["七棵杉智造港位于杉桥镇。", "七棵杉智造港的租金。", "七棵杉智造港的食堂。"];
        let found = names("七棵杉智造港房源公开", &texts);
        assert!(["七棵杉智造港", "七棵杉"].iter().all(|name| found.iter().any(|found| found == name)), "{found:?}");
    }
}
