//! What is replied: the outcome, what is missing, and how the question was understood.

use std::ops::Range;

use super::detail::Missing;
use super::key::holds;
use super::kind::is_stopword;
use super::knowledge::Knowledge;
use super::listing::listing;
use super::question::Question;
use super::rank::Candidate;
use super::reading::Reading;
use super::repair::Repair;
use super::reply::{Answer, Citation, Nearest, Options, Outcome};
use super::token::Token;
use super::understood::Understood;
use super::weights::{MODEL, PASSAGE_FEATURES};
use crate::analysis::script::{fold, folded, slice};
use crate::analysis::stretch::overlap;
use crate::analysis::terms::Kind;

/// The share of the question's words from which on a passage is about it …
const MOST: f32 = 0.6;
/// … and of its characters, where the documents are about parks and people use other words.
const MANY: f32 = 0.45;
/// Less than this share of a question that names no park is a question about something else.
const FEW: f32 = 0.3;
/// The share from which on nothing is declined: whoever types only a name wants to see where it stands.
const NEARLY_ALL: f32 = 0.8;

/// Everything that a reply is composed of.
pub(super) struct Parts<'a> {
    pub(super) question: &'a Question,
    pub(super) options: &'a Options,
    pub(super) reading: &'a Reading,
    pub(super) candidates: &'a [Candidate],
    pub(super) probability: f64,
    pub(super) citations: &'a [Citation],
    pub(super) absent: &'a [Missing],
    pub(super) repaired: &'a [Repair],
}

/// Composes the reply.
pub(super) fn compose(knowledge: &Knowledge, parts: &Parts) -> Answer {
    let Parts { question, options, reading, candidates, probability, citations, absent, repaired } = *parts;
    let outcome = match probability {
        // The thing is there and the detail is not: neither an answer nor a refusal.
        p if !absent.is_empty() && p >= MODEL.partial && known(reading, candidates) => Outcome::Unsure,
        _ if !absent.is_empty() || is_strange(reading, candidates, probability) => Outcome::Declined,
        // Where documents are about anything, the probability knows of the words already.
        p if p >= MODEL.answered
            && (!reading.about_parks || known(reading, candidates))
            && is_marked(reading, knowledge, candidates, citations) =>
        {
            Outcome::Answered
        }
        p if p >= MODEL.unsure && tells_a_detail_of_the_park(reading, candidates, citations) => Outcome::Answered,
        p if p >= MODEL.unsure || covered(candidates, "p_cov_wd") >= NEARLY_ALL => Outcome::Unsure,
        _ => Outcome::Declined,
    };
    let missing = match outcome {
        Outcome::Declined => uncovered(question, reading, knowledge),
        _ => asked_in_vain(question, absent),
    };
    Answer {
        outcome,
        confidence: probability,
        understood: understood(question, reading, knowledge, options, repaired),
        missing,
        listing: candidates
            .first()
            .filter(|_| outcome != Outcome::Declined)
            .and_then(|best| listing(knowledge, reading, best)),
        citations: if outcome == Outcome::Declined { Vec::new() } else { citations.to_vec() },
        nearest: if outcome == Outcome::Declined { nearest(knowledge, candidates) } else { Vec::new() },
        parks: reading.parks.clone(),
    }
}

/// Whether the first excerpt holds anything of the question, or answers one in its heading that does: what holds nothing of
/// it answers nothing. One that was not looked for holds what it may.
fn is_marked(reading: &Reading, knowledge: &Knowledge, candidates: &[Candidate], citations: &[Citation]) -> bool {
    let answers = |best: &Candidate| {
        let heads = |(number, token): (usize, &Token)| {
            best.sight.in_title[number] > 0.0 && token.kind == Kind::Word && !reading.is_in_name(&token.range)
        };
        knowledge.corpus.passages[best.hit.passage].answers_heading && reading.tokens.iter().enumerate().any(heads)
    };
    citations.first().is_none_or(|first| !first.excerpt.highlights.is_empty())
        || candidates.first().is_some_and(answers)
}

/// Whether the thing asked about is known: its park is, or the best passage holds most of the question.
fn known(reading: &Reading, candidates: &[Candidate]) -> bool {
    !reading.parks.is_empty()
        || covered(candidates, "p_cov_wd") >= MOST
        || (reading.about_parks && covered(candidates, "p_cov_un") >= MANY)
}

