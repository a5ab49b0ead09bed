//! A file that an operator sends: downloaded, made a document, shown, and put among the others or not.

use std::path::{Path, PathBuf};

use teloxide::types::Document;

use crate::corpus::line::one_line;
use crate::corpus::read_document;
use crate::import::{Facts, ImportError, Imported, Written, import, write};
use crate::journal::Brought;
use crate::telegram::download::{DownloadError, MAX_DOWNLOAD_BYTES, download};
use crate::telegram::handler::content::plain;
use crate::telegram::keyboard::{button, rows};
use crate::telegram::message;
use crate::telegram::rich::{Rich, shortened};
use crate::telegram::script::Script;
use crate::telegram::sender::Body;
use crate::telegram::{shelf, text};

use super::press::Press;
use super::work::{PressedWork, Work};

/// The longest name of a file that is shown, in characters.
const MAX_NAME_CHARS: usize = 60;
/// What is shown of the document, in characters.
const MAX_SHOWN_CHARS: usize = 400;
/// Samples of what was left out, for each reason, and the longest of them in characters.
const SAMPLES: usize = 1;
const MAX_SAMPLE_CHARS: usize = 40;
/// The longest cause that is told, in characters.
const MAX_CAUSE_CHARS: usize = 500;
/// Reasons and warnings that are shown.
const MAX_LINES: usize = 10;

/// A file that an operator sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent {
    /// The file.
    pub(super) document: Document,
    /// The words under it: the title of the document, if there are any.
    pub(super) caption: String,
}

impl Sent {
    /// Its own name; never a path.
    pub(super) fn name(&self) -> &str {
        let name = self.document.file_name.as_deref().unwrap_or_default();
        name.rsplit(['/', '\\']).next().unwrap_or_default()
    }
}

/// Makes a document of a file and shows it; `number` is the update's, by which the document waits for an answer.
pub(super) async fn bring(work: Work, sent: Sent, number: u32) -> anyhow::Result<()> {
    if u64::from(sent.document.file.size) > MAX_DOWNLOAD_BYTES {
        work.note("import", sent.name(), "too large").await?;
        work.say(plain(text::file_too_large(work.script))).await;
        return Ok(());
    }
    work.show_at_work();
    work.beside("import", move |work| async move {
        let incoming = work.desk.office.incoming(number)?;
        let imported = read(&work, &sent, &incoming).await;
        let _ = tokio::fs::remove_file(&incoming).await;
        match imported {
            Ok(imported) => {
                work.note("import", sent.name(), &format!("read as {}", imported.file)).await?;
                let shown = preview(&imported, number, work.script);
                let Imported { file, title, markdown, .. } = imported;
                let brought = Brought { operator: work.operator.id(), file, title, markdown };
                work.desk.journal.add_brought(number, brought).await?;
                work.say(shown).await;
            }
            Err(cause) => {
                work.note("import", sent.name(), &format!("refused: {cause}")).await?;
                let name = shortened(&sent.name().replace(char::is_control, " "), MAX_NAME_CHARS);
                let cause = cause.said(work.script);
                work.say(plain(&text::not_imported(work.script, &name, &shortened(&cause, MAX_CAUSE_CHARS)))).await;
            }
        }
        Ok(())
    });
    Ok(())
}

