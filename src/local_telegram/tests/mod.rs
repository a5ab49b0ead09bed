//! The local Telegram from outside: a bot made of nothing but HTTP requests, and people acting beside it.

mod conversation;
mod faults;
mod limits;
mod page;
mod polling;

use super::*;
use serde_json::{Value, json};
use std::time::Duration;

/// Long enough for anything that does happen.
const SOON: Duration = Duration::from_secs(5);

/// A bot that only makes requests.
struct Bot {
    telegram: LocalTelegram,
    client: reqwest::Client,
}

impl Bot {
    /// A bot beside a fresh local Telegram without limits on speed.
    async fn start() -> Self {
        Self::with(Pace::Unlimited).await
    }

    async fn with(pace: Pace) -> Self {
        let telegram = LocalTelegram::start(Settings { pace, ..Settings::default() }).await.unwrap();
        Self { telegram, client: reqwest::Client::new() }
    }

    fn url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.telegram.api_url(), self.telegram.token())
    }

    /// The whole answer to a request.
    async fn ask(&self, method: &str, parameters: Value) -> Value {
        self.client.post(self.url(method)).json(&parameters).send().await.unwrap().json().await.unwrap()
    }

    /// The result of a request that must succeed.
    async fn call(&self, method: &str, parameters: Value) -> Value {
        let answer = self.ask(method, parameters.clone()).await;
        assert_eq!(answer["ok"], true, "{method} {parameters}: {answer}");
        answer["result"].clone()
    }

    /// What a request that must fail is told.
    async fn refused(&self, method: &str, parameters: Value) -> String {
        let answer = self.ask(method, parameters.clone()).await;
        assert_eq!(answer["ok"], false, "{method} {parameters}: {answer}");
        answer["description"].as_str().unwrap().to_owned()
    }

    async fn say(&self, chat: i64, text: &str) -> i64 {
        let message = self.call("sendMessage", json!({"chat_id": chat, "text": text})).await;
        message["message_id"].as_i64().unwrap()
    }

    /// All updates that wait, confirmed.
    async fn updates(&self) -> Vec<Value> {
        let updates = self.call("getUpdates", json!({})).await.as_array().unwrap().clone();
        if let Some(last) = updates.last() {
            self.call(
                "getUpdates",
                json!({"offset": last["update_id"].as_i64().unwrap() + 1, "limit": 1, "timeout": 0}),
            )
            .await;
        }
        updates
    }
}
