//! Sentences in and around an answer.

use super::{listed, pick, sentences};
use crate::analysis::script as characters;
use crate::answer::Lapse;
use crate::telegram::script::Script;

sentences! {
    /// Over an answer that may not be one.
    unsure: "可能相关", "可能相關", "Possibly related";
    /// Over further excerpts.
    further: "另有：", "另有：", "Also:";
    /// Over one excerpt a park.
    by_park: "各园区分别提到：", "各園區分別提到：", "What each park's documents say:";
    /// Behind a park whose documents say nothing of it.
    nothing_here: "没有找到", "沒有找到", "nothing found";
    /// No document answers.
    declined: "抱歉，收录的资料里没有找到这个问题的答案。", "抱歉，收錄的資料裡沒有找到這個問題的答案。", "Sorry, the documents do not answer this question.";
    /// Over the buttons of the nearest documents.
    nearest: "最接近的资料：", "最接近的資料：", "The nearest documents:";
    /// Under a question that was cut.
    cut: "问题较长，只读了前 512 个字。", "問題較長，只讀了前 512 個字。", "The question is long; I read its first 512 characters.";
    /// Under the answers to the first four of more questions.
    four_at_most: "一条消息最多回答四个问题，其余的请再发一次。", "一則訊息最多回答四個問題，其餘的請再傳一次。", "I answer up to four questions a message; please send the others again.";
    /// In place of an answer whose question was edited away.
    question_edited_away: "（问题已改动，这条回答作废。）", "（問題已改動，這則回答作廢。）", "(The question was changed; this answer no longer holds.)";
    /// Once a chat, when questions waited too long.
    late: "抱歉，我刚才离线了一阵，没能及时回答。如果还需要，请再问一次。", "抱歉，我剛才離線了一陣，沒能及時回答。如果還需要，請再問一次。", "Sorry, I was away and missed your question. Please ask again if it still matters.";
    /// When an update could not be handled.
    failed: "抱歉，刚才出了点问题，没能回答。请再问一次。", "抱歉，剛才出了點問題，沒能回答。請再問一次。", "Sorry, something went wrong and I could not answer. Please ask again.";
    /// Before the day on which a document stops to hold.
    valid_until: "有效期至 ", "有效期至 ", "valid until ";
}

/// Over what a section lists.
pub(crate) fn listed_under(script: Script, heading: &str) -> String {
    pick(script, format!("“{heading}”下列有："), format!("「{heading}」下列有："), format!("Under “{heading}”:"))
}

/// Once in a while, to a person who asks more than so many questions a minute.
pub(crate) fn too_fast(script: Script, per_minute: u32) -> String {
    pick(
        script,
        format!("您问得太快了：每分钟最多 {per_minute} 个问题，请稍等一会儿再问。"),
        format!("您問得太快了：每分鐘最多 {per_minute} 個問題，請稍等一會兒再問。"),
        format!("That was fast: I answer {per_minute} questions a minute. Please wait a moment."),
    )
}

/// A word that was read as another.
pub(crate) fn repaired(script: Script, typed: &str, read: &str) -> String {
    let (typed, read) = (listed(script, &[typed.to_owned()]), listed(script, &[read.to_owned()]));
    pick(
        script,
        format!("{typed}理解为{read}"),
        format!("{typed}理解為{}", script.write(&read)),
        format!("{typed} read as {read}"),
    )
}

/// A word that was looked for under others, too.
pub(crate) fn expanded(script: Script, typed: &str, read: &[String]) -> String {
    let (typed, read) = (listed(script, &[typed.to_owned()]), listed(script, read));
    pick(
        script,
        format!("{typed}也查了{read}"),
        format!("{typed}也查了{}", script.write(&read)),
        format!("for {typed} also searched {read}"),
    )
}

/// A park taken from before.
pub(crate) fn carried(script: Script, park: &str) -> String {
    pick(script, format!("沿用：{park}"), format!("沿用：{}", script.write(park)), format!("Still about {park}"))
}

/// What an answer that may not be one does not give.
pub(crate) fn not_given(script: Script, mentioned: Option<&str>, missing: &[String]) -> String {
    let missing = listed(script, missing);
    match mentioned {
        Some(mentioned) => {
            let mentioned = listed(script, &[mentioned.to_owned()]);
            pick(
                script,
                format!("资料提到{mentioned}，没有找到关于{missing}的说明。"),
                format!("資料提到{}，沒有找到關於{missing}的說明。", script.write(&mentioned)),
                format!("The documents mention {mentioned}, but I found nothing about {missing}."),
            )
        }
        None => pick(
            script,
            format!("没有找到关于{missing}的说明。"),
            format!("沒有找到關於{missing}的說明。"),
            format!("I found nothing about {missing}."),
        ),
    }
}

/// That a document must not be relied on.
pub(crate) fn lapsed(script: Script, lapse: &Lapse) -> String {
    lapse.describe(match script {
        Script::Simplified => characters::Script::Simplified,
        Script::Traditional => characters::Script::Traditional,
        Script::English => characters::Script::Other,
    })
}

/// The words that no document covers.
pub(crate) fn not_covered(script: Script, missing: &[String]) -> String {
    let missing = listed(script, missing);
    pick(
        script,
        format!("没有资料提到{missing}。"),
        format!("沒有資料提到{missing}。"),
        format!("No document mentions {missing}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_words() {
        let missing = ["利率".to_owned()];
        let said = not_given(Script::Simplified, Some("外滩融易行"), &missing);
        assert_eq!(said, "资料提到「外滩融易行」，没有找到关于「利率」的说明。");
        let said = not_given(Script::Traditional, Some("外滩融易行"), &missing);
        assert_eq!(said, "資料提到「外灘融易行」，沒有找到關於「利率」的說明。");
        assert_eq!(expanded(Script::Traditional, "綽號", &["称为".to_owned()]), "「綽號」也查了「稱為」");
        assert_eq!(carried(Script::Traditional, "大零号湾"), "沿用：大零號灣");
    }
}
