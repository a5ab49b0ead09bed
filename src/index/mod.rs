//! Passages in tantivy.
