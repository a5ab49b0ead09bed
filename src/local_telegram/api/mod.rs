//! The Bot API over HTTP: `/bot<TOKEN>/<method>` and `/file/bot<TOKEN>/<path>`. Reads a request, lets faults strike,
//! finds the method, writes the answer. What a method does stands in the files beside this one.

mod callback;
mod delete;
mod edit;
mod file;
mod inline;
mod poll;
mod profile;
mod send;

pub(crate) use inline::message_of;

use super::{
    LocalTelegram,
    fault::Fault,
    gate::Connection,
    refusal::{Answer, Refusal},
    request::Parameters,
    state::{Logged, State},
};
use axum::{
    Json,
    body::Body,
    extract::{ConnectInfo, Request, State as Extract},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::time::Instant;

/// The most connections a webhook may ask for.
const MAX_WEBHOOK_CONNECTIONS: i64 = 100;

/// Answers every path that is not the page's.
pub(crate) async fn answer(
    Extract(telegram): Extract<LocalTelegram>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response {
    let path = decoded(request.uri().path());
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return file::download(&telegram, rest);
    }
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return refused(&Refusal { code: 404, description: "Not Found".into(), parameters: serde_json::Map::new() });
    };
    if token != telegram.token() {
        return refused(&Refusal::unauthorized());
    }
    let method = method.trim_end_matches('/').to_owned();
    let parameters = match Parameters::read(request).await {
        Ok(parameters) => parameters,
        Err(refusal) => {
            let shown = Logged { method, parameters: Value::Null, refusal: Some(refusal.clone()), injected: false };
            telegram.change(|state| state.log(shown));
            return refused(&refusal);
        }
    };
    respond(&telegram, &connection, &method, &parameters).await
}

/// A path without percent signs: some clients send `:` as `%3A`, and a file's path as one segment with `%2F`.
fn decoded(path: &str) -> String {
    let query = format!("path={}", path.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(query.as_bytes()).next().map(|(_, path)| path.into_owned()).unwrap_or_default()
}

/// Lets a fault strike, else (or also) carries the request out.
async fn respond(telegram: &LocalTelegram, connection: &Connection, method: &str, parameters: &Parameters) -> Response {
    let (name, chat) = (method.to_ascii_lowercase(), parameters.integer("chat_id"));
    let fault = telegram.lock().faults.strike(&name, chat, Instant::now());
    let instead = match fault {
        Some(Fault::TooManyRequests { seconds }) => Some(Refusal::too_many_requests(seconds)),
        Some(Fault::ServerError { status }) => Some(Refusal::server_error(status)),
        Some(Fault::Conflict) => Some(Refusal::conflict(poll::OTHER_POLLER)),
        Some(Fault::Unauthorized) => Some(Refusal::unauthorized()),
        Some(Fault::Slow { delay }) => {
            tokio::time::sleep(delay).await;
            None
        }
        Some(Fault::Hang) => {
            log(telegram, method, parameters, None, true);
            std::future::pending().await
        }
        _ => None,
    };
    if let Some(refusal) = instead {
        log(telegram, method, parameters, Some(refusal.clone()), true);
        return refused(&refusal);
    }
    let answer = carry_out(telegram, method, parameters).await;
    log(telegram, method, parameters, answer.as_ref().err().cloned(), false);
    match fault {
        Some(Fault::HangAfter) => std::future::pending().await,
        Some(Fault::CutAfter) => {
            connection.0.cut();
            std::future::pending().await
        }
        Some(Fault::CutJson) => cut_short(&answer),
        _ => match answer {
            Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
            Err(refusal) => refused(&refusal),
        },
    }
}

/// Finds the method; upper and lower case do not matter.
async fn carry_out(telegram: &LocalTelegram, method: &str, parameters: &Parameters) -> Answer {
    let change = |act: fn(&mut State, &Parameters) -> Answer| telegram.change(|state| act(state, parameters));
    let read = |act: fn(&State, &Parameters) -> Value| Ok(act(&telegram.lock(), parameters));
    match method.to_ascii_lowercase().as_str() {
        "getme" => read(profile::get_me),
        "getupdates" => poll::get_updates(telegram, parameters).await,
        "setwebhook" => change(poll::set_webhook),
        "deletewebhook" => Ok(telegram.change(|state| poll::delete_webhook(state, parameters))),
        "getwebhookinfo" => read(poll::get_webhook_info),
        "sendmessage" => change(send::send_message),
        "senddocument" => change(send::send_document),
        "sendchataction" => change(send::send_chat_action),
        "setmessagereaction" => change(send::set_message_reaction),
        "editmessagetext" => change(edit::edit_message_text),
        "editmessagereplymarkup" => change(edit::edit_message_reply_markup),
        "deletemessage" => change(delete::delete_message),
        "leavechat" => change(delete::leave_chat),
        "getchat" => change(delete::get_chat),
        "answercallbackquery" => change(callback::answer_callback_query),
        "answerinlinequery" => change(inline::answer_inline_query),
        "getfile" => change(file::get_file),
        "setmycommands" => change(profile::set_my_commands),
        "getmycommands" => change(profile::get_my_commands),
        "deletemycommands" => change(profile::delete_my_commands),
        "setmyname" => change(profile::set_my_name),
        "getmyname" => read(profile::get_my_name),
        "setmydescription" => change(profile::set_my_description),
        "getmydescription" => read(profile::get_my_description),
        "setmyshortdescription" => change(profile::set_my_short_description),
        "getmyshortdescription" => read(profile::get_my_short_description),
        "logout" | "close" => Ok(json!(true)),
        _ => Err(Refusal::not_found("method")),
    }
}

fn log(telegram: &LocalTelegram, method: &str, parameters: &Parameters, refusal: Option<Refusal>, injected: bool) {
    if method.eq_ignore_ascii_case("getUpdates") && refusal.is_none() {
        return;
    }
    let mut method = method.to_owned();
    if let Some(first) = method.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    let parameters = Value::Object(parameters.values.clone());
    telegram.change(|state| state.log(Logged { method, parameters, refusal, injected }));
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(refusal.body())).into_response();
    if let Some(seconds) = refusal.parameters.get("retry_after").and_then(Value::as_u64) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn cut_short(answer: &Answer) -> Response {
    let whole = match answer {
        Ok(result) => json!({"ok": true, "result": result}),
        Err(refusal) => refusal.body(),
    };
    let bytes = whole.to_string().into_bytes();
    let half = bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
    ([(header::CONTENT_TYPE, "application/json")], Body::from(half)).into_response()
}

/// The chat that a request names by number or by `@username` of the sample.
fn chat_id(parameters: &Parameters) -> Result<i64, Refusal> {
    match parameters.text("chat_id").as_deref().map(str::trim) {
        None | Some("") => Err(Refusal::bad("chat_id is empty")),
        Some(_) => parameters.integer("chat_id").ok_or_else(|| Refusal::bad("chat not found")),
    }
}
