//! Every sentence the bot says of its own, in 简体, 繁體 and English. Knows no answers and no messages.

mod buttons;
mod import;
mod menu;
mod notes;
mod operator;
mod problem;
mod refusal;

pub(crate) use buttons::*;
pub(crate) use import::*;
pub(crate) use menu::*;
pub(crate) use notes::*;
pub(crate) use operator::*;
pub(crate) use problem::*;
pub(crate) use refusal::*;

use super::script::Script;

/// Makes a function of a script for each sentence.
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident: $simplified:expr, $traditional:expr, $english:expr;)*) => {
        $($(#[$doc])* pub(crate) fn $name(script: crate::telegram::script::Script) -> &'static str {
            match script {
                crate::telegram::script::Script::Simplified => $simplified,
                crate::telegram::script::Script::Traditional => $traditional,
                crate::telegram::script::Script::English => $english,
            }
        })*
    };
}
use sentences;

/// Chooses by script.
fn pick(script: Script, simplified: String, traditional: String, english: String) -> String {
    match script {
        Script::Simplified => simplified,
        Script::Traditional => traditional,
        Script::English => english,
    }
}

/// Words in corner brackets, with what stands between items in this script.
pub(crate) fn listed(script: Script, words: &[String]) -> String {
    match script {
        Script::English => words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", "),
        _ => words.iter().map(|word| format!("「{word}」")).collect::<Vec<_>>().join("、"),
    }
}

