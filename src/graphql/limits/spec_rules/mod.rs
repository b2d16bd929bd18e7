//! Validation rules of the GraphQL specification that async-graphql does not check.

pub mod absent_variables;
pub mod subscriptions;
pub mod variables;

mod field_merging;
mod value_types;
mod variable_positions;
mod visitor;

use async_graphql::{ServerResult, Variables, parser::types::ExecutableDocument};

use crate::graphql::limits::spec_rules::field_merging::check_field_merging;
use crate::graphql::limits::spec_rules::subscriptions::check_subscriptions;
use crate::graphql::limits::spec_rules::variable_positions::check_variable_positions;
use crate::graphql::limits::spec_rules::variables::check_variables;
use crate::graphql::limits::spec_rules::visitor::check_values;

/// Checks a document, and the variables of the operation named `name`.
///
/// # Errors
/// A rule is broken. With `suggestions`, an error about an unknown name suggests known ones.
pub fn check(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    suggestions: bool,
) -> ServerResult<()> {
    check_subscriptions(document)?;
    let usages = check_values(document, suggestions)?;
    check_variable_positions(document, &usages)?;
    check_field_merging(document)?;
    check_variables(document, name, variables, suggestions)
}
