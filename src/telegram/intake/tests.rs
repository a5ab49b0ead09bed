//! The intake over HTTP, with a journal on disk.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use teloxide::types::{ChatId, UpdateKind};
use tokio::task::JoinHandle;

use super::super::sender::{Pace, Request};
use super::super::stop::Stopper;
use super::super::stub::{Answer, Call, Stub, message, message_at};
use super::*;
use crate::config::Secret;
use crate::journal::now;

/// A bot that runs; its journal may be given to the next.
struct Bot {
    stub: Stub,
    journal: Journal,
    counters: Arc<Counters>,
    stopper: Stopper,
    running: JoinHandle<Result<(), IntakeError>>,
    folder: tempfile::TempDir,
}

fn limits() -> Limits {
    Limits {
        deadline: Duration::from_millis(200),
        backoff: Backoff { first: Duration::from_millis(2), longest: Duration::from_millis(20) },
        conflict_patience: Duration::from_millis(30),
        ..Limits::default()
    }
}

/// Answers with the text it got.
fn echo() -> Handler {
    handler(|update, context| async move {
        let (chat, text) = said(&update);
        context.sender.send(Request::text(chat, text)).await;
        Ok(())
    })
}

fn said(update: &teloxide::types::Update) -> (ChatId, String) {
    match &update.kind {
        UpdateKind::Message(message) => (message.chat.id, message.text().unwrap_or_default().to_owned()),
        _ => (ChatId(0), String::new()),
    }
}

fn sorry() -> Apology {
    apology(|update, failure| async move { Some(Request::text(said(&update).0, format!("sorry: {failure:?}"))) })
}

async fn start(handler: Handler) -> Bot {
    start_on(Stub::start(|_| Answer::Usual).await, tempfile::tempdir().unwrap(), handler, limits())
}

fn start_on(stub: Stub, folder: tempfile::TempDir, handler: Handler, limits: Limits) -> Bot {
    let journal = Journal::open(folder.path(), &Secret::random()).unwrap().journal;
    let counters = Arc::new(Counters::default());
    let pace =
        Pace { chat_every: Duration::from_millis(1), per_second: 10_000, queue_per_chat: 1000, ..Pace::default() };
    let sender = Sender::start(stub.api(), journal.clone(), counters.clone(), pace);
    let intake = Intake {
        api: stub.api(),
        journal: journal.clone(),
        sender,
        handler,
        apology: sorry(),
        kinds: vec![AllowedUpdate::Message],
        counters: counters.clone(),
        limits,
    };
    let (stopper, stop) = Stop::new();
    let running = tokio::spawn(intake.run(stop));
    Bot { stub, journal, counters, stopper, running, folder }
}

impl Bot {
    /// Stops as SIGTERM does, and hands over what the next one needs.
    async fn stop(self) -> (Stub, tempfile::TempDir, Result<(), IntakeError>) {
        self.stopper.stop();
        let result = self.running.await.unwrap();
        (self.stub, self.folder, result)
    }

    /// Ends as kill -9 does: nothing gets to say goodbye.
    async fn kill(self) -> (Stub, tempfile::TempDir) {
        self.running.abort();
        let _ = self.running.await;
        (self.stub, self.folder)
    }
}

fn texts(calls: &[Call]) -> Vec<&str> {
    calls.iter().map(Call::text).collect()
}

fn count(calls: &[Call], text: &str) -> usize {
    calls.iter().filter(|call| call.text() == text).count()
}

#[tokio::test]
async fn an_update_is_answered_and_confirmed() {
    let bot = start(echo()).await;
    bot.stub.update([message(10, 1, "一"), message(11, 1, "二"), message(12, 2, "三")]);
    let calls = bot.stub.until("three answers", |calls| calls.len() == 3).await;
    let chat: Vec<&str> = calls.iter().filter(|call| call.chat() == 1).map(Call::text).collect();
    assert_eq!(chat, ["一", "二"]);
    while bot.stub.unconfirmed() > 0 {
        tokio::task::yield_now().await;
    }
    bot.stop().await.2.unwrap();
}

#[tokio::test]
async fn an_offset_moves_only_over_what_is_in_the_journal() {
    let bot = start(handler(|_, _| std::future::pending())).await;
    bot.stub.update((1..=20).map(|id| message(id, i64::from(id % 4) + 1, "问")));
    while bot.stub.unconfirmed() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(bot.journal.updates_in_work().await.unwrap() + bot.counters.read().handled as u32, 20);
}

