//! What is wrong with the files of the knowledge folder, a line each.

use super::{listed, pick};
use crate::corpus::{FRONT_MATTER_KEYS, Fault, Problem, QuestionsFault, Shape, WordsFault};
use crate::telegram::script::Script;

/// Something wrong with a file: its path, the line, and what to do.
pub(crate) fn problem(script: Script, problem: &Problem) -> String {
    if script == Script::English {
        return problem.to_string();
    }
    let (path, fault) = (problem.path.escape_debug(), fault(script, &problem.fault));
    match problem.line {
        Some(line) => format!("{path} 第 {line} 行：{fault}"),
        None => format!("{path}：{fault}"),
    }
}

/// What is wrong, without where.
pub(crate) fn fault(script: Script, fault: &Fault) -> String {
    let (simplified, traditional) = in_chinese(fault);
    pick(script, simplified, traditional, fault.to_string())
}

fn fixed(simplified: &str, traditional: &str) -> (String, String) {
    (simplified.to_owned(), traditional.to_owned())
}

fn in_chinese(fault: &Fault) -> (String, String) {
    const DATES: &str = "2023-08-21、2023-08 或 2023";
    match fault {
        Fault::Unreadable { cause } => (format!("读不出来（{cause}）"), format!("讀不出來（{cause}）")),
        Fault::NameNotText => fixed("文件名不是 UTF-8，请改名", "檔名不是 UTF-8，請改名"),
        Fault::NameHoldsControl => fixed("文件名里有换行或控制字符，请改名", "檔名裡有換行或控制字元，請改名"),
        Fault::LinkOut => fixed(
            "是指向文件夹外面的链接，没有读；请把文件复制进来",
            "是指向資料夾外面的連結，沒有讀；請把檔案複製進來",
        ),
        Fault::LinkToFolder => fixed("是指向文件夹的链接，没有读", "是指向資料夾的連結，沒有讀"),
        Fault::TooDeep => fixed("文件夹套得太深，没有读", "資料夾套得太深，沒有讀"),
        Fault::TooLarge { megabytes } => {
            (format!("超过 {megabytes} MB，请拆开"), format!("超過 {megabytes} MB，請拆開"))
        }
        Fault::NoDocumentKind => fixed(
            "不是 .md 或 .txt；请把文件发给我，或在服务器上用 yuanwen import",
            "不是 .md 或 .txt；請把檔案傳給我，或在伺服器上用 yuanwen import",
        ),
        Fault::OnlyHeadings => fixed("只有标题，没有可以引用的正文", "只有標題，沒有可以引用的正文"),
        Fault::Untitled => {
            fixed("没有标题，暂用文件名；请在开头的说明里写 title", "沒有標題，暫用檔名；請在開頭的說明裡寫 title")
        }
        Fault::UntitledText => fixed("没有标题，暂用文件名；请写在第一行", "沒有標題，暫用檔名；請寫在第一行"),
        Fault::FrontMatterOpen => {
            fixed("开头的说明没有结束，请在后面加一行 ---", "開頭的說明沒有結束，請在後面加一行 ---")
        }
        Fault::FrontMatterShape => (
            format!("开头的说明要一行一个「名称: 内容」；可用的名称：{FRONT_MATTER_KEYS}"),
            format!("開頭的說明要一行一個「名稱: 內容」；可用的名稱：{FRONT_MATTER_KEYS}"),
        ),
        Fault::FrontMatterYaml { cause } => {
            (format!("开头的说明不是 YAML（{cause}）"), format!("開頭的說明不是 YAML（{cause}）"))
        }
        Fault::AliasesAlone => {
            fixed("aliases 是 park 的别名，却没有写 park；请补上", "aliases 是 park 的別名，卻沒有寫 park；請補上")
        }
        Fault::NoLine { key, shape } => {
            let (simplified, traditional) = of_shape(*shape);
            (format!("{key} {simplified}，请写一行文字"), format!("{key} {traditional}，請寫一行文字"))
        }
        Fault::NoList { key } => {
            (format!("{key} 不是列表，请写成 [一, 二]"), format!("{key} 不是清單，請寫成 [一, 二]"))
        }
        Fault::NoDate { key, shape } => {
            let (simplified, traditional) = of_shape(*shape);
            (format!("{key} {simplified}，请写 {DATES}"), format!("{key} {traditional}，請寫 {DATES}"))
        }
        Fault::NotDate { key, text } => (
            format!("{key} 写的「{text}」不是日期，请写 {DATES}"),
            format!("{key} 寫的「{text}」不是日期，請寫 {DATES}"),
        ),
        Fault::EnabledNeither => {
            fixed("enabled 要写 true 或 false，现在都不是", "enabled 要寫 true 或 false，現在都不是")
        }
        Fault::UnknownKey { key } => (
            format!("开头的说明里没有 {key} 这个名称；可用的：{FRONT_MATTER_KEYS}"),
            format!("開頭的說明裡沒有 {key} 這個名稱；可用的：{FRONT_MATTER_KEYS}"),
        ),
        Fault::NotAddress { text } => (
            format!("url 写的「{text}」不是网址，请写成 https://example.org/a 这样"),
            format!("url 寫的「{text}」不是網址，請寫成 https://example.org/a 這樣"),
        ),
        Fault::OverBeforeBegun { from, until } => (
            format!("valid_until {until} 早于 valid_from {from}，请改正"),
            format!("valid_until {until} 早於 valid_from {from}，請改正"),
        ),
        Fault::ReplacesDisabled { name, path } => (
            format!("supersedes 写的「{name}」已停用（{path}）；请启用它，引用时会加提醒，或者去掉这个名称"),
            format!("supersedes 寫的「{name}」已停用（{path}）；請啟用它，引用時會加提醒，或者去掉這個名稱"),
        ),
        Fault::ReplacesNothing { name } => (
            format!("supersedes 写的「{name}」不是任何一份资料，请写它的路径或标题"),
            format!("supersedes 寫的「{name}」不是任何一份資料，請寫它的路徑或標題"),
        ),
        Fault::ReplacesItself { name } => {
            (format!("supersedes 写的「{name}」就是这份资料自己"), format!("supersedes 寫的「{name}」就是這份資料自己"))
        }
        Fault::ReplacesInCircle => fixed(
            "它和另一份资料用 supersedes 互相取代，请去掉一处",
            "它和另一份資料用 supersedes 互相取代，請去掉一處",
        ),
        Fault::NotPassage { cause } => (
            format!("不是 {{\"id\",\"title\",\"text\"}}（{cause}）"),
            format!("不是 {{\"id\",\"title\",\"text\"}}（{cause}）"),
        ),
        Fault::PassageUnnamed => fixed("id 是空的", "id 是空的"),
        Fault::PassageEmpty { id } => (format!("「{id}」没有正文"), format!("「{id}」沒有正文")),
        Fault::PassageTwice { id } => {
            (format!("「{id}」前面已经有了，只用前面那一条"), format!("「{id}」前面已經有了，只用前面那一條"))
        }
        Fault::OnceEnabled(fault) => {
            let (simplified, traditional) = in_chinese(fault);
            (format!("{simplified}（已停用）"), format!("{traditional}（已停用）"))
        }
        // A line of a list ends without a full stop.
        Fault::Refused(refusal) => {
            let (simplified, traditional) = super::refusal::in_chinese(refusal);
            (simplified.trim_end_matches('。').to_owned(), traditional.trim_end_matches('。').to_owned())
        }
        Fault::Words(fault) => words(fault),
        Fault::Questions(fault) => questions(fault),
    }
}

