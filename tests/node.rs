//! Global object identification, relations in both directions, and derived fields of models and sizes.

use std::collections::HashSet;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        node_returns_the_object_of_an_id,
        ids_are_unique_and_stable,
        nodes_returns_objects_in_the_order_of_their_ids,
        an_id_that_was_never_issued_does_not_affect_the_others,
        nodes_of_all_types_cost_one_statement,
        relations_can_be_followed_both_ways,
        connections_of_each_parent_are_paged_separately,
        facets_count_the_whole_list,
        facets_count_sizes_and_tokens_in_ranges,
        memory_is_estimated_for_each_precision,
    ]
}

/// A field for each type, with a selection.
const TYPES: [(&str, &str, &str); 7] = [
    ("Model", "model(slug: \"qwen\")", "slug name aliases version createdAt sizes { label } dataScale { text }"),
    ("ModelSize", "sizes(first: 1, where: { label: { eq: \"65B\" } })", "label parameters model { slug }"),
    ("Dataset", "dataset(slug: \"the-pile\")", "slug name bytes links { url } models { totalCount }"),
    ("License", "license(slug: \"llama-license\")", "slug name commercialUse conditions"),
    ("Organization", "organization(slug: \"kunlun-wanwei\")", "slug name models { nodes { slug } }"),
    ("Architecture", "architecture(slug: \"gptq\")", "slug name links { kind url }"),
    ("Revision", "revisions(last: 1)", "number actor action subjectType subjectSlug changes { field after }"),
];

async fn node_returns_the_object_of_an_id(app: App) {
    let mut ids = HashSet::new();
    for (name, field, selection) in TYPES {
        let selection = format!("__typename id {selection}");
        let list = !field.contains("slug:");
        let query = if list {
            format!("{{ given: {field} {{ nodes {{ {selection} }} }} }}")
        } else {
            format!("{{ given: {field} {{ {selection} }} }}")
        };
        let mut given = app.data(&query).await["given"].take();
        if list {
            given = given["nodes"][0].take();
        }
        assert_eq!(given["__typename"], name);
        let query = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {name} {{ {selection} }} }} nodes(ids: [$id]) {{ id __typename }} }}"
        );
        let data = app.data_with(&query, json!({ "id": given["id"] })).await;
        assert_eq!(data, json!({ "node": given, "nodes": [{ "id": given["id"], "__typename": name }] }));
        assert!(ids.insert(given["id"].to_string()));
    }
}

async fn ids_are_unique_and_stable(app: App) {
    let query = "{ models(first: 100) { nodes { id } } sizes(first: 100) { nodes { id } } datasets { nodes { id } }
        licenses { nodes { id } } organizations { nodes { id } } architectures { nodes { id } } revisions(first: 100) { nodes { id } } }";
    let data = app.data(query).await;
    let lists = data.as_object().expect("an object").values();
    let ids = lists.flat_map(|list| list["nodes"].as_array().expect("a list")).map(|node| node["id"].to_string());
    let ids = ids.collect::<Vec<_>>();
    assert_eq!(ids.len(), 31 + 55 + 2 + 5 + 4 + 2 + 44);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    assert_eq!(app.data(query).await, data);
}

async fn nodes_returns_objects_in_the_order_of_their_ids(app: App) {
    let data = app.data("{ models(first: 3) { nodes { id slug } } dataset(slug: \"the-pile\") { id } revisions(first: 1) { nodes { id } } }").await;
    let model = |index: usize| data["models"]["nodes"][index]["id"].clone();
    // `Model:99999`, `ModelSize:1:1B` and `Revision:99999` were never given out, but might have been and be gone.
    let ids = json!([
        model(2),
        "TW9kZWw6OTk5OTk",
        "TW9kZWxTaXplOjE6MUI",
        data["dataset"]["id"],
        model(0),
        "UmV2aXNpb246OTk5OTk",
        model(2),
        data["revisions"]["nodes"][0]["id"],
        model(1)
    ]);
    let query =
        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Model { slug } ... on Revision { number } } }";
    let model = |slug: &str| json!({ "__typename": "Model", "slug": slug });
    let expected = json!([
        model("baichuan-2"), null, null, { "__typename": "Dataset" }, model("llama-2"), null, model("baichuan-2"),
        { "__typename": "Revision", "number": 1 }, model("falcon"),
    ]);
    assert_eq!(app.data_with(query, json!({ "ids": ids })).await["nodes"], expected);
    assert_eq!(app.data_with(query, json!({ "ids": [] })).await["nodes"], json!([]));
    let hundred = app.data_with(query, json!({ "ids": vec![ids[0].clone(); 100] })).await;
    assert_eq!(hundred["nodes"], Json::from(vec![model("baichuan-2"); 100]));
}

