//! Exports at a revision: the same bytes for ever.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::json;

use super::{file, tables::add_tiny};
use crate::{
    http::{header, read},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        an_export_at_a_revision_never_changes,
        an_export_at_a_time_is_that_of_its_revision,
        filters_apply_to_the_state_of_the_revision,
    ]
}

const FILES: [&str; 22] = [
    "/export/models.csv",
    "/export/models.json",
    "/export/models.ndjson",
    "/export/models.md",
    "/export/models.parquet",
    "/export/catalog.json",
    "/export/sizes.csv",
    "/export/sizes.json",
    "/export/sizes.ndjson",
    "/export/sizes.parquet",
    "/export/checkpoints.csv",
    "/export/evidence.csv",
    "/export/evidence.ndjson",
    "/export/evidence.parquet",
    "/export/datasets.csv",
    "/export/architectures.json",
    "/export/sources.csv",
    "/export/licenses.csv",
    "/export/licenses.json",
    "/export/organizations.csv",
    "/datapackage.json",
    "/models/tiny.json",
];

/// Changes of every kind to what the fixture and [`add_tiny`] have.
async fn edit(app: &App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    for mutation in [
        "updateModel(reason: \"a test\", input: { slug: \"tiny\", name: \"Large\", releaseDate: \"2026\", license: { slug: \"closed-one\" },
            sizes: [{ label: \"1B\", parameters: \"1B\" }, { label: \"2B\", parameters: \"2B\" }, { label: \"9B\", parameters: \"9B\" }] })",
        "updateLicense(input: { slug: \"open-one\", newSlug: \"open-two\", commercialUse: PROHIBITED })",
        "updateSource(input: { slug: \"tiny-card\", newSlug: \"large-card\" })",
        "updateOrganization(input: { slug: \"meta\", newSlug: \"facebook\", name: \"Facebook\" })",
        "updateDataset(input: { slug: \"the-pile\", newSlug: \"pile\", bytes: 1 })",
        "deleteModel(input: { slug: \"alpaca\" })",
        "createModel(input: { name: \"Another\", kind: FOUNDATION })",
        "updateModel(input: { slug: \"llama\", newSlug: \"llama-1\" })",
    ] {
        admin.data(&format!("mutation {{ {mutation} {{ revision }} }}")).await;
    }
}

fn at(path: &str, revision: &str) -> String {
    format!("{path}?revision={revision}")
}

async fn an_export_at_a_revision_never_changes(app: App) {
    add_tiny(&app).await;
    let revision = app.data("{ catalog { revision } }").await["catalog"]["revision"].to_string();
    let mut before = Vec::new();
    for path in FILES {
        let (status, headers, body) = read(app.request("GET", path)).await;
        assert_eq!(status, 200, "{path}: {body}");
        assert_eq!(header(&headers, "cache-control"), "public, max-age=0, must-revalidate", "{path}");
        let place = header(&headers, "content-location").to_owned();
        assert!(place.starts_with("http") && place.ends_with(&at(path, &revision)), "{place}");
        let (status, immutable, same) = read(app.request("GET", &at(path, &revision))).await;
        assert_eq!((status, &same), (200, &body), "{path}");
        assert_eq!(header(&immutable, "cache-control"), "public, max-age=31536000, immutable", "{path}");
        assert_eq!(header(&immutable, "etag"), header(&headers, "etag"), "{path}");
        assert!(!header(&immutable, "etag").starts_with("W/"), "{path}");
        before.push((body, header(&headers, "etag").to_owned()));
    }
    edit(&app).await;
    for (path, (body, tag)) in FILES.iter().zip(before) {
        let (status, headers, after) = read(app.request("GET", &at(path, &revision))).await;
        assert_eq!((status, header(&headers, "etag")), (200, tag.as_str()), "{path}");
        assert_eq!(after, body, "{path}");
        let (status, ..) = read(app.request("GET", &at(path, &revision)).header("if-none-match", &tag)).await;
        assert_eq!(status, 304, "{path}");
        let (_, current, _) = read(app.request("GET", path)).await;
        assert_ne!(header(&current, "etag"), tag, "{path}");
    }
    // Every revision, also those in between, gives what was current then.
    let last = app.data("{ catalog { revision } }").await["catalog"]["revision"].to_string();
    for path in ["/export/catalog.json", "/export/models.csv", "/export/sizes.csv"] {
        assert_eq!(file(&app, &at(path, &last)).await, file(&app, path).await, "{path}");
    }
    let empty = file(&app, "/export/models.csv?revision=0").await;
    assert_eq!(empty.lines().count(), 1);
}

async fn an_export_at_a_time_is_that_of_its_revision(app: App) {
    let query = "{ catalog { updatedAt revision } }";
    let state = app.data(query).await["catalog"].clone();
    let (time, revision) = (state["updatedAt"].as_str().expect("a time").to_owned(), state["revision"].to_string());
    // Times of revisions have milliseconds, and a later one is larger.
    edit(&app_with_tiny(&app).await).await;
    let path = format!("/export/models.csv?asOf={time}");
    let (status, headers, body) = read(app.request("GET", &path)).await;
    assert_eq!((status, header(&headers, "cache-control")), (200, "public, max-age=0, must-revalidate"));
    assert!(header(&headers, "content-location").ends_with(&at("/export/models.csv", &revision)));
    assert_eq!(body, file(&app, &at("/export/models.csv", &revision)).await);
    assert_eq!(file(&app, "/export/models.csv?asOf=2001-01-01T00:00:00Z").await.lines().count(), 1);
    assert_eq!(
        file(&app, "/export/models.csv?asOf=2999-01-01T00:00:00Z").await,
        file(&app, "/export/models.csv").await
    );
}

async fn app_with_tiny(app: &App) -> App {
    add_tiny(app).await;
    app.clone()
}

async fn filters_apply_to_the_state_of_the_revision(app: App) {
    add_tiny(&app).await;
    let revision = app.data("{ catalog { revision } }").await["catalog"]["revision"].to_string();
    let sizes = async |query: &str| {
        let text = file(&app, &format!("/export/sizes.json?{query}")).await;
        let found: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let rows = found["sizes"].as_array().expect("a list").clone();
        rows.iter().map(|row| (row["model"].clone(), row["size"].clone())).collect::<Vec<_>>()
    };
    let tiny = |size: &str| (json!("tiny"), json!(size));
    let then = format!("&revision={revision}");
    assert_eq!(sizes("license=open-one&maxSize=5B").await, [tiny("1B")]);
    edit(&app).await;
    assert_eq!(sizes(&format!("license=open-one&maxSize=5B{then}")).await, [tiny("1B")]);
    assert_eq!(sizes(&format!("maker=tiny-lab{then}")).await, [tiny("1B"), tiny("9B")]);
    assert_eq!(sizes("maker=tiny-lab").await, [tiny("1B"), tiny("2B"), tiny("9B")]);
    assert_eq!(sizes(&format!("q=tiny&use=ALLOWED{then}")).await, [tiny("1B")]);
    let (status, ..) = read(app.request("GET", "/export/sizes.json?license=open-one")).await;
    assert_eq!(status, 404, "the license has another slug now");
}