#[tokio::test]
async fn an_update_that_comes_again_is_not_answered_again() {
    let batch = |updates: Value| Answer::Other(200, json!({"ok": true, "result": updates}).to_string());
    let stub = polls(vec![
        batch(json!([message(5, 1, "一")])),
        batch(json!([message(5, 1, "一"), message(3, 1, "旧")])),
        batch(json!([message(5, 1, "一")])),
        batch(json!([message(6, 1, "二"), message(6, 1, "二")])),
    ]);
    let bot = start_on(stub.await, tempfile::tempdir().unwrap(), echo(), limits());
    bot.stub.until("all that is new", |calls| calls.len() == 3).await;
    assert_eq!(bot.counters.read().repeated, 3);
    let (stub, folder, _) = bot.stop().await;

    let bot = start_on(stub, folder, echo(), limits());
    let offset = || bot.stub.all_calls().iter().rev().find_map(|call| call.body["offset"].as_i64());
    bot.stub.update([message(6, 1, "二"), message(7, 1, "三")]);
    let calls = bot.stub.until("the new one", |calls| calls.len() == 4).await;
    assert_eq!(texts(&calls), ["一", "旧", "二", "三"]);
    assert!(offset() >= Some(7));
}

#[tokio::test]
async fn what_was_begun_when_the_process_ended_is_begun_again() {
    let bot = start(handler(|_, _| std::future::pending())).await;
    bot.stub.update((1..=20).map(|id| message(id, i64::from(id % 4) + 1, &format!("问{id}"))));
    while bot.stub.unconfirmed() > 0 {
        tokio::task::yield_now().await;
    }
    let (stub, folder) = bot.kill().await;

    let bot = start_on(stub, folder, echo(), limits());
    let calls = bot.stub.until("all answers", |calls| {
        (1..=20).all(|id| calls.iter().any(|call| call.text() == format!("问{id}") || call.text().starts_with("sorry")))
    });
    let calls = calls.await;
    assert!(calls.iter().filter(|call| call.text().starts_with('问')).count() >= 16, "{:?}", texts(&calls));
}

#[tokio::test]
async fn an_update_that_ends_the_process_three_times_is_given_up() {
    let mut stub = Stub::start(|_| Answer::Usual).await;
    let mut folder = tempfile::tempdir().unwrap();
    let patient = Limits { deadline: Duration::from_hours(1), ..limits() };
    for round in 1..=3 {
        let (begun, mut is_begun) = tokio::sync::mpsc::unbounded_channel();
        let deadly = handler(move |_, context| {
            begun.send(context.attempt).unwrap();
            std::future::pending()
        });
        let bot = start_on(stub, folder, deadly, patient.clone());
        if round == 1 {
            bot.stub.update([message(1, 1, "毒"), message(2, 1, "好")]);
        }
        assert_eq!(is_begun.recv().await, Some(round));
        (stub, folder) = bot.kill().await;
    }
    let bot = start_on(stub, folder, echo(), patient);
    let calls = bot.stub.until("an apology and an answer", |calls| calls.len() == 2).await;
    assert_eq!(texts(&calls), ["sorry: GivenUp", "好"]);
    assert_eq!(bot.counters.read().given_up, 1);
}

#[tokio::test]
async fn a_panic_an_error_and_a_timeout_cost_one_sentence_each() {
    let bot = start(handler(|update, context| async move {
        let (chat, text) = said(&update);
        match text.as_str() {
            "panic" => panic!("on purpose"),
            "error" => anyhow::bail!("on purpose"),
            "hang" => std::future::pending().await,
            _ => drop(context.sender.send(Request::text(chat, text)).await),
        }
        Ok(())
    }))
    .await;
    for (number, text) in ["panic", "error", "hang", "好"].into_iter().enumerate() {
        bot.stub.update([message(number as u32 + 1, 1, text)]);
    }
    bot.stub.update([message(9, 2, "别处")]);
    let calls = bot.stub.until("five answers", |calls| calls.len() == 5).await;
    let first: Vec<&str> = calls.iter().filter(|call| call.chat() == 1).map(Call::text).collect();
    assert_eq!(first, ["sorry: Panicked", "sorry: Failed", "sorry: TimedOut", "好"]);
    let elsewhere = calls.iter().position(|call| call.chat() == 2).unwrap();
    assert_ne!(elsewhere, 4, "the other chat waited");
    let errors = bot.journal.last_errors(9).await.unwrap();
    assert_eq!(errors.len(), 3);
    bot.stop().await.2.unwrap();
}

#[tokio::test]
async fn a_handler_that_waits_for_the_sender_does_not_run_out_of_time() {
    let mut asked = 0;
    let stub = Stub::start(move |call| {
        asked += u32::from(call.method == "SendMessage");
        if asked == 1 && call.method == "SendMessage" { Answer::throttled(1) } else { Answer::Usual }
    });
    let bot = start_on(stub.await, tempfile::tempdir().unwrap(), echo(), limits());
    bot.stub.update([message(1, 1, "一")]);
    let calls = bot.stub.until("an answer after the wait", |calls| calls.len() == 2).await;
    assert_eq!(texts(&calls), ["一", "一"]);
    bot.stop().await.2.unwrap();
}

