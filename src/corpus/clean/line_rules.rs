//! Rules that look at one line.

use std::collections::HashSet;
use std::sync::LazyLock;

use fancy_regex::Regex;

use super::byline::byline;
use super::credit;
use super::phone;
use super::selling::selling;
use super::words::{
    BREADCRUMBS, BUTTONS, CODES, COPYRIGHT, COPYRIGHT_INSIDE, COUNTERS, DESCRIPTION_LABELS, FIELDS, MENU, NEIGHBOURS,
    RELATED, RELATED_ENDINGS, SALES, SEARCH_LABELS, SOLICITING, TAGS, TOOLS, WEAK_FIELDS,
};
use super::{Reason, Verdict};

/// Furniture is short; a longer line is text, whatever it starts with.
const MAX_FURNITURE_CHARS: usize = 160;
/// A row of fields or a breadcrumb may be longer than a button, but no sentence.
const MAX_ROW_CHARS: usize = 120;

/// A line as the rules see it.
pub(super) struct Look<'a> {
    /// The text in one script, width and case, character for character.
    pub(super) folded: &'a str,
    pub(super) chars: usize,
    /// Whether a sentence ends in it.
    pub(super) sentence: bool,
    /// Whether it may hold any of the words that count wherever they stand.
    pub(super) marked: bool,
}

impl<'a> Look<'a> {
    pub(super) fn new(folded: &'a str, chars: usize) -> Self {
        let sentence = folded.contains(['。', '!', '?']);
        Self { folded, chars, sentence, marked: MARKS.is_match(folded).unwrap_or(true) }
    }
}

/// Judges a line by itself. `folded` is the text in one script, width and case, character for character.
pub(super) fn judge<'a>(text: &'a str, folded: &str, chars: usize) -> Verdict<'a> {
    if let Some(label) = SEARCH_LABELS.iter().find(|label| folded.starts_with(**label)) {
        return after(text, label.chars().count())
            .map_or(Verdict::Drop(Reason::SearchEngine), |rest| Verdict::Part(rest, Reason::SearchEngine));
    }
    if chars <= MAX_FURNITURE_CHARS {
        let look = Look::new(folded, chars);
        let rules =
            [leads_away, navigation, image, buttons, tools, copyright, phone::advertising, scan, byline, appendix];
        if let Some(reason) = rules.iter().find_map(|rule| rule(&look)) {
            return Verdict::Drop(reason);
        }
    }
    if selling(folded, chars) {
        return Verdict::Drop(Reason::Advertising);
    }
    credit::judge(text, folded, chars).unwrap_or(Verdict::Keep)
}

/// Any of the words that count wherever in a line they stand. Most lines hold none, and one search tells.
static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    let words: Vec<_> = [COUNTERS, TOOLS, FIELDS, COPYRIGHT_INSIDE, SALES, SOLICITING]
        .into_iter()
        .flatten()
        .map(|word| fancy_regex::escape(word))
        .collect();
    Regex::new(&words.join("|")).expect("escaped words are a pattern")
});

/// The text after a number of characters, without spaces; `None` if nothing is left.
fn after(text: &str, chars: usize) -> Option<&str> {
    let (at, _) = text.char_indices().nth(chars)?;
    text.get(at..).map(str::trim).filter(|rest| !rest.is_empty())
}

pub(super) fn starts(folded: &str, words: &[&str]) -> bool {
    words.iter().any(|word| folded.starts_with(word))
}

fn holds(folded: &str, words: &[&str]) -> bool {
    words.iter().any(|word| folded.contains(word))
}

