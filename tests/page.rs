//! The pages, the playground, assets and health checks.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::graphql::limits::settings::Limits;
use open_llm_catalog::http::pages::shipped;
use open_llm_catalog::http::server::options::Options;

use crate::{
    guard::few,
    http::{header, read, refusal},
    support::{App, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        unknown_paths_are_not_found_in_json,
        the_playground_loads_only_local_files,
        assets_are_immutable_and_compressed,
        every_page_has_its_own_url,
        subject_pages_contain_their_facts,
        revisions_name_the_fields_of_their_subject_type,
        a_change_has_a_page_with_all_of_it,
        facts_say_who_states_them,
        licenses_say_what_they_permit,
        the_family_of_a_model_has_two_levels,
        the_memory_is_that_of_the_address_or_the_cookie,
        a_comparison_marks_known_differences_only,
        unknown_pages_are_not_found_and_link_to_the_search,
        pages_do_not_link_to_disabled_features,
        invalid_parameters_are_no_server_errors,
        rate_limited_pages_say_when_to_retry,
        the_schema_and_health_checks_are_served,
        every_response_has_nosniff,
    ]
    .into_iter()
    .chain(trials![plain: a_malformed_file_of_the_program_is_named])
    .collect()
}

async fn unknown_paths_are_not_found_in_json(app: App) {
    for path in ["/nothing", "/playground/x", "/assets/", "/assets/../Cargo.toml", "/favicon.ico"] {
        let (status, headers, body) = read(app.request("GET", path)).await;
        assert_eq!((status, refusal(&body).as_str()), (404, "NOT_FOUND"), "{path}");
        assert_eq!(header(&headers, "content-type"), "application/json", "{path}");
    }
}

async fn the_playground_loads_only_local_files(app: App) {
    let (status, headers, page) = read(app.request("GET", "/playground")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "text/html; charset=utf-8"));
    is_strict(header(&headers, "content-security-policy"));
    assert_eq!(assets(&page).len(), 2, "a script and a style sheet");
}

