//! What a button of an answer carries: enough to do its work after a restart.

use std::fmt;

use crate::journal::{QuestionId, Verdict};

use super::carried::{Carried, Digits};
use super::script::Script;

/// The beginning of a generation's id: two loaded ones share it by chance once in 2³² times.
pub(crate) type ShortId = Digits<8>;

/// What of an answer a message shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct View {
    /// The question in the journal.
    pub(crate) question: QuestionId,
    /// The generation that answers.
    pub(crate) generation: ShortId,
    /// How it answers.
    pub(crate) reading: Reading,
    /// The page of citations.
    pub(crate) page: u8,
}

/// How a question is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Reading {
    /// Nothing is repaired or expanded.
    pub(crate) literal: bool,
    /// The number of a park taken from before.
    pub(crate) carried: Option<u16>,
    /// The number of a park that the person chose.
    pub(crate) narrowed: Option<u16>,
}

/// A button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Press {
    /// Shows an answer.
    Show(View),
    /// Shows the passage of a citation of the page.
    Context(View, u8),
    /// Rates what is shown.
    Rate(View, Verdict),
    /// Answers a question from the documents as they are now.
    Again(QuestionId),
    /// Asks the question that a passage answers.
    Example(ShortId, u32),
    /// Shows a passage near a declined question.
    Near(View, u32),
    /// Shows a passage of a document that somebody reads.
    Read(ShortId, u32),
    /// Shows the passage of a card of inline mode, its excerpt marked: from byte to byte of the document.
    Around(ShortId, u32, u32, u32),
    /// Shows that card again.
    Card(ShortId, u32, u32, u32),
    /// Shows a page of the parks.
    Parks(u16),
    /// Shows a page of the documents of a park.
    Park(ShortId, u16, u16),
    /// Shows a page of the outline of a document.
    Outline(ShortId, u16, u16),
    /// Chooses a language; `None` lets it be learned.
    Language(Option<Script>),
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.literal { "l" } else { "" })?;
        self.carried.map_or(Ok(()), |park| write!(f, "c{park}"))?;
        self.narrowed.map_or(Ok(()), |park| write!(f, "n{park}"))
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.question.0, self.generation, self.reading, self.page)
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Show(view) => write!(f, "s:{view}"),
            Self::Context(view, place) => write!(f, "c:{view}:{place}"),
            Self::Rate(view, Verdict::Good) => write!(f, "g:{view}"),
            Self::Rate(view, Verdict::Bad) => write!(f, "b:{view}"),
            Self::Again(question) => write!(f, "a:{}", question.0),
            Self::Example(generation, passage) => write!(f, "x:{generation}:{passage}"),
            Self::Near(view, passage) => write!(f, "n:{view}:{passage}"),
            Self::Read(generation, passage) => write!(f, "r:{generation}:{passage}"),
            Self::Around(generation, passage, start, end) => write!(f, "i:{generation}:{passage}:{start}:{end}"),
            Self::Card(generation, passage, start, end) => write!(f, "j:{generation}:{passage}:{start}:{end}"),
            Self::Parks(page) => write!(f, "P:{page}"),
            Self::Park(generation, park, page) => write!(f, "K:{generation}:{park}:{page}"),
            Self::Outline(generation, document, page) => write!(f, "O:{generation}:{document}:{page}"),
            Self::Language(script) => write!(f, "L:{}", script.map_or("", Script::tag)),
        }
    }
}

