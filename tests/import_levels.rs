//! Imports put facts at the model, the size or the checkpoint that a record is about, and at no other.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::{Confidence, SourceKind};
use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::domain::slug::Slug;
use open_llm_catalog::formats::import::report::Row;
use open_llm_catalog::formats::import::{Import, ImportedFile};
use open_llm_catalog::formats::readers::format::{ImportFormat, ReadOptions};
use open_llm_catalog::formats::readers::records::map::FieldMap;
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::scan::scan_all;
use proptest::{
    collection::vec,
    sample::select,
    strategy::{Strategy, ValueTree},
};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        records_find_sizes_and_checkpoints,
        unclear_records_are_rejected,
        counts_are_those_of_files,
        what_a_source_has_wrong_is_not_read,
        inherited_facts_are_stated_where_they_differ,
        facts_of_one_size_are_not_those_of_the_model,
        better_sources_hold,
        bases_name_their_sizes,
        only_existing_models_are_filled,
        sizes_are_found_by_their_parameters,
        rows_of_a_record_find_their_checkpoints,
        tokens_have_a_basis,
        importing_again_changes_nothing,
        generated_records_stay_at_their_level,
    ]
}

const SOURCE: &str = "https://example.org/database";

/// A catalog that a curator has prepared.
fn catalog() -> Vec<Json> {
    let size = |label: &str, parameters: i64| json!({ "label": label, "parameters": parameters });
    let checkpoint = |repository: &str, size: &str, variant: &str| json!({ "repository": repository, "size": size, "variant": variant, "official": true });
    vec![
        json!({ "type": "Organization", "slug": "maker", "name": "Maker", "aliases": ["The Maker, Inc."] }),
        json!({ "type": "License", "slug": "lic-a", "name": "Lic-A", "commercialUse": "ALLOWED" }),
        json!({ "type": "License", "slug": "lic-b", "name": "Lic-B", "commercialUse": "UNKNOWN" }),
        json!({ "type": "Source", "slug": "card", "title": "Card", "url": "https://example.org/card", "kind": "MODEL_CARD", "publisher": "maker" }),
        json!({ "type": "Model", "slug": "fam-2-5", "name": "Fam2.5", "aliases": ["Fam 2.5 Chat (7B)"], "organizations": ["maker"],
            "license": "lic-a", "releaseDate": "2024-05",
            "evidence": [{ "values": { "license": "lic-a", "releaseDate": "2024-05" }, "source": "card", "locator": "README.md#L1", "confidence": "REPORTED" }],
            "sizes": [size("0.6B", 600_000_000), size("7B", 7_000_000_000)],
            "checkpoints": [checkpoint("maker/Fam2.5-0.6B", "0.6B", "chat"), checkpoint("maker/Fam2.5-0.6B-Base", "0.6B", "base"),
                checkpoint("maker/Fam2.5-7B", "7B", "base"), checkpoint("maker/Fam2.5-7B-Chat", "7B", "chat")] }),
        json!({ "type": "Model", "slug": "solo", "name": "Solo", "organizations": ["maker"],
            "sizes": [size("13B", 13_000_000_000)], "checkpoints": [checkpoint("maker/Solo-13B", "13B", "base")] }),
        json!({ "type": "Model", "slug": "plain", "name": "Plain",
            "sizes": [size("3B", 3_000_000_000), size("8B", 8_000_000_000)],
            "checkpoints": [checkpoint("maker/Plain-3B", "3B", "base"), checkpoint("maker/Plain-8B", "8B", "base"),
                checkpoint("maker/Plain-8B-it", "8B", "instruct")] }),
    ]
}

/// A change that has saved [`catalog`].
async fn prepared(app: &App) -> Change {
    let mut change = Change::begin(&app.database, "import").await.expect("no other connection writes");
    let lines = catalog().iter().map(Json::to_string).collect::<Vec<_>>().join("\n");
    let rows = import(&mut change, ImportFormat::Ndjson, None, None, &lines, false).await;
    assert!(rows.iter().all(|row| row["problems"] == json!([])), "{rows:#?}");
    change
}

