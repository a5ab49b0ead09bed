//! Why a file that an operator brings does not become a document.

use super::pick;
use crate::corpus::Refusal;
use crate::import::ImportError;
use crate::telegram::script::Script;

/// A file did not become a document, for this reason.
pub(crate) fn not_imported(script: Script, name: &str, cause: &str) -> String {
    pick(
        script,
        format!("不能导入 {name}：{cause}"),
        format!("不能匯入 {name}：{cause}"),
        format!("Not imported, {name}: {cause}"),
    )
}

/// Why a file cannot be made a document.
pub(crate) fn import_error(script: Script, error: &ImportError) -> String {
    match error {
        ImportError::Refused { why, .. } => match why.line() {
            Some(line) => {
                let why = refusal(script, why);
                pick(
                    script,
                    format!("第 {line} 行：{why}"),
                    format!("第 {line} 行：{why}"),
                    format!("line {line}: {why}"),
                )
            }
            None => refusal(script, why),
        },
        ImportError::Unreadable { cause, .. } => pick(
            script,
            format!("收到的文件读不出来（{cause}），请再发一次。"),
            format!("收到的檔案讀不出來（{cause}），請再傳一次。"),
            format!("the file cannot be read ({cause}); please send it again."),
        ),
        ImportError::TooLarge { limit, .. } => pick(
            script,
            format!("超过 {limit} MB，请只留需要的部分。"),
            format!("超過 {limit} MB，請只留需要的部分。"),
            format!("it is over {limit} MB; keep the part that matters."),
        ),
        ImportError::Empty { dropped: 0, .. } => pick(
            script,
            "里面没有可以引用的正文；如果是网页，请把扩展名改成 .html 再发。".to_owned(),
            "裡面沒有可以引用的正文；如果是網頁，請把副檔名改成 .html 再傳。".to_owned(),
            "it holds no text to quote; if it is a web page, send it again with a name that ends in .html.".to_owned(),
        ),
        ImportError::Empty { dropped, .. } => pick(
            script,
            format!("去掉 {dropped} 行后没有剩下可以引用的内容。"),
            format!("去掉 {dropped} 行後沒有剩下可以引用的內容。"),
            format!("{dropped} lines were left out, and nothing is left to quote."),
        ),
        ImportError::Date(_) => pick(
            script,
            "日期要写成 2023-08-21、2023-08 或 2023。".to_owned(),
            "日期要寫成 2023-08-21、2023-08 或 2023。".to_owned(),
            "a date is written 2023-08-21, 2023-08 or 2023.".to_owned(),
        ),
        ImportError::Address { .. } => pick(
            script,
            "原文链接要写成 https:// 开头的网址。".to_owned(),
            "原文連結要寫成 https:// 開頭的網址。".to_owned(),
            "an address on the web begins with https://.".to_owned(),
        ),
        ImportError::Differs { file } => super::file_differs(script, file),
        ImportError::Unwritable { cause, .. } => pick(
            script,
            format!("不能写入资料目录：{cause}"),
            format!("不能寫入資料目錄：{cause}"),
            format!("the folder of the documents cannot be written: {cause}"),
        ),
    }
}

/// The download failed, for this reason.
pub(crate) fn not_downloaded(script: Script, cause: &str) -> String {
    pick(
        script,
        format!("没能从 Telegram 下载（{cause}），请再发一次。"),
        format!("沒能從 Telegram 下載（{cause}），請再傳一次。"),
        format!("it could not be downloaded from Telegram ({cause}); please send it again."),
    )
}

/// Parsing it broke off.
pub(crate) fn broke_off(script: Script) -> String {
    pick(
        script,
        "解析时出错，详情见日志。".to_owned(),
        "解析時出錯，詳情見記錄檔。".to_owned(),
        "reading it broke off; the log says more.".to_owned(),
    )
}

