//! The XML of a Word file as events within bounds: no document type, no deep nesting. Knows nothing of what elements mean.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::corpus::refusal::Refusal;

/// Word nests tables in tables, but nobody this deep.
const MAX_NESTING: usize = 256;

/// Hands the events of an XML text to `each`; an empty element is a start and an end.
pub(super) fn events(xml: &str, mut each: impl FnMut(Event<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut nesting = 0_usize;
    loop {
        match reader.read_event().map_err(|error| Refusal::DamagedXml { cause: error.to_string() })? {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(Refusal::Entities),
            event => {
                match event {
                    Event::Start(_) => nesting += 1,
                    Event::End(_) => nesting = nesting.saturating_sub(1),
                    _ => {}
                }
                if nesting > MAX_NESTING {
                    return Err(Refusal::Nesting);
                }
                each(event)?;
            }
        }
    }
}

/// The value of an attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(unescaped(&found.value))
}

/// The number that an attribute holds.
pub(super) fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The five entities of XML and numbered characters; there are no others without a document type.
pub(super) fn character(entity: &str) -> String {
    match entity {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => {
            let number = entity.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            number.and_then(char::from_u32).map(String::from).unwrap_or_default()
        }
    }
}

fn unescaped(value: &str) -> String {
    let mut parts = value.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';') {
            Some((entity, rest)) => out.extend([character(entity).as_str(), rest]),
            None => out.push_str(part),
        }
    }
    out
}
