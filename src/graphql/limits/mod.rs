//! What one request may bring along and ask for, looked at before anything is executed. A short request could otherwise ask
//! for a statement so deep, or an answer so large, that making it ends the whole server.
//!
//! The text is read once before it is parsed, the document is walked once after; fragments are measured once each, however
//! often they are spread. So a document is refused in a time that grows with its length alone.

pub mod spec_rules;

pub mod settings;

mod arguments;
mod cost;
pub mod error;
mod fragments;
mod lexer;
mod schema_index;
mod selection_cost;

use async_graphql::{
    Request, ServerError, ServerResult, Variables,
    parser::types::{ExecutableDocument, OperationType},
};

use crate::graphql::error::{PARSE_FAILED, VALIDATION_FAILED, with_code};
use crate::graphql::limits::arguments::ArgumentLimits;
use crate::graphql::limits::cost::measure;
use crate::graphql::limits::error::{COST_EXCEEDED, INTROSPECTION_OFF, at_most, refusal};
use crate::graphql::limits::settings::{Limits, MAX_FRAGMENTS, MAX_INTROSPECTION, MAX_NESTING};
use crate::graphql::limits::spec_rules::{check_subscriptions, check_variables};

/// What is known of a request that may be executed.
#[derive(Clone, Debug)]
pub struct Analyzed {
    /// What it costs, at least 1.
    pub cost: u32,
    /// The kinds of the operations of which one is executed.
    pub kinds: Vec<OperationType>,
    /// Whether it asks what it has left to spend, so that its answer is right but once.
    pub uses_rate_limit: bool,
}

/// Checks a request.
///
/// # Errors
/// Why it is not executed, with a code.
pub fn analyze(request: &mut Request, limits: &Limits) -> ServerResult<Analyzed> {
    lexer::check(&request.query, limits)?;
    // They may be as large as a body, and are lent rather than copied.
    let (name, variables) = (request.operation_name.clone(), std::mem::take(&mut request.variables));
    let document = request.parsed_query().map_err(|error| with_code(error, PARSE_FAILED));
    let checked = document.and_then(|document| check_document(document, name.as_deref(), &variables, limits));
    request.variables = variables;
    checked
}

fn check_document(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    limits: &Limits,
) -> ServerResult<Analyzed> {
    at_most("fragments", "fragments", document.fragments.len() as u64, MAX_FRAGMENTS)?;
    let invalid = |error| with_code(error, VALIDATION_FAILED);
    let measured = measure(document, &ArgumentLimits::to(document, variables))?;
    let nesting = |nesting: u64| at_most("nesting", "levels of fields and fragments", nesting, MAX_NESTING.into());
    let selections = |selections: u64| {
        at_most("selections", "selections once its fragments are spread", selections, limits.selections.into())
    };
    // Validation looks at fragments that no operation spreads, too.
    let fragments = measured.fragments.iter();
    selections(fragments.clone().map(|size| size.selections).max().unwrap_or(0))?;
    nesting(fragments.map(|size| size.nesting).max().unwrap_or(0))?;
    let mut spread = 0_u64;
    let mut checked = Analyzed { cost: 1, kinds: Vec::new(), uses_rate_limit: false };
    for (other, kind, size) in &measured.operations {
        spread = spread.saturating_add(size.selections);
        selections(spread)?;
        at_most("depth", "levels of fields", size.depth, limits.depth.into())?;
        nesting(size.nesting)?;
        at_most("rootFields", "root fields", size.top, limits.root_fields.into())?;
        if size.introspection > 0 && !limits.introspection {
            return Err(with_code(ServerError::new("This server does not describe itself.", None), INTROSPECTION_OFF));
        }
        at_most("introspection", "values of introspection to answer", size.introspection, MAX_INTROSPECTION)?;
        // Of several operations it is one of that name that is executed, or none.
        if name.is_none() || other.as_deref() == name {
            let maximum = limits.cost.into();
            if size.total() > maximum {
                let message =
                    format!("The operation costs {}; at most {maximum} may be asked for at once.", size.total());
                return Err(refusal(COST_EXCEEDED, ("cost", size.total(), maximum), message, None));
            }
            checked.cost = checked.cost.max(u32::try_from(size.total()).unwrap_or(u32::MAX));
            checked.kinds.push(*kind);
            checked.uses_rate_limit |= size.asks_rate;
        }
    }
    check_subscriptions(document).map_err(invalid)?;
    check_variables(document, name, variables).map_err(invalid)?;
    Ok(checked)
}
