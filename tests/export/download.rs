//! Exports over HTTP: headers, ETags and errors.

use libtest_mimic::Trial;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value as Json, json};

use super::save;
use crate::{
    http::{header, read, refusal},
    support::{App, Backend, wait_until},
    trials,
};
use open_llm_catalog::domain::model::ModelDocument;

pub fn trials() -> Vec<Trial> {
    trials![on both:
        downloads_have_a_content_type_and_a_file_name,
        downloads_with_a_matching_etag_are_not_sent,
        invalid_download_requests_are_rejected,
        a_failed_download_is_cut_off,
        slow_downloads_hold_no_snapshot_and_do_not_block_others,
    ]
}

const FILES: [(&str, &str, &str); 5] = [
    ("models.json", "application/json; charset=utf-8", "inline"),
    ("models.ndjson", "application/x-ndjson; charset=utf-8", "attachment"),
    ("models.csv", "text/csv; charset=utf-8; header=present", "attachment"),
    ("models.md", "text/markdown; charset=utf-8", "inline"),
    ("catalog.json", "application/json; charset=utf-8", "inline"),
];

async fn downloads_have_a_content_type_and_a_file_name(app: App) {
    for (name, media, disposition) in FILES {
        let path = format!("/export/{name}");
        let (status, headers, body) = read(app.request("GET", &path)).await;
        assert_eq!((status, header(&headers, "content-type")), (200, media), "{name}");
        let disposition = format!("{disposition}; filename=\"{name}\"");
        assert_eq!(header(&headers, "content-disposition"), disposition);
        assert_eq!(header(&headers, "cache-control"), "public, max-age=0, must-revalidate");
        assert_eq!(header(&headers, "vary"), "accept-encoding, authorization");
        assert!(body.len() > 1000, "{name}: {body}");
        let (status, head, nothing) = read(app.request("HEAD", &path)).await;
        assert_eq!((status, nothing.as_str()), (200, ""), "{name}");
        for name in ["content-type", "content-disposition", "cache-control", "vary", "etag"] {
            assert_eq!(header(&head, name), header(&headers, name), "{path}");
        }
        assert_eq!(read(app.request("GET", &path)).await.2, body, "the same to the byte");
    }
}

async fn downloads_with_a_matching_etag_are_not_sent(app: App) {
    let tag = async |path: &str| {
        let (_, headers, _) = read(app.request("HEAD", path)).await;
        header(&headers, "etag").to_owned()
    };
    let paths = [
        "/export/models.json",
        "/export/models.ndjson",
        "/export/models.csv",
        "/export/models.md",
        "/export/catalog.json",
        "/export/models.md?language=en",
        "/export/models.md?kind=derived",
        "/export/models.md?search=derived",
        "/export/models.md?license=llama-license",
        "/export/models.md?organization=meta",
        "/feed.atom",
    ];
    let mut tags = Vec::new();
    for path in paths {
        tags.push(tag(path).await);
    }
    let mut different = tags.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), paths.len(), "{tags:?}");
    for (path, tag) in paths.iter().zip(&tags) {
        for known in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
            let (status, headers, body) = read(app.request("GET", path).header("if-none-match", &known)).await;
            assert_eq!(
                (status, body.as_str(), header(&headers, "etag")),
                (304, "", tag.as_str()),
                "{path} for {known}"
            );
            assert_eq!(header(&headers, "vary"), "accept-encoding, authorization");
            assert_eq!(header(&headers, "cache-control"), "public, max-age=0, must-revalidate");
        }
        let (status, ..) = read(app.request("GET", path).header("if-none-match", "\"44-x\"")).await;
        assert_eq!(status, 200, "{path}");
    }
    save::<ModelDocument>(&app, json!([{ "slug": "new", "name": "New", "kind": "DERIVED" }])).await;
    for (path, before) in paths.iter().zip(tags) {
        let (status, headers, _) = read(app.request("GET", path).header("if-none-match", &before)).await;
        assert_eq!(status, 200, "{path}");
        assert_ne!(header(&headers, "etag"), before, "{path}");
    }
}

async fn invalid_download_requests_are_rejected(app: App) {
    let cases = [
        ("/export/models.json?licence=mit", 400, "BAD_REQUEST"),
        ("/export/models.json?license=Not%20a%20slug", 400, "BAD_REQUEST"),
        ("/export/models.json?license=", 400, "BAD_REQUEST"),
        ("/export/models.json?license=nobody-has-it", 404, "NOT_FOUND"),
        ("/export/models.csv?organization=nobody", 404, "NOT_FOUND"),
        ("/export/models.md?kind=EVERY", 400, "BAD_REQUEST"),
        ("/export/models.md?language=fr", 400, "BAD_REQUEST"),
        ("/export/models.ndjson?search=a%00b", 400, "BAD_REQUEST"),
        ("/export/catalog.json?kind=derived", 400, "BAD_REQUEST"),
        ("/export/models.xml", 404, "NOT_FOUND"),
        ("/export/", 404, "NOT_FOUND"),
    ];
    for (path, status, code) in cases {
        let (found, headers, body) = read(app.request("GET", path)).await;
        assert_eq!((found, refusal(&body).as_str()), (status, code), "{path}: {body}");
        assert_eq!(header(&headers, "etag"), "", "{path}");
    }
    for (words, status) in
        [("a+".repeat(500), 200), ("a+".repeat(501), 400), ("a+".repeat(3000), 400), ("%EF%B7%BA".repeat(100), 400)]
    {
        for file in ["models.json", "models.csv"] {
            let (found, _, body) = read(app.request("GET", &format!("/export/{file}?search={words}"))).await;
            assert_eq!(found, status, "{} bytes for {file}: {body:.200}", words.len());
        }
    }
    for path in ["/export/models.csv", "/export/catalog.json", "/feed.atom"] {
        for method in ["POST", "PUT", "DELETE"] {
            let (status, headers, body) = read(app.request(method, path)).await;
            assert_eq!((status, refusal(&body).as_str()), (405, "METHOD_NOT_ALLOWED"), "{method} {path}");
            assert_eq!(header(&headers, "allow"), "GET, HEAD");
        }
        let (status, _, body) = read(app.with_token("olc_wrong").request("GET", path)).await;
        assert_eq!((status, refusal(&body).as_str()), (401, "UNAUTHENTICATED"), "{path}");
    }
}

