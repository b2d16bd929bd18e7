//! Territories: countries by their ISO 3166-1 alpha-2 codes, and the European Union.

use crate::domain::country::is_country;

/// The code of the European Union, which stands for all of its members.
pub const EUROPEAN_UNION: &str = "EU";

/// The members of the European Union.
const EU_MEMBERS: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Returns whether a text is the code of a territory: a code of ISO 3166-1 alpha-2 in capital letters, or `EU`.
pub fn is_territory(code: &str) -> bool {
    code == EUROPEAN_UNION || is_country(code)
}

/// Returns whether a list of territories includes another one. The European Union includes its members. None if the list has
/// only some members of the European Union, and the other one is the European Union.
pub fn includes(territories: &[String], territory: &str) -> Option<bool> {
    let lists = |code: &str| territories.iter().any(|listed| listed == code);
    if lists(territory) || (EU_MEMBERS.contains(&territory) && lists(EUROPEAN_UNION)) {
        return Some(true);
    }
    if territory != EUROPEAN_UNION {
        return Some(false);
    }
    match EU_MEMBERS.iter().filter(|member| lists(member)).count() {
        0 => Some(false),
        count if count == EU_MEMBERS.len() => Some(true),
        _ => None,
    }
}
