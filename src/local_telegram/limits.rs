//! Telegram's limits on what a bot may say: texts, entities, keyboards. Each refuses in Telegram's words; where
//! Telegram would silently drop something instead, this refuses and says so. Knows no chats and no state.

use super::{
    entities::{self, Entity, may_hold_others, utf16_len},
    message::{Action, Button},
    refusal::Refusal,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Longest text of a message, in UTF-16 units after cleaning.
pub(crate) const MAX_TEXT_UNITS: usize = 4096;
/// Longest caption, in UTF-16 units.
const MAX_CAPTION_UNITS: usize = 1024;
/// Longest quotation in a reply, in UTF-16 units.
pub(crate) const MAX_QUOTE_UNITS: usize = 1024;
/// Entities in one text.
pub(crate) const MAX_ENTITIES: usize = 100;
/// Longest `callback_data`, in bytes.
pub(crate) const MAX_CALLBACK_BYTES: usize = 64;
/// Buttons under one message.
const MAX_BUTTONS: usize = 100;
/// Buttons in one row.
const MAX_BUTTONS_A_ROW: usize = 8;
/// Longest text of a copy button, in characters.
const MAX_COPY_CHARS: usize = 256;
/// Results of one inline query.
pub(crate) const MAX_INLINE_RESULTS: usize = 50;
/// Longest id of an inline result, and longest `next_offset`, in bytes.
pub(crate) const MAX_INLINE_ID_BYTES: usize = 64;
/// Longest text of an answer to a callback query, in characters.
pub(crate) const MAX_CALLBACK_ANSWER_CHARS: usize = 200;
/// Largest file `getFile` gives, in bytes (20 MiB).
pub(crate) const MAX_DOWNLOAD_BYTES: u64 = 20 * 1024 * 1024;
/// Largest file a bot may send, in bytes (50 MiB).
pub(crate) const MAX_UPLOAD_BYTES: usize = 50 * 1024 * 1024;

/// Which limit a text falls under, and Telegram's words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Message,
    Edit,
    Caption,
}

/// A text as it will stand in the chat: cleaned, with Telegram's own entities added.
pub(crate) fn text(kind: Kind, text: &str, given: &[Entity]) -> Result<(String, Vec<Entity>), Refusal> {
    ranges(text, given)?;
    let (text, given) = entities::clean(text, given);
    let units = utf16_len(&text);
    match kind {
        Kind::Message | Kind::Edit if text.is_empty() => return Err(Refusal::bad("message text is empty")),
        Kind::Message if units > MAX_TEXT_UNITS => return Err(Refusal::bad("message is too long")),
        Kind::Edit if units > MAX_TEXT_UNITS => return Err(Refusal::bad("MESSAGE_TOO_LONG")),
        Kind::Caption if units > MAX_CAPTION_UNITS => return Err(Refusal::bad("message caption is too long")),
        _ => {}
    }
    nesting(&given)?;
    Ok((text.clone(), entities::with_found(&text, given)))
}

/// Offsets in range, in order, on the borders of characters.
fn ranges(text: &str, given: &[Entity]) -> Result<(), Refusal> {
    if given.len() > MAX_ENTITIES {
        return Err(Refusal::bad("ENTITIES_TOO_LONG: a message carries at most 100 entities, Telegram drops the rest"));
    }
    if !given.is_sorted_by_key(|entity| entity.offset) {
        return Err(Refusal::bad("entities are not sorted by offset"));
    }
    let mut borders = BTreeSet::from([0]);
    let mut at = 0;
    for c in text.chars() {
        at += c.len_utf16();
        borders.insert(at);
    }
    for entity in given {
        let (start, end) = (entity.offset, entity.end());
        let reason = if start > at {
            format!("entity begins after the end of the text at UTF-16 offset {start}")
        } else if end > at {
            format!("entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}")
        } else if !borders.contains(&start) {
            format!("entity begins in a middle of a UTF-16 symbol at UTF-16 offset {start}")
        } else if !borders.contains(&end) {
            format!("entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol")
        } else if entity.length == 0 {
            format!("receive an entity with incorrect length 0 at UTF-16 offset {start}; Telegram drops it")
        } else {
            kind_is_complete(entity)?;
            continue;
        };
        return Err(Refusal::bad(reason));
    }
    Ok(())
}

/// Known kinds, with the field that each needs.
fn kind_is_complete(entity: &Entity) -> Result<(), Refusal> {
    let given = |field: &str| entity.extra.get(field);
    match entity.kind.as_str() {
        "text_link" => url(given("url").and_then(Value::as_str).unwrap_or_default())
            .map_err(|why| Refusal::bad(format!("text_link entity: {why}; Telegram drops it"))),
        "text_mention" if given("user").is_none() => Err(Refusal::bad("can't parse entity: field \"user\" is missing")),
        "custom_emoji" if given("custom_emoji_id").is_none() => {
            Err(Refusal::bad("can't parse entity: field \"custom_emoji_id\" is missing"))
        }
        "mention" | "hashtag" | "cashtag" | "bot_command" | "url" | "email" | "phone_number" | "code" | "pre"
        | "text_mention" | "custom_emoji" => Ok(()),
        kind if may_hold_others(kind) => Ok(()),
        kind => Err(Refusal::bad(format!("unsupported type of entity specified: {kind}"))),
    }
}

