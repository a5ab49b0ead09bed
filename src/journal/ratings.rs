//! What people think of an answer. A person has one rating for a question and may change it.

use rusqlite::{OptionalExtension as _, params};

use super::{Cited, Journal, JournalError, PersonKey, QuestionId, now};

/// 👍 or 👎.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 👍
    Good,
    /// 👎
    Bad,
}

impl Verdict {
    fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }
}

/// A person's rating of what they see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The question.
    pub question: QuestionId,
    /// Who rates.
    pub person: PersonKey,
    /// What they think.
    pub verdict: Verdict,
    /// The generation they see.
    pub generation: String,
    /// The citation they see; `None` under an answer without one.
    pub citation: Option<Cited>,
}

impl Journal {
    /// Stores a rating in place of the person's last one, which is returned; nothing is stored when the question is gone.
    ///
    /// # Errors
    /// When it was not written.
    pub async fn rate(&self, rating: Rating) -> Result<Rated, JournalError> {
        self.run(move |db| {
            let known = db.prepare_cached("SELECT 1 FROM questions WHERE id = ?1")?.exists([rating.question.0])?;
            if !known {
                return Ok(Rated::QuestionGone);
            }
            let before: Option<String> = db
                .prepare_cached("SELECT verdict FROM ratings WHERE question = ?1 AND person = ?2")?
                .query_row(params![rating.question.0, rating.person], |row| row.get(0))
                .optional()?;
            let (document, passage) = rating.citation.map(|cited| (cited.document, cited.passage)).unzip();
            db.prepare_cached(
                "INSERT INTO ratings (question, person, verdict, generation, document, passage, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (question, person) DO UPDATE SET verdict = excluded.verdict,
                    generation = excluded.generation, document = excluded.document, passage = excluded.passage,
                    at = excluded.at",
            )?
            .execute(params![
                rating.question.0,
                rating.person,
                rating.verdict.as_str(),
                rating.generation,
                document,
                passage,
                now()
            ])?;
            Ok(match before.as_deref() {
                None => Rated::New,
                Some(verdict) if verdict == rating.verdict.as_str() => Rated::Same,
                Some(_) => Rated::Changed,
            })
        })
        .await
    }
}

/// What became of a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rated {
    /// The person's first one for this question.
    New,
    /// The person thinks otherwise now.
    Changed,
    /// The person said so before.
    Same,
    /// The question was deleted; nothing is stored.
    QuestionGone,
}
