//! Answers and passages as text and entities of a message. Pure: knows no buttons, no journal, no sending.

use std::ops::Range;

use teloxide::types::MessageEntityKind;

use crate::analysis::script::{self as characters, slice};
use crate::answer::{Citation, Excerpt, Lapse, Outcome, Parks, Understood};
use crate::corpus::Source;

use super::reply::Reply;
use super::rich::{Rich, address, shortened};
use super::script::{self, Script};
use super::text;

/// The longest title that is shown, in characters.
const MAX_TITLE_CHARS: usize = 60;
/// The longest heading or publisher that is shown, in characters.
const MAX_HEADING_CHARS: usize = 40;
/// Headings of a path that are shown, innermost first.
const MAX_HEADINGS: usize = 2;
/// The longest excerpt that is shown, in characters; an answer keeps its own far shorter bound.
const MAX_EXCERPT_CHARS: usize = 600;
/// The longest passage that is shown, in characters; the rest of the message has room beside it.
const MAX_PASSAGE_CHARS: usize = 3000;
/// Words in bold in one excerpt. Six excerpts and their links stay below Telegram's hundred entities.
const MAX_BOLD: usize = 14;
/// The longest word that is repeated from a question, in characters.
const MAX_WORD_CHARS: usize = 16;
/// Words that are repeated from a question.
const MAX_WORDS: usize = 3;
/// The longest question over its answer, in characters.
const MAX_ASKED_CHARS: usize = 80;

/// The most that is repeated from the question before, in characters.
const MAX_TAKEN_CHARS: usize = 40;
/// The longest warning, in characters; it names a title.
const MAX_WARNING_CHARS: usize = 100;

/// What stands around an answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// The question, where a message does not stand right under it.
    pub(crate) asked: Option<String>,
    /// What the question takes from the one before it.
    pub(crate) about: Option<String>,
    /// Sentences under the answer.
    pub(crate) notes: Vec<String>,
}

/// An answer.
pub(crate) fn answer(reply: &Reply, parks: &Parks, page: u8, script: Script, frame: &Frame) -> Rich {
    let mut rich = Rich::default();
    if let Some(asked) = &frame.asked {
        rich.bold(&shortened(asked, MAX_ASKED_CHARS)).push("\n");
    }
    let understood = understood(&reply.answer.understood, frame.about.as_deref(), script);
    if !understood.is_empty() {
        rich.italic(&understood).push("\n");
    }
    match reply.answer.outcome {
        Outcome::Declined => {
            declined(&mut rich, reply, script, frame);
            return rich;
        }
        _ if reply.by_park.is_empty() => cited(&mut rich, reply, page, script),
        _ => by_park(&mut rich, reply, parks, script),
    }
    for note in &frame.notes {
        rich.push("\n").push(note);
    }
    rich
}

fn cited(rich: &mut Rich, reply: &Reply, page: u8, script: Script) {
    let (answer, citations) = (&reply.answer, reply.page(page));
    if answer.outcome == Outcome::Unsure {
        rich.bold(text::unsure(script)).push("\n");
    }
    let Some((first, further)) = citations.split_first() else { return };
    quote(rich, &first.excerpt);
    source(rich, &first.source, &first.headings, first.lapse.as_ref(), script);
    if let Some(listing) = answer.listing.as_ref().filter(|_| page == 0) {
        rich.push("\n").push(&text::listed_under(script, &shortened(&listing.heading, MAX_HEADING_CHARS)));
        for item in &listing.items {
            rich.push("\n· ").push(&shortened(item, MAX_HEADING_CHARS));
        }
    }
    let missing: Vec<String> = said(&answer.missing).iter().map(|missing| detail(missing)).collect();
    if answer.outcome == Outcome::Unsure && !missing.is_empty() && page == 0 {
        rich.push("\n").push(&text::not_given(script, mentioned(&first.excerpt), &missing));
    }
    if further.is_empty() {
        return;
    }
    rich.push("\n").push(text::further(script)).push("\n");
    rich.marked(MessageEntityKind::ExpandableBlockquote, |rich| {
        for (place, citation) in further.iter().enumerate() {
            rich.push(if place == 0 { "" } else { "\n\n" });
            excerpt(rich, &citation.excerpt);
            rich.push("\n— ");
            place_of(rich, citation, citation.source.path == first.source.path, script);
        }
    });
}

/// Where a further excerpt stands: in the same document, its section says enough.
fn place_of(rich: &mut Rich, citation: &Citation, same: bool, script: Script) {
    let section = path(&citation.headings);
    if same && !section.is_empty() {
        rich.push(&section);
    } else {
        titled(rich, &citation.source, &section);
        let facts = facts(&citation.source);
        rich.push(if facts.is_empty() { "" } else { " · " }).push(&facts);
        warning(rich, citation.lapse.as_ref(), script);
    }
}

