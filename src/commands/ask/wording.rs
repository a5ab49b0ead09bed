//! Every fixed sentence of an answer on the command line, in the asker's script.

use crate::analysis::script::{Script, traditional};
use crate::answer::Understood;

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
        let words = quoted(words, open, close, between);
        format!("{start}{words}{}", if between == ", " { "." } else { "。" })
    }
}

/// How a question was understood, in one sentence.
pub(super) fn understood(understood: &Understood, script: Script) -> String {
    match (understood, script) {
        (Understood::Repaired { typed, read }, Script::Other) => format!("Read as “{read}” (you typed “{typed}”)"),
        (Understood::Expanded { typed, read }, Script::Other) => {
            format!("For “{typed}” also looked for {}", quoted(read, "“", "”", ", "))
        }
        (Understood::Carried { park }, Script::Other) => format!("Still about “{park}”"),
        (Understood::Repaired { typed, read }, Script::Traditional) => {
            format!("按「{}」理解(您輸入「{typed}」)", traditional(read))
        }
        (Understood::Expanded { typed, read }, Script::Traditional) => {
            format!("「{typed}」也按{}查找", traditional(&quoted(read, "「", "」", "")))
        }
        (Understood::Carried { park }, Script::Traditional) => format!("接著上文，仍指「{}」", traditional(park)),
        (Understood::Repaired { typed, read }, _) => format!("按「{read}」理解(您输入「{typed}」)"),
        (Understood::Expanded { typed, read }, _) => format!("「{typed}」也按{}查找", quoted(read, "「", "」", "")),
        (Understood::Carried { park }, _) => format!("接着上文，仍指「{park}」"),
    }
}

fn quoted(words: &[String], open: &str, close: &str, between: &str) -> String {
    words.iter().map(|word| format!("{open}{word}{close}")).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(understood: &Understood, script: Script, expected: &str) {
        assert_eq!(super::understood(understood, script), expected);
    }

    #[test]
    fn the_asker_reads_it_in_their_own_script() {
        let repaired = Understood::Repaired { typed: "章江".into(), read: "张江".into() };
        check(&repaired, Script::Simplified, "按「张江」理解(您输入「章江」)");
        check(&repaired, Script::Either, "按「张江」理解(您输入「章江」)");
        check(&repaired, Script::Traditional, "按「張江」理解(您輸入「章江」)");
        check(&repaired, Script::Other, "Read as “张江” (you typed “章江”)");
        let expanded =
            Understood::Expanded { typed: "挖人".into(), read: vec!["引进人才".into(), "人才计划".into()] };
        check(&expanded, Script::Simplified, "「挖人」也按「引进人才」「人才计划」查找");
        check(&expanded, Script::Traditional, "「挖人」也按「引進人才」「人才計劃」查找");
        check(&Understood::Carried { park: "菊园".into() }, Script::Other, "Still about “菊园”");
    }
}
