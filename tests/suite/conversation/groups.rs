//! In groups the bot speaks when it is spoken to, as a reply and in the same topic.

use yuanwen::local_telegram::{ALICE, CHANNEL, ChatKind, Draft, FORUM, GROUP, XIAOLIN, YATING};

use super::harness::Talk;
use super::show::show;

const QUESTION: &str = "南汀有几台大科学装置";
const ANSWER: &str = "南汀科学城已有两台大科学装置";

#[tokio::test]
async fn only_who_speaks_to_the_bot_is_answered() {
    let talk = Talk::start().await;
    for draft in [
        Draft::text(QUESTION),
        Draft::text("/help"),
        Draft::text(format!("/ask@other_bot {QUESTION}")),
        Draft::text(format!("@other_bot {QUESTION}")),
        Draft::text("/help@other_bot"),
        Draft::sticker("👍"),
        Draft::photo(),
        Draft::text(QUESTION).via_bot("yuanwen_bot"),
    ] {
        talk.telegram.send(GROUP, XIAOLIN, draft);
    }
    talk.telegram.join(GROUP, YATING);
    talk.telegram.leave(GROUP, YATING);
    talk.telegram.channel_post(CHANNEL, QUESTION);
    talk.nothing_more(GROUP, ALICE).await;
    talk.end().await;
}

#[tokio::test]
async fn a_mention_a_reply_and_ask_are_answered_as_replies() {
    let talk = Talk::start().await;
    let mut last = None;
    for text in [
        format!("@yuanwen_bot {QUESTION}"),
        format!("/ask {QUESTION}"),
        format!("/ASK@Yuanwen_Bot {QUESTION}"),
        format!("{QUESTION} @yuanwen_bot"),
    ] {
        let asked = talk.telegram.send(GROUP, XIAOLIN, Draft::text(text));
        let answer = talk.read(GROUP).await;
        assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
        assert_eq!(answer.reply_to.as_ref().map(|reply| reply.message_id), Some(asked));
        last = Some(answer);
    }
    let reply = talk.send(GROUP, ALICE, Draft::text("同步辐射光源每年开放多少小时").reply_to(last.unwrap().id)).await;
    assert!(reply.text.contains("5000小时"), "{}", show(&reply));
    talk.end().await;
}

#[tokio::test]
async fn a_mention_under_somebodys_question_answers_that_question() {
    let talk = Talk::start().await;
    let asked = talk.telegram.send(GROUP, XIAOLIN, Draft::text(QUESTION));
    let answer = talk.send(GROUP, ALICE, Draft::text("@yuanwen_bot").reply_to(asked)).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    for words in ["帮他查一下", "麻煩幫她看看，謝謝", "please answer this"] {
        let answer = talk.send(GROUP, ALICE, Draft::text(format!("@yuanwen_bot {words}")).reply_to(asked)).await;
        assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    }
    let greeting = talk.send(GROUP, XIAOLIN, Draft::text("@yuanwen_bot")).await;
    assert!(greeting.text.starts_with("您好，我是园问。"), "{}", show(&greeting));
    talk.end().await;
}

#[tokio::test]
async fn a_topic_is_answered_in_itself() {
    let talk = Talk::start().await;
    let topic = talk.telegram.send(FORUM, XIAOLIN, Draft::text("政策"));
    let answer = talk.send(FORUM, XIAOLIN, Draft::text(format!("@yuanwen_bot {QUESTION}")).in_topic(topic)).await;
    assert_eq!(answer.topic, Some(topic));
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn who_writes_in_the_name_of_the_group_is_answered() {
    let talk = Talk::start().await;
    let answer = talk.send(GROUP, XIAOLIN, Draft::text(format!("@yuanwen_bot {QUESTION}")).as_chat(GROUP)).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_keeps_its_conversation() {
    let talk = Talk::start().await;
    let group = talk.telegram.add_chat(-4_001, ChatKind::Group, "小组", &[XIAOLIN]);
    let answer = talk.send(group, XIAOLIN, Draft::text(format!("@yuanwen_bot {QUESTION}"))).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    let supergroup = talk.telegram.migrate(group);
    let answer = talk.send(supergroup, XIAOLIN, Draft::text("@yuanwen_bot 重点产业是什么")).await;
    assert!(answer.text.starts_with("沿用：南汀科学城"), "{}", show(&answer));
    talk.end().await;
}
