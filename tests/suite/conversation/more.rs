//! 继续, 还有吗 and the like bring what the button for more would show, in a message of its own.

use yuanwen::local_telegram::{ALICE, Draft, GROUP, Message, XIAOLIN, YATING};

use super::harness::Talk;
use super::show::show;

const QUESTION: &str = "云帆港的人才公寓租金多少";

#[tokio::test]
async fn more_in_words_is_the_next_page_until_there_is_none() {
    let mut talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    let second = talk.ask(XIAOLIN, "还有吗？").await;
    // What the button shows is the same.
    let pressed = talk.press(XIAOLIN, &answer, "更多").await;
    assert_eq!(show(&second), show(&pressed));
    talk.stop().await;
    talk.run().await;
    let third = talk.ask(XIAOLIN, "繼續").await;
    let pressed = talk.press(XIAOLIN, &pressed, "更多").await;
    assert_eq!(show(&third), show(&pressed), "a restart forgets no page");
    let back = talk.press(XIAOLIN, &third, "‹ 上一批").await;
    assert_eq!(show(&back), show(&second));
    let end = to_the_end(&talk, XIAOLIN, "下一个").await;
    insta::assert_snapshot!(show(&end), @r"
    关于这个问题，收录的资料里没有更多了。可以翻翻目录，或换个说法再问。
    [目录：云帆港科创园建设方案]
    [‹ 园区列表]
    ");
    assert_eq!(show(&talk.ask(XIAOLIN, "更多").await), show(&end));
    talk.press(XIAOLIN, &end, "目录：云帆港科创园建设方案").await;
    talk.end().await;
}

/// What is said where no source is left.
async fn to_the_end(talk: &Talk, person: i64, wish: &str) -> Message {
    for _ in 0..5 {
        let more = talk.ask(person, wish).await;
        if more.button("👍").is_none() {
            return more;
        }
    }
    panic!("an answer has no end");
}

#[tokio::test]
async fn a_reply_is_gone_on_from_where_its_message_stands() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    let pressed = talk.press(XIAOLIN, &answer, "更多").await;
    talk.ask(XIAOLIN, "青禾谷规划面积多大").await;
    let third = talk.send(XIAOLIN, XIAOLIN, Draft::text("继续").reply_to(answer.id)).await;
    let pressed = talk.press(XIAOLIN, &pressed, "更多").await;
    assert_eq!(show(&third), show(&pressed));
    // The passage around an excerpt stands where its page does.
    let context = talk.press(XIAOLIN, &pressed, "上下文").await;
    let fourth = talk.send(XIAOLIN, XIAOLIN, Draft::text("还有呢").reply_to(context.id)).await;
    let back = talk.press(XIAOLIN, &context, "‹ 返回").await;
    let pressed = talk.press(XIAOLIN, &back, "更多").await;
    assert_eq!(show(&fourth), show(&pressed));
    talk.end().await;
}

#[tokio::test]
async fn the_next_question_leans_on_what_more_was_had_of() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, "云帆港有哪些贷款").await;
    let more = talk.ask(XIAOLIN, "还有别的吗").await;
    assert!(!more.text.starts_with("请点"), "{}", show(&more));
    let answer = talk.ask(XIAOLIN, "利息多少").await;
    assert!(answer.text.starts_with("沿用：云帆港 贷款"), "{}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn each_is_answered_in_the_language_of_their_question() {
    let talk = Talk::start().await;
    talk.ask(YATING, "雲帆港的人才公寓租金多少").await;
    let more = talk.ask(YATING, "more").await;
    assert!(more.text.contains("\n另有：\n") && more.button("上下文").is_some(), "{}", show(&more));
    let end = to_the_end(&talk, YATING, "还有吗").await;
    assert!(end.text.starts_with("關於這個問題，收錄的資料裡沒有更多了"), "{}", show(&end));
    talk.ask(ALICE, "How much is the rent of talent apartments?").await;
    let end = to_the_end(&talk, ALICE, "anything else?").await;
    assert!(end.text.starts_with("That is all I found on this question."), "{}", show(&end));
    talk.end().await;
}

#[tokio::test]
async fn nothing_more_is_said_kindly() {
    let talk = Talk::start().await;
    let none = talk.ask(XIAOLIN, "继续").await;
    assert!(none.text.starts_with("请点上一条回答下面的「更多」"), "{}", show(&none));
    talk.ask(XIAOLIN, "火星上有水吗").await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "还有吗").await), @r"
    关于这个问题，收录的资料里没有更多了。可以翻翻目录，或换个说法再问。
    [目录：青禾谷农业科技城规划]
    [目录：云帆港科创园建设方案]
    [目录：南汀科学城2025年工作要点]
    [‹ 园区列表]
    ");
    // Parks side by side are all there is.
    talk.ask(XIAOLIN, "孵化器").await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "还有吗").await), @r"
    关于这个问题，收录的资料里没有更多了。可以翻翻目录，或换个说法再问。
    [目录：云帆港科创园建设方案]
    [目录：青禾谷农业科技城规划]
    [‹ 园区列表]
    ");
    talk.end().await;
}

#[tokio::test]
async fn in_a_group_more_is_had_of_the_answer_replied_to() {
    let talk = Talk::start().await;
    let answer = talk.send(GROUP, XIAOLIN, Draft::text(format!("@yuanwen_bot {QUESTION}"))).await;
    let more = talk.send(GROUP, ALICE, Draft::text("更多").reply_to(answer.id)).await;
    let pressed = talk.press(XIAOLIN, &answer, "更多").await;
    assert_eq!(show(&more), show(&pressed));
    let own = talk.send(GROUP, XIAOLIN, Draft::text("@yuanwen_bot 继续")).await;
    assert_eq!(show(&own), show(&pressed), "what somebody else read is not what one read oneself");
    talk.end().await;
}

#[tokio::test]
async fn an_edited_wish_for_more_becomes_the_question_it_is_edited_to() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, QUESTION).await;
    let draft = Draft::text("继续");
    let wish = talk.telegram.send(XIAOLIN, XIAOLIN, draft);
    let more = talk.read(XIAOLIN).await;
    assert!(talk.telegram.edit_text(XIAOLIN, wish, "南汀有几台大科学装置"));
    let changed = talk.telegram.revision(XIAOLIN, more.id, more.revisions + 1, super::harness::SOON).await.unwrap();
    assert!(changed.text.starts_with("南汀科学城已有两台大科学装置"), "{}", show(&changed));
    talk.end().await;
}
