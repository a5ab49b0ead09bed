//! `/reload` and `/rollback`, with the gate between.

use std::fs;

use yuanwen::local_telegram::{OPERATOR, XIAOLIN};

use super::harness::Talk;
use super::show::{masked, show};

const QUESTION: &str = "南汀有几台大科学装置";

/// Changes what a document says and asks for.
fn change(talk: &Talk) {
    let text = talk.text("nanting.md");
    talk.write("nanting.md", &text.replace("已有两台大科学装置", "已有三台大科学装置"));
    let golden = r#"{"id":"1","question":"南汀有几台大科学装置","docs":["nanting"],"answers":["两台大科学装置"]}"#;
    talk.write("questions.jsonl", golden);
}

#[tokio::test]
async fn a_reload_says_what_it_changes() {
    let talk = Talk::start_with_operator().await;
    insta::assert_snapshot!(masked(&talk.order("/reload").await), @r"
    资料没有变化，仍是版本 GENERATION。

    资料没有问题
    ");
    talk.ask(XIAOLIN, "青禾谷的人才公寓有多少套").await;
    fs::remove_file(talk.file("qinghegu.md")).unwrap();
    talk.write("x.md", "---\ntitle: 星湖\n---\n\n星湖有三座桥。\n");
    talk.write("broken.md", "---\ntitle: [\n---\n");
    insta::assert_snapshot!(masked(&talk.order("/reload").await), @r"
    **已载入新资料**
    版本 GENERATION：3 份资料，

    新增 1
    · 星湖

    移除 1
    · 青禾谷农业科技城规划

    资料里的问题 1 处（yuanwen check 列出全部）：
    · broken.md 第 3 行：开头的说明不是 YAML（did not find expected node content, while parsing a flow node）

    自测题 0 道：变差 0，变好 0

    最近 1 个提问里，回答有变化的 1 个
    · 青禾谷的人才公寓有多少套
       原：青禾谷的人才公寓有400套，博士免租金三年，硕士租金减半。
       新：没有找到
    ");
    talk.end().await;
}

#[tokio::test]
async fn what_the_gate_holds_back_is_published_by_hand() {
    let talk = Talk::start_with_operator().await;
    change(&talk);
    let held = talk.order("/reload").await;
    insta::assert_snapshot!(masked(&held), @r"
    **⚠ 没有发布：有自测题原来能答对，现在答不对**
    版本 GENERATION：3 份资料，

    更改 1
    · 南汀科学城2025年工作要点

    资料里的问题 1 处（yuanwen check 列出全部）：
    · questions.jsonl 第 1 行：nanting.md 里没有答案「两台大科学装置」

    自测题 1 道：变差 1，变好 0
    · 南汀有几台大科学装置
       原：南汀科学城已有两台大科学装置：同步辐射光源和低温强磁场装置。 同步辐射光源每年开放5000小时，高校和企业都可以预约机…
       新：南汀科学城已有三台大科学装置：同步辐射光源和低温强磁场装置。 同步辐射光源每年开放5000小时，高校和企业都可以预约机…
    [发布] [放弃]
    ");
    assert!(talk.ask(XIAOLIN, QUESTION).await.text.contains("两台"));
    assert!(talk.order("/status").await.text.contains("有一个版本等待发布"));
    let published = talk.told(&held, "发布").await;
    assert!(published.text.starts_with("已载入新资料"), "{}", published.text);
    assert!(talk.ask(XIAOLIN, QUESTION).await.text.contains("三台"));
    assert!(talk.telegram.message(OPERATOR, held.id).unwrap().keyboard.is_empty());

    insta::assert_snapshot!(masked(&talk.order("/rollback").await), @"已退回版本 GENERATION：3 份资料。文件夹里的文件没有变，下次载入会再读一遍。");
    assert!(talk.ask(XIAOLIN, QUESTION).await.text.contains("两台"));
    insta::assert_snapshot!(masked(&talk.order("/rollback").await), @"已恢复退回之前的版本 GENERATION：3 份资料。再发一次 /rollback 会再退回。");
    assert!(talk.ask(XIAOLIN, QUESTION).await.text.contains("三台"));
    assert_eq!(talk.action_names().await, ["reload", "status", "publish", "rollback", "rollback"]);
    talk.end().await;
}

#[tokio::test]
async fn golden_questions_that_are_gone_are_told_and_held_back() {
    let talk = Talk::start_with_operator().await;
    change(&talk);
    let held = talk.order("/reload").await;
    talk.told(&held, "发布").await;
    fs::remove_file(talk.file("questions.jsonl")).unwrap();
    talk.write("x.md", "---\ntitle: 星湖\n---\n\n星湖有三座桥。\n");
    insta::assert_snapshot!(masked(&talk.order("/reload").await), @r"
    **⚠ 没有发布：自测题比原来少**
    版本 GENERATION：4 份资料，

    新增 1
    · 星湖

    资料没有问题

    自测题 0 道：变差 0，变好 0
    ⚠ 自测题从 1 道变成 0 道，请检查 questions.jsonl。
    [发布] [放弃]
    ");
    talk.end().await;
}

#[tokio::test]
async fn what_the_gate_holds_back_can_be_thrown_away() {
    let talk = Talk::start_with_operator().await;
    change(&talk);
    let held = talk.order("/reload").await;
    talk.toast(OPERATOR, &held, "放弃").await;
    insta::assert_snapshot!(masked(&talk.read(OPERATOR).await), @"已放弃，仍用原来的资料回答。");
    assert!(talk.ask(XIAOLIN, QUESTION).await.text.contains("两台"));
    for data in ["o:n:", "o:p:"] {
        let id = held.text.split(['：', ' ']).find(|word| word.len() == 16).unwrap();
        let data = format!("{data}{}", id.get(..8).unwrap());
        talk.telegram.press_data(OPERATOR, OPERATOR, held.id, &data).unwrap();
        assert_eq!(show(&talk.read(OPERATOR).await), "没有等待发布的资料。");
    }
    talk.end().await;
}

#[tokio::test]
async fn an_old_report_does_not_publish_what_it_did_not_show() {
    let talk = Talk::start_with_operator().await;
    change(&talk);
    let first = talk.order("/reload").await;
    talk.write("x.md", "---\ntitle: 星湖\n---\n\n星湖有三座桥。\n");
    let second = talk.order("/reload").await;
    talk.toast(OPERATOR, &first, "发布").await;
    assert_eq!(show(&talk.read(OPERATOR).await), "没有等待发布的资料。");
    assert!(talk.ask(XIAOLIN, QUESTION).await.text.contains("两台"));
    talk.toast(OPERATOR, &second, "发布").await;
    assert!(talk.read(OPERATOR).await.text.contains("星湖"));
    talk.end().await;
}

#[tokio::test]
async fn what_fails_changes_nothing_and_says_why() {
    let talk = Talk::start_with_operator().await;
    let failed = talk.order("/rollback").await;
    assert_eq!(show(&failed), "没有成功：没有更早的版本可以退回。");
    for name in ["nanting.md", "qinghegu.md", "yunfangang.md"] {
        fs::remove_file(talk.knowledge().join(name)).unwrap();
    }
    let failed = talk.order("/reload").await;
    assert!(failed.text.starts_with("没有成功：文件夹里没有一份可用的资料。"), "{}", failed.text);
    assert!(talk.ask(XIAOLIN, QUESTION).await.text.contains("两台"));
    talk.end().await;
}
