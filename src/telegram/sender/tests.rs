//! The sender over HTTP. What is a matter of time is tested in the schedule.

use serde_json::json;

use super::*;
use crate::config::Secret;
use crate::telegram::stub::{Answer, Stub};

struct Bench {
    stub: Stub,
    sender: Sender,
    counters: Arc<Counters>,
    journal: Journal,
    _folder: tempfile::TempDir,
}

fn quick() -> Pace {
    let backoff = Backoff { first: Duration::from_millis(2), longest: Duration::from_millis(10) };
    Pace { timeout: Duration::from_millis(300), backoff, chat_every: Duration::from_millis(1), ..Pace::default() }
}

async fn bench(pace: Pace, script: impl FnMut(&crate::telegram::stub::Call) -> Answer + Send + 'static) -> Bench {
    let stub = Stub::start(script).await;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), &Secret::random()).unwrap().journal;
    let counters = Arc::new(Counters::default());
    let sender = Sender::start(stub.api(), journal.clone(), counters.clone(), pace);
    Bench { stub, sender, counters, journal, _folder: folder }
}

/// Answers the first `count` calls otherwise.
fn first(count: usize, other: fn() -> Answer) -> impl FnMut(&crate::telegram::stub::Call) -> Answer + Send {
    let mut seen = 0;
    move |_| {
        seen += 1;
        if seen <= count { other() } else { Answer::Usual }
    }
}

#[tokio::test]
async fn a_message_goes_out_as_text_and_entities() {
    let bench = bench(quick(), |_| Answer::Usual).await;
    let outcome = bench
        .sender
        .send(Request::Send {
            to: Destination { chat: ChatId(5), thread: None, reply_to: Some(MessageId(9)) },
            body: Body {
                text: "<b>园区</b>".to_owned(),
                entities: vec![teloxide::types::MessageEntity::bold(3, 2)],
                keyboard: None,
            },
        })
        .await;
    assert_eq!(outcome, Outcome::Written { chat: ChatId(5), message: MessageId(1) });
    let call = bench.stub.calls().remove(0);
    assert_eq!(
        call.body,
        json!({
            "chat_id": 5, "text": "<b>园区</b>",
            "entities": [{"type": "bold", "offset": 3, "length": 2}],
            "link_preview_options": {"is_disabled": true},
            "reply_parameters": {"message_id": 9, "allow_sending_without_reply": true},
        })
    );
}

#[tokio::test]
async fn a_server_that_is_not_well_is_asked_again() {
    let bench = bench(quick(), first(2, || Answer::Other(502, "<html>".to_owned()))).await;
    assert!(bench.sender.send(Request::text(ChatId(1), "一")).await.message().is_some());
    assert_eq!(bench.stub.calls().len(), 3);
    assert_eq!(bench.counters.read().retried, 2);
}

