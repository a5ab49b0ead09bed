//! Details, numbers and measures that are asked for, and whether the excerpt gives them beside what they are asked of.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::beside::{CLAUSE_ENDS, ENDS, SENTENCE_ENDS, apart, parts};
use super::{Missing, Near, column, sibling};
use crate::analysis::script::is_han;
use crate::analysis::stretch::is_inside;
use crate::answer::facet;
use crate::answer::grammar::GRAMMAR;
use crate::answer::pattern::matches;

/// Something that is asked for, and where the passage may give it.
struct Asked {
    check: String,
    /// Whether a paragraph gives such things of many others too, so that one of them proves nothing.
    of_many: bool,
    is_name: bool,
    /// The stretch of the question that asks for it, in characters.
    range: Range<usize>,
    /// Where it may stand, in characters of the passage.
    spans: Vec<Range<usize>>,
}

/// Words that ask for an amount: a share of one does not tell it.
const AMOUNT: [&str; 12] = ["钱", "元", "块", "万", "亿", "花", "耗", "砸", "共", "薪", "工资", "造价"];

/// What is asked for and not given.
pub(super) fn lacking(near: &Near) -> Vec<Missing> {
    let details = near.reading.details.iter().map(|(detail, range)| {
        let mut spans = near.spans(detail);
        // What is paid may be told as a share, unless an amount is asked for in so many words, or what was spent.
        if detail.name == "MONEY" && !AMOUNT.iter().any(|word| near.question.contains(word)) {
            spans.extend(facet::details().named("RATE").into_iter().flat_map(|rate| near.spans(rate)));
        }
        // 平均年龄33岁 is nobody's age.
        if detail.name == "AGE" && !near.question.contains("平均") {
            spans.retain(|span| !preceded(&near.sight.folded.chars, span.start, "平均"));
        }
        Asked {
            check: detail.name.clone(),
            of_many: detail.of_many,
            is_name: detail.is_name,
            range: range.clone(),
            spans,
        }
    });
    let asked = details.chain(amount(near)).chain(measure(near));
    let lacking = asked.filter(|asked| {
        let quoted = |span: &&Range<usize>| is_inside(span, &near.window);
        let mut spans: Vec<Range<usize>> =
            asked.spans.iter().filter(quoted).filter(|span| !is_known(near, span, asked.is_name)).cloned().collect();
        if asked.of_many && near.reading.about_parks {
            sibling::of_the_one_asked(near, &mut spans);
        }
        // A date holds for its sentence, whatever semicolons part.
        let ends = if asked.check.starts_with("DATE") { &SENTENCE_ENDS[..] } else { &ENDS[..] };
        spans.is_empty() || (asked.of_many && apart(near, &asked.range, &spans, ends))
    });
    lacking.map(|asked| Missing { check: asked.check, range: asked.range }).collect()
}

/// Whether a word stands shortly before a place.
fn preceded(chars: &[char], at: usize, word: &str) -> bool {
    const BEFORE_CHARS: usize = 8;
    chars[at.saturating_sub(BEFORE_CHARS)..at].iter().collect::<String>().contains(word)
}

/// Whether the question says already what stands there, or it is the name of nothing: that is no answer.
fn is_known(near: &Near, span: &Range<usize>, is_name: bool) -> bool {
    const END_CHARS: usize = 4;
    let text: String = near.sight.folded.chars[span.clone()].iter().collect();
    if is_name {
        // 我们的绿色基金 is known where the question names the 绿色基金.
        let name: Vec<char> = text.chars().filter(|c| !matches!(c, '“' | '”' | '「' | '」')).collect();
        let end: String = name[name.len().saturating_sub(END_CHARS)..].iter().collect();
        return near.question.contains(&end) || GRAMMAR.nameless.iter().any(|word| text.contains(word.as_str()));
    }
    let numbers = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|part| part.trim_matches('.').to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    };
    let (given, asked) = (numbers(&text), numbers(near.question));
    !given.is_empty() && given.iter().all(|number| asked.contains(number))
}

/// A number, with what may stand between it and its unit.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:[0-9][0-9.,]*|[一二三四五六七八九十百千万亿两]+)[余多几万亿千百十]*").expect("the pattern is tested")
});

