//! Faults: what a bot sees of each, and that the rest goes on.

use super::*;

async fn raw(bot: &Bot, chat: i64) -> Result<(u16, String), reqwest::Error> {
    let request = bot.client.post(bot.url("SendMessage")).json(&json!({"chat_id": chat, "text": "好"}));
    let response = request.timeout(Duration::from_millis(300)).send().await?;
    Ok((response.status().as_u16(), response.text().await?))
}

#[tokio::test]
async fn each_fault_looks_as_it_does_in_the_world() {
    let bot = Bot::start().await;
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "在吗");
    for (fault, code, sent) in [
        (Fault::TooManyRequests { seconds: 20 }, 429, 0),
        (Fault::ServerError { status: 502 }, 502, 0),
        (Fault::Conflict, 409, 0),
        (Fault::Unauthorized, 401, 0),
        (Fault::Slow { delay: Duration::from_millis(20) }, 200, 1),
    ] {
        let before = bot.telegram.bot_messages(XIAOLIN).len();
        bot.telegram.inject(fault.on("sendMessage").times(1));
        let (status, body) = raw(&bot, XIAOLIN).await.unwrap();
        assert_eq!(status, code, "{fault:?} {body}");
        assert_eq!(bot.telegram.bot_messages(XIAOLIN).len() - before, sent, "{fault:?}");
    }
    for (fault, sent) in [(Fault::Hang, 0), (Fault::HangAfter, 1), (Fault::CutAfter, 1)] {
        let before = bot.telegram.bot_messages(XIAOLIN).len();
        bot.telegram.inject(fault.times(1));
        let error = raw(&bot, XIAOLIN).await.unwrap_err();
        assert_eq!(error.is_timeout(), fault != Fault::CutAfter, "{fault:?} {error:?}");
        assert_eq!(bot.telegram.bot_messages(XIAOLIN).len() - before, sent, "{fault:?}");
    }
    bot.telegram.inject(Fault::CutJson.times(1));
    let (status, body) = raw(&bot, XIAOLIN).await.unwrap();
    assert_eq!(status, 200);
    assert!(serde_json::from_str::<Value>(&body).is_err(), "{body}");
    assert_eq!(raw(&bot, XIAOLIN).await.unwrap().0, 200, "all faults are used up");
    assert!(bot.telegram.refusals().is_empty(), "an injected refusal is not the bot's fault");
}

#[tokio::test]
async fn a_flood_wait_stops_one_chat_and_no_other() {
    let bot = Bot::start().await;
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "在吗");
    bot.telegram.send_text(ALICE, ALICE, "hi");
    bot.telegram.inject(Fault::TooManyRequests { seconds: 20 }.in_chat(XIAOLIN));
    let (status, body) = raw(&bot, XIAOLIN).await.unwrap();
    assert_eq!(status, 429);
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["description"], "Too Many Requests: retry after 20");
    assert_eq!(body["parameters"]["retry_after"], 20);
    assert_eq!(raw(&bot, ALICE).await.unwrap().0, 200);
    bot.telegram.clear_faults();
    assert_eq!(raw(&bot, XIAOLIN).await.unwrap().0, 200);
}

#[tokio::test]
async fn a_shut_port_refuses_and_opens_again() {
    let bot = Bot::start().await;
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "在吗");
    let poll = {
        let (client, url) = (bot.client.clone(), bot.url("getUpdates"));
        tokio::spawn(async move { client.post(url).json(&json!({"offset": 900_000_000, "timeout": 50})).send().await })
    };
    assert_eq!(raw(&bot, XIAOLIN).await.unwrap().0, 200);
    bot.telegram.refuse_connections().await;
    // The old connection is dead; a new one is refused.
    let fresh = Bot { telegram: bot.telegram.clone(), client: reqwest::Client::new() };
    assert!(raw(&fresh, XIAOLIN).await.unwrap_err().is_connect());
    assert!(raw(&bot, XIAOLIN).await.is_err());
    let _ended = poll.await.unwrap();
    bot.telegram.accept_connections().await;
    assert_eq!(raw(&bot, XIAOLIN).await.unwrap().0, 200);
}

#[tokio::test]
async fn the_true_limits_on_speed_hold() {
    let bot = Bot::with(Pace::Telegram).await;
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "在吗");
    bot.telegram.send_text(ALICE, ALICE, "hi");
    let mut codes = Vec::new();
    for _ in 0..7 {
        codes.push(raw(&bot, XIAOLIN).await.unwrap().0);
    }
    assert_eq!(codes, [200, 200, 200, 200, 200, 429, 429]);
    assert_eq!(raw(&bot, ALICE).await.unwrap().0, 200);
    let refused = bot.telegram.refusals();
    assert_eq!(refused.len(), 2, "these are the bot's own fault");
    assert_eq!(refused[0].1.parameters["retry_after"], 1);
}

#[tokio::test]
async fn updates_come_twice_and_late() {
    let bot = Bot::start().await;
    bot.telegram.send(XIAOLIN, XIAOLIN, Draft::text("早").sent_ago(Duration::from_hours(1)));
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "晚");
    let first = bot.updates().await;
    let date = |update: &Value| update["message"]["date"].as_i64().unwrap();
    assert!((3599..=3601).contains(&(date(&first[1]) - date(&first[0]))));
    assert_eq!(bot.telegram.repeat_updates(2), 2);
    let again =
        bot.call("getUpdates", json!({"offset": first[1]["update_id"].as_i64().unwrap() + 1, "limit": 100})).await;
    // The same offset within half a second limits a batch to one.
    assert_eq!(again, json!([first[0]]));
}