fn navigation(&Look { folded, chars, sentence, .. }: &Look<'_>) -> Option<Reason> {
    if chars > MAX_ROW_CHARS || sentence {
        return None;
    }
    let trail = folded.matches(" > ").count() + folded.matches(">>").count() + folded.matches('»').count();
    // “所在位置:某路66号” is an address.
    let trails = folded.contains(['>', '›', '»', '/', '|']) || folded.contains("首页");
    // 《某某》杂志 / 2025年第4期 / 区域论坛
    let shelf = chars <= 40
        && folded.matches(" / ").count() >= 2
        && ["杂志", "期 /", "报 /", "频道", "栏目", "首页", "专栏", "论坛", "周刊"]
            .iter()
            .any(|part| folded.contains(part));
    // 产业前线 > 人物专访: too short for a comparison of two things.
    let short = trail == 1 && chars <= 20 && !folded.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ','));
    let crumbs =
        starts(folded, BREADCRUMBS) && trails || trail >= 2 || short || shelf || trail == 1 && folded.contains("首页");
    let mut cells = 0;
    let bar = folded.contains('|')
        && !folded.contains(|c: char| c.is_ascii_digit())
        && folded.split('|').all(|cell| {
            cells += 1;
            cell.trim().chars().count() <= 12
        })
        && cells >= 3
        && holds(folded, MENU);
    let spaced =
        folded.starts_with("首页") && folded.split_whitespace().filter(|word| word.chars().count() <= 6).count() >= 3;
    (crumbs || bar || spaced).then_some(Reason::Navigation)
}

/// A file name, or a mark where a picture was.
fn image(&Look { folded, chars, .. }: &Look<'_>) -> Option<Reason> {
    let name = chars <= 80
        && ends_with_any(folded, &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg"])
        && !folded.contains('。');
    (name || matches!(folded, "[图片]" | "(图片)" | "【图片】" | "<图片>" | "图片")).then_some(Reason::Image)
}

fn ends_with_any(folded: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| folded.ends_with(ending))
}

pub(super) fn is_decoration(c: char) -> bool {
    c.is_whitespace() || "[]【】()<>-·•*»«:|/、,+_▲▼↑↓….".contains(c)
}

static BUTTON_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| BUTTONS.iter().copied().collect());

/// Every word of the line is a button.
fn buttons(&Look { folded, chars, .. }: &Look<'_>) -> Option<Reason> {
    if chars > 60 {
        return None;
    }
    let mut words = folded
        .split(is_decoration)
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .peekable();
    // Only marks and numbers: a ruler, a page number, but not an amount.
    words.peek()?;
    let row = words.all(|word| BUTTON_SET.contains(word));
    (row || is_reaction(folded)).then_some(Reason::Button)
}

/// What a reader left under an article, and questions to the reader.
fn is_reaction(folded: &str) -> bool {
    let praised = folded.rsplit_once("赞 ").is_some_and(|(_, count)| count.bytes().all(|byte| byte.is_ascii_digit()));
    praised
        || folded.starts_with('@') && folded.contains(':')
        || starts(folded, &["作者回复:", "小编回复:", "您对本页", "您对本文", "分享至:", "分享到:"])
}

/// Counters, and the line in which a content system says who put the page up and when.
fn tools(&Look { folded, chars, sentence, marked }: &Look<'_>) -> Option<Reason> {
    if chars > MAX_ROW_CHARS || sentence {
        return None;
    }
    let ago = chars <= 40
        && folded.contains('前')
        && ["个月前", "天前", "小时前", "分钟前", "年前", "周前"].iter().any(|unit| {
            folded.split_once(unit).is_some_and(|(before, rest)| {
                before.ends_with(|c: char| c.is_ascii_digit()) && rest.contains('(')
                    || before.chars().all(|c| c.is_ascii_digit())
            })
        });
    let numbered =
        |rest: &str| rest.trim_start_matches([':', ' ', '(', '[', '【']).starts_with(|c: char| c.is_ascii_digit());
    let lasts = chars <= 40 && folded.contains("全文") && folded.contains("字") && folded.contains("阅读");
    let counts = || COUNTERS.iter().any(|word| folded.split(word).skip(1).any(numbered));
    if ago || lasts || marked && (counts() || holds(folded, TOOLS)) {
        return Some(Reason::Counter);
    }
    if !marked {
        return None;
    }
    let count = |fields: &[&str]| fields.iter().filter(|field| folded.contains(**field)).count();
    let strong = count(FIELDS);
    (strong >= 1 && strong + count(WEAK_FIELDS) >= 2 && fields_fill(folded)).then_some(Reason::Byline)
}