#[tokio::test]
async fn a_flood_of_one_chat_is_in_order_and_delays_no_other() {
    let bot = start(echo()).await;
    bot.stub.update((1..=500).map(|id| message(id, 1, &id.to_string())));
    bot.stub.update([message(501, 2, "别处")]);
    let calls = bot.stub.until("all answers", |calls| calls.len() == 501).await;
    let first: Vec<u32> =
        calls.iter().filter(|call| call.chat() == 1).map(|call| call.text().parse().unwrap()).collect();
    assert_eq!(first, (1..=500).collect::<Vec<_>>());
    let elsewhere = calls.iter().position(|call| call.chat() == 2).unwrap();
    assert!(elsewhere < 500, "{elsewhere}");
    bot.stop().await.2.unwrap();
}

#[tokio::test]
async fn a_stop_finishes_what_is_begun_and_leaves_the_rest() {
    let (begun, mut is_begun) = tokio::sync::mpsc::unbounded_channel();
    let (go, may_go) = tokio::sync::watch::channel(false);
    let slow = handler(move |update, context| {
        let (begun, mut may_go) = (begun.clone(), may_go.clone());
        async move {
            begun.send(()).unwrap();
            may_go.wait_for(|go| *go).await?;
            let (chat, text) = said(&update);
            context.sender.send(Request::text(chat, text)).await;
            Ok(())
        }
    });
    let patient = Limits { deadline: Duration::from_mins(1), ..limits() };
    let bot = start_on(Stub::start(|_| Answer::Usual).await, tempfile::tempdir().unwrap(), slow, patient.clone());
    bot.stub.update([message(1, 1, "一"), message(2, 1, "二")]);
    is_begun.recv().await;
    bot.stopper.stop();
    go.send(true).unwrap();
    bot.running.await.unwrap().unwrap();
    assert_eq!(texts(&bot.stub.calls()), ["一"]);

    let bot = start_on(bot.stub, bot.folder, echo(), patient);
    let calls = bot.stub.until("the rest", |calls| calls.len() == 2).await;
    assert_eq!(texts(&calls), ["一", "二"]);
}

#[tokio::test]
async fn a_stop_does_not_wait_for_what_never_ends() {
    let (begun, mut is_begun) = tokio::sync::mpsc::unbounded_channel();
    let endless = handler(move |_, _| {
        begun.send(()).unwrap();
        std::future::pending()
    });
    let limits = Limits { deadline: Duration::from_mins(1), stop_within: Duration::from_millis(80), ..limits() };
    let bot = start_on(Stub::start(|_| Answer::Usual).await, tempfile::tempdir().unwrap(), endless, limits);
    bot.stub.update([message(1, 1, "一")]);
    is_begun.recv().await;
    let journal = bot.journal.clone();
    bot.stop().await.2.unwrap();
    // The attempt was stopped and did not fail: it does not count.
    assert_eq!(journal.begin(1).await.unwrap().unwrap().attempts, 1);
}

#[tokio::test]
async fn an_old_question_is_late() {
    let told = handler(|update, context| async move {
        let text = format!("{:?}", context.freshness);
        context.sender.send(Request::text(said(&update).0, text)).await;
        Ok(())
    });
    let bot = start(told).await;
    bot.stub.update([message_at(1, 1, "旧", now() - 601), message_at(2, 1, "新", now() - 590)]);
    let calls = bot.stub.until("two answers", |calls| calls.len() == 2).await;
    assert_eq!(texts(&calls), ["Late", "Fresh"]);
}

#[tokio::test]
async fn an_unknown_kind_of_update_is_passed_over() {
    let bot = start(echo()).await;
    bot.stub.update([json!({"update_id": 1, "telepathy": {"thought": 1}}), message(2, 1, "一")]);
    bot.stub.until("an answer", |calls| calls.len() == 1).await;
    while bot.journal.updates_in_work().await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
}

/// Answers the first polls as given, and the others as usual.
async fn polls(mut answers: Vec<Answer>) -> Stub {
    answers.reverse();
    Stub::start(move |call| match call.method.as_str() {
        "GetUpdates" => answers.pop().unwrap_or(Answer::Usual),
        _ => Answer::Usual,
    })
    .await
}

