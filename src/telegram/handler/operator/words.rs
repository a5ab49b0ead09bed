//! `/words`: shows what `words.toml` says, adds a synonym or another name of a park, and takes a word out again.

use crate::analysis::script::fold;
use crate::analysis::terms::Kind;
use crate::analysis::words::{WORDS_FILE, Words, is_slight, read_words};
use crate::answer::Knowledge;
use crate::telegram::handler::content::plain;
use crate::telegram::keyboard::{button, rows};
use crate::telegram::rich::{Rich, shortened};
use crate::telegram::script::Script;
use crate::telegram::sender::Body;
use crate::telegram::{shelf, text};

use super::folder::{self, Encoding, Text};
use super::press::Press;
use super::words_file::{self, Added, Called, Refused, Typed};
use super::work::{PressedWork, Work};

/// Parks, groups and so on that are shown of each; the file has all.
const MAX_LINES: usize = 15;
/// The longest of them, in characters.
const MAX_LINE_CHARS: usize = 60;

/// What the file says.
pub(super) async fn page(work: &Work) -> anyhow::Result<Body> {
    let (knowledge, script) = (work.desk.office.knowledge.clone(), work.script);
    let file = tokio::task::spawn_blocking(move || folder::read_text(&knowledge, WORDS_FILE)).await??;
    let mut rich = Rich::default();
    rich.bold(WORDS_FILE);
    let mut under = Vec::new();
    match file.map(|file| read_words(&file.text)) {
        None => {
            rich.push("\n").push(text::no_words_file(script));
        }
        Some(Err(error)) => {
            let line = error.line.map_or_else(String::new, |line| format!("{line}: "));
            rich.push("\n").push(&text::words_broken(script, &format!("{line}{}", error.message)));
            under.push(button(text::download(script), Press::WordsFile));
        }
        Some(Ok(words)) => {
            show(&mut rich, &words, script);
            under.push(button(text::download(script), Press::WordsFile));
        }
    }
    rich.push("\n\n").push(text::words_usage(script));
    Ok(shelf::body(rich, rows([under])))
}

fn show(rich: &mut Rich, words: &Words, script: Script) {
    let parks = words.park.iter().map(|park| format!("{} = {}", park.name, park.aliases.join(" = "))).collect();
    let same = words.same.iter().map(|group| group.words().join(" = ")).collect();
    let ask = words.ask.iter().map(|group| format!("{} → {}", group.say.join(" "), group.find.join(" "))).collect();
    let all: [(&str, Vec<String>); 3] =
        [(text::words_parks(script), parks), (text::words_same(script), same), (text::words_ask(script), ask)];
    for (title, lines) in all.iter().filter(|(_, lines)| !lines.is_empty()) {
        rich.push("\n\n").push(title);
        for line in lines.iter().take(MAX_LINES) {
            rich.push("\n· ").push(&shortened(line.trim_end_matches(" = "), MAX_LINE_CHARS));
        }
        if lines.len() > MAX_LINES {
            rich.push("\n").push(&text::and_more(script, lines.len() - MAX_LINES));
        }
    }
}

/// Does what stands after the command, and says what became of it.
pub(super) async fn change(work: &Work, typed: &str) -> anyhow::Result<()> {
    let said = match words_file::parse(typed) {
        Ok(Typed::Add(words)) => added(work, words).await?,
        Ok(Typed::Remove(word)) => removed(work, word).await?,
        Err(refused) => plain(&why(work.script, &refused)),
    };
    work.say(said).await;
    Ok(())
}

async fn removed(work: &Work, word: String) -> anyhow::Result<Body> {
    let (office, script) = (&work.desk.office, work.script);
    let _changing = office.changing.lock().await;
    let (folder, given) = (office.knowledge.clone(), word.clone());
    let left = tokio::task::spawn_blocking(move || -> anyhow::Result<Result<_, Refused>> {
        let old = folder::read_text(&folder, WORDS_FILE)?.unwrap_or_default();
        Ok(match words_file::remove(&old.text, &given) {
            Ok((text, left)) => {
                folder::write_text(&folder, WORDS_FILE, &Text { text, ..old })?;
                Ok((left, old.encoding))
            }
            Err(refused) => Err(refused),
        })
    })
    .await??;
    work.note("words", &format!("{word} ="), if left.is_ok() { "removed" } else { "refused" }).await?;
    match left {
        Ok((left, was)) => {
            Ok(reloadable(&format!("{}{}", text::word_removed(script, &word, &left), recoded(was, script)), script))
        }
        Err(Refused::Unknown) => {
            Ok(plain(&text::not_among_words(script, &shortened(&word.replace(char::is_control, " "), MAX_LINE_CHARS))))
        }
        Err(refused) => Ok(plain(&why(script, &refused))),
    }
}

