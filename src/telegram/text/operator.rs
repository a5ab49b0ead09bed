//! What operators read.

use super::{listed, pick, sentences};
use crate::corpus::CorpusError;
use crate::generation::{GenerationError, ReloadError};
use crate::journal::{Seconds, Today};
use crate::operation::{Failed, Status};
use crate::telegram::script::Script;

sentences! {
    /// An operator's command that waited too long, or was begun before.
    order_too_late: "这条命令来得太晚，没有执行。如果还需要，请再发一次。", "這條命令來得太晚，沒有執行。如果還需要，請再傳一次。", "This command came too late and was not carried out. Send it again if you still want it.";
    /// The same for a button.
    press_again: "刚才没有执行，请再点一次。", "剛才沒有執行，請再點一次。", "That was not carried out; please press again.";
    /// A document of a button that is not there any more.
    document_gone: "这份资料已经不在了。", "這份資料已經不在了。", "This document is not there any more.";
    /// Sends the file.
    download: "⬇ 下载", "⬇ 下載", "⬇ Download";
    /// Serves a document no more.
    disable: "停用", "停用", "Disable";
    /// Serves it again.
    enable: "启用", "啟用", "Enable";
    /// Back to the list.
    to_documents: "‹ 资料清单", "‹ 資料清單", "‹ Documents";
    /// Reads the folder anew.
    reload_now: "🔄 重新载入", "🔄 重新載入", "🔄 Reload";
    /// Before a document that is not served.
    is_off: "已停用", "已停用", "disabled";
    /// After a document was switched off.
    disabled: "已停用，重新载入后生效。", "已停用，重新載入後生效。", "Disabled from the next reload on.";
    /// After it was switched on.
    enabled: "已启用，重新载入后生效。", "已啟用，重新載入後生效。", "Enabled from the next reload on.";
    /// A document without a file of its own.
    no_switch: "这份资料没有自己的文件，不能在这里停用。", "這份資料沒有自己的檔案，不能在這裡停用。", "This document has no file of its own and cannot be disabled here.";
    /// There is no `words.toml`.
    no_words_file: "还没有这个文件；添加第一条时会建立。", "還沒有這個檔案；新增第一條時會建立。", "There is no such file yet; the first addition makes it.";
    /// Over the parks of `words.toml`.
    words_parks: "园区和别名：", "園區和別名：", "Parks and other names:";
    /// Over its synonyms.
    words_same: "同义词：", "同義詞：", "Synonyms:";
    /// Over what people say and what documents write.
    words_ask: "口语 → 资料里的写法：", "口語 → 資料裡的寫法：", "Said → written:";
    /// How to add and to remove.
    words_usage: "添加同义词：/words 晶片 = 芯片\n添加园区别名：/words 新名称 = 园区名称\n去掉一个词：/words 晶片 =", "新增同義詞：/words 晶片 = 芯片\n新增園區別名：/words 新名稱 = 園區名稱\n去掉一個詞：/words 晶片 =", "To add a synonym: /words 晶片 = 芯片\nTo add another name of a park: /words new name = name of the park\nTo remove a word: /words 晶片 =";
    /// What was to be added stands there.
    words_known: "已经有了，没有改动。", "已經有了，沒有改動。", "It stands there already; nothing was changed.";
    /// No document holds any of the synonyms.
    words_unheld: "\n注意：现在的资料里没有这些词，还不会起作用。", "\n注意：現在的資料裡沒有這些詞，還不會起作用。", "\nNote: no document holds any of these words yet.";
    /// The file was not UTF-8 before it was changed.
    words_recoded: "\n文件原来不是 UTF-8，已改存为 UTF-8，其他内容不变。", "\n檔案原來不是 UTF-8，已改存為 UTF-8，其他內容不變。", "\nThe file was not UTF-8 and is now; all else in it is as it was.";
    /// The words stand in two groups.
    several_groups: "这些词分别在几组同义词里，请直接改 words.toml。", "這些詞分別在幾組同義詞裡，請直接改 words.toml。", "These words stand in several groups; please change words.toml by hand.";
    /// A reload that takes its time.
    still_reloading: "还在载入，完成后会告诉您。", "還在載入，完成後會告訴您。", "Still reloading; you will hear when it is done.";
    /// Over the report of a reload that is served.
    reloaded: "已载入新资料", "已載入新資料", "Reloaded";
    /// Over the report of one that is not.
    held_back: "⚠ 没有发布：有自测题原来能答对，现在答不对", "⚠ 沒有發佈：有自測題原來能答對，現在答不對", "⚠ Held back: golden questions that passed before fail now";
    /// The same where none fails, and some are gone.
    held_back_for_gone: "⚠ 没有发布：自测题比原来少", "⚠ 沒有發佈：自測題比原來少", "⚠ Held back: golden questions are gone";
    /// Documents that are new.
    added: "新增", "新增", "Added";
    /// Documents that say something else.
    changed: "更改", "更改", "Changed";
    /// Documents that are gone.
    removed: "移除", "移除", "Removed";
    /// Before the answer of the generation before.
    before: "原：", "原：", "was: ";
    /// Before the answer of the next one.
    after: "新：", "新：", "now: ";
    /// Serves what is held back.
    publish: "发布", "發佈", "Publish";
    /// Throws it away.
    discard: "放弃", "放棄", "Discard";
    /// It was thrown away.
    discarded: "已放弃，仍用原来的资料回答。", "已放棄，仍用原來的資料回答。", "Discarded; the documents stay as they were.";
    /// There was nothing to throw away.
    nothing_held_back: "没有等待发布的资料。", "沒有等待發佈的資料。", "Nothing is held back.";
    /// A reload is under way.
    is_reloading: "正在重新载入", "正在重新載入", "Reloading now";
    /// The gate holds something back.
    holds_back: "有一个版本等待发布", "有一個版本等待發佈", "A generation is held back";
    /// No error is known.
    no_errors: "最近没有出错", "最近沒有出錯", "No errors of late";
    /// Over the last errors.
    last_errors: "最近的错误：", "最近的錯誤：", "Last errors:";
    /// Sends the gaps as a table.
    gaps_table: "⬇ 导出表格", "⬇ 匯出表格", "⬇ Table (CSV)";
    /// A file that Telegram does not give to bots.
    file_too_large: "文件超过 20 MB，Telegram 不让机器人下载；请拆开再发，或在服务器上用 yuanwen import。", "檔案超過 20 MB，Telegram 不讓機器人下載；請拆開再傳，或在伺服器上用 yuanwen import。", "The file is over 20 MB, which Telegram does not let bots have; split it, or use yuanwen import on the server.";
    /// Over what an imported file became.
    preview_title: "预览：加入后会是这样", "預覽：加入後會是這樣", "Preview";
    /// Sends all of it.
    whole_document: "⬇ 看全文", "⬇ 看全文", "⬇ Whole text";
    /// Puts it among the documents.
    add: "加入", "加入", "Add";
    /// Throws it away.
    cancel: "取消", "取消", "Cancel";
    /// Writes it over a document of the same name.
    replace: "覆盖", "覆蓋", "Replace";
    /// It was thrown away.
    cancelled: "已取消，没有改动资料。", "已取消，沒有改動資料。", "Cancelled; nothing was changed.";
    /// The file of a button does not wait any more.
    file_gone: "这个文件已经处理过或不在了，请重新发送。", "這個檔案已經處理過或不在了，請重新傳送。", "This file was dealt with or is gone; please send it again.";
    /// Over the state of the bot.
    status_title: "运行情况", "運行情況", "Status";
}

