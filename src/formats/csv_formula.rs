//! Cells of CSV tables that spreadsheet programs evaluate.

/// The first characters of cells that a spreadsheet program evaluates as a formula. Programs with East Asian locales read
/// the full-width characters too.
pub const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
