//! `/docs`: listed, downloaded, switched off and on.

use std::fs;

use yuanwen::local_telegram::{OPERATOR, XIAOLIN};

use super::harness::Talk;
use super::show::{masked, show};

#[tokio::test]
async fn documents_are_listed_with_dates_and_how_often_they_were_quoted() {
    let talk = Talk::start_with_operator().await;
    talk.ask(XIAOLIN, "南汀有几台大科学装置").await;
    let list = talk.order("/docs").await;
    insta::assert_snapshot!(show(&list), @r"
    **资料 3 份**

    1. 南汀科学城2025年工作要点
    2025 · 30 天内引用 1 次

    2. 青禾谷农业科技城规划
    2023-11 · 30 天内引用 0 次

    3. 云帆港科创园建设方案
    2024-03-18 · 30 天内引用 0 次
    [1] [2] [3]
    ");
    let document = talk.press(OPERATOR, &list, "3").await;
    insta::assert_snapshot!(show(&document), @r"
    [云帆港科创园建设方案](https://yunfan.example.com/plan)
    云帆区科学技术委员会 · 2024-03-18
    yunfangang.md
    30 天内引用 0 次
    [⬇ 下载] [停用]
    [‹ 资料清单]
    ");
    let back = talk.press(OPERATOR, &document, "‹ 资料清单").await;
    assert_eq!(show(&back), show(&list));
    talk.end().await;
}

#[tokio::test]
async fn a_document_is_sent_as_its_file() {
    let talk = Talk::start_with_operator().await;
    let document = talk.document("2").await;
    assert_eq!(talk.toast(OPERATOR, &document, "⬇ 下载").await, "");
    let file = talk.read(OPERATOR).await;
    assert_eq!(file.text, "青禾谷农业科技城规划");
    let (name, bytes) = talk.telegram.file(&file).unwrap();
    assert_eq!(name, "qinghegu.md");
    assert_eq!(bytes, fs::read(talk.file("qinghegu.md")).unwrap());
    assert_eq!(talk.actions().await[1], ("download".to_owned(), "qinghegu.md".to_owned(), "sent".to_owned()));
    talk.end().await;
}

#[tokio::test]
async fn a_document_is_switched_off_and_on() {
    let talk = Talk::start_with_operator().await;
    let text = talk.text("nanting.md");
    let document = talk.document("1").await;
    let off = talk.press(OPERATOR, &document, "停用").await;
    insta::assert_snapshot!(show(&off), @r"
    南汀科学城2025年工作要点
    南汀科学城管委会 · 2025
    nanting.md
    已停用 · 30 天内引用 0 次

    已停用，重新载入后生效。
    [⬇ 下载] [启用]
    [🔄 重新载入]
    [‹ 资料清单]
    ");
    assert!(talk.text("nanting.md").contains("\nenabled: false\n---\n"));
    insta::assert_snapshot!(masked(&talk.reload(&off).await), @r"
    **已载入新资料**
    版本 GENERATION：2 份资料，

    移除 1
    · 南汀科学城2025年工作要点

    资料没有问题

    自测题 0 道：变差 0，变好 0
    ");
    let answer = talk.ask(XIAOLIN, "南汀有几台大科学装置").await;
    assert!(!answer.text.contains("同步辐射光源"), "{}", answer.text);

    let list = talk.order("/docs").await;
    insta::assert_snapshot!(show(&list), @r"
    **资料 2 份，停用 1 份**

    1. 南汀科学城2025年工作要点
    2025 · 已停用 · 30 天内引用 0 次

    2. 青禾谷农业科技城规划
    2023-11 · 30 天内引用 0 次

    3. 云帆港科创园建设方案
    2024-03-18 · 30 天内引用 0 次
    [1] [2] [3]
    ");
    let document = talk.press(OPERATOR, &list, "1").await;
    let on = talk.press(OPERATOR, &document, "启用").await;
    assert_eq!(talk.text("nanting.md"), text);
    talk.reload(&on).await;
    let answer = talk.ask(XIAOLIN, "南汀有几台大科学装置").await;
    assert!(answer.text.contains("同步辐射光源"), "{}", answer.text);
    assert_eq!(talk.action_names().await, ["docs", "disable", "reload", "docs", "enable", "reload"]);
    talk.end().await;
}

#[tokio::test]
async fn a_text_without_markup_is_switched_off_and_on_too() {
    let talk = Talk::start_with_operator().await;
    let text = "星湖科创园停车办法\n访客的车辆前两小时免费，之后每小时四元，员工凭工作证停车。\n";
    talk.write("parking.txt", text);
    talk.order("/reload").await;
    let list = talk.order("/docs").await;
    assert!(list.text.contains("2. 星湖科创园停车办法\n"), "{}", list.text);
    let document = talk.press(OPERATOR, &list, "2").await;
    let off = talk.press(OPERATOR, &document, "停用").await;
    assert_eq!(talk.text("parking.txt"), format!("---\nenabled: false\n---\n\n{text}"));
    assert!(talk.reload(&off).await.text.contains("移除 1\n· 星湖科创园停车办法"));
    assert!(!talk.ask(XIAOLIN, "星湖科创园访客停车怎么收费").await.text.contains("四元"));
    let document = talk.document("2").await;
    let on = talk.press(OPERATOR, &document, "启用").await;
    assert_eq!(talk.text("parking.txt"), text);
    talk.reload(&on).await;
    assert!(talk.ask(XIAOLIN, "星湖科创园访客停车怎么收费").await.text.contains("四元"));
    talk.end().await;
}

#[tokio::test]
async fn a_document_that_is_gone_or_cannot_be_switched_is_said_to_be() {
    let talk = Talk::start_with_operator().await;
    let document = talk.document("1").await;
    fs::remove_file(talk.file("nanting.md")).unwrap();
    let failed = talk.told(&document, "⬇ 下载").await;
    assert!(failed.text.starts_with("没有成功：nanting.md"), "{}", failed.text);
    let failed = talk.told(&document, "停用").await;
    assert!(failed.text.starts_with("没有成功：nanting.md"), "{}", failed.text);
    talk.end().await;
}

#[tokio::test]
async fn a_document_that_is_over_is_marked() {
    let talk = Talk::start_with_operator().await;
    let text = talk.text("nanting.md");
    talk.write("nanting.md", &text.replacen("park:", "valid_until: 2020-12-31\npark:", 1));
    talk.order("/reload").await;
    let list = talk.order("/docs").await;
    assert!(list.text.contains("1. 南汀科学城2025年工作要点\n2025 · ⚠"), "{}", list.text);
    talk.end().await;
}
