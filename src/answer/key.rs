//! Words of a question that the documents in scope do not hold, and words of theirs that may mean them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::knowledge::Knowledge;
use super::park::Named;
use crate::analysis::pinyin::spelling;
use crate::analysis::script::{fold, is_han};
use crate::analysis::stretch::{overlap, places_of};
use crate::analysis::terms::{Kind, runs};
use crate::analysis::vocabulary::Match;

/// The most words that are tried for one.
const MAX_ALTERNATIVES: usize = 8;

/// A word of the question that the documents in scope do not hold, and words of theirs that may mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Range of characters of the question.
    pub range: Range<usize>,
    /// What may stand for it, folded.
    pub find: Vec<Vec<char>>,
    /// Whether it was spelled in Latin letters.
    pub spelled: bool,
}

/// The words of a question that the scope does not hold and the vocabulary, or their sound, can replace. `asking` still has
/// what asks, and `chars` has not.
pub(super) fn keys(
    asking: &[char],
    chars: &[char],
    words: &[Range<usize>],
    named: &[Named],
    scope: &[Range<usize>],
    knowledge: &Knowledge,
) -> Vec<Key> {
    let in_name = |range: &Range<usize>| named.iter().any(|named| overlap(&named.range, range));
    // Many groups lead to the same words, and looking one up is what takes time.
    let looked_up: RefCell<HashMap<Vec<char>, bool>> = RefCell::default();
    let held = |word: &[char]| {
        let known = looked_up.borrow().get(word).copied();
        known.unwrap_or_else(|| {
            let held = holds(knowledge, word, scope);
            looked_up.borrow_mut().insert(word.to_vec(), held);
            held
        })
    };
    let held_of = |words: &[String]| -> Vec<Vec<char>> {
        let words = words.iter().map(|word| word.chars().collect::<Vec<_>>());
        words.filter(|word| held(word)).take(MAX_ALTERNATIVES).collect()
    };
    // 公寓租金 is more than 租金, which is looked for anyway.
    let meant = |hit: &Match| -> Vec<Vec<char>> {
        let typed = &asking[hit.range.clone()];
        held_of(hit.find).into_iter().filter(|word| places_of(typed, word).is_empty()).collect()
    };
    let mut keys = Vec::new();
    let is_useful = |hit: &Match| held(&asking[hit.range.clone()]) || !meant(hit).is_empty();
    for hit in knowledge.vocabulary.matches(asking, words, is_useful) {
        // What asks is not a topic, unless only a part of the key asks.
        let asks = chars[hit.range.clone()].iter().all(|&c| c == '\n');
        if !asks && !in_name(&hit.range) && !held(&asking[hit.range.clone()]) {
            keys.push(Key { find: meant(&hit), range: hit.range, spelled: false });
        }
    }
    for (range, verb) in parted_verbs(asking, words, knowledge) {
        let asks = chars[range.clone()].iter().all(|&c| c == '\n');
        if asks || in_name(&range) || keys.iter().any(|key| overlap(&key.range, &range)) {
            continue;
        }
        let find =
            if held(&verb) { vec![verb] } else { held_of(knowledge.vocabulary.find(&verb.iter().collect::<String>())) };
        if !find.is_empty() {
            keys.push(Key { range, find, spelled: false });
        }
    }
    for run in runs(chars).into_iter().filter(|run| !is_han(chars[run.start])) {
        let letters = &chars[run.clone()];
        if in_name(&run) || keys.iter().any(|key| overlap(&key.range, &run)) || held(letters) {
            continue;
        }
        let spelled = spelling(&letters.iter().collect::<String>(), MAX_ALTERNATIVES * 4, knowledge.index.pairs());
        let find = held_of(&spelled);
        if !find.is_empty() {
            keys.push(Key { range: run, find, spelled: true });
        }
    }
    keys.sort_by_key(|key| key.range.start);
    keys
}

