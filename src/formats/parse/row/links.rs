//! Reads the cell of a links column.

use std::sync::LazyLock;

use entity::vocabulary::LinkKind;
use regex::Regex;

use crate::domain::text::static_regex;
use crate::formats::parse::inline::Inline;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::Cell;
use crate::formats::parse::{dictionary, inline};

/// Reads links: Markdown links, bare URLs, or `KIND title <URL>`.
pub fn read(builder: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    static KIND_TITLE_URL: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r#"^(?P<kind>[A-Z]+)(?:\s+(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<title>[^<>";]*?)))?\s*<(?P<url>\S+?)>(?:\s*$|\s*;\s)"#,
        )
    });
    let Some(cell) = cell else { return };
    for inline in cell.inlines {
        let text = match inline {
            Inline::Link { title, url, kind } => {
                builder.push_written_link(cell.heading, title, url, *kind);
                continue;
            }
            Inline::Text(text) | Inline::Literal(text) => text,
        };
        let mut rest = text.trim();
        while !rest.is_empty() {
            let parsed = KIND_TITLE_URL
                .captures(rest)
                .and_then(|parts| Some((dictionary::parse_link_kind(&parts["kind"])?, parts)));
            let part = match &parsed {
                Some((_, parts)) => parts.get(0).map_or(rest, |part| part.as_str()),
                None => rest.split("; ").next().unwrap_or(rest),
            };
            rest = rest[part.len()..].trim_start_matches([';', ' ']);
            match parsed {
                Some((kind, parts)) => {
                    let quoted = parts.name("quoted").map(|title| title.as_str().replace("\"\"", "\""));
                    let title = quoted.or_else(|| Some(parts.name("title")?.as_str().to_owned()));
                    builder.push_link(cell.heading, kind, title.as_deref(), &parts["url"]);
                }
                None => read_urls(builder, cell.heading, part),
            }
        }
    }
}

/// Reads the links of a cell that may have other text, too.
pub fn read_links_only(builder: &mut RecordBuilder, cell: &Cell<'_>) {
    for inline in cell.inlines {
        match inline {
            Inline::Link { title, url, kind } => {
                builder.push_written_link(cell.heading, title, url, *kind);
            }
            Inline::Text(text) | Inline::Literal(text) => {
                for piece in inline::split_urls(text) {
                    if let Inline::Link { url, .. } = piece {
                        builder.push_link(cell.heading, dictionary::url_kind(&url), None, &url);
                    }
                }
            }
        }
    }
}

/// Reads the links to weights of a cell with sizes.
pub fn read_weights(builder: &mut RecordBuilder, cell: &Cell<'_>) {
    for inline in cell.inlines {
        if let Inline::Link { url, .. } = inline
            && dictionary::url_kind(url) == LinkKind::Weights
        {
            builder.push_link(cell.heading, LinkKind::Weights, None, url);
        }
    }
}

/// Reads bare URLs and paths.
fn read_urls(builder: &mut RecordBuilder, heading: &str, text: &str) {
    for piece in inline::split_urls(text) {
        match piece {
            Inline::Link { url, .. } => {
                builder.push_link(heading, dictionary::url_kind(&url), None, &url);
            }
            Inline::Text(rest) | Inline::Literal(rest) => read_path(builder, heading, &rest),
        }
    }
}

/// Reads a path in the list's repository. Other text adds a warning.
fn read_path(builder: &mut RecordBuilder, heading: &str, text: &str) {
    let text = text.trim_matches([' ', ',', '，', '、', ';', '；', '|']);
    if text.is_empty() {
        return;
    }
    if text.contains('/') && !text.contains(char::is_whitespace) {
        builder.push_link(heading, dictionary::url_kind(text), None, text);
    } else {
        builder.warn(heading, text, "not a link; ignored; expected a URL, a path or KIND title <URL>");
    }
}