/// Numbers followed by one of some units, or below one in a table, as ranges of characters.
fn numbered(near: &Near, units: &[&str]) -> Vec<Range<usize>> {
    let (chars, passage) = (&near.sight.folded.chars, near.passage.as_str());
    let unit = |number: &Range<usize>| {
        let fits = |unit: &&&str| {
            let end = number.end + unit.chars().count();
            // 24个月 is a time.
            let time = chars.get(end) == Some(&'月') || chars[number.end..].starts_with(&['个', '工', '作', '日']);
            !time && chars[number.end..].iter().copied().take(unit.chars().count()).eq(unit.chars())
        };
        // In a row of a table the unit may have a cell before the number: 充电桩 个 410.
        let cell = |unit: &&&str| {
            let before: String = chars[..number.start].iter().rev().take_while(|c| **c != '\n').collect();
            let unit: String = unit.chars().rev().collect();
            let cells = before.split(char::is_whitespace).filter(|cell| !cell.is_empty());
            let mut words = cells.skip_while(|cell| cell.chars().all(|c| c.is_ascii_digit() || c == '.'));
            before.starts_with(char::is_whitespace) && words.next() == Some(unit.as_str())
        };
        let after = units.iter().find(|unit| fits(unit)).map(|unit| number.start..number.end + unit.chars().count());
        after.or_else(|| units.iter().find(|unit| cell(unit)).map(|_| number.clone()))
    };
    let below = column::figures(near).into_iter().filter(|(_, figure)| units.iter().any(|unit| figure.ends_with(unit)));
    matches(&NUMBER, passage).iter().filter_map(unit).chain(below.map(|(range, _)| range)).collect()
}

/// What is asked for as a number of things: where, and the measure word or noun that follows 多少 or 几.
fn counted(near: &Near) -> Option<(Range<usize>, String)> {
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<!哪)(?<!第)(?:多少|(?<![就才没好这那])几)(个|家|名|位|所|座|条|项|种|类|间|支|款|场|处|栋|人(?!民)|户|台|套|件|张|门|辆|员工|人员|学生|专家|博士|院士|教师|老师|科研人员|工作人员|职工|公司|企业|机构|单位|学校|医院)(?!钱|月|小时|亿|万|平|点|工作日|多月|年)")
            .expect("the pattern is tested")
    });
    let question = near.question;
    if let Some(asked) = AMOUNT.captures(question).ok().flatten().and_then(|found| found.get(1)) {
        // 几家公司一起做要怎么分: 几 is no question where something else is.
        let vague = asked.as_str().chars().count() == 1;
        let few = question.get(..asked.start()).is_some_and(|before| before.ends_with('几'));
        if vague && few && near.reading.asked.places.len() > 1 {
            return None;
        }
        let range = matches(&AMOUNT, question).into_iter().next()?;
        return Some((range, asked.as_str().to_owned()));
    }
    // 多少雕塑: whatever stands there is counted, unless it is measured.
    if !near.reading.about_parks || !near.reading.details.is_empty() {
        return None;
    }
    let chars = &near.reading.uncut;
    let at = (0..chars.len().saturating_sub(1)).find(|&at| chars[at] == '多' && chars[at + 1] == '少')?;
    let noun = near.words.iter().find(|word| word.start == at + 2 && word.len() > 1)?;
    let text: String = chars[noun.clone()].iter().collect();
    let thing = chars[noun.clone()].iter().all(|&c| is_han(c)) && !GRAMMAR.measured.contains(&text);
    thing.then_some((at..noun.end, text))
}

