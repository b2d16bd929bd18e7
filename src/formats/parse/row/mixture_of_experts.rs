//! Reads the parameter counts of a mixture of experts from notes.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::count::Count;
use crate::domain::text::static_regex;
use crate::formats::parse::amount;
use crate::formats::parse::amount::normalize_width;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::Cell;
use crate::formats::parse::sizes::Size;

/// Sets the total and active parameters of a model's only size from its notes: `总参数46.7B，激活12.9B`, `46.7B total
/// parameters, 12.9B active`. The notes are unchanged.
pub fn complete(builder: &mut RecordBuilder, notes: Option<Cell<'_>>, sizes: &mut [Size]) {
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix) (?: 总参数量? | total (?: \s+ parameters )? ) \s* [:为是]? \s* (?P<after> [0-9.]+ \s* (?: [bm]\b | 亿 ) )
                | (?P<before> [0-9.]+ \s* (?: [bm]\b | 亿 ) ) \s* (?: total | in\ total | 总参数 )",
        )
    });
    static ACTIVE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix) (?: 激活 (?:参数量?)? ) \s* [:为是]? \s* (?P<after> [0-9.]+ \s* (?: [bm]\b | 亿 ) )
                | (?P<before> [0-9.]+ \s* (?: [bm]\b | 亿 ) ) \s* (?: active | activated | 激活 )",
        )
    });
    let (Some(notes), [size]) = (notes, sizes) else { return };
    let text = normalize_width(&notes.text);
    let (Some(total), Some(active)) = (single_match(&TOTAL, &text), single_match(&ACTIVE, &text)) else { return };
    if active > total {
        builder.warn(notes.heading, &notes.text, "more active parameters than total parameters; kept as text");
    } else if size.parameters.is_some_and(|parameters| parameters != total) {
        builder.warn(
            notes.heading,
            &notes.text,
            format!("the total differs from the size {}; kept as text", size.label),
        );
    } else {
        (size.parameters, size.active_parameters) = (Some(total), Some(active));
    }
}

/// Returns the number that a pattern matches. `None` if it matches nothing or more than once.
fn single_match(pattern: &Regex, text: &str) -> Option<Count> {
    let mut matches = pattern.captures_iter(text);
    let (Some(parts), None) = (matches.next(), matches.next()) else { return None };
    let number = parts.name("after").or(parts.name("before"))?;
    Some(amount::parse(number.as_str())?.count)
}
