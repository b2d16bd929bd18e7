//! The limits of a GraphQL document: the configurable ones and the fixed ones.

/// The largest number of nested brackets in the text of a document. The parser uses the call stack for each.
pub(super) const MAX_BRACKETS: u64 = 64;
/// The largest number of fragments of a document.
pub(super) const MAX_FRAGMENTS: u64 = 1000;
/// The largest number of directives of a field, a fragment or an operation.
pub(super) const MAX_DIRECTIVES: u64 = 10;
/// The largest number of nested fields, inline fragments and fragment spreads. Validation uses the call stack for each.
pub const MAX_NESTING: u32 = 100;
/// The largest number of values that introspection may return: more than twice as many as for the standard introspection query.
pub(super) const MAX_INTROSPECTION_VALUES: u64 = 300_000;
/// The largest number of distinct words of a search. Each becomes a condition on every table.
pub(super) const MAX_SEARCH_WORDS: u64 = 64;

/// The configurable limits of a document: its size, and the cost of its operations.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest number of bytes of the text.
    pub bytes: u32,
    /// The largest number of tokens: names, punctuators, numbers and strings.
    pub tokens: u32,
    /// The largest depth of nested fields, with fragments expanded.
    pub depth: u32,
    /// The largest number of root fields of an operation.
    pub root_fields: u32,
    /// The largest number of selections (fields and fragments) of the whole document, with fragments expanded at each spread.
    /// Validation visits each.
    pub selections: u32,
    /// The largest cost of an operation.
    pub cost: u32,
    /// The largest number of bytes of a response.
    pub response_bytes: u32,
    /// Whether introspection is allowed.
    pub introspection: bool,
    /// Whether errors about unknown names suggest known ones.
    pub suggestions: bool,
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
            response_bytes: 10 << 20,
            introspection: true,
            suggestions: true,
        }
    }
}
