//! The people and chats that a fresh local Telegram holds, for the page to show and for tests to use. Only names.

use super::chats::{Chat, ChatKind, Person};
use std::collections::BTreeMap;

/// 小林, whose app speaks Simplified Chinese.
pub const XIAOLIN: i64 = 10_001;
/// 雅婷, whose app speaks Traditional Chinese.
pub const YATING: i64 = 10_002;
/// Alice, whose app speaks English.
pub const ALICE: i64 = 10_003;
/// 老周, who is meant to be the bot's operator.
pub const OPERATOR: i64 = 10_004;
/// 园区企业群, a supergroup with all of them.
pub const GROUP: i64 = -1_001_000_000_001;
/// 园区论坛, a supergroup with topics.
pub const FORUM: i64 = -1_001_000_000_002;
/// 园区频道, a channel.
pub const CHANNEL: i64 = -1_001_000_000_003;

/// The people, by id.
pub(crate) fn people() -> BTreeMap<i64, Person> {
    let person = |id, name, language, username: &str| {
        let mut person = Person::new(id, name, language);
        person.username = Some(username.to_owned());
        (id, person)
    };
    BTreeMap::from([
        person(XIAOLIN, "小林", "zh-hans", "xiaolin"),
        person(YATING, "雅婷", "zh-hant", "yating"),
        person(ALICE, "Alice", "en", "alice"),
        person(OPERATOR, "老周", "zh-hans", "laozhou"),
    ])
}

/// A private chat with each, and the groups.
pub(crate) fn chats(people: &BTreeMap<i64, Person>) -> BTreeMap<i64, Chat> {
    let mut chats: BTreeMap<i64, Chat> =
        people.values().map(|p| (p.id, Chat::new(p.id, ChatKind::Private, &p.name, [p.id]))).collect();
    let everyone = people.keys().copied();
    for (id, kind, title) in [
        (GROUP, ChatKind::Supergroup, "园区企业群"),
        (FORUM, ChatKind::Forum, "园区论坛"),
        (CHANNEL, ChatKind::Channel, "园区频道"),
    ] {
        let mut chat = Chat::new(id, kind, title, everyone.clone());
        chat.administrators.insert(OPERATOR);
        chats.insert(id, chat);
    }
    chats
}
