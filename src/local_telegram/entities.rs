//! Entities: the marked ranges of a text, counted in UTF-16 units. Finds those Telegram finds by itself
//! (mentions, commands, hashtags, addresses) and cleans a text as Telegram does. Refuses nothing: see `limits`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A marked range of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Telegram's name of the kind: `bold`, `blockquote`, `text_link` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it begins, in UTF-16 units.
    pub offset: usize,
    /// How long it is, in UTF-16 units.
    pub length: usize,
    /// What some kinds carry: `url`, `language`, `user`, `custom_emoji_id`.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Entity {
    /// An entity that carries nothing else.
    pub fn new(kind: &str, offset: usize, length: usize) -> Self {
        Self { kind: kind.to_owned(), offset, length, extra: Map::new() }
    }

    /// Where it ends, in UTF-16 units, exclusive.
    pub fn end(&self) -> usize {
        self.offset + self.length
    }
}

/// The length of a text in UTF-16 units.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The part of a text from one UTF-16 offset to another; characters cut by a border are left out.
pub fn utf16_slice(text: &str, start: usize, end: usize) -> String {
    let mut at = 0;
    let inside = |c: &char| {
        let begins = at;
        at += c.len_utf16();
        begins >= start && at <= end
    };
    text.chars().filter(inside).collect()
}

/// What Telegram makes of a text before it counts: control characters become spaces, carriage returns, line
/// separators and direction overrides go, white space at both ends goes, and entities move along.
pub(crate) fn clean(text: &str, entities: &[Entity]) -> (String, Vec<Entity>) {
    let mut kept: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    for c in text.chars() {
        match c {
            '\r' | '\u{2028}'..='\u{202e}' => {}
            '\n' => kept.push((at, c)),
            c if c.is_ascii_control() => kept.push((at, ' ')),
            c => kept.push((at, c)),
        }
        at += c.len_utf16();
    }
    let first = kept.iter().position(|(_, c)| !c.is_whitespace()).unwrap_or(kept.len());
    let last = kept.iter().rposition(|(_, c)| !c.is_whitespace()).map_or(first, |i| i + 1);
    let kept = kept.get(first..last).unwrap_or_default();
    let moved = entities.iter().filter_map(|entity| {
        let before = |limit: usize| kept.iter().filter(|(at, _)| *at < limit).map(|(_, c)| c.len_utf16()).sum();
        let (start, end): (usize, usize) = (before(entity.offset), before(entity.end()));
        let says_something =
            kept.iter().any(|(at, c)| *at >= entity.offset && *at < entity.end() && !c.is_whitespace());
        says_something.then(|| Entity { offset: start, length: end - start, ..entity.clone() })
    });
    (kept.iter().map(|(_, c)| *c).collect(), moved.collect())
}

/// The entities Telegram adds by itself, where no other stands in their way.
pub(crate) fn with_found(text: &str, given: Vec<Entity>) -> Vec<Entity> {
    let crosses = |a: &Entity, b: &Entity| {
        let apart = a.end() <= b.offset || b.end() <= a.offset;
        let nested = (a.offset <= b.offset && b.end() <= a.end()) || (b.offset <= a.offset && a.end() <= b.end());
        !apart && (!nested || !may_hold_others(&b.kind))
    };
    let found: Vec<Entity> =
        find(text).into_iter().filter(|found| !given.iter().any(|given| crosses(found, given))).collect();
    let mut all = given;
    all.extend(found);
    all.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
    all
}

/// Whether entities of this kind may lie over others.
pub(crate) fn may_hold_others(kind: &str) -> bool {
    matches!(
        kind,
        "bold" | "italic" | "underline" | "strikethrough" | "spoiler" | "blockquote" | "expandable_blockquote"
    )
}

/// Commands, mentions, hashtags, web and mail addresses in a text.
pub(crate) fn find(text: &str) -> Vec<Entity> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let (mut i, mut offset) = (0, 0);
    while i < chars.len() {
        let starts_word = i == 0 || !(chars[i - 1].is_alphanumeric() || matches!(chars[i - 1], '_' | '/' | '@' | '<'));
        let hit = match chars[i] {
            '/' if starts_word => command(&chars[i..]).map(|n| ("bot_command", n)),
            '@' if starts_word => mention(&chars[i..]).map(|n| ("mention", n)),
            '#' if starts_word => hashtag(&chars[i..]).map(|n| ("hashtag", n)),
            c if c.is_ascii_alphanumeric() && (i == 0 || !chars[i - 1].is_ascii_alphanumeric()) => address(&chars[i..]),
            _ => None,
        };
        let taken = hit.map_or(1, |(_, n)| n);
        let length: usize = chars[i..i + taken].iter().map(|c| c.len_utf16()).sum();
        if let Some((kind, _)) = hit {
            found.push(Entity::new(kind, offset, length));
        }
        i += taken;
        offset += length;
    }
    found
}

