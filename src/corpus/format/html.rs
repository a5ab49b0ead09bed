//! Web pages: which part is the article, and how it is laid out. What stands around it is listed, not lost. Knows nothing
//! of what lines say; cleaning does.

use std::collections::HashSet;

use dom_query::{Document as Page, NodeRef};
use dom_smoothie::{CandidateSelectMode, Config, Readability};

use super::draft::{Draft, sound_title};
use crate::corpus::clean::{Dropped, Reason};
use crate::corpus::document::BlockKind;
use crate::corpus::layout::Piece;
use crate::corpus::line::one_line;
use crate::corpus::refusal::Refusal;

/// Below this nesting only text is taken: no page that a person wrote is deeper.
const MAX_NESTING: usize = 250;
/// A page of more elements than this is refused rather than searched for minutes.
const MAX_ELEMENTS: usize = 200_000;
/// An article with less than this share of the page's running text, in percent, is not all of it.
const MIN_ARTICLE_PERCENT: usize = 75;
/// A cell longer than this is no cell: the table lays out the page.
const MAX_CELL_CHARS: usize = 300;
/// A cell that claims to span more is wrong.
const MAX_SPAN: usize = 40;

const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "button", "select", "textarea", "head",
    "object", "canvas", "video", "audio",
];
/// Parts that a page itself says are not its text.
const BESIDE: &[&str] = &["nav", "footer", "aside"];
const INLINE: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
const TITLES: &[&str] = &["meta[name=ArticleTitle]", "meta[property='og:title']"];
const PUBLISHERS: &[&str] = &["meta[name=ContentSource]", "meta[name=source]", "meta[property='article:author']"];
const SITES: &[&str] = &["meta[property='og:site_name']", "meta[name=SiteName]"];
const DATES: &[&str] = &[
    "meta[name=PubDate]",
    "meta[property='article:published_time']",
    "meta[name=publishdate]",
    "meta[itemprop=datePublished]",
];
/// Where pages without such metadata show the date of an article.
const SHOWN_DATES: &str = "#publish_time, #pubtime, .pubtime, .publish-time, #pubtime_baidu";
/// What encyclopedias print behind a heading.
const EDIT: &[&str] = &["[编辑]", "[編輯]", "[edit]", "编辑本段"];
/// A row in which a page tells about itself, whose fields often stand apart only by style.
const FIELDS: &[&str] = &["来源", "來源", "时间", "時間", "作者", "浏览", "瀏覽", "阅读", "发布", "發布", "编辑"];
const ADDRESSES: &[&str] = &["meta[name=Url]", "meta[property='og:url']"];

/// Reads a web page.
pub(super) fn read(html: &str) -> Result<Draft, Refusal> {
    let page = Page::from(html);
    if page.select("*").length() > MAX_ELEMENTS {
        return Err(Refusal::Elements);
    }
    // WeChat hides its article until a script shows it.
    page.select("#js_content").remove_attr("style");
    let published = meta(&page, DATES).or_else(|| shown(&page, SHOWN_DATES));
    let mut draft = Draft { title: title(&page), published, ..Draft::default() };
    draft.publisher = meta(&page, PUBLISHERS).or_else(|| shown(&page, "#js_name")).or_else(|| meta(&page, SITES));
    draft.url =
        meta(&page, ADDRESSES).or_else(|| page.select("link[rel=canonical]").attr("href").map(|href| href.to_string()));
    draft.url = draft.url.filter(|url| url.starts_with("http"));
    let mut whole = Walk::default();
    if let Some(body) = page.body() {
        whole.node(&body, 0);
        whole.flush();
    }
    let pieces = article(page)
        .filter(|article| running_text(article) * 100 >= running_text(&whole.draft.pieces) * MIN_ARTICLE_PERCENT);
    match pieces {
        Some(article) => {
            let told: HashSet<&str> = article.iter().filter_map(text).collect();
            draft.dropped.extend(around(&whole.draft.pieces, &told));
            draft.pieces = article;
        }
        None => draft.pieces = std::mem::take(&mut whole.draft.pieces),
    }
    draft.dropped.extend(whole.draft.dropped);
    Ok(draft)
}

/// The article of the page, as Readability finds it.
fn article(page: Page) -> Option<Vec<Piece>> {
    let config = Config {
        candidate_select_mode: CandidateSelectMode::DomSmoothie,
        char_threshold: 100,
        disable_json_ld: true,
        ..Config::default()
    };
    let article = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    let page = Page::from(article.content);
    let mut walk = Walk::default();
    walk.node(&page.body()?, 0);
    walk.flush();
    Some(walk.draft.pieces).filter(|pieces| !pieces.is_empty())
}