/// Imports a text. Returns the rows of the report.
async fn import(
    change: &mut Change,
    format: ImportFormat,
    map: Option<&str>,
    source: Option<&str>,
    text: &str,
    existing: bool,
) -> Vec<Json> {
    let map = map.map(|map| map.parse::<FieldMap>().expect("a map"));
    let mut rows = Vec::<Row>::new();
    let mut import = Import::new(change, &mut rows);
    if existing {
        import.only_existing();
    }
    if let Some(source) = source {
        import.cite(source, SourceKind::Database, Confidence::Cited).await.expect("a source");
        import.begin_file(ImportedFile { name: None, locator: Some("file".to_owned()) });
    }
    let options = ReadOptions { path: None, map: map.as_ref() };
    for entry in format.read(text.as_bytes(), options).expect("it can be read") {
        import.add(entry.expect("it can be read")).await.expect("the database works");
    }
    import.finish().await.expect("the database works");
    let rows = rows.iter().map(|row| serde_json::to_value(row).expect("JSON"));
    rows.filter(|row| row["subject"] != "SOURCE").collect()
}

/// Imports records with the map of a source into the models of the catalog.
async fn fill(change: &mut Change, map: &str, records: &[Json]) -> Vec<Json> {
    let lines = records.iter().map(Json::to_string).collect::<Vec<_>>().join("\n");
    import(change, ImportFormat::Records, Some(map), Some(SOURCE), &lines, true).await
}

async fn model(change: &Change, slug: &str) -> Json {
    let slug = slug.parse::<Slug>().expect("a slug");
    let mut found = change.load_all::<ModelDocument>(&[&slug]).await.expect("they can be read");
    json!(found.remove(&slug).expect("a model").1)
}

async fn slugs(change: &Change) -> BTreeSet<String> {
    let models = scan_all::<ModelDocument, _>(change.transaction());
    models.map_ok(|model| model.slug.to_string()).try_collect().await.expect("they can be read")
}

async fn organizations(change: &Change) -> BTreeSet<String> {
    let organizations = scan_all::<OrganizationDocument, _>(change.transaction());
    organizations.map_ok(|found| found.name).try_collect().await.expect("they can be read")
}

/// The part of a model in a list with a value in a field.
fn find<'a>(model: &'a Json, list: &str, field: &str, value: &str) -> &'a Json {
    let mut items = model[list].as_array().into_iter().flatten();
    items.find(|item| item[field] == value).unwrap_or(&Json::Null)
}

fn size<'a>(model: &'a Json, label: &str) -> &'a Json {
    find(model, "sizes", "label", label)
}

fn checkpoint<'a>(model: &'a Json, repository: &str) -> &'a Json {
    find(model, "checkpoints", "repository", repository)
}

/// The values that the source states about an owner of evidence.
fn stated(owner: &Json) -> BTreeMap<String, Json> {
    let evidence = owner["evidence"].as_array().into_iter().flatten();
    let own = evidence.filter(|evidence| evidence["source"] != "card");
    own.flat_map(|evidence| evidence["values"].as_object().cloned().unwrap_or_default()).collect()
}

fn messages(rows: &[Json]) -> String {
    rows.iter().map(|row| format!("{} {}\n", row["warnings"], row["problems"])).collect()
}

