//! Whether a question that names no park leads away from the one that was talked about: by the name of another place, of
//! something that only other documents know, or by asking across all parks. Knows no answers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::detail::{named_areas, places_named, unknown_areas};
use super::key::holds;
use super::knowledge::Knowledge;
use super::question::Question;
use super::reading::Reading;

/// Whether a question leads away from a park, by number.
pub fn leads_elsewhere(knowledge: &Knowledge, question: &Question, park: usize) -> bool {
    let reading = Reading::of(question.text(), knowledge);
    asks_across(&reading)
        || names_another_place(&reading, knowledge)
        || names_what_others_know(&reading, knowledge, park)
}

/// 哪个园区最大, 上海全市有几个园区: no park alone answers that. 比其他园区好在哪 asks of one park.
pub(super) fn asks_across(reading: &Reading) -> bool {
    static ACROSS: LazyLock<Regex> = LazyLock::new(|| {
        let park = "(?:科创|科技|产业|高新)?(?:园区(?![里内中的])|园(?=$|[最更有,。?]))";
        let all = "(?:各个?|每一?个|所有|全部|其他|其它|其余|别的|另外的?)(?:的)?";
        let which = "哪一?(?:个|些|家|座|几个|[两三四五]个)|(?:[几两三四五六七八九十0-9]|多少)个?";
        Regex::new(&format!(
            "(?:{which}){park}|(?<![和与跟同比]){all}{park}|最[^,。?\\s]{{1,2}}的{park}|全市|全上海\
             |(?:which|what|how many|all|every|each|other|any|largest|biggest|best|newest) parks?\\b"
        ))
        .expect("the pattern is tested")
    });
    let text: String = reading.uncut.iter().collect();
    ACROSS.is_match(&text).unwrap_or(false)
}

/// 张江有多少企业, whether a document knows 张江 or not. 离张江多远 speaks of what was talked about.
fn names_another_place(reading: &Reading, knowledge: &Knowledge) -> bool {
    const BESIDE: &str = "离距到去从往和与跟同比像对";
    let words = knowledge.analyzer.words(&reading.uncut);
    let mut places = places_named(reading, &words);
    places.extend(unknown_areas(reading, knowledge));
    let beside = |start: usize| start > 0 && BESIDE.contains(reading.uncut[start - 1]);
    places.iter().any(|place| !beside(place.start))
}

/// The name of a person, a body or a thing that stands in no passage of the park and in some of another.
fn names_what_others_know(reading: &Reading, knowledge: &Knowledge, park: usize) -> bool {
    let scope = knowledge.parks.passages(&BTreeSet::from([park]));
    let words = knowledge.analyzer.named_words(&reading.chars).into_iter().map(|(range, _)| range);
    let mut names = words.chain(named_areas(reading, knowledge)).map(|range| &reading.uncut[range]);
    names.any(|name| !holds(knowledge, name, &scope) && holds(knowledge, name, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::Words;
    use crate::corpus::{Corpus, Source};

    #[track_caller]
    fn check(question: &str, expected: bool) {
        let source = |park: &str| Source { title: park.into(), park: Some(park.into()), ..Source::default() };
        let texts =
            [("大零号湾", "大零号湾有人才公寓和紫竹研发基地。"), ("金山", "丁明磊研究员介绍金山的滨海湾区科创城。")];
        let corpus = Corpus::of_passages(texts.map(|(park, text)| (source(park), text.to_owned())));
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        assert_eq!(leads_elsewhere(&knowledge, &Question::new(question).unwrap(), 0), expected, "{question}");
    }

    #[test]
    fn another_place_leads_away_known_or_not() {
        check("张江有多少家企业", true);
        check("漕河泾的人才公寓", true);
        check("苏州工业园区房租", true);
        check("青禾谷的人才公寓有多少套", true);
        check("紫竹有什么补贴", true);
        check("离虹桥多远", false);
        check("和张江比有什么优势", false);
        check("人才公寓有多少套", false);
        check("上海交通大学在哪个区", false);
    }

    #[test]
    fn asking_across_parks_leads_away() {
        check("哪个园区面积最大", true);
        check("哪些园区有人才公寓", true);
        check("上海一共有几个园区", true);
        check("最大的园区是哪个", true);
        check("其他园区也有吗", true);
        check("which park is the largest", true);
        check("这个园区有多大", false);
        check("园区有哪些企业", false);
        check("和其他园区比好在哪", false);
        check("最大的企业是哪家", false);
    }

    #[test]
    fn a_name_that_only_others_know_leads_there() {
        check("丁明磊是谁", true);
        check("滨海湾区科创城停车怎么收费", true);
        check("陶景棠是谁", false);
    }
}
