//! Near misses: the documents name the thing, but not what is asked of it — an amount, an address, a date, a condition.
//! Coverage of words cannot see that, so what is asked for must be found near the thing. The patterns are data:
//! `details.toml`.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::kind::matches;
use super::knowledge::Knowledge;
use super::rank::Candidate;
use super::reading::{Reading, holds};
use crate::analysis::script::folded;

/// Something a question asks for that stands nowhere near the thing it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which check found it: the name of a detail, or that of a check of this module: `year`, `stage`, `place` …
    pub check: String,
    /// The stretch of the question that asks for it, in characters.
    pub range: Range<usize>,
}

/// What the best excerpt does not give although the question asks for it, in the question's order.
pub(super) fn missing(reading: &Reading, knowledge: &Knowledge, best: &Candidate) -> Vec<Missing> {
    let Some(window) = best.windows.first() else { return Vec::new() };
    let passage = &knowledge.corpus.passages[best.hit.passage];
    let excerpt: String = best.sight.folded.chars[window.range.clone()].iter().collect();
    let near = Near {
        headings: folded(&passage.headings.join("\n")),
        passage: best.sight.folded.chars.iter().collect(),
        excerpt,
    };
    let uncut = &reading.uncut;
    let question: String = uncut.iter().collect();
    let mut found = details(&question, &near);
    found.extend(years(&question, &near));
    found.extend(other_stages(reading, knowledge, &question, &near));
    found.extend(counts(&question, &near));
    found.extend(exceptions(&question, &near));
    found.extend(amounts(&question, reading.asked.places.len(), &near));
    let words = knowledge.analyzer.words(uncut);
    found.extend(measures(&question, &words, uncut, &near));
    found.extend(names(&question, &near));
    found.extend(roles(&question, &near, knowledge));
    found.extend(instances(&question, &near));
    found.extend(things(&question, reading, &words, knowledge));
    found.extend(places(uncut, reading, knowledge));
    for missing in &mut found {
        missing.range = whole(&missing.range, uncut, &words);
    }
    found.sort_by_key(|missing| (missing.range.start, missing.range.end));
    found
}

/// A stretch that starts and ends where words do, with what is counted after 多少 or 几.
fn whole(range: &Range<usize>, question: &[char], words: &[Range<usize>]) -> Range<usize> {
    let start = words.iter().find(|word| word.contains(&range.start)).map_or(range.start, |word| word.start);
    let last = words.iter().find(|word| word.contains(&(range.end - 1)));
    let mut end = last.map_or(range.end, |word| word.end.max(range.end));
    if matches!(question.get(end - 1), Some('几' | '多' | '少')) {
        end = words.iter().find(|word| word.start == end).map_or(end, |word| word.end);
    }
    start..end
}

/// A number of things that is asked for, where the excerpt has no number of such things.
fn amounts(question: &str, places: usize, near: &Near) -> Vec<Missing> {
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<!哪)(?<!第)(?:多少|几)(个|家|名|位|所|座|条|项|种|类|间|支|款|场|处|栋|人(?!民)|户|台|套|件|张|门|辆|员工|人员|学生|专家|博士|院士|教师|老师|科研人员|工作人员|职工|公司|企业|机构|单位|学校|医院)(?!钱|月|小时|亿|万|平|点|工作日|多月|年)")
            .expect("the pattern is tested")
    });
    const PEOPLE: &str = "人 名 位 员工 人员 学生 专家 博士 院士 教师 老师 科研人员 工作人员 职工";
    const FIRMS: &str = "家 公司 企业 机构 单位 户";
    let Some(asked) = AMOUNT.captures(question).ok().flatten().and_then(|found| found.get(1)) else {
        return Vec::new();
    };
    // 几家公司一起做要怎么分: 几 is no question where something else is.
    let vague = matches!(asked.as_str(), "个" | "家" | "位" | "名");
    if vague && question.get(..asked.start()).is_some_and(|before| before.ends_with('几')) && places > 1 {
        return Vec::new();
    }
    let unit = asked.as_str();
    let any_of = |words: &str| words.split(' ').any(|word| word == unit);
    let given = if unit == "个" {
        // Anything can be counted with 个, and 7部门 needs no measure word at all.
        "(?<![a-z0-9.])[0-9]+余?(?![0-9年月日.])[一-龥]|[一二三四五六七八九十百千两][个家名位所座条项种类支款场处栋大]"
            .to_owned()
    } else {
        let units = match unit {
            _ if any_of(PEOPLE) => "[人名位]|个",
            // 三个方面 are no firms.
            _ if any_of(FIRMS) => "[家户]|个(?:企业|公司|机构|单位|品牌|厂)",
            _ => &format!("{unit}|个"),
        };
        format!("[0-9一二三四五六七八九十百千万亿两][余多几万亿千百十]*(?:{units})")
    };
    let given = Regex::new(&given).expect("made of known units");
    if given.is_match(&near.excerpt).unwrap_or(true) {
        return Vec::new();
    }
    let range = matches(&AMOUNT, question).into_iter().next();
    range.map(|range| Missing { check: "amount".to_owned(), range }).into_iter().collect()
}

