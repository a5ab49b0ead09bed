//! What an original says about itself: publisher, date, address on the web. Knows nothing of what it is about.

use url::Url;

use super::{dates, shape};
use crate::analysis::script::fold_char;
use crate::corpus::clean::{Dropped, Reason};
use crate::corpus::document::{Date, Source};
use crate::corpus::line::Line;

/// A line about the source is at most this long; longer ones are text in which 来源: may stand by chance.
const MAX_LINE_CHARS: usize = 160;
/// The name of a body, with its department.
const MAX_PUBLISHER_CHARS: usize = 40;
/// A date on a line of its own counts as the document's among its first lines.
const HEAD_LINES: usize = 12;

/// Who issued a document, the surest label first.
const PUBLISHER: &str = "发布单位 发布机构 发布机关 发文机关 发文单位 颁布单位 颁布机构 印发单位 印发机关 制定机关 公布单位 \
    信息来源 文章来源 稿件来源 消息来源 新闻来源 本文来源 来源 主办单位 主办 版权所有";
const PUBLISHED: &str = "发布时间 发布日期 颁布时间 颁布日期 印发时间 印发日期 公布日期 公布时间 成文日期 发文日期 发文时间 \
    刊登日期 更新时间 更新日期 日期 时间";
const URL: &str = "本文链接 原文链接 本页链接 本文网址 文章链接 原文地址 原文网址 来源链接 网页链接 本文地址";
/// In the text itself these tell of events; only page furniture says them about the page.
const FURNITURE_ONLY: &[&str] = &["来源", "主办单位", "主办", "版权所有", "日期", "时间"];
/// The longest of the labels.
const MAX_LABEL_CHARS: usize = 6;

/// What stands before and after a colon.
struct Field {
    /// Folded to one script.
    label: String,
    value: String,
}

/// Fills in what the lines say and the source does not have yet.
pub(super) fn gather(source: &mut Source, kept: &[Line<'_>], dropped: &[Dropped]) {
    let about = |reason| matches!(reason, Reason::Byline | Reason::Counter | Reason::Copyright | Reason::Title);
    let furniture: Vec<&str> =
        dropped.iter().filter(|line| about(line.reason)).map(|line| line.text.as_str()).collect();
    let mut fields: Vec<Field> = furniture.iter().flat_map(|text| fields(text)).collect();
    let in_text = kept.iter().flat_map(|line| self::fields(line.text));
    fields.extend(in_text.filter(|field| !FURNITURE_ONLY.contains(&field.label.as_str())));
    source.publisher = first(&fields, PUBLISHER)
        .and_then(publisher)
        .or_else(|| signature(kept))
        .or_else(|| named(&furniture))
        .or_else(|| site(dropped));
    source.published = published(&fields, kept, dropped, &source.title);
    source.url = first(&fields, URL).and_then(address);
}

fn published(fields: &[Field], kept: &[Line<'_>], dropped: &[Dropped], title: &str) -> Option<Date> {
    let labelled = first(fields, PUBLISHED).and_then(dates::find);
    let stamp = || {
        let head = kept.first().map_or(HEAD_LINES, |line| line.number + HEAD_LINES);
        let rows =
            dropped.iter().filter(|line| line.line <= head && matches!(line.reason, Reason::Counter | Reason::Byline));
        rows.filter_map(|line| dates::find(&line.text)).find(|(date, _)| date.as_str().len() > 4)
    };
    let alone = || {
        let labelled = |at: usize| at > 0 && shape::is_label(kept[at - 1].text);
        kept.iter().enumerate().filter(|(at, _)| !labelled(*at)).find_map(|(_, line)| dates::only(line.text))
    };
    labelled.or_else(stamp).map(|(date, _)| date).or_else(alone).or_else(|| in_title(title))
}

/// （2024年6月更新） in a title is its date; 2024年工作要点 is what it is about.
fn in_title(title: &str) -> Option<Date> {
    let inner = title.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?.1;
    let (date, rest) = dates::find(inner)?;
    (rest.chars().count() <= 4).then_some(date)
}

/// The value of the first of the labels, in their order, that any line has.
fn first<'a>(fields: &'a [Field], labels: &str) -> Option<&'a str> {
    let mut labels = labels.split_whitespace();
    labels.find_map(|label| fields.iter().find(|field| field.label == label)).map(|field| field.value.as_str())
}

