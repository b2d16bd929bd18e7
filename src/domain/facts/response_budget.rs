//! The budget of bytes of a response, which the fields of objects spend while they are resolved.

use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_graphql::{
    ContextSelectionSet, ID, OutputType, Positioned, ServerError, ServerResult, Value, parser::types::Field,
    registry::Registry,
};

use crate::error::Error;

/// The number of bytes that a value spends at least. A value in memory takes several times the bytes of its JSON, so many
/// short values take more memory than a few long ones.
const MIN_VALUE_BYTES: usize = 32;

/// The bytes that the response of a request may still have.
#[derive(Debug)]
pub struct ResponseBudget {
    limit: usize,
    spent: AtomicUsize,
}

impl ResponseBudget {
    /// Creates a budget of `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, spent: AtomicUsize::new(0) }
    }

    /// Returns the largest number of bytes.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Returns whether more was spent than the budget has, and begins the budget of the next response.
    pub fn take_exceeded(&self) -> bool {
        self.spent.swap(0, Ordering::Relaxed) > self.limit
    }

    /// Spends the bytes of a resolved field: its response key and its value. The fields of an object spend theirs themselves.
    ///
    /// # Errors
    /// The budget is exceeded. The error ends the execution of the objects around the field.
    fn spend(&self, field: &Field, value: &Value) -> ServerResult<()> {
        let is_leaf = field.selection_set.node.items.is_empty();
        let bytes = field.response_key().node.len() + if is_leaf { json_bytes(value) } else { MIN_VALUE_BYTES };
        let spent = self.spent.fetch_add(bytes.max(MIN_VALUE_BYTES), Ordering::Relaxed);
        if spent <= self.limit { Ok(()) } else { Err(too_large(self.limit)) }
    }
}

#[cold]
fn too_large(limit: usize) -> ServerError {
    ServerError::new(Error::ResponseTooLarge { limit, executed: false }.to_string(), None)
}

/// Returns the approximate number of bytes of a value as JSON.
fn json_bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 2,
        Value::List(items) => items.iter().map(|item| json_bytes(item).max(MIN_VALUE_BYTES)).sum(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| name.len() + json_bytes(value) + MIN_VALUE_BYTES).sum()
        }
        _ => 8,
    }
}

/// A value of a field, which spends its bytes from the [`ResponseBudget`] of the request when it is resolved.
pub struct Charged<T>(pub T);

/// Interfaces convert the ids of their objects.
impl From<Charged<Self>> for ID {
    fn from(id: Charged<Self>) -> Self {
        id.0
    }
}

impl<T: OutputType> OutputType for Charged<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let value = self.0.resolve(ctx, field).await?;
        if let Some(budget) = ctx.data_opt::<Arc<ResponseBudget>>() {
            budget.spend(&field.node, &value)?;
        }
        Ok(value)
    }
}
