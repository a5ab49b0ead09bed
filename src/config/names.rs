//! The names of all settings, and what looks like one and is none. Knows no values.

/// Every variable that means something.
pub(super) const NAMES: [&str; 11] = [
    "TELOXIDE_TOKEN",
    "YUANWEN_KNOWLEDGE",
    "YUANWEN_DATA_DIR",
    "YUANWEN_LISTEN",
    "YUANWEN_OPERATORS",
    "YUANWEN_RETENTION_DAYS",
    "YUANWEN_QUESTIONS_PER_MINUTE",
    "YUANWEN_ALLOWED_NEW_FAILURES",
    "TELOXIDE_API_URL",
    "YUANWEN_LOG",
    "YUANWEN_SECRET",
];

/// How our names begin.
const PREFIXES: [&str; 2] = ["YUANWEN_", "TELOXIDE_"];

/// Says of each variable that begins as ours do and means nothing that it is ignored, and what may be meant.
pub(super) fn strangers<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let is_ours = |name: &str| PREFIXES.iter().any(|prefix| name.to_uppercase().starts_with(prefix));
    let mut strangers: Vec<&str> = names.map(String::as_str).collect();
    strangers.retain(|name| is_ours(name) && !NAMES.contains(name));
    strangers.sort_unstable();
    strangers.dedup();
    strangers
        .into_iter()
        .map(|name| format!("{name} is no setting and is ignored; is {} meant?", nearest(name)))
        .collect()
}

fn nearest(name: &str) -> &'static str {
    let name = name.to_uppercase();
    let distance = |known: &&&str| strsim::damerau_levenshtein(known, &name);
    NAMES.iter().min_by_key(distance).copied().unwrap_or(NAMES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_told_with_the_right_one() {
        let given =
            ["YUANWEN_OPERATOR", "TELOXIDE_TOKE", "yuanwen_retention_days", "YUANWEN_LOG", "PATH", "YUANWEN_LOG"];
        let given = given.map(str::to_owned);
        let said = strangers(given.iter()).join("\n");
        insta::assert_snapshot!(said, @r"
        TELOXIDE_TOKE is no setting and is ignored; is TELOXIDE_TOKEN meant?
        YUANWEN_OPERATOR is no setting and is ignored; is YUANWEN_OPERATORS meant?
        yuanwen_retention_days is no setting and is ignored; is YUANWEN_RETENTION_DAYS meant?
        ");
    }
}
