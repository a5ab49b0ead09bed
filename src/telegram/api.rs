//! One request to the Bot API, and what became of it in terms a sender decides by. Repeats nothing, paces nothing.
//!
//! Teloxide's own `send` sleeps ten seconds inside a request on every 5xx and tells neither codes nor `retry_after` of
//! `getMe` apart, so we post its payloads ourselves, over its client.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use teloxide::Bot;
use teloxide::requests::Payload;
use teloxide::types::ChatId;
use url::Url;

use crate::config::Token;

/// The longest description by Telegram that is kept, in characters.
const MAX_DESCRIPTION_CHARS: usize = 200;

/// The Bot API with a token. Printing it prints no token.
#[derive(Clone)]
pub struct Api {
    bot: Bot,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Api(***)")
    }
}

/// Why a request was not carried out, or may not have been.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Telegram was not reached; the request was not sent.
    #[error("Telegram cannot be reached: {0}")]
    Unreachable(String),
    /// No answer in time; the request may have been carried out.
    #[error("Telegram did not answer in time")]
    Timeout,
    /// The answer broke off or cannot be read; the request may have been carried out.
    #[error("Telegram's answer cannot be read: {0}")]
    Garbled(String),
    /// Telegram is not well: 500 and above.
    #[error("Telegram answered {0}")]
    Server(u16),
    /// Too many requests.
    #[error("Telegram asks to wait {}s", .retry_after.as_secs())]
    Throttled {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The group has become a supergroup with this id.
    #[error("the group has become a supergroup")]
    Moved(ChatId),
    /// Telegram refused; asking again would not help.
    #[error("{description} ({code})")]
    Refused {
        /// The HTTP status.
        code: u16,
        /// What Telegram says.
        description: String,
    },
}

#[derive(Deserialize)]
struct Reply<'a> {
    ok: bool,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

impl Api {
    /// The Bot API at `url`; `None` is Telegram's.
    ///
    /// # Errors
    /// When the system gives us no TLS.
    pub fn new(token: &Token, url: Option<&Url>) -> Result<Self, CallError> {
        let settings = teloxide::net::default_reqwest_settings();
        // A proxy of the environment is for the world, not for this machine.
        let is_here =
            url.and_then(Url::host_str).is_some_and(|host| matches!(host, "127.0.0.1" | "localhost" | "[::1]"));
        let settings = if is_here { settings.no_proxy() } else { settings };
        let client = settings.build().map_err(|error| CallError::Unreachable(reasons(&error.without_url())))?;
        let bot = Bot::with_client(token.expose(), client);
        Ok(Self { bot: url.into_iter().fold(bot, |bot, url| bot.set_api_url(url.clone())) })
    }

    /// Teloxide's bot, for what is not paced: downloads and uploads. Never print it: it shows the token.
    pub fn bot(&self) -> &Bot {
        &self.bot
    }

    /// Sends a request once.
    ///
    /// # Errors
    /// When it was not carried out, or may not have been.
    pub async fn call<P>(&self, payload: &P, timeout: Duration) -> Result<P::Output, CallError>
    where
        P: Payload + Serialize,
        P::Output: DeserializeOwned,
    {
        self.call_as(payload, timeout).await
    }

