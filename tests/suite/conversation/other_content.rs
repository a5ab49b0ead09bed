//! What is no question gets a kind, short and useful answer.

use serde_json::json;
use yuanwen::local_telegram::{ALICE, Draft, XIAOLIN};

use super::harness::Talk;
use super::show::show;

#[tokio::test]
async fn greetings_thanks_and_farewells() {
    let talk = Talk::start().await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "你好！").await), @r"
    您好！请直接输入问题，比如可以问：
    [南汀的大科学装置怎么预约？]
    [青禾谷的人才公寓有多少套？]
    [云帆港的人才公寓怎么申请？]
    ");
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "好的，多謝！").await), @"不客氣，隨時可以再問。");
    insta::assert_snapshot!(show(&talk.ask(ALICE, "bye").await), @"Goodbye. Come back with any question.");
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "👍👍").await), @r"
    收到！请用文字写下问题，我来查资料。
    比如可以问：
    [南汀的大科学装置怎么预约？]
    [青禾谷的人才公寓有多少套？]
    [云帆港的人才公寓怎么申请？]
    ");
    talk.end().await;
}

#[tokio::test]
async fn words_to_the_bot_itself() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, "云帆港规划面积多大").await;
    for (said, answer) in [
        ("谢谢啦，你真棒", "不客气，随时可以再问。"),
        ("好用", "谢谢！有问题随时再问。"),
        ("thanks a lot!", "不客气，随时可以再问。"),
        ("可以", "好的，有问题随时问我。"),
        (
            "你是真人嗎？",
            "我是園問，一個查資料的程式，不是真人：只從收錄的資料裡摘出原文，不自己編寫。收錄了哪些資料，見 /parks。",
        ),
        ("再详细点", "请点上一条回答下面的「更多」看其他出处，点「上下文」看整段，也可以问得再具体一点。"),
        ("转人工", "抱歉，这里没有人工客服，我只会从收录的资料里摘出原文。要办的事，请联系园区或主管部门。"),
    ] {
        assert_eq!(talk.ask(XIAOLIN, said).await.text, answer, "{said}");
    }
    assert!(talk.ask(ALICE, "are you sure?").await.text.starts_with("Excerpts are word for word"));
    assert!(talk.journal().last_questions(9).await.unwrap().len() == 1, "small talk is no question");
    talk.end().await;
}

#[tokio::test]
async fn stickers_photos_voice_and_files() {
    let talk = Talk::start().await;
    insta::assert_snapshot!(show(&talk.send(XIAOLIN, XIAOLIN, Draft::sticker("😀")).await), @r"
    收到您的贴纸！想了解园区的什么，请用文字告诉我。
    比如可以问：
    [南汀的大科学装置怎么预约？]
    [青禾谷的人才公寓有多少套？]
    [云帆港的人才公寓怎么申请？]
    ");
    let mut first = Vec::new();
    for draft in [
        Draft::photo(),
        Draft::voice(3),
        Draft::document("a.pdf", "application/pdf", "x"),
        Draft::location(31.2, 121.4),
        Draft::other("dice", json!({"emoji": "🎲", "value": 3})),
    ] {
        let said = talk.send(XIAOLIN, XIAOLIN, draft).await;
        first.push(said.text.lines().next().unwrap_or_default().to_owned());
    }
    insta::assert_snapshot!(first.join("\n"), @r"
    抱歉，我看不了图片和视频。请用文字写下问题，我来查资料。
    抱歉，我听不了语音。请用文字写下问题，我来查资料。
    抱歉，我不读聊天里发来的文件。请用文字写下问题，我从收录的资料里找。
    抱歉，这类消息我处理不了。请用文字写下问题，我来查资料。
    收到您的贴纸！想了解园区的什么，请用文字告诉我。
    ");
    talk.end().await;
}

#[tokio::test]
async fn links_are_not_searched_for() {
    let talk = Talk::start().await;
    let link = talk.ask(XIAOLIN, "https://example.org/s/park?id=7").await;
    assert!(link.text.starts_with("抱歉，我打不开链接。请用文字写下问题"), "{}", show(&link));
    let answer = talk.ask(XIAOLIN, "https://example.org/s/park 南汀有几台大科学装置").await;
    assert!(answer.text.starts_with("南汀科学城已有两台大科学装置"), "{}", show(&answer));
    let figures = talk.ask(XIAOLIN, "12345").await;
    assert!(figures.text.starts_with("抱歉") && !figures.text.contains("请用中文"), "{}", show(&figures));
    talk.end().await;
}

#[tokio::test]
async fn a_question_under_a_photo_is_answered() {
    let talk = Talk::start().await;
    let answer = talk.send(XIAOLIN, XIAOLIN, Draft::photo().caption("南汀有几台大科学装置")).await;
    assert!(answer.text.starts_with("南汀科学城已有两台大科学装置"), "{}", answer.text);
    talk.end().await;
}

#[tokio::test]
async fn a_bare_word() {
    let talk = Talk::start().await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "园").await), @r"
    请问得再具体一点，比如可以问：
    [南汀的大科学装置怎么预约？]
    [青禾谷的人才公寓有多少套？]
    [云帆港的人才公寓怎么申请？]
    ");
    let word = talk.ask(XIAOLIN, "孵化器").await;
    insta::assert_snapshot!(show(&word), @r"
    **各园区分别提到：**

    **云帆港**
    > 云帆港有6家**孵化器**，其中2家是国家级。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 常见问题 › 云帆港有几家孵化器？ · 云帆区科学技术委员会 · 2024-03-18

    **青禾谷**
    > 青禾谷的**孵化器**叫“禾苗工场”，有300个工位，农业科技团队可以免费使用两年。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 产业 › 孵化器 · 青禾区人民政府 · 2023-11
    [上下文]
    [云帆港] [青禾谷]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn other_languages() {
    let talk = Talk::start().await;
    insta::assert_snapshot!(show(&talk.ask(ALICE, "Где находится парк?").await), @r"
    Sorry, the documents do not answer this question.
    The documents are in Chinese; a question in Chinese finds most.
    ");
    insta::assert_snapshot!(show(&talk.ask(ALICE, "公園はどこですか").await), @r"
    Sorry, the documents do not answer this question.
    No document mentions “公園”.
    The documents are in Chinese; a question in Chinese finds most.

    The nearest documents:
    [云帆港 › 人才公寓]
    [青禾谷 › 人才公寓]
    [南汀科学城 › 位置和面积]
    ");
    talk.end().await;
}

#[tokio::test]
async fn ten_thousand_characters() {
    let talk = Talk::start().await;
    let long = format!("云帆港的人才公寓租金多少{}", "，我想知道".repeat(2000));
    let answer = talk.ask(XIAOLIN, &long).await;
    assert!(answer.text.contains("只读了前 512 个字"), "{}", show(&answer));
    let nonsense = talk.ask(XIAOLIN, &"哈".repeat(10_000)).await;
    assert!(nonsense.text.contains("没有找到"), "{}", show(&nonsense));
    let hostile = talk.ask(XIAOLIN, &"((((*:\u{202e}\u{0}".repeat(1200)).await;
    assert!(hostile.text.starts_with("收到"), "{}", show(&hostile));
    talk.end().await;
}
