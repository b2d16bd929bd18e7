//! Tables of subjects, sizes, checkpoints and evidence: typed, with what applies, and described by a data package.

use std::collections::HashMap;

use libtest_mimic::Trial;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::domain::source::SourceDocument;
use open_llm_catalog::http::server::options::Options;
use serde_json::{Value as Json, json};

use super::{file, save};
use crate::{
    http::{header, read, refusal},
    support::{App, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        sizes_have_what_applies_to_them,
        filters_select_the_same_sizes_as_on_the_page,
        checkpoints_and_evidence_are_tables,
        csv_json_and_ndjson_have_the_same_rows,
        a_data_package_describes_every_table,
        exports_state_the_license_of_the_data,
        a_subject_has_its_document_at_the_address_of_its_page,
        unknown_parameters_are_named,
    ]
}

/// A server at a known address whose data has a license.
fn licensed(app: &App) -> App {
    let url = |text: &str| url::Url::parse(text).expect("a URL");
    app.with_options(Options {
        public_url: Some(url("https://models.example.org/catalog")),
        data_license: Some(url("https://creativecommons.org/licenses/by/4.0/")),
        ..options()
    })
}

/// Adds a model with facts at all levels.
pub async fn add_tiny(app: &App) {
    save::<OrganizationDocument>(app, json!([{ "slug": "tiny-lab", "name": "Tiny Lab", "country": "FR" }])).await;
    save::<LicenseDocument>(
        app,
        json!([
            { "slug": "open-one", "name": "Open One", "commercialUse": "ALLOWED" },
            { "slug": "closed-one", "name": "Closed One", "commercialUse": "PROHIBITED" },
        ]),
    )
    .await;
    save::<SourceDocument>(app, json!([{ "slug": "tiny-card", "title": "Tiny card", "kind": "MODEL_CARD" }])).await;
    let evidence = |values: Json| json!([{ "values": values, "source": "tiny-card", "confidence": "REPORTED" }]);
    save::<ModelDocument>(
        app,
        json!([{
            "slug": "tiny", "name": "Tiny; \"small\"", "organizations": ["tiny-lab"], "license": "open-one",
            "releaseDate": "2025-03", "contextLength": 4096, "modalities": { "input": ["TEXT", "IMAGE"], "output": ["TEXT"] },
            "evidence": evidence(json!({ "license": "open-one", "releaseDate": "2025-03" })),
            "sizes": [
                { "label": "1B", "parameters": 1_000_000_001, "trainingTokens": "1.5T", "contextLength": 8192,
                  "evidence": evidence(json!({ "trainingTokens": "1.5T" })) },
                { "label": "9B", "parameters": "9B", "license": "closed-one", "releaseDate": "2025-04-01" },
            ],
            "checkpoints": [
                { "size": "1B", "repository": "tiny-lab/tiny-1b", "bytes": 2_000_000_002 },
                { "size": "9B", "repository": "tiny-lab/tiny-9b", "revision": "v1", "license": "open-one" },
            ],
        }]),
    )
    .await;
}

pub async fn rows(app: &App, path: &str, table: &str) -> Vec<Json> {
    let text = file(app, path).await;
    let object: Json = serde_json::from_str(&text).expect("JSON");
    object[table].as_array().expect("a list").clone()
}

async fn sizes_have_what_applies_to_them(app: App) {
    add_tiny(&app).await;
    let app = licensed(&app);
    let rows = rows(&app, "/export/sizes.json?q=tiny", "sizes").await;
    assert_eq!(rows.len(), 2);
    let expected = json!({
        "model": "tiny", "model_name": "Tiny; \"small\"", "organizations": ["tiny-lab"], "size": "1B",
        "parameters": 1_000_000_001_i64, "parameters_basis": "LABEL", "active_parameters": null,
        "training_tokens": 1_500_000_000_000_i64, "release_date": "2025-03", "training_tokens_basis": null,
        "context_length": 8192, "extended_context_length": null, "status": null, "knowledge_cutoff": null,
        "modalities": { "input": ["TEXT", "IMAGE"], "output": ["TEXT"] }, "layers": null, "hidden_size": null,
        "attention_heads": null, "vocabulary_size": null, "experts": null, "active_experts": null,
        "license": "open-one", "commercial_use": "ALLOWED", "cache_layers": null,
        "catalog_page": "https://models.example.org/catalog/models/tiny",
    });
    assert_eq!(rows[0], expected);
    let of = |field: &str| rows[1][field].clone();
    assert_eq!(
        (of("license"), of("release_date"), of("context_length")),
        (json!("closed-one"), json!("2025-04-01"), json!(4096))
    );
    // A checkpoint under another license permits it.
    assert_eq!(of("commercial_use"), "VARIES");
}

