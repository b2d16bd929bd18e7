//! The JSON files that the program contains.

use serde::de::DeserializeOwned;

/// Parses a file.
///
/// # Panics
/// The file is malformed. `check_files` of the pages finds that when the server starts.
pub fn parse<T: DeserializeOwned>(name: &str, content: &str) -> T {
    serde_json::from_str(content).unwrap_or_else(|error| panic!("{name} is malformed: {error}"))
}
