//! Query limits: checks the size and the cost of a GraphQL request before it is executed. Without them a short request could
//! need a statement so deep, or a response so large, that it takes all memory of the server.
//!
//! The text is scanned once before it is parsed, and the document is traversed once after; the cost of a fragment is computed
//! once, however often it is spread. So the time to reject a document grows linearly with its length.

pub mod spec_rules;

pub mod settings;

mod arguments;
mod cost;
pub mod error;
mod fragments;
mod schema_index;
mod selection_cost;
mod text;
pub mod weights;

use async_graphql::{
    Request, ServerError, ServerResult, Variables,
    parser::types::{ExecutableDocument, OperationType},
};

use crate::graphql::document::parser::parse;
use crate::graphql::error::{VALIDATION_FAILED, with_code};
use crate::graphql::limits::arguments::ArgumentLimits;
use crate::graphql::limits::cost::document_cost;
use crate::graphql::limits::error::{COST_EXCEEDED, INTROSPECTION_OFF, at_most, is_limit, limit_error};
use crate::graphql::limits::settings::{Limits, MAX_FRAGMENTS, MAX_INTROSPECTION_VALUES, MAX_NESTING};
use crate::graphql::limits::spec_rules::absent_variables::remove_absent_variables;
use crate::graphql::limits::spec_rules::subscriptions::expand_root_fragments;
use crate::graphql::limits::spec_rules::variables::prepare_variables;

/// The properties of a request that is within all limits.
#[derive(Clone, Debug)]
pub struct Analyzed {
    /// The cost of the operation, at least 1.
    pub cost: u32,
    /// The types of the operations that match the operation name. Several only if the document is ambiguous.
    pub kinds: Vec<OperationType>,
    /// Whether the operation selects `rateLimit`, so that its response must not be cached.
    pub uses_rate_limit: bool,
    /// The number of fields `proposeChange`.
    pub proposals: u32,
}

/// Parses a request and checks it against all limits. Afterwards its variables have their default values, and those that the
/// operation does not declare are removed.
///
/// # Errors
/// The request does not parse, exceeds a limit or breaks a validation rule; the error has a code.
pub fn analyze(request: &mut Request, limits: &Limits) -> ServerResult<Analyzed> {
    text::check(&request.query, limits)?;
    let mut document = parse(&request.query)?;
    let name = request.operation_name.as_deref();
    prepare_variables(&document, name, &mut request.variables)?;
    let analyzed = check_document(&document, name, &request.variables, limits)?;
    remove_absent_variables(&mut document, name, &request.variables);
    expand_root_fragments(&mut document);
    request.set_parsed_query(document);
    Ok(analyzed)
}

fn check_document(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    limits: &Limits,
) -> ServerResult<Analyzed> {
    at_most("fragments", "fragments", document.fragments.len() as u64, MAX_FRAGMENTS)?;
    let invalid = |error: ServerError| if is_limit(&error) { error } else { with_code(error, VALIDATION_FAILED) };
    let costs = document_cost(document, &ArgumentLimits::new(document, variables))?;
    let nesting = |nesting: u64| at_most("nesting", "levels of fields and fragments", nesting, MAX_NESTING.into());
    let selections = |selections: u64| {
        at_most("selections", "selections with fragments expanded", selections, limits.selections.into())
    };
    // Validation also visits fragments that no operation spreads.
    let fragments = costs.fragments.iter();
    selections(fragments.clone().map(|fragment| fragment.selections).max().unwrap_or(0))?;
    nesting(fragments.map(|fragment| fragment.nesting).max().unwrap_or(0))?;
    let mut total_selections = 0_u64;
    let mut analyzed = Analyzed { cost: 1, kinds: Vec::new(), uses_rate_limit: false, proposals: 0 };
    for (operation_name, kind, size) in &costs.operations {
        total_selections = total_selections.saturating_add(size.selections);
        selections(total_selections)?;
        at_most("depth", "levels of fields", size.depth, limits.depth.into())?;
        nesting(size.nesting)?;
        at_most("rootFields", "root fields", size.root_fields, limits.root_fields.into())?;
        if size.introspection > 0 && !limits.introspection {
            let error = ServerError::new("Introspection is disabled on this server.", None);
            return Err(with_code(error, INTROSPECTION_OFF));
        }
        at_most("introspection", "introspection values to return", size.introspection, MAX_INTROSPECTION_VALUES)?;
        // Only the operation with the requested name is executed.
        if name.is_none() || operation_name.as_deref() == name {
            let (cost, maximum) = (size.without_introspection(), limits.cost.into());
            if cost > maximum {
                let message = format!("The operation has a cost of {cost}; at most {maximum} is allowed.");
                return Err(limit_error(COST_EXCEEDED, ("cost", cost, maximum), message, None));
            }
            analyzed.cost = analyzed.cost.max(u32::try_from(size.total()).unwrap_or(u32::MAX));
            analyzed.kinds.push(*kind);
            analyzed.uses_rate_limit |= size.uses_rate_limit;
            analyzed.proposals = analyzed.proposals.max(u32::try_from(size.proposals).unwrap_or(u32::MAX));
        }
    }
    spec_rules::check(document, name, variables, limits.suggestions).map_err(invalid)?;
    Ok(analyzed)
}