/// 签了约: verbs with their object that something parts, with what they are together.
fn parted_verbs(asking: &[char], words: &[Range<usize>], knowledge: &Knowledge) -> Vec<(Range<usize>, Vec<char>)> {
    const PARTING: [&str; 12] = ["了", "的", "过", "着", "个", "点", "到", "完", "得", "不", "一下", "点儿"];
    let single = |word: &Range<usize>| word.len() == 1 && is_han(asking[word.start]);
    let parts = words.windows(3).filter(|three| {
        let parting: String = asking[three[1].clone()].iter().collect();
        let joined = three[0].end == three[1].start && three[1].end == three[2].start;
        joined && single(&three[0]) && single(&three[2]) && PARTING.contains(&parting.as_str())
    });
    let whole = |three: &[Range<usize>]| vec![asking[three[0].start], asking[three[2].start]];
    let verbs = parts.map(|three| (three[0].start..three[2].end, whole(three)));
    verbs.filter(|(_, verb)| knowledge.analyzer.is_verb(&verb.iter().collect::<String>())).collect()
}

/// Whether some passage of the scope holds a folded word.
pub(super) fn holds(knowledge: &Knowledge, word: &[char], scope: &[Range<usize>]) -> bool {
    const MAX_LOOKED_AT: usize = 64;
    let mut pairs: Vec<String> = Vec::new();
    let mut singles: Vec<String> = Vec::new();
    for run in runs(word) {
        if is_han(word[run.start]) && run.len() > 1 {
            pairs.extend(word[run].windows(2).map(|pair| pair.iter().collect::<String>()));
        } else {
            singles.push(word[run].iter().collect());
        }
    }
    if pairs.is_empty() {
        return !knowledge.index.holding(Kind::Unigram, &singles, scope, 1).is_empty();
    }
    let passages = knowledge.index.holding(Kind::Bigram, &pairs, scope, MAX_LOOKED_AT);
    if pairs.len() == 1 || passages.len() == MAX_LOOKED_AT {
        return !passages.is_empty();
    }
    passages.into_iter().any(|number| {
        let passage = &knowledge.corpus.passages[number];
        let title = knowledge.corpus.source(passage).title.as_str();
        let headings = passage.headings.iter().map(String::as_str);
        let mut texts = std::iter::once(knowledge.corpus.text(passage)).chain(headings).chain([title]);
        texts.any(|text| !places_of(&fold(text).chars, word).is_empty())
    })
}

#[cfg(test)]
mod tests {
    use crate::analysis::words::Words;
    use crate::answer::{Knowledge, Reading};
    use crate::corpus::{Corpus, Source};

    fn reading(question: &str) -> Reading {
        let source = Source { title: "金山规划".into(), park: Some("金山".into()), ..Source::default() };
        let corpus =
            Corpus::of_passages([(source, "企业签约后入驻。园区的人事由管委会管。厂房租金每月六百元。".to_owned())]);
        Reading::of(question, &Knowledge::new(corpus, &Words::default()).unwrap())
    }

    fn check(question: &str, typed: &str, meant: Option<&str>) {
        let reading = reading(question);
        let of = |key: &super::Key| reading.uncut[key.range.clone()].iter().collect::<String>() == typed;
        let found = reading.keys.iter().find(|key| of(key)).and_then(|key| key.find.first());
        assert_eq!(found.map(|word| word.iter().collect::<String>()).as_deref(), meant, "{question}");
    }

    #[test]
    fn a_verb_is_whole_where_something_parts_it() {
        check("金山企业签了约怎么办", "签了约", Some("签约"));
        check("金山是什么人的事", "人的事", None);
    }

    #[test]
    fn a_phrase_is_more_than_a_part_of_it() {
        let rent: Vec<char> = "租金".chars().collect();
        assert!(reading("金山公寓租金多少").keys.iter().all(|key| !key.find.contains(&rent)));
    }
}
