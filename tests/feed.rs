//! The Atom feed of revisions.

use std::{cell::RefCell, collections::HashSet};

use chrono::{DateTime, Utc};
use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::store::change::Change;
use serde_json::{Value as Json, json};

use crate::{
    cli::{Server, connect, folder},
    export::{file, save},
    http::{header, read},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        the_feed_describes_the_last_revisions,
        the_feed_is_valid_for_any_text,
        entries_link_to_the_subject,
        host_headers_do_not_change_the_links,
        a_json_feed_has_the_same_entries,
        feeds_are_filtered_as_pages_are,
    ];
    trials.extend(trials![plain: links_begin_with_the_public_url]);
    trials
}

async fn feed(app: &App) -> atom_syndication::Feed {
    check(&file(app, "/feed.atom").await)
}

/// Reads a feed by two libraries and holds it against the rules of RFC 4287.
pub fn check(text: &str) -> atom_syndication::Feed {
    let other = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    let feed = text.parse::<atom_syndication::Feed>().expect("a feed");
    assert_eq!(other.feed_type, feed_rs::model::FeedType::Atom);
    assert_eq!(other.entries.len(), feed.entries.len());
    let ids = feed.entries.iter().map(|entry| entry.id.as_str()).chain([feed.id.as_str()]).collect::<HashSet<_>>();
    assert_eq!(ids.len(), feed.entries.len() + 1, "ids are unique");
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45), "{ids:?}");
    assert!(!feed.title.value.is_empty() && !feed.authors.is_empty());
    assert!(text.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\">") && text.starts_with("<?xml"), "{text:.200}");
    let relations = feed.links.iter().map(|link| link.rel.as_str()).collect::<Vec<_>>();
    assert_eq!(relations, ["self", "alternate"]);
    for entry in &feed.entries {
        assert!(!entry.title.value.is_empty() && !entry.authors[0].name.is_empty(), "{entry:?}");
        assert!(entry.updated.timestamp() > 0 && entry.updated <= feed.updated, "{entry:?}");
        assert!(entry.links.iter().all(|link| link.href.starts_with("http")), "{entry:?}");
        assert_eq!(entry.content.as_ref().and_then(|content| content.content_type.as_deref()), Some("text"));
    }
    // The dates as texts, not as parsed by a library.
    for date in text.split("<updated>").skip(1).map(|rest| rest.split('<').next().expect("a date")) {
        DateTime::parse_from_rfc3339(date).unwrap_or_else(|error| panic!("{date}: {error}"));
    }
    feed
}

