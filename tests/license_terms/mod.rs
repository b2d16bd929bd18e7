//! Licenses: their names and terms, and whether they permit a use.

mod cases;
mod evaluation;
mod names;
mod permission;
mod terms;

use libtest_mimic::Trial;

use crate::trials;
use cases::real_licenses_are_read_as_their_texts_say;

pub fn trials() -> Vec<Trial> {
    let cases = trials![on both: real_licenses_are_read_as_their_texts_say];
    [cases, evaluation::trials(), names::trials(), permission::trials(), terms::trials()]
        .into_iter()
        .flatten()
        .collect()
}
