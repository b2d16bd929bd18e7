//! What a size does not state is that of its model: license, commercial use and release date.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::store::change::Change;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, documents, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_license_of_one_size_decides_for_that_size,
        a_checkpoint_of_another_license_makes_its_size_vary,
        a_model_has_the_date_of_its_first_size,
        fields_filters_facets_and_exports_agree,
        varies_is_never_stated,
        effective_facts_are_computed_by_the_migration,
    ]
}

/// Falcon as its maker licenses it: two sizes under Apache-2.0, and one whose license has a condition.
async fn falcon(app: &App) {
    app.data(
        "mutation {
           a: createLicense(input: { slug: \"apache-2-0\", name: \"Apache License 2.0\", commercialUse: ALLOWED }) { revision }
           b: createLicense(input: { slug: \"falcon-180b\", name: \"Falcon 180B License\", commercialUse: CONDITIONAL }) { revision }
           c: updateModel(input: { slug: \"falcon\", releaseDate: \"2023-05\", license: { slug: \"apache-2-0\" }, commercialUse: null, sizes: [
             { label: \"7B\", parameters: \"7B\" }, { label: \"40B\", parameters: \"40B\" },
             { label: \"180B\", parameters: \"180B\", license: { slug: \"falcon-180b\" }, releaseDate: \"2023-09-06\" }] }) { revision } }",
    )
    .await;
}

async fn a_model_has_the_date_of_its_first_size(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let fields = "releaseDate statedReleaseDate sizes { label releaseDate }";
    let query = format!(
        "{{ model(slug: \"dated\") {{ {fields} }}
            newest: models(first: 1, where: {{ releaseDate: {{ lt: \"2023-06\" }} }}, orderBy: [{{ field: RELEASE_DATE, direction: DESC }}]) {{ nodes {{ slug }} }}
            years: models(search: \"dated\") {{ facets {{ releaseYears {{ value count }} }} }} }}"
    );
    let read = async || {
        let data = app.data(&query).await;
        // Twice, so that the second response is one of the cache.
        assert_eq!(app.data(&query).await, data);
        (
            data["model"].clone(),
            data["newest"]["nodes"][0]["slug"].clone(),
            data["years"]["facets"]["releaseYears"].clone(),
        )
    };
    let sizes = "sizes: [{ label: \"7B\", parameters: \"7B\" }, { label: \"70B\", parameters: \"70B\", releaseDate: \"2023-05-25\" },
        { label: \"180B\", parameters: \"180B\", releaseDate: \"2023-09-06\" }]";
    app.data(&format!("mutation {{ createModel(input: {{ name: \"Dated\", {sizes} }}) {{ revision }} }}")).await;
    let sizes = json!([{ "label": "7B", "releaseDate": null }, { "label": "70B", "releaseDate": "2023-05-25" },
        { "label": "180B", "releaseDate": "2023-09-06" }]);
    let first = (
        json!({ "releaseDate": "2023-05-25", "statedReleaseDate": null, "sizes": sizes }),
        json!("dated"),
        json!([{ "value": "2023", "count": 1 }]),
    );
    assert_eq!(read().await, first, "no size has a date that no source states for it");
    let size = app
        .data("{ sizes(where: { label: { eq: \"70B\" }, releaseDate: { eq: \"2023-05-25\" } }) { nodes { id } } }")
        .await;
    let id = &size["sizes"]["nodes"][0]["id"];
    let later =
        format!("mutation {{ updateModelSize(input: {{ id: {id}, releaseDate: \"2024-01\" }}) {{ revision }} }}");
    app.data(&later).await;
    let (model, newest, _) = read().await;
    assert_eq!((&model["releaseDate"], newest == "dated"), (&json!("2023-09-06"), false), "lists follow the sizes");
    let change = "mutation { updateModel(input: { slug: \"dated\", releaseDate: \"2022\" }) { revision } }";
    let revision = app.data(change).await["updateModel"]["revision"].clone();
    let (model, _, years) = read().await;
    let own = [&model["releaseDate"], &model["statedReleaseDate"], &model["sizes"][0]["releaseDate"]];
    assert_eq!((own, years), ([&json!("2022"); 3], json!([{ "value": "2022", "count": 1 }])));
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {revision} }}) {{ revision }} }}")).await;
    let (model, ..) = read().await;
    assert_eq!(model["releaseDate"], "2023-09-06");
    app.revert_migrations_from("date_models_by_sizes").await;
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the migrations run");
    assert_eq!(app.second_server().data(&query).await["model"], model);
}

async fn a_license_of_one_size_decides_for_that_size(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    falcon(&app).await;
    let query = "{
        model(slug: \"falcon\") { commercialUse statedCommercialUse license { slug } licenses { slug }
          sizes { label commercialUse license { slug } statedLicense { slug } releaseDate statedReleaseDate } }
        large: models(where: { slug: { ne: \"bloom\" }, sizes: { some: { commercialUse: { eq: ALLOWED }, parameters: { gte: \"100B\" } } } }) { nodes { slug } }
        varies: models(where: { commercialUse: { eq: VARIES } }) { nodes { slug } }
        late: sizes(where: { releaseDate: { gte: \"2023-06\" } }) { nodes { label } }
        license(slug: \"falcon-180b\") { models { totalCount nodes { slug } } sizes { totalCount nodes { label } } }
        other: license(slug: \"apache-2-0\") { models { totalCount } sizes(orderBy: [{ field: PARAMETERS, direction: DESC }]) { nodes { label } } }
        byLicense: models(where: { license: { slug: { eq: \"falcon-180b\" } } }) { totalCount }
        sizes(where: { license: { slug: { eq: \"apache-2-0\" } } }) { nodes { label } } }";
    let data = app.data(query).await;
    let size = |label: &str, uses: &str, license: &str, stated: Option<&str>, date: &str| {
        let stated_date = stated.map(|_| date);
        json!({ "label": label, "commercialUse": uses, "license": { "slug": license },
            "statedLicense": stated.map(|slug| json!({ "slug": slug })), "releaseDate": date, "statedReleaseDate": stated_date })
    };
    assert_eq!(
        data["model"],
        json!({ "commercialUse": "VARIES", "statedCommercialUse": null, "license": { "slug": "apache-2-0" },
            "licenses": [{ "slug": "apache-2-0" }, { "slug": "falcon-180b" }],
            "sizes": [size("7B", "ALLOWED", "apache-2-0", None, "2023-05"), size("40B", "ALLOWED", "apache-2-0", None, "2023-05"),
                size("180B", "CONDITIONAL", "falcon-180b", Some("falcon-180b"), "2023-09-06")] })
    );
    assert_eq!((&data["large"]["nodes"], &data["varies"]["nodes"]), (&json!([]), &json!([{ "slug": "falcon" }])));
    assert_eq!(data["late"]["nodes"], json!([{ "label": "180B" }]));
    let models = json!({ "totalCount": 1, "nodes": [{ "slug": "falcon" }] });
    let sizes = json!({ "totalCount": 1, "nodes": [{ "label": "180B" }] });
    assert_eq!(data["license"], json!({ "models": models, "sizes": sizes }));
    let sizes = json!({ "nodes": [{ "label": "40B" }, { "label": "7B" }] });
    assert_eq!(data["other"], json!({ "models": { "totalCount": 1 }, "sizes": sizes }));
    assert_eq!(data["byLicense"]["totalCount"], 1);
    assert_eq!(data["sizes"]["nodes"], json!([{ "label": "7B" }, { "label": "40B" }]));
    for (language, address, text) in [
        ("en", "/models/falcon", "Allowed: 7B, 40B · with conditions: 180B"),
        ("zh", "/models/falcon", "可商用：7B、40B · 有条件商用：180B"),
        ("en", "/?q=falcon", "Allowed: 7B, 40B · with conditions: 180B"),
    ] {
        let page = app.request("GET", address).header("accept-language", language).send().await.expect("a response");
        let page = page.text().await.expect("text");
        assert!(page.contains(text), "{language} {address}: {page}");
    }
}

/// SOLAR as its maker licenses it: the weights under Apache-2.0, but the instructed ones for research only.
async fn a_checkpoint_of_another_license_makes_its_size_vary(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(
        "mutation {
           a: createLicense(input: { slug: \"free\", name: \"Free\", commercialUse: ALLOWED }) { revision }
           b: createLicense(input: { slug: \"research\", name: \"Research\", commercialUse: PROHIBITED }) { revision }
           c: createModel(input: { slug: \"solar\", name: \"Solar\", kind: DERIVED, license: { slug: \"free\" },
             sizes: [{ label: \"10.7B\", parameters: \"10.7B\" }, { label: \"22B\", parameters: \"22B\" }],
             checkpoints: [{ repository: \"u/solar\", size: \"10.7B\" }, { repository: \"u/solar-instruct\", size: \"10.7B\", license: { slug: \"research\" } },
               { repository: \"u/pro\", size: \"22B\" }] }) { revision }
           d: createModel(input: { slug: \"bare\", name: \"Bare\", kind: DERIVED, sizes: [{ label: \"1B\", parameters: \"1B\" }],
             checkpoints: [{ repository: \"b/bare\", size: \"1B\", license: { slug: \"free\" } }] }) { revision } }",
    )
    .await;
    let query = |as_of: &str| {
        format!(
            "{{ model(slug: \"solar\"{as_of}) {{ commercialUse license {{ slug }} licenses {{ slug }} sizes {{ label commercialUse license {{ slug }} }}
                 checkpoints {{ nodes {{ repository commercialUse }} }} }}
               bare: model(slug: \"bare\"{as_of}) {{ commercialUse licenses {{ slug }} sizes {{ commercialUse license {{ slug }} }} }}
               free: sizes(where: {{ commercialUse: {{ eq: ALLOWED }}, model: {{ slug: {{ in: [\"solar\", \"bare\"] }} }} }}{as_of}) {{ nodes {{ label }} }}
               varies: sizes(where: {{ commercialUse: {{ eq: VARIES }} }}{as_of}) {{ nodes {{ label }} }}
               models(where: {{ license: {{ slug: {{ eq: \"research\" }} }} }}{as_of}) {{ nodes {{ slug }} }} }}"
        )
    };
    let data = app.data(&query("")).await;
    let license = |slug: &str| json!({ "slug": slug });
    assert_eq!(
        data["model"],
        json!({ "commercialUse": "VARIES", "license": license("free"), "licenses": [license("free"), license("research")],
            "sizes": [{ "label": "10.7B", "commercialUse": "VARIES", "license": license("free") },
                { "label": "22B", "commercialUse": "ALLOWED", "license": license("free") }],
            "checkpoints": { "nodes": [{ "repository": "u/pro", "commercialUse": "ALLOWED" }, { "repository": "u/solar", "commercialUse": "ALLOWED" },
                { "repository": "u/solar-instruct", "commercialUse": "PROHIBITED" }] } })
    );
    let bare = json!({ "commercialUse": "ALLOWED", "licenses": [license("free")], "sizes": [{ "commercialUse": "ALLOWED", "license": null }] });
    assert_eq!(data["bare"], bare, "what all checkpoints of a size permit, it permits");
    assert_eq!(data["free"]["nodes"], json!([{ "label": "1B" }, { "label": "22B" }]));
    assert_eq!(data["varies"]["nodes"], json!([{ "label": "10.7B" }]));
    assert_eq!(data["models"]["nodes"], json!([{ "slug": "solar" }]));
    assert_eq!(app.data(&query(", asOf: \"9999-01-01T00:00:00Z\"")).await, data);
    let page = app.request("GET", "/models/solar").header("accept-language", "en").send().await.expect("a response");
    let page = page.text().await.expect("text");
    assert!(page.contains("Depends on the weights: 10.7B · allowed: 22B"), "{page}");
    // The same after the license of the checkpoint became that of the size in effect.
    app.data("mutation { updateLicense(input: { slug: \"research\", commercialUse: ALLOWED }) { revision } }").await;
    let data = app.data(&query("")).await;
    assert_eq!((&data["model"]["commercialUse"], &data["varies"]["nodes"]), (&json!("ALLOWED"), &json!([])));
    assert_eq!(app.data(&query(", asOf: \"9999-01-01T00:00:00Z\"")).await, data);
}

/// The rule, written again: of each size what is stated for it, its license, what is stated for the model, the license of the model;
/// VARIES if checkpoints differ. Returns that of the model and those of its sizes.
pub fn expected_uses(model: &Json, licenses: &BTreeMap<String, String>) -> (String, Vec<String>) {
    let text = |value: &Json| value.as_str().map(str::to_owned);
    let list = |field: &str| model[field].as_array().cloned().unwrap_or_default();
    let stated = |level: &Json| {
        let by_license = || text(&level["license"]).map(|slug| licenses[&slug].clone());
        text(&level["commercialUse"]).or_else(by_license)
    };
    let unknown = || "UNKNOWN".to_owned();
    let (sizes, checkpoints) = (list("sizes"), list("checkpoints"));
    let of_checkpoints = checkpoints.iter().map(|checkpoint| {
        let original = |address: &Json| {
            let address = address.as_str()?;
            let (address, path) =
                address.split_once('#').map_or((address, None), |(address, path)| (address, Some(path)));
            let repository = address.split('@').next()?.split(':').next_back()?;
            let same = |other: &&Json| other["repository"] == repository && other["path"].as_str() == path;
            checkpoints.iter().find(same)
        };
        let chain = std::iter::successors(Some(checkpoint), |one| original(&one["convertedFrom"])).collect::<Vec<_>>();
        let label = chain.iter().find_map(|one| text(&one["size"]));
        let size = sizes.iter().find(|size| text(&size["label"]) == label);
        let mut levels = chain.into_iter().chain(size).chain([model]);
        (label, levels.find_map(stated).unwrap_or_else(unknown), stated(checkpoint).is_some())
    });
    let of_checkpoints = of_checkpoints.collect::<Vec<_>>();
    let common = |own: Option<String>, parts: Vec<String>| {
        let all = parts.into_iter().chain(own.filter(|own| own != "UNKNOWN")).collect::<BTreeSet<_>>();
        if all.len() > 1 { "VARIES".to_owned() } else { all.into_iter().next().unwrap_or_else(unknown) }
    };
    let all = of_checkpoints.iter().map(|(_, uses, _)| uses.clone()).collect();
    if sizes.is_empty() {
        return (common(stated(model), all), Vec::new());
    }
    let of_sizes = sizes.iter().map(|size| {
        let own = of_checkpoints.iter().filter(|(label, ..)| *label == text(&size["label"]));
        common(stated(size).or_else(|| stated(model)), own.map(|(_, uses, _)| uses.clone()).collect())
    });
    let of_sizes = of_sizes.collect::<Vec<_>>();
    let stray = of_checkpoints.iter().filter(|(label, _, states)| label.is_none() && *states);
    let parts = of_sizes.iter().cloned().chain(stray.map(|(_, uses, _)| uses.clone()));
    (common(None, parts.collect()), of_sizes)
}

async fn fields_filters_facets_and_exports_agree(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let mut runner = runner();
    let mut change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    for number in 0..40 {
        let model = documents::model(number).new_tree(&mut runner).expect("a document").current();
        change.save(&model).await.expect("it can be saved");
    }
    change.commit().await.expect("it can be committed");
    let uses = proptest::sample::select(vec!["ALLOWED", "CONDITIONAL", "PROHIBITED", "UNKNOWN"]);
    for _ in 0..3 {
        for license in ["llama-license", "internlm-license"] {
            let uses = uses.new_tree(&mut runner).expect("a use").current();
            app.data(&format!(
                "mutation {{ updateLicense(input: {{ slug: \"{license}\", commercialUse: {uses} }}) {{ revision }} }}"
            ))
            .await;
        }
        check_agreement(&app).await;
    }
}

async fn check_agreement(app: &App) {
    let export = app.request("GET", "/export/catalog.json").send().await.expect("a response");
    let export = export.json::<Json>().await.expect("JSON");
    let list = |field: &str| export[field].as_array().expect("a list").clone();
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let licenses = list("licenses");
    let licenses = licenses.iter().map(|license| (text(&license["slug"]), text(&license["commercialUse"])));
    let licenses = licenses.collect::<BTreeMap<_, _>>();
    let (mut of_models, mut of_sizes) = (BTreeMap::<_, BTreeSet<_>>::new(), BTreeMap::<_, BTreeSet<_>>::new());
    let mut under = BTreeMap::<String, BTreeSet<String>>::new();
    for model in list("models") {
        let (slug, (of_model, uses)) = (text(&model["slug"]), expected_uses(&model, &licenses));
        of_models.entry(of_model).or_default().insert(slug.clone());
        let sizes = model["sizes"].as_array().cloned().unwrap_or_default();
        for (size, uses) in sizes.iter().zip(uses) {
            of_sizes.entry(uses).or_default().insert(format!("{slug} {}", text(&size["label"])));
        }
        let own = model["license"].as_str();
        let licenses = sizes.iter().filter_map(|size| size["license"].as_str().or(own));
        let checkpoints = model["checkpoints"].as_array().into_iter().flatten();
        let licenses = licenses.chain(checkpoints.filter_map(|checkpoint| checkpoint["license"].as_str()));
        for license in licenses.chain(own.filter(|_| sizes.is_empty())) {
            under.entry(license.to_owned()).or_default().insert(slug.clone());
        }
    }
    let csv = app.request("GET", "/export/models.csv").send().await.expect("a response").text().await.expect("text");
    let mut in_csv = BTreeMap::<String, BTreeSet<String>>::new();
    for row in csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).deserialize() {
        let row: BTreeMap<String, String> = row.expect("a row");
        if !row["size"].is_empty() {
            in_csv.entry(row["commercial_use"].clone()).or_default().insert(format!("{} {}", row["slug"], row["size"]));
        }
    }
    assert_eq!(in_csv, of_sizes, "CSV");
    for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
        for uses in ["ALLOWED", "CONDITIONAL", "AUTHORIZATION_REQUIRED", "PROHIBITED", "VARIES", "UNKNOWN"] {
            let query = format!(
                "{{ models(first: 100, where: {{ commercialUse: {{ eq: {uses} }} }}{as_of}) {{ nodes {{ slug commercialUse }} }}
                   sizes(first: 100, where: {{ commercialUse: {{ eq: {uses} }} }}{as_of}) {{ totalCount nodes {{ label commercialUse model {{ slug }} }} }} }}"
            );
            let data = app.data(&query).await;
            let nodes = |list: &str| data[list]["nodes"].as_array().expect("nodes").clone();
            assert!(nodes("models").iter().chain(&nodes("sizes")).all(|node| node["commercialUse"] == uses), "{uses}");
            let models = nodes("models").iter().map(|model| text(&model["slug"])).collect::<BTreeSet<_>>();
            assert_eq!(models, of_models.get(uses).cloned().unwrap_or_default(), "{uses}{as_of}");
            let expected = of_sizes.get(uses).cloned().unwrap_or_default();
            assert_eq!(data["sizes"]["totalCount"], expected.len(), "{uses}{as_of}");
            let sizes = nodes("sizes");
            let sizes = sizes.iter().map(|size| format!("{} {}", text(&size["model"]["slug"]), text(&size["label"])));
            let sizes = sizes.collect::<BTreeSet<_>>();
            assert!(sizes.is_subset(&expected) && sizes.len() == expected.len().min(100), "{uses}{as_of}");
        }
        let facets = app.data(&format!("{{ models(first: 0{as_of}) {{ facets {{ commercialUse {{ value count }} licenses {{ value count }} }} }} }}")).await;
        for (facet, expected) in [("commercialUse", &of_models), ("licenses", &under)] {
            let counts = facets["models"]["facets"][facet].as_array().expect("counts").iter();
            let counts = counts.map(|count| (text(&count["value"]), count["count"].as_u64().expect("a number")));
            let expected = expected.iter().map(|(value, models)| (value.clone(), models.len() as u64));
            assert_eq!(counts.collect::<BTreeMap<_, _>>(), expected.collect(), "{facet}{as_of}");
        }
        for (license, expected) in &under {
            let query = format!(
                "{{ license(slug: \"{license}\"{as_of}) {{ models(first: 100) {{ totalCount nodes {{ slug licenses {{ slug }} }} }} }}
                   models(first: 100, where: {{ license: {{ slug: {{ eq: \"{license}\" }} }} }}{as_of}) {{ nodes {{ slug }} }} }}"
            );
            let data = app.data(&query).await;
            for list in [&data["license"]["models"]["nodes"], &data["models"]["nodes"]] {
                let slugs = list.as_array().expect("nodes").iter().map(|model| text(&model["slug"]));
                assert_eq!(slugs.collect::<BTreeSet<_>>(), *expected, "{license}{as_of}");
            }
        }
    }
}

async fn varies_is_never_stated(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    for (mutation, path) in [
        ("createModel(input: { name: \"A\", kind: DERIVED, commercialUse: VARIES })", "input.commercialUse"),
        ("updateLicense(input: { slug: \"llama-license\", commercialUse: VARIES })", "input.commercialUse"),
        (
            "createModel(input: { name: \"A\", kind: DERIVED, sizes: [{ label: \"1B\", parameters: \"1B\", commercialUse: VARIES }] })",
            "input.sizes.0.commercialUse",
        ),
    ] {
        let (_, answer) = app.post(&json!({ "query": format!("mutation {{ {mutation} {{ revision }} }}") })).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["fields"][0]["path"]), (&json!("INVALID_DOCUMENT"), &json!(path)));
    }
}

async fn effective_facts_are_computed_by_the_migration(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    // Without what sizes alone could not state before.
    app.data(
        "mutation {
           a: createLicense(input: { slug: \"free\", name: \"Free\", commercialUse: ALLOWED }) { revision }
           b: updateModel(input: { slug: \"falcon\", license: { slug: \"free\" }, releaseDate: \"2023-05-01\", sizes: [
             { label: \"7B\", parameters: \"7B\" }, { label: \"180B\", parameters: \"180B\", license: { slug: \"llama-license\" } }] }) { revision }
           c: updateModel(input: { slug: \"prithvi\", license: { slug: \"free\" } }) { revision }
           d: updateModel(input: { slug: \"llama\", commercialUse: ALLOWED, license: { slug: \"llama-license\" } }) { revision } }",
    )
    .await;
    let query = "{ models(first: 100) { nodes { slug commercialUse statedCommercialUse licenses { slug }
        sizes { label commercialUse releaseDate license { slug } } } facets { licenses { value count } commercialUse { value count } } } }";
    let before = app.data(query).await;
    app.revert_migrations_from("effective_licenses").await;
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the migrations run");
    assert_eq!(app.second_server().data(query).await, before);
}
