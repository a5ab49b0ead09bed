//! `/docs`: the documents that are served and those that are switched off, with their dates and how often they were
//! quoted; each can be had as a file, switched off and on.

use std::collections::{BTreeSet, HashMap};

use crate::answer::Lapse;
use crate::corpus::{Source, disabled};
use crate::journal::{Seconds, now};
use crate::telegram::keyboard::{button, rows};
use crate::telegram::message;
use crate::telegram::rich::{Rich, shortened};
use crate::telegram::sender::Body;
use crate::telegram::{shelf, text};

use super::folder;
use super::press::{DocumentKey, Press, key_of};
use super::work::{PressedWork, Work};

/// Documents of one page.
const A_PAGE: usize = 8;
/// Buttons in a row.
const A_ROW: usize = 4;
/// The longest title in the list, in characters.
const MAX_TITLE_CHARS: usize = 40;

/// A document of the folder.
struct Listed {
    source: Source,
    is_on: bool,
    /// Why it must not be relied on today.
    lapse: Option<Lapse>,
    /// Times that answers quoted it, as far as the journal goes back.
    quoted: u32,
}

/// A page of the list.
pub(super) async fn page(work: &Work, page: u16) -> anyhow::Result<Body> {
    let (all, script) = (list(work).await?, work.script);
    let pages = all.len().div_ceil(A_PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    let off = all.iter().filter(|listed| !listed.is_on).count();
    let mut rich = Rich::default();
    rich.bold(&text::documents_title(script, all.len() - off, off));
    if pages > 1 {
        rich.push(&format!(" {}/{pages}", page + 1));
    }
    let mut numbers = Vec::new();
    for (number, listed) in all.iter().enumerate().skip(page * A_PAGE).take(A_PAGE) {
        rich.push(&format!("\n\n{}. ", number + 1)).push(&shortened(&listed.source.title, MAX_TITLE_CHARS));
        rich.push("\n").push(&facts(work, listed));
        numbers.push(button(&(number + 1).to_string(), Press::Document(key_of(&listed.source.path))));
    }
    let turn = |to: usize| u16::try_from(to).map(Press::Documents);
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(button(text::previous_page(script), turn(page - 1)?));
    }
    if page + 1 < pages {
        turns.push(button(text::next_page(script), turn(page + 1)?));
    }
    Ok(shelf::body(rich, rows(numbers.chunks(A_ROW).map(<[_]>::to_vec).chain([turns]))))
}

/// One document, with what can be done about it.
pub(super) async fn show(pressed: &PressedWork, key: DocumentKey) -> anyhow::Result<()> {
    match find(&pressed.work, key).await? {
        Some(listed) => pressed.button.show(document(&pressed.work, &listed, key, None)).await,
        None => pressed.button.toast(text::document_gone(pressed.work.script)),
    }
    Ok(())
}

/// Sends the file of a document.
pub(super) async fn download(pressed: &PressedWork, key: DocumentKey) -> anyhow::Result<()> {
    let work = &pressed.work;
    let Some(Listed { source, .. }) = find(work, key).await? else {
        pressed.button.toast(text::document_gone(work.script));
        return Ok(());
    };
    pressed.button.end();
    let (knowledge, path) = (work.desk.office.knowledge.clone(), source.path.clone());
    let bytes = match tokio::task::spawn_blocking(move || folder::read(&knowledge, &path)).await? {
        Ok(bytes) => bytes,
        Err(error) => return work.fail("download", &source.path, &error).await,
    };
    let name = source.path.rsplit('/').next().unwrap_or(&source.path).to_owned();
    work.note("download", &source.path, "sent").await?;
    work.send_file(name, bytes, source.title).await;
    Ok(())
}

