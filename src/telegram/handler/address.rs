//! Whether a message is meant for us, and what of it is left when our name is taken off. Knows no answers.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use teloxide::types::{Me, Message, MessageEntityKind, MessageKind};

use crate::telegram::sender::Destination;

/// What a message that is meant for us says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Addressed {
    /// A command, in small letters without its slash, and what follows it.
    Command(String, String),
    /// Words; none where only our name was called.
    Words(String),
    /// Something without words: a sticker, a photo, a link.
    Content,
}

/// What a message says to us; `None` if it is not for us.
pub(super) fn addressed(message: &Message, me: &Me) -> Option<Addressed> {
    let is_ours = message.via_bot.as_ref().is_some_and(|bot| bot.id == me.id);
    let by_bot = message.from.as_ref().is_some_and(|from| from.is_bot) && message.sender_chat.is_none();
    let is_service = !matches!(message.kind, MessageKind::Common(_) | MessageKind::Dice(_));
    if message.chat.is_channel() || is_service || is_ours || by_bot {
        return None;
    }
    let is_private = message.chat.is_private();
    let text = message.text().or(message.caption()).unwrap_or_default();
    if let Some((name, bot, rest)) = command(text).filter(|_| message.text().is_some()) {
        return match bot {
            Some(bot) if !bot.eq_ignore_ascii_case(me.username()) => None,
            None if !is_private && name != "ask" => {
                replied_to_us(message, me).then(|| Addressed::Words(text.to_owned()))
            }
            _ => Some(Addressed::Command(name, rest)),
        };
    }
    let (mentioned, words) = without_mentions(message, me);
    if !is_private && !mentioned && !replied_to_us(message, me) {
        return None;
    }
    let asked = without_links(&words);
    let is_link = asked.trim().is_empty() && !words.is_empty();
    if text.trim().is_empty() || is_link {
        return (is_private || mentioned).then_some(Addressed::Content);
    }
    Some(Addressed::Words(asked.trim().to_owned()))
}

/// Whether a message replies to one of ours.
pub(super) fn replied_to_us(message: &Message, me: &Me) -> bool {
    let original = message.reply_to_message().filter(|original| matches!(original.kind, MessageKind::Common(_)));
    original.and_then(|original| original.from.as_ref()).is_some_and(|from| from.id == me.id)
}

/// Where the answer to a message goes: in a group as a reply, in its topic.
pub(super) fn destination(message: &Message) -> Destination {
    Destination {
        chat: message.chat.id,
        thread: message.thread_id.filter(|_| message.is_topic_message),
        reply_to: (!message.chat.is_private()).then_some(message.id),
    }
}

/// The command at the beginning of a text: its name in small letters, the bot it names, and the rest.
fn command(text: &str) -> Option<(String, Option<&str>, String)> {
    let rest = text.trim_start().strip_prefix('/')?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, rest) = rest.split_at_checked(end)?;
    let (name, bot) = word.split_once('@').map_or((word, None), |(name, bot)| (name, Some(bot)));
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name.then(|| (name.to_ascii_lowercase(), bot, rest.trim().to_owned()))
}

/// Whether a message mentions us, and its text without that.
fn without_mentions(message: &Message, me: &Me) -> (bool, String) {
    let text = message.text().or(message.caption()).unwrap_or_default();
    let entities = message.parse_entities().or_else(|| message.parse_caption_entities()).unwrap_or_default();
    let ours = entities.iter().filter(|entity| match entity.kind() {
        MessageEntityKind::Mention => {
            entity.text().strip_prefix('@').is_some_and(|name| name.eq_ignore_ascii_case(me.username()))
        }
        MessageEntityKind::TextMention { user } => user.id == me.id,
        _ => false,
    });
    let mut words = String::new();
    let mut at = 0;
    let mut mentioned = false;
    for entity in ours {
        mentioned = true;
        words.push_str(text.get(at..entity.start()).unwrap_or_default());
        words.push(' ');
        at = entity.end();
    }
    words.push_str(text.get(at..).unwrap_or_default());
    (mentioned, words.trim().to_owned())
}

/// A text without the links in it: nobody asks by the words of an address. What follows one in Chinese is no part of it.
fn without_links(text: &str) -> Cow<'_, str> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:https?://|\bwww\.)[a-z0-9._~:/?#@!$&*+,;=%-]+").expect("the pattern is tested")
    });
    LINK.replace_all(text, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_no_words() {
        for (text, left) in [
            ("https://example.org/a?b=c#d", ""),
            ("www.example.org 菊园有多少院士", "菊园有多少院士"),
            ("看HTTP://example.org/a这里写的补贴怎么申请", "看 这里写的补贴怎么申请"),
            ("什么是www", "什么是www"),
            ("G60 http", "G60 http"),
        ] {
            assert_eq!(without_links(text).trim(), left, "{text}");
        }
    }

    #[test]
    fn commands_name_their_bot_or_nobody() {
        assert_eq!(
            command("/Ask@Yuanwen_bot 大零号湾\n多大"),
            Some(("ask".into(), Some("Yuanwen_bot"), "大零号湾\n多大".into()))
        );
        assert_eq!(command("/parks"), Some(("parks".into(), None, String::new())));
        assert_eq!(command("/"), None);
        assert_eq!(command("/问 大零号湾"), None);
        assert_eq!(command("1/2"), None);
    }
}
