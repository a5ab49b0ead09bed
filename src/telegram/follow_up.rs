//! A question that leans on the one before it: it names only a park (松江呢), only a detail (利息多少), or begins with a
//! pronoun (他们的名字呢). Knows what it takes from that one, not how it is answered.

use std::sync::LazyLock;

use fancy_regex::Regex;

use crate::analysis::script::{folded, slice};
use crate::answer::{self, Knowledge, Outcome, Question};

use super::reply::Reply;
use super::split::clauses;

/// The most that is taken from a question, in characters.
const MAX_ABOUT_CHARS: usize = 100;

/// What stands between a question and what it takes from the one before.
const JOINT: char = '，';
/// What may stand beside the name of a park that the same is asked of.
const SAME: [&str; 31] = [
    "那么",
    "那",
    "还有",
    "又",
    "也",
    "的",
    "有",
    "是",
    "情况",
    "方面",
    "多少",
    "怎么样",
    "怎样",
    "咋样",
    "如何",
    "呢",
    "啊",
    "呀",
    "么",
    "吗",
    "没有",
    "可以",
    "可不可以",
    "行",
    "行不行",
    "和",
    "与",
    "跟",
    "whatabout",
    "howabout",
    "and",
];
/// What may stand beside the name of a park that somebody wants to get to know.
const INTRODUCING: [&str; 13] =
    ["简介", "概况", "介绍", "简单", "一下", "下", "请", "说说", "讲讲", "的", "情况", "tellmeabout", "about"];

/// A question before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Earlier {
    /// What was typed.
    pub(crate) text: String,
    /// What it took itself from the one before it.
    pub(crate) about: Option<String>,
    /// Whether it was declined.
    pub(crate) declined: bool,
}

/// What a question takes from the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaning {
    /// The words that it takes.
    pub(crate) about: String,
    /// When it takes them.
    pub(crate) when: When,
}

/// When a question takes something from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// It says nothing without: 松江呢.
    Always,
    /// If something is found so: 他们的名字呢.
    Found,
    /// If that is found no worse so: 利息多少.
    NoWorse,
}

impl When {
    /// Whether the reply to both questions together is to be given, and not the one to the question alone.
    pub(crate) fn takes(self, about: &str, together: &Reply, alone: &Reply) -> bool {
        let (both, own) = (together.answer.outcome, alone.answer.outcome);
        // What was not found is no matter to ask more of.
        let is_known = || !together.answer.missing.iter().any(|missing| about.contains(missing.as_str()));
        match self {
            Self::Always => true,
            Self::Found => both != Outcome::Declined,
            Self::NoWorse => both != Outcome::Declined && both <= own && is_known(),
        }
    }
}

/// A question together with what it takes from the one before it.
pub(crate) fn together(about: Option<&str>, text: &str) -> String {
    match about {
        Some(about) => format!("{about}{JOINT}{}", slice(text, pronoun(text).0..text.len())),
        None => text.to_owned(),
    }
}

/// How a question leans on the one before it; `None` if it stands for itself.
pub(crate) fn leaning(knowledge: &Knowledge, question: &Question, before: &Earlier) -> Option<Leaning> {
    let whole = Question::new(&together(before.about.as_deref(), &before.text)).ok()?;
    if let Some(rest) = answer::beside_parks(knowledge, question) {
        let letters = letters(&rest);
        if letters.is_empty() || !is_made_of(&letters, &SAME) {
            return None;
        }
        let about = answer::beside_parks(knowledge, &whole).unwrap_or_else(|| whole.text().to_owned());
        let pieces = about.split(|c: char| c.is_whitespace() || c == JOINT);
        let pieces = pieces.filter(|piece| !is_made_of(&self::letters(piece), &SAME));
        return lean(pieces.collect::<Vec<_>>().join(" "), When::Always);
    }
    let (start, found) = pronoun(question.text());
    let rest = Question::new(slice(question.text(), start..question.text().len())).ok()?;
    let is_detail = answer::names_only_a_detail(knowledge, &rest);
    if before.declined || !(found || is_detail) {
        return None;
    }
    // What was itself only asked of something leaves that in its place.
    let names_park = answer::beside_parks(knowledge, &Question::new(&before.text).ok()?).is_some();
    let about = before.about.clone().filter(|_| !names_park);
    lean(about.unwrap_or_else(|| answer::topic(knowledge, &whole)), if found { When::Found } else { When::NoWorse })
}