fn of_shape(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::List => ("写的是列表", "寫的是清單"),
        Shape::Block => ("下面还有一层", "下面還有一層"),
    }
}

/// What is wrong with `words.toml`, in both kinds of Chinese.
fn words(fault: &WordsFault) -> (String, String) {
    match fault {
        WordsFault::Broken { cause } => (
            format!("读不懂（{cause}）；改好之前，整个文件都不起作用"),
            format!("讀不懂（{cause}）；改好之前，整個檔案都不起作用"),
        ),
        WordsFault::NoDocuments { files } => {
            (format!("资料里没有{}", named(files)), format!("資料裡沒有{}", named(files)))
        }
        WordsFault::ParkWithoutDocument { park } => (
            format!("园区「{park}」没有资料；请用 files 写上它的文件，或在资料开头写 park: {park}"),
            format!("園區「{park}」沒有資料；請用 files 寫上它的檔案，或在資料開頭寫 park: {park}"),
        ),
        WordsFault::ShortNames { names } => (
            format!("{}作为名称太短，请写两个字以上", named(names)),
            format!("{}作為名稱太短，請寫兩個字以上", named(names)),
        ),
        WordsFault::SharedName { name, others } => (
            format!("「{name}」也是{}的名称，用它提问的人会看到各个园区", named(others)),
            format!("「{name}」也是{}的名稱，用它提問的人會看到各個園區", named(others)),
        ),
        WordsFault::GroupOfOne { words } => (
            format!("{}只是一个词，一组同义词要有两个不同的词", named(words)),
            format!("{}只是一個詞，一組同義詞要有兩個不同的詞", named(words)),
        ),
        WordsFault::Slight { words } => (
            format!("{}太短，会出现在许多别的词里，请写长一些", named(words)),
            format!("{}太短，會出現在許多別的詞裡，請寫長一些", named(words)),
        ),
        WordsFault::GroupUnheld { words } => (
            format!("资料里没有{}中的任何一个，这组同义词不起作用", named(words)),
            format!("資料裡沒有{}中的任何一個，這組同義詞不起作用", named(words)),
        ),
        WordsFault::HalfEmpty => fixed(
            "say 或 find 是空的；请写上人们怎么说、资料里怎么写",
            "say 或 find 是空的；請寫上人們怎麼說、資料裡怎麼寫",
        ),
        WordsFault::SaidAndFound { words } => (
            format!("{}在 say 和 find 里都有，本来就找得到", named(words)),
            format!("{}在 say 和 find 裡都有，本來就找得到", named(words)),
        ),
        WordsFault::Unheld { words } => {
            (format!("资料里没有{}，永远找不到", named(words)), format!("資料裡沒有{}，永遠找不到", named(words)))
        }
        WordsFault::NeverExpanded { word } => (
            format!("「{word}」也在 never_expand 里，所以不起作用"),
            format!("「{word}」也在 never_expand 裡，所以不起作用"),
        ),
        WordsFault::CutOut { word } => (
            format!("「{word}」在 [stop] 的 phrases 里，会从问题中去掉，所以不起作用"),
            format!("「{word}」在 [stop] 的 phrases 裡，會從問題中去掉，所以不起作用"),
        ),
        WordsFault::IsName { word, parks } => (
            format!("「{word}」是{}的名称，名称不会换成别的词", named(parks)),
            format!("「{word}」是{}的名稱，名稱不會換成別的詞", named(parks)),
        ),
        WordsFault::Everywhere { word } => (
            format!("每份资料里都有「{word}」，找得到的词不会换成别的词"),
            format!("每份資料裡都有「{word}」，找得到的詞不會換成別的詞"),
        ),
        WordsFault::BothWays { said, found } => (
            format!("这里由「{said}」找「{found}」，另一组正好相反；请合成一组 [[same]]"),
            format!("這裡由「{said}」找「{found}」，另一組正好相反；請合成一組 [[same]]"),
        ),
    }
}

