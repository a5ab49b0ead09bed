//! Who did it, when was it done: what was done must be said. The date on which something is finished is not the date on
//! which it is begun. The verbs are data: `acts.toml`.

use std::ops::Range;
use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

use super::beside::{SENTENCE_ENDS, parts};
use super::{Missing, Near};
use crate::analysis::stretch::is_inside;
use crate::answer::pattern::matches;

/// Something that is done to a thing: founded, opened, paid for …
struct Act {
    /// One of them must stand in a question before the pattern is worth trying.
    verbs: Vec<String>,
    asked: Regex,
    said: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    act: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    /// What people call it.
    asked: Vec<String>,
    /// What tells of it, people's words apart.
    said: Vec<String>,
}

/// What stands between who or when and what was done; nothing that ends a clause.
const BETWEEN: &str = "[^,。?!;\\s]{0,5}?";
const WHO_OR_WHEN: &str = "(?:谁|哪位|哪(?:一|几|些)?(?:家|个|间|支)(?:公司|企业|单位|部门|机构|人)?|什么时候|啥时候?|何时|哪一?年|哪一?天|几时|几月(?:份|几号)?|几号|多会儿|什么时间)";

static ACTS: LazyLock<Vec<Act>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../acts.toml")).expect("acts.toml is tested to be valid");
    let act = |entry: Entry| {
        let verbs = entry.asked.join("|");
        let asked =
            format!("{WHO_OR_WHEN}{BETWEEN}(?:{verbs})|(?:{verbs})(?:的|了)?(?:人|时间|日期)?(?:是|在)?{WHO_OR_WHEN}");
        let said = entry.asked.iter().cloned().chain(entry.said).collect();
        Act { verbs: entry.asked, asked: Regex::new(&asked).expect("acts.toml is tested to be valid"), said }
    };
    file.act.into_iter().map(act).collect()
});

/// What somebody is said to have done, or when, where the excerpt does not tell of such a thing; when, where it gives no
/// time in a sentence that does.
pub(super) fn acts(near: &Near) -> Vec<Missing> {
    let done = |act: &&Act| act.verbs.iter().any(|verb| near.question.contains(verb));
    let acts: Vec<(&Act, Range<usize>)> = (ACTS.iter().filter(done))
        .filter_map(|act| Some((act, matches(&act.asked, near.question).into_iter().next()?)))
        .collect();
    if acts.is_empty() {
        return Vec::new();
    }
    let when = near.reading.details.iter().find(|(detail, _)| matches!(detail.name.as_str(), "DATE" | "DATED"));
    let times = when.map(|(detail, _)| near.spans(detail));
    let chars = &near.sight.folded.chars;
    let sentences: Vec<String> = (parts(chars, &near.window, &SENTENCE_ENDS).into_iter())
        .filter(|part| times.as_ref().is_none_or(|times| times.iter().any(|time| is_inside(time, part))))
        .map(|part| chars[part].iter().collect())
        .collect();
    let told = |act: &Act| sentences.iter().any(|sentence| act.said.iter().any(|said| sentence.contains(said)));
    let missing = acts.into_iter().find(|(act, _)| !told(act));
    missing.map(|(_, range)| Missing::new("act", range)).into_iter().collect()
}