async fn records_find_sizes_and_checkpoints(app: App) {
    let mut change = prepared(&app).await;
    for (name, slug, label) in [
        ("Fam2.5-7B", "fam-2-5", "7B"),
        ("Fam 2.5 7B", "fam-2-5", "7B"),
        ("fam2.5 (7b)", "fam-2-5", "7B"),
        ("Fam2.5-7B-Chat", "fam-2-5", "7B"),
        ("Fam 2.5 Chat (7B)", "fam-2-5", "7B"),
        ("Solo 13B", "solo", "13B"),
        ("Plain-8B-it", "plain", "8B"),
    ] {
        let tokens = i64::try_from(name.len()).expect("a number") * 1_000_000_000_000;
        let line = json!({ "title": name, "tokens": tokens, "count": label });
        let map = "title=name,tokens=trainingTokens,count=parameters";
        let rows = import(&mut change, ImportFormat::Records, Some(map), None, &line.to_string(), false).await;
        assert_eq!((&rows[0]["slug"], rows.len()), (&json!(slug), 1), "{name}: {rows:#?}");
    }
    // In any case, and with the address of the page.
    let rows = fill(&mut change, "litgpt", &[json!({ "hf_id": "MAKER/fam2.5-7B", "layers": 28, "heads": 16 })]).await;
    assert_eq!(rows[0]["slug"], "fam-2-5", "{rows:#?}");
    let document = model(&change, "fam-2-5").await;
    assert_eq!((&size(&document, "7B")["layers"], &size(&document, "0.6B")["layers"]), (&json!(28), &Json::Null));
    // The name has no size, but the catalog knows that of the checkpoint.
    let named = json!({ "type": "Model", "slug": "mini", "name": "Mini", "sizes": [{ "label": "1B", "parameters": 1_000_000_000 }, { "label": "2B", "parameters": 2_000_000_000 }],
        "checkpoints": [{ "repository": "maker/mini", "size": "2B" }] });
    import(&mut change, ImportFormat::Ndjson, None, None, &named.to_string(), false).await;
    fill(&mut change, "litgpt", &[json!({ "hf_id": "maker/mini", "layers": 12 })]).await;
    assert_eq!(size(&model(&change, "mini").await, "2B")["layers"], 12);
    // Another account has copies, which are other models.
    let rows = fill(&mut change, "litgpt", &[json!({ "hf_id": "copier/Fam2.5-7B", "layers": 99 })]).await;
    assert!(messages(&rows).contains("not in the catalog"), "{rows:#?}");
    let rows = fill(&mut change, "llmstats", &[json!({ "name": "Something", "param_count": 8e9, "knowledge_cutoff": "2024-01", "weights_link": "https://huggingface.co/maker/Plain-8B-it" })]).await;
    assert_eq!(rows.last().map(|row| &row["slug"]), Some(&json!("plain")), "{rows:#?}");
    let document = model(&change, "plain").await;
    assert_eq!(
        (&size(&document, "8B")["knowledgeCutoff"], &document["knowledgeCutoff"], &document["links"]),
        (&json!("2024-01"), &Json::Null, &Json::Null)
    );
}

async fn unclear_records_are_rejected(app: App) {
    let mut change = prepared(&app).await;
    let twin = json!({ "type": "Model", "slug": "twin", "name": "Twin", "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64 }],
        "checkpoints": [{ "repository": "twin/Fam2.5-7B-Chat", "size": "7B" }] });
    import(&mut change, ImportFormat::Ndjson, None, None, &twin.to_string(), false).await;
    let rows =
        fill(&mut change, "gpustack", &[json!({ "name": "Fam2.5-7B-Chat", "size": 7, "categories": ["llm"] })]).await;
    assert!(
        rows[0]["problems"][0]["message"].as_str().is_some_and(|message| message.contains("matches several models")),
        "{rows:#?}"
    );
    // The name and the weights are of different sizes.
    let record = json!({ "name": "Plain 3B", "size": 3, "categories": ["llm"], "hf": ["maker/Plain-8B"] });
    let rows = fill(&mut change, "gpustack", &[record]).await;
    assert!(messages(&rows).contains("another size than that of its weights"), "{rows:#?}");
}

