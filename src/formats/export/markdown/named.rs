//! Names that carry a link.

use entity::vocabulary::LinkKind;
use url::Url;

use crate::domain::link::LinkDocument;
use crate::formats::export::markdown::escape::{destination, escape};

/// A name that leads where its own link leads, and the links besides. `written` is how it stands where it has none.
pub(super) fn named<'a>(
    name: &str,
    links: &'a [LinkDocument],
    written: fn(&str) -> String,
) -> (String, &'a [LinkDocument]) {
    match links.split_first() {
        Some((link, rest)) if is_own(link) => match destination(&link.url) {
            Some(url) => (format!("[{}]({url})", escape(name)), rest),
            None => (written(name), links),
        },
        _ => (written(name), links),
    }
}

/// Whether a link can be put on the name itself, where nothing says what stands behind it: the list does so with its own
/// pages and with repositories.
fn is_own(link: &LinkDocument) -> bool {
    let own = match Url::parse(&link.url) {
        Ok(url) if url.host_str() == Some("github.com") => LinkKind::Repository,
        Ok(_) => return false,
        Err(_) => LinkKind::Details,
    };
    link.title.is_none() && link.kind == own
}
