//! The JSON files that the program contains.

use std::sync::LazyLock;

use serde::de::DeserializeOwned;

use crate::http::pages::catalog_params::COUNTRIES;
use crate::http::pages::hardware::DEVICES;
use crate::http::pages::i18n::{CHINESE, ENGLISH};

/// Parses a file.
///
/// # Panics
/// The file is malformed. [`check_files`] finds that when the server starts.
pub fn parse<T: DeserializeOwned>(name: &str, content: &str) -> T {
    serde_json::from_str(content).unwrap_or_else(|error| panic!("{name} is malformed: {error}"))
}

/// Reads every file, so that the server does not start with a malformed one.
///
/// # Panics
/// A file is malformed.
pub fn check_files() {
    LazyLock::force(&COUNTRIES);
    LazyLock::force(&DEVICES);
    LazyLock::force(&ENGLISH);
    LazyLock::force(&CHINESE);
}
