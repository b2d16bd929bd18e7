//! What is known about models and their sizes: context, modalities, languages, purposes, status and dimensions.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::edit::{editor, refused};
use crate::support::App;
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_size_has_the_facts_of_its_model_unless_it_states_others,
        facts_are_found_and_ordered,
        attention_follows_from_the_layers,
        facts_are_imported_and_exported_as_a_table,
        invalid_facts_are_refused,
    ]
}

const MODEL: &str = "mutation { createModel(input: { name: \"Facts\", kind: FOUNDATION, languages: [\"en\", \"zh-Hant\", \"pt-BR\"],
    purposes: [\"CHAT\", \"CODE\"], contextLength: 32768, extendedContextLength: 131072, status: RELEASED, knowledgeCutoff: \"2024-06\",
    modalities: { input: [TEXT, IMAGE], output: [TEXT] }, sizes: [
      { label: \"1B\", parameters: \"1B\", contextLength: 8192, extendedContextLength: 8192, status: ANNOUNCED,
        modalities: { input: [TEXT], output: [TEXT] } },
      { label: \"7B\", parameters: 7012345678, parametersBasis: COUNTED, trainingTokens: \"2T\", trainingTokensBasis: SEEN, layers: 32,
        hiddenSize: 4096, attentionHeads: 32, vocabularySize: 128256, experts: 8, activeExperts: 2, activeParameters: \"2B\" }] }) { revision } }";

async fn a_size_has_the_facts_of_its_model_unless_it_states_others(app: App) {
    let app = editor(&app).await;
    app.data(MODEL).await;
    let facts = "contextLength statedContextLength extendedContextLength status statedStatus knowledgeCutoff modalities { input output }
        statedModalities { input } parametersBasis trainingTokensBasis layers hiddenSize attentionHeads vocabularySize experts activeExperts
        cacheLayers { layers } attention";
    let query = format!(
        "{{ model(slug: \"facts\") {{ languages purposes maxContextLength contextLength extendedContextLength status knowledgeCutoff
             modalities {{ input output }} sizes {{ {facts} }} }} }}"
    );
    let modalities = json!({ "input": ["TEXT", "IMAGE"], "output": ["TEXT"] });
    let small = json!({ "contextLength": 8192, "statedContextLength": 8192, "extendedContextLength": 8192, "status": "ANNOUNCED",
        "statedStatus": "ANNOUNCED", "knowledgeCutoff": "2024-06", "modalities": { "input": ["TEXT"], "output": ["TEXT"] },
        "statedModalities": { "input": ["TEXT"] }, "parametersBasis": "LABEL", "trainingTokensBasis": null, "layers": null,
        "hiddenSize": null, "attentionHeads": null, "vocabularySize": null, "experts": null, "activeExperts": null,
        "cacheLayers": [], "attention": null });
    let large = json!({ "contextLength": 32768, "statedContextLength": null, "extendedContextLength": 131_072, "status": "RELEASED",
        "statedStatus": null, "knowledgeCutoff": "2024-06", "modalities": modalities, "statedModalities": null,
        "parametersBasis": "COUNTED", "trainingTokensBasis": "SEEN", "layers": 32, "hiddenSize": 4096, "attentionHeads": 32,
        "vocabularySize": 128_256, "experts": 8, "activeExperts": 2, "cacheLayers": [], "attention": null });
    let model = json!({ "languages": ["en", "zh-Hant", "pt-BR"], "purposes": ["CHAT", "CODE"], "maxContextLength": 32768, "contextLength": 32768,
        "extendedContextLength": 131_072, "status": "RELEASED", "knowledgeCutoff": "2024-06", "modalities": modalities,
        "sizes": [small, large] });
    assert_eq!(app.data(&query).await["model"], model);
    let change = "mutation { updateModel(input: { slug: \"facts\", contextLength: 65536, modalities: null, status: WITHDRAWN }) { revision } }";
    app.data(change).await;
    // A model without sizes has its own context; unknown contexts are last.
    let create = "mutation { createModel(input: { name: \"Own\", contextLength: 40000 }) { revision } }";
    app.data(create).await;
    let order = "orderBy: [{ field: MAX_CONTEXT_LENGTH, direction: DESC }]";
    let longest = app.data(&format!("{{ models(first: 3, {order}) {{ nodes {{ slug maxContextLength }} }} }}")).await;
    let rows = &longest["models"]["nodes"];
    assert_eq!(rows[0], json!({ "slug": "facts", "maxContextLength": 65536 }));
    assert_eq!(rows[1], json!({ "slug": "own", "maxContextLength": 40000 }));
    assert_eq!(rows[2]["maxContextLength"], Json::Null);
    let query = "{ model(slug: \"facts\") { sizes { contextLength status modalities { output } } } }";
    let sizes = json!([{ "contextLength": 8192, "status": "ANNOUNCED", "modalities": { "output": ["TEXT"] } },
        { "contextLength": 65536, "status": "WITHDRAWN", "modalities": null }]);
    assert_eq!(app.data(query).await["model"]["sizes"], sizes);
    for (language, text) in [("en", "Text, Images → Text"), ("zh", "文本、图像 → 文本")] {
        app.data("mutation { updateModel(input: { slug: \"facts\", modalities: { input: [TEXT, IMAGE], output: [TEXT] } }) { revision } }").await;
        let page =
            app.request("GET", "/models/facts").header("accept-language", language).send().await.expect("a response");
        let page = page.text().await.expect("text");
        assert!(page.contains(text), "{language}: {page}");
    }
}