async fn filters_select_the_same_sizes_as_on_the_page(app: App) {
    add_tiny(&app).await;
    let labels = async |query: &str| {
        let rows = rows(&app, &format!("/export/sizes.json?{query}"), "sizes").await;
        rows.iter()
            .map(|row| [&row["model"], &row["size"]].map(|text| text.as_str().unwrap_or_default()).join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(labels("maker=tiny-lab").await, ["tiny 1B", "tiny 9B"]);
    assert_eq!(labels("maker=tiny-lab&maxSize=2B").await, ["tiny 1B"]);
    assert_eq!(labels("maker=tiny-lab&minSize=2B&license=closed-one").await, ["tiny 9B"]);
    assert_eq!(labels("maker=tiny-lab&license=closed-one&maxSize=2B").await, Vec::<String>::new());
    assert_eq!(labels("license=open-one").await, ["tiny 1B"]);
    assert_eq!(labels("organization=tiny-lab&minContext=8K").await, ["tiny 1B"]);
}

async fn checkpoints_and_evidence_are_tables(app: App) {
    add_tiny(&app).await;
    let rows = rows(&app, "/export/checkpoints.json", "checkpoints").await;
    assert_eq!(rows.len(), 2);
    let of = |row: &Json, fields: &[&str]| fields.iter().map(|field| row[*field].clone()).collect::<Vec<_>>();
    let fields = ["model", "size", "hub", "repository", "bytes", "license", "commercial_use", "release_date", "url"];
    let url = "https://huggingface.co/tiny-lab/tiny-1b";
    let expected = json!([
        "tiny",
        "1B",
        "huggingface",
        "tiny-lab/tiny-1b",
        2_000_000_002_i64,
        "open-one",
        "ALLOWED",
        "2025-03",
        url
    ]);
    assert_eq!(json!(of(&rows[0], &fields)), expected);
    let url = "https://huggingface.co/tiny-lab/tiny-9b/tree/v1";
    let expected =
        json!(["tiny", "9B", "huggingface", "tiny-lab/tiny-9b", null, "open-one", "ALLOWED", "2025-04-01", url]);
    assert_eq!(json!(of(&rows[1], &fields)), expected);
    let rows = self::rows(&app, "/export/evidence.json", "evidence").await;
    let fields = ["subject_type", "subject", "part", "field", "value", "stance", "source", "confidence"];
    let found = rows.iter().filter(|row| row["subject"] == "tiny").map(|row| of(row, &fields)).collect::<Vec<_>>();
    let expected = json!([
        ["MODEL", "tiny", null, "license", "open-one", "STATED", "tiny-card", "REPORTED"],
        ["MODEL", "tiny", null, "releaseDate", "2025-03", "STATED", "tiny-card", "REPORTED"],
        ["MODEL", "tiny", "1B", "trainingTokens", "1.5T", "STATED", "tiny-card", "REPORTED"],
    ]);
    assert_eq!(json!(found), expected);
}

pub const TABLES: [&str; 8] =
    ["sizes", "checkpoints", "evidence", "datasets", "architectures", "sources", "licenses", "organizations"];

async fn csv_json_and_ndjson_have_the_same_rows(app: App) {
    add_tiny(&app).await;
    for table in TABLES {
        let objects = rows(&app, &format!("/export/{table}.json"), table).await;
        let lines = file(&app, &format!("/export/{table}.ndjson")).await;
        let lines = lines.lines().map(|line| serde_json::from_str::<Json>(line).expect("JSON")).collect::<Vec<_>>();
        assert_eq!(lines, objects, "{table}");
        assert!(!objects.is_empty(), "{table}");
        let csv = file(&app, &format!("/export/{table}.csv")).await;
        let csv = csv.strip_prefix('\u{feff}').expect("spreadsheets need the mark");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let cells = reader.deserialize::<HashMap<String, String>>().collect::<Result<Vec<_>, _>>().expect("a table");
        assert_eq!(cells.len(), objects.len(), "{table}");
        for (cells, object) in cells.iter().zip(&objects) {
            let object = object.as_object().expect("an object");
            assert_eq!(cells.len(), object.len(), "{table}");
            for (name, value) in object {
                let shown = match value {
                    Json::Null => String::new(),
                    Json::String(text) => text.clone(),
                    Json::Number(number) => number.to_string(),
                    Json::Bool(value) => value.to_string(),
                    // Lists and objects have a notation of their own.
                    _ => continue,
                };
                assert_eq!(cells[name].trim_start_matches('\''), shown, "{table}: {name}");
            }
        }
    }
}

async fn a_data_package_describes_every_table(app: App) {
    add_tiny(&app).await;
    let app = licensed(&app);
    let (status, headers, body) = read(app.request("GET", "/datapackage.json")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "application/json; charset=utf-8"));
    let package: Json = serde_json::from_str(&body).expect("JSON");
    let license = json!({ "name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0 International" });
    assert_eq!((&package["name"], &package["licenses"]), (&json!("open-llm-catalog"), &json!([license])));
    let revision = app.data("{ catalog { revision } }").await["catalog"]["revision"].to_string();
    assert_eq!(package["version"], revision);
    let resources = package["resources"].as_array().expect("a list");
    let names = resources.iter().map(|resource| resource["name"].as_str().expect("a name")).collect::<Vec<_>>();
    assert_eq!(names, [&["models", "catalog"][..], &TABLES].concat());
    for resource in resources {
        assert_eq!(resource["licenses"], json!([license]));
        let path = resource["path"].as_str().expect("a path");
        let path = path.strip_prefix("https://models.example.org/catalog").expect("an absolute URL");
        assert!(path.ends_with(&format!("?revision={revision}")), "{path}");
        let text = file(&app, path).await;
        if resource["name"] == "catalog" {
            continue;
        }
        let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headings = table.headers().expect("a heading row").iter().map(str::to_owned).collect::<Vec<_>>();
        let fields = resource["schema"]["fields"].as_array().expect("a list");
        let described = fields.iter().map(|field| field["name"].as_str().expect("a name")).collect::<Vec<_>>();
        assert_eq!(headings, described, "{path}");
        for row in table.records() {
            for (cell, field) in row.expect("a row").iter().zip(fields).filter(|(cell, _)| !cell.is_empty()) {
                let valid = match field["type"].as_str().expect("a type") {
                    "integer" => cell.parse::<i64>().is_ok(),
                    "number" => cell.parse::<f64>().is_ok(),
                    "boolean" => cell.parse::<bool>().is_ok(),
                    "string" if field["format"] == "uri" => url::Url::parse(cell).is_ok(),
                    other => ["string", "any"].contains(&other),
                };
                assert!(valid, "{path}: {cell:?} is not {field}");
            }
        }
    }
    let sizes = resources.iter().find(|resource| resource["name"] == "sizes").expect("there is one");
    let field = |name: &str| {
        let fields = sizes["schema"]["fields"].as_array().expect("a list");
        fields.iter().find(|field| field["name"] == name).expect("there is one").clone()
    };
    assert_eq!(
        (field("parameters")["type"].clone(), field("training_tokens")["type"].clone()),
        (json!("integer"), json!("integer"))
    );
    assert_eq!(field("catalog_page")["format"], "uri");
}

async fn exports_state_the_license_of_the_data(app: App) {
    let licensed = licensed(&app);
    let license = "https://creativecommons.org/licenses/by/4.0/";
    for path in
        ["/export/models.csv", "/export/catalog.json", "/export/sizes.ndjson", "/datapackage.json", "/models/qwen.json"]
    {
        let (status, headers, body) = read(licensed.request("GET", path)).await;
        assert_eq!(
            (status, header(&headers, "link")),
            (200, format!("<{license}>; rel=\"license\"").as_str()),
            "{path}"
        );
        if path.ends_with(".json") && path != "/datapackage.json" {
            assert_eq!(serde_json::from_str::<Json>(&body).expect("JSON")["license"], license, "{path}");
        }
        // Without a license that the operator states, there is none.
        let (_, headers, body) = read(app.request("GET", path)).await;
        assert_eq!(header(&headers, "link"), "", "{path}");
        assert!(!body.contains(license), "{path}");
    }
}

async fn a_subject_has_its_document_at_the_address_of_its_page(app: App) {
    let (status, headers, body) = read(app.request("GET", "/models/qwen.json")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "application/json; charset=utf-8"));
    let catalog: Json = serde_json::from_str(&file(&app, "/export/catalog.json").await).expect("JSON");
    let found: Json = serde_json::from_str(&body).expect("JSON");
    let qwen = catalog["models"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|model| model["slug"] == "qwen")
        .expect("it is there");
    assert_eq!(found, json!({ "revision": catalog["revision"], "models": [qwen] }));
    for (path, list) in [
        ("/licenses/llama-license", "licenses"),
        ("/organizations/meta", "organizations"),
        ("/datasets/the-pile", "datasets"),
    ] {
        let found: Json = serde_json::from_str(&file(&app, &format!("{path}.json")).await).expect("JSON");
        assert_eq!(found[list].as_array().map(Vec::len), Some(1), "{path}");
    }
    let tag = header(&headers, "etag").to_owned();
    assert_eq!(read(app.request("GET", "/models/qwen.json").header("if-none-match", &tag)).await.0, 304);
    let editor = app.with_token(&app.token(entity::vocabulary::Role::Editor).await);
    editor.data("mutation { updateModel(input: { slug: \"qwen\", newSlug: \"qwen-1\" }) { revision } }").await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let address = app.request("GET", "/models/qwen.json").build().expect("a request").url().clone();
    let moved = client.get(address).send().await.expect("the server answers");
    assert_eq!(
        (moved.status().as_u16(), moved.headers()["location"].to_str().expect("text")),
        (301, "/models/qwen-1.json")
    );
    // At the revision before, it still has the slug.
    let before = file(&app, "/models/qwen.json?revision=44").await;
    assert_eq!(before, body);
    for path in ["/models/nobody.json", "/models/Not%20a%20slug.json", "/models/qwen-1.json?revision=44"] {
        let (status, _, body) = read(app.request("GET", path)).await;
        assert_eq!((status, refusal(&body).as_str()), (404, "NOT_FOUND"), "{path}");
    }
    let (status, _, body) = read(app.request("POST", "/models/qwen.json")).await;
    assert_eq!((status, refusal(&body).as_str()), (405, "METHOD_NOT_ALLOWED"));
}

async fn unknown_parameters_are_named(app: App) {
    let cases = [
        ("/export/sizes.csv?licence=mit", "`licence`"),
        ("/export/models.csv?revison=3", "`revison`"),
        ("/export/licenses.csv?kind=FOUNDATION", "`kind`"),
        ("/export/evidence.json?language=en", "`language`"),
        ("/export/sizes.csv?sort=name", "`sort`"),
        ("/export/sizes.csv?revision=-1", "`revision`"),
        ("/export/sizes.csv?revision=x", "`revision`"),
        ("/export/sizes.csv?revision=45", "`revision`"),
        ("/export/sizes.csv?asOf=2024-01-01", "`asOf`"),
        ("/export/sizes.csv?revision=3&asOf=2024-01-01T00:00:00Z", "`asOf`"),
        ("/export/sizes.csv?revision=3&revision=4", "`revision`"),
        ("/datapackage.json?q=llama", "`q`"),
        ("/models/qwen.json?language=en", "`language`"),
    ];
    for (path, name) in cases {
        let (status, _, body) = read(app.request("GET", path)).await;
        assert_eq!((status, refusal(&body).as_str()), (400, "BAD_REQUEST"), "{path}: {body}");
        assert!(body.contains(name), "{path}: {body}");
    }
}