async fn counts_are_those_of_files(app: App) {
    let mut change = prepared(&app).await;
    let rows = fill(
        &mut change,
        "llmfit",
        &[
            json!({ "id": "maker/Fam2.5-0.6B", "parameters": 751_632_384 }),
            json!({ "id": "maker/Fam2.5-0.6B-Base", "parameters": 596_049_920 }),
            json!({ "id": "maker/Fam2.5-7B-Chat", "parameters": 7_100_000_001_i64 }),
            json!({ "id": "maker/Solo-13B", "parameters": 13_000_000_001_i64 }),
        ],
    )
    .await;
    assert!(messages(&rows).contains("far from the 600000000 parameters of the size"), "{rows:#?}");
    let document = model(&change, "fam-2-5").await;
    let parameters = |part: &Json| part["parameters"].clone();
    assert_eq!(parameters(checkpoint(&document, "maker/Fam2.5-0.6B")), 751_632_384);
    assert_eq!(parameters(checkpoint(&document, "maker/Fam2.5-0.6B-Base")), 596_049_920);
    let small = size(&document, "0.6B");
    assert_eq!((parameters(small), &small["parametersBasis"]), (json!(596_049_920), &json!("COUNTED")));
    assert_eq!(
        stated(small),
        BTreeMap::from([("parameters".into(), json!(596_049_920)), ("parametersBasis".into(), json!("COUNTED"))])
    );
    // The other checkpoint of the size may have another number.
    assert_eq!(parameters(checkpoint(&document, "maker/Fam2.5-7B-Chat")), 7_100_000_001_i64);
    assert_eq!(
        (parameters(size(&document, "7B")), stated(size(&document, "7B"))),
        (json!(7_000_000_000_i64), BTreeMap::new())
    );
    // Once it has the same number, that is the one of the size.
    fill(&mut change, "llmfit", &[json!({ "id": "maker/Fam2.5-7B", "parameters": 7_100_000_001_i64 })]).await;
    assert_eq!(parameters(size(&model(&change, "fam-2-5").await, "7B")), 7_100_000_001_i64);
    assert_eq!(parameters(size(&model(&change, "solo").await, "13B")), 13_000_000_001_i64);
}

async fn what_a_source_has_wrong_is_not_read(app: App) {
    let mut change = prepared(&app).await;
    let records = [
        json!({ "id": "maker/Fam2.5-7B", "context": 32_768 }),
        // A product of a length and the factor of its extension, and no number.
        json!({ "id": "maker/Plain-3B", "context": 1_048_576 }),
        json!({ "id": "maker/Plain-8B", "context": "32k" }),
        json!({ "id": "TIIUAE/Falcon-7B", "context": 4096 }),
    ];
    fill(&mut change, "llmfit", &records[..3]).await;
    let context = |size: &Json| size["contextLength"].clone();
    assert_eq!(context(size(&model(&change, "fam-2-5").await, "7B")), 32_768);
    let plain = model(&change, "plain").await;
    assert_eq!((context(size(&plain, "3B")), context(size(&plain, "8B"))), (Json::Null, Json::Null));
    let map = "llmfit".parse::<FieldMap>().expect("a map");
    let read = |record: &Json| map.fields["contextLength"].value(record.as_object().expect("an object")).is_some();
    assert_eq!(records.iter().map(read).collect::<Vec<_>>(), [true, false, false, false]);
}

async fn inherited_facts_are_stated_where_they_differ(app: App) {
    let mut change = prepared(&app).await;
    let hub = |id: &str, license: &str| json!({ "id": id, "parameters": 8_000_000_001_i64, "license": license });
    let rows = fill(
        &mut change,
        "llmfit",
        &[
            hub("maker/Plain-8B-it", "lic-b"),
            hub("maker/Plain-8B", "lic-a"),
            json!({ "id": "maker/Solo-13B", "license": "lic-a" }),
            json!({ "id": "maker/Fam2.5-7B-Chat", "license": "lic-a" }),
        ],
    )
    .await;
    let plain = model(&change, "plain").await;
    assert_eq!(plain["license"], Json::Null, "{rows:#?}");
    assert_eq!((&size(&plain, "8B")["license"], &size(&plain, "3B")["license"]), (&json!("lic-a"), &Json::Null));
    assert_eq!(checkpoint(&plain, "maker/Plain-8B-it")["license"], "lic-b");
    assert_eq!(stated(checkpoint(&plain, "maker/Plain-8B-it"))["license"], "lic-b");
    // What is true of the only size is true of the model.
    let solo = model(&change, "solo").await;
    assert_eq!(
        (&solo["license"], &size(&solo, "13B")["license"], &stated(&solo)["license"]),
        (&json!("lic-a"), &Json::Null, &json!("lic-a"))
    );
    // What agrees with the model is evidence of the model.
    let fam = model(&change, "fam-2-5").await;
    assert_eq!(stated(&fam)["license"], "lic-a");
    assert_eq!(checkpoint(&fam, "maker/Fam2.5-7B-Chat")["license"], Json::Null);
}

