//! The size and cost of a selection set.

/// The number of introspection values that cost 1. They are computed by one thread without a pause, and descriptions are long.
const INTROSPECTION_VALUES_PER_COST: u64 = 10;
/// The expected number of bytes of an object that cost 1.
const BYTES_PER_COST: u64 = 256;

/// The size and cost of a selection set, with fragments expanded at each spread.
#[derive(Clone, Copy, Debug, Default)]
pub struct SelectionCost {
    /// The number of fields and fragments.
    pub selections: u64,
    /// The number of fields of the first level.
    pub root_fields: u64,
    /// The number of levels of fields.
    pub depth: u64,
    /// The number of levels of fields and fragments.
    pub nesting: u64,
    /// The largest number of values that introspection may return.
    pub introspection: u64,
    /// The same if the selection set is applied once to every type of the schema.
    pub introspection_of_all_types: u64,
    /// Whether the field `rateLimit` is selected.
    pub uses_rate_limit: bool,
    /// The number of fields `proposeChange` of the first level.
    pub proposals: u64,
    /// The largest number of objects, and the cost of their content, without `bytes`, `statements` and `introspection`.
    pub objects: u64,
    /// The same for each row, if this is the selection set of a connection.
    pub row: u64,
    /// The expected number of bytes of the first level: response keys and leaf values.
    pub bytes: u64,
    /// The cost of statements that read whole tables. The rows of all parents are read by one statement, so this does not grow
    /// with the number of parents.
    pub statements: u64,
    /// The number of fields of the first level that count rows, if this is the selection set of a connection.
    pub counts: u64,
}

impl SelectionCost {
    /// Returns the cost of an operation with this selection set.
    pub fn total(&self) -> u64 {
        self.without_introspection().saturating_add(self.introspection / INTROSPECTION_VALUES_PER_COST)
    }

    /// Returns the cost without introspection, whose values have a limit of their own: a server that allows only cheap operations still
    /// answers the standard introspection query.
    pub fn without_introspection(&self) -> u64 {
        self.content().saturating_add(self.statements)
    }

    /// Adds the size and cost of another selection of the same selection set.
    pub fn add(&mut self, other: &Self) {
        let sum = u64::saturating_add;
        *self = Self {
            selections: sum(self.selections, other.selections),
            root_fields: sum(self.root_fields, other.root_fields),
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            introspection: sum(self.introspection, other.introspection),
            introspection_of_all_types: sum(self.introspection_of_all_types, other.introspection_of_all_types),
            uses_rate_limit: self.uses_rate_limit || other.uses_rate_limit,
            proposals: sum(self.proposals, other.proposals),
            objects: sum(self.objects, other.objects),
            row: sum(self.row, other.row),
            bytes: sum(self.bytes, other.bytes),
            statements: sum(self.statements, other.statements),
            counts: sum(self.counts, other.counts),
        };
    }

    /// Returns the cost of an object with this selection set: 1 for the object, and its content.
    pub fn object(&self) -> u64 {
        self.content().saturating_add(1)
    }

    /// Returns the cost of the content of an object with this selection set.
    fn content(&self) -> u64 {
        self.objects.saturating_add(self.bytes / BYTES_PER_COST)
    }

    /// Returns the size and cost of a fragment with this selection set.
    pub fn within_fragment(self) -> Self {
        Self { selections: self.selections.saturating_add(1), nesting: self.nesting.saturating_add(1), ..self }
    }
}
