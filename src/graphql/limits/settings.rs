//! The limits of a GraphQL document: those that a setting changes, and those that are fixed.

/// The most brackets that may be open at once in the text of a document: parsing takes stack for each.
pub(super) const MAX_BRACKETS: u64 = 64;
/// The most fragments of a document.
pub(super) const MAX_FRAGMENTS: u64 = 1000;
/// The most directives of a field.
pub(super) const MAX_DIRECTIVES: u64 = 10;
/// The most levels of fields, inline fragments and spreads in each other: validation takes stack for each.
pub const MAX_NESTING: u32 = 100;
/// The most values that introspection may come to: more than twice what the standard query does.
pub(super) const MAX_INTROSPECTION: u64 = 300_000;
/// The most different words of a search: each becomes a condition on every table.
pub(super) const MAX_WORDS: u64 = 64;

/// How large a document may be, and what it may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of its text.
    pub bytes: u32,
    /// Names, signs, numbers and texts in it.
    pub tokens: u32,
    /// Levels of fields, with fragments where they are spread.
    pub depth: u32,
    /// Root fields of an operation.
    pub root_fields: u32,
    /// Fields and fragments of the whole document, with fragments wherever they are spread. Validation visits each.
    pub selections: u32,
    /// What an operation may cost.
    pub cost: u32,
    /// Whether the schema may be asked for.
    pub introspection: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 10,
            tokens: 20_000,
            depth: 32,
            root_fields: 100,
            selections: 10_000,
            cost: 100_000,
            introspection: true,
        }
    }
}
