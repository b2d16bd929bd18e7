//! Checkpoints of models, and the data that models were trained on.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::edit::refused;
use crate::export::file;
use crate::support::App;
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_checkpoint_tells_its_model,
        a_checkpoint_states_only_what_differs,
        licenses_decide_about_the_use_of_checkpoints,
        checkpoints_are_put_and_deleted,
        addresses_are_unique_in_the_catalog,
        invalid_checkpoints_are_refused,
        checkpoints_are_listed_in_pages_without_more_statements,
        checkpoints_are_found_and_ordered,
        checkpoints_are_imported_and_exported,
        evidence_is_about_checkpoints,
        checkpoints_have_provenance,
        as_of_and_undo_have_checkpoints,
        models_are_found_by_their_repositories,
        training_data_has_numbers,
        training_data_is_imported_and_exported,
        invalid_training_data_is_refused,
        catalogs_of_earlier_releases_gain_checkpoints_and_training_data,
    ]
}

const QWEN: &str = "{ slug: \"q\", name: \"Q\", license: { slug: \"llama-license\" }, contextLength: 32768, status: RELEASED,
    knowledgeCutoff: \"2023\", sizes: [{ label: \"7B\", parameters: \"7B\", releaseDate: \"2024-09\" }, { label: \"72B\", parameters: \"72B\" }]
    checkpoints: [
      { size: \"7B\", repository: \"Q/Q-7B\", variant: \"base\", format: \"safetensors\", quantization: \"BF16\", bytes: 15231233024,
        parameters: 7615616512, official: true, gated: false },
      { size: \"7B\", repository: \"Q/Q-7B-Instruct\", revision: \"v1.0\", variant: \"instruct\", contextLength: 131072,
        license: { slug: \"internlm-license\" }, modalities: { input: [TEXT, IMAGE], output: [TEXT] } },
      { repository: \"other/Q-7B-GGUF\", path: \"q-7b-q4_k_m.gguf\", convertedFrom: \"Q/Q-7B-Instruct@v1.0\", format: \"GGUF\",
        quantization: \"Q4_K_M\", bytes: 4683073536, official: false },
      { repository: \"other/Q-7B-GGUF\", path: \"q-7b-q8_0.gguf\", convertedFrom: \"Q/Q-7B-Instruct@v1.0\", bytes: 8098525888 },
      { repository: \"third/Q-mlx\", hub: \"modelscope\", convertedFrom: \"other/Q-7B-GGUF#q-7b-q4_k_m.gguf\", releaseDate: \"2025-01-02\" },
      { repository: \"Q/Q-unknown\", variant: \"base\" }] }";

/// An editor of a catalog with a model with checkpoints.
async fn with_checkpoints(app: &App) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(&format!("mutation {{ createModel(input: {QWEN}) {{ revision }} }}")).await;
    app
}

async fn a_checkpoint_tells_its_model(reader: App) {
    let app = with_checkpoints(&reader).await;
    let query = "{ checkpoint(repository: \"q/q-7b-INSTRUCT\") { id repository revision path hub url variant size { label } model { slug }
        convertedFrom { id } } }";
    let found = app.data(query).await["checkpoint"].take();
    let id = found["id"].clone();
    assert_eq!(
        found,
        json!({ "id": id, "repository": "Q/Q-7B-Instruct", "revision": "v1.0", "path": null, "hub": "huggingface",
            "url": "https://huggingface.co/Q/Q-7B-Instruct/tree/v1.0", "variant": "instruct", "size": { "label": "7B" },
            "model": { "slug": "q" }, "convertedFrom": null })
    );
    let query = format!("{{ node(id: {id}) {{ ... on Checkpoint {{ repository }} }} }}");
    assert_eq!(app.data(&query).await["node"], json!({ "repository": "Q/Q-7B-Instruct" }));
    let query = "{ any: checkpoint(repository: \"other/q-7b-gguf\") { path url }
        file: checkpoint(repository: \"other/q-7b-gguf\", path: \"q-7b-q8_0.gguf\") { path convertedFrom { repository } size { label } }
        hub: checkpoint(hub: \"modelscope\", repository: \"third/q-mlx\") { url convertedFrom { path convertedFrom { variant } } size { label } }
        unknown: checkpoint(repository: \"q/q-unknown\") { size { label } parameters } }";
    let expected = json!({
        "any": { "path": "q-7b-q4_k_m.gguf", "url": "https://huggingface.co/other/Q-7B-GGUF/blob/main/q-7b-q4_k_m.gguf" },
        "file": { "path": "q-7b-q8_0.gguf", "convertedFrom": { "repository": "Q/Q-7B-Instruct" }, "size": { "label": "7B" } },
        "hub": { "url": "https://www.modelscope.cn/models/third/Q-mlx", "size": { "label": "7B" },
            "convertedFrom": { "path": "q-7b-q4_k_m.gguf", "convertedFrom": { "variant": "instruct" } } },
        "unknown": { "size": null, "parameters": null },
    });
    assert_eq!(app.data(query).await, expected);
    for arguments in ["repository: \"q/q-7b-instruct\", revision: \"v2\"", "hub: \"github\", repository: \"q/q-7b\""] {
        let (code, message) = app.error(&format!("{{ checkpoint({arguments}) {{ id }} }}")).await;
        assert_eq!(code, "NOT_FOUND", "{message}");
        assert!(message.starts_with("There is no checkpoint at the address \""), "{message}");
    }
    // Several are found by one statement.
    let query = "{ a: checkpoint(repository: \"Q/Q-7B\") { model { slug } } b: checkpoint(repository: \"Q/Q-unknown\") { model { slug } }
        c: checkpoint(repository: \"other/q-7b-gguf\") { model { slug } convertedFrom { repository } } }";
    // Checkpoints, their model, and the original of one, read at the same time as the model.
    assert_eq!(reader.counted(query).await.1, 3);
}

/// What applies to the checkpoints of the model q, by repository and path.
async fn applying(app: &App, as_of: &str) -> Vec<Json> {
    let query = format!(
        "{{ model(slug: \"q\"{as_of}) {{ checkpoints {{ nodes {{ repository path size {{ label }} license {{ slug }} commercialUse releaseDate
             contextLength status knowledgeCutoff modalities {{ input }} }} }} }} }}"
    );
    app.data(&query).await["model"]["checkpoints"]["nodes"].as_array().expect("a list").clone()
}