/// A question of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// What was typed.
    pub(crate) text: String,
    /// What it takes from the first of its sentence; `None` where it stands for itself.
    pub(crate) leaning: Option<Leaning>,
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self { text, leaning: None }
    }
}

/// The questions that commas part (人才公寓租金多少，怎么申请): each asks by itself, and all after the first name only a
/// detail of what that one is about. `None` where this is not sure.
pub(crate) fn series(knowledge: &Knowledge, text: &str) -> Option<Vec<Part>> {
    let parts = clauses(text)?;
    let (first, details) = parts.split_first()?;
    let question = |text: &str| Question::new(text).ok();
    let is_detail = |text: &str| question(text).is_some_and(|text| answer::names_only_a_detail(knowledge, &text));
    if is_detail(first) || !details.iter().all(|detail| is_detail(detail)) {
        return None;
    }
    let leaning = lean(answer::topic(knowledge, &question(first)?), When::Always)?;
    let details = details.iter().map(|detail| Part { text: (*detail).to_owned(), leaning: Some(leaning.clone()) });
    Some(std::iter::once(Part::from((*first).to_owned())).chain(details).collect())
}

/// The park that is all that a question names: its name alone, or a wish to get to know it.
pub(crate) fn park_alone(knowledge: &Knowledge, question: &Question) -> Option<usize> {
    let named = answer::Reading::of(question.text(), knowledge).named;
    let rest = letters(&answer::beside_parks(knowledge, question)?);
    let [park] = named.as_slice() else { return None };
    (rest.is_empty() && park.exact || !rest.is_empty() && (is_made_of(&rest, &INTRODUCING) || is_made_of(&rest, &SAME)))
        .then_some(park.park)
}

fn lean(about: String, when: When) -> Option<Leaning> {
    let fits = !about.is_empty() && about.chars().count() <= MAX_ABOUT_CHARS;
    fits.then_some(Leaning { about, when })
}

/// The byte where a question begins behind 那 and a pronoun, and whether there is a pronoun.
fn pronoun(text: &str) -> (usize, bool) {
    static PRONOUN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:那么?\s*)?(?:(他们|她们|它们|他|她|它|其(?![他它她中实余次]))的?|(their|its|they|it|his|her)\b)?\s*",
        )
        .expect("the pattern is tested")
    });
    let folded = folded(text);
    let Ok(Some(found)) = PRONOUN.captures(&folded) else { return (0, false) };
    let chars = found.get(0).map_or(0, |whole| whole.as_str().chars().count());
    let start = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    (start, found.get(1).or_else(|| found.get(2)).is_some())
}

