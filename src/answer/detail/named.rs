//! What is asked for by name: a thing, a person in a role, one of a kind of places.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::beside::{CLAUSE_ENDS, apart, parts};
use super::{Missing, Near};
use crate::analysis::script::{is_han, slice};
use crate::answer::grammar::{FAMILY_NAME, GRAMMAR};
use crate::answer::pattern::matches;

/// A role, and the question who holds it.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    let roles = GRAMMAR.roles.join("|");
    let asked = format!(
        "(副?(?:{roles}))(?:现在|目前|如今|现任)?(?:的?(?:大名|名字|姓名|全名))?(?:是|姓|叫)?(?:谁|哪位|什么名|啥名|(?:啥|什么)(?:人|$|[ ,?]))|(?:谁|哪位)(?:在|来)?(?:是|当|做|任|担任|干|出任)[^,。?]{{0,6}}?(副?(?:{roles}))|(?:谁|哪位)(?:在|来)?(?:当头|当家|挂帅|说了算|主事|掌舵|管事)"
    );
    Regex::new(&asked).expect("the pattern is tested")
});

/// Somebody in a role who is named by another one.
static BY_ROLE: LazyLock<Regex> = LazyLock::new(|| {
    let roles = GRAMMAR.roles.join("|");
    Regex::new(&format!("由[^,。;]{{0,8}}(?:{roles})(?:任|担任|兼任|出任)[^,。;]{{0,6}}(?:{roles})"))
        .expect("the pattern is tested")
});

/// X叫什么: the excerpt speaks of X in the question's own words and gives it no name.
pub(super) fn names(question: &str, excerpt: &str) -> Vec<Missing> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("([一-龥]{2})(?:是)?(?:叫|名字|名称|全称)(?:做|是)?(?:什么|啥|何)?(?:名字|名)?")
            .expect("the pattern is tested")
    });
    // Who holds a role is another check's.
    if ROLE.is_match(question).unwrap_or(false) {
        return Vec::new();
    }
    let Some(head) = NAME.captures(question).ok().flatten().and_then(|found| found.get(1)) else { return Vec::new() };
    let before = question.get(..head.start()).unwrap_or_default();
    let head = head.as_str();
    let clauses: Vec<&str> =
        excerpt.split([',', '。', ';', '\n', ':']).filter(|clause| clause.contains(head)).collect();
    let unnamed = |clause: &&str| {
        let described = clause.split(head).next().unwrap_or_default();
        let tail: String = described.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        // 修建高速公路, 研究型大学: one of a kind, and not its name.
        !clause.contains(['“', '「', '《'])
            && (GRAMMAR.describing.iter().any(|end| described.ends_with(end.as_str()))
                || (tail.chars().count() == 2 && before.ends_with(&tail)))
    };
    if clauses.is_empty() || !clauses.iter().all(unnamed) {
        return Vec::new();
    }
    let range = matches(&NAME, question).into_iter().next();
    range.map(|range| Missing::new("name", range)).into_iter().collect()
}

/// A person in a role that is asked for, where the excerpt does not speak of the role or names nobody in it.
pub(super) fn roles(near: &Near) -> Vec<Missing> {
    let Some(found) = ROLE.captures(near.question).ok().flatten() else { return Vec::new() };
    let held = |role: &str| is_held(role, &near.excerpt);
    let told = match found.get(1).or(found.get(2)) {
        Some(role) if !GRAMMAR.heads.iter().any(|head| head == role.as_str()) => {
            let others = near.knowledge.vocabulary.find(role.as_str());
            held(role.as_str()) || others.iter().any(|other| held(other))
        }
        // 谁当家, 一把手是谁: whoever holds any role, be it by another role: 由市长任组长.
        _ => GRAMMAR.roles.iter().any(|role| held(role)) || BY_ROLE.is_match(&near.excerpt).unwrap_or(true),
    };
    let Some(range) = matches(&ROLE, near.question).into_iter().next() else { return Vec::new() };
    let another = || found.get(1).or(found.get(2)).is_some_and(|role| is_anothers(near, role.as_str(), &range));
    if told && !another() {
        return Vec::new();
    }
    vec![Missing::new("role", range)]
}

/// Whether the excerpt names several people in a role, and none of them beside what is asked about: 甲链链长由…, 乙链链长由….
fn is_anothers(near: &Near, role: &str, asked: &Range<usize>) -> bool {
    let chars = &near.sight.folded.chars;
    let mut holders = parts(chars, &near.window, &CLAUSE_ENDS);
    holders.retain(|clause| is_held(role, &chars[clause.clone()].iter().collect::<String>()));
    holders.len() > 1 && apart(near, asked, &holders, &CLAUSE_ENDS)
}

