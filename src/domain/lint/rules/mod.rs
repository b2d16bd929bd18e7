//! The rules, by what they are about.

mod amounts;
mod dates;
mod documents;
mod evidence;
mod licenses;
mod quotes;

use crate::domain::lint::Rule;

/// All rules.
pub const RULES: &[&[Rule]] =
    &[documents::RULES, evidence::RULES, amounts::RULES, dates::RULES, licenses::RULES, quotes::RULES];
