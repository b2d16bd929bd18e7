//! Mutations: each is one transaction, and changes all or nothing.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        create_model_creates_what_it_refers_to,
        absent_fields_keep_their_value_and_null_clears_it,
        an_outdated_version_is_a_conflict_with_the_current_one,
        null_for_a_field_that_cannot_be_unknown_is_a_problem,
        two_inputs_of_an_upsert_may_not_have_the_same_slug,
        deleting_a_referenced_subject_names_its_users,
        a_deleted_subject_keeps_its_history,
        upserts_return_the_outcome_of_each_model,
        upserts_are_all_or_nothing,
        all_validation_errors_are_returned_with_their_paths,
        sizes_have_mutations_of_their_own,
        every_subject_has_the_same_mutations,
        a_link_that_is_sent_back_is_unchanged,
        mutations_need_the_role_editor,
        large_inputs_are_accepted,
    ]
}

/// An editor of the catalog.
pub async fn editor(app: &App) -> App {
    app.with_token(&app.token(Role::Editor).await)
}

/// The contents of the catalog.
pub async fn dump(app: &App) -> Json {
    app.data(
        "{ catalog { revision }
           models(first: 100, orderBy: [{ field: NAME }]) { nodes { id slug name aliases kind position summary releaseDate version
             languages purposes contextLength extendedContextLength status knowledgeCutoff modalities { input output }
             commercialUse license { slug } architecture { slug } baseModel { slug } bases { model { slug } relation sizeLabel of { label } } organizations { slug } datasets { slug }
             links { kind title url } dataScale { text amount unit } maxParameters maxTrainingTokens trainingFlops
             sizes { id label parameters activeParameters trainingTokens license { slug } commercialUse statedCommercialUse releaseDate
               statedReleaseDate parametersBasis trainingTokensBasis contextLength statedContextLength extendedContextLength status statedStatus knowledgeCutoff modalities { input output } statedModalities { output } layers hiddenSize attentionHeads vocabularySize experts activeExperts attention }
             statedCommercialUse licenses { slug } training { dataset { slug } share tokens epochs }
             checkpoints(first: 8) { totalCount nodes { id variant format quantization bytes parameters official size { label }
               commercialUse releaseDate contextLength } } } }
           datasets(first: 100) { nodes { id slug name tokens bytes version license { slug } links { kind title url } } }
           licenses(first: 100) { nodes { id slug name aliases spdxId commercialUse osiApproved termsReviewed url version
             terms { id effect quote note when { commercial monthlyUsersOver dailyUsersOver revenueUsdOver revenuePeriod countedOn territories
               territoryBasis hosting trainsOnOutputs modality } }
             zh: conditions(language: ZH) conditions links { url } } }
           organizations(first: 100) { nodes { id slug name zh: name(language: ZH) aliases country kind homepage version } }
           sources(first: 100) { nodes { id slug title kind url publishedAt version publisher { slug } license { slug } derivedFrom { slug }
             snapshots { accessed revision hash } } }
           architectures(first: 100) { nodes { id slug name version links { kind url } } } }",
    )
    .await
}

/// The one error of a mutation that must be rejected and change nothing: its code, its extensions and its message.
pub async fn refused(app: &App, query: &str) -> (String, Json, String) {
    let before = dump(app).await;
    let (status, answer) = app.post(&json!({ "query": query })).await;
    assert!(status < 500, "{status} for {query}");
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1), "{answer}");
    assert_eq!(dump(app).await, before, "after {query}");
    let error = &answer["errors"][0];
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    (text(&error["extensions"]["code"]), error["extensions"].clone(), text(&error["message"]))
}

