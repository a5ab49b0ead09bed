//! A question and how it is to be read make a [`Reply`]: an answer with all its citations, or one excerpt a park.
//! Pure: knows the knowledge, no messages and no journal.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::analysis::numeral::is_numeral;
use crate::analysis::script::{fold, folded};
use crate::analysis::terms::Kind;
use crate::answer::{self, Answer, Citation, Knowledge, Options, Outcome, Question, Understood};
use crate::corpus::Date;
use crate::index::IndexError;

use super::callback::Reading;

/// Citations of one page.
const CITATIONS_A_PAGE: usize = 3;
/// Citations that can be paged through.
const MAX_CITATIONS: usize = 9;
/// What a further excerpt on the first page must say of what the best one says.
const MIN_SHARE_OF_BEST: f64 = 0.5;
/// Parks that are all asked what their documents say; of more, those that the citations come from.
const MAX_PARKS_ASKED: usize = 12;
/// Parks that are shown side by side.
const MAX_PARKS: usize = 5;

/// What is replied to a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// The answer, with all citations that can be paged through.
    pub(crate) answer: Answer,
    /// How it was read in the end: a park taken from before may have been dropped.
    pub(crate) reading: Reading,
    /// How many of them stand on the first page: the best, and what says something of the same.
    pub(crate) first: usize,
    /// One excerpt a park, where parks are shown side by side; otherwise empty.
    pub(crate) by_park: Vec<(usize, Option<Citation>)>,
}

impl Reply {
    /// The citations of a page; the first page if there is no such page.
    pub(crate) fn page(&self, page: u8) -> &[Citation] {
        let (first, rest) = self.answer.citations.split_at_checked(self.first).unwrap_or((&self.answer.citations, &[]));
        let later = usize::from(page).checked_sub(1).and_then(|page| rest.chunks(CITATIONS_A_PAGE).nth(page));
        later.unwrap_or(first)
    }

    /// How many pages there are.
    pub(crate) fn pages(&self) -> usize {
        1 + self.answer.citations.len().saturating_sub(self.first).div_ceil(CITATIONS_A_PAGE)
    }

    /// The page on which a citation stands, by its place among all.
    pub(crate) fn page_of(&self, place: usize) -> usize {
        place.checked_sub(self.first).map_or(0, |later| 1 + later / CITATIONS_A_PAGE)
    }

    /// The citations that are shown on a page, in its order.
    pub(crate) fn shown(&self, page: u8) -> Vec<&Citation> {
        if self.by_park.is_empty() {
            self.page(page).iter().collect()
        } else {
            self.by_park.iter().filter_map(|(_, citation)| citation.as_ref()).collect()
        }
    }

    /// The one park that it is about, by number: named, taken from before, or the one whose document is quoted.
    pub(crate) fn park(&self, knowledge: &Knowledge) -> Option<usize> {
        if !self.by_park.is_empty() {
            return None;
        }
        self.searched().or_else(|| {
            let first = self.answer.citations.first().filter(|_| self.answer.outcome == Outcome::Answered)?;
            park_of(knowledge, first)
        })
    }

    /// The one park whose documents were searched.
    pub(crate) fn searched(&self) -> Option<usize> {
        let mut parks = self.answer.parks.iter();
        parks.next().copied().filter(|_| parks.next().is_none())
    }
}

/// Replies to a question. A park taken from before is dropped where the question leads away from it.
pub(crate) fn reply(
    knowledge: &Knowledge,
    question: &Question,
    reading: Reading,
    today: &Date,
) -> Result<Reply, IndexError> {
    let ask = |parks: BTreeSet<usize>, limit| {
        let today = Some(today.clone());
        let options = Options { limit, literal: reading.literal, parks, today, ..Options::default() };
        answer::answer(knowledge, question, &options).map(concise)
    };
    let exists = |park: u16| Some(usize::from(park)).filter(|park| *park < knowledge.parks.all.len());
    if let Some(park) = reading.narrowed.and_then(exists) {
        let mut answer = ask(BTreeSet::from([park]), MAX_CITATIONS)?;
        // Where the question itself names parks, they outrank what it is narrowed to.
        answer.citations.retain(|citation| park_of(knowledge, citation) == Some(park));
        answer.understood.retain(|understood| !matches!(understood, Understood::Carried { .. }));
        if answer.citations.is_empty() {
            answer.outcome = Outcome::Declined;
        }
        return Ok(whole(knowledge, answer, reading, Vec::new()));
    }
    let reading = Reading { narrowed: None, ..reading };
    let mut answer = ask(BTreeSet::new(), MAX_CITATIONS)?;
    let carried = reading.carried.and_then(exists);
    if let Some(park) = carried.filter(|park| !answer::leads_elsewhere(knowledge, question, *park)) {
        let own = ask(BTreeSet::from([park]), MAX_CITATIONS)?;
        let is_carried = own.understood.iter().any(|understood| matches!(understood, Understood::Carried { .. }));
        if is_carried && !leads_away(knowledge, question, park, &own, &answer) {
            return Ok(whole(knowledge, own, reading, Vec::new()));
        }
    }
    let reading = Reading { carried: None, ..reading };
    let by_park = match answer.parks.len() {
        _ if answer.outcome == Outcome::Declined => Vec::new(),
        0 if answers_by_heading(knowledge, question, &answer) => Vec::new(),
        0 => differing(knowledge, question, &answer, |park| ask(BTreeSet::from([park]), CITATIONS_A_PAGE))?,
        1 => Vec::new(),
        _ => named(knowledge, question, &answer),
    };
    // What makes it unsure may only be that several parks answer, and all of them are shown.
    if let Some((park, _)) = by_park.first().filter(|_| answer.parks.is_empty() && answer.missing.is_empty()) {
        let own = ask(BTreeSet::from([*park]), CITATIONS_A_PAGE)?;
        if own.missing.is_empty() && own.outcome < answer.outcome {
            answer.outcome = own.outcome;
        }
    }
    Ok(whole(knowledge, answer, reading, by_park))
}