/// Whether a question has nothing in common with what would be shown but the park that it names: none of its words, none
/// of what it asks for. 大零号湾火星上有水吗 is a question about Mars. If it names none, little in common is nothing.
fn is_strange(reading: &Reading, candidates: &[Candidate], probability: f64) -> bool {
    let Some(best) = candidates.first().filter(|_| reading.about_parks) else { return false };
    let covered = covered(candidates, "p_cov_un");
    let little = covered < FEW || (probability < MODEL.answered && covered < MANY);
    if reading.parks.is_empty() {
        return little;
    }
    // The name by which alone its park was told is no word of the dictionary.
    if reading.owned && !little {
        return false;
    }
    let mut words = reading
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.kind == Kind::Word && !reading.is_in_name(&token.range))
        .filter(|(_, token)| token.range.len() > 1 || token.key.is_some());
    let Some(first) = words.next() else { return false };
    let seen = |(number, _): (usize, _)| !best.sight.places[number].is_empty() || best.sight.in_title[number] > 0.0;
    let said = best.sight.facets.iter().any(|spans| !spans.is_empty());
    !said && !std::iter::once(first).chain(words).any(seen)
}

/// Whether a question asks nothing but a detail of the park that it names, and the excerpt, which gives one, names the park
/// too: 大零号湾多大 has no other words that could be found.
fn tells_a_detail_of_the_park(reading: &Reading, candidates: &[Candidate], citations: &[Citation]) -> bool {
    let outside = |token: &Token| token.kind == Kind::Word && !reading.is_in_name(&token.range);
    let (Some(best), Some(citation)) = (candidates.first(), citations.first()) else { return false };
    let excerpt = folded(&citation.excerpt.text);
    reading.about_parks
        && citation.passage == best.hit.passage
        && reading.named.iter().any(|named| excerpt.contains(named.alias.as_str()))
        && !reading.tokens.iter().any(outside)
        && !reading.details.is_empty()
}

/// How much of the question the best passage holds, as a feature of passages tells it.
fn covered(candidates: &[Candidate], feature: &str) -> f32 {
    let at = PASSAGE_FEATURES.iter().position(|name| *name == feature);
    at.zip(candidates.first()).map_or(0.0, |(at, candidate)| candidate.features[at])
}

fn nearest(knowledge: &Knowledge, candidates: &[Candidate]) -> Vec<Nearest> {
    const MAX_NEAREST: usize = 3;
    let mut nearest: Vec<Nearest> = Vec::new();
    for candidate in candidates {
        let passage = &knowledge.corpus.passages[candidate.hit.passage];
        let source = knowledge.corpus.source(passage);
        if nearest.len() < MAX_NEAREST && nearest.iter().all(|other| other.source.path != source.path) {
            let headings = passage.headings.to_vec();
            nearest.push(Nearest { passage: candidate.hit.passage, headings, source: source.clone() });
        }
    }
    nearest
}

/// What is asked for in vain, as typed; of stretches that overlap the longest, without particles at their ends.
fn asked_in_vain(question: &Question, absent: &[Missing]) -> Vec<String> {
    let typed = fold(question.text());
    let mut ranges: Vec<Range<usize>> = absent.iter().map(|missing| missing.range.clone()).collect();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.len()));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if !kept.iter().any(|other| overlap(other, &range)) {
            kept.push(range);
        }
    }
    kept.sort_by_key(|range| range.start);
    let particle = |c: char| c.is_whitespace() || "的呢吗嗎啊呀吧嘛么麼?？,，。".contains(c);
    let texts = kept.into_iter().map(|range| slice(question.text(), typed.bytes(range)).trim_matches(particle));
    once(texts.filter(|text| !text.is_empty()))
}

/// Each text once, in order.
fn once<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.iter().any(|other| other == text) {
            kept.push(text.to_owned());
        }
    }
    kept
}

/// The words of a question, as typed, that no document holds, neither themselves nor by another word. What the dictionary
/// does not know falls into single characters: those that stand beside a missing one are said with it (张江, not 张).
fn uncovered(question: &Question, reading: &Reading, knowledge: &Knowledge) -> Vec<String> {
    let typed = fold(question.text());
    let keyed = |word: &Range<usize>| reading.keys.iter().any(|key| overlap(&key.range, word));
    let mut words = knowledge.analyzer.words(&reading.chars);
    words.retain(|word| {
        let text: String = reading.chars[word.clone()].iter().collect();
        !is_stopword(&text) && !keyed(word) && !reading.is_in_name(word)
    });
    let is_missing = |word: &Range<usize>| !holds(knowledge, &reading.chars[word.clone()], &[]);
    let missing = words
        .chunk_by(|one, next| one.len() == 1 && next.len() == 1 && one.end == next.start)
        .filter(|stretch| stretch.iter().any(is_missing))
        .map(|stretch| slice(question.text(), typed.bytes(stretch[0].start..stretch[stretch.len() - 1].end)));
    once(missing)
}