async fn create_model_creates_what_it_refers_to(app: App) {
    let app = editor(&app).await;
    let data = app
        .data(
            "mutation { createModel(input: {
                 name: \"Mixtral 8x7B\", kind: FOUNDATION, aliases: [\"米斯特拉尔\"], releaseDate: \"2023-12-11\"
                 summary: { en: \"Sparse mixture of experts\", zh: \"稀疏混合专家\" }
                 license: { create: { name: \"Apache License 2.0\", spdxId: \"Apache-2.0\", commercialUse: ALLOWED } }
                 organizations: [{ create: { name: \"Mistral AI\" } }, { slug: \"meta\" }]
                 datasets: [{ slug: \"the-pile\" }, { create: { name: \"Web\", bytes: \"1T\", license: { slug: \"llama-license\" } } }]
                 architecture: { slug: \"llama\" }, baseModel: \"llama\"
                 dataScale: { text: \"2T\", amount: \"2T\", unit: TOKENS }, trainingFlops: 1.5e23
                 links: [{ kind: HOMEPAGE, url: \"https://mistral.ai\" }]
                 sizes: [{ label: \"8x22B\", parameters: \"141B\", activeParameters: \"39B\" },
                         { label: \"8x7B\", parameters: \"46.7B\", activeParameters: \"12.9B\", trainingTokens: \"2T\" }]
               }) { revision model { slug version commercialUse maxParameters maxTrainingTokens releaseDate aliases summary(language: ZH)
                 license { slug spdxId } organizations { slug } datasets { slug bytes license { slug } } architecture { slug }
                 baseModel { slug } trainingFlops links { kind url } sizes { label parameters activeParameters trainingTokens }
                 revisions { nodes { number actor action } } } } }",
        )
        .await;
    let created = &data["createModel"];
    let number = |text: f64| json!((text * 1e9).round() as i64);
    let model = json!({
        "slug": "mixtral-8x7b", "version": 1, "commercialUse": "ALLOWED", "maxParameters": number(141.0), "maxTrainingTokens": number(2000.0),
        "releaseDate": "2023-12-11", "aliases": ["米斯特拉尔"], "summary": "稀疏混合专家",
        "license": { "slug": "apache-license-2-0", "spdxId": "Apache-2.0" },
        "organizations": [{ "slug": "mistral-ai" }, { "slug": "meta" }],
        "datasets": [{ "slug": "the-pile", "bytes": 800_000_000_000_i64, "license": null },
                     { "slug": "web", "bytes": 1_000_000_000_000_i64, "license": { "slug": "llama-license" } }],
        "architecture": { "slug": "llama" }, "baseModel": { "slug": "llama" }, "trainingFlops": 1.5e23,
        "links": [{ "kind": "HOMEPAGE", "url": "https://mistral.ai/" }],
        "sizes": [{ "label": "8x7B", "parameters": number(46.7), "activeParameters": number(12.9), "trainingTokens": number(2000.0) },
                  { "label": "8x22B", "parameters": number(141.0), "activeParameters": number(39.0), "trainingTokens": null }],
        "revisions": created["model"]["revisions"],
    });
    assert_eq!(created["model"], model);
    // License, organization and dataset came first, each with a revision of its own.
    assert_eq!(created["revision"], 48);
    let revision = &created["model"]["revisions"]["nodes"][0];
    assert_eq!((&revision["number"], &revision["action"]), (&json!(48), &json!("CREATED")));
    assert!(revision["actor"].as_str().is_some_and(|actor| actor.starts_with("editor-")), "{revision}");
    assert_eq!(
        app.data("{ llama: model(slug: \"llama\") { derivedModels { totalCount nodes { slug } } } }").await["llama"]["derivedModels"],
        json!({ "totalCount": 1, "nodes": [{ "slug": "mixtral-8x7b" }] })
    );
}

async fn absent_fields_keep_their_value_and_null_clears_it(app: App) {
    let app = editor(&app).await;
    let before = dump(&app).await;
    let fields = "outcome revision model { slug name version position aliases commercialUse license { slug } maxTrainingTokens dataScale { text } sizes { label } }";
    let data = app
        .data(&format!(
            "mutation {{ a: updateModel(input: {{ slug: \"bloom\", name: \"BLOOM\" }}) {{ {fields} }}
               b: updateModel(input: {{ slug: \"bloom\", expectedVersion: 1, license: null, commercialUse: null, dataScale: null, aliases: [\"布鲁姆\"] }}) {{ {fields} }}
               c: updateModel(input: {{ slug: \"bloom\", newSlug: \"bloom-176b\", sizes: [{{ label: \"176B\", parameters: \"176B\" }}] }}) {{ {fields} }} }}"
        ))
        .await;
    assert_eq!((&data["a"]["outcome"], &data["a"]["revision"]), (&json!("UNCHANGED"), &json!(44)));
    let sizes = json!([{ "label": "3B" }, { "label": "7.1B" }, { "label": "176B" }]);
    let cleared = json!({ "slug": "bloom", "name": "BLOOM", "version": 2, "position": 5, "aliases": ["布鲁姆"], "commercialUse": "UNKNOWN",
        "license": null, "maxTrainingTokens": null, "dataScale": null, "sizes": sizes });
    assert_eq!(data["b"], json!({ "outcome": "UPDATED", "revision": 45, "model": cleared }));
    let mut renamed = cleared;
    renamed["slug"] = json!("bloom-176b");
    renamed["version"] = json!(3);
    renamed["sizes"] = json!([{ "label": "176B" }]);
    assert_eq!(data["c"], json!({ "outcome": "UPDATED", "revision": 46, "model": renamed }));
    // Nothing else changed, and the size kept its id.
    let after = dump(&app).await;
    let model = |dump: &Json, slug: &str| {
        let models = dump["models"]["nodes"].as_array().expect("a list").clone();
        models.into_iter().find(|model| model["slug"] == slug).expect("it is there")
    };
    assert_eq!(model(&after, "bloom-176b")["sizes"][0]["id"], model(&before, "bloom")["sizes"][2]["id"]);
    assert_eq!(model(&after, "bloom-176b")["id"], model(&before, "bloom")["id"]);
    let others = |dump: &Json| {
        let models = dump["models"]["nodes"].as_array().expect("a list").clone();
        models
            .into_iter()
            .filter(|model| !model["slug"].as_str().expect("a slug").starts_with("bloom"))
            .collect::<Vec<_>>()
    };
    assert_eq!(others(&after), others(&before));
}

async fn an_outdated_version_is_a_conflict_with_the_current_one(app: App) {
    let app = editor(&app).await;
    app.data("mutation { updateModel(input: { slug: \"opt\", position: 99 }) { revision } }").await;
    for mutation in [
        "updateModel(input: { slug: \"opt\", expectedVersion: 1, position: 1 }) { revision }",
        "deleteModel(input: { slug: \"opt\", expectedVersion: 1 }) { revision }",
        "createModelSize(input: { model: \"opt\", expectedVersion: 1, size: { label: \"1B\", parameters: 1 } }) { revision }",
    ] {
        let (code, extensions, message) = refused(&app, &format!("mutation {{ {mutation} }}")).await;
        assert_eq!((code.as_str(), &extensions["currentVersion"]), ("CONFLICT", &json!(2)), "{mutation}");
        assert!(message.contains("version 2, not 1"), "{message}");
    }
}

async fn deleting_a_referenced_subject_names_its_users(app: App) {
    let app = editor(&app).await;
    for (mutation, by) in [
        ("deleteLicense(input: { slug: \"llama-license\" }) { revision }", "the model \"llama\""),
        ("deleteOrganization(input: { slug: \"ibm\" }) { revision }", "the model \"prithvi\""),
        ("deleteDataset(input: { slug: \"the-pile\" }) { revision }", "the model \"gpt-neox\""),
    ] {
        let (code, extensions, message) = refused(&app, &format!("mutation {{ {mutation} }}")).await;
        assert_eq!((code.as_str(), &extensions["by"]), ("IN_USE", &json!([by])), "{mutation}");
        assert!(message.contains(by), "{message}");
    }
    app.data("mutation { updateModel(input: { slug: \"qwen\", baseModel: \"opt\", architecture: { slug: \"gptq\" } }) { revision } }").await;
    for mutation in [
        "deleteModel(input: { slug: \"opt\" }) { revision }",
        "deleteArchitecture(input: { slug: \"gptq\" }) { revision }",
    ] {
        let (code, extensions, _) = refused(&app, &format!("mutation {{ {mutation} }}")).await;
        assert_eq!((code.as_str(), &extensions["by"]), ("IN_USE", &json!(["the model \"qwen\""])), "{mutation}");
    }
    assert_eq!(
        refused(&app, "mutation { deleteModel(input: { slug: \"no-such\" }) { revision } }").await.0,
        "NOT_FOUND"
    );
}

async fn a_deleted_subject_keeps_its_history(app: App) {
    let app = editor(&app).await;
    let id = app.data("{ model(slug: \"bloom\") { id } }").await["model"]["id"].clone();
    let data = app
        .data("mutation { deleteModel(input: { slug: \"bloom\", expectedVersion: 1 }) { deletedId revision } }")
        .await;
    assert_eq!(data["deleteModel"], json!({ "deletedId": id, "revision": 45 }));
    let data = app.data(&format!("{{ node(id: {id}) {{ id }} catalog {{ counts {{ models sizes }} }} revisions(last: 1) {{ nodes {{ action subjectSlug subject {{ id }} }} }} }}")).await;
    let revision = json!({ "action": "DELETED", "subjectSlug": "bloom", "subject": null });
    let expected = json!({ "node": null, "catalog": { "counts": { "models": 30, "sizes": 52 } }, "revisions": { "nodes": [revision] } });
    assert_eq!(data, expected);
}

async fn upserts_return_the_outcome_of_each_model(app: App) {
    let app = editor(&app).await;
    let data = app
        .data(
            "mutation { upsertOrganizations(input: { organizations: [
                 { name: \"Meta\" }, { name: \"IBM\", localizedName: { zh: \"国际商业机器公司\" } }, { name: \"Alibaba Cloud\" } ] }) {
                 revision results { outcome organization { slug version zh: name(language: ZH) } } } }",
        )
        .await;
    let result = |outcome: &str, slug: &str, version: i32, zh: &str| json!({ "outcome": outcome, "organization": { "slug": slug, "version": version, "zh": zh } });
    let results = [
        result("UNCHANGED", "meta", 1, "Meta"),
        result("UPDATED", "ibm", 2, "国际商业机器公司"),
        result("CREATED", "alibaba-cloud", 1, "Alibaba Cloud"),
    ];
    assert_eq!(data["upsertOrganizations"], json!({ "revision": 46, "results": results }));
}

async fn upserts_are_all_or_nothing(app: App) {
    let app = editor(&app).await;
    let (code, extensions, _) = refused(
        &app,
        "mutation { upsertModels(input: { models: [
             { name: \"New\", kind: DERIVED, license: { create: { name: \"New License\", commercialUse: ALLOWED } } },
             { name: \"LLaMA\", kind: FOUNDATION, position: 0 },
             { name: \" \", kind: DERIVED } ] }) { revision } }",
    )
    .await;
    let paths = extensions["fields"].as_array().expect("a list").iter().map(|field| field["path"].clone());
    let expected = ["input.models.1.position", "input.models.2.slug", "input.models.2.name", "input.models.2.name"];
    assert_eq!((code.as_str(), paths.collect::<Vec<_>>()), ("INVALID_DOCUMENT", expected.map(Json::from).to_vec()));
}

async fn all_validation_errors_are_returned_with_their_paths(app: App) {
    let app = editor(&app).await;
    let (code, extensions, message) = refused(
        &app,
        "mutation { createModel(input: {
             name: \"A\\nB\", slug: \"a-b\", kind: FOUNDATION, position: -1, aliases: [\"x\", \"x\"], trainingFlops: -1
             license: { create: { name: \"\", slug: \"l\", commercialUse: ALLOWED, url: \"javascript:alert(1)\" } }
             organizations: [{ slug: \"meta\" }, { create: { name: \"Meta\" } }]
             links: [{ kind: OTHER, url: \"data:text/html,x\" }]
             sizes: [{ label: \"1B\", parameters: 0 }, { label: \"1B\", parameters: 1, activeParameters: 2 }] }) { revision } }",
    )
    .await;
    let paths =
        extensions["fields"].as_array().expect("a list").iter().map(|field| field["path"].as_str().expect("a path"));
    let expected = [
        "input.license.create.name",
        "input.license.create.url",
        "input.name",
        "input.aliases",
        "input.position",
        "input.trainingFlops",
        "input.links.0.url",
        "input.sizes",
        "input.sizes.0.parameters",
        "input.sizes.1.activeParameters",
    ];
    let paths = paths.collect::<Vec<_>>();
    for path in expected {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    assert_eq!(code, "INVALID_DOCUMENT");
    assert!(message.starts_with("This cannot be saved: input."), "{message}");

    // References to missing subjects, and slugs that exist.
    let (_, extensions, _) = refused(
        &app,
        "mutation { createModel(input: { name: \"A\", kind: FOUNDATION, license: { slug: \"no-such\" }, baseModel: \"none\",
             datasets: [{ slug: \"the-pile\" }, { slug: \"no-such\" }] }) { revision } }",
    )
    .await;
    let paths =
        extensions["fields"].as_array().expect("a list").iter().map(|field| field["path"].as_str().expect("a path"));
    assert_eq!(paths.collect::<Vec<_>>(), ["input.license", "input.baseModel", "input.datasets.1"]);
    let (_, extensions, _) = refused(
        &app,
        "mutation { createModel(input: { name: \"A\", kind: FOUNDATION, organizations: [{ create: { name: \"Meta\" } }] }) { revision } }",
    )
    .await;
    assert_eq!(extensions["fields"][0]["path"], "input.organizations.0.create.slug");
    let (code, ..) =
        refused(&app, "mutation { createModel(input: { name: \"Qwen\", kind: FOUNDATION }) { revision } }").await;
    assert_eq!(code, "ALREADY_EXISTS");
    let (code, ..) = refused(
        &app,
        "mutation { createModel(input: { name: \"Q\", slug: \"Not A Slug\", kind: FOUNDATION }) { revision } }",
    )
    .await;
    assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
}

async fn sizes_have_mutations_of_their_own(app: App) {
    let app = editor(&app).await;
    let data = app
        .data(
            "mutation { createModelSize(input: { model: \"qwen\", expectedVersion: 1, size: { label: \"1.8B\", parameters: \"1.8B\", trainingTokens: \"2.2T\" } }) {
                 revision size { id label } model { version maxParameters sizes { label } } } }",
        )
        .await;
    let id = data["createModelSize"]["size"]["id"].clone();
    assert_eq!(
        data["createModelSize"]["model"]["sizes"],
        json!([{ "label": "1.8B" }, { "label": "7B" }, { "label": "14B" }])
    );
    let data = app
        .data(&format!(
            "mutation {{ updateModelSize(input: {{ id: {id}, parameters: \"72B\", label: \"72B\", trainingTokens: null, license: {{ slug: \"llama-license\" }} }}) {{
                 size {{ label parameters trainingTokens license {{ slug }} }} model {{ version maxParameters sizes {{ label }} }} }} }}"
        ))
        .await;
    let size = json!({ "label": "72B", "parameters": 72_000_000_000_i64, "trainingTokens": null, "license": { "slug": "llama-license" } });
    let model = json!({ "version": 3, "maxParameters": 72_000_000_000_i64, "sizes": [{ "label": "7B" }, { "label": "14B" }, { "label": "72B" }] });
    assert_eq!(data["updateModelSize"], json!({ "size": size, "model": model }));
    let size = app.column("{ model(slug: \"qwen\") { sizes { id } } }", "/model/sizes", "id").await[2].clone();
    let (code, extensions, _) = refused(
        &app,
        &format!("mutation {{ updateModelSize(input: {{ id: {size}, parameters: 0 }}) {{ revision }} }}"),
    )
    .await;
    assert_eq!((code.as_str(), &extensions["fields"][0]["path"]), ("INVALID_DOCUMENT", &json!("input.parameters")));
    let data = app
        .data(&format!(
            "mutation {{ deleteModelSize(input: {{ id: {size} }}) {{ deletedId model {{ version maxParameters }} }} }}"
        ))
        .await;
    assert_eq!(
        data["deleteModelSize"],
        json!({ "deletedId": size, "model": { "version": 4, "maxParameters": 14_000_000_000_i64 } })
    );
    assert_eq!(
        refused(&app, &format!("mutation {{ deleteModelSize(input: {{ id: {size} }}) {{ revision }} }}")).await.0,
        "INVALID_ID"
    );
}

async fn every_subject_has_the_same_mutations(app: App) {
    let app = editor(&app).await;
    let subject_types = [
        ("Dataset", "dataset", "", "tokens: \"3T\""),
        ("License", "license", "commercialUse: ALLOWED", "spdxId: \"MIT\""),
        ("Organization", "organization", "", "localizedName: { zh: \"新\" }"),
        ("Architecture", "architecture", "", "links: [{ kind: PAPER, url: \"https://example.org\" }]"),
    ];
    for (subject, field, needed, more) in subject_types {
        let data = app
            .data(&format!(
                "mutation {{ create{subject}(input: {{ name: \"Brand New\" {needed} {more} }}) {{ {field} {{ slug version }} }}
                   update{subject}(input: {{ slug: \"brand-new\", newSlug: \"newer\", name: \"Newer\" }}) {{ outcome {field} {{ slug name version }} }}
                   upsert{subject}s(input: {{ {field}s: [{{ slug: \"newer\", name: \"Newer\" {needed} {more} }}] }}) {{ results {{ outcome {field} {{ version }} }} }}
                   delete{subject}(input: {{ slug: \"newer\", expectedVersion: 2 }}) {{ deletedId }} }}"
            ))
            .await;
        assert_eq!(data[format!("create{subject}")][field], json!({ "slug": "brand-new", "version": 1 }));
        let updated = json!({ "outcome": "UPDATED", field: { "slug": "newer", "name": "Newer", "version": 2 } });
        assert_eq!(data[format!("update{subject}")], updated);
        let upserted = json!({ "results": [{ "outcome": "UNCHANGED", field: { "version": 2 } }] });
        assert_eq!(data[format!("upsert{subject}s")], upserted, "{subject}");
    }
    let changes = app.data("{ catalog { revision } }").await;
    assert_eq!(changes["catalog"]["revision"], 44 + 3 * 4);
}

async fn a_link_that_is_sent_back_is_unchanged(app: App) {
    let app = editor(&app).await;
    let read = "{ model(slug: \"qwen\") { links { kind title url } revisions(last: 1) { nodes { changes { field before after } } } } }";
    let links = app.data(read).await["model"]["links"].clone();
    let list = links.as_array().expect("links").iter().map(|link| {
        format!("{{ kind: {} title: {} url: {} }}", link["kind"].as_str().expect("a word"), link["title"], link["url"])
    });
    let list = list.collect::<Vec<_>>().join(" ");
    let update = async |links: &str| {
        app.data(&format!("mutation {{ updateModel(input: {{ slug: \"qwen\" links: [{links}] }}) {{ outcome }} }}"))
            .await["updateModel"]["outcome"]
            .clone()
    };
    assert_eq!(update(&list).await, "UNCHANGED");
    assert_eq!(update(&format!("{list} {{ kind: PAPER url: \"https://example.org/a\" }}")).await, "UPDATED");
    let change = app.data(read).await["model"]["revisions"]["nodes"][0]["changes"][0].clone();
    let (before, after) = (change["before"].as_array().expect("links"), change["after"].as_array().expect("links"));
    assert_eq!(before[0], after[0]);
    assert!(!after[0]["url"].as_str().expect("an address").starts_with("http"), "{change}");
    assert_eq!(after.last().expect("a link")["url"], "https://example.org/a");
    let elsewhere = list.replace("qwen.md", "other.md");
    assert_eq!(update(&elsewhere).await, "UPDATED");
    assert_eq!(
        app.data(read).await["model"]["links"][0]["url"],
        links[0]["url"].as_str().expect("an address").replace("qwen.md", "other.md")
    );
}

async fn mutations_need_the_role_editor(app: App) {
    for mutation in [
        "createModel(input: { name: \"A\", kind: FOUNDATION }) { revision }",
        "updateModel(input: { slug: \"opt\", position: 1 }) { revision }",
        "deleteModel(input: { slug: \"opt\" }) { revision }",
        "upsertModels(input: { models: [] }) { revision }",
        "createModelSize(input: { model: \"opt\", size: { label: \"1B\", parameters: 1 } }) { revision }",
        "revertRevision(input: { number: 1 }) { revision }",
    ] {
        let (code, ..) = refused(&app, &format!("mutation {{ {mutation} }}")).await;
        assert_eq!(code, "FORBIDDEN", "{mutation}");
    }
    let editor = editor(&app).await;
    assert_eq!(refused(&editor, "mutation { revertRevision(input: { number: 1 }) { revision } }").await.0, "FORBIDDEN");
}

async fn large_inputs_are_accepted(app: App) {
    let app = editor(&app).await;
    let sizes = (1..=50).map(|size| json!({ "label": format!("{size}B"), "parameters": format!("{size}B") }));
    let summary = "长".repeat(2000);
    let input = json!({ "name": "Many", "kind": "FOUNDATION", "sizes": sizes.collect::<Vec<_>>(), "summary": { "zh": summary } });
    let query = "mutation ($input: CreateModelInput!) { createModel(input: $input) { model { maxParameters summary sizes { label } } } }";
    let data = app.data_with(query, json!({ "input": input })).await;
    let model = &data["createModel"]["model"];
    assert_eq!((model["sizes"].as_array().map(Vec::len), &model["summary"]), (Some(50), &json!(summary)));
}

async fn null_for_a_field_that_cannot_be_unknown_is_a_problem(app: App) {
    let app = editor(&app).await;
    let size = app.data("{ model(slug: \"bloom\") { sizes { id } } }").await["model"]["sizes"][0]["id"].clone();
    let cases = [
        ("updateModel", "slug: \"qwen\"", &["newSlug", "name"][..]),
        ("updateLicense", "slug: \"llama-license\"", &["newSlug", "name", "commercialUse"]),
        ("updateDataset", "slug: \"the-pile\"", &["newSlug", "name"]),
        ("updateOrganization", "slug: \"meta\"", &["newSlug", "name"]),
        ("updateArchitecture", "slug: \"llama\"", &["newSlug", "name"]),
        ("updateModelSize", &format!("id: {size}"), &["label", "parameters", "parametersBasis"]),
    ];
    for (mutation, subject, fields) in cases {
        let nulls = fields.iter().map(|field| format!("{field}: null")).collect::<Vec<_>>().join(", ");
        let query = format!("mutation {{ {mutation}(input: {{ {subject}, {nulls} }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        let message = "is null, but cannot be unknown; omit it to keep its value";
        let problem = |field: &&str| json!({ "path": format!("input.{field}"), "message": message });
        let expected = fields.iter().map(problem).collect::<Vec<_>>();
        assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &json!(expected)), "{query}");
    }
}

async fn two_inputs_of_an_upsert_may_not_have_the_same_slug(app: App) {
    let app = editor(&app).await;
    let cases = [
        ("upsertModels", "models", ", kind: DERIVED"),
        ("upsertLicenses", "licenses", ", commercialUse: ALLOWED"),
        ("upsertDatasets", "datasets", ""),
        ("upsertOrganizations", "organizations", ""),
        ("upsertArchitectures", "architectures", ""),
    ];
    for (mutation, list, known) in cases {
        let input = |name: &str| format!("{{ name: \"{name}\"{known} }}");
        let inputs = [input("Twice"), input("Once"), input("twice")].join(" ");
        let query = format!("mutation {{ {mutation}(input: {{ {list}: [{inputs}] }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        let problem = json!([{ "path": format!("input.{list}.2.slug"), "message": format!("is also the slug of input.{list}.0") }]);
        assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &problem), "{query}");
    }
}
