//! Kind, short messages that answer no question: a welcome, what to say to greetings, stickers, photos, a bare word.

use teloxide::types::Message;

use crate::telegram::callback::Press;
use crate::telegram::edition::Edition;
use crate::telegram::keyboard::{self, EXAMPLES, button};
use crate::telegram::reply::Reply;
use crate::telegram::rich::Rich;
use crate::telegram::script::Script;
use crate::telegram::sender::Body;
use crate::telegram::small_talk::SmallTalk;
use crate::telegram::{shelf, text};

/// Outlines that are offered where an answer has no more sources.
const OUTLINES: usize = 3;

/// The first words to a person, with examples from the knowledge that is loaded.
pub(super) fn welcome(edition: &Edition, script: Script) -> Body {
    with_examples(edition, &format!("{}\n\n", text::welcome(script)), script)
}

/// The answer to small talk.
pub(super) fn small_talk(talk: SmallTalk, edition: &Edition, script: Script) -> Body {
    match talk {
        SmallTalk::Hello => with_examples(edition, text::hello(script), script),
        SmallTalk::Thanks => plain(text::youre_welcome(script)),
        SmallTalk::Goodbye => plain(text::goodbye(script)),
        SmallTalk::Help => plain(text::help(script)),
        SmallTalk::Praise => plain(text::praised(script)),
        SmallTalk::Noted => plain(text::noted(script)),
        SmallTalk::About => plain(text::about_the_bot(script)),
        SmallTalk::Doubt => plain(text::doubted(script)),
        SmallTalk::More | SmallTalk::Closer => plain(text::for_more(script)),
        SmallTalk::Desk => plain(text::no_desk(script)),
        SmallTalk::Refer | SmallTalk::Friendly => too_bare(edition, script),
        SmallTalk::NoWords => no_words(edition, script),
    }
}

/// The answer to nothing but emoji or punctuation.
pub(super) fn no_words(edition: &Edition, script: Script) -> Body {
    with_examples(edition, &format!("{}\n", text::no_words(script)), script)
}

/// The answer to a word too short to be looked for.
pub(super) fn too_bare(edition: &Edition, script: Script) -> Body {
    with_examples(edition, text::too_bare(script), script)
}

/// The answer to a message without words.
pub(super) fn wordless(message: &Message, edition: &Edition, script: Script) -> Body {
    let lead = if message.sticker().is_some() || message.dice().is_some() {
        text::sticker(script)
    } else if message.photo().is_some() || message.video().is_some() || message.animation().is_some() {
        text::picture(script)
    } else if message.voice().is_some() || message.audio().is_some() || message.video_note().is_some() {
        text::voice(script)
    } else if message.document().is_some() {
        text::document(script)
    } else if message.text().is_some() {
        text::link(script)
    } else {
        text::other_content(script)
    };
    with_examples(edition, &format!("{lead}\n"), script)
}

/// The end of an answer's sources: the outlines of the documents that they, or the nearest passages, come from.
pub(super) fn no_more(edition: &Edition, reply: &Reply, script: Script) -> Body {
    let corpus = &edition.generation.knowledge.corpus;
    let answer = &reply.answer;
    let all = if reply.by_park.is_empty() { answer.citations.iter().collect() } else { reply.shown(0) };
    let cited = all.into_iter().map(|citation| citation.passage);
    let mut documents: Vec<usize> = Vec::new();
    for passage in cited.chain(answer.nearest.iter().map(|near| near.passage)) {
        let document = corpus.passages.get(passage).map(|passage| passage.document);
        documents.extend(document.filter(|document| !documents.contains(document)));
    }
    let outlines = documents.into_iter().take(OUTLINES).filter_map(|document| {
        let title = &corpus.documents.get(document)?.source.title;
        let press = Press::Outline(edition.short, u16::try_from(document).ok()?, 0);
        Some(vec![button(&text::outline_of(script, title), press)])
    });
    let mut rich = Rich::default();
    rich.push(text::no_more(script));
    shelf::body(rich, keyboard::rows(outlines.chain([vec![button(text::parks(script), Press::Parks(0))]])))
}

/// The answer to nothing but the name of a park: questions about it, and its outline.
pub(super) fn about_park(edition: &Edition, park: usize, script: Script) -> Body {
    let all = &edition.generation.knowledge.parks.all;
    let name = all.get(park).map_or("", |park| park.name.as_str());
    let mut rich = Rich::default();
    rich.push(&text::about_park(script, name));
    let examples = edition.examples_of(park).into_iter().take(EXAMPLES);
    let mut rows: Vec<_> = examples
        .map(|example| vec![button(&example.question, Press::Example(edition.short, example.passage))])
        .collect();
    rows.extend(
        u16::try_from(park).ok().map(|park| vec![button(text::outline(script), Press::Park(edition.short, park, 0))]),
    );
    shelf::body(rich, keyboard::rows(rows))
}

/// A message of text alone.
pub(super) fn plain(text: &str) -> Body {
    Body { text: text.to_owned(), ..Body::default() }
}

/// A message with examples under it.
fn with_examples(edition: &Edition, lead: &str, script: Script) -> Body {
    let mut rich = Rich::default();
    rich.push(lead);
    if !edition.examples.is_empty() {
        rich.push(text::for_example(script));
    }
    shelf::body(rich, keyboard::examples(&edition.examples, edition.short))
}
