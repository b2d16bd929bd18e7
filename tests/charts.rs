//! The points of the charts, the page about the API, the page of the search, and what search engines read.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::http::server::options::Options;
use serde_json::{Value as Json, json};

use crate::{
    http::{header, read},
    support::{App, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        points_are_those_of_the_filter,
        points_are_revalidated,
        the_page_of_charts_keeps_filters,
        the_page_of_charts_has_tables_without_scripts,
        one_route_may_be_framed,
        misspelled_searches_suggest_names,
        the_page_of_the_api_has_the_configured_limits,
        the_site_map_has_every_page,
    ]
}

async fn points(app: &App, query: &str) -> Json {
    let (status, headers, body) = read(app.request("GET", &format!("/plots/points.json{query}"))).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "application/json"), "{query}: {body}");
    serde_json::from_str(&body).expect("it is JSON")
}

async fn points_are_those_of_the_filter(app: App) {
    let update = "mutation { updateModel(input: { slug: \"skywork\", releaseDate: \"2023-10\", contextLength: 4096 }) { revision }
        updateOrganization(input: { slug: \"kunlun-wanwei\", country: \"CN\" }) { revision } }";
    app.with_token(&app.token(Role::Editor).await).data(update).await;
    let before = app.statements();
    let all = points(&app, "").await;
    assert_eq!(app.statements() - before, 2, "the last revision, and all points");
    let rows = all["points"].as_array().expect("a list");
    assert_eq!((rows.len(), &all["whole"]), (31, &json!(true)));
    // The newest first.
    let skywork = &rows[0];
    assert_eq!(skywork[0], "skywork");
    assert_eq!([&skywork[2], &skywork[3], &skywork[5]], [&json!("2023-10"), &json!(13_000_000_000_u64), &json!(4096)]);
    let index = |value: &Json| usize::try_from(value.as_u64().expect("an index")).expect("it is small");
    assert_eq!(all["countries"][index(&skywork[8])], "CN");
    assert_eq!(all["makers"][index(&skywork[9])], json!(["kunlun-wanwei", "昆仑万维"]));
    assert_eq!(skywork[10], Json::Null, "an unknown license");
    for (query, models) in [
        ("?use=PROHIBITED", "commercialUse: { eq: PROHIBITED }"),
        ("?license=llama-license", "license: { slug: { eq: \"llama-license\" } }"),
        ("?maker=meta&x=tokens&color=country", "organizations: { some: { slug: { eq: \"meta\" } } }"),
        ("?minSize=100B", "maxParameters: { gte: \"100B\" }"),
        ("?q=%3E100b", "maxParameters: { gt: \"100B\" }"),
    ] {
        let filtered = points(&app, query).await;
        let mut slugs =
            filtered["points"].as_array().expect("a list").iter().map(|row| row[0].clone()).collect::<Vec<_>>();
        slugs.sort_unstable_by_key(ToString::to_string);
        let data = app.data(&format!("{{ models(first: 100, where: {{ {models} }}) {{ nodes {{ slug }} }} }}")).await;
        let mut expected = data["models"]["nodes"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|node| node["slug"].clone())
            .collect::<Vec<_>>();
        expected.sort_unstable_by_key(ToString::to_string);
        assert_eq!(slugs, expected, "{query}");
        assert!(!slugs.is_empty(), "{query}");
        let (.., csv) = read(app.request("GET", &format!("/plots/points.csv{query}"))).await;
        assert_eq!(csv.lines().count(), slugs.len() + 1, "{query}");
    }
    let (.., chinese) = read(app.request("GET", "/plots/points.json?maker=meta").header("accept-language", "zh")).await;
    assert!(chinese.contains("\"Meta\""));
}

async fn points_are_revalidated(app: App) {
    let (_, headers, _) = read(app.request("GET", "/plots/points.json")).await;
    let tag = header(&headers, "etag").to_owned();
    let again = || app.request("GET", "/plots/points.json").header("if-none-match", &tag);
    assert_eq!(read(again()).await.0, 304);
    let update = "mutation { updateModel(input: { slug: \"qwen\", releaseDate: \"2023\" }) { revision } }";
    app.with_token(&app.token(Role::Editor).await).data(update).await;
    assert_eq!(read(again()).await.0, 200);
}

async fn the_page_of_charts_keeps_filters(app: App) {
    let (status, _, page) =
        read(app.request("GET", "/plots?use=ALLOWED&q=a%26b&x=tokens&color=%22%3E&from=1e3&to=x&low=inf")).await;
    assert_eq!(status, 200);
    for part in [
        "href=\"/?use=ALLOWED&amp;q=a%26b\"",
        "<option value=\"tokens\" selected>",
        "<input type=\"hidden\" name=\"q\" value=\"a&amp;b\">",
        "/plots/points.json?use=ALLOWED&amp;q=a%26b",
        "&quot;from&quot;:1000.0",
        "&quot;low&quot;:null",
        "&quot;color&quot;:&quot;use&quot;",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

async fn the_page_of_charts_has_tables_without_scripts(app: App) {
    let update = "mutation { updateModel(input: { slug: \"skywork\", releaseDate: \"2023-10\" }) { revision }
        year: updateModel(input: { slug: \"qwen\", releaseDate: \"2023\" }) { revision } }";
    app.with_token(&app.token(Role::Editor).await).data(update).await;
    let get = |path: &str| app.request("GET", path).header("accept-language", "en");
    let (.., page) = read(get("/plots?x=date&y=parameters&by=kind")).await;
    let tables = page.split("<noscript>").filter(|part| part.contains("<table")).collect::<Vec<_>>();
    assert_eq!(tables.len(), 3, "one for each chart");
    let row = "<th scope=\"row\"><a href=\"/models/skywork\">Skywork</a></th><td>Oct 2023</td><td>13B</td>";
    assert!(tables[0].contains(row), "{}", tables[0]);
    assert!(!tables[0].contains("/models/qwen\""), "a year is no point of time");
    assert!(tables[1].contains("<th scope=\"row\">2023</th><td>Foundation</td><td>2</td>"), "{}", tables[1]);
    assert!(tables[2].contains("<th scope=\"row\">Foundation</th><td>24</td>"), "{}", tables[2]);
    let (.., embedded) = read(get("/plots/embed?chart=totals&by=kind")).await;
    assert!(embedded.contains("<th scope=\"row\">Derived</th><td>7</td>"), "{embedded}");
    let (.., of_script) = read(get("/plots").header("sec-fetch-dest", "empty")).await;
    assert!(!of_script.contains("<table"), "a script draws them from the points");
}

async fn one_route_may_be_framed(app: App) {
    let (status, headers, page) = read(app.request("GET", "/plots/embed?chart=time&language=zh&theme=dark")).await;
    assert_eq!((status, headers.get("x-frame-options")), (200, None));
    let policy = header(&headers, "content-security-policy");
    assert!(policy.contains("frame-ancestors *") && policy.contains("default-src 'none'"), "{policy}");
    assert!(page.contains("<html lang=\"zh-Hans\" data-theme=\"dark\">") && !page.contains("<header class=\"site\""));
    for path in ["/plots", "/plots/points.json", "/"] {
        let (_, headers, _) = read(app.request("GET", path)).await;
        assert_eq!(header(&headers, "x-frame-options"), "DENY", "{path}");
        assert!(header(&headers, "content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

async fn misspelled_searches_suggest_names(app: App) {
    for (query, suggestion) in [
        ("lamaa", Some("LLaMA")),
        ("lalma2", Some("LLaMA-2")),
        ("flacon", Some("Falcon")),
        ("xvrese 13b", Some("XVERSE 13b")),
        ("Prithivi", Some("Prithvi")),
        ("qwen9", Some("Qwen")),
        ("no such model at all", None),
        ("xy", None),
    ] {
        let (status, _, page) = read(app.request("GET", &format!("/search?q={}", query.replace(' ', "+")))).await;
        assert_eq!(status, 200, "{query}");
        let found = page.split("class=\"suggestion\"").nth(1).and_then(|rest| rest.split("data-result>").nth(1));
        assert_eq!(found.and_then(|rest| rest.split('<').next()), suggestion, "{query}");
    }
    // What is found needs no suggestion, and no query no results.
    for path in ["/search?q=llama", "/search?q=", "/search", "/search?q=%00", "/search?q=+%E3%80%80"] {
        let (status, _, page) = read(app.request("GET", path)).await;
        assert!(status == 200 && !page.contains("class=\"suggestion\""), "{path}: {status}");
    }
    let (.., page) = read(app.request("GET", "/search?q=llama+%3C13b+24gb+2023")).await;
    assert_eq!(page.matches("class=\"chip\"").count(), 3, "{page}");
    let (.., page) = read(app.request("GET", "/search?q=%3Cscript%3E")).await;
    assert!(!page.contains("<script>"));
}

async fn the_page_of_the_api_has_the_configured_limits(app: App) {
    let mut options = Options { playground: false, ..options() };
    options.limits.depth = 17;
    let server = app.with_options(options);
    let (status, _, page) = read(server.request("GET", "/api")).await;
    assert_eq!(status, 200);
    assert!(page.contains(&format!("{}/graphql", server.address)));
    assert!(page.contains("<td>17</td>") && !page.contains("/playground"));
    let (.., page) = read(app.request("GET", "/api")).await;
    assert!(page.contains("href=\"/playground\"") && page.contains("href=\"/playground?query="));
}

async fn the_site_map_has_every_page(app: App) {
    let (.., robots) = read(app.request("GET", "/robots.txt")).await;
    assert!(robots.contains(&format!("\nSitemap: {}/sitemap.xml\n", app.address)), "{robots}");
    let addresses = |text: &str| {
        let parts = text.split("<loc>").skip(1).filter_map(|part| part.split("</loc>").next());
        parts.map(|address| address.replacen(&app.address, "", 1)).collect::<Vec<_>>()
    };
    let (.., index) = read(app.request("GET", "/sitemap.xml")).await;
    let mut paths = Vec::new();
    for file in addresses(&index) {
        let (status, headers, text) = read(app.request("GET", &file)).await;
        assert_eq!((status, header(&headers, "content-type")), (200, "application/xml; charset=utf-8"), "{file}");
        assert!(text.ends_with("</urlset>\n"), "{file}");
        paths.extend(addresses(&text));
    }
    for path in ["/", "/api", "/plots", "/licenses", "/models/llama-2", "/organizations/meta", "/datasets/the-pile"] {
        assert_eq!(paths.iter().filter(|found| *found == path).count(), 1, "{path}");
    }
    assert_eq!(paths.iter().filter(|path| path.starts_with("/models/")).count(), 31);
    for path in paths {
        assert_eq!(read(app.request("HEAD", &path)).await.0, 200, "{path}");
    }
    for path in
        ["/sitemap/models-0.xml", "/sitemap/models-x.xml", "/sitemap/robots-1.xml", "/sitemap/models-99999999.xml"]
    {
        assert_eq!(read(app.request("GET", path)).await.0, 404, "{path}");
    }
    let (status, _, empty) = read(app.request("GET", "/sitemap/models-2.xml")).await;
    assert!(status == 200 && addresses(&empty).is_empty());
}
