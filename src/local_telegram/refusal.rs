//! What Telegram says when it refuses a request, in its own words. Knows the words, not when they are due.

use serde_json::{Map, Value, json};

/// An error body of the Bot API.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status, which is also the `error_code` of the body.
    pub code: u16,
    /// What a person reads, for example `Bad Request: chat not found`.
    pub description: String,
    /// Machine-readable help: `retry_after` in seconds or `migrate_to_chat_id`.
    pub parameters: Map<String, Value>,
}

/// What a method gives back: its `result`, or why not.
pub(crate) type Answer = Result<Value, Refusal>;

impl Refusal {
    fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), parameters: Map::new() }
    }

    /// 400: the words follow `Bad Request: `.
    pub(crate) fn bad(reason: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", reason.as_ref()))
    }

    /// 403: the words follow `Forbidden: `.
    pub(crate) fn forbidden(reason: &str) -> Self {
        Self::new(403, format!("Forbidden: {reason}"))
    }

    /// 401: the token is not (or no longer) a bot's.
    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    /// 404: no such method or file.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(404, format!("Not Found: {what} not found"))
    }

    /// 409: the words follow `Conflict: `.
    pub(crate) fn conflict(reason: &str) -> Self {
        Self::new(409, format!("Conflict: {reason}"))
    }

    /// 413: a body larger than any method takes.
    pub(crate) fn too_large() -> Self {
        Self::new(413, "Request Entity Too Large")
    }

    /// 429 with the seconds to wait.
    pub(crate) fn too_many_requests(seconds: u64) -> Self {
        let mut refusal = Self::new(429, format!("Too Many Requests: retry after {seconds}"));
        refusal.parameters.insert("retry_after".into(), seconds.into());
        refusal
    }

    /// 5xx, as a broken data centre says it.
    pub(crate) fn server_error(code: u16) -> Self {
        let words = match code {
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            _ => "Internal Server Error",
        };
        Self::new(code, words)
    }

    /// 400 with the id of the supergroup that the group became.
    pub(crate) fn migrated(to: i64) -> Self {
        let mut refusal = Self::bad("group chat was upgraded to a supergroup chat");
        refusal.parameters.insert("migrate_to_chat_id".into(), to.into());
        refusal
    }

    /// The whole body.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        if !self.parameters.is_empty() {
            body["parameters"] = Value::Object(self.parameters.clone());
        }
        body
    }
}
