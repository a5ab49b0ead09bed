//! The chat page: its files, and the guard before everything that is served. The page asks `acts` for what people
//! do and hears from `events` what happens; it knows no more than a person's app would.

mod acts;
mod events;

use super::LocalTelegram;
use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use std::net::IpAddr;

/// Everything comes from here, nothing stands in the page itself.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page, its files and its own API under `/chat`.
pub(crate) fn router() -> Router<LocalTelegram> {
    let file = |media_type: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache")], text) })
    };
    let (script, style) = ("text/javascript; charset=utf-8", "text/css; charset=utf-8");
    Router::new()
        .route("/", file("text/html; charset=utf-8", include_str!("page.html")))
        .route("/page/page.css", file(style, include_str!("page.css")))
        .route("/page/page.js", file(script, include_str!("page.js")))
        .route("/page/message.js", file(script, include_str!("message.js")))
        .route("/page/text.js", file(script, include_str!("text.js")))
        .route("/page/composer.js", file(script, include_str!("composer.js")))
        .route("/page/icon.svg", file("image/svg+xml", include_str!("icon.svg")))
        .route("/chat/events", get(events::listen))
        .merge(acts::router())
}

/// Refuses requests that another site's page makes through this machine's browser: a name that was bound to this
/// address (DNS rebinding), or a foreign origin.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    if !is_own(request.headers()) {
        return (StatusCode::FORBIDDEN, "only this machine's own page and bots may ask\n").into_response();
    }
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether the host is an address or `localhost`, and the origin, if there is one, is this page's.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(host) = text(header::HOST) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let foreign = text(header::ORIGIN).is_some_and(|origin| origin != format!("http://{host}"));
    (is_address || name.eq_ignore_ascii_case("localhost")) && !foreign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machines_own_page_may_ask() {
        for (host, origin, expected) in [
            ("127.0.0.1:8080", "", true),
            ("127.0.0.1:8080", "http://127.0.0.1:8080", true),
            ("localhost:8080", "http://localhost:8080", true),
            ("[::1]:8080", "http://[::1]:8080", true),
            ("192.168.1.5", "", true),
            ("evil.example:8080", "", false),
            ("evil.example:8080", "http://evil.example:8080", false),
            ("127.0.0.1:8080", "http://evil.example", false),
            ("127.0.0.1:8080", "null", false),
            ("127.0.0.1:8080", "http://127.0.0.1:9090", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if !origin.is_empty() {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(is_own(&headers), expected, "{host} {origin}");
        }
        assert!(!is_own(&HeaderMap::new()));
    }
}
