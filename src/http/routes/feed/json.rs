//! Feeds in the format JSON Feed 1.1.

use chrono::SecondsFormat;
use serde_json::json;
use url::Url;

use crate::http::routes::feed::{CATALOG, Feed, Format};

/// Writes a feed.
pub fn write(feed: &Feed, base: &Url) -> String {
    let items = feed.entries.iter().map(|entry| {
        json!({
            "id": entry.id.urn().to_string(),
            "url": entry.page.as_str(),
            "title": entry.title,
            "content_text": entry.text,
            "date_published": entry.time.to_rfc3339_opts(SecondsFormat::Millis, true),
            "authors": entry.authors.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
            "tags": [entry.subject_type],
        })
    });
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.topic.title,
        "description": feed.topic.subtitle,
        "home_page_url": feed.url(base, feed.topic.page).as_str(),
        "feed_url": feed.url(base, &Format::Json.path(feed.topic)).as_str(),
        "language": "en",
        "authors": [{ "name": CATALOG }],
        "items": items.collect::<Vec<_>>(),
    });
    feed.to_string()
}
