//! What operators read of a file that they bring.

use super::{pick, sentences};
use crate::corpus::Warning;
use crate::corpus::clean::Reason;
use crate::telegram::script::Script;

sentences! {
    /// There are macros, which are left out.
    has_macros: "文件带有宏，已去掉。", "檔案帶有巨集，已去掉。", "The file holds macros; they are left out.";
    /// There is no title.
    is_untitled: "没有找到标题，先用文件名。想换标题，请把标题写在文件的说明里重新发送。", "沒有找到標題，先用檔名。想換標題，請把標題寫在檔案的說明裡重新傳送。", "No title was found; the file name stands in. To give one, send the file again with the title as its caption.";
    /// Little of it is left.
    mostly_left_out: "大部分内容被去掉了，请先看全文再决定。", "大部分內容被去掉了，請先看全文再決定。", "Most of the file was left out; please read the whole text first.";
    /// There is no date.
    is_undated: "没有找到日期，引用时不会显示日期。", "沒有找到日期，引用時不會顯示日期。", "No date was found; excerpts will show none.";
}

/// What should be looked at before a document is added.
pub(crate) fn import_warning(script: Script, warning: Warning) -> String {
    match warning {
        Warning::Macros => has_macros(script).to_owned(),
        Warning::Untitled => is_untitled(script).to_owned(),
        Warning::MostLeftOut => mostly_left_out(script).to_owned(),
        Warning::Undated => is_undated(script).to_owned(),
        Warning::Rows { kept } => pick(
            script,
            format!("表格太长，只保留前 {kept} 行。"),
            format!("表格太長，只保留前 {kept} 列。"),
            format!("A table is too long; its first {kept} rows are kept."),
        ),
        Warning::Unpaired { questions, answers } => pick(
            script,
            format!("有问无答 {questions} 行，已去掉；有答无问 {answers} 行，单独成段。"),
            format!("有問無答 {questions} 列，已去掉；有答無問 {answers} 列，單獨成段。"),
            format!(
                "{questions} questions without an answer are left out; {answers} answers without a question stand by themselves."
            ),
        ),
        Warning::HiddenSheets { sheets } => pick(
            script,
            format!("有 {sheets} 张隐藏的工作表，没有读取。"),
            format!("有 {sheets} 張隱藏的工作表，沒有讀取。"),
            format!("{sheets} hidden sheets are left out."),
        ),
        Warning::BareFormulas { cells } => pick(
            script,
            format!("有 {cells} 个公式没有保存结果，已去掉；请打开表格重新保存再发。"),
            format!("有 {cells} 個公式沒有儲存結果，已去掉；請開啟試算表重新儲存再傳。"),
            format!("{cells} formulas have no saved value and are left out; open the file, save it and send it again."),
        ),
        Warning::BarePages { bare, pages } => pick(
            script,
            format!("{pages} 页里有 {bare} 页没有文字，可能是扫描件。"),
            format!("{pages} 頁裡有 {bare} 頁沒有文字，可能是掃描檔。"),
            format!("{bare} of {pages} pages hold no text; they may be scans."),
        ),
    }
}

/// How much of a file was kept.
pub(crate) fn kept(script: Script, characters: usize, lines: usize, sections: usize) -> String {
    pick(
        script,
        format!("保留 {characters} 字，{lines} 行，{sections} 节"),
        format!("保留 {characters} 字，{lines} 行，{sections} 節"),
        format!("Kept: {characters} characters, {lines} lines, {sections} sections"),
    )
}

/// How much was left out for one reason.
pub(crate) fn dropped(script: Script, reason: Reason, lines: usize, characters: usize) -> String {
    let (simplified, traditional) = reason_in_chinese(reason);
    pick(
        script,
        format!("去掉{simplified} {lines} 行 {characters} 字"),
        format!("去掉{traditional} {lines} 行 {characters} 字"),
        format!("left out, {reason}: {lines} lines, {characters} characters"),
    )
}

fn reason_in_chinese(reason: Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::Navigation => ("导航", "導覽"),
        Reason::SiteName => ("网站名", "網站名"),
        Reason::Counter => ("浏览量和工具", "瀏覽量和工具"),
        Reason::Button => ("按钮", "按鈕"),
        Reason::Byline => ("来源和时间", "來源和時間"),
        Reason::Image => ("图片名", "圖片名"),
        Reason::Credit => ("图片说明", "圖片說明"),
        Reason::Code => ("扫码和关注", "掃碼和關注"),
        Reason::Advertising => ("广告和电话", "廣告和電話"),
        Reason::Copyright => ("版权和页脚", "版權和頁尾"),
        Reason::Tags => ("标签", "標籤"),
        Reason::Related => ("相关文章", "相關文章"),
        Reason::Teaser => ("别的文章的开头", "別的文章的開頭"),
        Reason::SearchEngine => ("给搜索引擎的字", "給搜尋引擎的字"),
        Reason::Contents => ("目录", "目錄"),
        Reason::Title => ("重复的标题", "重複的標題"),
        Reason::Duplicate => ("重复的段落", "重複的段落"),
        Reason::Around => ("正文以外的部分", "正文以外的部分"),
        Reason::Running => ("页眉页脚", "頁首頁尾"),
    }
}

/// A document is new.
pub(crate) fn file_added(script: Script, file: &str) -> String {
    pick(
        script,
        format!("已加入 {file}，重新载入后生效。"),
        format!("已加入 {file}，重新載入後生效。"),
        format!("Added {file}, from the next reload on."),
    )
}

/// A document took the place of another.
pub(crate) fn file_replaced(script: Script, file: &str) -> String {
    pick(
        script,
        format!("已覆盖 {file}，重新载入后生效。"),
        format!("已覆蓋 {file}，重新載入後生效。"),
        format!("Replaced {file}, from the next reload on."),
    )
}

/// The same document is there.
pub(crate) fn file_unchanged(script: Script, file: &str) -> String {
    pick(
        script,
        format!("{file} 已经有了，一字不差，没有改动。"),
        format!("{file} 已經有了，一字不差，沒有改動。"),
        format!("{file} is there already, the same to the last letter; nothing was changed."),
    )
}

/// Another document has the name.
pub(crate) fn file_differs(script: Script, file: &str) -> String {
    pick(
        script,
        format!("{file} 已经有了，内容不同。要用新的覆盖它吗？"),
        format!("{file} 已經有了，內容不同。要用新的覆蓋它嗎？"),
        format!("{file} is there already and differs. Replace it?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_name_no_flags_and_are_in_the_script_of_the_chat() {
        let rows = Warning::Rows { kept: 20_000 };
        let pages = Warning::BarePages { bare: 2, pages: 9 };
        let unpaired = Warning::Unpaired { questions: 1, answers: 2 };
        let (hidden, bare) = (Warning::HiddenSheets { sheets: 1 }, Warning::BareFormulas { cells: 3 });
        let plain = [Warning::Macros, Warning::Untitled, Warning::MostLeftOut, Warning::Undated];
        for warning in plain.into_iter().chain([rows, pages, unpaired, hidden, bare]) {
            let [simplified, traditional, english] = [Script::Simplified, Script::Traditional, Script::English]
                .map(|script| import_warning(script, warning));
            assert!(!format!("{simplified}{traditional}{english}").contains("--"), "{english}");
            assert!(english.is_ascii() && simplified.ends_with('。') && traditional.ends_with('。'), "{english}");
            assert_ne!(simplified, traditional);
        }
    }
}
