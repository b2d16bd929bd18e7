//! Feeds in the Atom syndication format (RFC 4287).

use atom_syndication::{Content, Entry as AtomEntry, Feed as AtomFeed, Link, Person, Text};
use url::Url;

use crate::http::routes::feed::entry::Entry;
use crate::http::routes::feed::{CATALOG, Feed, Format};

/// Writes a feed.
pub fn write(feed: &Feed, base: &Url) -> String {
    let atom = AtomFeed {
        title: Text::plain(feed.topic.title),
        subtitle: Some(Text::plain(feed.topic.subtitle)),
        id: feed.id.urn().to_string(),
        updated: feed.updated.fixed_offset(),
        authors: vec![person(CATALOG)],
        links: vec![
            link("self", "application/atom+xml", feed.url(base, &Format::Atom.path(feed.topic))),
            link("alternate", "text/html", feed.url(base, feed.topic.page)),
        ],
        entries: feed.entries.iter().map(entry).collect(),
        ..AtomFeed::default()
    };
    atom.to_string()
}

fn entry(entry: &Entry) -> AtomEntry {
    AtomEntry {
        title: Text::plain(replace_invalid_xml(&entry.title)),
        id: entry.id.urn().to_string(),
        updated: entry.time.fixed_offset(),
        authors: entry.authors.iter().map(|name| person(name)).collect(),
        links: vec![
            link("alternate", "text/html", entry.page.clone()),
            link("related", "application/json", entry.query.clone()),
        ],
        content: Some(Content {
            content_type: Some("text".to_owned()),
            value: Some(replace_invalid_xml(&entry.text)),
            ..Content::default()
        }),
        ..AtomEntry::default()
    }
}

/// Replaces characters that are invalid in XML.
fn replace_invalid_xml(text: &str) -> String {
    let is_valid = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_valid(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

fn person(name: &str) -> Person {
    Person { name: replace_invalid_xml(name), ..Person::default() }
}

fn link(relation: &str, media_type: &str, url: Url) -> Link {
    Link { rel: relation.to_owned(), mime_type: Some(media_type.to_owned()), href: url.into(), ..Link::default() }
}