fn run(chars: &[char], is_part: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|c| is_part(**c)).count()
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `/name` or `/name@bot`, the name of 1–64 characters.
fn command(chars: &[char]) -> Option<usize> {
    let name = run(&chars[1..], is_name);
    let end = 1 + name;
    if !(1..=64).contains(&name) || chars.get(end).is_some_and(|c| matches!(c, '/' | '<' | '>')) {
        return None;
    }
    let bot = chars.get(end).filter(|c| **c == '@').map_or(0, |_| run(&chars[end + 1..], is_name));
    Some(if (3..=32).contains(&bot) { end + 1 + bot } else { end })
}

/// `@name`, the name of 3–32 characters.
fn mention(chars: &[char]) -> Option<usize> {
    let name = run(&chars[1..], is_name);
    (3..=32).contains(&name).then_some(1 + name)
}

/// `#word`, which needs one character that is no digit.
fn hashtag(chars: &[char]) -> Option<usize> {
    let word = run(&chars[1..], |c| c.is_alphanumeric() || c == '_');
    let has_letter = chars[1..=word].iter().any(|c| !c.is_numeric() && *c != '_');
    (has_letter && word <= 256).then_some(1 + word)
}

/// An address with a scheme, a bare one with a well-known ending, or a mail address.
fn address(chars: &[char]) -> Option<(&'static str, usize)> {
    let reach = run(chars, |c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^'));
    let trailing = chars[..reach]
        .iter()
        .rev()
        .take_while(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ')' | ']'))
        .count();
    let length = reach - trailing;
    let word: String = chars[..length].iter().collect();
    let lower = word.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.unwrap_or(&lower).split(['/', '?', '#', ':']).next().unwrap_or_default();
    if let Some((person, domain)) = word.split_once('@') {
        let plain = !person.is_empty() && person.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
        return (plain && is_host(domain)).then_some(("email", length));
    }
    let known = ["com", "cn", "org", "net", "gov", "io", "me", "dev", "edu"];
    let ending = host.rsplit('.').next().unwrap_or_default();
    (is_host(host) && (rest.is_some() || known.contains(&ending))).then_some(("url", length))
}

fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|l| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(String, String)> =
            find(text).iter().map(|e| (e.kind.clone(), utf16_slice(text, e.offset, e.end()))).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(kind, part)| ((*kind).to_owned(), (*part).to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn telegram_finds_commands_mentions_tags_and_addresses() {
        check("/start", &[("bot_command", "/start")]);
        check("/ask@yuanwen_bot 张江", &[("bot_command", "/ask@yuanwen_bot")]);
        check("😀 @yuanwen_bot 租金?", &[("mention", "@yuanwen_bot")]);
        check("看 https://a.example/b?c=1。", &[("url", "https://a.example/b?c=1")]);
        check("see sheitc.sh.gov.cn, ok", &[("url", "sheitc.sh.gov.cn")]);
        check("a@b.cn", &[("email", "a@b.cn")]);
        check("#张江 #1", &[("hashtag", "#张江")]);
        check("and/or 1/2 5.5 @ab a//b", &[]);
    }

    #[test]
    fn cleaning_moves_entities_along() {
        let (text, entities) =
            clean(" \n a\r\u{7}b\u{202e}😀 ", &[Entity::new("bold", 3, 7), Entity::new("code", 0, 2)]);
        assert_eq!(text, "a b😀");
        assert_eq!(entities, [Entity::new("bold", 0, 5)]);
    }

    #[test]
    fn found_entities_give_way_to_given_ones() {
        let given = vec![Entity::new("code", 0, 6)];
        assert_eq!(with_found("/start", given.clone()), given);
        assert_eq!(with_found("/start", vec![Entity::new("bold", 0, 6)]).len(), 2);
    }
}
