//! The numbers that Word puts before paragraphs by itself: 第一章, 一、, （一）, 1.2. They are not in the text of the file,
//! but everybody reads them. Knows nothing of paragraphs.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};

use super::numeral::numeral;
use super::styles::InList;
use super::xml::{attribute, events, local, number};
use crate::corpus::refusal::Refusal;

/// Levels of a list.
const LEVELS: usize = 9;
/// A mark is shorter than this, in characters, whatever a file claims.
const MAX_MARK_CHARS: usize = 40;

/// What stands before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    /// The number as it is read, with a space behind it where one is seen.
    Number(String),
}

/// One level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`: where the numbers of the levels go.
    text: String,
    /// Whether the numbers of outer levels are in plain figures.
    is_legal: bool,
    /// Whether nothing parts the number from the text.
    is_close: bool,
    /// Whether it counts on below the next of an outer level.
    goes_on: bool,
    /// The style whose paragraphs stand on this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, text) = ("decimal".to_owned(), String::new());
        Self { start: 1, format, text, is_legal: false, is_close: false, goes_on: false, style: None }
    }
}

/// A list that paragraphs name.
#[derive(Debug, Clone, Default)]
struct List {
    /// The definition that it counts by, together with all lists of that definition.
    definition: u32,
    /// Levels that it defines anew, and where it starts anew.
    levels: HashMap<u32, Level>,
    starts: HashMap<u32, u32>,
}

/// All lists of a file, and how far they have counted.
#[derive(Default)]
pub(super) struct Numbers {
    definitions: HashMap<u32, HashMap<u32, Level>>,
    lists: HashMap<u32, List>,
    /// By definition: the number of each level, and `None` where it has not begun.
    counted: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels that have started anew already.
    started: HashSet<(u32, u32)>,
}

impl Numbers {
    /// Reads `word/numbering.xml`.
    pub(super) fn read(xml: &str) -> Result<Self, Refusal> {
        let mut numbers = Self::default();
        // Where the reader stands: in a definition or in a list, and on which level.
        let (mut definition, mut list, mut level): (Option<u32>, Option<u32>, u32) = (None, None, 0);
        // A definition may leave it to another, by the name of a list style.
        let (mut leaves, mut names): (HashMap<u32, String>, HashMap<String, u32>) = Default::default();
        events(xml, |event| {
            let Event::Start(start) = event else { return Ok(()) };
            let value = || number(&start, "val");
            match local(start.name().as_ref()) {
                "abstractNum" => (definition, list) = (number(&start, "abstractNumId"), None),
                "num" => (definition, list) = (None, number(&start, "numId")),
                "abstractNumId" => {
                    if let (Some(list), Some(value)) = (list, value()) {
                        numbers.lists.entry(list).or_default().definition = value;
                    }
                }
                "numStyleLink" => leaves.extend(definition.zip(attribute(&start, "val"))),
                "styleLink" => names.extend(attribute(&start, "val").zip(definition)),
                "lvl" | "lvlOverride" => level = number(&start, "ilvl").unwrap_or_default(),
                "startOverride" => {
                    if let (Some(list), Some(value)) = (list, value()) {
                        numbers.lists.entry(list).or_default().starts.insert(level, value);
                    }
                }
                name if level < LEVELS as u32 => {
                    let levels = match (definition, list) {
                        (Some(definition), _) => numbers.definitions.entry(definition).or_default(),
                        (None, Some(list)) => &mut numbers.lists.entry(list).or_default().levels,
                        (None, None) => return Ok(()),
                    };
                    state(levels, level, name, &start);
                }
                _ => {}
            }
            Ok(())
        })?;
        for list in numbers.lists.values_mut() {
            let other = leaves.get(&list.definition).and_then(|name| names.get(name));
            list.definition = other.copied().unwrap_or(list.definition);
        }
        Ok(numbers)
    }

