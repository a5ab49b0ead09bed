//! Questions and how they were answered. They are personal data: nobody logs them at info.

use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row, params, params_from_iter};

use super::{ChatKey, Journal, JournalError, PersonKey, Seconds};
use crate::answer::Outcome;

/// Number of a question; small enough for a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub i64);

/// What an answer quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Path of the document below the knowledge folder.
    pub document: String,
    /// Number of the passage in its generation.
    pub passage: u32,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// When it was asked.
    pub asked_at: Seconds,
    /// Who asked.
    pub person: PersonKey,
    /// Where.
    pub chat: ChatKey,
    /// The message that asks; `None` where there is none, as in inline mode.
    pub message: Option<i32>,
    /// The message that answers; `None` until it was sent.
    pub answer_message: Option<i32>,
    /// What was asked.
    pub text: String,
    /// What it takes from the question before it; `None` where it stands for itself.
    pub about: Option<String>,
    /// The language and script it was asked in, such as `zh-Hant`.
    pub script: String,
    /// How it ended.
    pub outcome: Outcome,
    /// From 0 to 1.
    pub confidence: f64,
    /// The generation that answered.
    pub generation: String,
    /// The park it is about; `None` where it names none.
    pub park: Option<String>,
    /// The words that no document covers.
    pub missing: Vec<String>,
    /// How long answering took, in microseconds.
    pub micros: u64,
    /// What was quoted, best first.
    pub citations: Vec<Cited>,
}

/// A question in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredQuestion {
    /// Its number.
    pub id: QuestionId,
    /// The question.
    pub question: Question,
}

const COLUMNS: &str = "id, asked_at, person, chat, message, answer_message, text, script, outcome, confidence, \
                       generation, park, missing, micros, about";

impl Journal {
    /// Writes a question down.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn add_question(&self, question: Question) -> Result<QuestionId, JournalError> {
        self.run(move |db| {
            db.prepare_cached(
                "INSERT INTO questions (asked_at, person, chat, message, answer_message, text, script, outcome,
                    confidence, generation, park, missing, micros, about)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params_from_iter(values(&question)))?;
            let id = db.last_insert_rowid();
            cite(db, id, &question.citations)?;
            Ok(QuestionId(id))
        })
        .await
    }

    /// Puts another question into the place of one, as when its message was edited; its ratings go with it.
    /// Says whether it was there.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn replace_question(&self, id: QuestionId, question: Question) -> Result<bool, JournalError> {
        self.run(move |db| {
            let mut values = values(&question);
            values.push(id.0.into());
            let changed = db
                .prepare_cached(
                    "UPDATE questions SET asked_at = ?1, person = ?2, chat = ?3, message = ?4, answer_message = ?5,
                        text = ?6, script = ?7, outcome = ?8, confidence = ?9, generation = ?10, park = ?11,
                        missing = ?12, micros = ?13, about = ?14 WHERE id = ?15",
                )?
                .execute(params_from_iter(values))?;
            db.execute("DELETE FROM ratings WHERE question = ?1", [id.0])?;
            db.execute("DELETE FROM citations WHERE question = ?1", [id.0])?;
            if changed == 1 {
                cite(db, id.0, &question.citations)?;
            }
            Ok(changed == 1)
        })
        .await
    }

    /// Notes which message answers a question; says whether the question is there.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn set_answer_message(&self, id: QuestionId, message: i32) -> Result<bool, JournalError> {
        self.run(move |db| {
            db.prepare_cached("UPDATE questions SET answer_message = ?2 WHERE id = ?1")?
                .execute(params![id.0, message])
                .map(|changed| changed == 1)
        })
        .await
    }

    /// A question by its number; `None` when it was deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn question(&self, id: QuestionId) -> Result<Option<StoredQuestion>, JournalError> {
        Ok(self.questions_where("id = ?1", [id.0]).await?.pop())
    }

    /// The questions that a message asks, in its order: an edited message edits their answers.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn questions_in(&self, chat: ChatKey, message: i32) -> Result<Vec<StoredQuestion>, JournalError> {
        self.questions_where("chat = ?1 AND message = ?2 ORDER BY id", (chat, message)).await
    }

    /// The questions that a message answers, in its order: a reply to it follows up on them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn questions_answered_by(&self, chat: ChatKey, answer: i32) -> Result<Vec<StoredQuestion>, JournalError> {
        self.questions_where("chat = ?1 AND answer_message = ?2 ORDER BY id", (chat, answer)).await
    }

    /// The last question that a person asked in a chat since then, before the question of a number, if any, and that was
    /// answered there by a message.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn question_before(
        &self,
        chat: ChatKey,
        person: PersonKey,
        since: Seconds,
        before: Option<QuestionId>,
    ) -> Result<Option<StoredQuestion>, JournalError> {
        let condition = "chat = ?1 AND person = ?2 AND asked_at >= ?3 AND id < ?4 AND answer_message IS NOT NULL
                         ORDER BY id DESC LIMIT 1";
        let before = before.map_or(i64::MAX, |id| id.0);
        Ok(self.questions_where(condition, (chat, person, since, before)).await?.pop())
    }

    /// The last questions, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn last_questions(&self, count: u32) -> Result<Vec<StoredQuestion>, JournalError> {
        self.questions_where("1 ORDER BY id DESC LIMIT ?1", [count]).await
    }

    /// The questions since then that were declined or rated as bad, the newest of them first, and no more than `most`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn gaps(&self, since: Seconds, most: u32) -> Result<Vec<StoredQuestion>, JournalError> {
        self.questions_where(
            "asked_at >= ?1 AND (outcome = 'declined' OR EXISTS
                (SELECT 1 FROM ratings WHERE question = questions.id AND verdict = 'bad')) ORDER BY id DESC LIMIT ?2",
            [since, most.into()],
        )
        .await
    }

    /// How often each document was quoted since then, most often first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn quoted(&self, since: Seconds) -> Result<Vec<(String, u32)>, JournalError> {
        self.run(move |db| {
            db.prepare_cached(
                "SELECT document, count(*) FROM citations JOIN questions ON questions.id = question
                 WHERE asked_at >= ?1 GROUP BY document ORDER BY count(*) DESC, document",
            )?
            .query_map([since], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
        .await
    }

    async fn questions_where<P: Params + Send + 'static>(
        &self,
        condition: &'static str,
        params: P,
    ) -> Result<Vec<StoredQuestion>, JournalError> {
        self.run(move |db| {
            let mut found: Vec<StoredQuestion> = db
                .prepare_cached(&format!("SELECT {COLUMNS} FROM questions WHERE {condition}"))?
                .query_map(params, read)?
                .collect::<Result<_, _>>()?;
            let mut citations =
                db.prepare_cached("SELECT document, passage FROM citations WHERE question = ?1 ORDER BY place")?;
            for stored in &mut found {
                stored.question.citations = citations
                    .query_map([stored.id.0], |row| Ok(Cited { document: row.get(0)?, passage: row.get(1)? }))?
                    .collect::<Result<_, _>>()?;
            }
            Ok(found)
        })
        .await
    }
}