async fn facts_are_found_and_ordered(app: App) {
    let app = editor(&app).await;
    app.data(MODEL).await;
    let own = "model: { slug: { eq: \"facts\" } }";
    for (filter, labels) in [
        ("contextLength: { gte: 32768 }", json!(["7B"])),
        ("status: { eq: ANNOUNCED }", json!(["1B"])),
        ("status: { in: [RELEASED, ANNOUNCED] }", json!(["1B", "7B"])),
        ("knowledgeCutoff: { lte: \"2024\" }", json!(["1B", "7B"])),
        ("modalities: { input: IMAGE }", json!(["7B"])),
        ("modalities: { output: IMAGE }", json!([])),
        ("modalities: { isNull: true }", json!([])),
        ("parametersBasis: { eq: COUNTED }", json!(["7B"])),
        ("trainingTokensBasis: { ne: DATASET }", json!(["7B"])),
        ("layers: { eq: 32 }, experts: { gt: 1 }, vocabularySize: { lt: 130000 }", json!(["7B"])),
        ("not: { layers: { eq: 32 } }", json!(["1B"])),
    ] {
        let query = format!("{{ sizes(where: {{ {own}, {filter} }}) {{ nodes {{ label }} }} }}");
        assert_eq!(app.column(&query, "/sizes/nodes", "label").await, *labels.as_array().expect("a list"), "{filter}");
    }
    for (direction, labels) in [("ASC", ["1B", "7B"]), ("DESC", ["7B", "1B"])] {
        let order = format!("orderBy: [{{ field: CONTEXT_LENGTH, direction: {direction} }}]");
        let query = format!("{{ sizes(where: {{ {own} }}, {order}) {{ nodes {{ label }} }} }}");
        assert_eq!(app.column(&query, "/sizes/nodes", "label").await, labels.map(|label| json!(label)));
    }
    for (filter, found) in [
        ("languages: { has: \"zh-hant\" }", 1),
        ("languages: { has: \"zh\" }", 0),
        ("purposes: { has: \"CODE\" }", 1),
        ("purposes: { isEmpty: true }", 0),
        ("modalities: { input: IMAGE, output: TEXT }", 1),
        ("contextLength: { eq: 32768 }, knowledgeCutoff: { eq: \"2024\" }", 1),
    ] {
        let query = format!("{{ models(where: {{ slug: {{ eq: \"facts\" }}, {filter} }}) {{ totalCount }} }}");
        assert_eq!(app.data(&query).await["models"]["totalCount"], found, "{filter}");
    }
}

