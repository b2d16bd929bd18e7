//! What one request may bring along and ask for, looked at before anything is executed. A short request could otherwise ask
//! for a statement so deep, or an answer so large, that making it ends the whole server.
//!
//! The text is read once before it is parsed, the document is walked once after; fragments are measured once each, however
//! often they are spread. So a document is refused in a time that grows with its length alone.

mod text;

mod measure;

mod arguments;
mod fragments;
mod size;
mod types;

use async_graphql::{
    ErrorExtensionValues, Pos, Request, ServerError, ServerResult, Variables,
    parser::types::{ExecutableDocument, OperationType},
};

use super::{
    error::{PARSE_FAILED, VALIDATION_FAILED, with_code},
    rules::{check_subscriptions, check_variables},
};
use arguments::Given;
use measure::measure;

/// The document is larger than any honest one.
const TOO_LARGE: &str = "DOCUMENT_TOO_LARGE";
/// The answer could be larger than this server makes.
const COST_EXCEEDED: &str = "COST_EXCEEDED";
/// The server does not describe itself.
const INTROSPECTION_OFF: &str = "INTROSPECTION_OFF";

/// The most brackets that may be open at once in the text of a document: parsing takes stack for each.
const MAX_BRACKETS: u64 = 64;
/// The most fragments of a document.
const MAX_FRAGMENTS: u64 = 1000;
/// The most directives of a field.
const MAX_DIRECTIVES: u64 = 10;
/// The most levels of fields, inline fragments and spreads in each other: validation takes stack for each.
pub const MAX_NESTING: u32 = 100;
/// The most values that introspection may come to: more than twice what the standard query does.
const MAX_INTROSPECTION: u64 = 300_000;
/// The most different words of a search: each becomes a condition on every table.
const MAX_WORDS: u64 = 64;

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

/// What is known of a request that may be executed.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What it costs, at least 1.
    pub cost: u32,
    /// The kinds of the operations of which one is executed.
    pub kinds: Vec<OperationType>,
    /// Whether it asks what it has left to spend, so that its answer is right but once.
    pub asks_rate: bool,
}

/// Checks a request.
///
/// # Errors
/// Why it is not executed, with a code.
pub fn check(request: &mut Request, limits: &Limits) -> ServerResult<Checked> {
    text::check(&request.query, limits)?;
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
) -> ServerResult<Checked> {
    at_most("fragments", "fragments", document.fragments.len() as u64, MAX_FRAGMENTS)?;
    let invalid = |error| with_code(error, VALIDATION_FAILED);
    let measured = measure(document, &Given::to(document, variables))?;
    let nesting = |nesting: u64| at_most("nesting", "levels of fields and fragments", nesting, MAX_NESTING.into());
    let selections = |selections: u64| {
        at_most("selections", "selections once its fragments are spread", selections, limits.selections.into())
    };
    // Validation looks at fragments that no operation spreads, too.
    let fragments = measured.fragments.iter();
    selections(fragments.clone().map(|size| size.selections).max().unwrap_or(0))?;
    nesting(fragments.map(|size| size.nesting).max().unwrap_or(0))?;
    let mut spread = 0_u64;
    let mut checked = Checked { cost: 1, kinds: Vec::new(), asks_rate: false };
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
            checked.asks_rate |= size.asks_rate;
        }
    }
    check_subscriptions(document).map_err(invalid)?;
    check_variables(document, name, variables).map_err(invalid)?;
    Ok(checked)
}

/// Whether a request was refused because it goes beyond a limit; the error then names the limit, the value and the maximum.
pub fn is_limit(error: &ServerError) -> bool {
    error.path.is_empty() && error.extensions.as_ref().is_some_and(|extensions| extensions.get("limit").is_some())
}

/// Refuses a document with more of something than it may have.
fn at_most(limit: &'static str, what: &str, value: u64, maximum: u64) -> ServerResult<()> {
    at_most_here(limit, what, value, maximum, None)
}

fn at_most_here(limit: &'static str, what: &str, value: u64, maximum: u64, place: Option<Pos>) -> ServerResult<()> {
    if value <= maximum {
        return Ok(());
    }
    let message = format!("The document has {value} {what}; at most {maximum} are taken.");
    Err(refusal(TOO_LARGE, (limit, value, maximum), message, place))
}

fn refusal(code: &str, (limit, value, maximum): (&str, u64, u64), message: String, place: Option<Pos>) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    extensions.set("limit", limit);
    extensions.set("value", value);
    extensions.set("maximum", maximum);
    ServerError { extensions: Some(extensions), ..ServerError::new(message, place) }
}
