//! A request of the Bot API, whichever way its parameters came: query, JSON, form or multipart. Knows how to read
//! parameters as Telegram reads them (numbers and objects may come as text), not what they mean.

use super::{entities::Entity, limits::MAX_UPLOAD_BYTES, refusal::Refusal};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Multipart, Request},
    http::header::CONTENT_TYPE,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A file that came with a request.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
}

/// The parameters of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters {
    /// By name; unknown ones stay, nobody asks for them.
    pub(crate) values: Map<String, Value>,
    /// Uploaded files by the name of their part.
    pub(crate) files: BTreeMap<String, Upload>,
}

impl Parameters {
    /// Reads query and body of a request.
    pub(crate) async fn read(request: Request) -> Result<Self, Refusal> {
        let mut parameters = Self::default();
        parameters.add_form(request.uri().query().unwrap_or_default().as_bytes());
        let media_type = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if media_type.starts_with("multipart/form-data") {
            parameters.add_multipart(request).await?;
        } else if media_type.starts_with("application/json") {
            let body = body(request.into_body()).await?;
            let value = if body.is_empty() { Value::Object(Map::new()) } else { json(&body)? };
            let Value::Object(fields) = value else {
                return Err(Refusal::bad("can't parse request body as JSON object"));
            };
            parameters.values.extend(fields);
        } else {
            let body = body(request.into_body()).await?;
            parameters.add_form(&body);
        }
        parameters.values.retain(|_, value| !value.is_null());
        Ok(parameters)
    }

    fn add_form(&mut self, form: &[u8]) {
        for (name, value) in url::form_urlencoded::parse(form) {
            self.values.insert(name.into_owned(), Value::String(value.into_owned()));
        }
    }

    async fn add_multipart(&mut self, request: Request) -> Result<(), Refusal> {
        let broken = |_| Refusal::bad("can't parse multipart body");
        let mut parts =
            Multipart::from_request(request, &()).await.map_err(|_| Refusal::bad("can't parse multipart body"))?;
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let media_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = part.bytes().await.map_err(|_| Refusal::too_large())?;
            if let Some(file_name) = file_name {
                if bytes.len() > MAX_UPLOAD_BYTES {
                    return Err(Refusal::too_large());
                }
                self.files.insert(name, Upload { name: file_name, media_type, bytes });
            } else {
                let text = String::from_utf8(bytes.to_vec());
                let text = text.map_err(|_| Refusal::bad("strings must be encoded in UTF-8"))?;
                self.values.insert(name, Value::String(text));
            }
        }
        Ok(())
    }

    /// A text; `None` if it was not given.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.values.get(name)? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    /// A whole number, also written as text; `None` if it was not given or is none.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        match self.values.get(name)? {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_i64(),
        }
    }

    /// Whether a flag is set.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1"),
            Some(other) => other.as_i64() == Some(1),
            None => false,
        }
    }

    /// An object or array, also written as JSON text; `None` if it was not given.
    pub(crate) fn structured(&self, name: &str) -> Result<Option<Value>, Refusal> {
        match self.values.get(name) {
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| Refusal::bad(format!("can't parse {} JSON object", name.replace('_', " ")))),
            other => Ok(other.cloned()),
        }
    }

    /// The entities of a text. A parse mode is refused: entities are the only markup here.
    pub(crate) fn entities(&self, name: &str) -> Result<Vec<Entity>, Refusal> {
        entities_of(self.structured(name)?, self.text("parse_mode").as_deref())
    }
}

/// Entities from their JSON; see [`Parameters::entities`].
pub(crate) fn entities_of(given: Option<Value>, parse_mode: Option<&str>) -> Result<Vec<Entity>, Refusal> {
    if parse_mode.is_some_and(|mode| !mode.is_empty()) {
        return Err(Refusal::bad("can't parse entities: the local Telegram knows no parse_mode, send entities"));
    }
    let Some(given) = given else { return Ok(Vec::new()) };
    serde_json::from_value(given).map_err(|why| Refusal::bad(format!("can't parse entities: {why}")))
}

async fn body(body: Body) -> Result<Bytes, Refusal> {
    to_bytes(body, MAX_UPLOAD_BYTES).await.map_err(|_| Refusal::too_large())
}

fn json(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body).map_err(|why| Refusal::bad(format!("can't parse request body as JSON: {why}")))
}