async fn facts_of_one_size_are_not_those_of_the_model(app: App) {
    let mut change = prepared(&app).await;
    let table = "Model,Organization,Country (of organization),Publication date,Parameters,Training compute (FLOP)\n\
        Plain-8B,Maker,France,2024-07-01,8e9,1e24\nSolo (13B),Maker,France,2023-03-04,13e9,2e23\n";
    let rows = import(&mut change, ImportFormat::Csv, Some("epoch"), Some(SOURCE), table, true).await;
    let plain = model(&change, "plain").await;
    assert_eq!((&plain["releaseDate"], &plain["trainingFlops"]), (&Json::Null, &Json::Null), "{rows:#?}");
    // The base speaks for its size.
    assert_eq!(
        (&size(&plain, "8B")["releaseDate"], &size(&plain, "3B")["releaseDate"]),
        (&json!("2024-07-01"), &Json::Null)
    );
    assert!(messages(&rows).contains("a fact of the model as a whole; left out"), "{rows:#?}");
    assert_eq!(plain["organizations"], json!(["maker"]));
    let solo = model(&change, "solo").await;
    assert_eq!((&solo["releaseDate"], &solo["trainingFlops"]), (&json!("2023-03-04"), &json!(2e23)));
    let slug = "maker".parse::<Slug>().expect("a slug");
    let found = change.load_all::<OrganizationDocument>(&[&slug]).await.expect("they can be read");
    let maker = json!(found[&slug].1);
    assert_eq!((&maker["country"], &stated(&maker)["country"]), (&json!("FR"), &json!("FR")));
    // An architecture is that of the model when all sizes have it.
    let record = |id: &str, architecture: &str| json!({ "id": id, "architecture": architecture });
    fill(&mut change, "llmfit", &[record("maker/Plain-8B", "llama")]).await;
    assert_eq!(model(&change, "plain").await["architecture"], Json::Null);
    fill(&mut change, "llmfit", &[record("maker/Plain-8B", "llama"), record("maker/Plain-3B", "llama")]).await;
    assert_eq!(model(&change, "plain").await["architecture"], "llama");
    fill(&mut change, "llmfit", &[record("maker/Fam2.5-7B", "llama"), record("maker/Fam2.5-0.6B", "other")]).await;
    assert_eq!(model(&change, "fam-2-5").await["architecture"], Json::Null);
}

async fn better_sources_hold(app: App) {
    let mut change = prepared(&app).await;
    let rows = fill(
        &mut change,
        "llmstats",
        &[
            json!({ "name": "Fam2.5-7B-Chat", "param_count": 7e9, "release_date": "2024-08-09", "license": "lic-b" }),
            json!({ "name": "Fam2.5 7B", "param_count": 7e9, "release_date": "2024-05-09" }),
        ],
    )
    .await;
    let fam = model(&change, "fam-2-5").await;
    assert_eq!((&fam["releaseDate"], &fam["license"]), (&json!("2024-05"), &json!("lic-a")), "{rows:#?}");
    assert_eq!(messages(&rows).matches("from a better source; left out").count(), 2, "{rows:#?}");
    let chat = checkpoint(&fam, "maker/Fam2.5-7B-Chat");
    assert_eq!((&chat["releaseDate"], &chat["license"]), (&Json::Null, &Json::Null));
    // A day of the month that the maker states contradicts nothing, and is known of the one only.
    assert_eq!(size(&fam, "7B")["releaseDate"], "2024-05-09", "{fam:#}");
}