sentences! {
    /// The first words to a person, followed by examples.
    welcome:
        "您好，我是园问。\n请直接输入关于上海科创园区的问题，我会从收录的资料里摘出原文，并注明出处；资料里没有的，我会如实说没有。",
        "您好，我是園問。\n請直接輸入關於上海科創園區的問題，我會從收錄的資料裡摘出原文，並註明出處；資料裡沒有的，我會如實說沒有。",
        "Hello, I am Yuanwen.\nAsk me about Shanghai's sci-tech parks. I quote the documents word for word and name the source; what they do not say, I do not say either. The documents are in Chinese, so questions in Chinese find most.";
    /// Introduces example questions.
    for_example: "比如可以问：", "比如可以問：", "For example:";
    /// What the bot does and how.
    help:
        "直接发送问题即可，一条消息最多四个问题。\n\n\
         · 回复某条回答，或在五分钟内接着问，会沿用上一个园区\n\
         · 更多：看下一批出处，说「继续」也行；上下文：看摘录所在的整段\n\
         · 👍 👎 帮助我们改进\n\
         · 群里请 @我、回复我，或用 /ask\n\
         · 在任何聊天里输入 @我 加问题，可直接插入摘录\n\n\
         /parks 收录了哪些资料\n/lang 切换语言\n/privacy 我们记录什么\n/forgetme 删除您的记录",
        "直接傳送問題即可，一則訊息最多四個問題。\n\n\
         · 回覆某則回答，或在五分鐘內接著問，會沿用上一個園區\n\
         · 更多：看下一批出處，說「繼續」也行；上下文：看摘錄所在的整段\n\
         · 👍 👎 幫助我們改進\n\
         · 群組裡請 @我、回覆我，或用 /ask\n\
         · 在任何聊天裡輸入 @我 加問題，可直接插入摘錄\n\n\
         /parks 收錄了哪些資料\n/lang 切換語言\n/privacy 我們記錄什麼\n/forgetme 刪除您的記錄",
        "Just send a question, or up to four in one message.\n\n\
         · Reply to an answer, or ask on within five minutes, and I keep to the same park\n\
         · More, pressed or written, shows further sources, Context the whole passage\n\
         · 👍 👎 help us to improve\n\
         · In groups mention me, reply to me or use /ask\n\
         · In any chat type my @name and a question to insert an excerpt\n\n\
         /parks which documents there are\n/lang choose the language\n/privacy what is kept\n/forgetme delete your records";
    /// Over the list of parks.
    parks_title: "收录的园区资料", "收錄的園區資料", "Documents by park";
    /// Under the list of parks.
    parks_hint: "点一个园区，看资料的日期、来源和目录。", "點一個園區，看資料的日期、來源和目錄。", "Choose a park for its documents, dates, sources and outlines.";
    /// The documents that are about no park.
    other_documents: "其他资料", "其他資料", "Other documents";
    /// Over the outline of a document.
    outline_hint: "点一节看原文：", "點一節看原文：", "Choose a section to read it:";
    /// What `/ask` without a question gets.
    ask_usage: "请在 /ask 后面写上问题，比如：\n/ask 大零号湾规划面积多大", "請在 /ask 後面寫上問題，比如：\n/ask 大零號灣規劃面積多大", "Write the question after /ask, for example:\n/ask 大零号湾规划面积多大";
    /// Over the choice of languages.
    choose_language: "请选择界面语言（摘录始终是资料原文）：", "請選擇介面語言（摘錄始終是資料原文）：", "Choose the language (excerpts always stay as the documents have them):";
    /// After a language was chosen.
    language_chosen: "好的，以后用简体中文与您交流。", "好的，以後用繁體中文與您交流。", "All right, I will speak English with you.";
    /// After a person let the language be learned again.
    language_learned: "好的，以后随您提问的文字而定。", "好的，以後隨您提問的文字而定。", "All right, I will follow the language of your questions.";
    /// A greeting back.
    hello: "您好！请直接输入问题，", "您好！請直接輸入問題，", "Hello! Just type a question. ";
    /// After thanks.
    youre_welcome: "不客气，随时可以再问。", "不客氣，隨時可以再問。", "You are welcome. Ask me any time.";
    /// After praise.
    praised: "谢谢！有问题随时再问。", "謝謝！有問題隨時再問。", "Thank you! Ask me any time.";
    /// After yes, no, never mind.
    noted: "好的，有问题随时问我。", "好的，有問題隨時問我。", "All right. Ask me any time.";
    /// To who asks whether the bot is a human.
    about_the_bot:
        "我是园问，一个查资料的程序，不是真人：只从收录的资料里摘出原文，不自己编写。收录了哪些资料，见 /parks。",
        "我是園問，一個查資料的程式，不是真人：只從收錄的資料裡摘出原文，不自己編寫。收錄了哪些資料，見 /parks。",
        "I am Yuanwen, a program, not a person: I quote the documents word for word and write nothing of my own. See /parks for the documents.";
    /// After doubt.
    doubted:
        "摘录都是资料原文，请点回答下面的「上下文」或「原文」核对。没有答到点上的话，请换个说法再问，或点 👎 告诉我们。",
        "摘錄都是資料原文，請點回答下面的「上下文」或「原文」核對。沒有答到點上的話，請換個說法再問，或點 👎 告訴我們。",
        "Excerpts are word for word from the documents: Context and Source under the answer show where they stand. If it missed the point, please ask in other words, or press 👎 to tell us.";
    /// To who wants more where nothing was answered lately, or what was answered in more detail.
    for_more:
        "请点上一条回答下面的「更多」看其他出处，点「上下文」看整段，也可以问得再具体一点。",
        "請點上一則回答下面的「更多」看其他出處，點「上下文」看整段，也可以問得再具體一點。",
        "Press More under the answer for further sources, Context for the whole passage, or ask a little more precisely.";
    /// To who wants more of an answer whose sources have all been shown.
    no_more:
        "关于这个问题，收录的资料里没有更多了。可以翻翻目录，或换个说法再问。",
        "關於這個問題，收錄的資料裡沒有更多了。可以翻翻目錄，或換個說法再問。",
        "That is all I found on this question. You are welcome to browse the sections, or to ask in other words.";
    /// Under an answer that more was wanted of, when its documents were gone.
    answered_anew:
        "（资料已经更新，这是按新资料的回答。）",
        "（資料已經更新，這是按新資料的回答。）",
        "(The documents were updated; this is the answer they give now.)";
    /// To who wants to speak to a person.
    no_desk:
        "抱歉，这里没有人工客服，我只会从收录的资料里摘出原文。要办的事，请联系园区或主管部门。",
        "抱歉，這裡沒有人工客服，我只會從收錄的資料裡摘出原文。要辦的事，請聯絡園區或主管部門。",
        "Sorry, there is nobody behind this chat: I only quote the documents. Please contact the park or the authority in charge.";
    /// After a farewell.
    goodbye: "再见，有问题随时来问。", "再見，有問題隨時來問。", "Goodbye. Come back with any question.";
    /// After nothing but emoji or punctuation.
    no_words: "收到！请用文字写下问题，我来查资料。", "收到！請用文字寫下問題，我來查資料。", "Got it! Write your question in words and I will look it up.";
    /// After a sticker.
    sticker: "收到您的贴纸！想了解园区的什么，请用文字告诉我。", "收到您的貼圖！想了解園區的什麼，請用文字告訴我。", "Nice sticker! Tell me in words what you would like to know about the parks.";
    /// After a photo or video without words.
    picture: "抱歉，我看不了图片和视频。请用文字写下问题，我来查资料。", "抱歉，我看不了圖片和影片。請用文字寫下問題，我來查資料。", "Sorry, I cannot look at pictures or videos. Please write your question in words.";
    /// After a voice message.
    voice: "抱歉，我听不了语音。请用文字写下问题，我来查资料。", "抱歉，我聽不了語音。請用文字寫下問題，我來查資料。", "Sorry, I cannot listen to voice messages. Please write your question in words.";
    /// After a file.
    document: "抱歉，我不读聊天里发来的文件。请用文字写下问题，我从收录的资料里找。", "抱歉，我不讀聊天裡傳來的檔案。請用文字寫下問題，我從收錄的資料裡找。", "Sorry, I do not read files sent here. Please write your question and I will search the documents I have.";
    /// After nothing but a link.
    link: "抱歉，我打不开链接。请用文字写下问题，我从收录的资料里找。", "抱歉，我打不開連結。請用文字寫下問題，我從收錄的資料裡找。", "Sorry, I cannot open links. Please write your question and I will search the documents I have.";
    /// After a place, a contact, a poll and whatever else there is.
    other_content: "抱歉，这类消息我处理不了。请用文字写下问题，我来查资料。", "抱歉，這類訊息我處理不了。請用文字寫下問題，我來查資料。", "Sorry, I cannot work with this kind of message. Please write your question in words.";
    /// After a command that does not exist.
    unknown_command: "没有这个命令。/help 看用法，或直接输入问题。", "沒有這個命令。/help 看用法，或直接輸入問題。", "There is no such command. See /help, or just type a question.";
    /// After a word too short to be looked for.
    too_bare: "请问得再具体一点，", "請問得再具體一點，", "Could you ask a little more precisely? ";
    /// After a question in a language that the documents do not speak.
    ask_in_chinese: "收录的资料是中文的，请用中文提问。", "收錄的資料是中文的，請用中文提問。", "The documents are in Chinese; a question in Chinese finds most.";
}

