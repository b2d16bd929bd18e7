//! What one request may bring along. Without bounds a short request could ask for a statement so deep that building it
//! takes more stack than a thread has, and that ends the whole server.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Request, ServerError, ServerResult, Value as ConstValue, Variables,
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
};
use async_graphql_value::Value;

use crate::catalog::text::normalize;

/// The most brackets that may be open at once in the text of a document.
const MAX_BRACKETS: usize = 64;
/// The most levels of lists and objects in an argument.
const MAX_LEVELS: usize = 32;
/// The most values in an argument of a query, each list and each object included. Each may become part of a condition.
const MAX_VALUES: usize = 500;
/// The most characters of a text in an argument of a query, also once it is normalised. It may become a pattern.
const MAX_TEXT: usize = 1000;
/// The same for mutations, whose arguments become rows.
const MAX_WRITTEN_VALUES: usize = 100_000;
/// The same for mutations.
const MAX_WRITTEN_TEXT: usize = 10_000;
/// The same for the field that takes whole files; a body may be as large, and reading bounds what becomes of it.
const MAX_CONTENT: usize = 1 << 20;
/// That field.
const IMPORT: &str = "importCatalog";

/// The most selections of a document once every fragment stands where it is spread. Validation visits each of them.
const MAX_SELECTIONS: usize = 10_000;

/// Checks the text of a document; must come before anything parses it, because parsing takes stack for each bracket.
///
/// # Errors
/// What is wrong, for whoever wrote it.
pub fn check_text(document: &str) -> Result<(), String> {
    let (mut open, mut deepest) = (0_usize, 0);
    for byte in document.bytes() {
        match byte {
            b'{' | b'[' | b'(' => open += 1,
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    if deepest > MAX_BRACKETS {
        return Err(format!(
            "The document has {deepest} brackets open at once; at most {MAX_BRACKETS} can be. Deep inputs belong into variables."
        ));
    }
    Ok(())
}

/// Checks everything that fields and directives are given, as literals or in variables.
///
/// # Errors
/// What is wrong, for whoever wrote it.
pub fn check_document(document: &ExecutableDocument, variables: &Variables) -> ServerResult<()> {
    let mut given = HashMap::<&str, Vec<&ConstValue>>::new();
    for (name, value) in variables.iter() {
        given.entry(name).or_default().push(value);
    }
    for (_, operation) in document.operations.iter() {
        for variable in &operation.node.variable_definitions {
            let default = variable.node.default_value.as_ref().map(|value| &value.node);
            given.entry(&variable.node.name.node).or_default().extend(default);
        }
    }
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set);
    let writes = document.operations.iter().any(|(_, operation)| operation.node.ty == OperationType::Mutation);
    let given = Given { variables: given, writes };
    operations.chain(fragments).try_for_each(|selections| check_selections(&selections.node, &given))
}

/// What a document is given.
struct Given<'a> {
    /// The values that a variable may have.
    variables: HashMap<&'a str, Vec<&'a ConstValue>>,
    /// Whether it is, or has beside it, a mutation.
    writes: bool,
}

/// Checks how large a document becomes. Fragments that spread each other twice double it with each of them, so a kilobyte
/// could fill any memory.
fn check_size(document: &ExecutableDocument) -> ServerResult<()> {
    let fragments = document.fragments.iter();
    let fragments = fragments.map(|(name, fragment)| (name.as_str(), Part::of(&fragment.node.selection_set.node)));
    let fragments = fragments.collect::<HashMap<_, _>>();
    let mut sizes = HashMap::<&str, usize>::new();
    for name in fragments.keys() {
        if sizes.contains_key(name) {
            continue;
        }
        // By hand and not by recursion: a chain of fragments may be longer than the stack is deep.
        let (mut open, mut met) = (vec![(*name, 0)], HashSet::from([*name]));
        while let Some((name, next)) = open.pop() {
            let Some(part) = fragments.get(name) else { continue };
            let Some(spread) = part.spreads.get(next) else {
                sizes.insert(name, part.size(&sizes));
                continue;
            };
            open.push((name, next + 1));
            // What was met is counted already, or stands in a circle, which validation refuses.
            if !sizes.contains_key(spread) && met.insert(*spread) {
                open.push((*spread, 0));
            }
        }
    }
    let operations = document.operations.iter();
    let operations = operations.map(|(_, operation)| Part::of(&operation.node.selection_set.node).size(&sizes));
    let largest = operations.chain(sizes.values().copied()).max().unwrap_or(0);
    if largest > MAX_SELECTIONS {
        let message = format!("The document has more than {MAX_SELECTIONS} selections once its fragments are spread.");
        return Err(ServerError::new(message, None));
    }
    Ok(())
}

/// An operation or a fragment, without those that it spreads.
struct Part<'a> {
    selections: usize,
    spreads: Vec<&'a str>,
}

impl<'a> Part<'a> {
    fn of(selections: &'a SelectionSet) -> Self {
        let mut part = Self { selections: 0, spreads: Vec::new() };
        part.add(selections);
        part
    }