fn cite(db: &Connection, id: i64, citations: &[Cited]) -> rusqlite::Result<()> {
    let mut insert =
        db.prepare_cached("INSERT INTO citations (question, place, document, passage) VALUES (?1, ?2, ?3, ?4)")?;
    for (place, cited) in citations.iter().enumerate() {
        insert.execute(params![id, i64::try_from(place).unwrap_or(i64::MAX), cited.document, cited.passage])?;
    }
    Ok(())
}

/// The columns after the id, in their order.
fn values(question: &Question) -> Vec<Value> {
    vec![
        question.asked_at.into(),
        question.person.into(),
        question.chat.into(),
        question.message.into(),
        question.answer_message.into(),
        question.text.clone().into(),
        question.script.clone().into(),
        question.outcome.name().to_owned().into(),
        question.confidence.into(),
        question.generation.clone().into(),
        question.park.clone().into(),
        question.missing.join("\n").into(),
        question.micros.cast_signed().into(),
        question.about.clone().into(),
    ]
}

/// A row of [`COLUMNS`], without its citations.
fn read(row: &Row<'_>) -> rusqlite::Result<StoredQuestion> {
    let missing: String = row.get(12)?;
    let question = Question {
        asked_at: row.get(1)?,
        person: row.get(2)?,
        chat: row.get(3)?,
        message: row.get(4)?,
        answer_message: row.get(5)?,
        text: row.get(6)?,
        script: row.get(7)?,
        outcome: Outcome::named(&row.get::<_, String>(8)?).unwrap_or_default(),
        confidence: row.get(9)?,
        generation: row.get(10)?,
        park: row.get(11)?,
        missing: missing.lines().map(str::to_owned).collect(),
        micros: row.get::<_, i64>(13)?.cast_unsigned(),
        citations: Vec::new(),
        about: row.get(14)?,
    };
    Ok(StoredQuestion { id: QuestionId(row.get(0)?), question })
}
