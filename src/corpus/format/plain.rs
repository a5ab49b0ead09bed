//! Originals as they come from the web: text without markup, with the page around it. Knows nothing of Markdown.

use super::{Read, dates, facts, front_matter, outline};
use crate::analysis::numeral;
use crate::analysis::script::fold_char;
use crate::analysis::sentence::ends_sentence;
use crate::corpus::clean::{Dropped, Reason, clean};
use crate::corpus::document::{Document, Source};
use crate::corpus::faq::pair;
use crate::corpus::layout::{Piece, lay_out};
use crate::corpus::line::one_line;
use crate::corpus::line::{Line, lines};
use crate::corpus::problem::{Fault, Problem};

/// A title stands among the first lines that are left.
const HEAD_LINES: usize = 4;
/// Longer than any title that is not a paragraph.
pub(super) const MAX_TITLE_CHARS: usize = 80;
/// A part of the title of this many letters is the title again, on two lines or in short.
const MIN_REPEATED_LETTERS: usize = 8;

/// An original and what of it is not the document.
#[derive(Debug)]
pub struct Original {
    /// The document; its sections are empty if nothing is left.
    pub document: Document,
    /// What was left out, in the order of the lines.
    pub dropped: Vec<Dropped>,
    /// Whether a title was found; else it is the file's name.
    pub titled: bool,
}

/// Reads an original. What its front matter says, if it has one, stands over what the text says.
pub(super) fn read(path: &str, stem: &str, text: &str) -> Read {
    let said = if front_matter::begins(text) { front_matter::parse(path, text).map(Some) } else { Ok(None) };
    let said = match said {
        Ok(said) => said,
        Err(problem) => return Read::broken(problem),
    };
    let Original { mut document, titled, .. } = original(path, stem, said.as_ref().map_or(text, |said| said.body));
    let mut read = Read { document: None, front: Vec::new(), below: Vec::new(), is_on: true };
    if !titled && said.as_ref().is_none_or(|said| said.source.title.is_empty()) {
        read.below.push(Problem::of(path, Fault::UntitledText));
    }
    if let Some(said) = said {
        document.source = over(said.source, document.source);
        (read.front, read.is_on) = (said.problems, said.enabled);
    }
    read.document = Some(document);
    read
}

/// What an operator said of a document, and where nothing was said, what its text says.
fn over(said: Source, found: Source) -> Source {
    Source {
        title: if said.title.is_empty() { found.title } else { said.title },
        publisher: said.publisher.or(found.publisher),
        published: said.published.or(found.published),
        url: said.url.or(found.url),
        park: said.park.or(found.park),
        aliases: if said.aliases.is_empty() { found.aliases } else { said.aliases },
        valid_from: said.valid_from.or(found.valid_from),
        valid_until: said.valid_until.or(found.valid_until),
        supersedes: if said.supersedes.is_empty() { found.supersedes } else { said.supersedes },
        path: found.path,
    }
}

/// Reads an original and tells what was left out and why.
pub(super) fn original(path: &str, stem: &str, text: &str) -> Original {
    let lines = lines(text);
    let (mut kept, mut dropped) = clean(&lines);
    let title = title(&kept);
    let mut source = Source { path: path.to_owned(), ..Source::default() };
    source.title = title.map_or_else(|| stem.to_owned(), |at| named(kept[at].text));
    facts::gather(&mut source, &kept, &dropped);
    let mut drop =
        |line: &Line<'_>, reason| dropped.push(Dropped { line: line.number, text: line.text.to_owned(), reason });
    let mut pieces = Vec::new();
    if let Some(at) = title {
        // What stands above the title names a series or says when; the title itself is a line, not a heading.
        for (above, line) in kept.drain(..=at).enumerate() {
            if above == at {
                pieces.push(Piece::Line(line.text.to_owned()));
            } else {
                drop(&line, Reason::Byline);
            }
        }
        let mut below_title = true;
        let whole = letters(&source.title);
        kept.retain(|line| {
            let again = repeats(&source.title, &whole, line.text, below_title);
            below_title &= again;
            if again {
                drop(line, Reason::Title);
            }
            !again
        });
    }
    if title.is_some()
        && let Some(line) = subtitle(&mut kept, &mut source.title)
    {
        drop(&line, Reason::Title);
    }
    while kept.first().is_some_and(|line| dates::only(line.text).is_some()) {
        drop(&kept.remove(0), Reason::Byline);
    }
    pieces.extend(outline::outline(&kept));
    dropped.sort_by_key(|line| line.line);
    Original { document: lay_out(source, pair(pieces)), dropped, titled: title.is_some() }
}

