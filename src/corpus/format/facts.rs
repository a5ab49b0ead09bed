//! What an original says about itself: publisher, date, address on the web. Knows nothing of what it is about.

use super::dates;
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
const PUBLISHER: &[&str] = &[
    "发布单位",
    "发布机构",
    "发布机关",
    "发文机关",
    "发文单位",
    "颁布单位",
    "颁布机构",
    "印发单位",
    "印发机关",
    "制定机关",
    "公布单位",
    "信息来源",
    "文章来源",
    "稿件来源",
    "消息来源",
    "新闻来源",
    "本文来源",
    "来源",
    "主办单位",
    "主办",
    "版权所有",
];
const PUBLISHED: &[&str] = &[
    "发布时间",
    "发布日期",
    "颁布时间",
    "颁布日期",
    "印发时间",
    "印发日期",
    "公布日期",
    "公布时间",
    "成文日期",
    "发文日期",
    "发文时间",
    "刊登日期",
    "更新时间",
    "更新日期",
    "日期",
    "时间",
];
const URL: &[&str] = &[
    "本文链接",
    "原文链接",
    "本页链接",
    "本文网址",
    "文章链接",
    "原文地址",
    "原文网址",
    "来源链接",
    "网页链接",
    "本文地址",
];

/// Fills in what the lines say and the source does not have yet.
pub(super) fn gather(source: &mut Source, kept: &[Line<'_>], dropped: &[Dropped]) {
    let about = |reason| matches!(reason, Reason::Byline | Reason::Counter | Reason::Copyright | Reason::Title);
    let mut lines: Vec<(usize, &str)> = kept.iter().map(|line| (line.number, line.text)).collect();
    lines.extend(dropped.iter().filter(|line| about(line.reason)).map(|line| (line.line, line.text.as_str())));
    // Bytes are at most four times the characters.
    lines.retain(|(_, text)| text.len() <= MAX_LINE_CHARS * 4 && text.chars().count() <= MAX_LINE_CHARS);
    lines.sort_unstable();
    source.publisher = field(&lines, PUBLISHER)
        .and_then(|value| publisher(&value))
        .or_else(|| signature(kept))
        .or_else(|| named(&lines))
        .or_else(|| site(dropped));
    source.published = published(&lines, kept, dropped, &source.title);
    source.url = field(&lines, URL).and_then(|value| address(&value));
}

fn published(lines: &[(usize, &str)], kept: &[Line<'_>], dropped: &[Dropped], title: &str) -> Option<Date> {
    let labelled = field(lines, PUBLISHED).and_then(|value| dates::find(&value));
    let stamp = || {
        let head = kept.first().map_or(HEAD_LINES, |line| line.number + HEAD_LINES);
        let rows =
            dropped.iter().filter(|line| line.line <= head && matches!(line.reason, Reason::Counter | Reason::Byline));
        rows.filter_map(|line| dates::find(&line.text)).find(|(date, _)| date.as_str().len() > 4)
    };
    let alone = || kept.iter().find_map(|line| dates::only(line.text));
    labelled.or_else(stamp).map(|(date, _)| date).or_else(alone).or_else(|| in_title(title))
}

/// （2024年6月更新） in a title is its date; 2024年工作要点 is what it is about.
fn in_title(title: &str) -> Option<Date> {
    let inner = title.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?.1;
    let (date, rest) = dates::find(inner)?;
    (rest.chars().count() <= 4).then_some(date)
}

/// The value after the first of the labels, in their order, that starts a line or a field of a line.
fn field(lines: &[(usize, &str)], labels: &[&str]) -> Option<String> {
    labels.iter().find_map(|label| lines.iter().find_map(|(_, text)| value(text, label)))
}

fn value(text: &str, label: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let folded: Vec<char> = chars.iter().copied().map(fold_char).collect();
    let word: Vec<char> = label.chars().collect();
    let starts =
        |at: usize| at == 0 || !folded[at - 1].is_alphanumeric() && !matches!(folded[at - 1], ',' | '。' | '、');
    let at = folded.windows(word.len() + 1).position(|window| window.starts_with(&word) && window.last() == Some(&':'));
    let at = at.filter(|&at| starts(at))? + word.len() + 1;
    let end = (at..chars.len()).find(|&end| end > at && ends_value(&folded, at, end)).unwrap_or(chars.len());
    let value: String = chars[at..end].iter().collect();
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
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
    let value = value.trim_end_matches(['。', '.', ',', ';', '；']).trim();
    let fits = (2..=MAX_PUBLISHER_CHARS).contains(&value.chars().count())
        && !value.contains(['。', '，', '@'])
        && !value.contains("http");
    (fits && !matches!(value, "网络" | "互联网" | "本站" | "原创" | "综合")).then(|| value.to_owned())
}

/// The line above a date of its own, below the first lines: a signature.
fn signature(kept: &[Line<'_>]) -> Option<String> {
    let at = kept.iter().enumerate().skip(3).find(|(_, line)| dates::only(line.text).is_some())?.0;
    let name = kept.get(at - 1)?.text;
    publisher(name).filter(|name| !name.contains(['：', ':', '、', '”', ')', '）']))
}

/// 本文由某某发布, 《某某报》记者.
fn named(lines: &[(usize, &str)]) -> Option<String> {
    lines.iter().find_map(|(_, text)| {
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
    dropped.iter().rev().find(|line| line.reason == Reason::SiteName).and_then(|line| publisher(&line.text))
}

fn address(value: &str) -> Option<String> {
    let address = value.split_whitespace().next()?;
    (address.starts_with("http://") || address.starts_with("https://")).then(|| address.to_owned())
}