fn refusal(script: Script, why: &Refusal) -> String {
    let english = match why {
        // Whoever writes in a chat has no command line.
        Refusal::PdfForText => "it is a PDF; send it again with a name that ends in .pdf".to_owned(),
        Refusal::NotText => "it is not text; send it again with the ending of its kind".to_owned(),
        Refusal::FrontMatter { .. } | Refusal::LongLine { .. } => why.to_string(),
        why => format!("it {why}"),
    };
    let (simplified, traditional) = in_chinese(why);
    pick(script, simplified, traditional, format!("{english}."))
}

/// The same in both kinds of Chinese.
pub(super) fn in_chinese(why: &Refusal) -> (String, String) {
    let fixed = |simplified: &str, traditional: &str| (simplified.to_owned(), traditional.to_owned());
    match why {
        Refusal::Empty => fixed("文件是空的。", "檔案是空的。"),
        Refusal::NoFile => fixed("这不是普通文件。", "這不是一般檔案。"),
        Refusal::NotItsKind => {
            fixed("内容与扩展名不符，请打开后重新保存再发。", "內容與副檔名不符，請開啟後重新儲存再傳。")
        }
        Refusal::SaveAsDocx => fixed("读不了这种格式，请另存为 .docx。", "讀不了這種格式，請另存為 .docx。"),
        Refusal::SaveAsXlsx => fixed("读不了这种格式，请另存为 .xlsx。", "讀不了這種格式，請另存為 .xlsx。"),
        Refusal::SaveAsPdf => fixed("读不了这种格式，请另存为 .pdf。", "讀不了這種格式，請另存為 .pdf。"),
        Refusal::Picture => {
            fixed("这是图片，请先用文字识别（OCR）转成文字。", "這是圖片，請先用文字辨識（OCR）轉成文字。")
        }
        Refusal::Archive => fixed("这是压缩包，请先解压再发里面的文件。", "這是壓縮檔，請先解壓縮再傳裡面的檔案。"),
        Refusal::UnknownKind => fixed(
            "读不了这种文件；可以读 txt、md、html、docx、pdf、csv 和 xlsx。",
            "讀不了這種檔案；可以讀 txt、md、html、docx、pdf、csv 和 xlsx。",
        ),
        Refusal::PdfForText => fixed("这是 PDF，请把扩展名改成 .pdf 再发。", "這是 PDF，請把副檔名改成 .pdf 再傳。"),
        Refusal::NotText => fixed("这不是文字，请用它本来的扩展名再发。", "這不是文字，請用它本來的副檔名再傳。"),
        Refusal::BrokenUtf16 => {
            fixed("开头像 UTF-16，后面却不是，请另存为 UTF-8。", "開頭像 UTF-16，後面卻不是，請另存為 UTF-8。")
        }
        Refusal::BrokenUtf8 { .. } => {
            fixed("有不是 UTF-8 的字节，请重新存为 UTF-8。", "有不是 UTF-8 的位元組，請重新存為 UTF-8。")
        }
        Refusal::UnknownEncoding => fixed(
            "编码不是 UTF-8、UTF-16、GB18030 或 Big5，请另存为 UTF-8。",
            "編碼不是 UTF-8、UTF-16、GB18030 或 Big5，請另存為 UTF-8。",
        ),
        Refusal::LongLine { .. } => fixed("这一行超过 1 MB，请分成几行。", "這一行超過 1 MB，請分成幾行。"),
        Refusal::Lines { lines } => {
            (format!("有 {lines} 行，请只留需要的部分。"), format!("有 {lines} 行，請只留需要的部分。"))
        }
        // What a parser or a system says is English, and stands in the journal.
        Refusal::FrontMatter { .. } => fixed(
            "文件开头的说明（两行 --- 之间）读不懂。每行写成“名称: 内容”，日期写成 2023-08-21、2023-08 或 2023。",
            "檔案開頭的說明（兩行 --- 之間）讀不懂。每行寫成「名稱: 內容」，日期寫成 2023-08-21、2023-08 或 2023。",
        ),
        Refusal::SwitchedOff => fixed(
            "文件开头写着 enabled: false，即不启用；请删掉这一行再发。",
            "檔案開頭寫著 enabled: false，即不啟用；請刪掉這一行再傳。",
        ),
        Refusal::Elements => fixed("网页太大，请只保存文章本身。", "網頁太大，請只儲存文章本身。"),
        Refusal::NotCsv { .. } => {
            fixed("不是能读的 CSV 表格，请重新导出再发。", "不是能讀的 CSV 表格，請重新匯出再傳。")
        }
        Refusal::NoOffice => fixed("不是 Office 文件，或者已经损坏。", "不是 Office 檔案，或者已經損壞。"),
        Refusal::DamagedArchive | Refusal::DamagedXml { .. } => {
            fixed("文件已经损坏，请打开后重新保存再发。", "檔案已經損壞，請開啟後重新儲存再傳。")
        }
        Refusal::Files { files } => (
            format!("里面有 {files} 个文件，正常的 Office 文件只有几十个。"),
            format!("裡面有 {files} 個檔案，正常的 Office 檔案只有幾十個。"),
        ),
        Refusal::Foreign { name } => (
            format!("里面有名为“{name}”的文件，正常的 Office 文件没有，可能是恶意文件。"),
            format!("裡面有名為「{name}」的檔案，正常的 Office 檔案沒有，可能是惡意檔案。"),
        ),
        Refusal::Password => fixed("有密码保护，请去掉密码再发。", "有密碼保護，請去掉密碼再傳。"),
        Refusal::Trap { name, megabytes } => (
            format!("里面的“{name}”解开有 {megabytes} MB，可能是恶意文件。"),
            format!("裡面的「{name}」解開有 {megabytes} MB，可能是惡意檔案。"),
        ),
        Refusal::Unpacks { megabytes } => (
            format!("解开有 {megabytes} MB，太大了，可能是恶意文件。"),
            format!("解開有 {megabytes} MB，太大了，可能是惡意檔案。"),
        ),
        Refusal::DamagedMember { name } | Refusal::MemberNotText { name } => (
            format!("里面的“{name}”已经损坏，请打开后重新保存再发。"),
            format!("裡面的「{name}」已經損壞，請開啟後重新儲存再傳。"),
        ),
        Refusal::LargeMember { name } => (
            format!("里面的“{name}”解开超过 64 MB，可能是恶意文件。"),
            format!("裡面的「{name}」解開超過 64 MB，可能是惡意檔案。"),
        ),

        Refusal::Entities => fixed(
            "里面声明了外部实体，正常的 Office 文件没有，可能是恶意文件。",
            "裡面宣告了外部實體，正常的 Office 檔案沒有，可能是惡意檔案。",
        ),
        Refusal::Nesting => fixed("嵌套太深，可能是恶意文件。", "巢狀太深，可能是惡意檔案。"),
        Refusal::NoWord => fixed("不是 Word 文件，里面没有正文。", "不是 Word 檔案，裡面沒有正文。"),
        Refusal::NoSpreadsheet { .. } => {
            fixed("不是能读的表格，请打开后另存为 .xlsx 再发。", "不是能讀的試算表，請開啟後另存為 .xlsx 再傳。")
        }
        Refusal::Cells { rows, columns } => (
            format!("有一张表多达 {rows} 行 {columns} 列，请只导出需要的部分。"),
            format!("有一張表多達 {rows} 列 {columns} 欄，請只匯出需要的部分。"),
        ),
        Refusal::Pages { pages } => (format!("有 {pages} 页，请拆开再发。"), format!("有 {pages} 頁，請拆開再傳。")),
        Refusal::Scan => fixed(
            "这是扫描件，页面都是图片，没有文字；请先用文字识别（OCR）转成文字。",
            "這是掃描檔，頁面都是圖片，沒有文字；請先用文字辨識（OCR）轉成文字。",
        ),
        Refusal::NoText => fixed("里面没有文字。", "裡面沒有文字。"),
        Refusal::NoPdf { .. } => fixed("不是能读的 PDF，请重新导出再发。", "不是能讀的 PDF，請重新匯出再傳。"),
        Refusal::Large => fixed("超过 64 MB，请只留需要的部分。", "超過 64 MB，請只留需要的部分。"),
        Refusal::LongText => fixed("文字超过 32 MB，请只留需要的部分。", "文字超過 32 MB，請只留需要的部分。"),
        Refusal::Limits => fixed(
            "文件已经损坏，或者可能是恶意文件：解析失败，或超过了 512 MB 内存、10 秒的限制。请打开后重新保存再发。",
            "檔案已經損壞，或者可能是惡意檔案：解析失敗，或超過了 512 MB 記憶體、10 秒的限制。請開啟後重新儲存再傳。",
        ),
        Refusal::Slow => fixed(
            "解析超过 10 秒：文件损坏、太大，或者可能是恶意文件。",
            "解析超過 10 秒：檔案損壞、太大，或者可能是惡意檔案。",
        ),
        Refusal::NotParsed { .. } => {
            fixed("没能解析，请再发一次；详情见日志。", "沒能解析，請再傳一次；詳情見記錄檔。")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(script: Script, why: Refusal) -> String {
        import_error(script, &ImportError::Refused { name: "名.docx".to_owned(), why })
    }

    #[test]
    fn refusals_are_sentences_in_the_script_of_the_chat_and_name_no_command() {
        use Refusal as R;
        let (name, cause) = ("word/a.xml".to_owned(), "eof".to_owned());
        let whys = [
            R::Empty,
            R::NoFile,
            R::NotItsKind,
            R::SaveAsDocx,
            R::SaveAsXlsx,
            R::SaveAsPdf,
            R::Picture,
            R::Archive,
            R::UnknownKind,
            R::PdfForText,
            R::NotText,
            R::BrokenUtf16,
            R::BrokenUtf8 { line: 7 },
            R::UnknownEncoding,
            R::LongLine { line: 7 },
            R::Lines { lines: 7 },
            R::FrontMatter { line: Some(7), cause: cause.clone() },
            R::SwitchedOff,
            R::Elements,
            R::NotCsv { cause: cause.clone() },
            R::NoOffice,
            R::DamagedArchive,
            R::Files { files: 7 },
            R::Foreign { name: name.clone() },
            R::Password,
            R::Trap { name: name.clone(), megabytes: 7 },
            R::Unpacks { megabytes: 7 },
            R::DamagedMember { name: name.clone() },
            R::MemberNotText { name: name.clone() },
            R::LargeMember { name },
            R::DamagedXml { cause: cause.clone() },
            R::Entities,
            R::Nesting,
            R::NoWord,
            R::NoSpreadsheet { cause: cause.clone() },
            R::Cells { rows: 7, columns: 8 },
            R::Pages { pages: 7 },
            R::Scan,
            R::NoText,
            R::NoPdf { cause: cause.clone() },
            R::Large,
            R::LongText,
            R::Limits,
            R::Slow,
            R::NotParsed { cause: String::new() },
            R::NotParsed { cause },
        ];
        for why in whys {
            let [simplified, traditional, english] =
                [Script::Simplified, Script::Traditional, Script::English].map(|script| said(script, why.clone()));
            assert!(simplified.ends_with('。') && traditional.ends_with('。'), "{simplified} {traditional}");
            assert!(english.ends_with('.') && !english.contains("it it "), "{english}");
            assert!(!english.contains('文') && !format!("{simplified}{english}").contains("yuanwen"), "{english}");
            let line = why.line().is_some_and(|line| line == 7);
            assert_eq!(line, simplified.starts_with("第 7 行：") && english.starts_with("line 7: "), "{english}");
        }
    }
}
