//! Every fixed sentence of an answer on the command line, in the asker's script.

use crate::analysis::script::Script;

/// The sentences of one language.
pub(super) struct Wording {
    /// Above excerpts that are only near.
    pub(super) unsure: &'static str,
    /// That the documents mention the thing, but not: what follows.
    pub(super) not_given: &'static str,
    /// Nothing was found.
    pub(super) declined: &'static str,
    /// No document holds: what follows.
    pub(super) uncovered: &'static str,
    /// Above what a section lists, which stands for `{}`.
    pub(super) listed: &'static str,
    /// Above the nearest documents.
    pub(super) nearest: &'static str,
    /// The question was cut off.
    pub(super) cut: &'static str,
    /// Quotation marks, and what stands between quoted words.
    pub(super) marks: (&'static str, &'static str, &'static str),
}

const SIMPLIFIED: Wording = Wording {
    unsure: "可能相关：",
    not_given: "资料提到了下面的内容，但没有找到",
    declined: "资料里没有找到这个问题的答案。",
    uncovered: "所有资料都没有提到",
    listed: "“{}”下列有：",
    nearest: "最接近的资料：",
    cut: "（问题太长，只读了开头。）",
    marks: ("「", "」", "、"),
};

const TRADITIONAL: Wording = Wording {
    unsure: "可能相關：",
    not_given: "資料提到了下面的內容，但沒有找到",
    declined: "資料裡沒有找到這個問題的答案。",
    uncovered: "所有資料都沒有提到",
    listed: "「{}」下列有：",
    nearest: "最接近的資料：",
    cut: "（問題太長，只讀了開頭。）",
    marks: ("「", "」", "、"),
};

const ENGLISH: Wording = Wording {
    unsure: "Possibly related:",
    not_given: "The documents mention what follows, but do not give ",
    declined: "The documents do not answer this question.",
    uncovered: "No document mentions ",
    listed: "Under “{}”:",
    nearest: "The nearest documents:",
    cut: "(The question is too long; only its beginning was read.)",
    marks: ("“", "”", ", "),
};

/// The sentences for an asker who writes in a script; English for one who types no Chinese.
pub(super) fn wording(script: Script) -> &'static Wording {
    match script {
        Script::Simplified | Script::Either => &SIMPLIFIED,
        Script::Traditional => &TRADITIONAL,
        Script::Other => &ENGLISH,
    }
}

impl Wording {
    /// A sentence that ends in quoted words.
    pub(super) fn with_words(&self, start: &str, words: &[String]) -> String {
        let (open, close, between) = self.marks;
        let words: Vec<String> = words.iter().map(|word| format!("{open}{word}{close}")).collect();
        format!("{start}{}{}", words.join(between), if between == ", " { "." } else { "。" })
    }
}