impl Carried for Press {
    fn read(words: &[&str]) -> Option<Self> {
        Some(match words {
            ["s", view @ ..] => Self::Show(parse_view(view)?),
            ["c", view @ .., place] => Self::Context(parse_view(view)?, number(place)?),
            ["g", view @ ..] => Self::Rate(parse_view(view)?, Verdict::Good),
            ["b", view @ ..] => Self::Rate(parse_view(view)?, Verdict::Bad),
            ["a", question] => Self::Again(QuestionId(number(question)?)),
            ["x", generation, passage] => Self::Example(ShortId::parse(generation)?, number(passage)?),
            ["n", view @ .., passage] => Self::Near(parse_view(view)?, number(passage)?),
            ["r", generation, passage] => Self::Read(ShortId::parse(generation)?, number(passage)?),
            [kind @ ("i" | "j"), generation, passage, start, end] => {
                let generation = ShortId::parse(generation)?;
                let (passage, start, end) = (number(passage)?, number(start)?, number(end)?);
                if *kind == "i" {
                    Self::Around(generation, passage, start, end)
                } else {
                    Self::Card(generation, passage, start, end)
                }
            }
            ["P", page] => Self::Parks(number(page)?),
            ["K", generation, park, page] => Self::Park(ShortId::parse(generation)?, number(park)?, number(page)?),
            ["O", generation, document, page] => {
                Self::Outline(ShortId::parse(generation)?, number(document)?, number(page)?)
            }
            ["L", ""] => Self::Language(None),
            ["L", tag] => Self::Language(Some(Script::of_tag(tag)?)),
            _ => return None,
        })
    }
}

fn parse_view(parts: &[&str]) -> Option<View> {
    let [question, generation, reading, page] = parts else { return None };
    Some(View {
        question: QuestionId(number(question)?),
        generation: ShortId::parse(generation)?,
        reading: parse_reading(reading)?,
        page: number(page)?,
    })
}

fn parse_reading(text: &str) -> Option<Reading> {
    let (literal, text) = text.strip_prefix('l').map_or((false, text), |rest| (true, rest));
    let (text, narrowed) = match text.split_once('n') {
        Some((rest, park)) => (rest, Some(number(park)?)),
        None => (text, None),
    };
    let carried = match text.strip_prefix('c') {
        Some(park) => Some(number(park)?),
        None if text.is_empty() => None,
        None => return None,
    };
    Some(Reading { literal, carried, narrowed })
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::telegram::carried::{is_ours_or_nothing, survives};

    fn readings() -> impl Strategy<Value = Reading> {
        any::<(bool, Option<u16>, Option<u16>)>().prop_map(|(literal, carried, narrowed)| Reading {
            literal,
            carried,
            narrowed,
        })
    }

    prop_compose! {
        fn views()(question in any::<i64>(), id in "[0-9a-f]{16}", reading in readings(), page in any::<u8>()) -> View {
            let generation = ShortId::of(&id).expect("hexadecimal digits are an id");
            View { question: QuestionId(question), generation, reading, page }
        }
    }

    fn presses() -> impl Strategy<Value = Press> {
        let verdict = prop_oneof![Just(Verdict::Good), Just(Verdict::Bad)];
        let script = prop::option::of(prop::sample::select(Script::ALL.to_vec()));
        prop_oneof![
            views().prop_map(Press::Show),
            (views(), any::<u8>()).prop_map(|(view, place)| Press::Context(view, place)),
            (views(), verdict).prop_map(|(view, verdict)| Press::Rate(view, verdict)),
            any::<i64>().prop_map(|id| Press::Again(QuestionId(id))),
            (views(), any::<u32>()).prop_map(|(view, passage)| Press::Near(view, passage)),
            (views(), any::<[u32; 3]>()).prop_map(|(view, [a, b, c])| Press::Around(view.generation, a, b, c)),
            (views(), any::<[u32; 3]>()).prop_map(|(view, [a, b, c])| Press::Card(view.generation, a, b, c)),
            (views(), any::<u32>()).prop_map(|(view, passage)| Press::Read(view.generation, passage)),
            (views(), any::<u32>()).prop_map(|(view, passage)| Press::Example(view.generation, passage)),
            (views(), any::<[u16; 2]>()).prop_map(|(view, [a, b])| Press::Park(view.generation, a, b)),
            (views(), any::<[u16; 2]>()).prop_map(|(view, [a, b])| Press::Outline(view.generation, a, b)),
            script.prop_map(Press::Language),
            any::<u16>().prop_map(Press::Parks),
        ]
    }

    proptest! {
        #[test]
        fn a_button_fits_and_is_read_as_it_was_written(press in presses()) {
            survives(&press);
        }

        #[test]
        fn what_we_never_wrote_is_nothing(data in "[scgbaxnrijPKOL]?(:[0-9a-fln+-]{0,9}){0,6}|.{0,80}") {
            is_ours_or_nothing::<Press>(&data);
        }
    }
}