async fn relations_can_be_followed_both_ways(app: App) {
    let data = app
        .data(
            "{ models(first: 100) { nodes { slug license { slug } datasets { slug } organizations { slug } sizes { id model { slug } }
                 revisions { totalCount nodes { subjectSlug subject { ... on Model { slug } } } } } }
               datasets { nodes { slug models { nodes { slug } } } }
               organizations { nodes { slug models { nodes { slug } } revisions { totalCount nodes { subject { ... on Organization { slug } } } } } }
               revisions(first: 100) { nodes { subjectType subjectSlug subject { __typename ... on Model { slug } ... on Dataset { slug }
                 ... on License { slug } ... on Organization { slug } ... on Architecture { slug } } } }
               licenses { nodes { slug models { nodes { slug } } } }
               sizes(first: 100) { nodes { id license { slug } model { slug license { slug } } } } }",
        )
        .await;
    let nodes = |list: &str| data[list]["nodes"].as_array().expect("a list").clone();
    for (list, field) in [("datasets", "datasets"), ("organizations", "organizations"), ("licenses", "license")] {
        let mut forth = HashSet::new();
        for model in nodes("models") {
            let related = match &model[field] {
                Json::Array(related) => related.clone(),
                one => vec![one.clone()],
            };
            let slugs = related.iter().filter(|related| !related.is_null()).map(|related| related["slug"].to_string());
            forth.extend(slugs.map(|slug| (model["slug"].to_string(), slug)));
        }
        let back = nodes(list).into_iter().flat_map(|related| {
            let models = related["models"]["nodes"].as_array().expect("a list").clone();
            models.into_iter().map(move |model| (model["slug"].to_string(), related["slug"].to_string()))
        });
        assert!(!forth.is_empty());
        assert_eq!(back.collect::<HashSet<_>>(), forth, "{list}");
    }
    let mut of_models = HashSet::new();
    for model in nodes("models") {
        let revision = json!({ "subjectSlug": model["slug"], "subject": { "slug": model["slug"] } });
        assert_eq!(model["revisions"], json!({ "totalCount": 1, "nodes": [revision] }));
        for size in model["sizes"].as_array().expect("a list") {
            assert_eq!(size["model"]["slug"], model["slug"]);
            of_models.insert(size["id"].to_string());
        }
    }
    assert_eq!(nodes("sizes").iter().map(|size| size["id"].to_string()).collect::<HashSet<_>>(), of_models);
    for size in nodes("sizes") {
        assert_eq!(size["license"], size["model"]["license"], "no size has a license of its own");
    }
    for organization in nodes("organizations") {
        let revisions = json!({ "totalCount": 1, "nodes": [{ "subject": { "slug": organization["slug"] } }] });
        assert_eq!(organization["revisions"], revisions);
    }
    for revision in nodes("revisions") {
        assert_eq!(revision["subject"]["slug"], revision["subjectSlug"]);
        let name = revision["subject"]["__typename"].as_str().expect("a name");
        assert_eq!(revision["subjectType"], name.to_uppercase());
    }
}

async fn connections_of_each_parent_are_paged_separately(app: App) {
    // Two makers of one model, and one of one: the pages of three parents are read together.
    let query = "query($first: Int!, $after: String) { organizations { nodes { slug models(first: $first, after: $after,
        orderBy: [{ field: NAME }]) { totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage endCursor } } } }
        licenses { nodes { slug models(last: 1) { totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage } } } }
        architectures { nodes { models(first: 1) { totalCount nodes { slug } pageInfo { hasNextPage } } } } }";
    let data = app.data_with(query, json!({ "first": 1 })).await;
    let maker = |index: usize| data["organizations"]["nodes"][index].clone();
    for (index, slug, model) in
        [(0, "ibm", "prithvi"), (1, "meta", "llama"), (2, "nasa", "prithvi"), (3, "kunlun-wanwei", "skywork")]
    {
        let models = &maker(index)["models"];
        assert_eq!((&maker(index)["slug"], &models["totalCount"]), (&json!(slug), &json!(1)));
        assert_eq!(models["nodes"], json!([{ "slug": model }]));
        assert_eq!(
            (&models["pageInfo"]["hasNextPage"], &models["pageInfo"]["hasPreviousPage"]),
            (&json!(false), &json!(false))
        );
    }
    for license in data["licenses"]["nodes"].as_array().expect("a list") {
        let models = &license["models"];
        assert_eq!(
            (&models["totalCount"], models["nodes"].as_array().map(Vec::len)),
            (&json!(1), Some(1)),
            "{license}"
        );
    }
    let none = json!({ "models": { "totalCount": 0, "nodes": [], "pageInfo": { "hasNextPage": false } } });
    assert_eq!(data["architectures"]["nodes"], json!([none, none]));
    // A cursor of one parent's list is a position in the list of each: prithvi follows llama.
    let after = maker(1)["models"]["pageInfo"]["endCursor"].clone();
    let data = app.data_with(query, json!({ "first": 1, "after": after })).await;
    let models = |index: usize| data["organizations"]["nodes"][index]["models"].clone();
    assert_eq!(models(0)["nodes"], json!([{ "slug": "prithvi" }]));
    assert_eq!((&models(1)["nodes"], &models(1)["totalCount"]), (&json!([]), &json!(1)));
    assert_eq!(models(1)["pageInfo"]["hasPreviousPage"], true);
    assert_eq!(models(0)["pageInfo"]["hasPreviousPage"], false);
}