/// Something that an operator ordered failed, for this reason.
pub(crate) fn went_wrong(script: Script, cause: &str) -> String {
    pick(script, format!("没有成功：{cause}"), format!("沒有成功：{cause}"), format!("That failed: {cause}"))
}

/// What is served.
pub(crate) fn status_generation(script: Script, status: &Status) -> String {
    let Status { generation, documents, passages, .. } = status;
    pick(
        script,
        format!("资料版本 {generation}：{documents} 份，{passages} 段"),
        format!("資料版本 {generation}：{documents} 份，{passages} 段"),
        format!("Generation {generation}: {documents} documents, {passages} passages"),
    )
}

/// For how long the bot has run.
pub(crate) fn status_uptime(script: Script, uptime: Seconds) -> String {
    let minutes = uptime / 60;
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
    let Today { answered, unsure, declined, good, bad, .. } = today;
    let all = answered + unsure + declined;
    pick(
        script,
        format!("今天提问 {all}：已回答 {answered}，可能相关 {unsure}，没有找到 {declined}；👍 {good} 👎 {bad}"),
        format!("今天提問 {all}：已回答 {answered}，可能相關 {unsure}，沒有找到 {declined}；👍 {good} 👎 {bad}"),
        format!("Questions today {all}: answered {answered}, unsure {unsure}, declined {declined}; 👍 {good} 👎 {bad}"),
    )
}

