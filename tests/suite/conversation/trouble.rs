//! What goes wrong costs nobody more than it must.

use std::sync::Arc;
use std::time::Duration;

use yuanwen::local_telegram::{ALICE, Draft, Fault, GROUP, OPERATOR, Pace, XIAOLIN};
use yuanwen::telegram::{self, Course, Limits};

use super::harness::Talk;
use super::show::show;

const QUESTION: &str = "南汀有几台大科学装置";
const ANSWER: &str = "南汀科学城已有两台大科学装置";

/// A bot whose handlers panic, or hang, at certain questions.
async fn rehearsed(course: Course) -> Talk {
    let rehearsal = |question: &str| {
        assert!(!question.contains("panic"), "the handler was asked to");
        if question.contains("hang") {
            std::thread::sleep(Duration::from_millis(600));
        }
    };
    Talk::start_with(Course { rehearsal: Some(Arc::new(rehearsal)), ..course }, Pace::Unlimited, |_| {}).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_costs_its_asker_one_sentence_and_nobody_else_anything() {
    let talk = rehearsed(Course::default()).await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "请 panic").await), @"抱歉，刚才出了点问题，没能回答。请再问一次。");
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    let answer = talk.ask(ALICE, QUESTION).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    let errors = talk.journal().last_errors(9).await.unwrap();
    assert!(
        errors.iter().any(|error| error.message.contains("panicked")) && !format!("{errors:?}").contains("请"),
        "{errors:?}"
    );
    talk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_that_takes_too_long_is_given_up() {
    let limits = Limits { deadline: Duration::from_millis(300), ..Limits::default() };
    let talk = rehearsed(Course { limits, ..Course::default() }).await;
    let sorry = talk.ask(XIAOLIN, "请 hang").await;
    assert!(sorry.text.starts_with("抱歉，刚才出了点问题"), "{}", show(&sorry));
    talk.end().await;
}

#[tokio::test]
async fn who_asks_too_fast_is_told_once() {
    let talk = Talk::start_with(Course::default(), Pace::Unlimited, |settings| settings.questions_per_minute = 2).await;
    for text in [QUESTION; 2] {
        talk.ask(XIAOLIN, text).await;
    }
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, QUESTION).await), @"您问得太快了：每分钟最多 2 个问题，请稍等一会儿再问。");
    for _ in 0..5 {
        talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text(QUESTION));
    }
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    let answer = talk.ask(ALICE, QUESTION).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn questions_missed_by_downtime_get_one_notice_a_chat() {
    let mut talk = Talk::start().await;
    talk.stop().await;
    for _ in 0..3 {
        talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text(QUESTION).sent_ago(Duration::from_mins(30)));
    }
    talk.telegram.send(ALICE, ALICE, Draft::text(QUESTION).sent_ago(Duration::from_mins(5)));
    talk.run().await;
    insta::assert_snapshot!(show(&talk.read(XIAOLIN).await), @"抱歉，我刚才离线了一阵，没能及时回答。如果还需要，请再问一次。");
    let answer = talk.read(ALICE).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, QUESTION).await;
    assert_eq!(talk.telegram.repeat_updates(1), 1);
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn a_person_who_blocked_the_bot_is_no_error() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, QUESTION).await;
    talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text(QUESTION));
    talk.telegram.block(XIAOLIN);
    while talk.telegram.refusals().is_empty() {
        tokio::task::yield_now().await;
    }
    talk.telegram.unblock(XIAOLIN);
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    assert!(talk.journal().last_errors(9).await.unwrap().is_empty());
    let mut talk = talk;
    talk.stop().await;
    talk.end_with_refusals().await;
}

#[tokio::test]
async fn a_message_that_was_deleted_is_no_error() {
    let mut talk = Talk::start().await;
    let asked = talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text(QUESTION));
    let answer = talk.read(XIAOLIN).await;
    talk.telegram.delete(XIAOLIN, answer.id);
    talk.telegram.edit_text(XIAOLIN, asked, "云帆港规划面积多大");
    let anew = talk.read(XIAOLIN).await;
    assert!(anew.text.contains("约12平方公里"), "{}", show(&anew));
    assert_eq!(talk.telegram.refusals().len(), 1, "the edit of what is gone is tried once");

    talk.stop().await;
    let asked = talk.telegram.send(GROUP, XIAOLIN, Draft::text(format!("@yuanwen_bot {QUESTION}")));
    talk.telegram.delete(GROUP, asked);
    talk.run().await;
    let answer = talk.read(GROUP).await;
    assert!(answer.text.starts_with(ANSWER) && answer.reply_to.is_none(), "{}", show(&answer));
    assert!(talk.journal().last_errors(9).await.unwrap().is_empty());
    talk.end_with_refusals().await;
}

#[tokio::test]
async fn a_flood_wait_of_one_chat_leaves_the_others_alone() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, QUESTION).await;
    talk.telegram.inject(Fault::TooManyRequests { seconds: 20 }.in_chat(XIAOLIN));
    talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text(QUESTION));
    talk.telegram.request("sendMessage", super::harness::SOON).await;
    for person in [ALICE, OPERATOR] {
        let started = tokio::time::Instant::now();
        talk.ask(person, QUESTION).await;
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    }
    assert!(talk.telegram.unread().is_empty(), "the frozen chat has no answer yet");
    talk.telegram.clear_faults();
    let mut talk = talk;
    talk.stop().await;
    talk.telegram.read_all();
    talk.end().await;
}

#[tokio::test]
async fn a_chat_that_sends_two_hundred_messages_does_not_keep_another_waiting() {
    let course = Course { pace: telegram::Pace::default(), ..Course::default() };
    let talk = Talk::start_with(course, Pace::Telegram, |settings| settings.questions_per_minute = 1000).await;
    for number in 0..200 {
        talk.telegram.send(XIAOLIN, XIAOLIN, Draft::text(format!("云帆港规划面积多大 {number}")));
    }
    let started = tokio::time::Instant::now();
    let answer = talk.ask(ALICE, QUESTION).await;
    assert!(answer.text.starts_with(ANSWER), "{}", show(&answer));
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    let answered = talk.telegram.bot_messages(XIAOLIN).len();
    assert!(answered < 10, "the flood is still in work: {answered}");
    let mut talk = talk;
    talk.stop().await;
    talk.telegram.read_all();
    talk.end().await;
}