fn understood(
    question: &Question,
    reading: &Reading,
    knowledge: &Knowledge,
    options: &Options,
    repaired: &[Repair],
) -> Vec<Understood> {
    let typed = fold(question.text());
    let as_typed = |range: &Range<usize>| slice(question.text(), typed.bytes(range.clone())).to_owned();
    let named = reading.named.iter().filter(|named| !named.exact);
    let mut all: Vec<Understood> =
        named.map(|named| Understood::Repaired { typed: as_typed(&named.range), read: named.alias.clone() }).collect();
    for repair in repaired {
        let word = reading.words.iter().find(|word| word.contains(&repair.at)).cloned();
        let range = word
            .filter(|word| word.len() > 1)
            .unwrap_or_else(|| repair.at.saturating_sub(1)..(repair.at + 2).min(reading.uncut.len()));
        let read = reading.uncut[range.clone()].iter().filter(|c| !c.is_whitespace()).collect();
        all.push(Understood::Repaired { typed: as_typed(&range), read });
    }
    for key in &reading.keys {
        let mut find: Vec<String> = key.find.iter().map(|word| word.iter().collect()).collect();
        let typed = as_typed(&key.range);
        all.push(match find.as_slice() {
            [_] if key.spelled => Understood::Repaired { typed, read: find.swap_remove(0) },
            _ => Understood::Expanded { typed, read: find },
        });
    }
    if reading.named.is_empty() {
        let names = options.parks.iter().filter_map(|&park| knowledge.parks.all.get(park));
        all.extend(names.map(|park| Understood::Carried { park: park.name.clone() }));
    }
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::Words;
    use crate::corpus::{Corpus, Source};

    fn ask(question: &str) -> Answer {
        let text = "金山建设科创城，为青年人才提供人才公寓。金山的产业园有两百家企业。";
        let source = Source { title: "金山规划".into(), park: Some("金山".into()), ..Source::default() };
        let corpus = Corpus::of_passages([(source, text.to_owned())]);
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        super::super::answer(&knowledge, &Question::new(question).unwrap(), &Options::default()).unwrap()
    }

    #[test]
    fn a_question_that_shares_only_the_park_is_declined() {
        assert_eq!(ask("金山火星探测器发射成功").outcome, Outcome::Declined);
        assert_ne!(ask("金山人才公寓").outcome, Outcome::Declined);
    }

    #[test]
    fn an_answer_under_its_question_shares_no_word_with_it() {
        let source = Source { title: "金山服务".into(), park: Some("金山".into()), ..Source::default() };
        let mut corpus = Corpus::of_passages([(source, "上午十点和下午四点各一次。".to_owned())]);
        let mut outcome = |heading: &str| {
            corpus.passages[0].headings = [heading.to_owned()].into();
            corpus.passages[0].answers_heading = heading.ends_with('？');
            let knowledge = Knowledge::new(corpus.clone(), &Words::default()).unwrap();
            let question = Question::new("金山快递什么时候送").unwrap();
            super::super::answer(&knowledge, &question, &Options::default()).unwrap().outcome
        };
        assert_eq!(outcome("快递什么时候送？"), Outcome::Answered);
        assert_eq!(outcome("快递什么时候送"), Outcome::Unsure, "the heading of a section asks nothing");
    }

    #[test]
    fn the_number_asked_for_is_marked_whole() {
        let answer = ask("金山的产业园有多少家企业");
        let excerpt = &answer.citations[0].excerpt;
        let marked: Vec<&str> = excerpt.highlights.iter().map(|range| slice(&excerpt.text, range.clone())).collect();
        assert!(marked.iter().any(|text| text.contains("两百家")), "{marked:?}");
    }

    #[test]
    fn a_detail_of_the_park_that_the_excerpt_gives_is_an_answer() {
        let outcome = |question: &str, text: &str| {
            let source = Source { title: "金山规划".into(), park: Some("金山".into()), ..Source::default() };
            let knowledge =
                Knowledge::new(Corpus::of_passages([(source, text.to_owned())]), &Words::default()).unwrap();
            super::super::answer(&knowledge, &Question::new(question).unwrap(), &Options::default()).unwrap().outcome
        };
        assert_eq!(outcome("金山多大", "金山位于杭州湾北岸，面积约17平方公里。"), Outcome::Answered);
        assert_eq!(outcome("金山在哪里", "金山位于杭州湾北岸。"), Outcome::Answered);
        assert_eq!(outcome("金山喺邊度", "金山位于杭州湾北岸。"), Outcome::Answered);
        assert_eq!(outcome("金山在哪个区", "金山位于嘉定区。"), Outcome::Answered);
        assert_eq!(outcome("金山多大", "公寓的面积约17平方米。"), Outcome::Unsure, "that is not the park's");
        assert_eq!(outcome("金山多大", "金山位于杭州湾北岸。"), Outcome::Unsure);
    }

    #[test]
    fn a_name_the_dictionary_does_not_know_is_missing_whole() {
        assert_eq!(ask("犇江在哪个区").missing, ["犇江"]);
    }

    #[test]
    fn a_thing_that_stands_nowhere_is_missing() {
        assert_eq!(ask("金山有没有滑雪场").missing, ["滑雪场"]);
        assert!(ask("金山有没有人才公寓").missing.is_empty());
    }
}