/// A row of fields has nothing before the first.
fn fields_fill(folded: &str) -> bool {
    FIELDS.iter().any(|field| folded.trim_start_matches(is_decoration).starts_with(field))
        || folded.split(char::is_whitespace).filter(|word| word.contains(':')).count() >= 2
}

fn copyright(&Look { folded, marked, .. }: &Look<'_>) -> Option<Reason> {
    let bare = folded.trim_start_matches(is_decoration);
    let copying = folded.starts_with("未经") && (folded.contains("转载") || folded.contains("本网"));
    let browser = folded.starts_with("建议") && (folded.contains("分辨率") || folded.contains("浏览器"));
    (starts(bare, COPYRIGHT) || marked && holds(folded, COPYRIGHT_INSIDE) || copying || browser)
        .then_some(Reason::Copyright)
}

/// Tags, and links to other articles that stand on this line.
fn leads_away(&Look { folded, chars, .. }: &Look<'_>) -> Option<Reason> {
    let bare = folded.trim_matches(is_decoration);
    let label = bare.split([':', '/', '】', ']']).next().unwrap_or_default().trim();
    if starts(folded, TAGS)
        && (folded.contains(':') || chars <= 30)
        && !folded.contains('。')
        && (label.chars().count() <= 5)
    {
        return Some(Reason::Tags);
    }
    let whole = RELATED.contains(&label) || NEIGHBOURS.contains(&label);
    // “友情链接 某某网 某某网”: the label and names after a space.
    let spaced = chars <= 60
        && RELATED
            .iter()
            .any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '|', ',', '('])));
    let reading = chars <= 100 && bare.contains("一图读懂") || is_reading(bare);
    let ends = chars <= 80 && RELATED_ENDINGS.iter().any(|ending| bare.ends_with(ending));
    let more = bare.starts_with("更多")
        && (bare.contains("关注") || bare.contains("点击") || bare.contains("请见"))
        && chars <= 80;
    (whole || spaced || reading || ends || more).then_some(Reason::Related)
}

/// 政策解读:《…》 leads to what another page says of a document.
fn is_reading(bare: &str) -> bool {
    let after = bare.split_once("解读").map(|(before, after)| (before.chars().count(), after));
    after.is_some_and(|(before, after)| {
        let after = after.trim_start_matches(is_decoration);
        before <= 4 && after.starts_with('《') && after.ends_with('》')
    })
}

/// 附件:1.报名表.docx
fn appendix(&Look { folded, .. }: &Look<'_>) -> Option<Reason> {
    let file = [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".zip", ".rar", ".wps", ".ppt", ".pptx"];
    (folded.starts_with("附件") && ends_with_any(folded, &file)).then_some(Reason::Related)
}

fn scan(&Look { folded, chars, sentence, .. }: &Look<'_>) -> Option<Reason> {
    let bare = folded.trim_start_matches(is_decoration);
    // “扫码支付的,…”: a longer sentence tells something.
    let asks = chars <= if sentence { 30 } else { 60 } && starts(bare, CODES);
    let names = chars <= 20
        && !sentence
        && ["微信号", "公众号", "二维码", "微信:", "qq群", "qq:"].iter().any(|word| bare.contains(word));
    (asks || names).then_some(Reason::Code)
}

/// The text after the label of a description, if the line is one.
pub(super) fn description(folded: &str) -> Option<usize> {
    DESCRIPTION_LABELS.iter().find(|label| folded.starts_with(**label)).map(|label| label.chars().count())
}

/// Whether a dropped line is a label that announces other articles below it, rather than naming one itself.
pub(super) fn announces_others(folded: &str) -> bool {
    let bare = folded.trim_matches(is_decoration);
    RELATED.contains(&bare) || RELATED_ENDINGS.iter().any(|ending| bare.ends_with(ending))
}