/// Whether a question that names no park leads away from the one that the answer before was about: that park's documents
/// say nothing of it, all documents answer it better than the park's `own`, or it names a thing that the park's do not.
/// A detail alone (谁牵头的) is asked of the park, whoever else gives one.
fn leads_away(knowledge: &Knowledge, question: &Question, park: usize, own: &Answer, all: &Answer) -> bool {
    if answer::names_only_a_detail(knowledge, question) {
        return false;
    }
    let near = own.citations.first().filter(|near| park_of(knowledge, near) == Some(park));
    let Some(near) = near.filter(|_| all.outcome >= own.outcome) else { return true };
    let words = words(knowledge, question);
    let Some(far) = all.citations.first() else {
        let headings = folded(&near.headings.join("\n"));
        return said_of(knowledge, near) == 0 && !words.iter().any(|word| headings.contains(word.as_str()));
    };
    let stands_in = |word: &String, scope: &[Range<usize>]| {
        !knowledge.index.holding(Kind::Word, std::slice::from_ref(word), scope, 1).is_empty()
    };
    let of_park = knowledge.parks.passages(&BTreeSet::from([park]));
    let there = far.passage..far.passage + 1;
    own.outcome == all.outcome
        && park_of(knowledge, far) != Some(park)
        && said_of(knowledge, near) < said_of(knowledge, far)
        && words.iter().any(|word| stands_in(word, std::slice::from_ref(&there)) && !stands_in(word, &of_park))
}

/// The words of a question, folded, without what only asks.
fn words(knowledge: &Knowledge, question: &Question) -> Vec<String> {
    let tokens = answer::Reading::of(question.text(), knowledge).tokens.into_iter();
    tokens
        .filter(|token| token.kind == Kind::Word && token.chars.len() > 1)
        .map(|token| token.chars.into_iter().collect())
        .collect()
}

/// An answer that says nothing twice: a question-and-answer pair may repeat its document. That 租金 was looked for where
/// 租金多少 was typed is not worth saying.
fn concise(mut answer: Answer) -> Answer {
    answer.understood.retain_mut(|understood| match understood {
        Understood::Expanded { typed, read } => {
            read.retain(|read| !folded(typed).contains(&folded(read)));
            !read.is_empty()
        }
        Understood::Repaired { .. } | Understood::Carried { .. } => true,
    });
    let mut said: Vec<String> = Vec::new();
    answer.citations.retain(|citation| {
        let text = folded(&citation.excerpt.text);
        let is_new = !said.contains(&text);
        said.push(text);
        is_new
    });
    answer
}

/// The park of a citation's document.
fn park_of(knowledge: &Knowledge, citation: &Citation) -> Option<usize> {
    let passage = knowledge.corpus.passages.get(citation.passage)?;
    knowledge.parks.of_document(passage.document)
}