fn text(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Heading { name, .. } => Some(name),
        Piece::Block { text, .. } => Some(text),
        Piece::Line(_) | Piece::Close(_) => None,
    }
}

/// Characters of the pieces that hold sentences.
fn running_text(pieces: &[Piece]) -> usize {
    pieces.iter().filter_map(text).filter(|text| text.contains(['。', '，'])).map(|text| text.chars().count()).sum()
}

/// What the page shows and the article does not hold.
fn around(page: &[Piece], told: &HashSet<&str>) -> Vec<Dropped> {
    let beside = page.iter().enumerate().filter_map(|(at, piece)| {
        let text = text(piece).filter(|text| !told.contains(text))?;
        Some(Dropped { line: at + 1, text: text.to_owned(), reason: Reason::Around })
    });
    beside.collect()
}

fn meta(page: &Page, selectors: &[&str]) -> Option<String> {
    selectors.iter().find_map(|selector| {
        let content = page.select(selector).attr("content")?;
        let content = one_line(&content);
        (!content.is_empty()).then_some(content)
    })
}

fn shown(page: &Page, selector: &str) -> Option<String> {
    let text = page.select_single(selector).text();
    let text = one_line(&text);
    (!text.is_empty()).then_some(text)
}

/// The title that the page states, its only first heading, or the bar of the browser without the names behind it.
fn title(page: &Page) -> Option<String> {
    let first = page.select("h1");
    let heading = || (first.length() == 1).then(|| first.text().to_string()).and_then(|text| sound_title(&text));
    let bar = || {
        let bar = page.select("head > title").text();
        let first = bar.split(['_', '|', '–', '—']).next().unwrap_or_default().to_owned();
        let first = first.rsplit_once(" - ").map_or(first.clone(), |(title, _)| title.to_owned());
        sound_title(first.rsplit_once('-').map_or(first.as_str(), |(title, _)| title))
    };
    meta(page, TITLES).and_then(|text| sound_title(&text)).or_else(heading).or_else(bar)
}

/// What the text belongs to.
#[derive(Clone, Copy, Default)]
enum Within {
    #[default]
    Page,
    Item,
    /// The first line of an item of a numbered list.
    Numbered(usize),
}

/// What has been read so far.
#[derive(Default)]
struct Walk {
    draft: Draft,
    text: String,
    /// The same with a space wherever an element ends.
    spaced: String,
    /// How many characters of it lead to other pages, and how many links are open.
    linked: usize,
    links: usize,
    within: Within,
    /// What `dt` says of the `dd` that follows.
    label: String,
}

impl Walk {
    fn flush(&mut self) {
        let (text, spaced) = (std::mem::take(&mut self.text), std::mem::take(&mut self.spaced));
        let linked = std::mem::take(&mut self.linked);
        let sentence = text.contains(['。', '，', '！']);
        let text = if !sentence && FIELDS.iter().any(|field| text.contains(field)) { spaced } else { text };
        if text.trim().is_empty() {
            return;
        }
        let chars = text.chars().filter(|c| c.is_alphanumeric()).count();
        // A line that is all links leads away.
        if !sentence && linked > 0 && linked * 10 >= chars * 9 {
            let line = self.draft.pieces.len() + 1;
            let text = one_line(&text);
            return self.draft.dropped.push(Dropped { line, text, reason: Reason::Around });
        }
        match self.within {
            Within::Numbered(number) => {
                self.draft.block(BlockKind::Item, &format!("{number}. {}", text.trim()));
                self.within = Within::Item;
            }
            Within::Item => self.draft.block(BlockKind::Item, &text),
            Within::Page => self.draft.block(BlockKind::Paragraph, &text),
        }
    }

    fn children(&mut self, node: &NodeRef<'_>, nesting: usize) {
        for child in node.children_it(false) {
            self.node(&child, nesting + 1);
        }
    }

    fn node(&mut self, node: &NodeRef<'_>, nesting: usize) {
        if node.is_text() {
            return self.characters(&node.text());
        }
        let Some(name) = node.node_name() else { return };
        let name = name.to_ascii_lowercase();
        if nesting > MAX_NESTING || UNSEEN.contains(&name.as_str()) || hidden(node) {
            return;
        }
        match name.as_str() {
            "sup" if is_reference(&node.text()) => {}
            "a" => {
                self.links += 1;
                self.children(node, nesting);
                self.links -= 1;
                self.spaced.push(' ');
            }
            name if INLINE.contains(&name) => {
                self.children(node, nesting);
                self.spaced.push(' ');
            }
            name => {
                self.flush();
                self.block(name, node, nesting);
                self.flush();
            }
        }
    }

