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
    insta::assert_snapshot!(show(&preview), @"");
    assert_eq!(folder(&talk), ["nanting.md", "qinghegu.md", "yunfangang.md"]);
    talk.toast(OPERATOR, &preview, "⬇ 看全文").await;
    let (name, whole) = talk.telegram.file(&talk.read(OPERATOR).await).unwrap();
    let added = talk.press(OPERATOR, &preview, "加入").await;
    insta::assert_snapshot!(show(&added), @"");
    assert_eq!(fs::read(talk.knowledge().join(name)).unwrap(), whole);
    assert!(talk.ask(XIAOLIN, "星湖科创园的班车几点开始").await.text.contains("抱歉") );
    talk.toast(OPERATOR, &added, "🔄 重新载入").await;
    assert!(talk.read(OPERATOR).await.text.contains("新增 1"));
    let answer = talk.ask(XIAOLIN, "星湖科创园的班车几点开始").await;
    assert!(answer.text.contains("早上七点开始"), "{}", answer.text);
    let actions: Vec<_> = talk.actions().await.into_iter().map(|(a, b, c)| format!("{a} | {b} | {c}")).collect();
    insta::assert_snapshot!(actions.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("\n"), @"");
    assert!(!talk.data_dir().join("incoming").read_dir().unwrap().any(|_| true), "the original is removed");
    talk.end().await;
}

#[tokio::test]
async fn a_file_is_thrown_away() {
    let talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page()).await;
    let cancelled = talk.press(OPERATOR, &preview, "取消").await;
    insta::assert_snapshot!(show(&cancelled), @"");
    assert_eq!(folder(&talk).len(), 3);
    let number = yuanwen_number(&preview);
    for data in ["o:a:", "o:o:", "o:h:"] {
        let query = talk.telegram.press_data(OPERATOR, OPERATOR, preview.id, &format!("{data}{number}")).unwrap();
        let told = talk.telegram.callback_answer(&query, super::harness::SOON).await.unwrap();
        assert_eq!(told.text, "这个文件已经处理过或不在了，请重新发送。");
    }
    assert_eq!(folder(&talk).len(), 3);
    talk.end().await;
}

/// The number that the first button of a preview carries.
fn yuanwen_number(preview: &Message) -> String {
    let yuanwen::local_telegram::Action::CallbackData(data) = &preview.keyboard[0][0].action else { panic!("{preview:?}") };
    data.rsplit(':').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_document_that_somebody_changed_is_replaced_on_purpose_only() {
    let talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page()).await;
    talk.press(OPERATOR, &preview, "加入").await;
    let again = sent(&talk, page()).await;
    insta::assert_snapshot!(show(&talk.press(OPERATOR, &again, "加入").await), @"");
    let path = talk.knowledge().join(folder(&talk).into_iter().find(|name| name.starts_with('星')).unwrap());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, "---\ntitle: 手写\n---\n\n手写的。\n").unwrap();
    let third = sent(&talk, page()).await;
    let differs = talk.press(OPERATOR, &third, "加入").await;
    insta::assert_snapshot!(show(&differs), @"");
    assert!(fs::read_to_string(&path).unwrap().contains("手写的"));
    insta::assert_snapshot!(show(&talk.press(OPERATOR, &differs, "覆盖").await), @"");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
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
    insta::assert_snapshot!(show(&sent(&talk, Draft::document_of_size("大.pdf", 2_000_000_000)).await), @"");
    assert!(!talk.telegram.requests().iter().any(|request| request.method == "getFile"));
    insta::assert_snapshot!(show(&sent(&talk, Draft::document("a.zip", "application/zip", *b"PK\x03\x04")).await), @"");
    insta::assert_snapshot!(show(&sent(&talk, Draft::document("空.txt", "text/plain", *b" ")).await), @"");
    insta::assert_snapshot!(show(&sent(&talk, Draft::document("坏.docx", "application/x", *b"not a document")).await), @"");
    talk.telegram.inject(Rule::from(Fault::ServerError { status: 500 }).on("getFile").times(1));
    let refused = sent(&talk, page()).await;
    assert!(refused.text.starts_with("不能导入：Telegram does not give the file"), "{}", refused.text);
    assert_eq!(folder(&talk).len(), 3);
    talk.end().await;
}

#[tokio::test]
async fn a_restart_forgets_files_that_wait() {
    let mut talk = Talk::start_with_operator().await;
    let preview = sent(&talk, page()).await;
    talk.stop().await;
    talk.run().await;
    assert_eq!(talk.toast(OPERATOR, &preview, "加入").await, "这个文件已经处理过或不在了，请重新发送。");
    talk.end().await;
}