/// A reload or a rollback failed.
pub(crate) fn reload_failed(script: Script, failed: &Failed) -> String {
    let cause = match failed {
        Failed::BrokeOff => {
            pick(script, "中途出错，详情见日志。".into(), "中途出錯，詳情見記錄檔。".into(), failed.to_string())
        }
        Failed::Reload(error) => reload_error(script, error),
    };
    went_wrong(script, &cause)
}

fn reload_error(script: Script, error: &ReloadError) -> String {
    let line = |line: Option<usize>| line.map_or_else(String::new, |line| format!(" 第 {line} 行"));
    let (simplified, traditional) = match error {
        ReloadError::NoPrevious => ("没有更早的版本可以退回。".into(), "沒有更早的版本可以退回。".into()),
        ReloadError::NothingHeldBack => {
            (nothing_held_back(Script::Simplified).into(), nothing_held_back(Script::Traditional).into())
        }
        ReloadError::Unreadable(path) => (
            format!("{path} 正在使用，现在却读不出来。请检查它的权限；不再需要就删掉。仍用原来的资料回答。"),
            format!("{path} 正在使用，現在卻讀不出來。請檢查它的權限；不再需要就刪掉。仍用原來的資料回答。"),
        ),
        ReloadError::Words(problem) => (
            format!("{}{}写得不对，读不懂。请先改好；仍用原来的资料回答。", problem.path, line(problem.line)),
            format!("{}{}寫得不對，讀不懂。請先改好；仍用原來的資料回答。", problem.path, line(problem.line)),
        ),
        ReloadError::Generation(GenerationError::Words { path, cause }) => (
            format!("{} 读不出来（{cause}）；仍用原来的资料回答。", path.display()),
            format!("{} 讀不出來（{cause}）；仍用原來的資料回答。", path.display()),
        ),
        ReloadError::Generation(GenerationError::Corpus(CorpusError::Empty { .. })) => (
            "文件夹里没有一份可用的资料。请放入 .md 或 .txt 文件，或把文件发给我；仍用原来的资料回答。".into(),
            "資料夾裡沒有一份可用的資料。請放入 .md 或 .txt 檔案，或把檔案傳給我；仍用原來的資料回答。".into(),
        ),
        ReloadError::Generation(GenerationError::Corpus(CorpusError::Unreadable { path, .. })) => (
            format!("资料文件夹 {} 读不出来；仍用原来的资料回答。", path.display()),
            format!("資料夾 {} 讀不出來；仍用原來的資料回答。", path.display()),
        ),
        // What the system or a library says.
        error => (error.to_string(), error.to_string()),
    };
    pick(script, simplified, traditional, error.to_string())
}

/// All that an operator may do.
pub(crate) fn operator_help(script: Script) -> String {
    let orders: Vec<String> =
        super::operator_commands(script).into_iter().map(|(name, does)| format!("/{name} {does}")).collect();
    let orders = orders.join("\n");
    let help = super::help(script);
    pick(
        script,
        format!("{help}\n\n您可以管理资料：\n{orders}\n发来文件，可以预览并加入资料"),
        format!("{help}\n\n您可以管理資料：\n{orders}\n傳來檔案，可以預覽並加入資料"),
        format!("{help}\n\nYou keep the documents:\n{orders}\nSend a file to preview and add it"),
    )
}