/// What is wrong with a golden question, in both kinds of Chinese.
fn questions(fault: &QuestionsFault) -> (String, String) {
    match fault {
        QuestionsFault::NotQuestion { cause } => {
            (format!("不是一道自测题，没有用（{cause}）"), format!("不是一道自測題，沒有用（{cause}）"))
        }
        QuestionsFault::IdTwice { id, first } => {
            (format!("编号「{id}」在第 {first} 行已经有了"), format!("編號「{id}」在第 {first} 行已經有了"))
        }
        QuestionsFault::Empty => fixed("问题是空的", "問題是空的"),
        QuestionsFault::DocsOrAnswersAlone => fixed(
            "docs 和 answers 要么都写，要么都不写（资料答不了的问题）",
            "docs 和 answers 要麼都寫，要麼都不寫（資料答不了的問題）",
        ),
        QuestionsFault::NoDocuments { prefixes } => {
            (format!("没有路径以{}开头的资料", named(prefixes)), format!("沒有路徑以{}開頭的資料", named(prefixes)))
        }
        QuestionsFault::AnswerEmpty => fixed("有一个答案是空的", "有一個答案是空的"),
        QuestionsFault::AnswerLong { answer } => {
            (format!("答案「{answer}」太长，不能整段引用"), format!("答案「{answer}」太長，不能整段引用"))
        }
        QuestionsFault::AnswerNowhere { answer, documents } => (
            format!("{} 里没有答案「{answer}」", documents.join(" 或 ")),
            format!("{} 裡沒有答案「{answer}」", documents.join(" 或 ")),
        ),
    }
}