async fn facets_count_sizes_and_tokens_in_ranges(app: App) {
    let facets = "facets { parameters { value label count } trainingTokens { value label count } }";
    let some = "where: { slug: { in: [\"llama\", \"llama-2\", \"prithvi\", \"opt\"] } }";
    let data = app
        .data(&format!(
            "{{ some: models({some}) {{ {facets} }} none: models(where: {{ slug: {{ eq: \"prithvi\" }} }}) {{ {facets} }}
                all: models(first: 1) {{ {facets} }} organization(slug: \"meta\") {{ models {{ {facets} }} }} }}"
        ))
        .await;
    let facet = |value: &str, label: &str, count: u32| json!({ "value": value, "label": label, "count": count });
    let (small, middle, large) = ("3000000000", "10000000000", "30000000000");
    let tokens = json!([facet("1000000000000", "1T to 3T", 2), facet("100000000000", "100B to 300B", 1)]);
    let found = |models: &Json, name: &str| models["facets"][name].clone();
    assert_eq!(found(&data["some"], "trainingTokens"), tokens);
    assert_eq!(found(&data["none"], "parameters"), json!([]));
    assert_eq!(found(&data["none"], "trainingTokens"), json!([]));
    // LLaMA's 7B, 13B, 30B and 65B: a range has its beginning, and not its end.
    let llama = json!([facet(large, "30B to 100B", 2), facet(middle, "10B to 30B", 1), facet(small, "3B to 10B", 1)]);
    assert_eq!(found(&data["organization"]["models"], "parameters"), llama);
    let counts = data["all"]["facets"]["parameters"].as_array().expect("a list").iter();
    assert_eq!(
        counts.map(|facet| facet["count"].as_u64().expect("a number")).sum::<u64>(),
        55,
        "each size counts once"
    );
}

async fn facets_count_the_whole_list(app: App) {
    let facets = "facets { commercialUse { value label count } licenses { value label count } organizations { value label count }
        kinds { value label count } releaseYears { value label count } }";
    let data = app
        .data(&format!(
            "{{ all: models(first: 1) {{ {facets} }} some: models(first: 1, where: {{ slug: {{ in: [\"llama\", \"prithvi\", \"vicuna\"] }} }}) {{ {facets} }}
               organizations {{ nodes {{ slug models {{ {facets} }} }} }} licenses {{ nodes {{ models {{ facets {{ kinds {{ count }} licenses {{ value }} }} }} }} }} }}"
        ))
        .await;
    let facet = |value: &str, label: &str, count: u32| json!({ "value": value, "label": label, "count": count });
    let expected = json!({
        "commercialUse": [facet("UNKNOWN", "Unknown", 26), facet("ALLOWED", "Allowed", 2),
            facet("AUTHORIZATION_REQUIRED", "Authorization required", 2), facet("PROHIBITED", "Prohibited", 1)],
        "licenses": [facet("baichuan-2-community-license", "Baichuan 2 Community License", 1),
            facet("bigscience-bloom-rail-1-0", "BigScience BLOOM RAIL 1.0", 1), facet("internlm-license", "InternLM License", 1),
            facet("llama-2-community-license", "Llama 2 Community License", 1), facet("llama-license", "LLaMA License", 1)],
        "organizations": [facet("ibm", "IBM", 1), facet("kunlun-wanwei", "昆仑万维", 1), facet("meta", "Meta", 1), facet("nasa", "NASA", 1)],
        "kinds": [facet("FOUNDATION", "Foundation", 24), facet("DERIVED", "Derived", 7)],
        "releaseYears": [],
    });
    assert_eq!(data["all"]["facets"], expected);
    let expected = json!({
        "commercialUse": [facet("UNKNOWN", "Unknown", 2), facet("PROHIBITED", "Prohibited", 1)],
        "licenses": [facet("llama-license", "LLaMA License", 1)],
        "organizations": [facet("ibm", "IBM", 1), facet("meta", "Meta", 1), facet("nasa", "NASA", 1)],
        "kinds": [facet("FOUNDATION", "Foundation", 2), facet("DERIVED", "Derived", 1)],
        "releaseYears": [],
    });
    assert_eq!(data["some"]["facets"], expected);
    // Of the models of NASA one is of IBM too.
    let nasa = &data["organizations"]["nodes"][2];
    assert_eq!(
        (&nasa["slug"], &nasa["models"]["facets"]["organizations"]),
        (&json!("nasa"), &json!([facet("ibm", "IBM", 1), facet("nasa", "NASA", 1)]))
    );
    assert_eq!(nasa["models"]["facets"]["commercialUse"], json!([facet("UNKNOWN", "Unknown", 1)]));
    let bloom = json!({ "kinds": [{ "count": 1 }], "licenses": [{ "value": "bigscience-bloom-rail-1-0" }] });
    assert_eq!(data["licenses"]["nodes"][1]["models"]["facets"], bloom);
}