/// So many lines below 某某政府文件 stands what the document is called.
const MAX_LETTERHEAD: usize = 3;

/// The number of the line that is the title.
pub(super) fn title(kept: &[Line<'_>]) -> Option<usize> {
    let fits = |line: &Line<'_>| {
        let chars = line.text.chars().take(MAX_TITLE_CHARS + 1).count();
        let text = line.text.trim_start_matches(['#', ' ']);
        (2..=MAX_TITLE_CHARS).contains(&chars)
            && !text.ends_with(['。', '；', ';', '，', ',', '：', ':'])
            && dates::only(text).is_none()
    };
    let head = kept.get(..HEAD_LINES.min(kept.len()))?;
    let first = head.iter().position(fits)?;
    // A paragraph above it: the line is a heading of the text.
    if head[..first].iter().any(|line| line.text.contains('。')) {
        return None;
    }
    if head[first].text.ends_with("文件")
        && let Some(below) =
            head[first + 1..].iter().take(MAX_LETTERHEAD).position(|line| fits(line) && about(line.text).is_some())
    {
        return Some(first + 1 + below);
    }
    let next = kept.get(first + 1).is_some_and(fits);
    let below = || next && (is_series(head[first].text) || is_issuer(head[first].text, kept[first + 1].text));
    Some(if below() { first + 1 } else { first })
}

/// Takes the line below a title that begins with a dash into the title, whose second half it is.
pub(super) fn subtitle<'a>(kept: &mut Vec<Line<'a>>, title: &mut String) -> Option<Line<'a>> {
    const DASHES: [char; 4] = ['—', '―', '─', '－'];
    let second = |line: &&Line<'_>| {
        line.text.starts_with(DASHES)
            && !line.text.ends_with(ends_sentence)
            && line.text.chars().count() <= MAX_TITLE_CHARS
    };
    let own = kept.first().filter(second)?.text.trim_start_matches(DASHES).trim_start();
    title.push_str("——");
    title.push_str(&one_line(own));
    Some(kept.remove(0))
}

/// 某某局, above 关于…的通知: who issued the document whose title is the next line.
fn is_issuer(text: &str, next: &str) -> bool {
    about(next) == Some(0) && about(text) != Some(0)
}

/// How many characters stand before 关于 near the beginning of a line: 某某局关于….
fn about(text: &str) -> Option<usize> {
    const MAX_ISSUER_CHARS: usize = 30;
    let folded: Vec<char> = text.chars().take(MAX_ISSUER_CHARS).map(fold_char).collect();
    folded.windows(2).position(|pair| pair == ['关', '于'])
}

/// A line that names the series in which the document appeared.
fn is_series(text: &str) -> bool {
    let folded: String = text.chars().map(fold_char).collect();
    // 系列访谈第9期, 专题（三）
    let counted = |c: char| c.is_ascii_digit() || numeral::one_to_ten(c).is_some() || "第期篇集讲之().".contains(c);
    let folded = folded.trim_end_matches(counted);
    ["系列访谈", "系列报道", "系列", "系列专访", "专栏", "专题", "专题报道", "特别报道", "特别策划", "访谈录", "专刊"]
        .iter()
        .any(|end| folded.ends_with(end))
}

