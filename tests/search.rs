//! Full-text search: any language, any length, best match first.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        search_covers_names_aliases_summaries_and_organizations,
        search_matches_special_characters_literally,
        search_ranks_the_best_match_first,
        search_pages_return_each_result_once,
        empty_searches_are_rejected,
        search_combines_with_filters,
        searches_read_amounts_dates_and_licenses,
        amounts_hold_for_one_size,
        models_are_ordered_by_relevance,
        an_index_finds_what_reading_finds,
    ]
}

const QUERY: &str = "query($query: String!) { models(first: 100, search: $query) { totalCount nodes { slug } }
    search(query: $query, first: 100) { totalCount nodes { __typename ... on Model { slug } ... on Dataset { slug }
        ... on License { slug } ... on Organization { slug } ... on Architecture { slug } } } }";

/// The results of a search: the hits, best first, as `Type slug`, and the models, in the order of the list.
async fn found(app: &App, query: &str) -> (Vec<String>, Vec<String>) {
    let data = app.data_with(QUERY, json!({ "query": query })).await;
    let list = |field: &str| {
        let nodes = data[field]["nodes"].as_array().expect("a list").clone();
        assert_eq!(data[field]["totalCount"], nodes.len(), "{field} for {query}");
        nodes
    };
    let text = |node: &Json, field: &str| node[field].as_str().expect("a text").to_owned();
    let hit = |node: &Json| format!("{} {}", text(node, "__typename"), text(node, "slug"));
    let hits = list("search").iter().map(hit).collect();
    (hits, list("models").iter().map(|node| text(node, "slug")).collect())
}

/// The hits that have a size of 7 billion parameters.
const LLAMAS_7B: &[&str] = &["Model llama", "Model llama-2", "Model codellama", "Model openllama"];

async fn search_covers_names_aliases_summaries_and_organizations(app: App) {
    for (query, hits, models) in [
        ("Qwen", &["Model qwen"][..], &["qwen"][..]),
        ("qwen", &["Model qwen"], &["qwen"]),
        ("ＱＷＥＮ", &["Model qwen"], &["qwen"]),
        ("  qwen\n", &["Model qwen"], &["qwen"]),
        ("千问", &["Model qwen"], &["qwen"]),
        ("千", &["Model qwen"], &["qwen"]),
        ("通义 qwen", &["Model qwen"], &["qwen"]),
        ("天工", &["Model skywork"], &["skywork"]),
        ("天", &["Model skywork", "Model aquila"], &["skywork", "aquila"]),
        ("悟道天鹰", &["Model aquila"], &["aquila"]),
        ("geospatial", &["Model prithvi"], &["prithvi"]),
        ("地理", &["Model prithvi"], &["prithvi"]),
        ("llama2", &["Model llama-2", "License llama-2-community-license"], &["llama-2"]),
        ("the pile", &["Dataset the-pile"], &[]),
        ("thepile", &["Dataset the-pile"], &[]),
        ("pile the", &["Dataset the-pile"], &[]),
        ("refinedweb falcon", &[], &[]),
        // What is said of sizes is looked for in models only.
        ("llama 7b", LLAMAS_7B, &["llama-2", "llama", "openllama", "codellama"]),
        ("no such thing", &[], &[]),
    ] {
        let (found_hits, mut found_models) = found(&app, query).await;
        assert_eq!(found_hits, hits, "{query:?}");
        found_models.sort_unstable_by_key(|slug| models.iter().position(|model| model == slug));
        assert_eq!(found_models, models, "{query:?}");
    }
    let (mut hits, models) = found(&app, "昆仑").await;
    hits.sort_unstable();
    assert_eq!(
        (hits, models),
        (vec!["Model skywork".to_owned(), "Organization kunlun-wanwei".to_owned()], vec!["skywork".to_owned()])
    );
    assert_eq!(found(&app, "NASA").await.1, ["prithvi"]);
}

async fn search_matches_special_characters_literally(app: App) {
    for query in ["_", "%%", "\\", "l%a", "ll_ma", "\\%", "*", "'"] {
        assert_eq!(found(&app, query).await, (vec![], vec![]), "{query:?}");
    }
    // Its summary has a share of code in percent.
    assert_eq!(found(&app, "%").await.1, ["deepseek-coder"]);
    assert_eq!(found(&app, "llama-").await.1, ["llama-2"]);
}

