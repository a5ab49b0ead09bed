//! Which headings are open: a document numbers and styles its headings in its own order, but does so throughout.

use crate::corpus::numbering::Numbering;

/// A kind of heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// `#` to `######`.
    Marked(u8),
    /// Without a number, above other such headings.
    Outer,
    /// Without a number.
    Plain,
    /// Without a number, right below another such heading.
    Sub,
    /// With a number.
    Numbered(Numbering),
}

/// The headings that hold, outermost first.
#[derive(Debug, Default)]
pub(super) struct Stack(Vec<Class>);

impl Stack {
    /// Opens a heading, closes those it ends, and gives its depth.
    pub(super) fn push(&mut self, class: Class) -> u8 {
        // A heading ends the first one of its own family that does not stand above it, with all that is below.
        let ends = self.0.iter().position(|&open| match (open, class) {
            (Class::Marked(open), Class::Marked(new)) => open >= new,
            (Class::Numbered(open), Class::Numbered(new)) => open >= new,
            // 结论 after 三、 stands beside it.
            (_, Class::Marked(_)) | (Class::Numbered(_), Class::Outer) => true,
            (Class::Outer | Class::Plain | Class::Sub, Class::Outer | Class::Plain | Class::Sub) => open >= class,
            _ => false,
        });
        self.0.truncate(ends.unwrap_or(self.0.len()));
        self.0.push(class);
        self.depth()
    }

    /// Closes all headings but those marked by `#`, and gives the depth from which they are closed.
    pub(super) fn reset(&mut self) -> u8 {
        let keep = self.0.iter().take_while(|class| matches!(class, Class::Marked(_))).count();
        self.0.truncate(keep);
        self.depth() + 1
    }

    fn depth(&self) -> u8 {
        u8::try_from(self.0.len()).unwrap_or(u8::MAX / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_nest_in_the_order_in_which_a_document_uses_them() {
        use Class::{Marked, Numbered, Outer, Plain, Sub};
        use Numbering::{Digit, Han, HanParen};
        let check = |classes: &[Class], expected: &[u8]| {
            let mut stack = Stack::default();
            let depths: Vec<u8> = classes.iter().map(|&class| stack.push(class)).collect();
            assert_eq!(depths, expected, "{classes:?}");
        };
        check(
            &[Numbered(Han), Numbered(HanParen), Numbered(Digit), Numbered(HanParen), Numbered(Han)],
            &[1, 2, 3, 2, 1],
        );
        check(&[Plain, Numbered(Han), Numbered(Han), Plain, Numbered(Han)], &[1, 2, 2, 1, 2]);
        check(&[Numbered(Han), Plain, Plain, Numbered(Han)], &[1, 2, 2, 1]);
        check(&[Outer, Plain, Sub, Plain, Outer], &[1, 2, 3, 2, 1]);
        check(&[Numbered(Han), Plain, Outer], &[1, 2, 1]);
        check(&[Marked(2), Plain, Marked(3), Marked(2)], &[1, 2, 2, 1]);
    }
}
