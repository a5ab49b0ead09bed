//! What the documents lack: questions that were declined or got 👎, similar ones together. They are what people wrote, so
//! they are for operators only.

use std::collections::{BTreeSet, HashMap};
use std::panic::resume_unwind;

use serde::{Deserialize, Serialize};

use crate::analysis::script::folded;
use crate::answer::Outcome;
use crate::journal::{Journal, JournalError, Seconds, StoredQuestion, now};

/// Questions are similar from this share of common pairs of characters on: 菊园有多少院士 and 菊园有几位院士.
const LEAST_SHARED: f64 = 0.5;
/// Questions that are looked at, the newest first: more than anybody mends, and grouped in a second.
const MAX_QUESTIONS: u32 = 10_000;
/// Different wordings that are kept of one gap.
const MAX_WORDINGS: usize = 10;
const DAY: Seconds = 24 * 3600;

/// Similar questions that the documents do not answer well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// How it was asked, the newest wording first; at most ten.
    pub questions: Vec<String>,
    /// How often it was asked.
    pub asked: u32,
    /// How often it was declined.
    pub declined: u32,
    /// How often an answer to it got 👎.
    pub bad: u32,
    /// Words of the questions that no document holds, most often missing first.
    pub missing: Vec<String>,
    /// When it was last asked.
    pub last: Seconds,
}

/// The gaps of the last days, most asked first; of the newest ten thousand questions where there were more.
///
/// # Errors
/// If the journal cannot be read.
pub async fn gaps(journal: &Journal, days: u32) -> Result<Vec<Gap>, JournalError> {
    let questions = journal.gaps(now() - DAY * Seconds::from(days), MAX_QUESTIONS).await?;
    // Away from the threads that keep conversations going; where the program ends meanwhile, nobody reads it.
    let grouping = tokio::task::spawn_blocking(move || grouped(&questions)).await;
    Ok(grouping
        .unwrap_or_else(|error| error.try_into_panic().map_or_else(|_| Vec::new(), |panic| resume_unwind(panic))))
}

/// Puts similar questions together; they come newest first.
fn grouped(questions: &[StoredQuestion]) -> Vec<Gap> {
    let mut groups: Vec<Vec<&StoredQuestion>> = Vec::new();
    // By group: how many pairs its first question has. By pair: the groups whose first question has it.
    let mut sizes: Vec<usize> = Vec::new();
    let mut holding: HashMap<[char; 2], Vec<usize>> = HashMap::new();
    for stored in questions {
        let pairs = pairs(&stored.question.text);
        let mut common: Vec<usize> = vec![0; groups.len()];
        pairs.iter().filter_map(|pair| holding.get(pair)).flatten().for_each(|&group| common[group] += 1);
        // The share of common pairs (Dice).
        let shared =
            |(group, common): (usize, usize)| (group, 2.0 * common as f64 / (pairs.len() + sizes[group]) as f64);
        let similar = common.into_iter().enumerate().map(shared).filter(|(_, shared)| *shared >= LEAST_SHARED);
        if let Some((group, _)) = similar.max_by(|(_, a), (_, b)| a.total_cmp(b)) {
            groups[group].push(stored);
            continue;
        }
        for pair in &pairs {
            holding.entry(*pair).or_default().push(groups.len());
        }
        sizes.push(pairs.len());
        groups.push(vec![stored]);
    }
    let mut gaps: Vec<Gap> = groups.iter().map(|members| gap(members)).collect();
    gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.asked), std::cmp::Reverse(gap.last)));
    gaps
}

fn gap(members: &[&StoredQuestion]) -> Gap {
    let count = |wanted: bool| {
        members.iter().filter(|stored| (stored.question.outcome == Outcome::Declined) == wanted).count() as u32
    };
    let mut questions: Vec<String> = Vec::new();
    let mut missing: Vec<(String, usize)> = Vec::new();
    for stored in members {
        if questions.len() < MAX_WORDINGS && !questions.contains(&stored.question.text) {
            questions.push(stored.question.text.clone());
        }
        for word in &stored.question.missing {
            match missing.iter_mut().find(|(known, _)| known == word) {
                Some((_, count)) => *count += 1,
                None => missing.push((word.clone(), 1)),
            }
        }
    }
    missing.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Gap {
        questions,
        asked: members.len() as u32,
        declined: count(true),
        bad: count(false),
        missing: missing.into_iter().map(|(word, _)| word).collect(),
        last: members.iter().map(|stored| stored.question.asked_at).max().unwrap_or_default(),
    }
}

