//! Licenses: their names and terms, and whether they permit a use.

mod evaluation;
mod names;
mod permission;
mod terms;

use libtest_mimic::Trial;

pub fn trials() -> Vec<Trial> {
    [evaluation::trials(), names::trials(), permission::trials(), terms::trials()].into_iter().flatten().collect()
}