/// How much of something is asked for, in a unit of one character that no number of the excerpt has: 多少兆, 几层, 多少吨.
fn measures(question: &str, words: &[Range<usize>], chars: &[char], near: &Near) -> Vec<Missing> {
    static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<![哪好这那前近])(?:多少|几)([兆度吨层栋楼伏瓦步趟桌页斤排列级格元分秒寸坪亩米集期届批轮次站](?!线|时|种|学|区|地|议|资|年|段|件|校|来|手|费|房|划|权|类|间|析|享))")
            .expect("the pattern is tested")
    });
    let Some(unit) = MEASURE.captures(question).ok().flatten().and_then(|found| found.get(1)) else {
        return Vec::new();
    };
    let at = question.get(..unit.start()).map_or(0, |before| before.chars().count());
    // 多少次品: a character of a longer word is no unit.
    if words.iter().any(|word| word.start == at && word.len() > 1) || at >= chars.len() {
        return Vec::new();
    }
    let given = format!("[0-9.一二三四五六七八九十百千万亿两][余多几万亿千百十]*(?:{unit})", unit = unit.as_str());
    if Regex::new(&given).expect("made of known units").is_match(&near.excerpt).unwrap_or(true) {
        return Vec::new();
    }
    let range = matches(&MEASURE, question).into_iter().next();
    range.map(|range| Missing { check: "measure".to_owned(), range }).into_iter().collect()
}

/// X叫什么: the excerpt speaks of X in the question's own words and gives it no name.
fn names(question: &str, near: &Near) -> Vec<Missing> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("([一-龥]{2})(?:是)?(?:叫|名字|名称|全称)(?:做|是)?(?:什么|啥|何)?(?:名字|名)?")
            .expect("the pattern is tested")
    });
    let Some(head) = NAME.captures(question).ok().flatten().and_then(|found| found.get(1)) else { return Vec::new() };
    let before = question.get(..head.start()).unwrap_or_default();
    let head = head.as_str();
    let clauses: Vec<&str> =
        near.excerpt.split([',', '。', ';', '\n', ':']).filter(|clause| clause.contains(head)).collect();
    let unnamed = |clause: &&str| {
        let described = clause.split(head).next().unwrap_or_default();
        let tail: String = described.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        !clause.contains(['“', '「', '《']) && tail.chars().count() == 2 && before.ends_with(&tail)
    };
    if clauses.is_empty() || !clauses.iter().all(unnamed) {
        return Vec::new();
    }
    let range = matches(&NAME, question).into_iter().next();
    range.map(|range| Missing { check: "name".to_owned(), range }).into_iter().collect()
}

/// A person in a role that is asked for, where the excerpt does not speak of the role.
fn roles(question: &str, near: &Near, knowledge: &Knowledge) -> Vec<Missing> {
    static ROLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(院长|主任|组长|老板|负责人|创始人|董事长|总经理|校长|会长|所长|理事长|秘书长|区长|市长|镇长|局长|处长|部长|主席|总裁|园长|馆长|联系人|站长|总监|发起人)(?:现在|目前|如今|现任)?(?:是|姓|叫)?(?:谁|哪位|什么名|啥名)")
            .expect("the pattern is tested")
    });
    let Some(role) = ROLE.captures(question).ok().flatten().and_then(|found| found.get(1)) else { return Vec::new() };
    let said = |word: &str| near.excerpt.contains(word);
    if said(role.as_str()) || knowledge.vocabulary.find(role.as_str()).iter().any(|word| said(word)) {
        return Vec::new();
    }
    let range = matches(&ROLE, question).into_iter().next();
    range.map(|range| Missing { check: "role".to_owned(), range }).into_iter().collect()
}