/// Whether the question is that of a question-and-answer pair, which answers it alone.
fn answers_by_heading(knowledge: &Knowledge, question: &Question, answer: &Answer) -> bool {
    let letters = |text: &str| folded(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let passage = answer.citations.first().and_then(|first| knowledge.corpus.passages.get(first.passage));
    passage.is_some_and(|passage| {
        passage.answers_heading && passage.headings.last().is_some_and(|last| letters(last) == letters(question.text()))
    })
}

/// The best excerpt of each park that has an answer of its own, the park of the best answer first; nothing where it is
/// one park alone.
fn differing(
    knowledge: &Knowledge,
    question: &Question,
    answer: &Answer,
    ask: impl Fn(usize) -> Result<Answer, IndexError>,
) -> Result<Vec<(usize, Option<Citation>)>, IndexError> {
    // What a document of no park answers best is no matter of parks.
    let Some(best) = answer.citations.first() else { return Ok(Vec::new()) };
    let Some(first) = park_of(knowledge, best) else { return Ok(Vec::new()) };
    let mut found = vec![(first, Outcome::Answered, best.clone())];
    let near: BTreeSet<usize> = answer.citations.iter().filter_map(|citation| park_of(knowledge, citation)).collect();
    let few = knowledge.parks.all.len() <= MAX_PARKS_ASKED;
    let parks = (0..knowledge.parks.all.len()).filter(|park| few || near.contains(park));
    for park in parks.filter(|park| *park != first) {
        let own = ask(park)?;
        if own.outcome == Outcome::Declined || !own.missing.is_empty() {
            continue;
        }
        let best = own.citations.into_iter().find(|citation| park_of(knowledge, citation) == Some(park));
        found.extend(best.map(|best| (park, own.outcome, best)));
    }
    found.sort_by(|(a, _, left), (b, _, right)| {
        let leads = |park: usize| park != first;
        leads(*a).cmp(&leads(*b)).then(right.confidence.total_cmp(&left.confidence)).then(a.cmp(b))
    });
    // A park's own documents are all that it is measured by, so that something near is soon taken for an answer, and an
    // answer for something near: it must say enough of what the best one says, or all of it.
    let most = found.iter().map(|(.., best)| said_of(knowledge, best)).max().unwrap_or(0);
    found.retain(|(_, outcome, best)| {
        let share = if *outcome == Outcome::Answered { MIN_SHARE_OF_BEST } else { 1.0 };
        said_of(knowledge, best) as f64 >= share * most as f64
    });
    // Who asks for academicians is not told of researchers because a park has none.
    let reading = answer::Reading::of(question.text(), knowledge);
    let names_the_thing = |citation: &Citation| tells_of_the_thing(&reading, citation);
    if names_the_thing(&found[0].2) {
        found.retain(|(.., best)| names_the_thing(best));
    }
    found.truncate(MAX_PARKS);
    Ok(if found.len() < 2 { Vec::new() } else { found.into_iter().map(|(park, _, best)| (park, Some(best))).collect() })
}

/// Whether an excerpt or its headings hold the rarest word of a question, or what all documents were searched for in its
/// place; so where it has none.
fn tells_of_the_thing(reading: &answer::Reading, citation: &Citation) -> bool {
    let words = reading.tokens.iter().enumerate();
    let words = words.filter(|(_, token)| token.kind == Kind::Word && token.chars.len() > 1);
    let Some((rarest, _)) = words.max_by(|(_, a), (_, b)| a.idf.total_cmp(&b.idf)) else { return true };
    let text = format!("{}\n{}", citation.headings.join("\n"), citation.excerpt.text);
    reading.places(&fold(&text).chars).get(rarest).is_none_or(|places| !places.is_empty())
}

/// The best excerpt of each park that is named.
fn named(knowledge: &Knowledge, question: &Question, answer: &Answer) -> Vec<(usize, Option<Citation>)> {
    let asked = folded(question.text());
    let place = |park: &usize| {
        let names = knowledge.parks.all[*park].aliases.iter();
        names.filter_map(|name| asked.find(name.as_str())).min().unwrap_or(usize::MAX)
    };
    let best =
        |park: usize| answer.citations.iter().find(|citation| park_of(knowledge, citation) == Some(park)).cloned();
    let mut parks: Vec<usize> = answer.parks.iter().copied().collect();
    parks.sort_by_key(place);
    parks.into_iter().take(MAX_PARKS).map(|park| (park, best(park))).collect()
}

/// A reply whose first page holds the best citation and, of the next, those that match more than the name of a park.
fn whole(
    knowledge: &Knowledge,
    mut answer: Answer,
    reading: Reading,
    by_park: Vec<(usize, Option<Citation>)>,
) -> Reply {
    let best = answer.citations.first().map_or(0, |best| said_of(knowledge, best));
    let says_enough = |citation: &Citation| said_of(knowledge, citation) as f64 >= MIN_SHARE_OF_BEST * best as f64;
    // Stable: what says enough comes first, else the order stays.
    if let Some((_, further)) = answer.citations.split_first_mut() {
        further.sort_by_key(|citation| !says_enough(citation));
    }
    let first =
        answer.citations.iter().take(CITATIONS_A_PAGE).take_while(|citation| says_enough(citation)).count().max(1);
    Reply { answer, reading, first, by_park }
}

/// How many characters of the question's words an excerpt holds, each word once, without names of parks.
fn said_of(knowledge: &Knowledge, citation: &Citation) -> usize {
    let excerpt = &citation.excerpt;
    let words = excerpt.highlights.iter().filter_map(|range| excerpt.text.get(range.clone())).map(folded);
    let names = park_of(knowledge, citation).map_or(&[][..], |park| &knowledge.parks.all[park].aliases);
    let without_name = |word: String| names.iter().fold(word, |word, name| word.replace(name.as_str(), ""));
    // A number that is marked because it may be the answer says nothing of the question.
    let number = |c: char| c.is_ascii_digit() || is_numeral(c) || matches!(c, '余' | '多');
    let without_number = |word: String| {
        let word = word.trim_start_matches(number);
        ["以上", "以下", "以内", "左右"].iter().fold(word, |word, bound| word.trim_end_matches(bound)).to_owned()
    };
    let words = words.map(without_name).map(without_number);
    let words: BTreeSet<String> = words.filter(|word| word.chars().count() > 1).collect();
    words.iter().map(|word| word.chars().count()).sum()
}
