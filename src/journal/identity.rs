//! Hashes that stand for people and chats. Without the key nobody finds out whose they are.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};

use crate::config::Secret;

/// Bytes of a hash; two people share one with a chance of 2⁻⁶⁴ among four billion.
const KEY_BYTES: usize = 16;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; KEY_BYTES]);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // Enough to follow somebody through a log, too little to look them up.
                write!(f, "{}({:02x}{:02x}…)", stringify!($name), self.0[0], self.0[1])
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
            }
        }

        impl From<$name> for Value {
            fn from(key: $name) -> Self {
                Self::Blob(key.0.to_vec())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                <[u8; KEY_BYTES]>::column_result(value).map(Self)
            }
        }
    };
}

key! {
    /// Stands for a person.
    PersonKey
}
key! {
    /// Stands for a chat.
    ChatKey
}

/// Makes the hashes.
pub(super) struct Identity(blake3::Hasher);

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(***)")
    }
}

impl Identity {
    pub(super) fn new(secret: &Secret) -> Self {
        Self(blake3::Hasher::new_keyed(secret.expose()))
    }

    pub(super) fn person(&self, user_id: u64) -> PersonKey {
        PersonKey(self.hash(b"person", &user_id.to_le_bytes()))
    }

    pub(super) fn chat(&self, chat_id: i64) -> ChatKey {
        ChatKey(self.hash(b"chat", &chat_id.to_le_bytes()))
    }

    fn hash(&self, kind: &[u8], id: &[u8]) -> [u8; KEY_BYTES] {
        let mut hasher = self.0.clone();
        hasher.update(kind).update(id);
        let mut key = [0; KEY_BYTES];
        hasher.finalize_xof().fill(&mut key);
        key
    }
}
