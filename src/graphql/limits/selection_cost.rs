//! How large a selection is.

/// How many values of introspection cost 1.
const DESCRIPTIONS: u64 = 1000;
/// How many values of an object cost 1.
const VALUES: u64 = 10;

/// The size of a selection, with fragments where they are spread.
#[derive(Clone, Copy, Debug, Default)]
pub struct SelectionCost {
    /// Fields and fragments.
    pub selections: u64,
    /// Fields of the first level.
    pub top: u64,
    /// Levels of fields.
    pub depth: u64,
    /// Levels of fields and fragments.
    pub nesting: u64,
    /// Values that introspection may come to.
    pub introspection: u64,
    /// The same where this is selected of every type that there is, once of each.
    pub introspection_of_all: u64,
    /// Whether it asks what is left to spend.
    pub asks_rate: bool,
    /// What it costs.
    pub cost: u64,
    /// What it costs beyond that for each row of the page that it is of.
    pub row_cost: u64,
    /// Values of the first level that are no objects.
    pub values: u64,
}

impl SelectionCost {
    /// What an operation of this size costs.
    pub fn total(&self) -> u64 {
        self.cost.saturating_add(self.values / VALUES).saturating_add(self.introspection / DESCRIPTIONS)
    }

    /// Both, side by side.
    pub fn add(&mut self, other: &Self) {
        let sum = u64::saturating_add;
        *self = Self {
            selections: sum(self.selections, other.selections),
            top: sum(self.top, other.top),
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            introspection: sum(self.introspection, other.introspection),
            introspection_of_all: sum(self.introspection_of_all, other.introspection_of_all),
            asks_rate: self.asks_rate || other.asks_rate,
            cost: sum(self.cost, other.cost),
            row_cost: sum(self.row_cost, other.row_cost),
            values: sum(self.values, other.values),
        };
    }

    /// What an object with these selections costs.
    pub fn object(&self) -> u64 {
        self.inside().saturating_add(1)
    }

    /// What an object with these selections costs beside itself.
    pub fn inside(&self) -> u64 {
        self.cost.saturating_add(self.values / VALUES)
    }

    /// The same, one level of fragments further down.
    pub fn within_fragment(self) -> Self {
        Self { selections: self.selections.saturating_add(1), nesting: self.nesting.saturating_add(1), ..self }
    }
}