async fn search_ranks_the_best_match_first(app: App) {
    let expected = [
        // The name.
        "Model llama",
        "Architecture llama",
        // The name begins with it.
        "License llama-2-community-license",
        "License llama-license",
        "Model llama-2",
        // The name contains it.
        "Model codellama",
        "Model openllama",
    ];
    for query in ["llama", "LLaMA", "ＬＬＡＭＡ "] {
        assert_eq!(found(&app, query).await.0, expected, "{query}");
    }
    // A license, and models under licenses that people call so.
    assert_eq!(
        found(&app, "llama license").await.0,
        ["License llama-license", "Model llama", "License llama-2-community-license", "Model llama-2"]
    );
    assert_eq!(found(&app, "aquila").await.0, ["Model aquila", "Model aquila2"]);
    // A match of the own name ranks before a match of a maker.
    assert_eq!(found(&app, "meta").await.0, ["Organization meta", "Model llama"]);
    assert_eq!(found(&app, "昆仑").await.0, ["Organization kunlun-wanwei", "Model skywork"]);
}

async fn search_pages_return_each_result_once(app: App) {
    let all = found(&app, "llama").await.0;
    let query = "query($after: String) { search(query: \"llama\", first: 2, after: $after) { totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { __typename
        ... on Model { slug } ... on License { slug } ... on Architecture { slug } } } } }";
    let (mut after, mut seen, mut pages) = (Json::Null, Vec::new(), 0);
    loop {
        let page = app.data_with(query, json!({ "after": after })).await["search"].take();
        let (edges, info) = (page["edges"].as_array().expect("a list"), &page["pageInfo"]);
        pages += 1;
        assert_eq!(page["totalCount"], 7);
        assert_eq!(info["hasPreviousPage"], !after.is_null());
        assert_eq!(
            (&info["startCursor"], &info["endCursor"]),
            (&edges[0]["cursor"], &edges[edges.len() - 1]["cursor"])
        );
        seen.extend(edges.iter().map(|edge| {
            let text = |field: &str| edge["node"][field].as_str().expect("a text").to_owned();
            format!("{} {}", text("__typename"), text("slug"))
        }));
        after = info["endCursor"].clone();
        if info["hasNextPage"] == false {
            break;
        }
        assert_eq!(edges.len(), 2);
    }
    assert_eq!((pages, seen), (4, all));
    let behind = app.data_with(query, json!({ "after": after })).await["search"].take();
    let info = json!({ "hasNextPage": false, "hasPreviousPage": true, "startCursor": null, "endCursor": null });
    assert_eq!((&behind["edges"], &behind["pageInfo"]), (&json!([]), &info));
    let one =
        app.data("{ search(query: \"llama\", first: 100) { nodes { __typename } pageInfo { hasNextPage } } }").await;
    assert_eq!(one["search"]["nodes"].as_array().map(Vec::len), Some(7));
    assert_eq!(one["search"]["pageInfo"]["hasNextPage"], false);
}

async fn empty_searches_are_rejected(app: App) {
    for query in ["", " ", "\\n\\t", "\u{3000}"] {
        let error = app.error(&format!("{{ search(query: \"{query}\") {{ totalCount }} }}")).await;
        let message = "`query` is empty; give at least one word.";
        assert_eq!(error, ("INVALID_ARGUMENT".to_owned(), message.to_owned()), "{query:?}");
        // An empty search returns the whole list.
        let data = app.data(&format!("{{ models(search: \"{query}\") {{ totalCount }} }}")).await;
        assert_eq!(data["models"]["totalCount"], 31, "{query:?}");
    }
}