async fn bases_name_their_sizes(app: App) {
    let mut change = prepared(&app).await;
    let rows = fill(
        &mut change,
        "os-ai-map",
        &[
            json!({ "id": "maker/Fam2.5-7B-Chat", "baseModel": ["maker/Fam2.5-7B"], "relation": ["finetune"] }),
            json!({ "id": "maker/Plain-8B-it", "baseModel": ["maker/Fam2.5-7B"], "relation": ["finetune"] }),
            json!({ "id": "maker/Plain-3B", "baseModel": ["maker/Fam2.5-0.6B-Base"], "relation": ["merge"] }),
            json!({ "id": "maker/Solo-13B", "baseModel": ["nobody/None-7B"], "relation": ["finetune"] }),
        ],
    )
    .await;
    let fam = model(&change, "fam-2-5").await;
    assert_eq!((&fam["kind"], &fam["bases"], &fam["baseModel"]), (&Json::Null, &Json::Null, &Json::Null), "{rows:#?}");
    let plain = model(&change, "plain").await;
    let bases = json!([{ "model": "fam-2-5", "relation": "FINE_TUNED", "size": "7B", "of": "8B" },
        { "model": "fam-2-5", "relation": "MERGED", "size": "0.6B", "of": "3B" }]);
    assert_eq!((&plain["kind"], &plain["bases"]), (&json!("DERIVED"), &bases));
    assert_eq!(model(&change, "solo").await["kind"], Json::Null);
    // A base of which only the model is known is the base model, in the evidence too.
    let table = "Model,Base model\nSolo,Plain\n";
    import(&mut change, ImportFormat::Csv, Some("epoch"), Some(SOURCE), table, true).await;
    let solo = model(&change, "solo").await;
    assert_eq!((&solo["baseModel"], &solo["bases"]), (&json!("plain"), &Json::Null));
    let cited = solo["evidence"].as_array().expect("a list").iter().find_map(|one| one["values"].get("baseModel"));
    assert_eq!(cited, Some(&json!("plain")), "{solo}");
}

async fn only_existing_models_are_filled(app: App) {
    let mut change = prepared(&app).await;
    let (before, makers) = (slugs(&change).await, organizations(&change).await);
    let table = "Model,Organization,Publication date,Parameters,Training dataset\n\
        New-7B,Unknown Lab,2024-01-01,7e9,New data\nPlain-3B,Third Lab,2024-01-02,3e9,Fine data\nSolo,Other Lab,2024-01-03,99e9,\n";
    let rows = import(&mut change, ImportFormat::Csv, Some("epoch"), Some(SOURCE), table, true).await;
    assert_eq!(slugs(&change).await, before, "{rows:#?}");
    let mut expected = makers.clone();
    expected.insert("Third Lab".to_owned());
    assert_eq!(organizations(&change).await, expected, "only what a kept record names: {rows:#?}");
    let plain = model(&change, "plain").await;
    assert_eq!((&plain["organizations"], plain["datasets"].as_array().map(Vec::len)), (&json!(["third-lab"]), Some(1)));
    // The makers that the catalog has are complete.
    assert_eq!(model(&change, "solo").await["organizations"], json!(["maker"]));
    assert_eq!(model(&change, "solo").await["sizes"].as_array().map(Vec::len), Some(1));
}

async fn sizes_are_found_by_their_parameters(app: App) {
    let mut change = prepared(&app).await;
    let rows = fill(
        &mut change,
        "llmstats",
        &[
            json!({ "name": "Plain", "param_count": 8_030_000_000_i64, "knowledge_cutoff": "2023-12" }),
            json!({ "name": "Fam2.5", "param_count": 30e9, "knowledge_cutoff": "2023-12" }),
        ],
    )
    .await;
    let plain = model(&change, "plain").await;
    assert_eq!(
        (&plain["knowledgeCutoff"], &size(&plain, "8B")["knowledgeCutoff"], plain["sizes"].as_array().map(Vec::len)),
        (&Json::Null, &json!("2023-12"), Some(2)),
        "{rows:#?}"
    );
    let fam = model(&change, "fam-2-5").await;
    assert_eq!((&fam["knowledgeCutoff"], fam["sizes"].as_array().map(Vec::len)), (&Json::Null, Some(2)));
    assert!(messages(&rows).contains("not a size that the model has"), "{rows:#?}");
    // A later version is not the model.
    let later = json!({ "type": "Model", "slug": "solo", "name": "Solo", "aliases": ["Solo (May 2025)"] });
    import(&mut change, ImportFormat::Ndjson, None, None, &later.to_string(), false).await;
    let record = json!({ "name": "Solo (May 2025)", "param_count": 13e9, "release_date": "2025-05-01", "knowledge_cutoff": "2024-12" });
    let rows = fill(&mut change, "llmstats", &[record]).await;
    assert_eq!(model(&change, "solo").await["releaseDate"], Json::Null, "{rows:#?}");
    assert!(messages(&rows).contains("of a variant of the model"), "{rows:#?}");
    // A number that is less certain does not replace a count.
    fill(&mut change, "llmfit", &[json!({ "id": "maker/Plain-8B", "parameters": 8_590_000_000_i64 })]).await;
    fill(&mut change, "llmstats", &[json!({ "name": "Plain-8B", "param_count": 8e9 })]).await;
    assert_eq!(size(&model(&change, "plain").await, "8B")["parameters"], 8_590_000_000_i64);
}