async fn attention_follows_from_the_layers(app: App) {
    let app = editor(&app).await;
    app.data(MODEL).await;
    let full = |layers: u32, heads: u32| {
        format!("{{ layers: {layers}, kind: FULL, keyValueHeads: {heads}, keyDimension: 128, valueDimension: 128 }}")
    };
    let window = "{ layers: 2, kind: WINDOW, keyValueHeads: 8, keyDimension: 128, valueDimension: 128, window: 1024 }";
    let latent = "{ layers: 2, kind: LATENT, latentDimension: 512, ropeDimension: 64 }";
    let state = "{ layers: 2, kind: STATE, keyValueHeads: 1, keyDimension: 16, valueDimension: 8192 }";
    let id = app.data("{ model(slug: \"facts\") { sizes { id } } }").await["model"]["sizes"][1]["id"].clone();
    for (layers, attention) in [
        (full(32, 32), json!("MHA")),
        (full(32, 8), json!("GQA")),
        (full(32, 1), json!("MQA")),
        (format!("{}, {window}", full(4, 8)), json!("WINDOWED")),
        (window.to_owned(), json!("WINDOWED")),
        (latent.to_owned(), json!("MLA")),
        (format!("{latent}, {}", full(1, 8)), json!("HYBRID")),
        (format!("{state}, {}", full(4, 8)), json!("HYBRID")),
        (state.to_owned(), json!("RECURRENT")),
        (String::new(), json!(null)),
    ] {
        let change = format!(
            "mutation {{ updateModelSize(input: {{ id: {id}, cacheLayers: [{layers}] }}) {{ size {{ attention }} }} }}"
        );
        assert_eq!(app.data(&change).await["updateModelSize"]["size"]["attention"], attention, "{layers}");
        assert_filters_agree(&app, &attention).await;
    }
    // One head is that of every query head of a size with one: MHA. Without the number of query heads, only the layers decide.
    for (heads, layers, attention) in [
        ("1", full(2, 1), json!("MHA")),
        ("null", full(2, 1), json!(null)),
        ("null", window.to_owned(), json!("WINDOWED")),
    ] {
        let change = format!(
            "mutation {{ updateModelSize(input: {{ id: {id}, attentionHeads: {heads}, cacheLayers: [{layers}] }}) {{ size {{ attention }} }} }}"
        );
        assert_eq!(app.data(&change).await["updateModelSize"]["size"]["attention"], attention, "{heads} {layers}");
        assert_filters_agree(&app, &attention).await;
    }
}

/// Asserts that the filter of sizes finds the size 7B of the model by its kind of attention, and by no other.
async fn assert_filters_agree(app: &App, attention: &serde_json::Value) {
    for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
        let kinds = ["MHA", "MQA", "GQA", "MLA", "WINDOWED", "HYBRID", "RECURRENT"];
        let kinds = kinds.map(|kind| (format!("eq: {kind}"), *attention == kind));
        for (filter, expected) in kinds.into_iter().chain([
            ("isNull: true".to_owned(), attention.is_null()),
            ("ne: MLA".to_owned(), !attention.is_null() && *attention != "MLA"),
        ]) {
            let query = format!(
                "{{ sizes(where: {{ label: {{ eq: \"7B\" }}, attention: {{ {filter} }}, model: {{ slug: {{ eq: \"facts\" }} }} }}{as_of}) {{ totalCount }} }}"
            );
            let count = app.data(&query).await["sizes"]["totalCount"].clone();
            assert_eq!(count, u32::from(expected), "{filter}{as_of} for {attention}");
        }
    }
}

