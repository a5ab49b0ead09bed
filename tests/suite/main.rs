//! The product, tested from outside.

mod conversation;