async fn rows_of_a_record_find_their_checkpoints(app: App) {
    let mut change = prepared(&app).await;
    let spec = |hf: &str, billions: f64| json!({ "format": "pytorch", "billions": billions, "hf": hf });
    let record = json!({ "name": "plain-instruct", "contextLength": 8192, "languages": ["en"],
        "specs": [spec("maker/Plain-8B-it", 8.0), spec("other/Plain-70B", 70.0)] });
    let rows = fill(&mut change, "xinference", &[record]).await;
    let plain = model(&change, "plain").await;
    assert_eq!(
        (&plain["contextLength"], &size(&plain, "8B")["contextLength"], &size(&plain, "3B")["contextLength"]),
        (&Json::Null, &json!(8192), &Json::Null),
        "{rows:#?}"
    );
    assert_eq!(plain["languages"], Json::Null, "only the maker names the languages");
    assert!(messages(&rows).contains("not in the catalog"), "{rows:#?}");
}

async fn tokens_have_a_basis(app: App) {
    let mut change = prepared(&app).await;
    let table = "Model,Parameters,Training dataset size,Training dataset size basis,Dataset size notes\n\
        Plain-8B,8e9,2000000000000,total,We train on 2 trillion tokens\nPlain-3B,3e9,9000000000,datapoints,9B tokens\n\
        Fam2.5-7B,7e9,1200000000000,gradients,\nSolo-13B,13e9,30000000000000,total,The overall mixture has 30 trillion tokens\n";
    let rows = import(&mut change, ImportFormat::Csv, Some("epoch"), Some(SOURCE), table, true).await;
    let tokens = |model: &Json, label: &str| {
        (size(model, label)["trainingTokens"].clone(), size(model, label)["trainingTokensBasis"].clone())
    };
    let plain = model(&change, "plain").await;
    assert_eq!(tokens(&plain, "8B"), (json!(2_000_000_000_000_i64), json!("DATASET")), "{rows:#?}");
    assert_eq!(stated(size(&plain, "8B"))["trainingTokensBasis"], "DATASET");
    assert_eq!(tokens(&plain, "3B"), (Json::Null, Json::Null));
    assert_eq!(tokens(&model(&change, "fam-2-5").await, "7B"), (json!(1_200_000_000_000_i64), json!("SEEN")));
    assert_eq!(tokens(&model(&change, "solo").await, "13B"), (Json::Null, Json::Null));
    assert_eq!(messages(&rows).matches("left out").count(), 2, "{rows:#?}");
}

async fn importing_again_changes_nothing(app: App) {
    let mut change = prepared(&app).await;
    let records = [
        json!({ "id": "maker/Plain-8B", "parameters": 8_030_000_000_i64, "license": "lic-b", "num_hidden_layers": 32, "architecture": "llama", "num_key_value_heads": 8, "head_dim": 128 }),
        json!({ "id": "maker/Plain-8B-it", "parameters": 8_030_000_000_i64, "license": "lic-b", "num_hidden_layers": 32 }),
        json!({ "id": "maker/Plain-3B", "parameters": 3_000_000_001_i64, "license": "lic-a", "architecture": "llama" }),
    ];
    fill(&mut change, "llmfit", &records).await;
    let before = model(&change, "plain").await;
    let layers =
        json!([{ "layers": 32, "kind": "FULL", "keyValueHeads": 8, "keyDimension": 128, "valueDimension": 128 }]);
    assert_eq!((&before["architecture"], &size(&before, "8B")["cacheLayers"]), (&json!("llama"), &layers));
    assert_eq!(stated(size(&before, "8B"))["cacheLayers"], layers);
    let rows = fill(&mut change, "llmfit", &records).await;
    let changed = rows.iter().filter(|row| row["outcome"] != "UNCHANGED").collect::<Vec<_>>();
    assert!(changed.is_empty(), "{changed:#?}");
    assert_eq!(model(&change, "plain").await, before);
}