/// Quotations do not nest, nothing lies in code, links do not overlap.
fn nesting(given: &[Entity]) -> Result<(), Refusal> {
    let is_quote = |e: &Entity| e.kind.ends_with("blockquote");
    let is_code = |e: &Entity| matches!(e.kind.as_str(), "code" | "pre");
    for (i, a) in given.iter().enumerate() {
        for b in given.iter().skip(i + 1).take_while(|b| b.offset < a.end()) {
            let reason = if is_quote(a) && is_quote(b) {
                "blockquote and expandable_blockquote entities can't be nested"
            } else if (is_code(a) && !is_quote(b)) || (is_code(b) && !is_quote(a)) {
                "code and pre entities can't overlap other entities"
            } else if !may_hold_others(&a.kind) && !may_hold_others(&b.kind) {
                "links, mentions and the like can't overlap each other"
            } else if is_quote(b) && b.end() > a.end() || is_quote(a) && b.end() > a.end() {
                "a blockquote can't overlap another entity in part"
            } else {
                continue;
            };
            return Err(Refusal::bad(format!("entities at UTF-16 offset {}: {reason}", b.offset)));
        }
    }
    Ok(())
}

/// An address a button or link may open.
pub(crate) fn url(address: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("URL '{address}' is invalid: {why}"));
    if address.is_empty() {
        return Err("URL is empty".to_owned());
    }
    let Ok(parsed) = url::Url::parse(address) else { return wrong("Wrong HTTP URL") };
    match (parsed.scheme(), parsed.host_str()) {
        ("tg", _) => Ok(()),
        ("http" | "https", Some(host)) if host.contains('.') || host.starts_with('[') => Ok(()),
        ("http" | "https", _) => wrong("Wrong HTTP URL"),
        _ => wrong("Unsupported URL protocol"),
    }
}

/// An inline keyboard, if the markup is one. `None` for no markup and for the other kinds of markup.
pub(crate) fn keyboard(markup: Option<&Value>) -> Result<Option<Vec<Vec<Button>>>, Refusal> {
    let Some(markup) = markup else { return Ok(None) };
    let Some(markup) = markup.as_object() else {
        return Err(Refusal::bad("can't parse reply keyboard markup JSON object"));
    };
    let Some(rows) = markup.get("inline_keyboard") else {
        let known = ["keyboard", "remove_keyboard", "force_reply"].iter().any(|kind| markup.contains_key(*kind));
        return if known || markup.is_empty() {
            Ok(None)
        } else {
            Err(Refusal::bad("object expected as reply markup"))
        };
    };
    let not_rows = || Refusal::bad("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays");
    let rows = rows.as_array().ok_or_else(not_rows)?;
    let mut keyboard = Vec::new();
    for row in rows {
        let row = row.as_array().ok_or_else(not_rows)?;
        if row.len() > MAX_BUTTONS_A_ROW {
            return Err(Refusal::bad("BUTTONS_TOO_MUCH: at most 8 buttons fit a row"));
        }
        let row = row.iter().map(button).collect::<Result<Vec<_>, _>>()?;
        if !row.is_empty() {
            keyboard.push(row);
        }
    }
    if keyboard.iter().map(Vec::len).sum::<usize>() > MAX_BUTTONS {
        return Err(Refusal::bad("REPLY_MARKUP_TOO_LONG"));
    }
    Ok(Some(keyboard))
}

fn button(value: &Value) -> Result<Button, Refusal> {
    let parse = |why: &str| Refusal::bad(format!("can't parse inline keyboard button: {why}"));
    let fields = value.as_object().ok_or_else(|| parse("expected an Object"))?;
    let words = |field: &str| fields.get(field).and_then(Value::as_str);
    let text =
        words("text").filter(|t| !t.trim().is_empty()).ok_or_else(|| parse("field \"text\" must be non-empty"))?;
    let known = [
        "url",
        "callback_data",
        "copy_text",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "web_app",
        "login_url",
        "callback_game",
        "pay",
    ];
    let given: Vec<&str> = known.into_iter().filter(|field| fields.get(*field).is_some_and(|v| !v.is_null())).collect();
    let [field] = given[..] else {
        return Err(parse(if given.is_empty() {
            "Text buttons are unallowed in the inline keyboard"
        } else {
            "exactly one of the optional fields must be used"
        }));
    };
    let word = words(field).unwrap_or_default();
    let action = match field {
        "url" => {
            url(word).map_err(|why| Refusal::bad(format!("inline keyboard button {why}")))?;
            Action::Url(word.to_owned())
        }
        "callback_data" if (1..=MAX_CALLBACK_BYTES).contains(&word.len()) => Action::CallbackData(word.to_owned()),
        "callback_data" => return Err(Refusal::bad("BUTTON_DATA_INVALID")),
        "copy_text" => {
            let copied = fields.get(field).and_then(|v| v.get("text")).and_then(Value::as_str).unwrap_or_default();
            if !(1..=MAX_COPY_CHARS).contains(&copied.chars().count()) {
                return Err(Refusal::bad("BUTTON_COPY_TEXT_INVALID"));
            }
            Action::CopyText(copied.to_owned())
        }
        "switch_inline_query_current_chat" if word.chars().count() <= 256 => Action::SwitchInlineHere(word.to_owned()),
        "switch_inline_query" if word.chars().count() <= 256 => Action::SwitchInline(word.to_owned()),
        "switch_inline_query" | "switch_inline_query_current_chat" => {
            return Err(Refusal::bad("SWITCH_INLINE_QUERY_TOO_LONG: at most 256 characters"));
        }
        _ => return Err(parse(&format!("{field} buttons are not part of the local Telegram"))),
    };
    Ok(Button { text: text.to_owned(), action })
}