/// What the bot keeps, for so many days.
pub(crate) fn privacy(script: Script, days: u32) -> String {
    pick(
        script,
        format!(
            "我们记录：您的问题、回答引用了哪份资料、您点的 👍 👎，用来改进资料。\n\
             您的账号和聊天只以加密摘要保存，看不出是谁；{days} 天后自动删除。\n\
             不记录姓名、电话和位置，不交给第三方。\n/forgetme 立即删除您的全部记录。"
        ),
        format!(
            "我們記錄：您的問題、回答引用了哪份資料、您點的 👍 👎，用來改進資料。\n\
             您的帳號和聊天只以加密摘要保存，看不出是誰；{days} 天後自動刪除。\n\
             不記錄姓名、電話和位置，不交給第三方。\n/forgetme 立即刪除您的全部記錄。"
        ),
        format!(
            "Kept: your questions, which document was quoted, and your 👍 👎, to improve the documents.\n\
             Your account and chat are kept only as keyed hashes that do not tell who you are; all is deleted after {days} days.\n\
             No name, phone number or place is kept, and nothing is passed on.\n/forgetme deletes all your records at once."
        ),
    )
}

/// After so many records were deleted.
pub(crate) fn forgotten(script: Script, count: usize) -> String {
    if count == 0 {
        return pick(
            script,
            "没有您的记录，无需删除。".to_owned(),
            "沒有您的記錄，無需刪除。".to_owned(),
            "There were no records of you.".to_owned(),
        );
    }
    pick(
        script,
        format!("已删除您的 {count} 条记录。"),
        format!("已刪除您的 {count} 筆記錄。"),
        format!("Deleted: {count} records of yours."),
    )
}

/// Over questions that a park's documents answer.
pub(crate) fn about_park(script: Script, park: &str) -> String {
    pick(
        script,
        format!("关于{park}，可以这样问："),
        format!("關於{}，可以這樣問：", script.write(park)),
        format!("About {park} you could ask:"),
    )
}

/// On the button to the outline of a document among others.
pub(crate) fn outline_of(script: Script, title: &str) -> String {
    pick(script, format!("目录：{title}"), format!("目錄：{title}"), format!("Outline: {title}"))
}

/// A park and how many documents there are about it.
pub(crate) fn park_line(script: Script, park: &str, documents: usize) -> String {
    pick(
        script,
        format!("{park}：{documents} 份"),
        format!("{}：{documents} 份", script.write(park)),
        format!("{park}: {documents}"),
    )
}