/// Whether a text names somebody in a role, after it or before it. 区长任组长 and 副区长陶某 name no 区长.
fn is_held(role: &str, text: &str) -> bool {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        let name = format!("{}[一-龥]{{1,2}}", *FAMILY_NAME);
        let title = "教授|院士|博士|研究员|老师|先生|女士";
        // 院长由育种学家陶景棠教授担任 names one.
        let pattern = format!(
            "^(?!任|由|们)(?:、[^,。;]{{2,12}}?)?[:是为由 “]{{0,2}}{name}|^由[^,。;]{{0,12}}?(?:{name}|[一-龥]{{2,3}}(?:{title}))(?:{title})?(?:担任|兼任|出任|兼|任)"
        );
        Regex::new(&pattern).expect("the pattern is tested")
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let name = format!("{}[一-龥]{{1,2}}", *FAMILY_NAME);
        Regex::new(&format!("{name}(?:\\([^)]*\\))?[,、:是为任担出兼 ]{{1,3}}[^,。;]{{0,12}}?$"))
            .expect("the pattern is tested")
    });
    text.match_indices(role).any(|(at, _)| {
        let (before, after) = (slice(text, 0..at), slice(text, at + role.len()..text.len()));
        let whole = !before.ends_with(['副', '代', '前', '原']);
        whole && (AFTER.is_match(after).unwrap_or(true) || BEFORE.is_match(before).unwrap_or(true))
    })
}

/// 评审专家都是谁, 有哪些院士: the excerpt names no person.
pub(super) fn people(near: &Near) -> Vec<Missing> {
    static WHO: LazyLock<Regex> = LazyLock::new(|| {
        let people = "院士|专家|教授|评委|委员|嘉宾|科学家|老师|导师|成员|代表|大佬|大咖|得主|名家|明星|名人";
        Regex::new(&format!(
            "哪(?:些|几位|几个|几名)({people})(?:$|[ ?])|哪(?:一)?位[^,。?]{{0,3}}?({people})(?:$|[ ?])|({people})(?:们)?(?:都|分别)?(?:有谁|是谁|有哪些人|是哪些人|叫什么|都是谁)"
        ))
        .expect("the pattern is tested")
    });
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        let name = format!("{}[一-龥]{{1,2}}", *FAMILY_NAME);
        let title = "院士|教授|博士|研究员|老师|先生|女士|主任|院长|所长";
        Regex::new(&format!(
            "(?:{title}|专家|委员|:|为|由|是|有|括)[“ ]?{name}(?=[、,。;()和与及等”]|$)|{name}(?:{title}|等)|{name}、{name}(?=[、,。;和与及等]|$)"
        ))
        .expect("the pattern is tested")
    });
    let Some(found) = WHO.captures(near.question).ok().flatten() else { return Vec::new() };
    let Some(people) = (1..=3).find_map(|group| found.get(group)) else { return Vec::new() };
    let Some(range) = matches(&WHO, near.question).into_iter().next() else { return Vec::new() };
    // Where the excerpt speaks of them, their names stand in the same sentence or the next.
    let sentences: Vec<&str> = near.excerpt.split_inclusive(['。', '\n']).collect();
    let spoken = |number: &usize| sentences[*number].contains(people.as_str());
    let speaking: Vec<usize> = (0..sentences.len()).filter(spoken).flat_map(|number| [number, number + 1]).collect();
    let told = |number: &usize| sentences.get(*number).is_some_and(|text| NAMED.is_match(text).unwrap_or(true));
    if speaking.iter().any(told) || (speaking.is_empty() && NAMED.is_match(&near.excerpt).unwrap_or(true)) {
        return Vec::new();
    }
    vec![Missing::new("people", range)]
}

/// 哪个小学, 哪几家医院: the excerpt names none.
pub(super) fn instances(question: &str, excerpt: &str) -> Vec<Missing> {
    static WHICH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "哪(?:几|些|一)?(?:个|家|所|座|条|本|份)?(小学|中学|幼儿园|学校|医院|村|银行|酒店|地铁站|车站|宾馆|超市|商场|期刊|杂志|报纸|协会|机场|商圈)",
        )
        .expect("the pattern is tested")
    });
    let Some(noun) = WHICH.captures(question).ok().flatten().and_then(|found| found.get(1)) else { return Vec::new() };
    // A school may be called a university.
    let names = match noun.as_str() {
        "学校" => &["学校", "大学", "学院", "中学", "小学", "附中", "附小"][..],
        "酒店" | "宾馆" => &["酒店", "宾馆", "饭店"],
        "超市" | "商场" => &["超市", "商场", "广场", "中心"],
        other => &[other],
    };
    let named = names.iter().any(|name| {
        let mut before = excerpt.split(name).collect::<Vec<_>>();
        before.pop();
        before.iter().any(|text| {
            let han = text.chars().next_back().is_some_and(is_han);
            han && !GRAMMAR.kinds.iter().any(|word| text.ends_with(word.as_str()))
        })
    });
    let range = matches(&WHICH, question).into_iter().next().filter(|_| !named);
    range.map(|range| Missing::new("instance", range)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_held_by_whoever_is_named_beside_it() {
        for (text, held) in [
            ("区长陶景棠任组长", true),
            ("陶景棠(兼)任区长", true),
            ("由区长任组长、副区长陶景棠任副组长", false),
            ("区长由上级任命", false),
            ("区长由农学家陶景棠教授担任", true),
            ("", false),
        ] {
            assert_eq!(is_held("区长", text), held, "{text}");
        }
    }
}