#[tokio::test]
async fn a_poll_that_fails_is_tried_again() {
    let stub = polls(vec![
        Answer::Other(502, "<html>".to_owned()),
        Answer::Other(200, r#"{"ok":true,"result":[{"update_id":1,"mess"#.to_owned()),
        Answer::Other(200, r#"{"ok":true,"result":[{"no":"number"}]}"#.to_owned()),
        Answer::throttled(0),
        Answer::error(409, "Conflict: terminated by other getUpdates request", &Value::Null),
    ]);
    let bot = start_on(stub.await, tempfile::tempdir().unwrap(), echo(), limits());
    bot.stub.update([message(1, 1, "一")]);
    let calls = bot.stub.until("an answer", |calls| calls.len() == 1).await;
    assert_eq!(count(&calls, "一"), 1);
    assert_eq!(bot.counters.read().polls_failed, 5);
}

#[track_caller]
fn ends_with(error: &IntakeError, expected: &str) {
    assert!(error.to_string().contains(expected), "{error}");
}

#[tokio::test]
async fn a_refused_token_ends_with_what_to_do() {
    let stub = polls(vec![Answer::error(401, "Unauthorized", &Value::Null)]).await;
    let bot = start_on(stub, tempfile::tempdir().unwrap(), echo(), limits());
    ends_with(&bot.running.await.unwrap().unwrap_err(), "TELOXIDE_TOKEN was refused");
}

#[tokio::test]
async fn a_second_bot_on_the_same_folder_ends_with_what_to_do() {
    let stub = Stub::start(|_| Answer::Usual).await;
    let folder = tempfile::tempdir().unwrap();
    let first = Journal::open(folder.path(), &Secret::random()).unwrap().journal;
    let _claim = first.claim().unwrap().expect("claimed");
    let second = start_on(stub, folder, echo(), limits());
    ends_with(&second.running.await.unwrap().unwrap_err(), "another yuanwen uses the same data folder");
}

#[tokio::test]
async fn another_poller_that_stays_ends_with_what_to_do() {
    let conflict = || Answer::error(409, "Conflict: terminated by other getUpdates request", &Value::Null);
    let stub = polls(std::iter::repeat_with(conflict).take(1000).collect()).await;
    let bot = start_on(stub, tempfile::tempdir().unwrap(), echo(), limits());
    ends_with(&bot.running.await.unwrap().unwrap_err(), "another program receives this bot's messages");
    assert!(bot.stub.all_calls().len() >= 3);

    let webhook = Answer::error(409, "Conflict: can't use getUpdates method while webhook is active", &Value::Null);
    let bot = start_on(polls(vec![webhook]).await, tempfile::tempdir().unwrap(), echo(), limits());
    ends_with(&bot.running.await.unwrap().unwrap_err(), "webhook");
}

#[tokio::test]
async fn a_start_survives_an_unreachable_telegram() {
    let asked = Arc::new(AtomicU32::new(0));
    let seen = asked.clone();
    let stub = Stub::start(move |_| match seen.fetch_add(1, Ordering::Relaxed) {
        0..5 => Answer::Other(503, String::new()),
        _ => Answer::Usual,
    })
    .await;
    let (_stopper, stop) = Stop::new();
    let me = connect(&stub.api(), &limits(), stop.clone()).await.unwrap().unwrap();
    assert_eq!(me.username(), "yuanwen_bot");
    assert_eq!(asked.load(Ordering::Relaxed), 6);

    let refusing = Stub::start(|_| Answer::error(401, "Unauthorized", &Value::Null)).await;
    ends_with(&connect(&refusing.api(), &limits(), stop).await.unwrap_err(), "TELOXIDE_TOKEN was refused");

    let (stopper, stop) = Stop::new();
    stopper.stop();
    let hanging = Stub::start(|_| Answer::Hang).await;
    assert!(connect(&hanging.api(), &limits(), stop).await.unwrap().is_none());
}

#[tokio::test]
async fn a_tree_gets_what_it_asks_for() {
    use teloxide::dispatching::UpdateFilterExt as _;
    use teloxide::dptree;
    use teloxide::types::{Message, Update};

    struct Services {
        greeting: &'static str,
    }
    async fn greet(services: Arc<Services>, message: Message, sender: Sender, context: Context) -> anyhow::Result<()> {
        let text = format!("{} {}", services.greeting, context.update_id);
        sender.send(Request::text(message.chat.id, text)).await;
        Ok(())
    }
    let tree = Update::filter_message()
        .branch(dptree::filter(|message: Message| message.text() == Some("hi")).endpoint(greet));
    let services = Arc::new(Services { greeting: "你好" });
    let bot = start(schema(tree, dptree::deps![services])).await;
    bot.stub.update([message(1, 1, "nobody takes this"), message(2, 1, "hi")]);
    let calls = bot.stub.until("a greeting", |calls| !calls.is_empty()).await;
    assert_eq!(texts(&calls), ["你好 2"]);
    bot.stop().await.2.unwrap();
}