/// Facts by level that a record about one size or checkpoint must not change: those of the model that its sizes may state otherwise.
const OF_LEVELS: [&str; 6] =
    ["license", "releaseDate", "contextLength", "knowledgeCutoff", "modalities", "trainingFlops"];

async fn generated_records_stay_at_their_level(app: App) {
    let ids = vec![
        ("maker/Fam2.5-0.6B", "fam-2-5", "0.6B"),
        ("maker/Fam2.5-7B", "fam-2-5", "7B"),
        ("maker/Fam2.5-7B-Chat", "fam-2-5", "7B"),
        ("maker/Plain-3B", "plain", "3B"),
        ("maker/Plain-8B-it", "plain", "8B"),
        ("copier/Plain-8B", "", ""),
        ("nobody/Nothing-9B", "", ""),
    ];
    let record = (
        select(ids),
        select(vec![Json::Null, json!("lic-a"), json!("lic-b"), json!("unheard-of")]),
        select(vec![Json::Null, json!("2024"), json!("2024-05-09"), json!("2025-01-01")]),
        select(vec![Json::Null, json!(4096), json!(131_072)]),
        select(vec![Json::Null, json!(600_000_000_i64), json!(7_100_000_000_i64), json!(8_030_000_000_i64)]),
        select(vec![Json::Null, json!("llama"), json!("other")]),
    );
    let map = "id=id,l=license,d=releaseDate,c=contextLength,n=parameters,a=architecture,t=trainingTokens";
    let records = vec(record, 1..8);
    let mut runner = runner();
    for _ in 0..40 {
        let mut change = prepared(&app).await;
        let before = [model(&change, "fam-2-5").await, model(&change, "plain").await];
        let all = slugs(&change).await;
        let records = records.new_tree(&mut runner).expect("records").current();
        let lines = records.iter().map(|((id, ..), l, d, c, n, a)| {
            json!({ "id": id, "l": l, "d": d, "c": c, "n": n, "a": a, "t": 3_000_000_000_000_i64 }).to_string()
        });
        let rows = import(
            &mut change,
            ImportFormat::Records,
            Some(map),
            Some(SOURCE),
            &lines.collect::<Vec<_>>().join("\n"),
            true,
        )
        .await;
        assert_eq!(slugs(&change).await, all, "{records:?}");
        for before in before {
            let slug = before["slug"].as_str().expect("a slug");
            let after = model(&change, slug).await;
            for fact in OF_LEVELS {
                assert_eq!(after[fact], before[fact], "{slug} {fact}: {records:?} {rows:#?}");
            }
            let named =
                records.iter().filter(|((_, model, _), ..)| *model == slug).map(|((id, _, label), ..)| (*id, *label));
            let (ids, labels): (BTreeSet<_>, BTreeSet<_>) = named.unzip();
            let without = |list: &str, field: &str, known: &BTreeSet<&str>, model: &Json| {
                let items = model[list].as_array().into_iter().flatten();
                let items = items.filter(|item| !item[field].as_str().is_some_and(|name| known.contains(name)));
                items.cloned().collect::<Vec<_>>()
            };
            assert_eq!(
                without("sizes", "label", &labels, &after),
                without("sizes", "label", &labels, &before),
                "{records:?}"
            );
            assert_eq!(
                without("checkpoints", "repository", &ids, &after),
                without("checkpoints", "repository", &ids, &before),
                "{records:?}"
            );
            assert_eq!(after["sizes"].as_array().map(Vec::len), before["sizes"].as_array().map(Vec::len));
        }
    }
}
