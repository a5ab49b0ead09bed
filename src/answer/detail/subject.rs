//! What an answer cannot be silent of: a question about parking is not answered by a sentence about rent. The subjects are
//! data: `subjects.toml`.

use std::sync::LazyLock;

use fancy_regex::Regex;
use serde::Deserialize;

use super::{Missing, Near};
use crate::answer::pattern::matches;

/// Something of narrow meaning that people ask for.
struct Subject {
    asked: Regex,
    said: Regex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    subject: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The pattern of people's words.
    asked: String,
    /// The pattern of what speaks of it, people's words apart.
    said: String,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../subjects.toml")).expect("subjects.toml is tested to be valid");
    let compile = |pattern: &str| Regex::new(pattern).expect("subjects.toml is tested to be valid");
    let subject = |entry: Entry| Subject {
        asked: compile(&entry.asked),
        said: compile(&format!("{}|{}", entry.asked, entry.said)),
    };
    file.subject.into_iter().map(subject).collect()
});

/// One pattern for all of them: most questions ask for none.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    let patterns: Vec<&str> = SUBJECTS.iter().map(|subject| subject.asked.as_str()).collect();
    Regex::new(&patterns.join("|")).expect("subjects.toml is tested to be valid")
});

/// Subjects that a question asks for, where neither the excerpt speaks of them nor what stands above it.
pub(super) fn subjects(near: &Near) -> Vec<Missing> {
    if !ANY.is_match(near.question).unwrap_or(true) {
        return Vec::new();
    }
    let silent = SUBJECTS.iter().filter_map(|subject| {
        let range = matches(&subject.asked, near.question).into_iter().next()?;
        let says = |text: &str| subject.said.is_match(text).unwrap_or(true);
        (!says(&near.excerpt) && !says(&near.headings)).then(|| Missing::new("subject", range))
    });
    silent.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::script::folded;

    #[test]
    fn the_words_are_folded_and_speak_of_the_subject() {
        for pattern in SUBJECTS.iter().flat_map(|subject| [&subject.asked, &subject.said]) {
            assert!(!pattern.as_str().is_empty() && pattern.as_str() == folded(pattern.as_str()), "{pattern}");
            assert!(!pattern.is_match("").unwrap(), "{pattern}");
        }
    }
}