/// A title without the names of channel and site that browsers put behind it, and without Markdown's mark.
fn named(text: &str) -> String {
    let text = text.trim_start_matches('#').trim();
    let title = text.split(['_']).next().map(str::trim).filter(|first| first.chars().count() >= 4).unwrap_or(text);
    one_line(title)
}

pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(fold_char).collect()
}

/// Whether a line is the title once more, or a good part of it: half of it, a line right below it, or the name in 《》 that
/// the title announces.
pub(super) fn repeats(title: &str, whole: &str, text: &str, below_title: bool) -> bool {
    if text.len() > MAX_TITLE_CHARS * 4 || text.ends_with(['。', '；', '：', ':', ';']) {
        return false;
    }
    let line = letters(text);
    let line = ["中文名", "名称", "标题", "文件名称", "文件名"]
        .iter()
        .find_map(|label| line.strip_prefix(label))
        .unwrap_or(&line);
    let chars = line.chars().count();
    let good_part = || below_title || chars * 2 >= whole.chars().count() || title.contains(&format!("《{text}》"));
    line == whole || chars >= MIN_REPEATED_LETTERS && whole.contains(line) && good_part()
}

#[cfg(test)]
mod tests {
    use crate::corpus::read_document;

    const TEXT: &str = "星湖园停车办法\n来源：星湖区政府\n\n一、收费\n访客每小时四元，前两小时免费。\n";

    #[test]
    fn a_text_may_say_in_front_matter_where_it_comes_from() {
        let (plain, problems) = read_document("a.txt", TEXT.as_bytes());
        assert_eq!(problems, []);
        let front = format!("---\ntitle: 停车\nvalid_until: 2026\n---\n\n{TEXT}");
        let (said, problems) = read_document("a.txt", front.as_bytes());
        assert_eq!(problems, []);
        let (plain, said) = (plain.expect("it is served"), said.expect("it is served"));
        assert_eq!((&said.text, &said.sections), (&plain.text, &plain.sections));
        assert_eq!((said.source.title.as_str(), said.source.publisher), ("停车", plain.source.publisher));
        assert_eq!(said.source.valid_until.map(String::from).as_deref(), Some("2026"));
    }

    #[test]
    fn what_a_page_prints_around_its_title_is_not_the_title() {
        let title = |text: &str| read_document("a.txt", text.as_bytes()).0.expect("it is served").source.title;
        let text = "访客的车辆前两小时免费，此后每小时四元。";
        for (head, expected) in [
            ("云浦晚报数字版　第A06—A07版：深读　　2025年5月16日　星期五\n\n山里的园区", "山里的园区"),
            ("山里的园区\n——云麓谷三年记", "山里的园区——云麓谷三年记"),
            ("「區長面對面」系列訪談第9期\n云麓區區長談園區", "云麓區區長談園區"),
            ("首页 > 园区 > 云麓谷\n\n云麓生物港\n标签: 医药 | 可注册 | 带环评", "云麓生物港"),
            ("A+ A- | 打印 | 转发\n云麓谷停车办法", "云麓谷停车办法"),
            (
                "云浦市云麓谷管理委员会文件\n云管发〔2024〕7号\n关于印发《云麓谷停车办法》的通知",
                "关于印发《云麓谷停车办法》的通知",
            ),
        ] {
            assert_eq!(title(&format!("{head}\n\n{text}\n{text}再停一天三十元。")), expected);
        }
    }

    #[test]
    fn a_text_is_switched_off_by_its_front_matter() {
        assert_eq!(
            read_document("a.txt", format!("---\nenabled: false\n---\n\n{TEXT}").as_bytes()),
            (None, Vec::new())
        );
        let (document, problems) = read_document("a.txt", format!("---\nenabled: 好\n---\n{TEXT}").as_bytes());
        assert!(document.is_none() && problems.len() == 1, "{problems:?}");
        // A rule that somebody drew.
        assert!(read_document("a.txt", format!("---\n{TEXT}").as_bytes()).0.is_some());
    }
}
