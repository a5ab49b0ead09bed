//! How a question was understood where that differs from what was typed, and how that is said to the asker. Knows no
//! question and no corpus.

use crate::analysis::script::{Script, traditional};

/// A way in which a question was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// Something typed was read as a name or a word that sounds the same.
    Repaired {
        /// What was typed.
        typed: String,
        /// How it was read.
        read: String,
    },
    /// A word was also looked for under other words.
    Expanded {
        /// What was typed.
        typed: String,
        /// What else was looked for and found.
        read: Vec<String>,
    },
    /// A park was taken from before.
    Carried {
        /// Its name.
        park: String,
    },
}

impl Understood {
    /// One sentence in the asker's script; English for an asker who types no Chinese.
    pub fn describe(&self, script: Script) -> String {
        match (self, script) {
            (Self::Repaired { typed, read }, Script::Other) => format!("Read as “{read}” (you typed “{typed}”)"),
            (Self::Expanded { typed, read }, Script::Other) => {
                format!("For “{typed}” also looked for {}", quoted(read, '“', '”', ", "))
            }
            (Self::Carried { park }, Script::Other) => format!("Still about “{park}”"),
            (Self::Repaired { typed, read }, Script::Traditional) => {
                format!("按「{}」理解(您輸入「{typed}」)", traditional(read))
            }
            (Self::Expanded { typed, read }, Script::Traditional) => {
                format!("「{typed}」也按{}查找", traditional(&quoted(read, '「', '」', "")))
            }
            (Self::Carried { park }, Script::Traditional) => format!("接著上文，仍指「{}」", traditional(park)),
            (Self::Repaired { typed, read }, _) => format!("按「{read}」理解(您输入「{typed}」)"),
            (Self::Expanded { typed, read }, _) => format!("「{typed}」也按{}查找", quoted(read, '「', '」', "")),
            (Self::Carried { park }, _) => format!("接着上文，仍指「{park}」"),
        }
    }
}

fn quoted(words: &[String], open: char, close: char, between: &str) -> String {
    words.iter().map(|word| format!("{open}{word}{close}")).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(understood: &Understood, script: Script, expected: &str) {
        assert_eq!(understood.describe(script), expected);
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
