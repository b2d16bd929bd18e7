//! Links in a cell of their own.

use std::sync::LazyLock;

use regex::Regex;

use crate::formats::parse::inline::{Inline, static_regex};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::Cell;
use crate::formats::parse::{dictionary, inline};

/// Links: as Markdown has them, as addresses, or as `KIND title <address>`.
pub fn read(draft: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r#"^(?P<kind>[A-Z]+)(?:\s+(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<title>[^<>";]*?)))?\s*<(?P<url>\S+?)>(?:\s*$|\s*;\s)"#,
        )
    });
    let Some(cell) = cell else { return };
    for inline in cell.inlines {
        let text = match inline {
            Inline::Link { title, url, kind } => {
                draft.written_link(cell.heading, title, url, *kind);
                continue;
            }
            Inline::Text(text) | Inline::Literal(text) => text,
        };
        let mut rest = text.trim();
        while !rest.is_empty() {
            let written =
                WRITTEN.captures(rest).and_then(|parts| Some((dictionary::kind_named(&parts["kind"])?, parts)));
            let part = match &written {
                Some((_, parts)) => parts.get(0).map_or(rest, |part| part.as_str()),
                None => rest.split("; ").next().unwrap_or(rest),
            };
            rest = rest[part.len()..].trim_start_matches([';', ' ']);
            match written {
                Some((kind, parts)) => {
                    let quoted = parts.name("quoted").map(|title| title.as_str().replace("\"\"", "\""));
                    let title = quoted.or_else(|| Some(parts.name("title")?.as_str().to_owned()));
                    draft.link(cell.heading, kind, title.as_deref(), &parts["url"]);
                }
                None => addresses(draft, cell.heading, part),
            }
        }
    }
}

/// Addresses that stand by themselves.
fn addresses(draft: &mut RecordBuilder, heading: &str, text: &str) {
    for piece in inline::plain(text) {
        match piece {
            Inline::Link { url, .. } => {
                draft.link(heading, dictionary::page_kind(&url), None, &url);
            }
            Inline::Text(rest) | Inline::Literal(rest) => address(draft, heading, &rest),
        }
    }
}

/// A path of the list's repository; warns about other words among links.
fn address(draft: &mut RecordBuilder, heading: &str, text: &str) {
    let text = text.trim_matches([' ', ',', '，', '、', ';', '；', '|']);
    if text.is_empty() {
        return;
    }
    if text.contains('/') && !text.contains(char::is_whitespace) {
        draft.link(heading, dictionary::page_kind(text), None, text);
    } else {
        draft.warn(heading, text, "is not a link; left out");
    }
}
