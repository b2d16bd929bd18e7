//! Values have the types of their positions (5.6, 6.1.2). async-graphql checks the values of custom scalars, and accepts some
//! values of other types that the specification does not.

use std::{collections::HashSet, fmt};

use async_graphql::{
    Name, Value as ConstValue,
    parser::types::{BaseType, Type},
};
use async_graphql_value::Number;

use crate::domain::text::edit_distance;
use crate::graphql::limits::schema_index::{Input, InputType, Inputs, input_type};

/// The most names that an error lists.
const LISTED: usize = 10;

/// Where a value is in a request.
pub struct ValuePath {
    /// The names of the argument or the variable and of the fields that the value is in.
    names: Vec<String>,
    /// Whether errors about unknown names suggest known ones.
    suggestions: bool,
}

impl ValuePath {
    /// The path of the value of an argument, or of a variable, whose name begins with `$`.
    pub fn new(name: String, suggestions: bool) -> Self {
        Self { names: vec![name], suggestions }
    }

    /// Returns the known names that are similar to an unknown one, or all if they are few; empty without suggestions.
    fn suggest<'a>(&self, unknown: &str, known: impl Iterator<Item = &'a String>) -> String {
        if !self.suggestions {
            return String::new();
        }
        let letters = unknown.to_lowercase();
        let most = 1 + letters.chars().count().min(12) / 4;
        let distance = |name: &str| edit_distance(&letters, &name.to_lowercase(), most);
        let mut known = known.map(|name| (distance(name), name.as_str())).collect::<Vec<_>>();
        known.sort_unstable_by_key(|(distance, name)| (distance.is_none(), *distance, *name));
        let quoted = |names: &[(_, &str)]| names.iter().map(|(_, name)| format!("\"{name}\"")).collect::<Vec<_>>();
        let similar = known.iter().take_while(|(distance, _)| distance.is_some()).count().min(3);
        match similar {
            0 if known.len() > LISTED => String::new(),
            0 => format!("; known are {}", quoted(&known).join(", ")),
            _ => format!(". Did you mean {}?", quoted(&known[..similar]).join(" or ")),
        }
    }
}

impl fmt::Display for ValuePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.names.join("."))
    }
}

/// Checks the value of a variable, or a default value.
///
/// # Errors
/// The value has another type: a sentence that begins with the path.
pub fn check_constant(value: &ConstValue, expected: &Type, path: &mut ValuePath) -> Result<(), String> {
    match (value, &expected.base) {
        (ConstValue::Null, _) if expected.nullable => Ok(()),
        (ConstValue::Null, _) => Err(wrong_type(path, expected)),
        (ConstValue::List(items), BaseType::List(element)) => {
            for (index, item) in items.iter().enumerate() {
                within(path, &index.to_string(), |path| check_constant(item, element, path))?;
            }
            Ok(())
        }
        // A single value is a list with one element.
        (value, BaseType::List(element)) => check_constant(value, element, path),
        (value, BaseType::Named(name)) => check_named_constant(value, expected, name, path),
    }
}

fn check_named_constant(value: &ConstValue, expected: &Type, name: &Name, path: &mut ValuePath) -> Result<(), String> {
    match (input_type(name), value) {
        (Some(InputType::Object { fields, one_of }), ConstValue::Object(values)) => {
            check_fields(name, fields, &values.keys().collect::<Vec<_>>(), path)?;
            check_one_of(name, *one_of, values.len(), values.values().any(|value| *value == ConstValue::Null), path)?;
            for (key, value) in values {
                let Some(field) = fields.get(key.as_str()) else { continue };
                within(path, key, |path| check_constant(value, &field.input_type, path))?;
            }
            Ok(())
        }
        // In JSON an enum value is a string.
        (Some(InputType::Enum(values)), ConstValue::String(value)) => check_enum(name, values, value, path),
        (Some(InputType::Enum(values)), ConstValue::Enum(value)) => check_enum(name, values, value, path),
        (Some(_), _) => Err(wrong_type(path, expected)),
        (None, value) => check_scalar(value, expected, name, path),
    }
}

/// Checks a value of a scalar of the specification.
///
/// # Errors
/// The value has another type.
pub fn check_scalar(value: &ConstValue, expected: &Type, name: &str, path: &ValuePath) -> Result<(), String> {
    let valid = match (name, value) {
        ("Int", ConstValue::Number(number)) => is_int(number),
        ("Float", ConstValue::Number(_)) | ("Boolean", ConstValue::Boolean(_)) => true,
        ("String" | "ID", ConstValue::String(_)) => true,
        ("ID", ConstValue::Number(number)) => number.is_i64() || number.is_u64(),
        ("Int" | "Float" | "Boolean" | "String" | "ID", _) => false,
        _ => true,
    };
    if valid { Ok(()) } else { Err(wrong_type(path, expected)) }
}

fn is_int(number: &Number) -> bool {
    number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
}

/// Checks that a value is one of an enum.
///
/// # Errors
/// It is not.
pub fn check_enum(name: &str, values: &HashSet<String>, value: &str, path: &ValuePath) -> Result<(), String> {
    if values.contains(value) {
        return Ok(());
    }
    let suggestion = path.suggest(value, values.iter());
    Err(format!("{path}, enumeration type \"{name}\" does not contain the value \"{value}\"{suggestion}"))
}

/// Checks that an input object has only fields of its type, and all required ones.
///
/// # Errors
/// A field is unknown or absent.
pub fn check_fields(type_name: &str, fields: &Inputs, keys: &[&Name], path: &ValuePath) -> Result<(), String> {
    if let Some(unknown) = keys.iter().find(|key| !fields.contains_key(key.as_str())) {
        let suggestion = path.suggest(unknown, fields.keys());
        return Err(format!("{path}, unknown field \"{unknown}\" of type \"{type_name}\"{suggestion}"));
    }
    let required = fields.iter().filter(|(_, field)| !field.input_type.nullable && !field.has_default);
    let absent = required
        .filter(|(name, _)| !keys.iter().any(|key| key.as_str() == name.as_str()))
        .min_by_key(|(name, _)| *name);
    let problem = |(name, Input { input_type, .. }): (&String, &Input)| {
        format!("{path}, field \"{name}\" of type \"{input_type}\" is required but not provided")
    };
    absent.map_or(Ok(()), |absent| Err(problem(absent)))
}

/// Checks that exactly one field of an input object is given, if its type requires it, and that it is not null.
///
/// # Errors
/// None or several are given, or one is null.
pub fn check_one_of(
    type_name: &str,
    one_of: bool,
    count: usize,
    has_null: bool,
    path: &ValuePath,
) -> Result<(), String> {
    if !one_of || count == 1 && !has_null {
        return Ok(());
    }
    Err(format!("{path}, \"{type_name}\" needs exactly one field, which is not null"))
}

/// Returns the error for a value of another type than expected.
pub fn wrong_type(path: &ValuePath, expected: &Type) -> String {
    let range = match &expected.base {
        BaseType::Named(name) if *name == "Int" => "; an Int is a whole number from -2147483648 to 2147483647",
        _ => "",
    };
    format!("{path}, expected type \"{expected}\"{range}")
}

/// Calls `check` with a path that is longer by one name.
///
/// # Errors
/// Those of `check`.
pub fn within(
    path: &mut ValuePath,
    name: &str,
    check: impl FnOnce(&mut ValuePath) -> Result<(), String>,
) -> Result<(), String> {
    path.names.push(name.to_owned());
    check(path)?;
    path.names.pop();
    Ok(())
}