/// The fields of a line that may be about the source.
fn fields(text: &str) -> Vec<Field> {
    // Bytes are at most four times the characters.
    if text.len() > MAX_LINE_CHARS * 4 || !text.contains([':', '：']) {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let folded: Vec<char> = chars.iter().copied().map(fold_char).collect();
    let colons = (0..folded.len()).filter(|&at| folded[at] == ':');
    let label = |colon: usize| {
        let letters = folded[..colon].iter().rev().take_while(|c| c.is_alphanumeric()).count();
        let start = colon - letters;
        let inside = start > 0 && matches!(folded[start - 1], ',' | '。' | '、');
        ((2..=MAX_LABEL_CHARS).contains(&letters) && !inside).then(|| folded[start..colon].iter().collect())
    };
    let value = |colon: usize| -> String {
        let from = colon + 1;
        let end = (from + 1..chars.len()).find(|&end| ends_value(&folded, from, end)).unwrap_or(chars.len());
        chars[from..end.max(from)].iter().collect::<String>().trim().to_owned()
    };
    colons
        .filter_map(|colon| Some(Field { label: label(colon)?, value: value(colon) }))
        .filter(|f| !f.value.is_empty())
        .collect()
}

/// A field ends at a bracket, at a bar, at two spaces, and at a space before the next label.
fn ends_value(folded: &[char], start: usize, at: usize) -> bool {
    match folded[at] {
        '【' | '[' | '|' | '\t' => true,
        ' ' if folded[start..at].iter().all(|c| *c == ' ') => false,
        ' ' => {
            let rest: Vec<char> = folded.iter().skip(at + 1).take(7).copied().collect();
            let label = rest
                .iter()
                .position(|c| *c == ':')
                .is_some_and(|colon| colon >= 2 && rest[..colon].iter().all(|c| c.is_alphabetic()));
            rest.first() == Some(&' ') || label
        }
        _ => false,
    }
}

fn publisher(value: &str) -> Option<String> {
    // 云禾晚报 记者 某某: who wrote it did not issue it.
    const OTHERS: [&str; 8] = ["记者", "記者", "通讯员", "通訊員", "实习", "編輯", "编辑", "小字"];
    let other = |(at, _): &(usize, char)| {
        let rest = value.get(*at..).unwrap_or_default().trim_start();
        OTHERS.iter().any(|word| rest.starts_with(word))
    };
    let end = value.char_indices().filter(|(_, c)| c.is_whitespace()).find(other).map_or(value.len(), |(at, _)| at);
    let value = value.get(..end).unwrap_or(value).trim_end_matches(['。', '.', ',', ';', '；']).trim();
    let fits = (2..=MAX_PUBLISHER_CHARS).contains(&value.chars().count())
        && !value.contains(['。', '，', '@'])
        && !value.contains("http");
    (fits && !matches!(value, "网络" | "互联网" | "本站" | "原创" | "综合")).then(|| value.to_owned())
}

/// The line above a date of its own, below the first lines: a signature. A label is none, 成立时间.
fn signature(kept: &[Line<'_>]) -> Option<String> {
    let signed = |at: &usize| dates::only(kept[*at].text).is_some() && !shape::is_label(kept[*at - 1].text);
    let name = kept.get((3..kept.len()).find(signed)? - 1)?.text;
    publisher(name).filter(|name| !name.contains(['：', ':', '、', '”', ')', '）']))
}

/// 本文由某某发布, 《某某报》记者.
fn named(lines: &[&str]) -> Option<String> {
    lines.iter().find_map(|text| {
        let by = text
            .split_once("本文由")
            .and_then(|(_, rest)| rest.split_once(['发', '發', '原', '整']))
            .map(|(name, _)| name);
        let paper = || {
            let (name, rest) = text.strip_prefix('《')?.split_once('》')?;
            rest.trim_start().starts_with(['记', '記']).then_some(name)
        };
        by.or_else(paper).and_then(publisher)
    })
}

fn site(dropped: &[Dropped]) -> Option<String> {
    let line = dropped.iter().rev().find(|line| line.reason == Reason::SiteName)?;
    // “page_channel_site”, as browsers show it.
    publisher(line.text.rsplit(['_', '-', '|']).next()?)
}

/// The address on the web that a text begins with.
pub fn address(text: &str) -> Option<String> {
    let address = text.split_whitespace().next()?;
    let url = Url::parse(address).ok()?;
    let has_domain = url.host_str().is_some_and(|host| host.contains('.'));
    (matches!(url.scheme(), "http" | "https") && has_domain).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::clean::clean;
    use crate::corpus::line::lines;

    fn check(text: &str, expected: [&str; 3]) {
        let lines = lines(text);
        let (kept, dropped) = clean(&lines);
        let mut source = Source { title: "题（2022年3月修订）".into(), ..Source::default() };
        gather(&mut source, &kept, &dropped);
        let published = source.published.as_ref().map_or("", Date::as_str);
        assert_eq!(
            [source.publisher.as_deref().unwrap_or(""), published, source.url.as_deref().unwrap_or("")],
            expected
        );
    }

    #[test]
    fn what_the_page_says_about_itself_is_found() {
        check("来源：云禾日报  发布时间：2024-05-01 10:00  浏览：12次\n园区在东边。", ["云禾日报", "2024-05-01", ""]);
        check("2024-05-01 07:12 来源：云禾晚报 记者 张三\n正文。", ["云禾晚报", "2024-05-01", ""]);
        check("• 頒布時間：2023年\n• 發布單位：云禾區科委 \n園區在東邊。", ["云禾區科委", "2023", ""]);
        check(
            "正文。\n版权声明：本文由云禾网发布，请勿转载\n本文链接：https://example.org/a b",
            ["云禾网", "2022-03", "https://example.org/a"],
        );
        check("一。\n二。\n三。\n云禾区科委\n二〇二四年五月一日", ["云禾区科委", "2024-05-01", ""]);
        check("正文。\n云禾信息网", ["云禾信息网", "2022-03", ""]);
        check("简介\n好。\n占地面积\n94公顷\n成立时间\n2016年3月\n负责人\n张三", ["", "2022-03", ""]);
    }

    #[test]
    fn what_the_text_says_about_other_things_is_not() {
        check("活动时间：2024年5月1日\n时间：2024年5月1日\n主办单位：某某公司\n正文。", ["", "2022-03", ""]);
        check("资金来源：市财政。", ["", "2022-03", ""]);
    }
}
