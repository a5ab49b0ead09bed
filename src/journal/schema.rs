//! The tables, and how an older file becomes a newer one. A migration is never changed, only followed by another.

use rusqlite::Connection;

/// `MIGRATIONS[n]` leads from version n to n + 1.
const MIGRATIONS: [&str; 3] = [
    "
CREATE TABLE updates (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of arrival, which outlives a restart of Telegram's numbers
    update_id INTEGER NOT NULL UNIQUE,
    lane INTEGER NOT NULL,
    raw TEXT NOT NULL,                          -- emptied once it is done
    taken_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    done_at INTEGER
) STRICT;
CREATE INDEX updates_in_work ON updates (lane, sequence) WHERE done_at IS NULL;

CREATE TABLE polling (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    next_offset INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    asked_at INTEGER NOT NULL,
    person BLOB NOT NULL,
    chat BLOB NOT NULL,
    message INTEGER,                            -- the message that asks
    answer_message INTEGER,                     -- the message that answers
    text TEXT NOT NULL,
    script TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'unsure', 'declined')),
    confidence REAL NOT NULL,
    generation TEXT NOT NULL,
    park TEXT,
    missing TEXT NOT NULL,                      -- one word a line
    micros INTEGER NOT NULL
) STRICT;
CREATE INDEX questions_by_time ON questions (asked_at);
CREATE INDEX questions_by_person ON questions (person);
CREATE INDEX questions_by_message ON questions (chat, message);
CREATE INDEX questions_by_answer ON questions (chat, answer_message);

CREATE TABLE citations (
    question INTEGER NOT NULL REFERENCES questions ON DELETE CASCADE,
    place INTEGER NOT NULL,
    document TEXT NOT NULL,
    passage INTEGER NOT NULL,
    PRIMARY KEY (question, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_by_document ON citations (document);

CREATE TABLE ratings (
    question INTEGER NOT NULL REFERENCES questions ON DELETE CASCADE,
    person BLOB NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('good', 'bad')),
    generation TEXT NOT NULL,
    document TEXT,
    passage INTEGER,
    at INTEGER NOT NULL,
    PRIMARY KEY (question, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX ratings_by_person ON ratings (person);

CREATE TABLE conversations (
    chat BLOB NOT NULL,
    person BLOB NOT NULL,
    language TEXT,
    park TEXT,
    park_at INTEGER,
    at INTEGER NOT NULL,
    PRIMARY KEY (chat, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_person ON conversations (person);

CREATE TABLE notices (
    chat BLOB NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (chat, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operator INTEGER NOT NULL,                  -- the id itself: operators stand in the settings by their ids
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

CREATE TABLE errors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    message TEXT NOT NULL
) STRICT;
",
    "
CREATE TABLE brought (
    id INTEGER PRIMARY KEY AUTOINCREMENT,       -- the order in which they came
    update_id INTEGER NOT NULL UNIQUE,          -- of the update that brought it
    operator INTEGER NOT NULL,
    file TEXT NOT NULL,
    title TEXT NOT NULL,
    markdown TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
",
    "
ALTER TABLE questions ADD COLUMN about TEXT; -- what it takes from the question before it
",
];

/// Why a file is not migrated.
pub(super) enum Refused {
    /// Its version is one that we do not know.
    Newer(usize),
    /// SQLite failed.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// Brings the file to the newest version, each step whole or not at all.
pub(super) fn migrate(connection: &Connection) -> Result<(), Refused> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let version = version as usize;
    if version > MIGRATIONS.len() {
        return Err(Refused::Newer(version));
    }
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(version) {
        let next = number + 1;
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {migration} PRAGMA user_version = {next}; COMMIT;"))?;
    }
    Ok(())
}
