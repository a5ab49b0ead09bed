//! What operators read.

use std::time::Duration;

use super::{pick, sentences};
use crate::journal::Today;
use crate::telegram::script::Script;

sentences! {
    /// An operator's command that waited too long, or was begun before.
    order_too_late: "这条命令来得太晚，没有执行。如果还需要，请再发一次。", "這條命令來得太晚，沒有執行。如果還需要，請再傳一次。", "This command came too late and was not carried out. Send it again if you still want it.";
    /// The same for a button.
    press_again: "刚才没有执行，请再点一次。", "剛才沒有執行，請再點一次。", "That was not carried out; please press again.";
    /// Over the state of the bot.
    status_title: "运行情况", "運行情況", "Status";
}

/// Something that an operator ordered failed, for this reason.
pub(crate) fn went_wrong(script: Script, cause: &str) -> String {
    pick(script, format!("没有成功：{cause}"), format!("沒有成功：{cause}"), format!("That failed: {cause}"))
}

/// What is served.
pub(crate) fn status_generation(script: Script, id: &str, documents: usize, passages: usize) -> String {
    pick(
        script,
        format!("资料版本 {id}：{documents} 份，{passages} 段"),
        format!("資料版本 {id}：{documents} 份，{passages} 段"),
        format!("Generation {id}: {documents} documents, {passages} passages"),
    )
}

/// For how long the bot has run.
pub(crate) fn status_uptime(script: Script, uptime: Duration) -> String {
    let minutes = uptime.as_secs() / 60;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => pick(
            script,
            format!("已运行 {minutes} 分钟"),
            format!("已運行 {minutes} 分鐘"),
            format!("Up for {minutes} min"),
        ),
        (0, _) => pick(
            script,
            format!("已运行 {hours} 小时 {minutes} 分钟"),
            format!("已運行 {hours} 小時 {minutes} 分鐘"),
            format!("Up for {hours} h {minutes} min"),
        ),
        _ => pick(
            script,
            format!("已运行 {days} 天 {hours} 小时"),
            format!("已運行 {days} 天 {hours} 小時"),
            format!("Up for {days} d {hours} h"),
        ),
    }
}

/// What happened today.
pub(crate) fn status_today(script: Script, today: &Today) -> String {
    let Today { answered, unsure, declined, good, bad, in_work } = today;
    let all = answered + unsure + declined;
    pick(
        script,
        format!(
            "今天提问 {all}：已回答 {answered}，可能相关 {unsure}，没有找到 {declined}；👍 {good} 👎 {bad}；处理中 {in_work}"
        ),
        format!(
            "今天提問 {all}：已回答 {answered}，可能相關 {unsure}，沒有找到 {declined}；👍 {good} 👎 {bad}；處理中 {in_work}"
        ),
        format!(
            "Questions today {all}: answered {answered}, unsure {unsure}, declined {declined}; 👍 {good} 👎 {bad}; in work {in_work}"
        ),
    )
}

/// Over what is wrong with the documents.
pub(crate) fn status_problems(script: Script, count: usize) -> String {
    if count == 0 {
        return pick(
            script,
            "资料没有问题".to_owned(),
            "資料沒有問題".to_owned(),
            "No problems in the documents".to_owned(),
        );
    }
    pick(
        script,
        format!("资料里的问题 {count} 处（yuanwen check 列出全部）："),
        format!("資料裡的問題 {count} 處（yuanwen check 列出全部）："),
        format!("Problems in the documents: {count} (yuanwen check lists all)"),
    )
}

/// Over the last errors.
pub(crate) fn status_errors(script: Script, none: bool) -> &'static str {
    match (script, none) {
        (Script::Simplified, true) => "最近没有出错",
        (Script::Traditional, true) => "最近沒有出錯",
        (Script::English, true) => "No errors of late",
        (Script::Simplified, false) => "最近的错误：",
        (Script::Traditional, false) => "最近的錯誤：",
        (Script::English, false) => "Last errors:",
    }
}