/// That a document must not be relied on, in a line of its own.
fn warning(rich: &mut Rich, lapse: Option<&Lapse>, script: Script) {
    if let Some(lapse) = lapse {
        rich.push("\n").push(&shortened(&text::lapsed(script, lapse), MAX_WARNING_CHARS));
    }
}

fn by_park(rich: &mut Rich, reply: &Reply, parks: &Parks, script: Script) {
    // That each park's documents mention it is true however sure the answer is, unless something asked for is missing.
    let unsure = reply.answer.outcome == Outcome::Unsure && !reply.answer.missing.is_empty();
    rich.bold(if unsure { text::unsure(script) } else { text::by_park(script) });
    for (park, citation) in &reply.by_park {
        rich.push("\n\n");
        let name = parks.all.get(*park).map_or("", |park| park.name.as_str());
        rich.bold(&shortened(&script.write(name), MAX_HEADING_CHARS));
        match citation {
            None => {
                rich.push("：").push(text::nothing_here(script));
            }
            Some(citation) => {
                rich.push("\n");
                quote(rich, &citation.excerpt);
                titled(rich, &citation.source, &path(&citation.headings));
                let facts = facts(&citation.source);
                rich.push(if facts.is_empty() { "" } else { " · " }).push(&facts);
                warning(rich, citation.lapse.as_ref(), script);
            }
        }
    }
}

fn declined(rich: &mut Rich, reply: &Reply, script: Script, frame: &Frame) {
    rich.push(text::declined(script));
    let missing = said(&reply.answer.missing);
    if !missing.is_empty() {
        rich.push("\n").push(&text::not_covered(script, &missing));
    }
    for note in &frame.notes {
        rich.push("\n").push(note);
    }
    if !reply.answer.nearest.is_empty() {
        rich.push("\n\n").push(text::nearest(script));
    }
}

/// A passage as a quotation over its source, with a part of it in bold.
pub(crate) fn passage(
    passage: &str,
    marked: Option<Range<usize>>,
    from: &Source,
    headings: &[String],
    lapse: Option<&Lapse>,
    script: Script,
) -> Rich {
    let mut rich = Rich::default();
    let marked = marked.filter(|range| passage.get(range.clone()).is_some()).unwrap_or(0..0);
    let shown = window(passage, &marked);
    rich.marked(MessageEntityKind::Blockquote, |rich| {
        rich.push(if shown.start > 0 { "…" } else { "" });
        rich.push(slice(passage, shown.start..marked.start.max(shown.start)));
        rich.bold(slice(passage, marked.start.max(shown.start)..marked.end.clamp(shown.start, shown.end)));
        rich.push(slice(passage, marked.end.clamp(shown.start, shown.end)..shown.end));
        rich.push(if shown.end < passage.len() { "…" } else { "" });
    });
    rich.push("\n");
    source(&mut rich, from, headings, lapse, script);
    rich
}

/// The part of a passage that fits a message, around what is marked.
fn window(passage: &str, marked: &Range<usize>) -> Range<usize> {
    let borders: Vec<usize> = passage.char_indices().map(|(at, _)| at).chain([passage.len()]).collect();
    if borders.len() <= MAX_PASSAGE_CHARS {
        return 0..passage.len();
    }
    let first = borders.partition_point(|&at| at < marked.start);
    let from = first.saturating_sub(MAX_PASSAGE_CHARS / 3).min(borders.len() - 1 - MAX_PASSAGE_CHARS);
    borders[from]..borders[from + MAX_PASSAGE_CHARS]
}

/// An excerpt as a quotation, with a line break after it.
fn quote(rich: &mut Rich, what: &Excerpt) {
    rich.marked(MessageEntityKind::Blockquote, |rich| excerpt(rich, what));
    rich.push("\n");
}

/// An excerpt with its matched words in bold.
fn excerpt(rich: &mut Rich, excerpt: &Excerpt) {
    let text = excerpt.text.as_str();
    let end = text.char_indices().nth(MAX_EXCERPT_CHARS).map_or(text.len(), |(at, _)| at);
    let mut at = 0;
    for highlight in excerpt.highlights.iter().take(MAX_BOLD) {
        let Some(word) = text.get(highlight.clone()).filter(|_| highlight.start >= at && highlight.end <= end) else {
            continue;
        };
        rich.push(slice(text, at..highlight.start)).bold(word);
        at = highlight.end;
    }
    rich.push(slice(text, at..end)).push(if end < text.len() { "…" } else { "" });
}