/// A number of things that is asked for, and where there is a number of such things.
fn amount(near: &Near) -> Option<Asked> {
    let (range, unit) = counted(near)?;
    // 几个班, but not 几个点: a character that names a thing.
    let names = |word: &&Range<usize>| word.len() > 1 || GRAMMAR.short_nouns.contains(near.reading.uncut[word.start]);
    let noun = near.words.iter().find(|word| word.start == range.end).filter(names);
    let noun: Option<String> = noun.map(|noun| near.question.chars().skip(noun.start).take(noun.len()).collect());
    let measure_word = unit.chars().count() == 1;
    let noun = if measure_word { noun } else { Some(unit.clone()) };
    let ends_as_people = |word: &str| word.ends_with(['人', '员', '师', '生', '士', '者', '授', '工']);
    let people = |word: &String| GRAMMAR.people.contains(word) || ends_as_people(word);
    let chars = &near.sight.folded.chars;
    let mut spans = match unit.as_str() {
        // 三个方面 are no people and no firms.
        _ if GRAMMAR.firms.contains(&unit) => {
            numbered(near, &["家", "户", "个企业", "个公司", "个机构", "个单位", "个品牌", "个厂"])
        }
        _ if people(&unit) => {
            let units = ["人", "名", "位", "个人", "院士", "博士", "专家"].into_iter().chain(noun.as_deref());
            let mut units: Vec<String> = units.map(str::to_owned).collect();
            units.extend(noun.iter().map(|noun| format!("个{noun}")));
            numbered(near, &units.iter().map(String::as_str).collect::<Vec<_>>())
        }
        _ if noun.as_ref().is_some_and(|noun| noun.chars().count() == 1) => {
            let noun = noun.as_deref().unwrap_or_default();
            numbered(near, &[noun, &format!("个{noun}"), "个", "大"])
        }
        _ if unit == "个" || !measure_word => anything(near, noun.as_deref()),
        _ => numbered(near, &[unit.as_str(), "个"]),
    };
    // 15个产业项目 are no number of 场景, where another part of the excerpt speaks of those. People and firms have too
    // many names.
    let told = |noun: &String| near.excerpt.contains(noun) && !near.headings.contains(noun);
    let special = |noun: &String| !people(noun) && !GRAMMAR.firms.contains(noun);
    if let Some(noun) = noun.filter(|noun| special(noun) && told(noun)) {
        let parts = parts(chars, &near.window, &CLAUSE_ENDS);
        let speaks = |part: &&Range<usize>| chars[(*part).clone()].iter().collect::<String>().contains(&noun);
        let speaking: Vec<&Range<usize>> = parts.iter().filter(speaks).collect();
        spans.retain(|span| speaking.iter().any(|part| is_inside(span, part)));
    }
    Some(Asked { check: "amount".to_owned(), of_many: true, is_name: false, range, spans })
}

/// Where a passage counts anything: anything can be counted with 个, and 7部门 needs no measure word at all.
fn anything(near: &Near, noun: Option<&str>) -> Vec<Range<usize>> {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<![a-z0-9.])[0-9]+余?(?:[万亿](?!元|美元|港元|日元|欧元|平))?(?!个月|个工作日|小时|分钟|平方|公里)(?![0-9年月日.元万亿天岁周米吨度])[一-龥]|[一二三四五六七八九十百千两][个家名位所座条项种类支款场处栋席大]")
            .expect("the pattern is tested")
    });
    let mut spans = matches(&COUNTED, &near.passage);
    let cells = numbered(near, &["个"]);
    spans.extend(cells);
    let bare = noun.map(|noun| numbered(near, &[noun]));
    spans.extend(bare.into_iter().flatten());
    spans
}

/// How much of something is asked for, in a unit of one character: 多少兆, 几层, 多少吨.
fn measure(near: &Near) -> Option<Asked> {
    static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?<![哪好这那前近])(?:多少|几)([片颗枚瓶兆度吨层栋楼伏瓦趟桌页斤排列级格元分秒寸坪亩米集期届批轮次站](?!线|时|种|学|区|地|议|资|年|段|件|校|来|手|费|房|划|权|类|间|析|享))")
            .expect("the pattern is tested")
    });
    let question = near.question;
    let unit = MEASURE.captures(question).ok().flatten().and_then(|found| found.get(1))?;
    let at = question.get(..unit.start()).map_or(0, |before| before.chars().count());
    // 多少次品: a character of a longer word is no unit.
    if near.words.iter().any(|word| word.start == at && word.len() > 1) {
        return None;
    }
    let spans = numbered(near, &[unit.as_str()]);
    let range = matches(&MEASURE, question).into_iter().next()?;
    Some(Asked { check: "measure".to_owned(), of_many: true, is_name: false, range, spans })
}