/// 哪个小学, 哪几家医院: the excerpt names none.
fn instances(question: &str, near: &Near) -> Vec<Missing> {
    static WHICH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "哪(?:几|些|一)?(?:个|家|所|座|条)?(小学|中学|幼儿园|学校|医院|村|银行|酒店|地铁站|车站|宾馆|超市|商场)",
        )
        .expect("the pattern is tested")
    });
    const GENERAL: &str =
        "三甲|高水平|优质|各类|一批|重点|城中|乡|公立|民办|国际|等|和|或|与|及|的|建设|新建|知名|多家|大";
    let Some(noun) = WHICH.captures(question).ok().flatten().and_then(|found| found.get(1)) else { return Vec::new() };
    let mut before = near.excerpt.split(noun.as_str()).collect::<Vec<_>>();
    before.pop();
    let named = before.iter().any(|text| {
        let han = text.chars().next_back().is_some_and(crate::analysis::script::is_han);
        han && !GENERAL.split('|').any(|word| text.ends_with(word))
    });
    let range = matches(&WHICH, question).into_iter().next().filter(|_| !named);
    range.map(|range| Missing { check: "instance".to_owned(), range }).into_iter().collect()
}

/// The text around the thing that a question names, folded.
struct Near {
    excerpt: String,
    passage: String,
    headings: String,
}

/// Details of `details.toml` that are asked for and of which the excerpt has nothing.
fn details(question: &str, near: &Near) -> Vec<Missing> {
    let missing = super::facet::details().asked(question).filter(|(detail, _)| !detail.is_said(&near.excerpt));
    missing.map(|(detail, range)| Missing { check: detail.name.clone(), range }).collect()
}

/// Years, and words like 去年, that stand neither in the excerpt nor in its headings.
fn years(question: &str, near: &Near) -> Vec<Missing> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<![0-9])(?:19|20)[0-9]{2}(?=年|底|[^0-9]|$)|去年|前年|明年|后年|上一?届|下一?届|下一?场|下一?期|上个月|下个月")
            .expect("the pattern is tested")
    });
    let stands = |range: &Range<usize>| {
        let text: String = question.chars().skip(range.start).take(range.len()).collect();
        near.excerpt.contains(&text) || near.headings.contains(&text)
    };
    let absolute = |range: &Range<usize>| question.chars().nth(range.start).is_some_and(|c| c.is_ascii_digit());
    let all = matches(&YEAR, question);
    // 去年 beside a year means that year.
    let named = all.iter().any(absolute);
    let years = all.into_iter().filter(|range| !stands(range) && (absolute(range) || !named));
    years.map(|range| Missing { check: "year".to_owned(), range }).collect()
}

/// Stages that the question names and the scope too, but neither the excerpt nor its headings.
fn other_stages(reading: &Reading, knowledge: &Knowledge, question: &str, near: &Near) -> Vec<Missing> {
    let scope = knowledge.parks.passages(&reading.parks);
    let all = super::facet::stages(question).into_iter().map(|range| (reading.uncut[range.clone()].to_vec(), range));
    let missing = all.filter(|(stage, _)| {
        let text: String = stage.iter().collect();
        let year = stage.iter().all(char::is_ascii_digit);
        !year && !near.excerpt.contains(&text) && !near.headings.contains(&text) && holds(knowledge, stage, &scope)
    });
    missing.map(|(_, range)| Missing { check: "stage".to_owned(), range }).collect()
}

