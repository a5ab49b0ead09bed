//! Who did it, when was it done: what was done must be said. The date on which something is finished is not the date on
//! which it is begun. The verbs are data: `acts.toml`.

use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

use super::Missing;
use crate::answer::kind::matches;

/// Something that is done to a thing: founded, opened, paid for …
struct Act {
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
const WHO_OR_WHEN: &str = "(?:谁|哪位|哪(?:一|几|些)?(?:家|个)(?:公司|企业|单位|部门|机构|人)?|什么时候|啥时候?|何时|哪一?年|哪一?天|几时|几月(?:份|几号)?|几号|多会儿|什么时间)";

static ACTS: LazyLock<Vec<Act>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../acts.toml")).expect("acts.toml is tested to be valid");
    let act = |entry: Entry| {
        let verbs = entry.asked.join("|");
        let asked =
            format!("{WHO_OR_WHEN}{BETWEEN}(?:{verbs})|(?:{verbs})(?:的|了)?(?:人|时间|日期)?(?:是|在)?{WHO_OR_WHEN}");
        let said = entry.asked.into_iter().chain(entry.said).collect();
        Act { asked: Regex::new(&asked).expect("acts.toml is tested to be valid"), said }
    };
    file.act.into_iter().map(act).collect()
});

/// What somebody is said to have done, or when, where the excerpt does not tell of such a thing.
pub(super) fn acts(question: &str, excerpt: &str) -> Vec<Missing> {
    static ASKED: LazyLock<Regex> = LazyLock::new(|| Regex::new(WHO_OR_WHEN).expect("the pattern is tested"));
    if !ASKED.is_match(question).unwrap_or(true) {
        return Vec::new();
    }
    let missing = ACTS.iter().filter_map(|act| {
        let range = matches(&act.asked, question).into_iter().next()?;
        let told = act.said.iter().any(|said| excerpt.contains(said));
        (!told).then(|| Missing::new("act", range))
    });
    missing.take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_must_be_told() {
        for (question, excerpt, missing) in [
            ("三期哪年动工", "三期预计2028年完工。", 1),
            ("三期哪年完工", "三期预计2028年完工。", 0),
            ("公司是谁创办的", "公司研发总监顾某介绍。", 1),
            ("公司的创办人是谁", "公司由顾某发起成立。", 0),
            ("公司在哪里", "公司位于松江。", 0),
        ] {
            assert_eq!(acts(question, excerpt).len(), missing, "{question}");
        }
    }
}
