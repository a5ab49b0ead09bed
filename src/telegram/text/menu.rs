//! How the bot presents itself in Telegram's menus.

use super::sentences;
use crate::telegram::script::Script;

sentences! {
    /// What stands in an empty chat, at most 512 characters.
    description:
        "上海科创园区问答：直接提问，得到资料原文的摘录和出处。不编写内容，资料里没有的会如实说没有。",
        "上海科創園區問答：直接提問，得到資料原文的摘錄和出處。不編寫內容，資料裡沒有的會如實說沒有。",
        "Questions about Shanghai's sci-tech parks, answered with word-for-word excerpts and their sources. Nothing is made up.";
    /// What stands on the profile, at most 120 characters.
    short_description: "上海科创园区问答，原文摘录，注明出处", "上海科創園區問答，原文摘錄，註明出處", "Shanghai's sci-tech parks: excerpts with sources";
}

/// The commands in the menu, with what each does.
pub(crate) fn commands(script: Script) -> [(&'static str, &'static str); 7] {
    match script {
        Script::Simplified => [
            ("ask", "提问，在群里也可用"),
            ("parks", "收录的园区资料和目录"),
            ("help", "怎样使用"),
            ("lang", "切换语言"),
            ("privacy", "我们记录什么"),
            ("forgetme", "删除您的全部记录"),
            ("start", "从头开始"),
        ],
        Script::Traditional => [
            ("ask", "提問，在群組也可用"),
            ("parks", "收錄的園區資料和目錄"),
            ("help", "怎樣使用"),
            ("lang", "切換語言"),
            ("privacy", "我們記錄什麼"),
            ("forgetme", "刪除您的全部記錄"),
            ("start", "從頭開始"),
        ],
        Script::English => [
            ("ask", "Ask a question, also in groups"),
            ("parks", "The documents by park, with outlines"),
            ("help", "How to use this bot"),
            ("lang", "Choose the language"),
            ("privacy", "What is kept"),
            ("forgetme", "Delete all your records"),
            ("start", "Start anew"),
        ],
    }
}

/// The further commands in the menu of an operator.
pub(crate) fn operator_commands(script: Script) -> [(&'static str, &'static str); 6] {
    match script {
        Script::Simplified => [
            ("status", "运行情况和最近的错误"),
            ("docs", "资料清单：下载、停用、启用"),
            ("gaps", "没有答好的问题"),
            ("words", "同义词和园区别名"),
            ("reload", "重新载入资料"),
            ("rollback", "退回上一个版本"),
        ],
        Script::Traditional => [
            ("status", "運行情況和最近的錯誤"),
            ("docs", "資料清單：下載、停用、啟用"),
            ("gaps", "沒有答好的問題"),
            ("words", "同義詞和園區別名"),
            ("reload", "重新載入資料"),
            ("rollback", "退回上一個版本"),
        ],
        Script::English => [
            ("status", "How the bot is doing, and last errors"),
            ("docs", "The documents: download, disable, enable"),
            ("gaps", "Questions without a good answer"),
            ("words", "Synonyms and other names of parks"),
            ("reload", "Read the documents anew"),
            ("rollback", "Go back to the version before"),
        ],
    }
}
