//! What a person does on the page, as a small JSON API: look, write, edit, press, type an inline query, send a file.

use crate::local_telegram::{
    Author, ChatKind, Draft, LocalTelegram, message::Action, queries::INLINE_LIFETIME, state::State,
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State as Extract},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Messages of a chat that the page draws at first.
const MAX_SHOWN_MESSAGES: usize = 300;
/// Longest text a person can send, in characters; an app cuts longer ones into several messages.
const MAX_TYPED_CHARS: usize = 4096;

pub(super) fn router() -> Router<LocalTelegram> {
    Router::new()
        .route("/chat/state", get(state))
        .route("/chat/{chat}/messages", get(messages))
        .route("/chat/{chat}/send", post(send))
        .route("/chat/{chat}/edit", post(edit))
        .route("/chat/{chat}/delete", post(delete))
        .route("/chat/{chat}/press", post(press))
        .route("/chat/{chat}/inline", post(inline))
        .route("/chat/{chat}/choose", post(choose))
        .route("/chat/{chat}/file", post(file))
        .route("/chat/file/{id}", get(download))
}

/// What a deed names; each uses what it needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Deed {
    person: i64,
    text: String,
    reply_to: Option<i64>,
    message_id: i64,
    row: usize,
    column: usize,
    query: String,
    offset: String,
    query_id: String,
    result_id: String,
    name: String,
}

fn no(reason: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({"error": reason}))).into_response()
}

/// Whether a person may act in a chat.
fn may_act(telegram: &LocalTelegram, chat: i64, person: i64) -> bool {
    telegram.lock().chats.get(&chat).is_some_and(|chat| chat.members.contains(&person))
}

/// The bot and the chats that the page lists: private ones and groups.
async fn state(Extract(telegram): Extract<LocalTelegram>) -> Json<Value> {
    let state = telegram.lock();
    let listed = |kind: ChatKind| matches!(kind, ChatKind::Private | ChatKind::Group | ChatKind::Supergroup);
    let chats = state.chats.values().filter(|chat| listed(chat.kind) && chat.migrated_to.is_none()).map(|chat| {
        let people = chat.members.iter().filter_map(|id| state.people.get(id));
        let people: Vec<Value> = people.map(|p| json!({"id": p.id, "name": p.name, "language": p.language})).collect();
        let last = chat.messages.iter().rev().find(|message| !message.deleted);
        json!({
            "id": chat.id, "kind": chat.kind.name(), "title": chat.title, "people": people,
            "last": last.map(|message| state.page_json(message))
        })
    });
    let mut chats: Vec<Value> = chats.collect();
    // People first, in the order of their ids; then the groups.
    chats.sort_by_key(|chat| (chat["kind"] != "private", chat["id"].as_i64().map(i64::unsigned_abs)));
    Json(json!({"bot": state.bot.json(), "chats": chats}))
}

/// A chat's messages, its menu and what an empty chat shows.
async fn messages(
    Extract(telegram): Extract<LocalTelegram>,
    Path(chat): Path<i64>,
    Query(deed): Query<Deed>,
) -> Json<Value> {
    let commands = telegram.commands(chat, deed.person);
    let state = telegram.lock();
    let language = state.people.get(&deed.person).and_then(|person| person.language.clone()).unwrap_or_default();
    let shown = |state: &State| -> Vec<Value> {
        let Some(chat) = state.chats.get(&chat) else { return Vec::new() };
        let skip = chat.messages.len().saturating_sub(MAX_SHOWN_MESSAGES);
        chat.messages.iter().skip(skip).filter(|m| !m.deleted).map(|m| state.page_json(m)).collect()
    };
    Json(json!({
        "messages": shown(&state),
        "commands": commands,
        "description": state.profile.text("description", &language),
    }))
}

async fn send(Extract(telegram): Extract<LocalTelegram>, Path(chat): Path<i64>, Json(deed): Json<Deed>) -> Response {
    if !may_act(&telegram, chat, deed.person) {
        return no("this person is not in this chat");
    }
    let chars: Vec<char> = deed.text.trim().chars().collect();
    if chars.is_empty() {
        return no("there is nothing to send");
    }
    let mut sent = Vec::new();
    for piece in chars.chunks(MAX_TYPED_CHARS) {
        let mut draft = Draft::text(piece.iter().collect::<String>());
        draft.reply_to = deed.reply_to;
        sent.push(telegram.send(chat, deed.person, draft));
    }
    Json(json!({"message_ids": sent})).into_response()
}

