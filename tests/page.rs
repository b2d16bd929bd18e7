//! What is answered at the server's addresses beside GraphQL.

use libtest_mimic::Trial;

use crate::{
    http::{header, read, refusal},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        unknown_addresses_are_told_of_in_json,
        the_playground_loads_its_own_files_and_no_others,
        the_schema_and_the_health_can_be_read,
        every_answer_forbids_to_guess_its_type,
    ]
}

async fn unknown_addresses_are_told_of_in_json(app: App) {
    for path in ["/nothing", "/graphql/", "/playground/x", "/assets/", "/assets/../Cargo.toml", "/favicon.ico"] {
        let (status, headers, body) = read(app.request("GET", path)).await;
        assert_eq!((status, refusal(&body).as_str()), (404, "NOT_FOUND"), "{path}");
        assert_eq!(header(&headers, "content-type"), "application/json", "{path}");
    }
}

async fn the_playground_loads_its_own_files_and_no_others(app: App) {
    // The client follows where `/` leads.
    let response = app.request("GET", "/").send().await.expect("the server answers");
    assert_eq!(response.url().path(), "/playground");
    let (status, headers, page) = read(app.request("GET", "/playground")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "text/html; charset=utf-8"));
    let policy = header(&headers, "content-security-policy");
    for part in ["default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    for (path, media) in [("playground.js", "text/javascript"), ("playground.css", "text/css")] {
        let path = format!("/assets/{path}");
        assert!(page.contains(&path), "the page loads {path}");
        let (status, headers, body) = read(app.request("GET", &path)).await;
        let media = format!("{media}; charset=utf-8");
        assert_eq!((status, header(&headers, "content-type")), (200, media.as_str()));
        assert!(body.len() > 1000, "{path} has {} bytes", body.len());
    }
}

async fn the_schema_and_the_health_can_be_read(app: App) {
    let (status, headers, body) = read(app.request("GET", "/schema.graphql")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "text/plain; charset=utf-8"));
    assert!(body.trim_end() == include_str!("../schema.graphql").trim_end(), "it is not schema.graphql");
    for path in ["/healthz", "/readyz"] {
        let (status, headers, body) = read(app.request("GET", path)).await;
        assert_eq!((status, body.as_str(), header(&headers, "cache-control")), (200, "ok\n", "no-store"), "{path}");
    }
    app.database.clone().close().await.expect("the connections close");
    // The process lives; it only should not be asked.
    let (status, ..) = read(app.request("GET", "/healthz")).await;
    assert_eq!(status, 200);
    let (status, _, body) = read(app.request("GET", "/readyz")).await;
    assert_eq!(status, 503);
    assert!(body.starts_with("The database cannot be reached"), "{body}");
}

async fn every_answer_forbids_to_guess_its_type(app: App) {
    let paths = [
        "/",
        "/playground",
        "/assets/playground.js",
        "/schema.graphql",
        "/healthz",
        "/x",
        "/graphql",
        "/export/models.md",
        "/feed.atom",
    ];
    for path in paths {
        for method in ["GET", "POST", "DELETE"] {
            let (status, headers, _) = read(app.request(method, path)).await;
            assert_eq!(header(&headers, "x-content-type-options"), "nosniff", "{method} {path}: {status}");
        }
    }
}