async fn the_feed_describes_the_last_revisions(app: App) {
    let before = feed(&app).await;
    assert_eq!((before.entries.len(), before.entries[43].title.value.as_str()), (44, "IBM added"));
    let admin = app.with_token(&app.token(Role::Admin).await);
    admin
        .data(
            "mutation { updateModel(input: { slug: \"llama-2\", license: { slug: \"llama-license\" }, baseModel: \"llama\",
               sizes: [{ label: \"7B\", parameters: \"7B\", trainingTokens: \"2T\" }] }) { revision } }",
        )
        .await;
    admin.data("mutation { deleteModel(input: { slug: \"alpaca\" }) { revision } }").await;
    admin.data("mutation { revertRevision(input: { number: 46 }) { revision } }").await;
    admin.data("mutation { revertRevision(input: { number: 45 }) { revision } }").await;
    let feed = feed(&app).await;
    let titles = feed.entries.iter().take(4).map(|entry| entry.title.value.as_str()).collect::<Vec<_>>();
    let fields = "base model, license, sizes";
    let expected = [
        format!("LLaMA-2 changed back: {fields}"),
        "Alpaca brought back".to_owned(),
        "Alpaca deleted".to_owned(),
        format!("LLaMA-2 updated: {fields}"),
    ];
    assert_eq!(titles, expected);
    let update = feed.entries[3].content.as_ref().and_then(|content| content.value.as_deref()).expect("a text");
    let lines = update.lines().collect::<Vec<_>>();
    assert_eq!(lines[..2], ["baseModel: llama", "license: llama-2-community-license → llama-license"]);
    assert!(lines.contains(&"sizes.7B.trainingTokens: 2000000000000"), "{update}");
    assert!(lines.contains(&"sizes.70B.label: 70B → none"), "{update}");
    assert!(feed.entries[3].authors[0].name.starts_with("admin-"));
    let old = before.entries.iter().map(|entry| &entry.id);
    assert!(old.eq(feed.entries.iter().skip(4).map(|entry| &entry.id)), "ids stay");
    assert_eq!(feed.id, before.id);
    let models = (0..60)
        .map(|number| json!({ "slug": format!("m-{number}"), "name": format!("M {number}"), "kind": "DERIVED" }));
    save::<ModelDocument>(&app, models.collect()).await;
    let feed = self::feed(&app).await;
    assert_eq!((feed.entries.len(), feed.entries[0].title.value.as_str()), (50, "M 59 added"));
    let (_, headers, _) = read(app.request("GET", "/feed.atom")).await;
    assert_eq!(header(&headers, "content-type"), "application/atom+xml; charset=utf-8");
    let (status, head, body) = read(app.request("HEAD", "/feed.atom")).await;
    assert_eq!((status, body.as_str(), header(&head, "etag")), (200, "", header(&headers, "etag")));
}

async fn the_feed_is_valid_for_any_text(app: App) {
    let name = "]]> <script>&amp;\"' 🦙 \u{202e}x";
    let text = "\u{0}".replace('\u{0}', "")
        + "\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff} line\r\nline\ttab ]]> <b>&nbsp;</b>";
    let model = json!([{ "slug": "hostile", "name": name, "kind": "DERIVED", "summary": { "en": text, "zh": "长".repeat(2000) } }]);
    save::<ModelDocument>(&app, model).await;
    let change = Change::begin(&app.database, "act\u{1}or <&>").await;
    let mut change = change.expect("no other connection writes");
    let model = json!({ "slug": "hostile", "name": name, "kind": "FOUNDATION" });
    change.save(&serde_json::from_value::<ModelDocument>(model).expect("a document")).await.expect("it can be saved");
    change.commit().await.expect("it can be written");
    let feed = feed(&app).await;
    assert_eq!(feed.entries[0].title.value, format!("{name} updated: kind, summary"));
    assert_eq!(feed.entries[0].authors[0].name, "act\u{fffd}or <&>");
    let content = feed.entries[1].content.as_ref().and_then(|content| content.value.as_deref()).expect("a text");
    assert!(
        content.contains("summary.en: \u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{7f}\u{85}\u{fffd}\u{fffd} line"),
        "{content:?}"
    );
    assert!(content.contains("tab ]]> <b>&nbsp;</b>") && content.chars().count() < 1500, "{content:?}");
}

async fn entries_link_to_the_subject(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { updateModel(input: { slug: \"qwen\", newSlug: \"qwen-1\" }) { revision } }").await;
    editor.data("mutation { deleteModel(input: { slug: \"alpaca\" }) { revision } }").await;
    let feed = feed(&app).await;
    let pages = RefCell::new(Vec::new());
    let follow = async |entry: usize| {
        let links = &feed.entries[entry].links;
        let relations = links
            .iter()
            .map(|link| (link.rel.as_str(), link.mime_type.as_deref().expect("a type")))
            .collect::<Vec<_>>();
        assert_eq!(relations, [("alternate", "text/html"), ("related", "application/json")]);
        let path = |href: &str| href.strip_prefix(&app.address).expect("an address of this server").to_owned();
        let page = path(&links[0].href);
        assert_eq!(read(app.request("GET", &page)).await.0, 200, "{page}");
        pages.borrow_mut().push(page);
        serde_json::from_str::<Json>(&file(&app, &path(&links[1].href)).await).expect("JSON")
    };
    assert_eq!(follow(0).await["data"]["revisions"]["nodes"][0]["subjectSlug"], "alpaca");
    assert_eq!(follow(1).await["data"]["node"]["slug"], "qwen-1");
    assert_eq!(*pages.borrow(), ["/changes?type=MODEL&subject=alpaca", "/models/qwen-1"]);
    for entry in 2..46 {
        let answer = follow(entry).await;
        let alpaca = feed.entries[entry].title.value.starts_with("Alpaca");
        assert!(answer["errors"].is_null() && answer["data"]["node"].is_null() == alpaca, "{answer}");
    }
}

async fn host_headers_do_not_change_the_links(app: App) {
    let expected = file(&app, "/feed.atom").await;
    assert!(expected.contains(&format!("href=\"{}/feed.atom\"", app.address)), "{expected:.600}");
    let headers = [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")];
    for (name, value) in headers {
        let (_, _, body) = read(app.request("GET", "/feed.atom").header(name, value)).await;
        assert!(body == expected, "{name}");
    }
}

fn links_begin_with_the_public_url() {
    for (public, base) in [
        ("https://models.example.org", "https://models.example.org"),
        ("https://example.org/the/catalog/", "https://example.org/the/catalog"),
    ] {
        let folder = folder();
        let mut server = Server::start(folder.path(), &[("PORT", "0"), ("PUBLIC_URL", public)]);
        let address = server.address();
        let text = get(&address, "/feed.atom");
        let feed = check(&text);
        assert_eq!(feed.links[0].href, format!("{base}/feed.atom"));
        assert!(feed.entries.iter().all(|entry| entry.links[0].href.starts_with(&format!("{base}/"))));
        assert!(feed.entries.iter().any(|entry| entry.links[0].href.starts_with(&format!("{base}/models/"))));
        assert!(feed.updated.with_timezone(&Utc) <= Utc::now());
    }
}

fn get(address: &str, path: &str) -> String {
    use std::io::{Read, Write};
    let mut stream = connect(address);
    write!(stream, "GET {path} HTTP/1.0\r\nhost: test\r\n\r\n").expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    answer.split_once("\r\n\r\n").expect("there is a body").1.to_owned()
}

async fn a_json_feed_has_the_same_entries(app: App) {
    let atom = feed(&app).await;
    let (status, headers, body) = read(app.request("GET", "/feed.json")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "application/feed+json; charset=utf-8"));
    let json: Json = serde_json::from_str(&body).expect("JSON");
    let other = feed_rs::parser::parse(body.as_bytes()).expect("a feed");
    assert_eq!((other.feed_type, other.entries.len()), (feed_rs::model::FeedType::JSON, 44));
    assert_eq!(
        (&json["version"], &json["title"]),
        (&json!("https://jsonfeed.org/version/1.1"), &json!("Open LLM Catalog"))
    );
    let url = |name: &str| json[name].as_str().expect("a URL").to_owned();
    assert!(url("feed_url").ends_with("/feed.json") && url("home_page_url").ends_with("/changes"));
    for (entry, item) in atom.entries.iter().zip(json["items"].as_array().expect("a list")) {
        let content = entry.content.as_ref().and_then(|content| content.value.clone());
        let expected = json!({
            "id": entry.id, "url": entry.links[0].href, "title": entry.title.value, "content_text": content,
            "date_published": item["date_published"], "authors": [{ "name": entry.authors[0].name }], "tags": item["tags"],
        });
        assert_eq!(item, &expected);
        let published = DateTime::parse_from_rfc3339(item["date_published"].as_str().expect("a time")).expect("a time");
        assert_eq!(published, entry.updated);
    }
}

async fn feeds_are_filtered_as_pages_are(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    for mutation in [
        "updateModel(input: { slug: \"qwen\", releaseDate: \"2023-08\" })",
        "updateModel(input: { slug: \"llama-2\", releaseDate: \"2023-07\" })",
        "updateOrganization(input: { slug: \"meta\", country: \"US\" })",
        "deleteModel(input: { slug: \"alpaca\" })",
    ] {
        admin.data(&format!("mutation {{ {mutation} {{ revision }} }}")).await;
    }
    let titles = async |query: &str| {
        let found: Json = serde_json::from_str(&file(&app, &format!("/feed.json?{query}")).await).expect("JSON");
        assert!(found["feed_url"].as_str().is_some_and(|url| url.contains('?')), "{found}");
        let items = found["items"].as_array().expect("a list").clone();
        items.iter().map(|item| item["title"].as_str().expect("a title").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles("type=ORGANIZATION&subject=meta").await, ["Meta updated: country", "Meta added"]);
    assert_eq!(titles("subject=qwen&actor=admin").await, ["Qwen updated: release date"]);
    assert_eq!(titles("q=qwen").await, ["Qwen updated: release date", "Qwen added"]);
    assert_eq!(titles("q=llama&minSize=70B&actor=admin").await, ["LLaMA-2 updated: release date"]);
    assert_eq!(titles("subject=alpaca").await, ["Alpaca deleted", "Alpaca added"]);
    assert_eq!(titles("subject=nobody").await, Vec::<String>::new());
    // Each selection is a feed of its own, with the same entries.
    let ids = async |query: &str| {
        let feed = check(&file(&app, &format!("/feed.atom?{query}")).await);
        (feed.id, feed.entries.into_iter().map(|entry| entry.id).collect::<Vec<_>>())
    };
    let (qwen, entries) = ids("q=qwen").await;
    let (same, others) = ids("subject=qwen").await;
    assert!(qwen != same && entries == others);
    for (query, name) in [
        ("licence=mit", "`licence`"),
        ("sort=name", "`sort`"),
        ("type=THING", "`type`"),
        ("license=nobody-has-it", "nobody-has-it"),
    ] {
        let (status, _, body) = read(app.request("GET", &format!("/feed.atom?{query}"))).await;
        assert!([400, 404].contains(&status) && body.contains(name), "{query}: {body}");
    }
}
