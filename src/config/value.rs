//! What each setting's text means. Reads nothing.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::ops::RangeInclusive;

use url::Url;

use super::{ConfigError, Secret, Token};

/// Ids behind which anybody may be: anonymous administrators of groups, Telegram's service account, posts of channels.
const SHARED_IDS: [u64; 3] = [1_087_968_824, 777_000, 136_817_688];

const WHO: &str = "name people by their own id, which @userinfobot tells";

/// An error in a setting.
pub(super) fn wrong(name: &'static str, problem: impl Into<String>, remedy: &'static str) -> ConfigError {
    ConfigError::Value { name, problem: problem.into(), remedy }
}

pub(super) fn token(text: &str) -> Result<Token, ConfigError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(wrong("TELOXIDE_TOKEN", "is empty", "get one from @BotFather and put it into .env"));
    }
    Token::parse(text).ok_or_else(|| {
        wrong("TELOXIDE_TOKEN", "is not a token", "copy it again from @BotFather, it looks like 123456789:AAF…")
    })
}

pub(super) fn listen(text: &str) -> Result<SocketAddr, ConfigError> {
    let address = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    address.parse().map_err(|_| {
        wrong("YUANWEN_LISTEN", format!("is “{text}”"), "write an address and a port such as 127.0.0.1:8080")
    })
}

pub(super) fn operators(text: &str) -> Result<BTreeSet<u64>, ConfigError> {
    let wrong = |problem| wrong("YUANWEN_OPERATORS", problem, WHO);
    text.split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(|id| match id.parse::<u64>() {
            Ok(id) if SHARED_IDS.contains(&id) => Err(wrong(format!("names {id}, which many people share"))),
            Ok(id) if id > 0 => Ok(id),
            _ => Err(wrong(format!("has “{id}”, which is no id"))),
        })
        .collect()
}

pub(super) fn number(
    name: &'static str,
    text: &str,
    range: RangeInclusive<u32>,
    remedy: &'static str,
) -> Result<u32, ConfigError> {
    match text.parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => Err(wrong(name, format!("is “{text}”"), remedy)),
    }
}

/// A share from 0 to 1.
pub(super) fn share(name: &'static str, text: &str) -> Result<f64, ConfigError> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(wrong(name, format!("is “{text}”"), "write a share from 0 to 1, such as 0.05")),
    }
}

/// An address without the slash at its end, which teloxide would double.
pub(super) fn api_url(text: &str) -> Result<Url, ConfigError> {
    match Url::parse(text.trim_end_matches('/')) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        // The value is not repeated: it may carry a password.
        _ => Err(wrong(
            "TELOXIDE_API_URL",
            "is no http address",
            "leave it out for Telegram, or write one such as http://127.0.0.1:8081",
        )),
    }
}

pub(super) fn log(text: String) -> Result<String, ConfigError> {
    // A bare word that is no level would be taken for the name of a crate, and everything else be silent.
    let means_something =
        |part: &str| part.contains(['=', '[']) || part.trim().parse::<tracing::level_filters::LevelFilter>().is_ok();
    if text.split(',').all(means_something) && tracing_subscriber::EnvFilter::try_new(&text).is_ok() {
        return Ok(text);
    }
    Err(wrong(
        "YUANWEN_LOG",
        format!("is “{text}”"),
        "write error, warn, info, debug or trace, or filters such as yuanwen=debug,warn",
    ))
}

pub(super) fn secret(text: &str) -> Result<Secret, ConfigError> {
    Secret::parse(text).ok_or_else(|| {
        wrong("YUANWEN_SECRET", "is not 64 hexadecimal digits", "leave it out, or make one with `openssl rand -hex 32`")
    })
}
