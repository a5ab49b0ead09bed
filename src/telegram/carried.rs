//! What all that a button carries has in common: it fits, there is one way to write it, and whatever is written otherwise
//! is nothing. Knows no button.

use std::fmt;

/// The most bytes a button carries.
pub(crate) const MAX_CALLBACK_BYTES: usize = 64;

/// What a button carries, written as words with colons between them.
pub(crate) trait Carried: fmt::Display + Sized {
    /// Reads the words; `None` for what we never wrote.
    fn read(words: &[&str]) -> Option<Self>;

    /// Reads what a button carried; `None` for what we never wrote.
    fn parse(data: &str) -> Option<Self> {
        if data.len() > MAX_CALLBACK_BYTES {
            return None;
        }
        let words: Vec<&str> = data.split(':').collect();
        // One way to write it: what reads the same but is written otherwise is not ours.
        Self::read(&words).filter(|carried| carried.to_string() == data)
    }
}

/// The first hexadecimal digits of a hash, which stand for what was hashed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Digits<const COUNT: usize>([u8; COUNT]);

impl<const COUNT: usize> Digits<COUNT> {
    /// The first digits of a longer number.
    pub(crate) fn of(number: &str) -> Option<Self> {
        let digits: [u8; COUNT] = number.as_bytes().get(..COUNT)?.try_into().ok()?;
        digits.iter().all(u8::is_ascii_hexdigit).then_some(Self(digits))
    }

    /// Reads those that a button carried.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::of(text).filter(|_| text.len() == COUNT)
    }
}

impl<const COUNT: usize> fmt::Display for Digits<COUNT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl<const COUNT: usize> fmt::Debug for Digits<COUNT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// It fits a button and is read as it was written.
#[cfg(test)]
#[track_caller]
pub(crate) fn survives<T: Carried + PartialEq + fmt::Debug>(carried: &T) {
    let data = carried.to_string();
    assert!((1..=MAX_CALLBACK_BYTES).contains(&data.len()), "{data}");
    assert_eq!(T::parse(&data).as_ref(), Some(carried), "{data}");
}

/// Whatever a button brings is either nothing or what we write.
#[cfg(test)]
#[track_caller]
pub(crate) fn is_ours_or_nothing<T: Carried>(data: &str) {
    if let Some(carried) = T::parse(data) {
        assert_eq!(carried.to_string(), data);
    }
}