/// Switches a document on or off, from the next reload on.
pub(super) async fn switch(pressed: &PressedWork, key: DocumentKey, on: bool) -> anyhow::Result<()> {
    let work = &pressed.work;
    let (office, action) = (&work.desk.office, if on { "enable" } else { "disable" });
    let _changing = office.changing.lock().await;
    let Some(mut listed) = find(work, key).await? else {
        pressed.button.toast(text::document_gone(work.script));
        return Ok(());
    };
    let path = listed.source.path.clone();
    let (knowledge, file) = (office.knowledge.clone(), path.clone());
    if let Err(error) = tokio::task::spawn_blocking(move || folder::switch(&knowledge, &file, on)).await? {
        pressed.button.end();
        return work.fail(action, &path, &error).await;
    }
    work.note(action, &path, "done").await?;
    listed.is_on = on;
    let said = if on { text::enabled(work.script) } else { text::disabled(work.script) };
    pressed.button.show(document(work, &listed, key, Some(said))).await;
    Ok(())
}

fn document(work: &Work, listed: &Listed, key: DocumentKey, changed: Option<&str>) -> Body {
    let script = work.script;
    let mut rich = Rich::default();
    message::source(&mut rich, &listed.source, &[], listed.lapse.as_ref(), script);
    rich.push("\n").push(&listed.source.path).push("\n").push(&use_of(work, listed));
    let mut doing = vec![button(text::download(script), Press::Download(key))];
    if folder::has_front_matter(&listed.source.path) {
        doing.push(if listed.is_on {
            button(text::disable(script), Press::Disable(key))
        } else {
            button(text::enable(script), Press::Enable(key))
        });
    } else {
        rich.push("\n").push(text::no_switch(script));
    }
    let mut after = Vec::new();
    if let Some(said) = changed {
        rich.push("\n\n").push(said);
        after.push(button(text::reload_now(script), Press::Reload));
    }
    shelf::body(rich, rows([doing, after, vec![button(text::to_documents(script), Press::Documents(0))]]))
}

/// Its date, until when it holds, whether it is served and how often it was quoted, in one line.
fn facts(work: &Work, listed: &Listed) -> String {
    let (Source { published, valid_until, .. }, script) = (&listed.source, work.script);
    let holds = match &listed.lapse {
        Some(lapse) => Some(text::lapsed(script, lapse)),
        None => valid_until.as_ref().map(|until| format!("{}{until}", text::valid_until(script))),
    };
    let published = published.as_ref().map(ToString::to_string);
    published.into_iter().chain(holds).chain([use_of(work, listed)]).collect::<Vec<_>>().join(" · ")
}

/// Whether it is served and how often it was quoted.
fn use_of(work: &Work, listed: &Listed) -> String {
    let quoted = text::quoted(work.script, listed.quoted, work.desk.retention_days);
    if listed.is_on { quoted } else { format!("{} · {quoted}", text::is_off(work.script)) }
}

async fn find(work: &Work, key: DocumentKey) -> anyhow::Result<Option<Listed>> {
    Ok(list(work).await?.into_iter().find(|listed| key_of(&listed.source.path) == key))
}

/// All documents of the folder, by path.
async fn list(work: &Work) -> anyhow::Result<Vec<Listed>> {
    let edition = work.desk.editions.current();
    let since = now() - Seconds::from(work.desk.retention_days) * 24 * 3600;
    let quoted: HashMap<String, u32> = work.desk.journal.quoted(since).await?.into_iter().collect();
    let knowledge = work.desk.office.knowledge.clone();
    Ok(tokio::task::spawn_blocking(move || {
        let documents = &edition.generation.knowledge.corpus.documents;
        let served: BTreeSet<String> = documents.iter().map(|document| document.source.path.clone()).collect();
        let on = documents.iter().enumerate();
        let on = on.map(|(number, document)| (document.source.clone(), true, edition.lapse(number)));
        let off = disabled(&knowledge, &served).into_iter().map(|off| (off.document.source, false, None));
        let listed = |(source, is_on, lapse): (Source, bool, Option<Lapse>)| {
            let quoted = quoted.get(&source.path).copied().unwrap_or(0);
            Listed { source, is_on, lapse, quoted }
        };
        let mut all: Vec<Listed> = on.chain(off).map(listed).collect();
        all.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        all
    })
    .await?)
}