async fn a_checkpoint_states_only_what_differs(app: App) {
    let app = with_checkpoints(&app).await;
    let row = |repository: &str, path: Json, size: Json, license: &str, date: Json, context: i32, modalities: Json| {
        json!({ "repository": repository, "path": path, "size": size, "license": { "slug": license },
            "commercialUse": if license == "llama-license" { "ALLOWED" } else { "AUTHORIZATION_REQUIRED" },
            "releaseDate": date, "contextLength": context, "status": "RELEASED", "knowledgeCutoff": "2023",
            "modalities": modalities })
    };
    // Forms put a checkpoint as it is stated: what it inherits stays inherited.
    let stated = "{ checkpoint(repository: \"Q/Q-7B-Instruct\") { stated contextLength license { slug } } }";
    let checkpoint = app.data(stated).await["checkpoint"].take();
    assert_eq!(
        checkpoint["stated"],
        json!({ "size": "7B", "repository": "Q/Q-7B-Instruct", "revision": "v1.0", "variant": "instruct", "contextLength": 131_072,
            "license": "internlm-license", "modalities": { "input": ["TEXT", "IMAGE"], "output": ["TEXT"] } })
    );
    let uses = app.data("{ llama: license(slug: \"llama-license\") { commercialUse } internlm: license(slug: \"internlm-license\") { commercialUse } }").await;
    let size = json!({ "label": "7B" });
    let images = json!({ "input": ["TEXT", "IMAGE"] });
    let september = json!("2024-09");
    let mut expected = vec![
        row(
            "other/Q-7B-GGUF",
            json!("q-7b-q4_k_m.gguf"),
            size.clone(),
            "internlm-license",
            september.clone(),
            131_072,
            images.clone(),
        ),
        row(
            "other/Q-7B-GGUF",
            json!("q-7b-q8_0.gguf"),
            size.clone(),
            "internlm-license",
            september.clone(),
            131_072,
            images.clone(),
        ),
        row("Q/Q-7B", json!(null), size.clone(), "llama-license", september.clone(), 32_768, json!(null)),
        row("Q/Q-7B-Instruct", json!(null), size.clone(), "internlm-license", september, 131_072, images.clone()),
        row("Q/Q-unknown", json!(null), json!(null), "llama-license", json!(null), 32_768, json!(null)),
        row("third/Q-mlx", json!(null), size, "internlm-license", json!("2025-01-02"), 131_072, images),
    ];
    let set_uses = |expected: &mut Vec<Json>, uses: &Json| {
        for row in expected {
            let license = if row["license"]["slug"] == "llama-license" { "llama" } else { "internlm" };
            row["commercialUse"] = uses[license]["commercialUse"].clone();
        }
    };
    set_uses(&mut expected, &uses);
    assert_eq!(applying(&app, "").await, expected);
    // A change of a license reaches all checkpoints that it applies to, and one of the model those that state nothing else.
    app.data(
        "mutation { a: updateLicense(input: { slug: \"internlm-license\", commercialUse: CONDITIONAL }) { revision }
           b: updateModel(input: { slug: \"q\", contextLength: 4096, status: null }) { revision } }",
    )
    .await;
    set_uses(&mut expected, &json!({ "llama": uses["llama"], "internlm": { "commercialUse": "CONDITIONAL" } }));
    for row in &mut expected {
        row["status"] = json!(null);
        if row["contextLength"] == 32_768 {
            row["contextLength"] = json!(4096);
        }
    }
    assert_eq!(applying(&app, "").await, expected);
    assert_eq!(applying(&app, ", asOf: \"9999-01-01T00:00:00Z\"").await, expected);
    // A statement about the checkpoint itself decides before licenses.
    let id = app.data("{ checkpoint(repository: \"Q/Q-7B\") { id } }").await["checkpoint"]["id"].clone();
    app.data(
        "mutation { updateCheckpoints(input: { model: \"q\", put: [{ repository: \"Q/Q-7B\", commercialUse: PROHIBITED }] }) { revision } }",
    )
    .await;
    let query = format!("{{ node(id: {id}) {{ ... on Checkpoint {{ commercialUse size {{ label }} }} }} }}");
    assert_eq!(app.data(&query).await["node"], json!({ "commercialUse": "PROHIBITED", "size": null }));
    let query = "{ checkpoint(repository: \"Q/Q-7B\") { use(for: { commercial: true }) { verdict } } }";
    for query in [query.to_owned(), query.replace("\"Q/Q-7B\"", "\"Q/Q-7B\", asOf: \"9999-01-01T00:00:00Z\"")] {
        assert_eq!(app.data(&query).await["checkpoint"]["use"]["verdict"], "PROHIBITED");
    }
}

async fn licenses_decide_about_the_use_of_checkpoints(app: App) {
    let app = with_checkpoints(&app).await;
    app.data(
        "mutation { createLicense(input: { slug: \"images\", name: \"Images\", commercialUse: CONDITIONAL, termsReviewed: \"2026\",
           terms: [{ effect: PROHIBITED, when: { modality: IMAGE } }] }) { revision }
           updateCheckpoints(input: { model: \"q\", put: [
             { repository: \"q/one\", license: { slug: \"images\" }, modalities: { input: [TEXT, IMAGE], output: [TEXT] } }
             { repository: \"q/two\", license: { slug: \"images\" }, modalities: { input: [TEXT], output: [TEXT] } }
             { repository: \"q/three\", license: { slug: \"images\" } }
             { repository: \"q/four\", convertedFrom: \"q/one\" }] }) { revision } }",
    )
    .await;
    let names = ["one", "two", "three", "four"];
    let queries =
        names.map(|name| format!("{name}: checkpoint(repository: \"q/{name}\") {{ use(for: {{ hosting: false }}) {{ verdict missing licenses {{ slug }} }} }}"));
    let data = app.data(&format!("{{ {} }}", queries.join(" "))).await;
    let answers = names.map(|name| (data[name]["use"]["verdict"].clone(), data[name]["use"]["missing"].clone()));
    let expected = [
        (json!("PROHIBITED"), json!([])),
        (json!("ALLOWED"), json!([])),
        (json!("CONDITIONAL"), json!(["modality"])),
        (json!("PROHIBITED"), json!([])),
    ];
    assert_eq!(answers, expected);
    assert_eq!(data["four"]["use"]["licenses"], json!([{ "slug": "images" }]));
    let (code, extensions, _) =
        refused(&app, "mutation { deleteLicense(input: { slug: \"images\" }) { revision } }").await;
    assert_eq!((code.as_str(), &extensions["by"]), ("IN_USE", &json!(["the model \"q\""])));
}

async fn addresses(app: &App) -> Vec<String> {
    let nodes = app.data("{ model(slug: \"q\") { checkpoints { nodes { repository path variant } } } }").await;
    let nodes = nodes["model"]["checkpoints"]["nodes"].as_array().expect("a list").iter();
    let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
    nodes
        .map(|node| format!("{} {} {}", text(&node["repository"]), text(&node["path"]), text(&node["variant"])))
        .collect()
}

async fn checkpoints_are_put_and_deleted(app: App) {
    let app = with_checkpoints(&app).await;
    let mlx =
        app.data("{ checkpoint(hub: \"modelscope\", repository: \"third/Q-mlx\") { id } }").await["checkpoint"]["id"]
            .clone();
    let data = app
        .data(&format!(
            "mutation {{ updateCheckpoints(input: {{ model: \"q\", delete: [{mlx}], put: [
               {{ repository: \"Q/Q-72B\", size: \"72B\", variant: \"base\" }}, {{ repository: \"Q/q-UNKNOWN\", variant: \"chat\" }}] }})
               {{ revision model {{ checkpoints {{ totalCount }} sizes {{ label checkpoints {{ totalCount }} }} }} }} }}"
        ))
        .await;
    let sizes = json!([{ "label": "7B", "checkpoints": { "totalCount": 4 } }, { "label": "72B", "checkpoints": { "totalCount": 1 } }]);
    let model = &data["updateCheckpoints"]["model"];
    assert_eq!((&model["checkpoints"]["totalCount"], &model["sizes"]), (&json!(6), &sizes));
    // An address keeps its spelling.
    let expected = [
        "other/Q-7B-GGUF q-7b-q4_k_m.gguf -",
        "other/Q-7B-GGUF q-7b-q8_0.gguf -",
        "Q/Q-72B - base",
        "Q/Q-7B - base",
        "Q/Q-7B-Instruct - instruct",
        "Q/Q-unknown - chat",
    ];
    assert_eq!(addresses(&app).await, expected);
    // A size that is renamed keeps its checkpoints; other changes of the model keep them too.
    let size = app.data("{ model(slug: \"q\") { sizes { id } } }").await["model"]["sizes"][0]["id"].clone();
    app.data(&format!("mutation {{ updateModelSize(input: {{ id: {size}, label: \"7B-new\" }}) {{ revision }} }}"))
        .await;
    app.data("mutation { updateModel(input: { slug: \"q\", name: \"New\" }) { revision } }").await;
    let query = "{ checkpoint(repository: \"Q/Q-7B\") { size { label } } }";
    assert_eq!(app.data(query).await["checkpoint"]["size"]["label"], "7B-new");
    // Nothing is written without a difference.
    let revision = app.data("{ catalog { revision } }").await;
    app.data("mutation { updateCheckpoints(input: { model: \"q\", put: [{ repository: \"Q/Q-unknown\", variant: \"chat\" }] }) { revision } }").await;
    assert_eq!(app.data("{ catalog { revision } }").await, revision);
    let changes = app.data("{ model(slug: \"q\") { revisions(last: 3) { nodes { changes { field } } } } }").await;
    let changes = &changes["model"]["revisions"]["nodes"][0]["changes"];
    let fields = changes.as_array().expect("a list").iter().map(|change| change["field"].clone()).collect::<Vec<_>>();
    assert_eq!(
        fields,
        [
            "checkpoints.Q/Q-72B.repository",
            "checkpoints.Q/Q-72B.size",
            "checkpoints.Q/Q-72B.variant",
            "checkpoints.Q/Q-unknown.variant",
            "checkpoints.modelscope:third/Q-mlx.convertedFrom",
            "checkpoints.modelscope:third/Q-mlx.hub",
            "checkpoints.modelscope:third/Q-mlx.releaseDate",
            "checkpoints.modelscope:third/Q-mlx.repository"
        ]
    );
    for input in [format!("delete: [{mlx}]"), format!("delete: [{size}]")] {
        let query = format!("mutation {{ updateCheckpoints(input: {{ model: \"q\", {input} }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        assert_eq!((code.as_str(), &extensions["fields"][0]["path"]), ("INVALID_DOCUMENT", &json!("input.delete.0")));
    }
    let query = "mutation { updateCheckpoints(input: { model: \"q\", expectedVersion: 1 }) { revision } }";
    assert_eq!(refused(&app, query).await.0, "CONFLICT");
}

async fn addresses_are_unique_in_the_catalog(app: App) {
    let app = with_checkpoints(&app).await;
    let taken = "mutation { createModel(input: { slug: \"r\", name: \"R\", checkpoints: [{ repository: \"x/y\" }, { repository: \"q/Q-7B\" }] }) { revision } }";
    let (code, extensions, _) = refused(&app, taken).await;
    let expected = json!([{ "path": "input.checkpoints.1.repository",
        "message": "\"q/Q-7B\" is a checkpoint of the model \"q\"; a checkpoint belongs to one model" }]);
    assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &expected));
    // Another revision, path or hub is another address.
    app.data(
        "mutation { createModel(input: { slug: \"r\", name: \"R\", checkpoints: [{ repository: \"Q/Q-7B\", revision: \"main\" },
           { repository: \"Q/Q-7B\", path: \"x\" }, { repository: \"Q/Q-7B\", hub: \"github\" }] }) { revision } }",
    )
    .await;
    let both = "mutation { upsertModels(input: { models: [{ name: \"S\", checkpoints: [{ repository: \"s/s\" }] },
        { name: \"T\", checkpoints: [{ repository: \"S/S\" }] }] }) { revision } }";
    let (code, extensions, _) = refused(&app, both).await;
    assert_eq!(code, "INVALID_DOCUMENT", "{extensions}");
    // A checkpoint that was deleted from one model can be added to another; then the deletion cannot be undone.
    let id = app.data("{ checkpoint(repository: \"Q/Q-7B\") { id } }").await["checkpoint"]["id"].clone();
    let data = app
        .data(&format!(
            "mutation {{ a: updateCheckpoints(input: {{ model: \"q\", delete: [{id}] }}) {{ revision }}
           b: updateCheckpoints(input: {{ model: \"r\", put: [{{ repository: \"Q/Q-7B\" }}] }}) {{ revision }} }}"
        ))
        .await;
    let query = format!("mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}", data["a"]["revision"]);
    let (code, extensions, message) = refused(&app, &query).await;
    assert_eq!(code, "INVALID_DOCUMENT", "{extensions} {message}");
    assert!(
        extensions["fields"][0]["message"].as_str().is_some_and(|text| text.contains("the model \"r\"")),
        "{extensions}"
    );
}

async fn invalid_checkpoints_are_refused(app: App) {
    let app = with_checkpoints(&app).await;
    for (input, path, part) in [
        ("repository: \"a b\"", "repository", "is not a name"),
        ("repository: \"a/../b\"", "repository", "is not a name"),
        ("repository: \"/a\"", "repository", "is not a name"),
        ("repository: \"a@b\"", "repository", "is not a name"),
        ("repository: \"\"", "repository", "is not a name"),
        ("repository: \"a\", hub: \"Hugging Face\"", "hub", "lower-case"),
        ("repository: \"a\", revision: \"a b\"", "revision", "commit, branch or tag"),
        ("repository: \"a\", revision: \"\"", "revision", "commit, branch or tag"),
        ("repository: \"a\", path: \"../x\"", "path", "path"),
        ("repository: \"a\", path: \"x/\"", "path", "path"),
        ("repository: \"a\", size: \"9B\"", "size", "label of a size"),
        ("repository: \"a\", bytes: 0", "bytes", "is 0"),
        ("repository: \"a\", parameters: 0", "parameters", "is 0"),
        ("repository: \"a\", variant: \" \"", "variant", "is empty"),
        ("repository: \"a\", commercialUse: VARIES", "commercialUse", "VARIES"),
        ("repository: \"a\", contextLength: 0", "contextLength", "is not from 1"),
        ("repository: \"a\", extendedContextLength: 1024", "extendedContextLength", "is less than contextLength"),
        ("repository: \"a\", modalities: { input: [], output: [TEXT] }", "modalities", "at least one"),
        ("repository: \"a\", convertedFrom: \"b\"", "convertedFrom", "address of another checkpoint"),
        ("repository: \"a\", convertedFrom: \"Q/Q-7B-Instruct\"", "convertedFrom", "owner/name@revision"),
        ("repository: \"a\", convertedFrom: \"a\"", "convertedFrom", "goes back to itself"),
    ] {
        let query =
            format!("mutation {{ updateCheckpoints(input: {{ model: \"q\", put: [{{ {input} }}] }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        assert_eq!(code, "INVALID_DOCUMENT", "{input}");
        let fields = extensions["fields"].as_array().expect("a list");
        let found = fields.iter().any(|field| {
            field["path"].as_str().is_some_and(|found| found.ends_with(&format!(".{path}")))
                && field["message"].as_str().is_some_and(|message| message.contains(part))
        });
        assert!(found, "{input}: {extensions}");
    }
    // At most three conversions, and no address twice.
    let chain = "{ repository: \"c1\", convertedFrom: \"modelscope:third/Q-mlx\" }";
    app.data(&format!("mutation {{ updateCheckpoints(input: {{ model: \"q\", put: [{chain}] }}) {{ revision }} }}"))
        .await;
    let chain = "{ repository: \"c2\", convertedFrom: \"c1\" }";
    let query = format!("mutation {{ updateCheckpoints(input: {{ model: \"q\", put: [{chain}] }}) {{ revision }} }}");
    let (_, extensions, _) = refused(&app, &query).await;
    assert!(
        extensions["fields"][0]["message"].as_str().is_some_and(|text| text.contains("more than 3")),
        "{extensions}"
    );
    let twice = "{ repository: \"d\" }, { repository: \"D\" }";
    let query = format!("mutation {{ updateCheckpoints(input: {{ model: \"q\", put: [{twice}] }}) {{ revision }} }}");
    let (_, extensions, _) = refused(&app, &query).await;
    assert_eq!(extensions["fields"][0]["message"], "has the same address as another checkpoint of the input");
}

async fn checkpoints_are_listed_in_pages_without_more_statements(reader: App) {
    let app = with_checkpoints(&reader).await;
    let fields =
        "nodes { repository license { slug } size { label } convertedFrom { repository } evidence { totalCount } }";
    let queries = [
        format!("checkpoints(first: 10) {{ {fields} }}"),
        "checkpoints(first: 2) { totalCount nodes { model { slug } } }".to_owned(),
        format!("sizes {{ checkpoints(first: 2, orderBy: [{{ field: BYTES, direction: DESC }}]) {{ {fields} }} }}"),
    ];
    let query = |slugs: &str, below: &str| {
        format!("{{ models(where: {{ slug: {{ in: [{slugs}] }} }}) {{ nodes {{ {below} }} }} }}")
    };
    let mut statements = Vec::new();
    for below in &queries {
        statements.push(reader.counted(&query("\"q\"", below)).await.1);
    }
    // The models, the checkpoints, what these refer to, the repositories of the originals, and the evidence or the counts.
    assert_eq!(statements, [5, 4, 6]);
    let data = app.data(&query("\"q\"", &queries[2])).await;
    let largest = &data["models"]["nodes"][0]["sizes"][0]["checkpoints"]["nodes"];
    let repositories = largest.as_array().expect("a list").iter().map(|node| node["repository"].clone());
    assert_eq!(repositories.collect::<Vec<_>>(), ["Q/Q-7B", "other/Q-7B-GGUF"]);
    let models = (0..8).map(|index| {
        format!(
            "{{ slug: \"n{index}\", name: \"N{index}\", sizes: [{{ label: \"1B\", parameters: \"1B\" }}, {{ label: \"2B\", parameters: \"2B\" }}],
               checkpoints: [{{ repository: \"n{index}/a\", size: \"1B\" }}, {{ repository: \"n{index}/b\", convertedFrom: \"n{index}/a\" }},
                 {{ repository: \"n{index}/c\", size: \"2B\" }}] }}"
        )
    });
    let models = models.collect::<Vec<_>>().join(" ");
    app.data(&format!("mutation {{ upsertModels(input: {{ models: [{models}] }}) {{ revision }} }}")).await;
    let slugs = (0..8).map(|index| format!("\"n{index}\"")).collect::<Vec<_>>().join(", ");
    for (below, one) in queries.iter().zip(statements) {
        assert_eq!(reader.counted(&query(&format!("\"q\", {slugs}"), below)).await.1, one, "{below}");
    }
    // Pages follow each other.
    let first = app
        .data("{ checkpoints(first: 4) { totalCount nodes { repository } pageInfo { endCursor hasNextPage } } }")
        .await;
    assert_eq!(first["checkpoints"]["totalCount"], 6 + 24);
    let after = &first["checkpoints"]["pageInfo"]["endCursor"];
    let next = app
        .data(&format!(
            "{{ checkpoints(first: 2, after: {after}) {{ nodes {{ repository }} pageInfo {{ hasPreviousPage }} }} }}"
        ))
        .await;
    assert_eq!(next["checkpoints"]["nodes"], json!([{ "repository": "n1/b" }, { "repository": "n1/c" }]));
}

async fn checkpoints_are_found_and_ordered(app: App) {
    let app = with_checkpoints(&app).await;
    let found = async |filter: &str, order: &str| {
        let mut found = Vec::new();
        for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
            let query =
                format!("{{ checkpoints(where: {{ {filter} }}{order}{as_of}) {{ nodes {{ repository path }} }} }}");
            let data = app.data(&query).await;
            let nodes = data["checkpoints"]["nodes"].as_array().expect("a list").iter();
            let text = |node: &Json| node["path"].as_str().or(node["repository"].as_str()).expect("a text").to_owned();
            found.push(nodes.map(text).collect::<Vec<_>>());
        }
        assert_eq!(found[0], found[1], "{filter}");
        found.remove(0)
    };
    let gguf = ["q-7b-q4_k_m.gguf", "q-7b-q8_0.gguf"];
    assert_eq!(found("repository: { contains: \"GGUF\" }", "").await, gguf);
    assert_eq!(found("repository: { eq: \"Q/Q-7B\" }", "").await, ["Q/Q-7B"]);
    assert_eq!(found("bytes: { lt: 9000000000 }", ", orderBy: [{ field: BYTES }]").await, gguf);
    assert_eq!(found("hub: { ne: \"huggingface\" }", "").await, ["third/Q-mlx"]);
    assert_eq!(found("quantization: { eq: \"Q4_K_M\" }", "").await, [gguf[0]]);
    assert_eq!(found("official: { eq: false }", "").await, [gguf[0]]);
    assert_eq!(found("license: { slug: { eq: \"llama-license\" } }", "").await, ["Q/Q-7B", "Q/Q-unknown"]);
    assert_eq!(found("variant: { isNull: true }, not: { releaseDate: { lte: \"2024\" } }", "").await, ["third/Q-mlx"]);
    assert_eq!(
        found(
            "contextLength: { gte: 100000 }, modalities: { input: IMAGE }, model: { slug: { eq: \"q\" } }",
            ", orderBy: [{ field: RELEASE_DATE, direction: DESC }, { field: BYTES, nulls: LAST }]"
        )
        .await,
        ["third/Q-mlx", gguf[0], gguf[1], "Q/Q-7B-Instruct"]
    );
    for filter in [
        "checkpoints: { some: { format: { eq: \"GGUF\" } } }",
        "sizes: { some: { checkpoints: { some: { gated: { eq: false } } } } }",
    ] {
        let query = format!("{{ models(where: {{ {filter} }}) {{ nodes {{ slug }} }} }}");
        assert_eq!(app.data(&query).await["models"]["nodes"], json!([{ "slug": "q" }]));
    }
    let query = "{ sizes(where: { checkpoints: { none: {} }, model: { slug: { eq: \"q\" } } }) { nodes { label } } }";
    assert_eq!(app.data(query).await["sizes"]["nodes"], json!([{ "label": "72B" }]));
}

/// The report of an import.
async fn import(app: &App, format: &str, content: &str) -> Json {
    let query = "mutation($format: ImportFormat!, $content: String!) { importCatalog(input: { format: $format, content: $content })
        { written rows { slug outcome changes { field } problems { column message } } } }";
    app.data_with(query, json!({ "format": format, "content": content })).await["importCatalog"].take()
}

async fn checkpoints_are_imported_and_exported(app: App) {
    let app = with_checkpoints(&app).await;
    let model = async || {
        let catalog = serde_json::from_str::<Json>(&file(&app, "/export/catalog.json").await).expect("JSON");
        catalog["models"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|model| model["slug"] == "q")
            .cloned()
            .expect("it is there")
    };
    let before = model().await;
    let instruct = json!({ "size": "7B", "repository": "Q/Q-7B-Instruct", "revision": "v1.0", "variant": "instruct", "license": "internlm-license",
        "contextLength": 131_072, "modalities": { "input": ["TEXT", "IMAGE"], "output": ["TEXT"] } });
    assert_eq!(before["checkpoints"][3], instruct);
    assert_eq!(before["checkpoints"].as_array().map(Vec::len), Some(6));
    let report = import(&app, "JSON", &json!([before]).to_string()).await;
    assert_eq!(report["rows"][0]["outcome"], "UNCHANGED", "{report}");
    // An address identifies a checkpoint, in any case; the license is found by its name.
    let license = app.data("{ license(slug: \"llama-license\") { name } }").await["license"]["name"].clone();
    let rows = json!([{ "slug": "q", "checkpoints": [
        { "repository": "q/q-7b", "hub": "huggingface", "variant": "pretrained", "license": license },
        { "repository": "Q/Q-7B-AWQ", "size": "7B", "convertedFrom": "Q/Q-7B" }] }]);
    let report = import(&app, "JSON", &rows.to_string()).await;
    assert_eq!((&report["written"], &report["rows"][0]["problems"]), (&json!(true), &json!([])), "{report}");
    let row = json!({ "slug": "q", "checkpoints": [{ "repository": "Q/Q-7B-AWQ", "bytes": 5_000_000_000_i64 }] });
    let report = import(&app, "NDJSON", &row.to_string()).await;
    assert_eq!(report["rows"][0]["outcome"], "UPDATED", "{report}");
    let after = model().await;
    let base = after["checkpoints"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["repository"] == "Q/Q-7B")
        .expect("it is there");
    assert_eq!(
        (&base["variant"], &base["license"], &base["official"]),
        (&json!("pretrained"), &json!("llama-license"), &json!(true))
    );
    let awq = after["checkpoints"].as_array().expect("a list").iter().find(|one| one["repository"] == "Q/Q-7B-AWQ");
    assert_eq!(
        awq,
        Some(
            &json!({ "repository": "Q/Q-7B-AWQ", "size": "7B", "convertedFrom": "Q/Q-7B", "bytes": 5_000_000_000_i64 })
        )
    );
    // What is wrong is reported with its place.
    let row =
        json!({ "slug": "q", "checkpoints": [{ "repository": "zz/new", "size": "9B", "license": "no such license" }] });
    let report = import(&app, "NDJSON", &row.to_string()).await;
    let problems =
        report["rows"][0]["problems"].as_array().expect("a list").iter().map(|problem| problem["column"].clone());
    assert_eq!(problems.collect::<Vec<_>>(), ["checkpoints.0.license", "checkpoints.7.size"], "{report}");
}

async fn evidence_is_about_checkpoints(app: App) {
    let app = with_checkpoints(&app).await;
    app.data("mutation { createSource(input: { slug: \"card\", title: \"Card\", kind: MODEL_CARD }) { revision } }")
        .await;
    let put = |evidence: &str| {
        format!(
            "mutation {{ updateCheckpoints(input: {{ model: \"q\", put: [{{ repository: \"other/Q-7B-GGUF\", path: \"q-7b-q8_0.gguf\",
               convertedFrom: \"Q/Q-7B-Instruct@v1.0\", bytes: 8098525888, evidence: {{ {evidence} }} }}] }}) {{ revision }} }}"
        )
    };
    let add = "add: [{ source: { slug: \"card\" }, values: { bytes: 8098525888, convertedFrom: \"Q/Q-7B-Instruct@v1.0\" }, confidence: EXACT }]";
    let added = app.data(&put(add)).await["updateCheckpoints"]["revision"].clone();
    let query = "{ checkpoint(repository: \"other/Q-7B-GGUF\", path: \"q-7b-q8_0.gguf\") { id evidence { nodes { id field value about { id } } } }
        model(slug: \"q\") { evidence { totalCount } checkpoints { nodes { evidence { totalCount } } } } source(slug: \"card\") { evidence { nodes { about { ... on Checkpoint { path } } } } } }";
    let data = app.data(query).await;
    let checkpoint = &data["checkpoint"];
    let nodes = checkpoint["evidence"]["nodes"].as_array().expect("a list");
    assert_eq!(nodes.iter().map(|node| node["field"].clone()).collect::<Vec<_>>(), ["bytes", "convertedFrom"]);
    assert!(nodes.iter().all(|node| node["about"]["id"] == checkpoint["id"]), "{nodes:?}");
    assert_eq!(data["model"]["evidence"]["totalCount"], 0);
    let counts = data["model"]["checkpoints"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| node["evidence"]["totalCount"].clone());
    assert_eq!(counts.collect::<Vec<_>>(), [0, 2, 0, 0, 0, 0]);
    assert_eq!(data["source"]["evidence"]["nodes"][0]["about"]["path"], "q-7b-q8_0.gguf");
    // As-of, removal, undo, and values that a fact cannot have.
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    app.data(&put(&format!("remove: [{}]", nodes[0]["id"]))).await;
    let fields = async |as_of: &str| {
        let query = format!(
            "{{ checkpoint(repository: \"other/q-7b-gguf\", path: \"q-7b-q8_0.gguf\"{as_of}) {{ evidence {{ nodes {{ field }} }} }} }}"
        );
        let data = app.data(&query).await;
        let nodes = data["checkpoint"]["evidence"]["nodes"].as_array().expect("a list").iter();
        nodes.map(|node| node["field"].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(fields("").await, ["convertedFrom"]);
    assert_eq!(fields(&format!(", asOf: {time}")).await, ["bytes", "convertedFrom"]);
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {added}, force: true }}) {{ revision }} }}")).await;
    assert_eq!(fields("").await, Vec::<String>::new());
    let wrong =
        put("add: [{ source: { slug: \"card\" }, values: { bytes: \"many\", path: \"x\" }, confidence: EXACT }]");
    let (code, extensions, _) = refused(&app, &wrong).await;
    assert_eq!(code, "INVALID_DOCUMENT");
    assert_eq!(extensions["fields"].as_array().map(Vec::len), Some(2), "{extensions}");
}

async fn checkpoints_have_provenance(app: App) {
    let app = with_checkpoints(&app).await;
    app.data(
        "mutation { a: createSource(input: { slug: \"card\", title: \"Card\", kind: MODEL_CARD }) { revision }
           b: createSource(input: { slug: \"list\", title: \"List\", kind: LIST }) { revision } }",
    )
    .await;
    let query = |as_of: &str| {
        format!(
            "{{ checkpoint(repository: \"Q/Q-unknown\"{as_of}) {{ provenance {{ confidence sourceCount conflictCount unsourcedCount }} }}
               conflicting: checkpoints(where: {{ conflicting: true }}{as_of}) {{ nodes {{ repository }} }}
               sourced: checkpoints(where: {{ unsourced: false, model: {{ slug: {{ eq: \"q\" }} }} }}{as_of}) {{ totalCount }}
               reported: checkpoints(where: {{ confidence: {{ eq: REPORTED }} }}{as_of}) {{ totalCount }}
               conflicts{} {{ nodes {{ field about {{ ... on Checkpoint {{ repository }} }} }} }} }}",
            if as_of.is_empty() { String::new() } else { format!("({})", &as_of[2..]) }
        )
    };
    let before = app.data(&query("")).await;
    let unsourced = json!({ "confidence": null, "sourceCount": 0, "conflictCount": 0, "unsourcedCount": 1 });
    assert_eq!(before["checkpoint"]["provenance"], unsourced);
    assert_eq!(before["conflicting"]["nodes"], json!([]));
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    app.data(
        "mutation { updateCheckpoints(input: { model: \"q\", put: [{ repository: \"Q/Q-unknown\", variant: \"base\", bytes: 1000, evidence: { add: [
           { source: { slug: \"card\" }, values: { bytes: 1000, variant: \"base\" }, confidence: REPORTED },
           { source: { slug: \"list\" }, values: { bytes: 2000 }, confidence: CITED }] } }] }) { revision } }",
    )
    .await;
    let after = app.data(&query("")).await;
    let sourced = json!({ "confidence": "REPORTED", "sourceCount": 2, "conflictCount": 1, "unsourcedCount": 0 });
    assert_eq!(after["checkpoint"]["provenance"], sourced);
    assert_eq!(after["conflicting"]["nodes"], json!([{ "repository": "Q/Q-unknown" }]));
    assert_eq!(
        (&after["sourced"]["totalCount"], &after["reported"]["totalCount"]),
        (&json!(1 + before["sourced"]["totalCount"].as_i64().expect("a number")), &json!(1))
    );
    let conflict = json!([{ "field": "bytes", "about": { "repository": "Q/Q-unknown" } }]);
    assert_eq!(after["conflicts"]["nodes"], conflict);
    assert_eq!(app.data(&query(&format!(", asOf: {time}"))).await, before);
    assert_eq!(app.data(&query(", asOf: \"9999-01-01T00:00:00Z\"")).await, after);
}

async fn as_of_and_undo_have_checkpoints(app: App) {
    let app = with_checkpoints(&app).await;
    let before = applying(&app, "").await;
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    let id = app.data("{ checkpoint(repository: \"Q/Q-unknown\") { id } }").await["checkpoint"]["id"].clone();
    let changed = app
        .data(&format!(
            "mutation {{ updateCheckpoints(input: {{ model: \"q\", delete: [{id}], put: [{{ repository: \"Q/Q-7B\", contextLength: 9 }}] }}) {{ revision }} }}"
        ))
        .await;
    let after = applying(&app, "").await;
    assert_ne!(after, before);
    let as_of = format!(", asOf: {time}");
    assert_eq!(applying(&app, &as_of).await, before);
    let query = |as_of: &str| format!("{{ checkpoint(repository: \"q/q-unknown\"{as_of}) {{ id model {{ slug }} }} }}");
    assert_eq!(app.data(&query(&as_of)).await["checkpoint"]["id"], id);
    assert_eq!(app.error(&query("")).await.0, "NOT_FOUND");
    let (_, message) = app.error(&query(", asOf: \"2001-01-01T00:00:00Z\"")).await;
    assert_eq!(message, "At 2001-01-01T00:00:00Z there was no checkpoint at the address \"q/q-unknown\".");
    let revision = &changed["updateCheckpoints"]["revision"];
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {revision} }}) {{ revision }} }}")).await;
    assert_eq!(applying(&app, "").await, before);
    // A deleted model has no checkpoints, and gets them back.
    let deleted = app.data("mutation { deleteModel(input: { slug: \"q\" }) { revision } }").await;
    assert_eq!(app.data("{ checkpoints { totalCount } }").await["checkpoints"]["totalCount"], 0);
    let revision = &deleted["deleteModel"]["revision"];
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {revision} }}) {{ revision }} }}")).await;
    assert_eq!(applying(&app, "").await, before);
}

async fn models_are_found_by_their_repositories(app: App) {
    let app = with_checkpoints(&app).await;
    for query in ["Q/Q-7B-Instruct", "q-7b-gguf", "third q mlx"] {
        let search = format!(
            "{{ search(query: {query:?}) {{ nodes {{ ... on Model {{ slug }} }} }} models(search: {query:?}) {{ nodes {{ slug }} }} }}"
        );
        let data = app.data(&search).await;
        assert_eq!(
            (&data["search"]["nodes"][0], &data["models"]["nodes"]),
            (&json!({ "slug": "q" }), &json!([{ "slug": "q" }])),
            "{query}"
        );
    }
    // Also after the name of a maker has changed.
    app.data(
        "mutation { updateModel(input: { slug: \"q\", organizations: [{ slug: \"meta\" }] }) { revision }
           updateOrganization(input: { slug: \"meta\", name: \"Other\" }) { revision } }",
    )
    .await;
    for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
        let query = format!("{{ models(search: \"q-mlx other\"{as_of}) {{ nodes {{ slug }} }} }}");
        assert_eq!(app.data(&query).await["models"]["nodes"], json!([{ "slug": "q" }]));
    }
}

const TRAINED: &str = "mutation { createModel(input: { slug: \"t\", name: \"T\", training: [
    { dataset: { slug: \"the-pile\" }, share: 0.3, tokens: \"300B\", epochs: 1.5 },
    { dataset: { create: { name: \"Own data\", tokens: \"1T\" } } }, { dataset: { slug: \"refinedweb\" }, share: 0.1 }] }) { revision } }";

/// The training data of the model t.
async fn training(app: &App, as_of: &str) -> Json {
    let query = format!(
        "{{ model(slug: \"t\"{as_of}) {{ datasets {{ slug }} training {{ dataset {{ slug }} share tokens epochs }} }} }}"
    );
    app.data(&query).await["model"].take()
}

fn trained() -> Json {
    json!({ "datasets": [{ "slug": "the-pile" }, { "slug": "own-data" }, { "slug": "refinedweb" }], "training": [
        { "dataset": { "slug": "the-pile" }, "share": 0.3, "tokens": 300_000_000_000_i64, "epochs": 1.5 },
        { "dataset": { "slug": "own-data" }, "share": null, "tokens": null, "epochs": null },
        { "dataset": { "slug": "refinedweb" }, "share": 0.1, "tokens": null, "epochs": null }] })
}

async fn training_data_has_numbers(reader: App) {
    let app = reader.with_token(&reader.token(Role::Admin).await);
    app.data(TRAINED).await;
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    assert_eq!(training(&app, "").await, trained());
    // Slugs alone keep what is known.
    let data = app
        .data("mutation { updateModel(input: { slug: \"t\", datasets: [{ slug: \"refinedweb\" }, { slug: \"the-pile\" }] }) { revision } }")
        .await;
    let expected = json!({ "datasets": [{ "slug": "refinedweb" }, { "slug": "the-pile" }], "training": [
        { "dataset": { "slug": "refinedweb" }, "share": 0.1, "tokens": null, "epochs": null },
        { "dataset": { "slug": "the-pile" }, "share": 0.3, "tokens": 300_000_000_000_i64, "epochs": 1.5 }] });
    assert_eq!(training(&app, "").await, expected);
    assert_eq!(training(&app, &format!(", asOf: {time}")).await, trained());
    let revision = &data["updateModel"]["revision"];
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {revision} }}) {{ revision }} }}")).await;
    assert_eq!(training(&app, "").await, trained());
    assert_eq!(training(&app, ", asOf: \"9999-01-01T00:00:00Z\"").await, trained());
    let (_, statements) = reader
        .counted("{ models(first: 100) { nodes { training { share dataset { slug } } datasets { slug } } } }")
        .await;
    assert_eq!(statements, 3);
    app.data("mutation { updateModel(input: { slug: \"t\", training: [{ dataset: { slug: \"the-pile\" } }] }) { revision } }").await;
    assert_eq!(
        training(&app, "").await["training"],
        json!([{ "dataset": { "slug": "the-pile" }, "share": null, "tokens": null, "epochs": null }])
    );
}

async fn training_data_is_imported_and_exported(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(TRAINED).await;
    let catalog = serde_json::from_str::<Json>(&file(&app, "/export/catalog.json").await).expect("JSON");
    let model =
        catalog["models"].as_array().expect("a list").iter().find(|model| model["slug"] == "t").expect("it is there");
    let datasets = json!([{ "dataset": "the-pile", "share": 0.3, "tokens": 300_000_000_000_i64, "epochs": 1.5 }, "own-data",
        { "dataset": "refinedweb", "share": 0.1 }]);
    assert_eq!(model["datasets"], datasets);
    assert_eq!(import(&app, "JSON", &json!([model]).to_string()).await["rows"][0]["outcome"], "UNCHANGED");
    // Slugs and names add nothing to what is known; objects merge by their dataset.
    let rows = json!([{ "slug": "t", "datasets": ["The Pile", "refinedweb"] }]);
    assert_eq!(import(&app, "JSON", &rows.to_string()).await["rows"][0]["outcome"], "UNCHANGED");
    let rows =
        json!([{ "slug": "t", "datasets": ["the-pile", { "dataset": "Own data", "epochs": 2, "tokens": "2T" }] }]);
    let report = import(&app, "JSON", &rows.to_string()).await;
    assert_eq!((&report["written"], &report["rows"][0]["problems"]), (&json!(true), &json!([])), "{report}");
    let mut expected = trained();
    expected["training"][1] =
        json!({ "dataset": { "slug": "own-data" }, "share": null, "tokens": 2_000_000_000_000_i64, "epochs": 2.0 });
    assert_eq!(training(&app, "").await, expected);
    let csv = file(&app, "/export/models.csv").await;
    assert!(csv.contains("the-pile; own-data; refinedweb"), "the table has the slugs");
}

async fn invalid_training_data_is_refused(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(TRAINED).await;
    for (input, path) in [
        ("training: [{ dataset: { slug: \"the-pile\" }, share: 0 }]", "input.datasets.0.share"),
        ("training: [{ dataset: { slug: \"the-pile\" }, share: 1.01 }]", "input.datasets.0.share"),
        ("training: [{ dataset: { slug: \"the-pile\" }, tokens: 0 }]", "input.datasets.0.tokens"),
        ("training: [{ dataset: { slug: \"the-pile\" }, epochs: -1 }]", "input.datasets.0.epochs"),
        (
            "training: [{ dataset: { slug: \"the-pile\" } }, { dataset: { slug: \"the-pile\" }, epochs: 1 }]",
            "input.datasets",
        ),
        ("training: [{ dataset: { slug: \"the-pile\" } }], datasets: []", "input.datasets"),
        ("training: [{ dataset: { slug: \"no-such\" } }]", "input.datasets.0"),
    ] {
        let query = format!("mutation {{ updateModel(input: {{ slug: \"t\", {input} }}) {{ revision }} }}");
        let (code, extensions, message) = refused(&app, &query).await;
        assert!(["INVALID_DOCUMENT", "NOT_FOUND"].contains(&code.as_str()), "{code}");
        let found = extensions["fields"][0]["path"].as_str().unwrap_or_default();
        assert!(found.starts_with(path) || message.contains(path), "{input}: {found} {message}");
    }
    let rows = json!([{ "slug": "t", "datasets": [{ "dataset": "the-pile", "shares": 1 }, 7] }]);
    let report = import(&app, "JSON", &rows.to_string()).await;
    let problems = report["rows"][0]["problems"].to_string();
    assert!(problems.contains("share") || problems.contains("slug of a dataset"), "{report}");
}

async fn catalogs_of_earlier_releases_gain_checkpoints_and_training_data(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data("mutation { createModel(input: { slug: \"t\", name: \"T\", datasets: [{ slug: \"the-pile\" }], sizes: [{ label: \"1B\", parameters: \"1B\" }] }) { revision } }").await;
    let edited = app.data("mutation { updateModel(input: { slug: \"t\", datasets: [{ slug: \"refinedweb\" }, { slug: \"the-pile\" }] }) { revision } }").await;
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    app.revert_migrations_from("create_checkpoint").await;
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the migrations run");
    let app = app.second_server();
    let app = app.with_token(&app.token(Role::Admin).await);
    let plain = |slugs: &[&str]| {
        json!(
            slugs
                .iter()
                .map(|slug| json!({ "dataset": { "slug": slug }, "share": null, "tokens": null, "epochs": null }))
                .collect::<Vec<_>>()
        )
    };
    assert_eq!(training(&app, "").await["training"], plain(&["refinedweb", "the-pile"]));
    app.data("mutation { a: updateCheckpoints(input: { model: \"t\", put: [{ repository: \"t/t\", size: \"1B\" }] }) { revision }
        b: updateModel(input: { slug: \"t\", training: [{ dataset: { slug: \"the-pile\" }, share: 1 }] }) { revision } }").await;
    let query = format!("{{ model(slug: \"t\", asOf: {time}) {{ checkpoints {{ totalCount }} }} }}");
    assert_eq!(app.data(&query).await["model"]["checkpoints"]["totalCount"], 0);
    assert_eq!(training(&app, &format!(", asOf: {time}")).await["training"], plain(&["refinedweb", "the-pile"]));
    // An edit of before is undone, and what was added since stays where it does not conflict.
    let number = &edited["updateModel"]["revision"];
    let undo = format!("mutation {{ revertRevision(input: {{ number: {number}, force: true }}) {{ revision }} }}");
    app.data(&undo).await;
    assert_eq!(training(&app, "").await["training"], plain(&["the-pile"]));
    assert_eq!(app.data("{ checkpoints { totalCount } }").await["checkpoints"]["totalCount"], 0);
}
