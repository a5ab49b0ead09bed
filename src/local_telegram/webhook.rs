//! Delivery by webhook: one update after another by POST to an address on this machine, again until it is taken.
//! Speaks plain HTTP/1.1, since nothing here leaves the machine.

use super::{LocalTelegram, refusal::Refusal};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long the bot may take over one delivery.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(30);
/// The wait after a failed delivery; it doubles up to a minute.
const FIRST_RETRY: Duration = Duration::from_millis(250);
const LONGEST_RETRY: Duration = Duration::from_mins(1);

/// The webhook that is set, if one is.
#[derive(Debug, Default, Clone)]
pub(crate) struct Webhook {
    pub(crate) url: Option<String>,
    pub(crate) secret: Option<String>,
    pub(crate) max_connections: i64,
    pub(crate) last_error: Option<(i64, String)>,
}

/// An address the webhook can be: plain HTTP on this machine.
pub(crate) fn check_url(url: &str) -> Result<(), Refusal> {
    let bad = |why: &str| Refusal::bad(format!("bad webhook: {why}"));
    let parsed = url::Url::parse(url).map_err(|_| bad("invalid webhook URL specified"))?;
    let local = match parsed.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    match parsed.scheme() {
        "http" if local => Ok(()),
        "https" => Err(bad("the local Telegram delivers to http:// on this machine only")),
        _ => Err(bad("An HTTPS URL must be provided for webhook")),
    }
}

/// A secret of 1–256 letters, digits, `_` and `-`.
pub(crate) fn check_secret(secret: &str) -> Result<(), Refusal> {
    let plain = secret.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    match secret.len() {
        1..=256 if plain => Ok(()),
        1..=256 => Err(Refusal::bad("secret token contains unallowed characters")),
        _ => Err(Refusal::bad("secret token is too long")),
    }
}

/// Delivers as long as a webhook is set and updates wait. Never returns.
pub(crate) async fn deliver(telegram: LocalTelegram) {
    let mut changes = telegram.changes();
    let mut retry = FIRST_RETRY;
    loop {
        let next = {
            let mut state = telegram.lock();
            let webhook = state.webhook.clone();
            webhook.url.and_then(|url| Some((url, webhook.secret, state.updates.batch(1).into_iter().next()?)))
        };
        let Some((url, secret, update)) = next else {
            if changes.changed().await.is_err() {
                return;
            }
            continue;
        };
        let sent = tokio::time::timeout(DELIVERY_TIMEOUT, post(&url, secret.as_deref(), &update)).await;
        let failure = match sent {
            Ok(Ok(status @ 200..=299)) => {
                tracing::trace!(status, "webhook took an update");
                telegram.change(|state| state.updates.confirm(update["update_id"].as_i64().unwrap_or_default()));
                retry = FIRST_RETRY;
                continue;
            }
            Ok(Ok(status)) => format!("Wrong response from the webhook: {status}"),
            Ok(Err(why)) => format!("Connection failed: {why}"),
            Err(_) => "Read timeout expired".to_owned(),
        };
        telegram.change(|state| state.webhook.last_error = Some((state.clock.unix_seconds(), failure)));
        tokio::time::sleep(retry).await;
        retry = (retry * 2).min(LONGEST_RETRY);
    }
}

/// Posts JSON and gives the status.
async fn post(url: &str, secret: Option<&str>, update: &Value) -> std::io::Result<u16> {
    let invalid = |why: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, why.to_owned());
    let url = url::Url::parse(url).map_err(|_| invalid("the address cannot be read"))?;
    let host = url.host_str().unwrap_or("127.0.0.1").to_owned();
    let port = url.port_or_known_default().unwrap_or(80);
    let mut stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await?;
    let body = update.to_string();
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let secret = secret.map(|s| format!("X-Telegram-Bot-Api-Secret-Token: {s}\r\n")).unwrap_or_default();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n{secret}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer).await?;
    let line = String::from_utf8_lossy(&answer);
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    status.ok_or_else(|| invalid("the answer is no HTTP"))
}

/// The Bot API's `WebhookInfo`.
pub(crate) fn info(webhook: &Webhook, pending: usize, allowed: &[String]) -> Value {
    let mut info = json!({
        "url": webhook.url.as_deref().unwrap_or_default(),
        "has_custom_certificate": false,
        "pending_update_count": pending,
    });
    if webhook.url.is_some() {
        info["max_connections"] = json!(webhook.max_connections);
    }
    if let Some((date, message)) = &webhook.last_error {
        info["last_error_date"] = json!(date);
        info["last_error_message"] = json!(message);
    }
    if !allowed.is_empty() {
        info["allowed_updates"] = json!(allowed);
    }
    info
}