    fn characters(&mut self, text: &str) {
        self.text.push_str(text);
        self.spaced.push_str(text);
        if self.links > 0 {
            self.linked += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
    }

    /// An element that stands apart from what is before and behind it.
    fn block(&mut self, name: &str, node: &NodeRef<'_>, nesting: usize) {
        match name {
            "br" | "hr" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                let text = node.text();
                let text = text.trim();
                let text = EDIT.iter().find_map(|edit| text.strip_suffix(edit)).unwrap_or(text);
                self.draft.heading(level, text);
            }
            "table" => match grid(node) {
                Some(rows) => self.draft.table(rows.into_iter()),
                None => self.children(node, nesting),
            },
            "ol" | "ul" => self.list(name == "ol", node, nesting),
            "dt" => {
                // 面　积: spread to the width of its neighbours.
                let label = node.text();
                let spread = label.split_whitespace().all(|word| word.chars().count() == 1);
                self.label = label.split_whitespace().collect::<Vec<_>>().join(if spread { "" } else { " " });
            }
            "dd" => {
                let text = node.text();
                let label = std::mem::take(&mut self.label);
                let line = if label.is_empty() { text.to_string() } else { format!("{label}：{}", text.trim()) };
                self.draft.block(BlockKind::Item, &line);
            }
            name if BESIDE.contains(&name) => {
                let (text, line) = (node.formatted_text(), self.draft.pieces.len() + 1);
                let lines = text.lines().map(str::trim).filter(|text| !text.is_empty());
                let beside = |text: &str| Dropped { line, text: text.to_owned(), reason: Reason::Around };
                self.draft.dropped.extend(lines.map(beside));
            }
            _ => self.children(node, nesting),
        }
    }

    fn list(&mut self, is_numbered: bool, node: &NodeRef<'_>, nesting: usize) {
        let outer = std::mem::take(&mut self.within);
        let items = node.children_it(false).filter(|child| child.has_name("li"));
        for (at, item) in items.enumerate() {
            self.within = if is_numbered { Within::Numbered(at + 1) } else { Within::Item };
            self.children(&item, nesting + 1);
            self.flush();
        }
        self.within = outer;
    }
}

/// [1], [注2]: where an encyclopedia points to its sources.
fn is_reference(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('[') && text.ends_with(']') && text.chars().count() <= 6
}

fn hidden(node: &NodeRef<'_>) -> bool {
    let style = node.attr("style").is_some_and(|style| {
        let style = style.replace(' ', "").to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    let edit = node.class().is_some_and(|class| class.contains("mw-editsection"));
    style || node.has_attr("hidden") || edit
}

/// The cells of a table, with those that span repeated; `None` if it only lays out the page.
fn grid(table: &NodeRef<'_>) -> Option<Vec<Vec<String>>> {
    if table.find(&["table"]).iter().any(|inner| inner.id != table.id) {
        return None;
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    // What still spans down, column by column.
    let mut spans: Vec<(usize, String)> = Vec::new();
    for row in table.find(&["tr"]) {
        let mut cells = Vec::new();
        for cell in row.children_it(false).filter(|cell| cell.has_name("td") || cell.has_name("th")) {
            carry(&mut spans, &mut cells);
            let text = one_line(&cell.text());
            if text.chars().count() > MAX_CELL_CHARS {
                return None;
            }
            let span = |name| cell.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN);
            for column in 0..span("colspan") {
                let text = if column == 0 { text.clone() } else { String::new() };
                let at = cells.len();
                if spans.len() <= at {
                    spans.resize(at + 1, (0, String::new()));
                }
                spans[at] = (span("rowspan") - 1, text.clone());
                cells.push(text);
            }
        }
        carry(&mut spans, &mut cells);
        rows.push(cells);
    }
    let wide = rows.iter().filter(|cells| cells.iter().filter(|cell| !cell.is_empty()).count() >= 2).count();
    (rows.len() >= 2 && wide * 2 >= rows.len()).then_some(rows)
}

/// Fills in the cells that span from above, up to the next that is free.
fn carry(spans: &mut [(usize, String)], cells: &mut Vec<String>) {
    while let Some((left, text)) = spans.get_mut(cells.len()).filter(|(left, _)| *left > 0) {
        *left -= 1;
        cells.push(text.clone());
    }
}
