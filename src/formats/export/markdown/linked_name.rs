//! Names with a link.

use entity::vocabulary::LinkKind;
use url::Url;

use crate::domain::link::LinkDocument;
use crate::formats::export::markdown::escape::{destination, escape};

/// Returns the name, linked to the model's first link if possible, and the other links. `escape_unlinked` escapes a name
/// without a link.
pub(super) fn linked_name<'a>(
    name: &str,
    links: &'a [LinkDocument],
    escape_unlinked: fn(&str) -> String,
) -> (String, &'a [LinkDocument]) {
    match links.split_first() {
        Some((link, rest)) if is_name_link(link) => match destination(&link.url) {
            Some(url) => (format!("[{}]({url})", escape(name)), rest),
            None => (escape_unlinked(name), links),
        },
        _ => (escape_unlinked(name), links),
    }
}

/// Whether the name can be the text of a link, which does not state its kind. The reader reads a GitHub URL as a repository and
/// a relative path as a page of details.
fn is_name_link(link: &LinkDocument) -> bool {
    let implied_kind = match Url::parse(&link.url) {
        Ok(url) if url.host_str() == Some("github.com") => LinkKind::Repository,
        Ok(_) => return false,
        Err(_) => LinkKind::Details,
    };
    link.title.is_none() && link.kind == implied_kind
}
