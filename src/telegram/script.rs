//! In which language and script a person is spoken to: as they chose, else as they wrote, else as their app is set.

use crate::analysis::script::{self, traditional};

/// A language and script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    /// Simplified Chinese, 简体.
    Simplified,
    /// Traditional Chinese, 繁體.
    Traditional,
    /// English.
    English,
}

impl Script {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Simplified, Self::Traditional, Self::English];

    /// Its name in the journal, an IETF tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
            Self::English => "en",
        }
    }

    /// The script of a tag of ours.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|script| script.tag() == tag)
    }

    /// What it calls itself.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Simplified => "简体中文",
            Self::Traditional => "繁體中文",
            Self::English => "English",
        }
    }

    /// What an app that is set to this language reads; English where the language is not ours.
    pub(crate) fn of_app(code: Option<&str>) -> Self {
        let code = code.unwrap_or("zh").to_lowercase();
        let mut parts = code.split(['-', '_']);
        match (parts.next(), parts.next()) {
            (Some("zh" | "yue"), Some("hant" | "tw" | "hk" | "mo")) => Self::Traditional,
            (Some("zh" | "yue"), _) => Self::Simplified,
            _ => Self::English,
        }
    }

    /// The script of somebody who wrote `text` with an app set to `code`.
    pub(crate) fn of_text(text: &str, code: Option<&str>) -> Self {
        match (script::script(text), Self::of_app(code)) {
            (_, app) if is_foreign(text) => app,
            (script::Script::Traditional, _) | (script::Script::Either, Self::Traditional) => Self::Traditional,
            (script::Script::Simplified | script::Script::Either, _) => Self::Simplified,
            (script::Script::Other, app) => app,
        }
    }

    /// A name in the characters of this script.
    pub(crate) fn write(self, name: &str) -> String {
        match self {
            Self::Traditional => traditional(name),
            Self::Simplified | Self::English => name.to_owned(),
        }
    }
}

/// Whether a text is in a language that the documents do not speak, though it may hold Chinese characters.
pub(crate) fn is_foreign(text: &str) -> bool {
    let is_kana_or_hangul = |c| matches!(c, '\u{3041}'..='\u{30fa}' | '\u{ac00}'..='\u{d7a3}');
    text.chars().any(is_kana_or_hangul) || !text.chars().any(script::is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, code: &str, expected: Script) {
        assert_eq!(Script::of_text(text, Some(code).filter(|code| !code.is_empty())), expected, "{text} {code}");
    }

    #[test]
    fn the_question_tells_before_the_app_does() {
        check("大零號灣有多大", "zh-hans", Script::Traditional);
        check("大零号湾有多大", "zh-hant", Script::Simplified);
        check("人才公寓", "zh-hant", Script::Traditional);
        check("人才公寓", "en", Script::Simplified);
        check("G60?", "zh-TW", Script::Traditional);
        check("G60?", "zh", Script::Simplified);
        check("rent?", "de", Script::English);
        check("公園はどこですか", "ja", Script::English);
        check("👍", "", Script::Simplified);
    }
}