/// Title › section in a line, publisher and date in another.
pub(crate) fn source(rich: &mut Rich, source: &Source, headings: &[String], lapse: Option<&Lapse>, script: Script) {
    titled(rich, source, &path(headings));
    let mut facts = facts(source);
    if let Some(until) = source.valid_until.as_ref().filter(|_| lapse.is_none_or(|lapse| lapse.expired.is_none())) {
        facts = format!("{facts}{}{}{until}", if facts.is_empty() { "" } else { " · " }, text::valid_until(script));
    }
    if !facts.is_empty() {
        rich.push("\n").push(&facts);
    }
    warning(rich, lapse, script);
}

/// The title, which leads to the original, and the section.
fn titled(rich: &mut Rich, source: &Source, section: &str) {
    let url = source.url.as_deref().and_then(address);
    rich.link(&shortened(&source.title, MAX_TITLE_CHARS), url.as_ref());
    if !section.is_empty() {
        rich.push(" › ").push(section);
    }
}

/// Publisher and date.
fn facts(source: &Source) -> String {
    let publisher = source.publisher.as_deref().map(|name| shortened(name, MAX_HEADING_CHARS));
    let date = source.published.as_ref().map(ToString::to_string);
    [publisher, date].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The innermost headings of a path.
fn path(headings: &[String]) -> String {
    let from = headings.len().saturating_sub(MAX_HEADINGS);
    let shown: Vec<String> = headings.iter().skip(from).map(|heading| shortened(heading, MAX_HEADING_CHARS)).collect();
    shown.join(" › ")
}

/// How the question was understood, in one line; empty if it was taken as typed.
fn understood(all: &[Understood], about: Option<&str>, script: Script) -> String {
    // What is taken from before is said once: the park and the words.
    let carried = |understood: &&Understood| about.is_none() || !matches!(understood, Understood::Carried { .. });
    let park = all.iter().find_map(|understood| match understood {
        Understood::Carried { park } => Some(park.as_str()),
        _ => None,
    });
    let taken = about.map(|about| park.into_iter().chain([about]).collect::<Vec<_>>().join(" "));
    let taken = taken.map(|taken| text::carried(script, &shortened(&taken, MAX_TAKEN_CHARS)));
    let said: Vec<String> = all
        .iter()
        .filter(carried)
        .take(MAX_WORDS)
        .map(|understood| match understood {
            Understood::Repaired { typed, read } => text::repaired(script, &word(typed), &word(read)),
            Understood::Expanded { typed, read } => {
                let read: Vec<String> = read.iter().take(MAX_WORDS).map(|read| word(read)).collect();
                text::expanded(script, &word(typed), &read)
            }
            Understood::Carried { park } => text::carried(script, &word(park)),
        })
        .collect();
    let said: Vec<String> = taken.into_iter().chain(said).collect();
    said.join(if script == Script::English { "; " } else { "；" })
}

fn word(text: &str) -> String {
    shortened(text, MAX_WORD_CHARS)
}

/// The missing words that are worth saying: of Chinese those of at least two characters, of others codes like G60 and CRO.
/// That no Chinese document holds “free” is clear.
fn said(missing: &[String]) -> Vec<String> {
    let is_word = |word: &&String| {
        let is_code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let han = word.chars().filter(|&c| characters::is_han(c)).count();
        han >= 2 && !script::is_foreign(word) || word.chars().filter(|&c| is_code(c)).count() >= 2
    };
    missing.iter().filter(is_word).take(MAX_WORDS).map(|missing| word(missing)).collect()
}

/// The thing that is asked for, without the words that ask: 利率 of 利率是多少, 管理费 of 收多少管理费.
fn detail(missing: &str) -> String {
    const ASKS: [&str; 4] = ["多少", "是什么", "是什麼", "是几"];
    const AROUND: [char; 9] = ['是', '有', '为', '為', '收', '要', '的', '达', '達'];
    let Some((before, after)) = ASKS.iter().find_map(|asks| missing.split_once(asks)) else {
        return missing.to_owned();
    };
    let (before, after) = (before.trim_end_matches(AROUND), after.trim_start_matches(AROUND));
    // What follows and is one character long is a measure: 月租多少元.
    let thing = if after.chars().count() > 1 { after } else { before };
    if thing.is_empty() { missing.to_owned() } else { thing.to_owned() }
}

/// What of the question an excerpt mentions: the longest word in bold.
fn mentioned(excerpt: &Excerpt) -> Option<&str> {
    let words = excerpt.highlights.iter().filter_map(|range| excerpt.text.get(range.clone()));
    let longest = words.rev().max_by_key(|word| word.chars().count())?;
    (2..=MAX_WORD_CHARS).contains(&longest.chars().count()).then_some(longest)
}

#[cfg(test)]
mod tests;
