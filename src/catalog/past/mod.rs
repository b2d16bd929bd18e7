//! The catalog as it stood at a time.
pub(super) mod texts;
