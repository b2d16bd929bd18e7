//! The feeds of open proposals, for editors.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{decide, propose, queue, release_date, with_role};
use crate::{
    export::file,
    feed::check,
    http::{header, read, refusal},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: editors_have_a_feed_of_open_proposals, others_have_no_feed_of_proposals]
}

async fn editors_have_a_feed_of_open_proposals(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    assert_eq!(check(&file(&editor, "/proposals.atom").await).entries.len(), 0);
    let (first, _) = propose(&contributor, release_date("2023-07-18")).await;
    propose(&contributor, json!({ "createModel": { "slug": "new", "name": "New <1>" } })).await;
    propose(&contributor, json!({ "deleteModel": { "slug": "bloom" } })).await;
    let update = json!({ "slug": "qwen", "aliases": ["千问"], "contextLength": 8192, "summary": { "en": "A\u{1}B" } });
    propose(&contributor, json!({ "updateModel": update })).await;
    editor.data("mutation { updateModel(input: { slug: \"qwen\", contextLength: 4096 }) { revision } }").await;

    let feed = check(&file(&editor, "/proposals.atom").await);
    let titles = feed.entries.iter().map(|entry| entry.title.value.as_str()).collect::<Vec<_>>();
    assert_eq!(
        titles,
        [
            "model qwen, change proposed: aliases, context length, summary",
            "model bloom, deletion proposed",
            "model new, creation proposed",
            "model llama-2, change proposed: release date",
        ]
    );
    let text = |entry: usize| feed.entries[entry].content.as_ref().and_then(|content| content.value.as_deref());
    let expected = "the card says so\nsource card, kind: \"MODEL_CARD\"";
    let dated = text(3).expect("a text");
    assert!(dated.starts_with(&expected.replace('"', "")), "{dated}");
    let expected = "releaseDate: 2023-07-18\nevidence for releaseDate: card, Model Dates: \"released on this day\"";
    assert!(dated.ends_with(expected), "{dated}");
    let conflict = text(0).expect("a text");
    assert!(conflict.contains("contextLength: 4096 → 8192 (changed since)\n"), "{conflict}");
    assert!(feed.entries[0].authors[0].name.starts_with("contributor-"));
    let id = first.as_str().expect("an id");
    let [page, more] = &feed.entries[3].links[..] else { panic!("two links") };
    assert_eq!(page.href, format!("{}/proposals#{id}", app.address));
    let path = more.href.strip_prefix(&app.address).expect("an address of this server");
    let answer: Json = serde_json::from_str(&file(&editor, path).await).expect("JSON");
    assert_eq!(answer["data"]["node"]["evidence"][0]["value"], "2023-07-18");

    let json: Json = serde_json::from_str(&file(&editor, "/proposals.json").await).expect("JSON");
    assert!(json["feed_url"].as_str().is_some_and(|url| url.ends_with("/proposals.json")), "{json}");
    let items = json["items"].as_array().expect("a list").iter();
    assert!(items.map(|item| &item["title"]).eq(titles.iter().copied()));

    // What is decided leaves the feed, and the others keep their ids.
    decide(&editor, "rejectProposal", json!({ "id": id, "reason": "no" })).await;
    let later = check(&file(&editor, "/proposals.atom").await);
    assert_eq!((&later.id, later.entries.len()), (&feed.id, queue(&editor).await.len()));
    assert!(later.entries.iter().map(|entry| &entry.id).eq(feed.entries.iter().take(3).map(|entry| &entry.id)));
}

async fn others_have_no_feed_of_proposals(app: App) {
    let contributor = with_role(&app, Role::Contributor).await;
    propose(&contributor, release_date("2023-07-18")).await;
    for path in ["/proposals.atom", "/proposals.json"] {
        for client in [&app, &contributor] {
            let (status, _, body) = read(client.request("GET", path)).await;
            assert_eq!((status, refusal(&body).as_str()), (403, "FORBIDDEN"), "{path}");
        }
        let (status, headers, _) = read(with_role(&app, Role::Editor).await.request("GET", path)).await;
        assert_eq!((status, header(&headers, "cache-control")), (200, "no-store"), "{path}");
    }
}
