//! The size and cost of a selection set.

/// The number of introspection values that cost 1.
const INTROSPECTION_VALUES_PER_COST: u64 = 1000;
/// The number of leaf fields of an object that cost 1.
const VALUES_PER_COST: u64 = 10;

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
    /// The cost, without `values` and `introspection`.
    pub cost: u64,
    /// The additional cost for each row, if this is the selection set of a connection.
    pub row_cost: u64,
    /// The number of leaf fields of the first level.
    pub values: u64,
}

impl SelectionCost {
    /// Returns the cost of an operation with this selection set.
    pub fn total(&self) -> u64 {
        self.content_cost().saturating_add(self.introspection / INTROSPECTION_VALUES_PER_COST)
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
            cost: sum(self.cost, other.cost),
            row_cost: sum(self.row_cost, other.row_cost),
            values: sum(self.values, other.values),
        };
    }

    /// Returns the cost of an object with this selection set: 1 for the object, and its content.
    pub fn object_cost(&self) -> u64 {
        self.content_cost().saturating_add(1)
    }

    /// Returns the cost of the content of an object with this selection set.
    pub fn content_cost(&self) -> u64 {
        self.cost.saturating_add(self.values / VALUES_PER_COST)
    }

    /// Returns the size and cost of a fragment with this selection set.
    pub fn within_fragment(self) -> Self {
        Self { selections: self.selections.saturating_add(1), nesting: self.nesting.saturating_add(1), ..self }
    }
}
