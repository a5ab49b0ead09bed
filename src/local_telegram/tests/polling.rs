//! How updates reach a bot: offsets, long polling, conflicts, webhooks.

use super::*;
use axum::{Router, http::HeaderMap, http::StatusCode, routing::post};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_long_poll_ends_with_the_first_update() {
    let bot = Bot::start().await;
    let telegram = bot.telegram.clone();
    let poll = tokio::spawn(async move { bot.call("getupdates", json!({"timeout": 30})).await });
    assert!(telegram.idle(SOON).await);
    telegram.send_text(XIAOLIN, XIAOLIN, "/start");
    let updates = poll.await.unwrap();
    assert_eq!(updates[0]["message"]["text"], "/start");
    assert_eq!(updates[0]["message"]["entities"], json!([{"type": "bot_command", "offset": 0, "length": 6}]));
    assert_eq!(updates[0]["message"]["from"]["language_code"], "zh-hans");
    assert_eq!(updates[0]["message"]["chat"]["type"], "private");
    assert_eq!(telegram.pending_updates(), 1, "not confirmed yet");
}

#[tokio::test]
async fn the_newer_of_two_polls_wins() {
    let bot = Bot::start().await;
    let first = {
        let (client, url) = (bot.client.clone(), bot.url("GetUpdates"));
        tokio::spawn(async move { client.get(url).query(&[("timeout", "30")]).send().await.unwrap() })
    };
    assert!(bot.telegram.idle(SOON).await);
    let second = bot.ask("getUpdates", json!({"offset": 5, "timeout": 0}));
    let (first, second) = tokio::join!(first, second);
    let first = first.unwrap();
    assert_eq!(first.status(), 409);
    let body: Value = first.json().await.unwrap();
    assert_eq!(
        body["description"],
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
    assert_eq!(second["ok"], true);
}

#[tokio::test]
async fn a_poller_that_went_away_disturbs_nobody() {
    let bot = Bot::start().await;
    let gone = bot.client.post(bot.url("getUpdates")).json(&json!({"timeout": 30})).timeout(Duration::from_millis(50));
    assert!(gone.send().await.is_err());
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "还在吗");
    assert_eq!(bot.call("getUpdates", json!({"offset": -1})).await[0]["message"]["text"], "还在吗");
}

#[tokio::test]
async fn a_webhook_takes_the_place_of_polling() {
    type Seen = Arc<Mutex<Vec<(Option<String>, Value)>>>;
    let seen: Seen = Arc::default();
    let taken = Arc::clone(&seen);
    // The first delivery fails, so it must come again.
    let hook = Router::new().route(
        "/hook",
        post(move |headers: HeaderMap, axum::Json(update): axum::Json<Value>| async move {
            let secret = headers.get("x-telegram-bot-api-secret-token").map(|v| v.to_str().unwrap().to_owned());
            let mut seen = taken.lock().unwrap();
            seen.push((secret, update));
            if seen.len() == 1 { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK }
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, hook).await });

    let bot = Bot::start().await;
    bot.call("setWebhook", json!({"url": url, "secret_token": "s3cret"})).await;
    assert_eq!(
        bot.refused("getUpdates", json!({})).await,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    );
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "一");
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "二");
    let mut changes = bot.telegram.changes();
    while bot.telegram.pending_updates() > 0 {
        changes.changed().await.unwrap();
    }
    let seen = seen.lock().unwrap().clone();
    let texts: Vec<&str> = seen.iter().map(|(_, update)| update["message"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["一", "一", "二"]);
    assert_eq!(seen[0].0.as_deref(), Some("s3cret"));
    let info = bot.call("getWebhookInfo", json!({})).await;
    assert_eq!((&info["pending_update_count"], &info["url"]), (&json!(0), &json!(url)));
    assert_eq!(info["last_error_message"], "Wrong response from the webhook: 500");
    bot.call("deleteWebhook", json!({})).await;
    assert_eq!(bot.call("getUpdates", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_webhook_must_be_one_that_can_be_reached() {
    let bot = Bot::start().await;
    for (parameters, expected) in [
        (json!({"url": "ftp://127.0.0.1/"}), "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"),
        (json!({"url": "http://example.org/"}), "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"),
        (
            json!({"url": "http://127.0.0.1:1/", "secret_token": "a b"}),
            "Bad Request: secret token contains unallowed characters",
        ),
        (
            json!({"url": "http://127.0.0.1:1/", "secret_token": "a".repeat(257)}),
            "Bad Request: secret token is too long",
        ),
    ] {
        assert_eq!(bot.refused("setWebhook", parameters).await, expected);
    }
}

#[tokio::test]
async fn requests_come_in_every_form() {
    let bot = Bot::start().await;
    bot.telegram.send_text(ALICE, ALICE, "hi");
    let chat = ALICE.to_string();
    let entities = r#"[{"type":"bold","offset":0,"length":2}]"#;
    let fields = [("chat_id", chat.as_str()), ("text", "ok"), ("entities", entities), ("nonsense", "1")];
    let form: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let multipart: String = fields
        .iter()
        .map(|(name, value)| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"))
        .chain(["--x--\r\n".to_owned()])
        .collect();
    let url = bot.url("SENDMESSAGE");
    let requests = [
        bot.client.get(format!("{url}?{form}")),
        bot.client.post(&url).header("content-type", "application/x-www-form-urlencoded").body(form),
        bot.client.post(&url).header("content-type", "multipart/form-data; boundary=x").body(multipart),
        bot.client
            .post(&url)
            .json(&json!({"chat_id": ALICE, "text": "ok", "entities": [{"type": "bold", "offset": 0, "length": 2}]})),
    ];
    for request in requests {
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["result"]["entities"], json!([{"type": "bold", "offset": 0, "length": 2}]), "{answer}");
    }
    assert_eq!(bot.telegram.bot_messages(ALICE).len(), 4);
}