/// A list of a certain number that is asked for by name, where nothing near enumerates that many.
fn counts(question: &str, near: &Near) -> Vec<Missing> {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("哪([两二三四五六七八九十]|[0-9]{1,2})(?:大|个(?!字)|家|座|种|条|项|类|所|位|区|市|块|片|名|点)|(?<![0-9a-z.])([两二三四五六七八九十]|[0-9]{1,2})(?:大|个|家|座|种|条|项|类|所|位|区|市|块|片|名)[^,。?]{0,8}(?:分别|都叫|都是|叫什么|叫啥|有哪些|是哪些|除了)")
            .expect("the pattern is tested")
    });
    let Some(found) = LIST.captures(question).ok().flatten() else { return Vec::new() };
    let Some(number) = found.get(1).or(found.get(2)).and_then(|number| numeral(number.as_str())) else {
        return Vec::new();
    };
    if number < 2 || items(&near.passage) >= number {
        return Vec::new();
    }
    let Some(range) = matches(&LIST, question).into_iter().next() else { return Vec::new() };
    vec![Missing { check: "count".to_owned(), range }]
}

/// The value of a small Chinese or Arabic numeral.
fn numeral(text: &str) -> Option<usize> {
    let small = |c: char| "零一二三四五六七八九十".chars().position(|digit| digit == c);
    match text.chars().collect::<Vec<_>>().as_slice() {
        ['两'] => Some(2),
        [only] => small(*only).or_else(|| text.parse().ok()),
        _ => text.parse().ok(),
    }
}

/// The most things that a text enumerates: joined in a sentence, in quotation marks, numbered, or in lines of their own.
fn items(text: &str) -> usize {
    let joined = text.split(['。', '\n', '!', '?']).map(|sentence| {
        let marks = sentence.chars().filter(|c| matches!(c, '、' | '和' | '与' | '及' | ';' | '﹔')).count();
        if marks == 0 { 0 } else { marks + 1 }
    });
    let quoted = text.matches('“').count().max(text.matches('「').count());
    let numbered = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是"];
    let numbered = numbered.iter().take_while(|mark| text.contains(**mark)).count();
    let lines = text.lines().filter(|line| line.chars().count() < 120).count();
    joined.max().unwrap_or(0).max(quoted).max(numbered).max(lines)
}

/// How far from a word an enumeration mark may stand to make it one of a list, in characters.
const BESIDE_CHARS: usize = 10;

/// 除了X还有…: X must stand in a list near.
fn exceptions(question: &str, near: &Near) -> Vec<Missing> {
    static EXCEPT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("除(?:了|开|去)?([^,。?\\s]{2,10}?)(?:以外|之外|外)?[, ]?(?:还|另|别|其他|其它|上海还)")
            .expect("the pattern is tested")
    });
    let Some(found) = EXCEPT.captures(question).ok().flatten() else { return Vec::new() };
    let Some(named) = found.get(1) else { return Vec::new() };
    // It is listed if an enumeration mark stands beside it, or beside the phrase that it begins or ends.
    let listed = near.passage.split(['。', ';', '\n']).any(|sentence| {
        let parts: Vec<&str> = sentence.split(named.as_str()).collect();
        parts.windows(2).any(|pair| {
            let before = pair[0].chars().rev().take(BESIDE_CHARS).take_while(|c| !matches!(c, ',' | ':'));
            let after = pair[1].chars().take(BESIDE_CHARS).take_while(|c| !matches!(c, ',' | ':'));
            before.chain(after).any(|c| c == '、')
        })
    });
    let Some(range) = matches(&EXCEPT, question).into_iter().next().filter(|_| !listed) else { return Vec::new() };
    vec![Missing { check: "except".to_owned(), range }]
}

