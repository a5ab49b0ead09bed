//! Several questions in one message, and messages that are edited.

use yuanwen::local_telegram::{Draft, XIAOLIN};

use super::harness::{SOON, Talk};
use super::show::show;

#[tokio::test]
async fn questions_of_one_message_are_answered_one_by_one() {
    let talk = Talk::start().await;
    let first = talk.ask(XIAOLIN, "云帆港规划面积多大？有几家孵化器？\n南汀有几台大科学装置？").await;
    let (second, third) = (talk.read(XIAOLIN).await, talk.read(XIAOLIN).await);
    insta::assert_snapshot!([first, second, third].map(|message| show(&message)).join("\n\n"), @r"
    **云帆港规划面积多大？**
    > **云帆港**科创园位于**云帆**区东部，北至通海路，南至**云帆**江，**规划面积**约12平方公里。
    > 园区分为三个片区：研发区、转化区和生活区。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 范围和目标 › 位置和面积
    云帆区科学技术委员会 · 2024-03-18
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [👍] [👎]

    **有几家孵化器？**
    _沿用：云帆港_
    > 云帆港有**6家孵化器**，其中**2家**是国家级。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 常见问题 › 云帆港有几家孵化器？
    云帆区科学技术委员会 · 2024-03-18
    另有：
    >> 云帆港有**6家孵化器**，其中国家级**2家**，合计提供2400个工位，首年免租金。
    >> — 产业 › 孵化器
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [不限园区]
    [👍] [👎]

    **南汀有几台大科学装置？**
    > **南汀科学**城已有**两台大科学装置**：同步辐射光源和低温强磁场**装置**。
    > 同步辐射光源每年开放5000小时，高校和企业都可以预约机时。
    南汀科学城2025年工作要点 › 基础设施 › 大科学装置
    南汀科学城管委会 · 2025
    [更多] [上下文]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn the_fifth_question_is_left_and_said_to_be() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, "云帆港多大？青禾谷多大？南汀多大？云帆港有几家孵化器？青禾谷有几套公寓？").await;
    talk.read(XIAOLIN).await;
    talk.read(XIAOLIN).await;
    let last = talk.read(XIAOLIN).await;
    assert!(last.text.ends_with("一条消息最多回答四个问题，其余的请再发一次。"), "{}", show(&last));
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn an_edited_question_has_its_answer_edited() {
    let talk = Talk::start().await;
    let asked = talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text("云帆港规划面积多大"));
    let answer = talk.read(XIAOLIN).await;
    talk.telegram.edit_text(XIAOLIN, asked, "南汀有几台大科学装置");
    let edited = talk.telegram.revision(XIAOLIN, answer.id, 1, SOON).await.unwrap();
    assert!(edited.text.starts_with("南汀科学城已有两台大科学装置"), "{}", show(&edited));
    let stored = talk.journal().last_questions(9).await.unwrap();
    assert_eq!(stored.iter().map(|stored| stored.question.text.as_str()).collect::<Vec<_>>(), ["南汀有几台大科学装置"]);
    let more = talk.press(XIAOLIN, &edited, "上下文").await;
    assert!(more.text.contains("低温强磁场"), "{}", show(&more));
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn an_edit_that_changes_nothing_changes_nothing() {
    let talk = Talk::start().await;
    let asked = talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text("云帆港规划面积多大"));
    let answer = talk.read(XIAOLIN).await;
    talk.telegram.edit_text(XIAOLIN, asked, "云帆港规划面积多大");
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    assert_eq!(talk.telegram.message(XIAOLIN, answer.id).unwrap().revisions, 0);
    talk.end().await;
}

#[tokio::test]
async fn an_edit_may_add_and_take_away_questions() {
    let talk = Talk::start().await;
    let asked = talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text("云帆港规划面积多大？云帆港有几家孵化器？"));
    let (first, second) = (talk.read(XIAOLIN).await, talk.read(XIAOLIN).await);
    talk.telegram.edit_text(XIAOLIN, asked, "云帆港规划面积多大？南汀有几台大科学装置？青禾谷多大？");
    let third = talk.read(XIAOLIN).await;
    assert!(third.text.contains("30平方公里"), "{}", show(&third));
    let changed = talk.telegram.revision(XIAOLIN, second.id, 1, SOON).await.unwrap();
    assert!(changed.text.contains("两台大科学装置"), "{}", show(&changed));
    assert_eq!(talk.telegram.message(XIAOLIN, first.id).unwrap().revisions, 0);
    talk.telegram.edit_text(XIAOLIN, asked, "云帆港规划面积多大？");
    let gone = talk.telegram.revision(XIAOLIN, third.id, 1, SOON).await.unwrap();
    assert_eq!(show(&gone), "（问题已改动，这条回答作废。）");
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn a_greeting_that_becomes_a_question_is_answered() {
    let talk = Talk::start().await;
    let asked = talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text("你好"));
    talk.read(XIAOLIN).await;
    talk.telegram.edit_text(XIAOLIN, asked, "南汀有几台大科学装置");
    let answer = talk.read(XIAOLIN).await;
    assert!(answer.text.starts_with("南汀科学城已有两台大科学装置"), "{}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn a_question_that_becomes_thanks_or_a_command_has_its_answer_taken_back() {
    let talk = Talk::start().await;
    for edited in ["谢谢", "/help"] {
        let asked = talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text("云帆港规划面积多大"));
        let answer = talk.read(XIAOLIN).await;
        talk.telegram.edit_text(XIAOLIN, asked, edited);
        let gone = talk.telegram.revision(XIAOLIN, answer.id, 1, SOON).await.unwrap();
        assert_eq!(show(&gone), "（问题已改动，这条回答作废。）");
        talk.telegram.edit_text(XIAOLIN, asked, "南汀有几台大科学装置");
        let again = talk.read(XIAOLIN).await;
        assert!(again.text.starts_with("南汀科学城已有两台大科学装置"), "{}", show(&again));
    }
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn the_items_of_a_numbered_list_are_answered_one_by_one() {
    let talk = Talk::start().await;
    talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text("我想知道：\n1. 云帆港规划面积\n2. 南汀大科学装置"));
    for said in ["规划面积约12平方公里", "两台大科学装置"] {
        let answer = talk.read(XIAOLIN).await;
        assert!(answer.text.contains(said), "{}", show(&answer));
        assert!(!answer.marked("bold").iter().any(|word| word.contains(['1', '2'])), "{}", show(&answer));
    }
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn commas_part_a_question_where_that_says_more() {
    let talk = Talk::start().await;
    let first = talk.ask(XIAOLIN, "云帆港在哪里，怎么申请？").await;
    assert!(first.text.starts_with("云帆港在哪里\n"), "{}", show(&first));
    let second = talk.read(XIAOLIN).await;
    assert!(second.text.starts_with("怎么申请？\n沿用：云帆港"), "{}", show(&second));
    // One excerpt says both.
    let whole = talk.ask(XIAOLIN, "云帆港的人才公寓租金多少，怎么申请").await;
    assert!(whole.text.starts_with("云帆港建成人才公寓1500套，租金为市场价的六成"), "{}", show(&whole));
    // A statement, and a thing that no document knows.
    let whole = talk.ask(XIAOLIN, "我在云帆港上班，人才公寓怎么申请").await;
    assert!(whole.text.contains("每年3月和9月"), "{}", show(&whole));
    talk.ask(XIAOLIN, "火星空间站在哪里，怎么申请").await;
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}