/// Over what is wrong with the documents.
pub(crate) fn problems(script: Script, count: usize) -> String {
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

/// Over the list of documents: so many are served, and so many are switched off.
pub(crate) fn documents_title(script: Script, on: usize, off: usize) -> String {
    let (simplified, traditional, english) = match off {
        0 => (String::new(), String::new(), String::new()),
        off => (format!("，停用 {off} 份"), format!("，停用 {off} 份"), format!(", {off} disabled")),
    };
    pick(
        script,
        format!("资料 {on} 份{simplified}"),
        format!("資料 {on} 份{traditional}"),
        format!("{on} documents{english}"),
    )
}

/// How often a document was quoted in so many days.
pub(crate) fn quoted(script: Script, times: u32, days: u32) -> String {
    pick(
        script,
        format!("{days} 天内引用 {times} 次"),
        format!("{days} 天內引用 {times} 次"),
        format!("quoted {times} times in {days} days"),
    )
}

/// `words.toml` cannot be understood.
pub(crate) fn words_broken(script: Script, cause: &str) -> String {
    pick(
        script,
        format!("words.toml 有错，请先改好：{cause}"),
        format!("words.toml 有錯，請先改好：{cause}"),
        format!("words.toml has a mistake, please mend it first: {cause}"),
    )
}

/// So many more lines are not shown.
pub(crate) fn and_more(script: Script, count: usize) -> String {
    pick(script, format!("……还有 {count} 条"), format!("……還有 {count} 條"), format!("… and {count} more"))
}

/// A word that cannot be added.
pub(crate) fn no_word(script: Script, word: &str) -> String {
    pick(
        script,
        format!("「{word}」不能作为词语：最多 32 个字，不能换行。"),
        format!("「{word}」不能作為詞語：最多 32 個字，不能換行。"),
        format!("“{word}” cannot be a word: at most 32 characters on one line."),
    )
}

/// Several parks were named at once.
pub(crate) fn several_parks(script: Script, parks: &[String]) -> String {
    let parks = listed(script, parks);
    pick(
        script,
        format!("{parks}是不同的园区，一次请只写一个。"),
        format!("{parks}是不同的園區，一次請只寫一個。"),
        format!("{parks} are different parks; please name one at a time."),
    )
}

/// A park has new names.
pub(crate) fn alias_added(script: Script, park: &str, names: &[String]) -> String {
    let names = listed(script, names);
    pick(
        script,
        format!("已添加：{names}是「{park}」的别名。重新载入后生效。"),
        format!("已新增：{names}是「{park}」的別名。重新載入後生效。"),
        format!("Added: {names} for “{park}”, from the next reload on."),
    )
}

/// A group of synonyms is new or longer.
pub(crate) fn same_added(script: Script, group: &[String]) -> String {
    let group = group.join(" = ");
    pick(
        script,
        format!("已添加同义词：{group}。重新载入后生效。"),
        format!("已新增同義詞：{group}。重新載入後生效。"),
        format!("Added: {group}, from the next reload on."),
    )
}

/// Synonyms that also stand inside of other words, or mean nothing by themselves.
pub(crate) fn words_slight(script: Script, words: &[String]) -> String {
    let (listed, first) = (listed(script, words), words.first().map_or("", String::as_str));
    pick(
        script,
        format!("\n注意：{listed}太短，会影响许多别的问题。不合适的话，可以去掉：/words {first} ="),
        format!("\n注意：{listed}太短，會影響許多別的問題。不合適的話，可以去掉：/words {first} ="),
        format!("\nNote: {listed} is so short that it touches many other questions. To remove it: /words {first} ="),
    )
}

/// A word was removed, and these are left of its group.
pub(crate) fn word_removed(script: Script, word: &str, left: &[String]) -> String {
    let left = left.join(" = ");
    match left.as_str() {
        "" => pick(
            script,
            format!("已去掉「{word}」。重新载入后生效。"),
            format!("已去掉「{word}」。重新載入後生效。"),
            format!("Removed “{word}”, from the next reload on."),
        ),
        left => pick(
            script,
            format!("已去掉「{word}」，留下：{left}。重新载入后生效。"),
            format!("已去掉「{word}」，留下：{left}。重新載入後生效。"),
            format!("Removed “{word}”, left are: {left}; from the next reload on."),
        ),
    }
}

/// A word that cannot be removed, for it is neither a synonym nor another name.
pub(crate) fn not_among_words(script: Script, word: &str) -> String {
    pick(
        script,
        format!("words.toml 的同义词和别名里没有「{word}」，没有改动。"),
        format!("words.toml 的同義詞和別名裡沒有「{word}」，沒有改動。"),
        format!("“{word}” is no synonym or other name in words.toml; nothing was changed."),
    )
}

/// A reload that found nothing new.
pub(crate) fn reload_unchanged(script: Script, id: &str) -> String {
    pick(
        script,
        format!("资料没有变化，仍是版本 {id}。"),
        format!("資料沒有變化，仍是版本 {id}。"),
        format!("Nothing has changed; still generation {id}."),
    )
}

/// What was read, and in how many milliseconds.
pub(crate) fn reload_summary(script: Script, id: &str, documents: usize, millis: u64) -> String {
    let seconds = millis.div_ceil(100) as f64 / 10.0;
    pick(
        script,
        format!("版本 {id}：{documents} 份资料，用时 {seconds:.1} 秒"),
        format!("版本 {id}：{documents} 份資料，用時 {seconds:.1} 秒"),
        format!("Generation {id}: {documents} documents in {seconds:.1} s"),
    )
}

/// How the golden questions went.
pub(crate) fn golden(script: Script, asked: usize, failing: usize, passing: usize) -> String {
    pick(
        script,
        format!("自测题 {asked} 道：变差 {failing}，变好 {passing}"),
        format!("自測題 {asked} 道：變差 {failing}，變好 {passing}"),
        format!("Golden questions {asked}: newly failing {failing}, newly passing {passing}"),
    )
}

/// There are fewer golden questions than before.
pub(crate) fn golden_gone(script: Script, before: usize, now: usize) -> String {
    pick(
        script,
        format!("⚠ 自测题从 {before} 道变成 {now} 道，请检查 questions.jsonl。"),
        format!("⚠ 自測題從 {before} 道變成 {now} 道，請檢查 questions.jsonl。"),
        format!("⚠ Golden questions were {before} and are {now} now; look at questions.jsonl."),
    )
}

/// How many of the last questions are answered differently.
pub(crate) fn answers_changed(script: Script, asked: usize, changed: usize) -> String {
    pick(
        script,
        format!("最近 {asked} 个提问里，回答有变化的 {changed} 个"),
        format!("最近 {asked} 個提問裡，回答有變化的 {changed} 個"),
        format!("Of the last {asked} questions, answered differently: {changed}"),
    )
}

/// The generation before is served again.
pub(crate) fn rolled_back(script: Script, id: &str, documents: usize) -> String {
    pick(
        script,
        format!("已退回版本 {id}：{documents} 份资料。文件夹里的文件没有变，下次载入会再读一遍。"),
        format!("已退回版本 {id}：{documents} 份資料。資料夾裡的檔案沒有變，下次載入會再讀一遍。"),
        format!(
            "Back at generation {id}: {documents} documents. The folder is as it was; the next reload reads it again."
        ),
    )
}

/// The generation that was rolled back is served again.
pub(crate) fn rolled_forth(script: Script, id: &str, documents: usize) -> String {
    pick(
        script,
        format!("已恢复退回之前的版本 {id}：{documents} 份资料。再发一次 /rollback 会再退回。"),
        format!("已恢復退回之前的版本 {id}：{documents} 份資料。再傳一次 /rollback 會再退回。"),
        format!(
            "The generation that was rolled back is served again: {id}, {documents} documents. Another /rollback goes back once more."
        ),
    )
}

/// What `/gaps` takes; questions are kept for so many days.
pub(crate) fn gaps_usage(script: Script, kept: u32) -> String {
    pick(
        script,
        format!("请写天数，1 到 {kept}（提问只保留 {kept} 天），比如：/gaps {kept}"),
        format!("請寫天數，1 到 {kept}（提問只保留 {kept} 天），比如：/gaps {kept}"),
        format!("Write a number of days, 1 to {kept} (questions are kept for {kept} days), for example: /gaps {kept}"),
    )
}

/// No question of so many days went badly.
pub(crate) fn no_gaps(script: Script, days: u16) -> String {
    pick(
        script,
        format!("近 {days} 天没有发现答不好的问题。"),
        format!("近 {days} 天沒有發現答不好的問題。"),
        format!("No question went badly in the last {days} days."),
    )
}

/// Over the questions of so many days that went badly.
pub(crate) fn gaps_title(script: Script, days: u16) -> String {
    pick(
        script,
        format!("近 {days} 天没有答好的问题"),
        format!("近 {days} 天沒有答好的問題"),
        format!("Questions without a good answer, last {days} days"),
    )
}

/// How often something was asked in vain, and how many different things.
pub(crate) fn gaps_count(script: Script, asked: u32, gaps: usize) -> String {
    pick(
        script,
        format!("共 {asked} 次，{gaps} 类"),
        format!("共 {asked} 次，{gaps} 類"),
        format!("Asked {asked} times, {gaps} kinds"),
    )
}

/// How often one of them was declined, and got 👎.
pub(crate) fn gap_counts(script: Script, declined: u32, bad: u32) -> String {
    let declined = (declined > 0).then(|| {
        pick(
            script,
            format!("没有找到 {declined} 次"),
            format!("沒有找到 {declined} 次"),
            format!("declined {declined} times"),
        )
    });
    let bad = (bad > 0).then(|| format!("👎 {bad}"));
    declined.into_iter().chain(bad).collect::<Vec<_>>().join(" · ")
}

/// What the documents do not give.
pub(crate) fn gap_missing(script: Script, missing: &[String]) -> String {
    let missing = listed(script, missing);
    pick(script, format!("缺少：{missing}"), format!("缺少：{missing}"), format!("Missing: {missing}"))
}