#[tokio::test]
async fn a_message_whose_answer_does_not_come_is_not_repeated() {
    let hang = bench(quick(), first(1, || Answer::Hang)).await;
    assert_eq!(hang.sender.send(Request::text(ChatId(1), "一")).await, Outcome::Uncertain);
    assert!(hang.sender.send(Request::text(ChatId(1), "二")).await.message().is_some());
    assert_eq!(hang.stub.calls().len(), 2);

    let cut = bench(quick(), first(1, || Answer::Other(200, r#"{"ok":true,"#.to_owned()))).await;
    assert_eq!(cut.sender.send(Request::text(ChatId(1), "一")).await, Outcome::Uncertain);
    assert_eq!(cut.stub.calls().len(), 1);
}

#[tokio::test]
async fn an_edit_whose_answer_does_not_come_is_repeated() {
    let bench = bench(quick(), first(1, || Answer::Other(200, r#"{"ok":true,"#.to_owned()))).await;
    let target = Target::Chat(ChatId(1), MessageId(2));
    let outcome =
        bench.sender.send(Request::Edit { target, body: Body { text: "二".to_owned(), ..Body::default() } }).await;
    assert!(outcome.message().is_some());
    assert_eq!(bench.stub.calls().len(), 2);
}

#[tokio::test]
async fn a_throttled_chat_does_not_hold_up_another() {
    let bench = bench(quick(), |call| if call.chat() == 1 { Answer::throttled(3600) } else { Answer::Usual }).await;
    bench.sender.post(Request::text(ChatId(1), "一"));
    bench.stub.until("the first is throttled", |calls| calls.len() == 1).await;
    assert!(bench.sender.send(Request::text(ChatId(2), "二")).await.message().is_some());
    assert_eq!(bench.counters.read().throttled, 1);
}

#[tokio::test]
async fn a_hanging_request_does_not_hold_up_another_chat() {
    let pace = Pace { timeout: Duration::from_mins(1), ..quick() };
    let bench = bench(pace, |call| if call.chat() == 1 { Answer::Hang } else { Answer::Usual }).await;
    bench.sender.post(Request::text(ChatId(1), "一"));
    bench.stub.until("the first hangs", |calls| calls.len() == 1).await;
    assert!(bench.sender.send(Request::text(ChatId(2), "二")).await.message().is_some());
}

#[tokio::test]
async fn an_outage_loses_nothing() {
    let nobody = url::Url::parse("http://127.0.0.1:1").unwrap();
    let api = Api::new(&crate::config::Token::of_local_telegram(), Some(&nobody)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), &Secret::random()).unwrap().journal;
    let counters = Arc::new(Counters::default());
    let pace = Pace { worth: Duration::from_millis(200), ..quick() };
    let sender = Sender::start(api, journal, counters.clone(), pace);
    assert_eq!(sender.send(Request::text(ChatId(1), "一")).await, Outcome::Dropped);
    assert!(counters.read().retried > 3);
}

#[tokio::test]
async fn a_group_that_became_a_supergroup_is_followed() {
    let moved = |call: &crate::telegram::stub::Call| {
        if call.chat() == -5 {
            return Answer::error(400, "group chat was upgraded", &json!({"migrate_to_chat_id": -1005}));
        }
        Answer::Usual
    };
    let bench = bench(quick(), moved).await;
    let (old, new) = (bench.journal.chat(-5), bench.journal.chat(-1005));
    let person = bench.journal.person(1);
    bench.journal.set_language(old, person, Some("en".to_owned())).await.unwrap();
    let outcome = bench.sender.send(Request::text(ChatId(-5), "一")).await;
    assert!(matches!(outcome, Outcome::Written { chat: ChatId(-1005), .. }));
    while bench.journal.remembered(new, person).await.unwrap().language.is_none() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_blocked_bot_is_no_error() {
    let blocked = || Answer::error(403, "Forbidden: bot was blocked by the user", &json!({}));
    let bench = bench(quick(), first(1, blocked)).await;
    assert_eq!(bench.sender.send(Request::text(ChatId(1), "一")).await, Outcome::Unreachable);
    assert_eq!(bench.counters.read().undeliverable, 1);
}

#[tokio::test]
async fn what_its_handler_gave_up_is_not_sent() {
    let bench = bench(quick(), |_| Answer::throttled(1)).await;
    bench.sender.post(Request::text(ChatId(1), "一"));
    bench.stub.until("the chat is throttled", |calls| calls.len() == 1).await;
    let waiting = bench.sender.send(Request::text(ChatId(1), "二"));
    assert!(tokio::time::timeout(Duration::from_millis(1), waiting).await.is_err());
    bench.stub.until("the first is tried again", |calls| calls.len() >= 2).await;
    assert!(bench.stub.calls().iter().all(|call| call.text() == "一"));
}

#[tokio::test]
async fn a_stop_sends_what_waits_and_drops_what_hangs() {
    let pace = Pace { timeout: Duration::from_mins(1), ..quick() };
    let bench = bench(pace, |call| if call.chat() == 1 { Answer::Hang } else { Answer::Usual }).await;
    for chat in [1, 1, 2, 3] {
        bench.sender.post(Request::text(ChatId(chat), "一"));
    }
    assert_eq!(bench.sender.drain(Duration::from_millis(300)).await, 1);
    let mut chats: Vec<i64> = bench.stub.calls().iter().map(crate::telegram::stub::Call::chat).collect();
    chats.sort_unstable();
    assert_eq!(chats, [1, 2, 3]);
    assert_eq!(bench.sender.send(Request::text(ChatId(4), "二")).await, Outcome::Dropped);
}

#[tokio::test]
async fn an_idle_sender_drains_at_once() {
    let bench = bench(quick(), |_| Answer::Usual).await;
    assert!(bench.sender.send(Request::text(ChatId(1), "一")).await.message().is_some());
    assert_eq!(bench.sender.drain(Duration::from_mins(1)).await, 0);
}
