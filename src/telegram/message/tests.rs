//! Whatever the answer, the message is one that Telegram takes: the local Telegram judges.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::*;
use crate::answer::{Answer, Listing, Nearest};
use crate::corpus::Date;
use crate::local_telegram::check_message;
use crate::telegram::callback::Reading;

/// Text with everything that is hard to count or cut.
fn hard() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ \n\t园区大零号湾a-zA-Z0-9。，]{0,40}",
        "\\PC{0,30}",
        any::<String>(),
        Just("👨‍👩‍👧".repeat(300)),
        Just("𠀀\u{202e}\u{0}\r\n ".repeat(60)),
        Just("园".repeat(5000)),
    ]
}

fn excerpts() -> impl Strategy<Value = Excerpt> {
    (hard(), vec(any::<(prop::sample::Index, prop::sample::Index)>(), 0..40)).prop_map(|(text, cuts)| {
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut places: Vec<usize> = cuts.iter().flat_map(|(a, b)| [*a.get(&borders), *b.get(&borders)]).collect();
        places.sort_unstable();
        let highlights = places.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
        Excerpt { end: text.len(), text, start: 0, highlights }
    })
}

prop_compose! {
    fn sources()(title in hard(), publisher in option::of(hard()), url in option::of(prop_oneof![
        hard(), Just("https://www.shanghai.gov.cn/政策?a=1".to_owned()), Just("http://[::1]/".to_owned()),
    ])) -> Source {
        Source { title, publisher, url, published: "2024-03".to_owned().try_into().ok(), ..Source::default() }
    }
}

prop_compose! {
    fn lapses()(title in option::of(hard()), is_over in any::<bool>()) -> Lapse {
        let day: Option<Date> = "2024-03-01".to_owned().try_into().ok();
        let (expired, begins) = if is_over { (day, None) } else { (None, day) };
        Lapse { expired, begins, replaced_by: title }
    }
}

prop_compose! {
    fn citations()(
        excerpt in excerpts(), headings in vec(hard(), 0..4), source in sources(), passage in 0usize..9,
        lapse in option::of(lapses()),
    ) -> Citation {
        Citation { passage, excerpt, headings, source, confidence: 0.5, lapse }
    }
}

fn understandings() -> impl Strategy<Value = Understood> {
    prop_oneof![
        (hard(), hard()).prop_map(|(typed, read)| Understood::Repaired { typed, read }),
        (hard(), vec(hard(), 0..5)).prop_map(|(typed, read)| Understood::Expanded { typed, read }),
        hard().prop_map(|park| Understood::Carried { park }),
    ]
}

prop_compose! {
    fn replies()(
        outcome in prop_oneof![Just(Outcome::Answered), Just(Outcome::Unsure), Just(Outcome::Declined)],
        citations in vec(citations(), 0..9),
        understood in vec(understandings(), 0..6),
        missing in vec(hard(), 0..6),
        nearest in vec((hard(), sources()), 0..3),
        parks in vec(option::of(citations()), 0..6),
        listing in option::of((hard(), vec(hard(), 2..13))),
        first in 1usize..4,
    ) -> Reply {
        let nearest = nearest.into_iter().map(|(heading, source)| Nearest { passage: 0, headings: vec![heading], source });
        let answer = Answer {
            outcome, confidence: 0.5, understood, missing, citations, nearest: nearest.collect(),
            listing: listing.map(|(heading, items)| Listing { heading, items }), parks: BTreeSet::new(),
        };
        Reply { answer, reading: Reading::default(), first, by_park: parks.into_iter().enumerate().collect() }
    }
}

/// The message as Telegram gets it.
fn check(rich: Rich) -> Result<(), TestCaseError> {
    let (text, entities) = rich.finish();
    if text.is_empty() {
        return Ok(());
    }
    let ours = serde_json::to_value(&entities).expect("entities are JSON");
    let stands =
        check_message(&text, &ours).map_err(|refusal| TestCaseError::fail(format!("{refusal:?}\n{text:?}\n{ours}")))?;
    prop_assert_eq!(&stands.0, &text);
    for entity in entities {
        prop_assert!(
            stands.1.iter().any(|other| (other.offset, other.length) == (entity.offset, entity.length)),
            "{:?}",
            entity
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_answer_is_a_message_that_telegram_takes(
        reply in replies(), page in 0u8..4, asked in option::of(hard()), notes in vec(hard(), 0..2),
    ) {
        for script in Script::ALL {
            let frame = Frame { asked: asked.clone(), about: asked.clone(), notes: notes.clone() };
            check(answer(&reply, &Parks::default(), page, script, &frame))?;
        }
    }

    #[test]
    fn every_passage_is_a_message_that_telegram_takes(text in hard(), from in sources(), heading in hard(), cut in any::<(u8, u8)>()) {
        let marked = usize::from(cut.0.min(cut.1))..usize::from(cut.0.max(cut.1));
        check(passage(&text, Some(marked), &from, &[heading], None, Script::Simplified))?;
    }
}

#[test]
fn the_thing_that_is_missing_is_said_without_the_words_that_ask() {
    for (asked, thing) in [
        ("利率是多少", "利率"),
        ("收多少管理费", "管理费"),
        ("月租多少元", "月租"),
        ("哪条路", "哪条路"),
        ("多少", "多少"),
    ] {
        assert_eq!(detail(asked), thing);
    }
}

#[test]
fn what_must_not_be_relied_on_says_so() {
    let until: Option<Date> = "2024-06-30".to_owned().try_into().ok();
    let from = Source { title: "旧办法".into(), valid_until: until.clone(), ..Source::default() };
    let lapse = Lapse { expired: until, begins: None, replaced_by: Some("新办法".into()) };
    let shown = |lapse, script| passage("每月800元。", None, &from, &[], lapse, script).finish().0;
    assert_eq!(shown(None, Script::Simplified), "每月800元。\n旧办法\n有效期至 2024-06-30");
    let lapsed = |script| shown(Some(&lapse), script);
    assert_eq!(lapsed(Script::Simplified), "每月800元。\n旧办法\n⚠ 已于2024-06-30失效，以《新办法》为准");
    assert_eq!(lapsed(Script::Traditional), "每月800元。\n旧办法\n⚠ 已於2024-06-30失效，以《新办法》為準");
    assert_eq!(lapsed(Script::English), "每月800元。\n旧办法\n⚠ expired on 2024-06-30; see 新办法 instead");
}

#[test]
fn a_long_passage_is_shown_around_what_is_marked() {
    let text = format!("{}重点{}", "前".repeat(5000), "后".repeat(5000));
    let at = "前".len() * 5000;
    let (shown, _) =
        passage(&text, Some(at..at + "重点".len()), &Source::default(), &[], None, Script::Simplified).finish();
    assert!(shown.starts_with('…') && shown.contains("前重点后"));
}