/// Models that take more than one chunk.
pub fn many(count: usize) -> Json {
    let text = "words ".repeat(60);
    let model = |number: usize| {
        let slug = format!("many-{number:05}");
        json!({ "slug": slug, "name": slug, "kind": "FOUNDATION", "summary": { "en": text }, "datasets": ["the-pile"],
            "license": "llama-license", "sizes": [{ "label": "7B", "parameters": "7B" }, { "label": "13B", "parameters": "13B" }] })
    };
    (0..count).map(model).collect()
}

async fn a_failed_download_is_cut_off(app: App) {
    save::<ModelDocument>(&app, many(2000)).await;
    let spoil = "UPDATE model SET slug = 'Not a slug' WHERE id = (SELECT MAX(id) FROM model)";
    let other = open_llm_catalog::store::change::Change::begin(&app.database, "tester")
        .await
        .expect("no other connection writes");
    other.transaction().execute_unprepared(spoil).await.expect("it can be spoiled");
    other.commit().await.expect("it can be written");
    for name in ["models.json", "models.ndjson", "models.csv", "models.md"] {
        let response = app.request("GET", &format!("/export/{name}")).send().await.expect("it begins well");
        assert_eq!(response.status(), 200, "{name}");
        response.text().await.expect_err("a part is not taken for the whole");
    }
    // A failure before the first chunk is an ordinary error response.
    let spoil = "UPDATE model SET slug = 'Not a slug either' WHERE slug = 'llama-2'";
    let other = open_llm_catalog::store::change::Change::begin(&app.database, "tester")
        .await
        .expect("no other connection writes");
    other.transaction().execute_unprepared(spoil).await.expect("it can be spoiled");
    other.commit().await.expect("it can be written");
    let (status, headers, body) = read(app.request("GET", "/export/models.csv")).await;
    assert_eq!((status, refusal(&body).as_str()), (500, "INTERNAL"), "{body:.200}");
    assert_eq!(header(&headers, "etag"), "");
}

async fn slow_downloads_hold_no_snapshot_and_do_not_block_others(app: App) {
    // More than the buffers of a connection take.
    let text = "词".repeat(2000);
    let large = |number: usize| json!({ "slug": format!("large-{number}"), "name": "Large", "kind": "FOUNDATION", "summary": { "en": text, "zh": text } });
    save::<ModelDocument>(&app, (0..2000).map(large).collect()).await;
    // There is one slot to read the database: a quarter of the connections in tests.
    let mut slow = Vec::new();
    for _ in 0..3 {
        let response = app.request("GET", "/export/models.json").send().await.expect("it begins");
        assert_eq!(response.status(), 200);
        slow.push(response);
    }
    let found = app.data("{ models { totalCount } }").await;
    assert_eq!(found["models"]["totalCount"], 2031);
    let (status, _, complete) = read(app.request("GET", "/export/models.json")).await;
    assert_eq!(status, 200, "{complete:.200}");
    // A fifth download of the same address.
    slow.push(app.request("GET", "/export/models.json").send().await.expect("it begins"));
    let (status, headers, body) = read(app.request("GET", "/export/models.json")).await;
    assert_eq!((status, refusal(&body).as_str(), header(&headers, "retry-after")), (429, "TOO_MANY_CONNECTIONS", "10"));
    // They hold no snapshot: the WAL can be written back to the database file.
    if app.backend() == Backend::Sqlite {
        wait_until("the WAL is written back", async || wal_is_written_back(&app).await).await;
    }
    // They are complete, however late they are read.
    let last = slow.pop().expect("a download");
    assert!(last.text().await.is_ok_and(|body| body == complete));
    // A client that disconnects frees its place.
    drop(slow);
    let (status, _, body) = read(app.request("GET", "/export/models.json?kind=derived")).await;
    assert_eq!(status, 200, "{body:.200}");
}

/// Whether no reader keeps SQLite from writing the whole WAL back to the database file.
async fn wal_is_written_back(app: &App) -> bool {
    let other = sea_orm::Database::connect(&app.url).await.expect("the file can be opened");
    let checkpoint = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = other.query_one_raw(checkpoint).await.expect("it can be asked").expect("a row");
    row.try_get::<i32>("", "busy").expect("a number") == 0
}