async fn facts_are_imported_and_exported_as_a_table(app: App) {
    let app = app.with_token(&app.token(entity::vocabulary::Role::Admin).await);
    let table = "name,size,parameters,languages,purposes,context_length,modalities,size_context_length,size_modalities,parameters_basis,layers,size_cache_layers\n\
        Table,7B,7B,en; zh,CHAT,4096,\"text, image -> text\",8192,audio -> text,counted,32,\
        \"[{\"\"layers\"\":32,\"\"kind\"\":\"\"WINDOW\"\",\"\"keyValueHeads\"\":8,\"\"keyDimension\"\":128,\"\"valueDimension\"\":128,\"\"window\"\":1024}]\"\n";
    let import = "mutation ($content: String!) { importCatalog(input: { format: CSV, content: $content }) { rows { warnings { message } problems { message } } } }";
    let report = app.data_with(import, json!({ "content": table })).await;
    let row = &report["importCatalog"]["rows"][0];
    assert_eq!((&row["warnings"], &row["problems"]), (&json!([]), &json!([])), "{report}");
    let query = "{ model(slug: \"table\") { kind languages purposes contextLength modalities { input output }
        sizes { contextLength parametersBasis layers modalities { input output } } } }";
    let model = app.data(query).await["model"].take();
    assert_eq!(
        model,
        json!({ "kind": model["kind"], "languages": ["en", "zh"], "purposes": ["CHAT"], "contextLength": 4096,
            "modalities": { "input": ["TEXT", "IMAGE"], "output": ["TEXT"] },
            "sizes": [{ "contextLength": 8192, "parametersBasis": "COUNTED", "layers": 32,
                "modalities": { "input": ["AUDIO"], "output": ["TEXT"] } }] })
    );
    let exported =
        app.request("GET", "/export/models.csv").send().await.expect("a response").text().await.expect("text");
    let mut reader = csv::Reader::from_reader(exported.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let row = reader.records().map(|row| row.expect("a row")).find(|row| row.get(1) == Some("Table")).expect("the row");
    let cell =
        |heading: &str| row.get(headings.iter().position(|other| other == heading).expect("a column")).expect("a cell");
    for (heading, text) in [
        ("languages", "en; zh"),
        ("purposes", "CHAT"),
        ("context_length", "4096"),
        ("modalities", "TEXT, IMAGE -> TEXT"),
        ("size_context_length", "8192"),
        ("size_modalities", "AUDIO -> TEXT"),
        ("parameters_basis", "COUNTED"),
        ("layers", "32"),
        (
            "size_cache_layers",
            r#"[{"keyDimension":128,"keyValueHeads":8,"kind":"WINDOW","layers":32,"valueDimension":128,"window":1024}]"#,
        ),
    ] {
        assert_eq!(cell(heading), text, "{heading}");
    }
}

async fn invalid_facts_are_refused(app: App) {
    let app = editor(&app).await;
    app.data(MODEL).await;
    let size = |facts: &str| format!("sizes: [{{ label: \"7B\", parameters: \"7B\", {facts} }}]");
    let layers = |group: &str| size(&format!("layers: 8, cacheLayers: [{group}]"));
    for (facts, path) in [
        ("languages: [\"english\"]".to_owned(), "languages.0"),
        ("languages: [\"en\", \"en\"]".to_owned(), "languages"),
        ("languages: [\"EN\"]".to_owned(), "languages.0"),
        ("purposes: [\"chat\"]".to_owned(), "purposes.0"),
        ("contextLength: 0".to_owned(), "contextLength"),
        ("extendedContextLength: 4096".to_owned(), "extendedContextLength"),
        ("modalities: { input: [], output: [TEXT] }".to_owned(), "modalities"),
        ("modalities: { input: [TEXT, TEXT], output: [TEXT] }".to_owned(), "modalities"),
        (size("contextLength: 262144"), "sizes.0.extendedContextLength"),
        (size("layers: 0"), "sizes.0.layers"),
        (size("experts: 4, activeExperts: 8"), "sizes.0.activeExperts"),
        (layers("{ layers: 9, kind: LATENT, latentDimension: 512, ropeDimension: 64 }"), "sizes.0.cacheLayers"),
        (
            layers("{ layers: 0, kind: LATENT, latentDimension: 512, ropeDimension: 64 }"),
            "sizes.0.cacheLayers.0.layers",
        ),
        (layers("{ layers: 8, kind: LATENT, latentDimension: 512 }"), "sizes.0.cacheLayers.0.ropeDimension"),
        (
            layers("{ layers: 8, kind: FULL, keyValueHeads: 8, keyDimension: 128, valueDimension: 128, window: 8 }"),
            "sizes.0.cacheLayers.0.window",
        ),
        (
            layers("{ layers: 8, kind: STATE, keyValueHeads: 8, keyDimension: 128 }"),
            "sizes.0.cacheLayers.0.valueDimension",
        ),
    ] {
        let query = format!("mutation {{ updateModel(input: {{ slug: \"facts\", {facts} }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        let path = format!("input.{path}");
        assert_eq!((code.as_str(), &extensions["fields"][0]["path"]), ("INVALID_DOCUMENT", &json!(path)), "{facts}");
    }
}