/// The pairs of neighbouring letters of a question, folded; of a single letter that letter twice, and of none a space.
fn pairs(text: &str) -> BTreeSet<[char; 2]> {
    let letters: Vec<char> = folded(text).chars().filter(|c| c.is_alphanumeric()).collect();
    match letters.as_slice() {
        [] => BTreeSet::from([[' '; 2]]),
        [only] => BTreeSet::from([[*only; 2]]),
        letters => letters.windows(2).map(|pair| [pair[0], pair[1]]).collect(),
    }
}

/// The gaps as a table that spreadsheets open: UTF-8 with a mark, a gap a row.
pub fn csv(gaps: &[Gap]) -> String {
    let mut text = String::from("\u{feff}question,asked,declined,bad,missing,last asked (UTC),other wordings\r\n");
    for gap in gaps {
        let (first, others) = gap.questions.split_first().map_or(("", &[][..]), |(f, o)| (f.as_str(), o));
        let row = [
            cell(first),
            gap.asked.to_string(),
            gap.declined.to_string(),
            gap.bad.to_string(),
            cell(&gap.missing.join(" ")),
            crate::journal::stamp(gap.last),
            cell(&others.join("\n")),
        ];
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell in quotation marks. What a spreadsheet would calculate is text: people wrote it.
fn cell(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::config::Secret;
    use crate::journal::{Question, QuestionId};

    static JOURNAL: LazyLock<Journal> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder");
        Journal::open(folder.path(), &Secret::random()).expect("a journal").journal
    });

    fn stored(number: i64, text: &str, outcome: Outcome, missing: &[&str]) -> StoredQuestion {
        let journal = &*JOURNAL;
        let question = Question {
            asked_at: 1000 - number,
            person: journal.person(1),
            chat: journal.chat(1),
            message: None,
            answer_message: None,
            text: text.to_owned(),
            about: None,
            script: "zh-Hans".to_owned(),
            outcome,
            confidence: 0.1,
            generation: String::new(),
            park: None,
            missing: missing.iter().map(|word| (*word).to_owned()).collect(),
            micros: 1,
            citations: Vec::new(),
        };
        StoredQuestion { id: QuestionId(number), question }
    }

    #[test]
    fn similar_questions_are_one_gap() {
        let gaps = grouped(&[
            stored(1, "菊園有地鐵站嗎", Outcome::Declined, &["地铁"]),
            stored(2, "怎么报名", Outcome::Declined, &[]),
            stored(3, "菊园有地铁站吗？", Outcome::Unsure, &["地铁", "站"]),
            stored(4, "菊园有没有地铁站", Outcome::Declined, &["地铁"]),
        ]);
        assert_eq!(gaps.len(), 2);
        let Gap { asked, declined, bad, last, .. } = gaps[0];
        assert_eq!((asked, declined, bad, last), (3, 2, 1, 999));
        assert_eq!(gaps[0].questions, ["菊園有地鐵站嗎", "菊园有地铁站吗？", "菊园有没有地铁站"]);
        assert_eq!(gaps[0].missing, ["地铁", "站"]);
        assert_eq!(gaps[1].questions, ["怎么报名"]);
    }

    #[test]
    fn questions_without_letters_are_one_gap_and_share_nothing_with_others() {
        let ask = |number, text| stored(number, text, Outcome::Declined, &[]);
        let gaps = grouped(&[ask(1, "？？"), ask(2, "园"), ask(3, "！"), ask(4, "园区")]);
        let seen: Vec<u32> = gaps.iter().map(|gap| gap.asked).collect();
        assert_eq!(seen, [2, 1, 1]);
    }

    #[test]
    fn as_many_questions_as_are_looked_at_are_grouped_soon() {
        // All begin alike, as questions about one park do, and each asks for something else.
        let different = |number: u32| {
            let letter =
                |at: u32| char::from_u32(0x4e00 + (number * 7919 + at * 104_729) % 20_000).expect("a character");
            format!("星湖园的{}在哪里", (0..8).map(letter).collect::<String>())
        };
        let questions: Vec<StoredQuestion> =
            (0..MAX_QUESTIONS).map(|at| stored(at.into(), &different(at), Outcome::Declined, &[])).collect();
        let started = Instant::now();
        let gaps = grouped(&questions);
        assert_eq!(gaps.iter().map(|gap| gap.asked).sum::<u32>(), MAX_QUESTIONS);
        assert!(gaps.len() > 1000, "{}", gaps.len());
        assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
    }

    #[test]
    fn a_question_is_text_to_a_spreadsheet() {
        let csv = csv(&grouped(&[stored(1, "=HYPERLINK(\"x\")", Outcome::Declined, &[])]));
        assert!(csv.starts_with('\u{feff}') && csv.contains("\"'=HYPERLINK(\"\"x\"\")\",1,1,0"), "{csv}");
    }
}