async fn memory_is_estimated_for_each_precision(app: App) {
    let precisions = ["FP32", "FP16", "BF16", "FP8", "INT8", "INT4"];
    let fields = precisions.map(|name| format!("{name}: memoryBytes(precision: {name})")).join(" ");
    let data = app
        .data(&format!("{{ sizes(where: {{ label: {{ in: [\"7.1B\", \"65B\"] }} }}) {{ nodes {{ label memoryBytes {fields} }} }} }}"))
        .await;
    let size = |label: &str, parameters: i64| {
        json!({
            "label": label, "memoryBytes": parameters * 2, "FP32": parameters * 4, "FP16": parameters * 2, "BF16": parameters * 2,
            "FP8": parameters, "INT8": parameters, "INT4": parameters / 2,
        })
    };
    assert_eq!(data["sizes"]["nodes"], json!([size("7.1B", 7_100_000_000), size("65B", 65_000_000_000)]));
}

async fn an_id_that_was_never_issued_does_not_affect_the_others(app: App) {
    let good = app.data("{ model(slug: \"qwen\") { id } }").await["model"]["id"].clone();
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } catalog { revision } }";
    let variables = json!({ "ids": [good, "garbage", good, ""] });
    let (status, answer) = app.post(&json!({ "query": query, "variables": variables })).await;
    let nodes = json!([{ "id": good }, null, { "id": good }, null]);
    assert_eq!((status, &answer["data"]["nodes"]), (200, &nodes), "{answer}");
    let errors = answer["errors"].as_array().expect("errors").iter();
    let mut errors =
        errors.map(|error| (error["extensions"]["code"].clone(), error["path"].clone())).collect::<Vec<_>>();
    errors.sort_by_key(|(_, path)| path.to_string());
    let error = |index: usize| (json!("INVALID_ID"), json!(["nodes", index]));
    assert_eq!(errors, [error(1), error(3)]);
}

async fn nodes_of_all_types_cost_one_statement(app: App) {
    let data = app
        .data(
            "{ revisions(last: 40) { nodes { id number } } models(first: 20) { nodes { id } } sizes(first: 10) { nodes { id } }
               datasets { nodes { id } } licenses { nodes { id } } organizations { nodes { id } } architectures { nodes { id } } }",
        )
        .await;
    let lists = data.as_object().expect("lists").values().flat_map(|list| list["nodes"].as_array().expect("a list"));
    let ids = lists.map(|node| node["id"].clone()).collect::<Vec<_>>();
    assert!(ids.len() > 80, "{}", ids.len());
    let query = format!("{{ nodes(ids: {}) {{ id ... on Revision {{ number changes {{ field }} }} }} }}", json!(ids));
    let (data, statements) = app.counted(&query).await;
    let found = data["nodes"].as_array().expect("a list");
    assert_eq!(found.iter().map(|node| node["id"].clone()).collect::<Vec<_>>(), ids);
    assert_eq!(statements, 1);
}