    /// The mark of the next paragraph of a list, counted. `style` is the paragraph's, which may choose the level.
    pub(super) fn next(&mut self, at: InList, style: &str) -> Option<Mark> {
        let id = at.list?;
        let list = self.lists.get(&id)?;
        let (definition, own) = (list.definition, &list.levels);
        let levels = self.definitions.get(&definition);
        let of = |level: u32| own.get(&level).or_else(|| levels?.get(&level));
        let by_style =
            || (0..LEVELS as u32).find(|&level| of(level).is_some_and(|l| l.style.as_deref() == Some(style)));
        let level = at.level.or_else(by_style).unwrap_or_default();
        let here = of(level)?;
        if here.format == "bullet" {
            return Some(Mark::Bullet);
        }
        let counted = self.counted.entry(definition).or_default();
        let anew = list.starts.get(&level).filter(|_| self.started.insert((id, level)));
        let next = anew.copied().or_else(|| Some(counted[level as usize]?.saturating_add(1))).unwrap_or(here.start);
        counted[level as usize] = Some(next);
        for deeper in level + 1..LEVELS as u32 {
            if !of(deeper).is_some_and(|level| level.goes_on) {
                counted[deeper as usize] = None;
            }
        }
        let shown = |level: u32| {
            let (format, start) = of(level).map_or(("decimal", 1), |level| (level.format.as_str(), level.start));
            let number = counted.get(level as usize).copied().flatten().unwrap_or(start);
            numeral(if here.is_legal { "decimal" } else { format }, number)
        };
        let mark = filled(&here.text, shown);
        let mark: String = mark.trim().chars().take(MAX_MARK_CHARS).collect();
        // A mark that ends wide needs no space.
        let is_close = here.is_close && mark.ends_with(|c: char| !c.is_alphanumeric())
            || mark.ends_with(['、', '）', '．', '】', '：', '，'])
            || mark.is_empty();
        Some(Mark::Number(if is_close { mark } else { mark + " " }))
    }
}

/// Takes what an element says of a level.
fn state(levels: &mut HashMap<u32, Level>, level: u32, name: &str, start: &BytesStart<'_>) {
    let value = || attribute(start, "val");
    let is_on = || !matches!(value().as_deref(), Some("0" | "false" | "off"));
    if !matches!(name, "start" | "numFmt" | "lvlText" | "isLgl" | "suff" | "lvlRestart" | "pStyle") {
        return;
    }
    let level = levels.entry(level).or_default();
    match name {
        "start" => level.start = number(start, "val").unwrap_or(1),
        "numFmt" => level.format = value().unwrap_or_default(),
        "lvlText" => level.text = value().unwrap_or_default().chars().take(MAX_MARK_CHARS).collect(),
        "isLgl" => level.is_legal = is_on(),
        "suff" => level.is_close = value().as_deref() == Some("nothing"),
        "lvlRestart" => level.goes_on = number(start, "val") == Some(0),
        _ => level.style = value(),
    }
}

/// `第%1条` with the numbers of its levels.
fn filled(text: &str, shown: impl Fn(u32) -> String) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|c| c.to_digit(10)).filter(|&digit| c == '%' && digit > 0) {
            Some(level) => {
                chars.next();
                out.push_str(&shown(level - 1));
            }
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="3">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlRestart w:val="0"/><w:lvlText w:val="第%2条"/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:isLgl/><w:pStyle w:val="deep"/><w:lvlText w:val="%1.%3"/><w:suff w:val="nothing"/></w:lvl>
            <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="附件"/></w:abstractNum>
        <w:abstractNum w:abstractNumId="5"><w:styleLink w:val="附件"/>
            <w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="附件%1："/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="3"><w:abstractNumId w:val="4"/></w:num>
        <w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
    </w:numbering>"#;

    #[test]
    fn lists_count_as_word_counts_them() {
        let mut numbers = Numbers::read(LISTS).expect("it is sound");
        let mut next = |list, level, style: &str| match numbers.next(InList { list: Some(list), level }, style) {
            Some(Mark::Number(mark)) => mark,
            Some(Mark::Bullet) => "•".to_owned(),
            None => "none".to_owned(),
        };
        assert_eq!(next(1, None, ""), "第一章 ");
        assert_eq!(next(1, Some(1), ""), "第一条 ");
        assert_eq!(next(1, Some(1), ""), "第二条 ");
        assert_eq!(next(1, Some(2), ""), "1.1 ");
        assert_eq!(next(1, None, "deep"), "1.2 ");
        assert_eq!(next(1, Some(0), ""), "第二章 ");
        // Articles count through all chapters, what is deeper does not.
        assert_eq!(next(1, Some(1), ""), "第三条 ");
        assert_eq!(next(1, Some(2), ""), "2.1 ");
        assert_eq!(next(1, Some(3), ""), "•");
        // Another list of the same definition counts on, unless it starts anew.
        assert_eq!(next(2, Some(1), ""), "第四条 ");
        assert_eq!(next(2, Some(0), ""), "第五章 ");
        assert_eq!(next(2, Some(0), ""), "第六章 ");
        assert_eq!(next(3, Some(0), ""), "附件A：");
        assert_eq!(next(9, Some(0), ""), "none");
        assert_eq!(next(1, Some(200), ""), "none");
    }
}