    /// Sends a request once and reads of its result what `T` needs.
    pub(super) async fn call_as<P, T>(&self, payload: &P, timeout: Duration) -> Result<T, CallError>
    where
        P: Payload + Serialize,
        T: DeserializeOwned,
    {
        let body = serde_json::to_vec(payload).map_err(|error| CallError::Refused {
            code: 0,
            description: format!("the request cannot be written as JSON: {error}"),
        })?;
        let mut url = self.bot.api_url();
        url.path_segments_mut()
            .map_err(|()| CallError::Unreachable("TELOXIDE_API_URL cannot have a path".to_owned()))?
            .pop_if_empty()
            .push(&format!("bot{}", self.bot.token()))
            // Payloads for inline messages carry a name that is not a method (teloxide#460).
            .push(P::NAME.trim_end_matches("Inline"));
        let request =
            self.bot.client().post(url).header("content-type", "application/json").timeout(timeout).body(body);
        // Without its address, which holds the token.
        let response = request.send().await.map_err(|error| match error.without_url() {
            error if error.is_connect() => CallError::Unreachable(reasons(&error)),
            error if error.is_timeout() => CallError::Timeout,
            error => CallError::Garbled(reasons(&error)),
        })?;
        let code = response.status().as_u16();
        let text = response.text().await.map_err(|error| match error.without_url() {
            error if error.is_timeout() => CallError::Timeout,
            error => CallError::Garbled(reasons(&error)),
        })?;
        read(code, &text)
    }
}

/// What an answer means.
fn read<T: DeserializeOwned>(code: u16, text: &str) -> Result<T, CallError> {
    let reply: Reply<'_> = match serde_json::from_str(text) {
        Ok(reply) => reply,
        Err(_) if code >= 500 => return Err(CallError::Server(code)),
        Err(_) if code == 429 => return Err(CallError::Throttled { retry_after: Duration::from_secs(1) }),
        // Only the place: the text may hold what a person wrote.
        Err(error) => return Err(CallError::Garbled(format!("{code}, column {}", error.column()))),
    };
    if reply.ok {
        let result = reply.result.map_or("null", RawValue::get);
        return serde_json::from_str(result).map_err(|error| CallError::Garbled(format!("column {}", error.column())));
    }
    let code = reply.error_code.unwrap_or(code);
    let parameters = reply.parameters.as_ref();
    if let Some(chat) = parameters.and_then(|parameters| parameters.migrate_to_chat_id) {
        return Err(CallError::Moved(ChatId(chat)));
    }
    let retry_after = parameters.and_then(|parameters| parameters.retry_after);
    if code == 429 || retry_after.is_some() {
        return Err(CallError::Throttled { retry_after: Duration::from_secs(retry_after.unwrap_or(1)) });
    }
    if code >= 500 {
        return Err(CallError::Server(code));
    }
    let description = reply.description.unwrap_or_default().chars().take(MAX_DESCRIPTION_CHARS).collect();
    Err(CallError::Refused { code, description })
}

/// An error and what it comes from, in one line.
fn reasons(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: u16, text: &str, expected: &CallError) {
        assert_eq!(read::<bool>(code, text).as_ref(), Err(expected), "{text}");
    }

    #[test]
    fn answers_mean_what_they_say() {
        assert_eq!(read::<bool>(200, r#"{"ok":true,"result":true}"#), Ok(true));
        check(502, "<html>Bad Gateway</html>", &CallError::Server(502));
        check(500, r#"{"ok":false,"error_code":500,"description":"Internal"}"#, &CallError::Server(500));
        check(200, r#"{"ok":true,"resul"#, &CallError::Garbled("200, column 17".to_owned()));
        let retry_after = Duration::from_secs(7);
        let throttled = CallError::Throttled { retry_after };
        check(429, r#"{"ok":false,"error_code":429,"parameters":{"retry_after":7}}"#, &throttled);
        check(
            400,
            r#"{"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-1005}}"#,
            &CallError::Moved(ChatId(-1005)),
        );
        let refused =
            CallError::Refused { code: 403, description: "Forbidden: bot was blocked by the user".to_owned() };
        check(403, r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#, &refused);
    }

    #[tokio::test]
    async fn an_error_does_not_show_the_token() {
        let settings = Token::of_local_telegram();
        let url = Url::parse("http://127.0.0.1:1").unwrap();
        let api = Api::new(&settings, Some(&url)).unwrap();
        let error = api.call(&teloxide::payloads::GetMe::new(), Duration::from_secs(5)).await.unwrap_err();
        assert!(matches!(error, CallError::Unreachable(_)));
        assert!(!format!("{error} {error:?} {api:?}").contains("1:local"));
    }
}