fn named(words: &[String]) -> String {
    listed(Script::Simplified, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Refusal;

    fn said(fault: &Fault) -> [String; 3] {
        let problem = Problem::on("a.md", 7, fault.clone());
        [Script::Simplified, Script::Traditional, Script::English].map(|script| super::problem(script, &problem))
    }

    #[test]
    fn every_problem_is_said_in_the_script_of_the_chat_with_its_place() {
        use {Fault as F, QuestionsFault as Q, WordsFault as W};
        let text = || "名".to_owned();
        let names = || vec!["甲".to_owned(), "乙".to_owned()];
        let date = |text: &str| text.to_owned().try_into().expect("a date");
        let words = [
            W::Broken { cause: text() },
            W::NoDocuments { files: names() },
            W::ParkWithoutDocument { park: text() },
            W::ShortNames { names: names() },
            W::SharedName { name: text(), others: names() },
            W::GroupOfOne { words: names() },
            W::Slight { words: names() },
            W::GroupUnheld { words: names() },
            W::HalfEmpty,
            W::SaidAndFound { words: names() },
            W::Unheld { words: names() },
            W::NeverExpanded { word: text() },
            W::CutOut { word: text() },
            W::IsName { word: text(), parks: names() },
            W::Everywhere { word: text() },
            W::BothWays { said: text(), found: text() },
        ];
        let questions = [
            Q::NotQuestion { cause: text() },
            Q::IdTwice { id: text(), first: 3 },
            Q::Empty,
            Q::DocsOrAnswersAlone,
            Q::NoDocuments { prefixes: names() },
            Q::AnswerEmpty,
            Q::AnswerLong { answer: text() },
            Q::AnswerNowhere { answer: text(), documents: names() },
        ];
        let documents = [
            F::Unreadable { cause: text() },
            F::NameNotText,
            F::NameHoldsControl,
            F::LinkOut,
            F::LinkToFolder,
            F::TooDeep,
            F::TooLarge { megabytes: 20 },
            F::NoDocumentKind,
            F::Refused(Refusal::Empty),
            F::OnlyHeadings,
            F::Untitled,
            F::UntitledText,
            F::FrontMatterOpen,
            F::FrontMatterShape,
            F::FrontMatterYaml { cause: text() },
            F::AliasesAlone,
            F::NoLine { key: text(), shape: Shape::List },
            F::NoList { key: text() },
            F::NoDate { key: text(), shape: Shape::Block },
            F::NotDate { key: text(), text: text() },
            F::EnabledNeither,
            F::UnknownKey { key: text() },
            F::NotAddress { text: text() },
            F::OverBeforeBegun { from: date("2025"), until: date("2024") },
            F::ReplacesDisabled { name: text(), path: text() },
            F::ReplacesNothing { name: text() },
            F::ReplacesItself { name: text() },
            F::ReplacesInCircle,
            F::OnceEnabled(Box::new(F::OnlyHeadings)),
            F::NotPassage { cause: text() },
            F::PassageUnnamed,
            F::PassageEmpty { id: text() },
            F::PassageTwice { id: text() },
        ];
        let all = documents.into_iter().chain(words.map(F::Words)).chain(questions.map(F::Questions));
        for fault in all {
            let [simplified, traditional, english] = said(&fault);
            assert_eq!(english, format!("a.md:7: {fault}"));
            for chinese in [&simplified, &traditional] {
                assert!(chinese.starts_with("a.md 第 7 行：") && !chinese.ends_with('。'), "{chinese}");
                assert!(!chinese.contains("  ") && !chinese.contains("的。"), "{chinese}");
            }
            for (simple, full) in [('这', '這'), ('请', '請'), ('没', '沒'), ('读', '讀'), ('资', '資')] {
                assert!(!simplified.contains(full) && !traditional.contains(simple), "{simplified} {traditional}");
            }
            let told = |text: &str| text.contains('名') || !english.contains('名');
            assert!(told(&simplified) && told(&traditional), "{english} {simplified}");
        }
    }

    #[test]
    fn a_problem_names_the_path_and_what_to_do() {
        let fault = QuestionsFault::AnswerNowhere { answer: "两台".into(), documents: vec!["nanting.md".into()] };
        let [simplified, traditional, _] = said(&Fault::Questions(fault));
        assert_eq!(simplified, "a.md 第 7 行：nanting.md 里没有答案「两台」");
        assert_eq!(traditional, "a.md 第 7 行：nanting.md 裡沒有答案「两台」");
        let [simplified, ..] = said(&Fault::OnceEnabled(Box::new(Fault::Refused(Refusal::Empty))));
        assert_eq!(simplified, "a.md 第 7 行：文件是空的（已停用）");
    }
}