async fn edit(Extract(telegram): Extract<LocalTelegram>, Path(chat): Path<i64>, Json(deed): Json<Deed>) -> Response {
    let text: String = deed.text.trim().chars().take(MAX_TYPED_CHARS).collect();
    let own = telegram
        .message(chat, deed.message_id)
        .is_some_and(|message| message.author == Author::Person(deed.person) && message.attachment.is_none());
    if !own || text.is_empty() || !telegram.edit_text(chat, deed.message_id, &text) {
        return no("this message cannot be edited");
    }
    Json(json!({})).into_response()
}

async fn delete(Extract(telegram): Extract<LocalTelegram>, Path(chat): Path<i64>, Json(deed): Json<Deed>) -> Response {
    if !may_act(&telegram, chat, deed.person) || !telegram.delete(chat, deed.message_id) {
        return no("there is no such message");
    }
    Json(json!({})).into_response()
}

/// Presses the button at a row and column; the bot's answer comes as an event.
async fn press(Extract(telegram): Extract<LocalTelegram>, Path(chat): Path<i64>, Json(deed): Json<Deed>) -> Response {
    let message = telegram.message(chat, deed.message_id).filter(|_| may_act(&telegram, chat, deed.person));
    let button = message.as_ref().and_then(|message| message.keyboard.get(deed.row)?.get(deed.column));
    let Some(Action::CallbackData(data)) = button.map(|button| &button.action) else {
        return no("there is no such button");
    };
    match telegram.press_data(chat, deed.person, deed.message_id, data) {
        Some(id) => Json(json!({"query_id": id})).into_response(),
        None => no("the message is gone"),
    }
}

/// Asks the bot for cards and waits for them.
async fn inline(Extract(telegram): Extract<LocalTelegram>, Path(chat): Path<i64>, Json(deed): Json<Deed>) -> Response {
    if !may_act(&telegram, chat, deed.person) {
        return no("this person is not in this chat");
    }
    let id = telegram.inline_query(chat, deed.person, &deed.query, &deed.offset);
    match telegram.inline_answer(&id, INLINE_LIFETIME).await {
        Some(answer) => Json(json!({"query_id": id, "answer": answer})).into_response(),
        None => (StatusCode::GATEWAY_TIMEOUT, Json(json!({"error": "the bot did not answer"}))).into_response(),
    }
}

async fn choose(Extract(telegram): Extract<LocalTelegram>, Path(chat): Path<i64>, Json(deed): Json<Deed>) -> Response {
    if !may_act(&telegram, chat, deed.person) {
        return no("this person is not in this chat");
    }
    match telegram.choose(chat, deed.person, &deed.query_id, &deed.result_id) {
        Some(id) => Json(json!({"message_ids": [id]})).into_response(),
        None => no("there is no such card"),
    }
}

/// Sends the body as a file.
async fn file(
    Extract(telegram): Extract<LocalTelegram>,
    Path(chat): Path<i64>,
    Query(deed): Query<Deed>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !may_act(&telegram, chat, deed.person) || body.is_empty() {
        return no("an empty file cannot be sent");
    }
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let name: String = deed.name.chars().filter(|c| !c.is_control() && !matches!(c, '/' | '\\')).take(120).collect();
    let name = if name.is_empty() { "file".to_owned() } else { name };
    let mut draft = Draft::document(&name, media_type.unwrap_or("application/octet-stream"), body);
    draft.reply_to = deed.reply_to;
    let id = telegram.send(chat, deed.person, draft);
    Json(json!({"message_ids": [id]})).into_response()
}

/// A file's bytes, always as a download.
async fn download(Extract(telegram): Extract<LocalTelegram>, Path(id): Path<String>) -> Response {
    let state = telegram.lock();
    let Some(file) = state.files.by_id(&id) else { return no("there is no such file") };
    let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"))),
    ];
    (headers, file.bytes.clone()).into_response()
}