/// Folded letters and digits.
fn letters(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text is made of some words and nothing else.
fn is_made_of(text: &str, words: &[&str]) -> bool {
    let mut rest = text;
    while let Some(shorter) = words.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::Words;
    use crate::corpus::{Corpus, Source};

    fn knowledge() -> Knowledge {
        let source = |park: &str| Source { title: park.into(), park: Some(park.into()), ..Source::default() };
        let texts = [("菊园", "菊园有两位院士和科技企业2000家。"), ("松江", "松江有科技企业900家和贷款。")];
        let corpus = Corpus::of_passages(texts.map(|(park, text)| (source(park), text.to_owned())));
        Knowledge::new(corpus, &Words::default()).unwrap()
    }

    /// What is asked together, and when.
    #[track_caller]
    fn check(before: &Earlier, text: &str, expected: Option<(&str, When)>) {
        let question = Question::new(text).unwrap();
        let found = leaning(&knowledge(), &question, before);
        let found = found.map(|leaning| (together(Some(&leaning.about), text), leaning.when));
        assert_eq!(found, expected.map(|(text, when)| (text.to_owned(), when)), "{text}");
    }

    fn earlier(text: &str) -> Earlier {
        Earlier { text: text.into(), about: None, declined: false }
    }

    #[test]
    fn a_park_alone_repeats_the_question_before() {
        let before = earlier("菊园有多少科技企业");
        check(&before, "松江呢", Some(("有多少科技企业，松江呢", When::Always)));
        check(&before, "那松江有多少呢？", Some(("有多少科技企业，松江有多少呢？", When::Always)));
        check(&before, "松江也有吗", Some(("有多少科技企业，松江也有吗", When::Always)));
        check(&before, "松江可以嗎", Some(("有多少科技企业，松江可以嗎", When::Always)));
        check(&before, "松江怎麼樣", Some(("有多少科技企业，松江怎麼樣", When::Always)));
        check(&before, "松江", None);
        check(&before, "松江简介", None);
        check(&before, "松江有什么贷款", None);
        let again =
            Earlier { text: "那松江呢".into(), about: Some("有多少科技企业".into()), declined: false };
        check(&again, "菊园呢", Some(("有多少科技企业，菊园呢", When::Always)));
    }

    #[test]
    fn a_detail_is_asked_of_what_the_question_before_was_about() {
        check(&earlier("松江有哪些贷款"), "利息多少", Some(("松江 贷款，利息多少", When::NoWorse)));
        check(&earlier("請問菊園有幾位院士？"), "他們的名字呢", Some(("菊園 院士，名字呢", When::Found)));
        let chain = Earlier { text: "利息多少".into(), about: Some("松江 贷款".into()), declined: false };
        check(&chain, "怎么申请", Some(("松江 贷款，怎么申请", When::NoWorse)));
        check(&earlier("松江有哪些贷款"), "人才公寓多少钱", None);
        check(&earlier("松江有哪些贷款"), "其他企业有哪些", None);
        check(&earlier("松江有哪些贷款"), "丁明磊是谁", None);
        check(&Earlier { declined: true, ..earlier("火星上有水吗") }, "怎么申请", None);
    }

    #[test]
    fn commas_part_details_of_one_thing() {
        let parted = |text: &str| {
            let parts = series(&knowledge(), text).unwrap_or_default();
            parts.iter().map(|part| together(part.leaning.as_ref().map(|l| l.about.as_str()), &part.text)).collect()
        };
        let check = |text: &str, expected: &[&str]| {
            let parts: Vec<String> = parted(text);
            assert_eq!(parts, expected, "{text}");
        };
        check("松江有哪些贷款，利息多少，怎么申请", &["松江有哪些贷款", "松江 贷款，利息多少", "松江 贷款，怎么申请"]);
        check("請問菊園有哪些院士，他們是誰", &["請問菊園有哪些院士", "菊園 院士，是誰"]);
        // A thing of its own, a park of its own, nothing that the first is about.
        check("松江有哪些贷款，人才公寓多少钱", &[]);
        check("松江有哪些贷款，菊园怎么申请", &[]);
        check("利息多少，怎么申请", &[]);
    }

    #[test]
    fn a_park_may_be_all_that_is_named() {
        let knowledge = knowledge();
        for (text, park) in [
            ("松江", Some(1)),
            ("「松江」？", Some(1)),
            ("松江简介", Some(1)),
            ("介紹一下松江", Some(1)),
            ("松江呢", Some(1)),
            ("松江有吗", Some(1)),
            ("松江贷款", None),
            ("松江和菊园", None),
            ("简介", None),
        ] {
            assert_eq!(park_alone(&knowledge, &Question::new(text).unwrap()), park, "{text}");
        }
    }
}
