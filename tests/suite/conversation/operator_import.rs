//! A file that an operator sends: shown as the document it would become, and added or not.

use std::fs;

use yuanwen::local_telegram::{Draft, Fault, Message, OPERATOR, Rule, XIAOLIN};

use super::harness::Talk;
use super::show::show;

/// A page copied from the web, with what is not its text.
const PAGE: &str = "当前位置：首页 > 园区动态 > 正文\n星湖科创园服务指南\n发布时间：2024-05-06 来源：星湖区政府 浏览量：128\n\
    一、班车\n星湖科创园每天有六班车到地铁站，早上七点开始，晚上九点结束，凭工作证免费乘坐。\n\
    二、食堂\n星湖科创园有两个食堂，中午供应三百份工作餐，企业可以为员工统一订餐。\n扫一扫关注我们\n";

fn page() -> Draft {
    Draft::document("../星湖 指南.txt", "text/plain", PAGE)
}

/// What is in the folder, by name.
fn folder(talk: &Talk) -> Vec<String> {
    let entries = fs::read_dir(talk.knowledge()).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn sent(talk: &Talk, draft: Draft) -> Message {
    talk.send(OPERATOR, OPERATOR, draft).await
}

#[tokio::test]
async fn a_file_is_shown_added_and_answered_from() {
    let talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page()).await;
    insta::assert_snapshot!(show(&preview), @r"
    **预览：加入后会是这样**
    星湖科创园服务指南
    星湖区政府 · 2024-05-06
    星湖-指南.md

    保留 90 字，5 行，2 节
    · 去掉导航 1 行 15 字：当前位置：首页 > 园区动态 > 正文
    · 去掉浏览量和工具 1 行 30 字：发布时间：2024-05-06 来源：星湖区政府 浏览量：128
    · 去掉扫码和关注 1 行 7 字：扫一扫关注我们

    >> 星湖科创园服务指南
    >> 一、班车
    >> 星湖科创园每天有六班车到地铁站，早上七点开始，晚上九点结束，凭工作证免费乘坐。
    >> 二、食堂
    >> 星湖科创园有两个食堂，中午供应三百份工作餐，企业可以为员工统一订餐。
    [加入] [取消]
    [⬇ 看全文]
    ");
    assert_eq!(folder(&talk), ["nanting.md", "qinghegu.md", "yunfangang.md"]);
    talk.toast(OPERATOR, &preview, "⬇ 看全文").await;
    let (name, whole) = talk.telegram.file(&talk.read(OPERATOR).await).unwrap();
    let added = talk.press(OPERATOR, &preview, "加入").await;
    insta::assert_snapshot!(show(&added), @r"
    已加入 星湖-指南.md，重新载入后生效。
    [🔄 重新载入]
    ");
    assert_eq!(fs::read(talk.knowledge().join(name)).unwrap(), whole);
    assert!(talk.ask(XIAOLIN, "星湖科创园的班车几点开始").await.text.contains("抱歉"));
    assert!(talk.reload(&added).await.text.contains("新增 1"));
    let answer = talk.ask(XIAOLIN, "星湖科创园的班车几点开始").await;
    assert!(answer.text.contains("早上七点开始"), "{}", answer.text);
    let actions = talk.action_lines().await;
    insta::assert_snapshot!(actions.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("\n"), @r"
    import | 星湖 指南.txt | read as 星湖-指南.md
    add | 星湖-指南.md | added
    ");
    assert!(!talk.data_dir().join("incoming").read_dir().unwrap().any(|_| true), "the original is removed");
    talk.end().await;
}

#[tokio::test]
async fn a_file_is_thrown_away() {
    let talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page()).await;
    let cancelled = talk.press(OPERATOR, &preview, "取消").await;
    insta::assert_snapshot!(show(&cancelled), @"已取消，没有改动资料。");
    assert_eq!(folder(&talk).len(), 3);
    let number = yuanwen_number(&preview);
    for data in ["o:a:", "o:o:", "o:h:"] {
        let told = talk.press_as(OPERATOR, OPERATOR, preview.id, &format!("{data}{number}")).await;
        assert_eq!(told, "这个文件已经处理过或不在了，请重新发送。");
    }
    assert_eq!(folder(&talk).len(), 3);
    talk.end().await;
}

/// The number that the first button of a preview carries.
fn yuanwen_number(preview: &Message) -> String {
    let yuanwen::local_telegram::Action::CallbackData(data) = &preview.keyboard[0][0].action else {
        panic!("{preview:?}")
    };
    data.rsplit(':').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_document_that_somebody_changed_is_replaced_on_purpose_only() {
    let talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page()).await;
    talk.press(OPERATOR, &preview, "加入").await;
    let again = sent(&talk, page()).await;
    insta::assert_snapshot!(show(&talk.press(OPERATOR, &again, "加入").await), @"星湖-指南.md 已经有了，一字不差，没有改动。");
    let path = talk.knowledge().join(folder(&talk).into_iter().find(|name| name.starts_with('星')).unwrap());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, "---\ntitle: 手写\n---\n\n手写的。\n").unwrap();
    let third = sent(&talk, page()).await;
    let differs = talk.press(OPERATOR, &third, "加入").await;
    insta::assert_snapshot!(show(&differs), @r"
    星湖-指南.md 已经有了，内容不同。要用新的覆盖它吗？
    [覆盖] [取消]
    ");
    assert!(fs::read_to_string(&path).unwrap().contains("手写的"));
    insta::assert_snapshot!(show(&talk.press(OPERATOR, &differs, "覆盖").await), @r"
    已覆盖 星湖-指南.md，重新载入后生效。
    [🔄 重新载入]
    ");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    talk.end().await;
}

#[tokio::test]
async fn what_should_be_looked_at_is_said_in_the_language_of_the_chat() {
    let talk = Talk::start_with_operator().await;
    let bare = || Draft::document("班车.txt", "text/plain", "星湖科创园每天有六班车到地铁站，早上七点开始。");
    let preview = sent(&talk, bare()).await;
    assert!(preview.text.contains("\n⚠ 没有找到标题，先用文件名。"), "{}", preview.text);
    assert!(preview.text.contains("\n⚠ 没有找到日期") && !preview.text.contains("--"), "{}", preview.text);
    talk.press(OPERATOR, &preview, "取消").await;
    talk.end().await;
}

#[tokio::test]
async fn the_words_under_a_file_are_its_title() {
    let talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page().caption("星湖园\n2024 指南")).await;
    assert!(preview.text.contains("\n星湖园 2024 指南\n"), "{}", preview.text);
    talk.press(OPERATOR, &preview, "取消").await;
    talk.end().await;
}

#[tokio::test]
async fn what_cannot_be_had_or_read_is_refused_with_the_reason() {
    let talk = Talk::start_with_operator().await;
    // Never asked for: its size says that Telegram would not give it.
    insta::assert_snapshot!(show(&sent(&talk, Draft::document_of_size("大.pdf", 2_000_000_000)).await), @"文件超过 20 MB，Telegram 不让机器人下载；请拆开再发，或在服务器上用 yuanwen import。");
    assert!(!talk.telegram.requests().iter().any(|request| request.method == "getFile"));
    insta::assert_snapshot!(show(&sent(&talk, Draft::document("a.zip", "application/zip", *b"PK\x03\x04")).await), @"不能导入 a.zip：这是压缩包，请先解压再发里面的文件。");
    insta::assert_snapshot!(show(&sent(&talk, Draft::document("空.txt", "text/plain", *b" ")).await), @"不能导入 空.txt：文件是空的。");
    insta::assert_snapshot!(show(&sent(&talk, Draft::document("坏.docx", "application/x", *b"not a document")).await), @"不能导入 坏.docx：内容与扩展名不符，请打开后重新保存再发。");
    talk.telegram.inject(Rule::from(Fault::ServerError { status: 500 }).on("getFile").times(1));
    let refused = sent(&talk, page()).await;
    assert!(refused.text.contains("：没能从 Telegram 下载（"), "{}", refused.text);
    assert_eq!(folder(&talk).len(), 3);
    talk.end().await;
}

#[tokio::test]
async fn a_web_page_is_read_in_a_process_of_its_own() {
    // The program itself is the child; a test is another program.
    yuanwen::import::child::use_program(env!("CARGO_BIN_EXE_yuanwen").into());
    let talk = Talk::start_with_operator().await;
    let html = "<html><head><title>星湖公寓</title><script>alert(1)</script></head><body><nav>首页 登录</nav><article>\
        <h1>星湖公寓</h1><p>星湖公寓有两百套房，租给在园区工作不满三年的毕业生，每套三十平方米。</p>\
        <p>申请人在园区服务大厅登记，每年四月和十月各受理一次，逾期不再受理。</p></article></body></html>";
    let preview = sent(&talk, Draft::document("公寓.html", "text/html", html)).await;
    assert!(preview.text.contains("星湖公寓有两百套房") && !preview.text.contains("alert"), "{}", preview.text);
    let bomb = Draft::document("坏.pdf", "application/pdf", *b"%PDF-1.7 and nothing that follows");
    let refused = sent(&talk, bomb).await;
    assert!(refused.text.starts_with("不能导入 坏.pdf：不是能读的 PDF，"), "{}", refused.text);
    talk.press(OPERATOR, &preview, "取消").await;
    talk.end().await;
}

#[tokio::test]
async fn a_file_waits_over_a_restart() {
    let mut talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page()).await;
    talk.stop().await;
    talk.run().await;
    let added = talk.press(OPERATOR, &preview, "加入").await;
    assert!(added.text.starts_with("已加入 星湖-指南.md"), "{}", added.text);
    assert_eq!(folder(&talk).len(), 4);
    talk.stop().await;
    talk.run().await;
    // Decided is decided, also after another restart.
    let data = format!("o:a:{}", yuanwen_number(&preview));
    let told = talk.press_as(OPERATOR, OPERATOR, preview.id, &data).await;
    assert_eq!(told, "这个文件已经处理过或不在了，请重新发送。");
    talk.end().await;
}