/// Why a file did not become a document; for the journal in English.
#[derive(Debug, thiserror::Error)]
enum NotRead {
    #[error(transparent)]
    Download(#[from] DownloadError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error("it panicked, see the log")]
    BrokeOff,
}

impl NotRead {
    /// In the words of the chat.
    fn said(&self, script: Script) -> String {
        match self {
            Self::Download(DownloadError::TooLarge) => text::file_too_large(script).to_owned(),
            Self::Download(error) => text::not_downloaded(script, &error.to_string()),
            Self::Import(error) => text::import_error(script, error),
            Self::BrokeOff => text::broke_off(script),
        }
    }
}

async fn read(work: &Work, sent: &Sent, incoming: &Path) -> Result<Imported, NotRead> {
    download(&work.desk.office.api, sent.document.file.id.clone(), incoming).await?;
    let title = Some(one_line(&sent.caption)).filter(|title| !title.is_empty());
    let (path, name) = (PathBuf::from(incoming), sent.name().to_owned());
    let facts = Facts { title, ..Facts::default() };
    let read = tokio::task::spawn_blocking(move || import(&path, &name, &facts)).await;
    Ok(read.map_err(|_| NotRead::BrokeOff)??)
}

/// What became of a file, before it is put among the documents.
fn preview(imported: &Imported, number: u32, script: Script) -> Body {
    let mut rich = Rich::default();
    rich.bold(text::preview_title(script)).push("\n");
    let (document, _) = read_document(&imported.file, imported.markdown.as_bytes());
    if let Some(document) = &document {
        message::source(&mut rich, &document.source, &[], None, script);
    }
    rich.push("\n").push(&shortened(&imported.file, MAX_NAME_CHARS));
    let kept = &imported.kept;
    rich.push("\n\n").push(&text::kept(script, kept.characters, kept.lines, kept.sections));
    for omitted in imported.dropped.iter().take(MAX_LINES) {
        rich.push("\n· ").push(&text::dropped(script, omitted.reason, omitted.lines, omitted.characters));
        for sample in omitted.samples.iter().take(SAMPLES) {
            rich.push("：").push(&shortened(&sample.replace('\n', " "), MAX_SAMPLE_CHARS));
        }
    }
    for warning in imported.warnings.iter().take(MAX_LINES) {
        rich.push("\n⚠ ").push(&text::import_warning(script, *warning));
    }
    if let Some(document) = &document {
        rich.push("\n\n");
        rich.marked(teloxide::types::MessageEntityKind::ExpandableBlockquote, |rich| {
            rich.push(&shortened(document.text.trim(), MAX_SHOWN_CHARS));
        });
    }
    let whole = vec![button(text::whole_document(script), Press::Whole(number))];
    shelf::body(rich, rows([choice(number, script), whole]))
}

fn choice(number: u32, script: Script) -> Vec<teloxide::types::InlineKeyboardButton> {
    vec![button(text::add(script), Press::Add(number)), button(text::cancel(script), Press::Cancel(number))]
}

/// Sends the whole document as it would be added.
pub(super) async fn whole(pressed: &PressedWork, number: u32) -> anyhow::Result<()> {
    let work = &pressed.work;
    let Some(brought) = work.desk.journal.brought(number, work.operator.id()).await? else {
        pressed.button.toast(text::file_gone(work.script));
        return Ok(());
    };
    pressed.button.end();
    work.send_file(brought.file, brought.markdown.into_bytes(), brought.title).await;
    Ok(())
}

/// Puts a document among the others; with `force` in the place of one of the same name.
pub(super) async fn add(pressed: &PressedWork, number: u32, force: bool) -> anyhow::Result<()> {
    let work = &pressed.work;
    let (office, script) = (&work.desk.office, work.script);
    let _changing = office.changing.lock().await;
    let Some(Brought { file, markdown, .. }) = work.desk.journal.brought(number, work.operator.id()).await? else {
        pressed.button.toast(text::file_gone(script));
        return Ok(());
    };
    let (folder, name) = (office.knowledge.clone(), file.clone());
    let written = tokio::task::spawn_blocking(move || write(&folder, &name, &markdown, force)).await?;
    let file = file.as_str();
    let (outcome, said, after) = match written {
        Ok(Written::New) => {
            ("added", text::file_added(script, file), vec![button(text::reload_now(script), Press::Reload)])
        }
        Ok(Written::Replaced) => {
            ("replaced", text::file_replaced(script, file), vec![button(text::reload_now(script), Press::Reload)])
        }
        Ok(Written::Unchanged) => ("unchanged", text::file_unchanged(script, file), Vec::new()),
        Err(ImportError::Differs { .. }) => {
            let replace = button(text::replace(script), Press::Replace(number));
            let cancel = button(text::cancel(script), Press::Cancel(number));
            work.note("add", file, "differs").await?;
            let mut rich = Rich::default();
            rich.push(&text::file_differs(script, file));
            pressed.button.show(shelf::body(rich, rows([vec![replace, cancel]]))).await;
            return Ok(());
        }
        Err(error) => {
            pressed.button.end();
            return work.fail("add", file, &error.into()).await;
        }
    };
    work.desk.journal.decided(number).await?;
    work.note("add", file, outcome).await?;
    let mut rich = Rich::default();
    rich.push(&said);
    pressed.button.show(shelf::body(rich, rows([after]))).await;
    Ok(())
}

/// Throws a document away.
pub(super) async fn cancel(pressed: &PressedWork, number: u32) -> anyhow::Result<()> {
    let work = &pressed.work;
    if let Some(brought) = work.desk.journal.brought(number, work.operator.id()).await? {
        work.desk.journal.decided(number).await?;
        work.note("cancel", &brought.file, "done").await?;
    }
    pressed.button.show(plain(text::cancelled(work.script))).await;
    Ok(())
}