async fn search_combines_with_filters(app: App) {
    let data = app
        .data(
            "{ models(search: \"llama\", where: { kind: { eq: FOUNDATION } }, orderBy: [{ field: NAME, direction: DESC }]) {
                 nodes { slug } totalCount facets { commercialUse { value count } } }
               or: models(search: \"llama\", where: { or: [{ slug: { eq: \"qwen\" } }, { slug: { eq: \"llama\" } }] }) { nodes { slug } }
               organization(slug: \"meta\") { found: models(search: \"llama\") { totalCount } none: models(search: \"qwen\") { totalCount } }
               datasets(search: \"web\") { nodes { slug } } licenses(search: \"rail\") { nodes { slug } }
               organizations(search: \"昆仑\") { nodes { slug } } architectures(search: \"gptq\") { nodes { slug } } }",
        )
        .await;
    let nodes = |slugs: &[&str]| Json::from_iter(slugs.iter().map(|slug| json!({ "slug": slug })));
    let uses = ["ALLOWED", "PROHIBITED", "UNKNOWN"].map(|value| json!({ "value": value, "count": 1 }));
    let expected = json!({
        "models": { "nodes": nodes(&["openllama", "llama-2", "llama"]), "totalCount": 3, "facets": { "commercialUse": uses } },
        "or": { "nodes": nodes(&["llama"]) },
        "organization": { "found": { "totalCount": 1 }, "none": { "totalCount": 0 } },
        "datasets": { "nodes": nodes(&["refinedweb"]) },
        "licenses": { "nodes": nodes(&["bigscience-bloom-rail-1-0"]) },
        "organizations": { "nodes": nodes(&["kunlun-wanwei"]) },
        "architectures": { "nodes": nodes(&["gptq"]) },
    });
    assert_eq!(data, expected);
}

/// The slugs of the models that a search finds, in their order.
async fn models(app: &App, query: &str) -> Vec<String> {
    let models = "query($query: String!) { models(first: 100, search: $query) { totalCount nodes { slug } } }";
    let data = app.data_with(models, json!({ "query": query })).await["models"].take();
    let nodes = data["nodes"].as_array().expect("a list");
    assert_eq!(data["totalCount"], nodes.len(), "{query}");
    nodes.iter().map(|node| node["slug"].as_str().expect("a text").to_owned()).collect()
}

/// The slugs of the models that match a filter, sorted.
async fn filtered(app: &App, filter: &str) -> Vec<String> {
    let data = app.data(&format!("{{ models(first: 100, where: {filter}) {{ nodes {{ slug }} }} }}")).await;
    let nodes = data["models"]["nodes"].as_array().expect("a list");
    let mut slugs = nodes.iter().map(|node| node["slug"].as_str().expect("a text").to_owned()).collect::<Vec<_>>();
    slugs.sort_unstable();
    slugs
}

async fn searches_read_amounts_dates_and_licenses(app: App) {
    let license =
        "mutation { createLicense(input: { slug: \"apache-2-0\", name: \"Apache License 2.0\", spdxId: \"Apache-2.0\",
        aliases: [\"Apache 2.0\"], commercialUse: ALLOWED }) { revision }
        updateModel(input: { slug: \"falcon\", license: { slug: \"apache-2-0\" } }) { revision } }";
    app.with_token(&app.token(Role::Editor).await).data(license).await;
    for (query, filter) in [
        (
            "7b",
            "{ sizes: { some: { or: [{ label: { eq: \"7B\" } }, { parameters: { gte: \"6.5B\", lt: \"7.5B\" } }] } } }",
        ),
        ("<3b", "{ sizes: { some: { parameters: { lt: \"3B\" }, label: { ne: \"3B\" } } } }"),
        (">70b", "{ sizes: { some: { parameters: { gt: \"70B\" }, label: { ne: \"70B\" } } } }"),
        (
            "6-7b",
            "{ sizes: { some: { or: [{ label: { in: [\"6B\", \"7B\"] } }, { parameters: { gte: \"6B\", lte: \"7B\" } }] } } }",
        ),
        ("8gb", "{ sizes: { some: { parameters: { lte: \"13.6B\" } } } }"),
        ("apache", "{ license: { spdxId: { startsWith: \"apache\" } } }"),
        ("Apache 2.0", "{ license: { slug: { eq: \"apache-2-0\" } } }"),
        ("llama 2 community license", "{ license: { slug: { eq: \"llama-2-community-license\" } } }"),
        (
            "7b apache",
            "{ license: { slug: { eq: \"apache-2-0\" } }, sizes: { some: { or: [{ label: { eq: \"7B\" } }, { parameters: { gte: \"6.5B\", lt: \"7.5B\" } }] } } }",
        ),
    ] {
        let mut found = models(&app, query).await;
        found.sort_unstable();
        assert_eq!(found, filtered(&app, filter).await, "{query}");
        assert!(!found.is_empty() || query == ">70b", "{query}");
    }
    assert_eq!(models(&app, "chatglm 6b").await, ["chatglm2"]);
    assert_eq!(models(&app, "chatglm2 >70b").await, [""; 0]);
    // A family whose license has its name is not found by other models under that license.
    assert_eq!(models(&app, "llama").await.len(), 4);
}

async fn amounts_hold_for_one_size(app: App) {
    let create = "mutation { createModel(input: { slug: \"twofold\", name: \"Twofold\", kind: FOUNDATION, releaseDate: \"2031-07\",
        sizes: [{ label: \"1B\", parameters: \"1B\", contextLength: 131072 }, { label: \"90B\", parameters: \"90B\", contextLength: 4096 }] }) { revision } }";
    app.with_token(&app.token(Role::Editor).await).data(create).await;
    for (query, found) in [
        ("twofold 1b", true),
        ("twofold >80b", true),
        ("twofold 128k", true),
        ("twofold 1b 128k", true),
        ("twofold >80b 128k", false),
        ("twofold 24gb 128k", true),
        ("twofold 24gb >80b", false),
        ("2031", true),
        ("2031-07", true),
        ("2031-08", false),
        (">2030", true),
        (">2031", false),
        ("twofold >=2031 <2032", true),
    ] {
        assert_eq!(models(&app, query).await, if found { &["twofold"][..] } else { &[] }, "{query}");
    }
}

async fn models_are_ordered_by_relevance(app: App) {
    // A name, names that begin with it, names that contain it; among equals in the order of the source without dates.
    let llamas = models(&app, "llama").await;
    assert_eq!(llamas, ["llama", "llama-2", "openllama", "codellama"]);
    // Pages continue in that order, in both directions.
    let query = "query($after: String, $before: String, $first: Int, $last: Int) { models(search: \"llama\", first: $first, last: $last,
        after: $after, before: $before) { nodes { slug } pageInfo { startCursor endCursor } } }";
    let first = app.data_with(query, json!({ "first": 2 })).await["models"].take();
    let after = json!({ "first": 2, "after": first["pageInfo"]["endCursor"] });
    let second = app.data_with(query, after).await["models"].take();
    let before = json!({ "last": 2, "before": second["pageInfo"]["startCursor"] });
    let back = app.data_with(query, before).await["models"].take();
    let slugs =
        |page: &Json| Vec::from_iter(page["nodes"].as_array().expect("a list").iter().map(|node| node["slug"].clone()));
    assert_eq!([slugs(&first), slugs(&second)].concat(), llamas);
    assert_eq!(slugs(&back), slugs(&first));
    // An order that is asked for holds.
    let named =
        app.data("{ models(search: \"llama\", orderBy: [{ field: NAME, direction: DESC }]) { nodes { slug } } }").await;
    assert_eq!(slugs(&named["models"])[0], "openllama");
}

/// Searches of the current catalog use an index of groups of characters; those of earlier states read every text. Both find the same.
async fn an_index_finds_what_reading_finds(app: App) {
    let app = app.with_token(&app.token(Role::Editor).await);
    let parts = [
        "qwen",
        "Open",
        "LLaMA",
        "7b",
        "\"quoted\"",
        "100%",
        "under_score",
        "back\\\\slash",
        "a'b",
        "AND",
        "NOT",
        "NEAR(x)",
        "star*",
        "col:on",
        "^up",
        "-minus",
        "天鹰",
        "书生浦语",
        "İstanbul",
        "Straße",
        "ﬁne",
        "🦙llama",
        "..",
        "x",
        "e\u{301}tude",
        "ＦＵＬＬ",
    ];
    let mut random = 7_u64;
    let mut below = |count: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap_or_default() % count
    };
    let mut names = Vec::new();
    for number in 0..60 {
        let name = (0..=below(3)).map(|_| parts[below(parts.len())]).collect::<Vec<_>>().join(["", " ", "-"][below(3)]);
        names.push(json!({ "slug": format!("made-{number}"), "name": format!("{name} {number}") }));
    }
    let upsert = "mutation($input: UpsertModelsInput!) { upsertModels(input: $input) { revision } }";
    app.data_with(upsert, json!({ "input": { "models": names } })).await;
    // The index follows changes and deletions.
    for number in 0..10 {
        let renamed = format!("{} {}", parts[below(parts.len())], parts[below(parts.len())]);
        let input = json!({ "slug": format!("made-{number}"), "name": renamed });
        app.data_with(
            "mutation($input: UpdateModelInput!) { updateModel(input: $input) { revision } }",
            json!({ "input": input }),
        )
        .await;
    }
    for number in 10..15 {
        let delete = format!("mutation {{ deleteModel(input: {{ slug: \"made-{number}\" }}) {{ revision }} }}");
        app.data(&delete).await;
    }
    let query = "query($query: String!) { now: models(first: 100, search: $query) { totalCount nodes { slug } }
        then: models(first: 100, search: $query, asOf: \"2999-01-01T00:00:00Z\") { totalCount nodes { slug } }
        hits: search(query: $query, first: 100) { nodes { ... on Model { slug } } } }";
    for _ in 0..150 {
        let words = (0..=below(2)).map(|_| {
            let text = parts[below(parts.len())].chars().collect::<Vec<_>>();
            let start = below(text.len());
            let end = start + 1 + below(text.len() - start);
            text[start..end].iter().collect::<String>()
        });
        let words = words.collect::<Vec<_>>().join(" ");
        let (status, answer) = app.post(&json!({ "query": query, "variables": { "query": words } })).await;
        if answer["errors"][0]["extensions"]["code"] == "INVALID_ARGUMENT" {
            continue;
        }
        assert!(status == 200 && answer["errors"].is_null(), "{words:?}: {answer}");
        let data = &answer["data"];
        assert_eq!(data["now"], data["then"], "{words:?}");
        let slugs = |list: &Json| {
            let nodes = list["nodes"].as_array().expect("a list").iter();
            nodes.filter_map(|node| Some(node["slug"].as_str()?.to_owned())).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(slugs(&data["hits"]), slugs(&data["now"]), "{words:?}");
    }
}
