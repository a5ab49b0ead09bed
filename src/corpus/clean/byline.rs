//! Lines about the source: who wrote it, which paper printed it, when the page was put up.

use std::sync::LazyLock;

use fancy_regex::Regex;

use super::Reason;
use super::line_rules::{Look, starts};
use super::words::{BYLINES, NAME_LINES};

/// Who wrote it and when the page was put up.
pub(super) fn byline(&Look { folded, chars, sentence, .. }: &Look<'_>) -> Option<Reason> {
    let bare = folded.trim_start_matches(['(', '[', '【']);
    let name = chars <= 14 && !bare.contains(|c: char| c.is_ascii_digit()) && starts(bare, NAME_LINES);
    let starts = chars <= 60 && !sentence && starts(bare, BYLINES) || name;
    let reporter = chars <= 50
        && !sentence
        && (bare.contains("记者") || bare.contains("通讯员"))
        && (bare.ends_with("报道") || bare.ends_with("报导") || bare.ends_with("综合报道") || starts_with_paper(bare));
    let stamped = chars <= 80 && !sentence && is_stamp(bare);
    (starts || reporter || stamped || is_imprint(bare, chars) || is_names(bare, chars) || is_masthead(bare, chars))
        .then_some(Reason::Byline)
}

/// 某某晚报 第A06版 2025年5月16日 星期五: the head of a printed page.
fn is_masthead(bare: &str, chars: usize) -> bool {
    static DATED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("[0-9]{4}[年./-] ?[0-9]{1,2}[月./-] ?[0-9]{1,2}").expect("the pattern is tested"));
    static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("第 ?[a-z]?[0-9]{1,3}(?:[-—~至][a-z]?[0-9]{1,3})?版|[日晚早周时商都]报(?:数字[版报])?|电子版|星期[一二三四五六日]|周[一二三四五六日]")
            .expect("the pattern is tested")
    });
    let printed = || PRINTED.find_iter(bare).count() >= 2;
    chars <= 60 && !bare.contains(['。', ',', ';', '!', '?']) && DATED.is_match(bare).unwrap_or(false) && printed()
}

/// 《某某报》记者 …
fn starts_with_paper(bare: &str) -> bool {
    bare.strip_prefix('《')
        .and_then(|rest| rest.split_once('》'))
        .is_some_and(|(_, rest)| rest.trim_start().starts_with("记者"))
}

/// 2025-03-18 07:12 来源:…, 原创 … 2025年3月18日: when the page was put up, and what it says beside that.
fn is_stamp(bare: &str) -> bool {
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        let day = "[0-9]{4}[年./-] ?[0-9]{1,2}[月./-] ?[0-9]{1,2}日?";
        Regex::new(&format!(
            "^{day} ?[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:$|[ |]*(?:来源|编辑|作者|记者|发布|字号|小字号|浏览))|(?:发布|编辑|记者)[^,]{{0,10}} {day}[^,]{{0,20}}来源:|^{day} ?(?:[0-9:]+ ?)?[|·]? ?来源:|^原创 .{{0,30}}{day}"
        ))
        .expect("the pattern is tested")
    });
    STAMP.is_match(bare).unwrap_or(false)
}

/// 本报记者 某某 通讯员 某某: the names of who wrote it, and nothing else.
fn is_names(bare: &str, chars: usize) -> bool {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^[一-龥·]{0,12}?(?:记者|通讯员|实习生|特约撰稿人?)[ :/]{1,2}[一-龥·]{2,4}(?:[ 、/](?:实习)?(?:记者|通讯员|实习生)?[ :/]?[一-龥·]{2,8}){0,5}(?: [0-9/. -]{8,10}(?: [0-9:]{4,5})?| [a-z][0-9]{1,2}版)?[)】\\]]?$")
            .expect("the pattern is tested")
    });
    chars <= 50 && NAMES.is_match(bare).unwrap_or(false)
}

/// 某某办公室 2025年5月20日印发: the foot of an official document.
fn is_imprint(bare: &str, chars: usize) -> bool {
    chars <= 50
        && bare.ends_with("日印发")
        && bare
            .split_once(' ')
            .is_some_and(|(office, _)| ["室", "会", "局", "厅", "府", "委"].iter().any(|end| office.ends_with(end)))
}