/// Where a file was written otherwise than it was found, that it was.
fn recoded(was: Encoding, script: Script) -> &'static str {
    if was == Encoding::Other { text::words_recoded(script) } else { "" }
}

/// What was changed, with the button that puts it into effect.
fn reloadable(said: &str, script: Script) -> Body {
    let mut rich = Rich::default();
    rich.push(said);
    shelf::body(rich, rows([vec![button(text::reload_now(script), Press::Reload)]]))
}

async fn added(work: &Work, words: Vec<String>) -> anyhow::Result<Body> {
    let (office, script) = (&work.desk.office, work.script);
    let edition = work.desk.editions.current();
    let knowledge = &edition.generation.knowledge;
    let called = |park: &crate::answer::Park| Called { name: park.name.clone(), aliases: park.aliases.clone() };
    let parks: Vec<Called> = knowledge.parks.all.iter().map(called).collect();
    let _changing = office.changing.lock().await;
    let (folder, given) = (office.knowledge.clone(), words.clone());
    let added = tokio::task::spawn_blocking(move || -> anyhow::Result<Result<_, Refused>> {
        let old = folder::read_text(&folder, WORDS_FILE)?.unwrap_or_default();
        let (text, added) = match words_file::add(&old.text, &given, &parks) {
            Ok(done) => done,
            Err(refused) => return Ok(Err(refused)),
        };
        if text != old.text {
            folder::write_text(&folder, WORDS_FILE, &Text { text, ..old })?;
        }
        Ok(Ok((added, old.encoding)))
    })
    .await??;
    let detail = words.join(" = ");
    let (added, was) = match added {
        Ok(done) => done,
        Err(refused) => {
            work.note("words", &detail, "refused").await?;
            return Ok(plain(&why(script, &refused)));
        }
    };
    work.note("words", &detail, if added == Added::Nothing { "known" } else { "added" }).await?;
    let said = match &added {
        Added::Nothing => return Ok(plain(text::words_known(script))),
        Added::Aliases { park, names } => text::alias_added(script, park, names),
        Added::Same(group) => {
            let is_held = group.iter().any(|word| is_held(knowledge, word));
            let unheld = if is_held { "" } else { text::words_unheld(script) };
            let slight: Vec<String> = words.iter().filter(|word| is_slight(word)).cloned().collect();
            let slight = if slight.is_empty() { String::new() } else { text::words_slight(script, &slight) };
            format!("{}{unheld}{slight}", text::same_added(script, group))
        }
    };
    Ok(reloadable(&format!("{said}{}", recoded(was, script)), script))
}

/// Sends the file.
pub(super) async fn send(pressed: &PressedWork) -> anyhow::Result<()> {
    let work = &pressed.work;
    pressed.button.end();
    let knowledge = work.desk.office.knowledge.clone();
    let bytes = tokio::task::spawn_blocking(move || folder::read(&knowledge, WORDS_FILE)).await??;
    work.note("download", WORDS_FILE, "sent").await?;
    work.send_file(WORDS_FILE.to_owned(), bytes, String::new()).await;
    Ok(())
}

fn why(script: Script, refused: &Refused) -> String {
    match refused {
        Refused::Word(word) => text::no_word(script, word),
        Refused::SeveralParks(parks) => text::several_parks(script, parks),
        // Only what is to be removed can be unknown.
        Refused::Usage | Refused::Unknown => text::words_usage(script).to_owned(),
        Refused::SeveralGroups => text::several_groups(script).to_owned(),
        Refused::File(cause) => text::words_broken(script, cause),
    }
}

/// Whether some passage holds a word, as far as its characters tell.
fn is_held(knowledge: &Knowledge, word: &str) -> bool {
    let terms = knowledge.analyzer.terms(&fold(word).chars);
    let of = |kind: Kind| -> Vec<String> {
        terms.iter().filter(|term| term.kind == kind).map(|term| term.text.clone()).collect()
    };
    let pairs = of(Kind::Bigram);
    let (kind, terms) = if pairs.is_empty() { (Kind::Unigram, of(Kind::Unigram)) } else { (Kind::Bigram, pairs) };
    !knowledge.index.holding(kind, &terms, &[], 1).is_empty()
}
