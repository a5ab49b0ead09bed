//! What the styles of a Word file make of a paragraph: a title, a heading, an item, a number. Knows nothing of paragraphs.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::xml::{attribute, events, local, number};
use crate::corpus::refusal::Refusal;

/// Styles of paragraphs above the text that are its title.
const TITLE_STYLES: &[&str] = &["title", "标题"];
/// Word lets no more styles be based on each other.
const MAX_BASES: usize = 11;

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Heading(u8),
    Item,
    /// A line of the table of contents.
    Contents,
}

/// How a paragraph is numbered: by which list, and on which level of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct InList {
    /// The list; `Some(0)` is none at all.
    pub(super) list: Option<u32>,
    /// The level from 0; `None` leaves it to the list.
    pub(super) level: Option<u32>,
}

/// The styles of a file by their ids.
#[derive(Default)]
pub(super) struct Styles(HashMap<String, Stated>);

/// What a style states itself.
#[derive(Default)]
struct Stated {
    style: Option<Style>,
    list: InList,
    base: Option<String>,
}

impl Styles {
    /// Reads `word/styles.xml`.
    pub(super) fn read(xml: &str) -> Result<Self, Refusal> {
        let mut styles: HashMap<String, Stated> = HashMap::new();
        let mut id = String::new();
        events(xml, |event| {
            let Event::Start(start) = event else { return Ok(()) };
            let name = start.name();
            if local(name.as_ref()) == "style" {
                id = attribute(&start, "styleId").unwrap_or_default();
            }
            let stated = styles.entry(id.clone()).or_default();
            match local(name.as_ref()) {
                "name" => stated.style = named(&attribute(&start, "val").unwrap_or_default()).or(stated.style),
                "outlineLvl" => {
                    let level = number(&start, "val").filter(|&level| level < 9);
                    stated.style = stated.style.or(level.map(|level| Style::Heading(level as u8 + 1)));
                }
                "basedOn" => stated.base = attribute(&start, "val"),
                "numId" => stated.list.list = number(&start, "val"),
                "ilvl" => stated.list.level = number(&start, "val"),
                _ => {}
            }
            Ok(())
        })?;
        Ok(Self(styles))
    }

    /// What a style makes of a paragraph. A style that is based on a heading is one.
    pub(super) fn style(&self, id: &str) -> Option<Style> {
        let own = self.0.get(id)?.style;
        own.or_else(|| {
            self.bases(id).find_map(|stated| stated.style).filter(|style| matches!(style, Style::Heading(_)))
        })
    }

    /// How a style numbers a paragraph.
    pub(super) fn list(&self, id: &str) -> InList {
        let first = |part: fn(&InList) -> Option<u32>| self.bases(id).find_map(|stated| part(&stated.list));
        InList { list: first(|list| list.list), level: first(|list| list.level) }
    }

    /// The style itself and those that it is based on.
    fn bases(&self, id: &str) -> impl Iterator<Item = &Stated> {
        let next = |stated: &&Stated| stated.base.as_ref().and_then(|base| self.0.get(base));
        std::iter::successors(self.0.get(id), next).take(MAX_BASES)
    }
}

fn named(name: &str) -> Option<Style> {
    let name = name.to_lowercase();
    let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "));
    match level.and_then(|level| level.trim().parse::<u8>().ok()) {
        Some(level) if (1..=9).contains(&level) => Some(Style::Heading(level)),
        _ if TITLE_STYLES.contains(&name.as_str()) => Some(Style::Title),
        _ if name.starts_with("list bullet") || name.starts_with("list number") => Some(Style::Item),
        _ if name.starts_with("toc ") => Some(Style::Contents),
        _ => None,
    }
}