/// 有没有X, 有X吗: X, or rather its last word, that no passage of the scope holds, neither itself nor by another word.
fn things(question: &str, reading: &Reading, words: &[Range<usize>], knowledge: &Knowledge) -> Vec<Missing> {
    static THING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("有(?:没有|无)([^,。?\\s]{2,12}?)(?:[吗么嘛呢啊]|[,。?\\s]|$)|(?<!没)有(?!没有|无)([^,。?\\s]{2,10}?)[吗么嘛]")
            .expect("the pattern is tested")
    });
    /// Words for anything at all: that they stand nowhere says nothing.
    const ANYTHING: &str = "地方 办法 说法 好处 东西 机会 渠道 途径 可能 规定 要求 限制 时间 关系 问题 情况 消息 人管 意思 必要 区别 影响 变化 希望 打算 安排 动静 下文 回音 着落 门路 讲究 用处 什么 哪些";
    if reading.parks.is_empty() {
        return Vec::new();
    }
    let Some(thing) = THING.captures(question).ok().flatten().and_then(|found| found.get(1).or(found.get(2))) else {
        return Vec::new();
    };
    let start = question.get(..thing.start()).map_or(0, |before| before.chars().count());
    let end = start + thing.as_str().chars().count();
    let last = words.iter().rfind(|word| start <= word.start && word.end <= end && word.len() > 1);
    let Some(last) = last.filter(|last| last.end == end) else { return Vec::new() };
    let text: String = reading.uncut[last.clone()].iter().collect();
    let expanded = reading.keys.iter().any(|key| key.range.start < last.end && last.start < key.range.end);
    let scope = knowledge.parks.passages(&reading.parks);
    if expanded || ANYTHING.contains(&text) || holds(knowledge, &reading.uncut[last.clone()], &scope) {
        return Vec::new();
    }
    vec![Missing { check: "thing".to_owned(), range: last.clone() }]
}

/// Places that the question names and no document in scope holds.
fn places(uncut: &[char], reading: &Reading, knowledge: &Knowledge) -> Vec<Missing> {
    use crate::analysis::terms::Naming;
    // 浦东还是浦西: one of them is enough.
    if uncut.windows(2).any(|pair| pair == ['还', '是']) {
        return Vec::new();
    }
    let scope = knowledge.parks.passages(&reading.parks);
    let named =
        |range: &Range<usize>| reading.named.iter().any(|n| n.range.start < range.end && range.start < n.range.end);
    let found = knowledge.analyzer.named_words(uncut).into_iter();
    found
        .filter(|(range, naming)| {
            let word: String = uncut[range.clone()].iter().collect();
            *naming == Naming::Place
                && !knowledge.vocabulary.is_everyday(&word)
                && !named(range)
                && !holds(knowledge, &uncut[range.clone()], &scope)
        })
        .map(|(range, _)| Missing { check: "place".to_owned(), range })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(excerpt: &str) -> Near {
        Near { excerpt: excerpt.to_owned(), passage: excerpt.to_owned(), headings: String::new() }
    }

    fn check(question: &str, excerpt: &str, expected: &[&str]) {
        let near = near(excerpt);
        let mut found = details(question, &near);
        found.extend(years(question, &near));
        found.extend(counts(question, &near));
        found.extend(exceptions(question, &near));
        let names: Vec<&str> = found.iter().map(|missing| missing.check.as_str()).collect();
        assert_eq!(names, expected, "{question}");
    }

    #[test]
    fn a_detail_must_stand_in_the_excerpt() {
        check("创新券最多能领多少钱", "发放创新券,最高10万元。", &[]);
        check("创新券最多能领多少钱", "发放创新券。", &["MONEY"]);
        check("管委会电话几号", "管委会负责协调。", &["PHONE"]);
    }

    #[test]
    fn a_measure_must_stand_in_the_excerpt() {
        let check = |question: &str, excerpt: &str, expected: usize| {
            let chars: Vec<char> = question.chars().collect();
            assert_eq!(measures(question, &[], &chars, &near(excerpt)).len(), expected, "{question}");
        };
        check("宽带多少兆", "提供1000兆宽带。", 0);
        check("宽带多少兆", "宽带已经接通。", 1);
        check("这栋楼几层", "地上十二层。", 0);
        check("哪几层", "不限。", 0);
    }

    #[test]
    fn a_year_must_stand_in_the_excerpt() {
        check("2030年要有几家", "到2025年达到20家。", &["year"]);
        check("2025年要有几家", "到2025年达到20家。", &[]);
    }

    #[test]
    fn a_list_must_be_long_enough() {
        check("哪三个城市", "借鉴纽约、伦敦、东京。", &[]);
        check("哪九个城市", "借鉴纽约、伦敦、东京。", &["count"]);
    }

    #[test]
    fn things_are_counted() {
        for (text, expected) in [("甲、乙和丙", 3), ("“甲”“乙”“丙”", 3), ("一是甲。二是乙。", 2), ("甲", 1)]
        {
            assert_eq!(items(text), expected, "{text}");
        }
    }
}