    fn add(&mut self, selections: &'a SelectionSet) {
        self.selections += selections.items.len();
        for selection in &selections.items {
            match &selection.node {
                Selection::Field(field) => self.add(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => self.add(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => self.spreads.push(&spread.node.fragment_name.node),
            }
        }
    }

    fn size(&self, fragments: &HashMap<&str, usize>) -> usize {
        let spread = self.spreads.iter().map(|name| fragments.get(name).copied().unwrap_or(0));
        spread.fold(self.selections, usize::saturating_add)
    }
}

/// Checks what the library would look at too late or not at all: how large the document becomes, and whether the operation
/// has a value for each variable that it must have one for, also where the variable is not used or where null is taken.
///
/// # Errors
/// The document is too large, or which variable has no value.
pub fn check_request(request: &mut Request) -> ServerResult<()> {
    let (name, variables) = (request.operation_name.clone(), request.variables.clone());
    // A document that does not parse is refused where all are; so is one with operations of which none is named.
    let Ok(document) = request.parsed_query() else {
        return Ok(());
    };
    check_size(document)?;
    let mut operations = document.operations.iter();
    let operation = match name {
        Some(name) => operations.find(|(other, _)| other.is_some_and(|other| *other == name)),
        None => operations.next().filter(|_| operations.next().is_none()),
    };
    for definition in operation.into_iter().flat_map(|(_, operation)| &operation.node.variable_definitions) {
        let variable = &definition.node;
        let given = variables.get(&variable.name.node).unwrap_or(&ConstValue::Null);
        if !variable.var_type.node.nullable && variable.default_value.is_none() && *given == ConstValue::Null {
            let (name, wanted) = (&variable.name.node, &variable.var_type.node);
            let message = format!("The variable `${name}` of type `{wanted}` must have a value.");
            return Err(ServerError::new(message, Some(definition.pos)));
        }
    }
    Ok(())
}

fn check_selections(selections: &SelectionSet, given: &Given<'_>) -> ServerResult<()> {
    for selection in &selections.items {
        let most_written = match &selection.node {
            Selection::Field(field) if field.node.name.node == IMPORT => MAX_CONTENT,
            _ => MAX_WRITTEN_TEXT,
        };
        let (arguments, directives, below) = match &selection.node {
            Selection::Field(field) => {
                let field = &field.node;
                (&field.arguments[..], &field.directives, Some(&field.selection_set))
            }
            Selection::FragmentSpread(spread) => (&[][..], &spread.node.directives, None),
            Selection::InlineFragment(inline) => (&[][..], &inline.node.directives, Some(&inline.node.selection_set)),
        };
        let directives = directives.iter().flat_map(|directive| &directive.node.arguments);
        for (name, value) in arguments.iter().chain(directives) {
            let mut argument = Argument { values: 0, given, most_written };
            argument.literal(&value.node, 1).map_err(|problem| {
                ServerError::new(format!("The argument `{}` {problem}", name.node), Some(value.pos))
            })?;
        }
        if let Some(below) = below {
            check_selections(&below.node, given)?;
        }
    }
    Ok(())
}

/// What has been seen of one argument.
struct Argument<'a> {
    values: usize,
    given: &'a Given<'a>,
    /// The most characters of a text where it is written.
    most_written: usize,
}

impl Argument<'_> {
    fn literal(&mut self, value: &Value, level: usize) -> Result<(), String> {
        match value {
            Value::Variable(name) => {
                let given = self.given;
                let mut values = given.variables.get(name.as_str()).into_iter().flatten();
                values.try_for_each(|value| self.constant(value, level))
            }
            Value::String(text) => self.text(text, level),
            Value::List(items) => {
                self.enter(level)?;
                items.iter().try_for_each(|item| self.literal(item, level + 1))
            }
            Value::Object(fields) => {
                self.enter(level)?;
                fields.values().try_for_each(|field| self.literal(field, level + 1))
            }
            _ => self.enter(level),
        }
    }

    fn constant(&mut self, value: &ConstValue, level: usize) -> Result<(), String> {
        match value {
            ConstValue::String(text) => self.text(text, level),
            ConstValue::List(items) => {
                self.enter(level)?;
                items.iter().try_for_each(|item| self.constant(item, level + 1))
            }
            ConstValue::Object(fields) => {
                self.enter(level)?;
                fields.values().try_for_each(|field| self.constant(field, level + 1))
            }
            _ => self.enter(level),
        }
    }

    fn text(&mut self, text: &str, level: usize) -> Result<(), String> {
        if text.contains('\0') {
            return Err("has a text with the sign U+0000 in it, which no text of the catalog can hold.".to_owned());
        }
        let most = if self.given.writes { self.most_written } else { MAX_TEXT };
        // Some characters are many once normalised: U+FDFA is four words.
        let length = match text.chars().count() {
            length if length > most || self.given.writes => length,
            length => length.max(normalize(text).chars().count()),
        };
        if length > most {
            return Err(format!("has a text of {length} characters; at most {most} are taken."));
        }
        self.enter(level)
    }

    fn enter(&mut self, level: usize) -> Result<(), String> {
        self.values += 1;
        if level > MAX_LEVELS {
            return Err(format!("is nested more than {MAX_LEVELS} levels deep."));
        }
        let most = if self.given.writes { MAX_WRITTEN_VALUES } else { MAX_VALUES };
        if self.values > most {
            return Err(format!("has more than {most} values, each list and each object in it counted."));
        }
        Ok(())
    }
}
