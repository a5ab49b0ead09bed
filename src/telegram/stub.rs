//! A Bot API that answers as a test says, over HTTP. It keeps none of Telegram's rules: `local_telegram` does.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::sync::Notify;
use url::Url;

use super::Api;
use crate::config::Token;

/// A request that arrived.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) body: Value,
}

impl Call {
    pub(super) fn chat(&self) -> i64 {
        self.body["chat_id"].as_i64().unwrap_or_default()
    }

    pub(super) fn text(&self) -> &str {
        self.body["text"].as_str().unwrap_or_default()
    }
}

/// How to answer.
pub(super) enum Answer {
    /// As Telegram does when all is well.
    Usual,
    /// With this status and body.
    Other(u16, String),
    /// Never.
    Hang,
}

impl Answer {
    pub(super) fn error(code: u16, description: &str, parameters: &Value) -> Self {
        let body = json!({"ok": false, "error_code": code, "description": description, "parameters": parameters});
        Self::Other(code, body.to_string())
    }

    pub(super) fn throttled(seconds: u64) -> Self {
        Self::error(429, "Too Many Requests", &json!({"retry_after": seconds}))
    }
}

type Script = Box<dyn FnMut(&Call) -> Answer + Send>;

#[derive(Clone)]
pub(super) struct Stub {
    shared: Arc<Shared>,
    url: Url,
}

struct Shared {
    script: Mutex<Script>,
    calls: Mutex<Vec<Call>>,
    updates: Mutex<VecDeque<Value>>,
    changed: Notify,
}

impl Stub {
    /// Starts on a free port of this machine.
    pub(super) async fn start(script: impl FnMut(&Call) -> Answer + Send + 'static) -> Self {
        let shared = Arc::new(Shared {
            script: Mutex::new(Box::new(script)),
            calls: Mutex::default(),
            updates: Mutex::default(),
            changed: Notify::new(),
        });
        let router = Router::new().route("/{bot}/{method}", post(answer)).with_state(shared.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { shared, url }
    }

    pub(super) fn api(&self) -> Api {
        Api::new(&Token::of_local_telegram(), Some(&self.url)).unwrap()
    }

    /// Puts updates where getUpdates finds them, until it confirms them.
    pub(super) fn update(&self, updates: impl IntoIterator<Item = Value>) {
        self.shared.updates.lock().unwrap().extend(updates);
        self.shared.changed.notify_waiters();
    }

    /// What has arrived, without polls.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.all_calls().into_iter().filter(|call| call.method != "GetUpdates").collect()
    }

    pub(super) fn all_calls(&self) -> Vec<Call> {
        self.shared.calls.lock().unwrap().clone()
    }

    /// Updates that were not confirmed.
    pub(super) fn unconfirmed(&self) -> usize {
        self.shared.updates.lock().unwrap().len()
    }

    /// Waits until what has arrived is as it should be; fails after some seconds.
    pub(super) async fn until(&self, what: &str, is_so: impl Fn(&[Call]) -> bool) -> Vec<Call> {
        let waiting = async {
            loop {
                let changed = self.shared.changed.notified();
                let calls = self.calls();
                if is_so(&calls) {
                    return calls;
                }
                changed.await;
            }
        };
        let limit = std::time::Duration::from_secs(20);
        let Ok(calls) = tokio::time::timeout(limit, waiting).await else {
            panic!("{what}: not so, there is {:#?}", self.calls());
        };
        calls
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path((_, method)): Path<(String, String)>,
    body: String,
) -> Response {
    let call = Call { method, body: serde_json::from_str(&body).unwrap_or_default() };
    let answer = (shared.script.lock().unwrap())(&call);
    let number = {
        let mut calls = shared.calls.lock().unwrap();
        calls.push(call.clone());
        calls.len()
    };
    shared.changed.notify_waiters();
    let result = match answer {
        Answer::Hang => std::future::pending().await,
        Answer::Other(code, body) => return (StatusCode::from_u16(code).unwrap(), body).into_response(),
        Answer::Usual => usual(&shared, &call, number).await,
    };
    json!({"ok": true, "result": result}).to_string().into_response()
}

async fn usual(shared: &Shared, call: &Call, number: usize) -> Value {
    match call.method.as_str() {
        "GetUpdates" => {
            let offset = call.body["offset"].as_i64().unwrap_or_default();
            loop {
                let changed = shared.changed.notified();
                {
                    let mut updates = shared.updates.lock().unwrap();
                    updates.retain(|update| update["update_id"].as_i64() >= Some(offset));
                    if !updates.is_empty() {
                        return updates.iter().take(100).cloned().collect();
                    }
                }
                changed.await;
            }
        }
        "GetMe" => json!({
            "id": 1, "is_bot": true, "first_name": "园问", "username": "yuanwen_bot", "can_join_groups": true,
            "can_read_all_group_messages": false, "supports_inline_queries": true, "can_connect_to_business": false,
            "has_main_web_app": false,
        }),
        "SendMessage" | "EditMessageText" | "EditMessageReplyMarkup" => {
            json!({"message_id": number, "date": 0, "chat": {"id": call.chat(), "type": "private"}, "text": "…"})
        }
        _ => json!(true),
    }
}

/// A message from a person in their private chat.
pub(super) fn message(update_id: u32, chat: i64, text: &str) -> Value {
    message_at(update_id, chat, text, crate::journal::now())
}

pub(super) fn message_at(update_id: u32, chat: i64, text: &str, date: i64) -> Value {
    json!({"update_id": update_id, "message": {
        "message_id": update_id, "date": date, "text": text,
        "chat": {"id": chat, "type": "private", "first_name": "人"},
        "from": {"id": chat, "is_bot": false, "first_name": "人"},
    }})
}
