//! What is asked for by name: a thing, a person in a role, one of a kind of places.

use std::sync::LazyLock;

use fancy_regex::Regex;

use super::{Missing, Near};
use crate::answer::facet::FAMILY_NAME;
use crate::answer::pattern::matches;

/// Roles that a person holds.
const ROLES: &str = "院长|主任|组长|老板|负责人|创始人|董事长|总经理|校长|会长|所长|理事长|秘书长|区长|市长|县长|镇长|局长|处长|部长|主席|总裁|园长|馆长|联系人|站长|总监|发起人|总设计师|导演|领导|书记";

/// A role, and the question who holds it.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    let asked = format!(
        "({ROLES})(?:现在|目前|如今|现任)?(?:是|姓|叫)?(?:谁|哪位|什么名|啥名|(?:啥|什么)(?:人|$|[ ,?]))|(?:谁|哪位)(?:在|来)?(?:是|当|做|任|担任|干|出任)[^,。?]{{0,6}}?({ROLES})"
    );
    Regex::new(&asked).expect("the pattern is tested")
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
        let general = ["建", "型", "级", "类", "等", "的", "座", "条", "所", "家", "个", "流"];
        !clause.contains(['“', '「', '《'])
            && (general.iter().any(|end| described.ends_with(end))
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
    let Some(role) = ROLE.captures(&near.question).ok().flatten().and_then(|found| found.get(1).or(found.get(2)))
    else {
        return Vec::new();
    };
    let others = near.knowledge.vocabulary.find(role.as_str());
    let said = |word: &str| near.excerpt.contains(word);
    let named = |role: &str| {
        let name = format!("{FAMILY_NAME}[一-龥]{{1,2}}");
        // 区长任组长 and 副区长陶某 name no 区长.
        let role = format!("(?<![副代前原]){}", fancy_regex::escape(role));
        let after = format!("{role}(?!任|由|们|们)(?:、[^,。;]{{2,12}}?)?[:是为由 “]{{0,2}}{name}");
        let before = format!("{name}(?:\\([^)]*\\))?[,、:是为任担出兼 ]{{1,3}}[^,。;]{{0,12}}?{role}");
        let pattern = Regex::new(&format!("{after}|{before}")).expect("made of known parts and an escaped word");
        pattern.is_match(&near.excerpt).unwrap_or(true)
    };
    let own = said(role.as_str()) && named(role.as_str());
    if own || others.iter().any(|word| said(word) && named(word)) {
        return Vec::new();
    }
    let range = matches(&ROLE, &near.question).into_iter().next();
    range.map(|range| Missing::new("role", range)).into_iter().collect()
}

/// 哪个小学, 哪几家医院: the excerpt names none.
pub(super) fn instances(question: &str, excerpt: &str) -> Vec<Missing> {
    static WHICH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "哪(?:几|些|一)?(?:个|家|所|座|条|本|份)?(小学|中学|幼儿园|学校|医院|村|银行|酒店|地铁站|车站|宾馆|超市|商场|期刊|杂志|报纸|协会|机场|商圈)",
        )
        .expect("the pattern is tested")
    });
    const GENERAL: &str =
        "三甲|高水平|优质|各类|一批|重点|城中|乡|公立|民办|国际|等|和|或|与|及|的|建设|新建|知名|多家|大";
    let Some(noun) = WHICH.captures(question).ok().flatten().and_then(|found| found.get(1)) else { return Vec::new() };
    let mut before = excerpt.split(noun.as_str()).collect::<Vec<_>>();
    before.pop();
    let named = before.iter().any(|text| {
        let han = text.chars().next_back().is_some_and(crate::analysis::script::is_han);
        han && !GENERAL.split('|').any(|word| text.ends_with(word))
    });
    let range = matches(&WHICH, question).into_iter().next().filter(|_| !named);
    range.map(|range| Missing::new("instance", range)).into_iter().collect()
}