/// Whether a policy lets a page load its own files, and nothing from anywhere else.
pub fn is_strict(policy: &str) {
    for part in
        ["default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"]
    {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
}

/// The addresses of scripts and style sheets in a page.
fn assets(page: &str) -> Vec<String> {
    let addresses = page.split('"').filter(|text| text.starts_with("/assets/"));
    addresses.map(str::to_owned).collect()
}

async fn assets_are_immutable_and_compressed(app: App) {
    let (_, _, page) = read(app.request("GET", "/")).await;
    let addresses = assets(&page);
    assert!(addresses.len() >= 2, "{addresses:?}");
    for address in addresses {
        let mut tags = Vec::new();
        for (accepted, sent) in
            [("br, gzip", "br"), ("gzip, deflate, br;q=0.1", "gzip"), ("gzip", "gzip"), ("identity", "")]
        {
            let request = |tag: &str| {
                app.request("GET", &address).header("accept-encoding", accepted).header("if-none-match", tag.to_owned())
            };
            let response = request("\"other\"").send().await.expect("the server answers");
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            assert_eq!((status, header(&headers, "content-encoding")), (200, sent), "{address} {accepted}");
            assert_eq!(header(&headers, "cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(header(&headers, "vary"), "accept-encoding");
            let media = if address.ends_with(".css") { "text/css" } else { "text/javascript" };
            assert_eq!(header(&headers, "content-type"), format!("{media}; charset=utf-8"));
            let tag = header(&headers, "etag").to_owned();
            let (status, headers, body) = read(request(&tag)).await;
            assert_eq!((status, header(&headers, "etag"), body.as_str()), (304, tag.as_str(), ""));
            tags.push(tag);
        }
        assert_ne!(tags[0], tags[3], "forms have tags of their own");
    }
}

async fn every_page_has_its_own_url(app: App) {
    for path in [
        "/models/qwen",
        "/datasets",
        "/licenses/llama-license",
        "/compare?models=a,b",
        "/plots",
        "/changes",
        "/new/model",
        "/models/qwen/edit",
        "/licenses/llama-license/edit",
        "/conflicts",
        "/import",
        "/tokens",
    ] {
        let (status, headers, page) = read(app.request("GET", path)).await;
        assert_eq!(status, 200, "{path}");
        is_strict(header(&headers, "content-security-policy"));
        assert!(page.contains("<div id=\"app\">"), "{path}");
    }
}

async fn subject_pages_contain_their_facts(app: App) {
    let cases: [(&str, &str, &[&str]); 8] = [
        (
            "/models/llama-2",
            "LLaMA-2 – Open LLM Catalog",
            &[
                "<h1>LLaMA-2</h1>",
                "href=\"/licenses/llama-2-community-license\"",
                "<span class=\"chip\">70B</span>",
                "130 GiB",
                "id=\"sent\"",
            ],
        ),
        ("/datasets/the-pile", "The Pile – Open LLM Catalog", &["<h1>The Pile</h1>", "800 GB", "id=\"sent\""]),
        (
            "/licenses/llama-license",
            "LLaMA License – Open LLM Catalog",
            &["href=\"/models/llama\"", "href=\"/?license=llama-license\""],
        ),
        (
            "/organizations/meta",
            "Meta – Open LLM Catalog",
            &["<h1>Meta</h1>", "href=\"/models/llama\"", "href=\"/?maker=meta\""],
        ),
        ("/architectures/gptq", "GPTQ – Open LLM Catalog", &["<h1>GPTQ</h1>"]),
        ("/licenses", "Licenses – Open LLM Catalog", &["href=\"/licenses/llama-license\"", "id=\"sent\""]),
        (
            "/organizations?q=meta",
            "Organizations – Open LLM Catalog",
            &["href=\"/organizations/meta\"", "value=\"meta\""],
        ),
        ("/changes?type=LICENSE", "Changes – Open LLM Catalog", &["href=\"/licenses/llama-license\"", "selected"]),
    ];
    for (path, title, parts) in cases {
        let (status, _, page) = read(app.request("GET", path)).await;
        assert_eq!(status, 200, "{path}");
        for part in parts.iter().map(|part| (*part).to_owned()).chain([format!("<title>{title}</title>")]) {
            assert!(page.contains(&part), "{path} has no {part}");
        }
        let address = format!("{}{}", app.address, path.split('?').next().unwrap_or_default());
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{path}");
        assert!(page.contains(&format!("<meta property=\"og:url\" content=\"{address}\">")), "{path}");
        assert!(!page.contains("{count}") && !page.contains("{version}"), "{path}: every place in a text is filled");
    }
    let (.., narrowed) = read(app.request("GET", "/changes?type=LICENSE")).await;
    assert!(!narrowed.contains("href=\"/models/llama-2\""));
    let (.., chinese) = read(app.request("GET", "/models/qwen").header("accept-language", "zh")).await;
    assert!(chinese.contains("训练数据") && chinese.contains("2.4T,3.0T"));
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { updateModel(input: { slug: \"qwen\", summary: { en: \"<b>&\" } }) { revision } }").await;
    let (.., page) = read(app.request("GET", "/models/qwen").header("accept-language", "en")).await;
    assert!(page.contains("<p>&lt;b&gt;&amp;</p>") && !page.contains("<b>&"), "what is stored is text");
}

async fn revisions_name_the_fields_of_their_subject_type(app: App) {
    let editor = app.token(Role::Editor).await;
    let update = "mutation { updateLicense(input: { slug: \"llama-license\", spdxId: \"Llama-1\" }) { revision } }";
    app.with_token(&editor).data(update).await;
    for path in ["/licenses/llama-license", "/changes"] {
        let (_, _, page) = read(app.request("GET", path).header("accept-language", "zh")).await;
        assert!(page.contains("<th scope=\"row\">SPDX 标识</th>"), "{path}: {page}");
    }
}

async fn a_change_has_a_page_with_all_of_it(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let summary = "long ".repeat(200);
    let update = format!(
        "mutation {{ updateModel(input: {{ slug: \"qwen\", summary: {{ en: \"{}\" }} }}, reason: \"as stated\") {{ revision }} }}",
        summary.trim()
    );
    let number = editor.data(&update).await["updateModel"]["revision"].to_string();
    let address = format!("/changes/{number}");
    for path in ["/changes", "/models/qwen"] {
        let (.., page) = read(app.request("GET", path).header("accept-language", "en")).await;
        let change = page.split(&format!("<li class=\"revision\" data-key=\"{number}\"")).nth(1);
        let change = change.and_then(|rest| rest.split("</li>").next()).unwrap_or_default();
        assert!(
            change.contains("long long") && change.contains("…</ins>") && !change.contains(summary.trim()),
            "{path}: {change}"
        );
        assert!(change.contains(&format!("href=\"{address}\"")), "{path}");
    }
    let (status, _, page) = read(app.request("GET", &address).header("accept-language", "en")).await;
    assert_eq!(status, 200);
    for part in [summary.trim(), "href=\"/models/qwen\"", "as stated", &format!("<h1>Change #{number}</h1>")] {
        assert!(page.contains(part), "{part}");
    }
    for path in ["/changes/0", "/changes/999999", "/changes/first", "/changes/99999999999"] {
        assert_eq!(read(app.request("GET", path)).await.0, 404, "{path}");
    }
    let (.., changes) = read(app.request("GET", "/changes")).await;
    assert!(changes.len() < 80_000, "a page of changes has {} bytes", changes.len());
}

async fn facts_say_who_states_them(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let statement = |slug: &str, date: &str| {
        format!(
            "{{ source: {{ create: {{ slug: \"{slug}\", title: \"{slug}\", kind: PAPER }} }}, \
                values: {{ releaseDate: \"{date}\" }}, quote: \"<i>{date}\", confidence: REPORTED }}"
        )
    };
    let update = format!(
        "mutation {{ updateModel(input: {{ slug: \"qwen\", releaseDate: \"2023-08-03\", evidence: {{ add: [{}, {}] }} }}) {{ revision }} }}",
        statement("one", "2023-08-03"),
        statement("other", "2021")
    );
    editor.data(&update).await;
    let (.., page) = read(app.request("GET", "/models/qwen").header("accept-language", "en")).await;
    assert!(
        page.contains("<details class=\"why\">") && page.contains("href=\"/sources/one\""),
        "a mark opens the evidence"
    );
    assert!(page.contains("<summary class=\"disputed\"") && page.contains(">differs</span>"), "who disagrees is seen");
    assert!(page.contains("<q>&lt;i&gt;2021</q>"), "what is stored is text");
    let (.., source) = read(app.request("GET", "/sources/other").header("accept-language", "en")).await;
    assert!(
        source.contains("Facts from this source") && source.contains("href=\"/models/qwen\""),
        "a source links to its facts"
    );
}

async fn licenses_say_what_they_permit(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let terms = "[{ effect: PROHIBITED, when: { trainsOnOutputs: true }, quote: \"not to improve\" }, { effect: NOTICE }, \
        { effect: AUTHORIZATION_REQUIRED, when: { monthlyUsersOver: 700000000 } }]";
    let update = format!(
        "mutation {{ updateLicense(input: {{ slug: \"llama-2-community-license\", terms: {terms} }}) {{ revision }} }}"
    );
    editor.data(&update).await;
    for path in ["/licenses/llama-2-community-license", "/models/llama-2"] {
        let (.., page) = read(app.request("GET", path).header("accept-language", "en")).await;
        for words in [
            "<dt>Not permitted</dt>",
            "training other models on its outputs",
            "keep the license notice",
            "more than 700M monthly users",
            "<q>not to improve</q>",
        ] {
            assert!(page.contains(words), "{path}: {words}");
        }
    }
    let (.., page) =
        read(app.request("GET", "/licenses/llama-2-community-license").header("accept-language", "en")).await;
    assert!(page.contains("Sizes under this license") && page.contains("<span class=\"chip\">70B</span>"));
}

async fn the_family_of_a_model_has_two_levels(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    for (slug, base) in [("child-a", "qwen"), ("child-b", "child-a"), ("child-c", "child-b")] {
        let create = format!(
            "mutation {{ createModel(input: {{ slug: \"{slug}\", name: \"{slug}\", kind: DERIVED, \
                bases: [{{ model: \"{base}\", relation: FINE_TUNED }}] }}) {{ revision }} }}"
        );
        editor.data(&create).await;
    }
    let (.., page) = read(app.request("GET", "/models/qwen").header("accept-language", "en")).await;
    let tree = page.split("class=\"tree\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap_or_default();
    assert!(
        tree.contains("/models/child-a") && tree.contains("/models/child-b") && tree.contains("fine-tuned"),
        "{tree}"
    );
    assert!(!tree.contains("/models/child-c"), "the third level is on the page of the second");
    let (.., page) = read(app.request("GET", "/models/child-b").header("accept-language", "en")).await;
    let tree = page.split("class=\"tree\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap_or_default();
    assert!(["qwen", "child-a", "child-c"].iter().all(|slug| tree.contains(&format!("/models/{slug}\""))), "{tree}");
}

async fn the_memory_is_that_of_the_address_or_the_cookie(app: App) {
    let page = async |path: &str, cookie: &str| {
        let request = app.request("GET", path).header("accept-language", "en").header("cookie", cookie.to_owned());
        read(request).await.2
    };
    assert!(page("/models/llama-2", "").await.contains("Fits 24 GiB?"));
    assert!(page("/models/llama-2", "hardware=memory=48&context=2048").await.contains("Fits 48 GiB?"));
    assert!(page("/models/llama-2?memory=80", "hardware=memory=48").await.contains("Fits 80 GiB?"));
    // A device that was chosen in the catalog.
    let device = page("/models/llama-2", "hardware=gpu=rtx-4090&gpus=2&context=2048").await;
    assert!(device.contains("Fits 2 × RTX 4090?"));
    assert!(page("/models/llama-2?memory=8", "hardware=gpu=rtx-4090").await.contains("Fits 8 GiB?"));
    let other = page("/models/llama-2?quantization=q6_k&memory=0&context=x", "").await;
    assert!(other.contains(">Q6_K</th>") && other.contains("Fits 24 GiB?"), "what is no memory counts for nothing");
}

async fn a_comparison_marks_known_differences_only(app: App) {
    let (.., page) = read(app.request("GET", "/compare?models=llama-2,falcon").header("accept-language", "en")).await;
    let row = |name: &str| {
        page.split("<tr").find(|row| row.contains(&format!("<th scope=\"row\">{name}"))).unwrap_or_default()
    };
    assert!(
        row("Commercial use").contains("unknown") && !row("Commercial use").contains("differs"),
        "{}",
        row("Commercial use")
    );
    assert!(row("Sizes").contains("differs"), "{}", row("Sizes"));
    let (.., page) =
        read(app.request("GET", "/compare?models=llama-2,falcon&only=different").header("accept-language", "en")).await;
    assert!(!page.contains("<th scope=\"row\">Commercial use") && page.contains("<th scope=\"row\">Sizes"));
    let (.., page) =
        read(app.request("GET", "/compare?models=a,b,c,d,e,f,llama-2").header("accept-language", "en")).await;
    assert!(!page.contains("LLaMA-2"), "five are compared");
    let (.., page) =
        read(app.request("GET", "/compare?models=llama-2&find=qwen").header("accept-language", "en")).await;
    assert!(page.contains("href=\"/compare?models=llama-2,qwen\"") && !page.contains("No model has"));
    let (.., page) =
        read(app.request("GET", "/compare?models=none,llama-2,nor-this").header("accept-language", "en")).await;
    assert!(page.contains("No model has the address none, nor-this."), "{page}");
}

async fn unknown_pages_are_not_found_and_link_to_the_search(app: App) {
    for path in ["/models/nothing", "/licenses/No%20Slug%22", "/organizations/x", "/nowhere"] {
        let request = app.request("GET", path).header("accept", "text/html,application/xml;q=0.9,*/*;q=0.8");
        let (status, headers, page) = read(request).await;
        assert_eq!((status, header(&headers, "content-type")), (404, "text/html; charset=utf-8"), "{path}");
        is_strict(header(&headers, "content-security-policy"));
        assert!(page.contains("<h1>Page not found</h1>") && page.contains("<form class=\"search\""), "{path}");
    }
}

async fn pages_do_not_link_to_disabled_features(app: App) {
    let limits = Limits { introspection: false, ..Limits::default() };
    let without = app.with_options(Options { playground: false, limits, ..options() });
    for path in ["/", "/models/qwen", "/changes", "/plots", "/nowhere"] {
        let page = async |server: &App| read(server.request("GET", path).header("accept", "text/html")).await.2;
        let leads = |page: &str| ["/playground", "/schema.graphql"].map(|to| page.contains(&format!("href=\"{to}\"")));
        assert_eq!(leads(&page(&app).await), [true, true], "{path}");
        assert_eq!(leads(&page(&without).await), [false, false], "{path}");
    }
    let (.., page) = read(without.request("GET", "/nowhere")).await;
    assert!(!page.contains("playground"), "{page}");
}

async fn invalid_parameters_are_no_server_errors(app: App) {
    let long = "a".repeat(20_000);
    let values = [
        "%00",
        "a%00b",
        "%FF",
        "%C3%28",
        "zz",
        "-1",
        "9999T",
        "99999999999999999999",
        "'%22%3B--",
        "%F0%9F%98%80",
        &long,
    ];
    let mut paths = Vec::new();
    for value in values {
        for page in ["models", "datasets", "licenses", "organizations", "architectures", "new", "assets", "export"] {
            paths.push(format!("/{page}/{value}"));
        }
        let parameters = [
            "q",
            "sort",
            "use",
            "license",
            "maker",
            "kind",
            "year",
            "minSize",
            "maxSize",
            "minTokens",
            "minContext",
            "memory",
            "gpu",
            "gpus",
            "context",
            "reserve",
            "quantization",
            "fit",
            "users",
            "territory",
            "hosting",
            "since",
            "until",
            "country",
            "modality",
            "purpose",
            "columns",
            "after",
        ];
        paths.extend(parameters.map(|name| format!("/?{name}={value}")));
        for page in ["datasets", "licenses", "organizations", "architectures"] {
            paths.extend(["q", "after", "before"].map(|name| format!("/{page}?{name}={value}")));
        }
        paths.extend(["type", "subject", "actor", "before", "after"].map(|name| format!("/changes?{name}={value}")));
        paths.extend(
            ["license", "organization", "search", "language"].map(|name| format!("/export/models.json?{name}={value}")),
        );
        paths.extend(
            ["compare?models", "plots?x", "playground?query", "feed.atom?x"].map(|page| format!("/{page}={value}")),
        );
    }
    let many = "license=a&".repeat(3000);
    paths.extend([format!("/?{many}"), "/?%00=%00".to_owned(), "/%00".to_owned(), "/%FF/%00/".to_owned()]);
    for path in paths {
        let (status, headers, page) = read(app.request("GET", &path)).await;
        assert!(matches!(status, 200 | 400 | 404 | 414), "{status} for {path:.100}");
        let is_page = header(&headers, "content-type").starts_with("text/html");
        if status == 400 && is_page {
            assert!(page.contains("role=\"alert\"") && !page.contains("temporarily unavailable"), "{path:.100}");
        }
    }
    for (path, first) in [("/organizations?after=zz", "/organizations/meta"), ("/changes?before=abc", "/changes/44")] {
        let (status, _, page) = read(app.request("GET", path)).await;
        assert_eq!((status, page.contains(first)), (200, true), "the list begins again: {path}");
    }
    for path in [
        "/?q=%00",
        "/?license=%00",
        "/?minSize=9999T",
        "/?minTokens=0.5",
        "/?since=9999-12-31",
        "/?memory=99999&gpus=64&context=1T",
    ] {
        assert_eq!(read(app.request("GET", path)).await.0, 200, "every address of the catalog shows something: {path}");
    }
    for path in ["/models/%00", "/licenses/%00", &format!("/models/{long}")] {
        assert_eq!(read(app.request("GET", path)).await.0, 404, "{path:.100}");
    }
    app.database.clone().close().await.expect("the connections close");
    assert_eq!(read(app.request("GET", "/models/llama")).await.0, 503, "an outage is one");
}

async fn rate_limited_pages_say_when_to_retry(app: App) {
    let server = app.with_options(Options { rate_limits: few(1, 1_000_000), ..options() });
    assert_eq!(read(server.request("GET", "/models/qwen")).await.0, 200);
    let (status, headers, page) = read(server.request("GET", "/models/llama")).await;
    assert_eq!((status, header(&headers, "content-type")), (429, "text/html; charset=utf-8"));
    assert!(header(&headers, "retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    assert!(page.contains("role=\"alert\""), "{page:.300}");
}

async fn the_schema_and_health_checks_are_served(app: App) {
    let (status, headers, body) = read(app.request("GET", "/schema.graphql")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "text/plain; charset=utf-8"));
    assert!(body.trim_end() == include_str!("../schema.graphql").trim_end(), "it is not schema.graphql");
    for path in ["/healthz", "/readyz"] {
        let (status, headers, body) = read(app.request("GET", path)).await;
        assert_eq!((status, body.as_str(), header(&headers, "cache-control")), (200, "ok\n", "no-store"), "{path}");
    }
    app.database.clone().close().await.expect("the connections close");
    // The process is alive, but not ready.
    let (status, ..) = read(app.request("GET", "/healthz")).await;
    assert_eq!(status, 200);
    let (status, _, body) = read(app.request("GET", "/readyz")).await;
    assert_eq!(status, 503);
    assert!(body.starts_with("The database cannot be reached"), "{body}");
}

async fn every_response_has_nosniff(app: App) {
    let paths = [
        "/",
        "/playground",
        "/assets/nothing.js",
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

fn a_malformed_file_of_the_program_is_named() {
    // On a thread of its own, whose panic is not printed.
    let parsed = std::thread::spawn(|| shipped::parse::<Vec<u8>>("data/devices.json", "[1,")).join();
    let message = parsed.expect_err("it is malformed").downcast::<String>().expect("a message");
    assert!(message.starts_with("data/devices.json is malformed: EOF"), "{message}");
    assert_eq!(shipped::parse::<Vec<u8>>("data/devices.json", "[1]"), [1]);
}
