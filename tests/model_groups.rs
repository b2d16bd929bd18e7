//! Groups of models: their numbers are those that one would count by hand.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::store::change::Change;
use proptest::{
    sample::{select, subsequence},
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value as Json, json};

use crate::{
    effective_facts::expected_uses,
    support::{App, documents, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_model_counts_in_the_group_of_each_of_its_values,
        random_groups_equal_a_count_by_hand,
        random_facets_equal_a_count_by_hand,
        at_most_a_thousand_groups,
        keys_are_few_and_distinct,
    ]
}

const FIELDS: &str = "keys { key value label } models sizes parameters { count min max average } trainingTokens { count min max average } contextLength { count min max average }";

async fn a_model_counts_in_the_group_of_each_of_its_values(app: App) {
    let app = app.with_token(&app.token(Role::Editor).await);
    app.data(
        "mutation {
           a: createLicense(input: { slug: \"free\", name: \"Free License\", commercialUse: ALLOWED }) { revision }
           b: createLicense(input: { slug: \"hosted\", name: \"Hosted License\", commercialUse: AUTHORIZATION_REQUIRED }) { revision }
           c: createModel(input: { name: \"Owl\", kind: FOUNDATION, license: { slug: \"free\" }, releaseDate: \"2023-05\",
             organizations: [{ slug: \"meta\" }, { slug: \"ibm\" }], sizes: [
               { label: \"7B\", parameters: \"7B\", trainingTokens: \"1T\" }, { label: \"40B\", parameters: \"40B\" },
               { label: \"180B\", parameters: \"180B\", license: { slug: \"hosted\" }, releaseDate: \"2023-09-06\", trainingTokens: \"3.5T\" }] }) { revision }
           d: createModel(input: { name: \"Owl 2\", kind: FOUNDATION, license: { slug: \"free\" }, releaseDate: \"2024\" }) { revision } }",
    )
    .await;
    let query = |arguments: &str| {
        format!(
            "{{ modelGroups({arguments}, where: {{ slug: {{ in: [\"owl\", \"owl-2\"] }} }}) {{ totalCount groups {{ {FIELDS} }} }} }}"
        )
    };
    let key = |key: &str, value: &str, label: &str| json!({ "key": key, "value": value, "label": label });
    let numbers = |count: i64, min: i64, max: i64, average: f64| json!({ "count": count, "min": min, "max": max, "average": average });
    let none = json!({ "count": 0, "min": null, "max": null, "average": null });
    let group = |keys: &[Json], models: i64, sizes: i64, parameters: &Json, tokens: &Json| json!({ "keys": keys, "models": models, "sizes": sizes, "parameters": parameters, "trainingTokens": tokens, "contextLength": none });

    let data = app.data(&query("by: [LICENSE, COMMERCIAL_USE]")).await;
    let free = [key("LICENSE", "free", "Free License"), key("COMMERCIAL_USE", "ALLOWED", "Allowed")];
    let hosted = [
        key("LICENSE", "hosted", "Hosted License"),
        key("COMMERCIAL_USE", "AUTHORIZATION_REQUIRED", "Authorization required"),
    ];
    let (b, t) = (1_000_000_000, 1_000_000_000_000);
    let small = numbers(2, 7 * b, 40 * b, 23.5e9);
    let large = numbers(1, 180 * b, 180 * b, 180e9);
    let groups = [
        group(&free, 2, 2, &small, &numbers(1, t, t, 1e12)),
        group(&hosted, 1, 1, &large, &numbers(1, 3500 * b, 3500 * b, 3.5e12)),
    ];
    assert_eq!(data["modelGroups"], json!({ "totalCount": 2, "groups": groups }));

    // Owl has two makers; of Owl 2, which has none, there is no size.
    let data = app.data(&query("by: [ORGANIZATION], sizesWhere: { parameters: { gte: \"10B\" } }")).await;
    let maker = |slug: &str, name: &str| [key("ORGANIZATION", slug, name)];
    let unknown = [json!({ "key": "ORGANIZATION", "value": null, "label": null })];
    let (both, tokens) = (numbers(2, 40 * b, 180 * b, 110e9), numbers(1, 3500 * b, 3500 * b, 3.5e12));
    let groups = [
        group(&maker("ibm", "IBM"), 1, 2, &both, &tokens),
        group(&maker("meta", "Meta"), 1, 2, &both, &tokens),
        group(&unknown, 1, 0, &none, &none),
    ];
    assert_eq!(data["modelGroups"], json!({ "totalCount": 2, "groups": groups }));

    // A date that is only a year has no month. A model without a size counts by its own date.
    let counts = async |arguments: &str| {
        let data = app.data(&query(arguments)).await;
        let groups = data["modelGroups"]["groups"].as_array().expect("groups").clone();
        Vec::from_iter(groups.iter().map(|group| {
            let values = group["keys"].as_array().expect("keys").iter();
            let values = values.map(|key| key["value"].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>();
            (values.join(" "), group["models"].as_i64().expect("a number"), group["sizes"].as_i64().expect("a number"))
        }))
    };
    let row = |values: &str, models: i64, sizes: i64| (values.to_owned(), models, sizes);
    let months = [row("2023-05", 1, 2), row("2023-09", 1, 1), row("-", 1, 0)];
    assert_eq!(counts("by: [RELEASE_MONTH]").await, months);
    let years = [row("2023 FOUNDATION", 1, 3), row("2024 FOUNDATION", 1, 0)];
    assert_eq!(counts("by: [RELEASE_YEAR, KIND]").await, years);
    let nothing = "sizesWhere: { parameters: { gte: \"1T\" } }";
    assert_eq!(counts(&format!("by: [COMMERCIAL_USE], {nothing}")).await, [row("ALLOWED", 1, 0), row("VARIES", 1, 0)]);
    assert_eq!(counts(&format!("by: [ARCHITECTURE], {nothing}")).await, [row("-", 2, 0)]);
    assert_eq!(counts("by: [KIND], search: \"owl 2\"").await, [row("FOUNDATION", 1, 0)]);
}

/// Tells whether an object matches a filter of names, numbers and their combinations.
fn matches(filter: &Json, object: &Json) -> bool {
    let fields = filter.as_object().expect("a filter");
    let list = |filters: &Json| filters.as_array().expect("filters").clone();
    fields.iter().all(|(field, condition)| match field.as_str() {
        "and" => list(condition).iter().all(|filter| matches(filter, object)),
        "or" => list(condition).iter().any(|filter| matches(filter, object)),
        "not" => !matches(condition, object),
        _ => condition.as_object().expect("a condition").iter().all(|(operator, operand)| {
            let value = &object[field];
            match operator.as_str() {
                "eq" => value == operand,
                "in" => operand.as_array().expect("values").contains(value),
                "gte" => value.as_i64().is_some_and(|value| value >= operand.as_i64().expect("a number")),
                _ => value.as_i64().is_some_and(|value| value < operand.as_i64().expect("a number")),
            }
        }),
    })
}

/// Combinations of such conditions.
fn filters(conditions: Vec<Json>) -> impl Strategy<Value = Json> {
    select(conditions).prop_recursive(2, 8, 3, |filter| {
        let several = proptest::collection::vec(filter.clone(), 0..3);
        (several, filter, 0..4_usize).prop_map(|(several, one, kind)| match kind {
            0 => json!({ "and": several }),
            1 => json!({ "or": several }),
            2 => json!({ "not": one }),
            _ => one,
        })
    })
}

fn text(value: &Json) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The lower bound of the range that a length of context is in.
fn context_range(length: i64) -> String {
    let bounds = [1_000_000, 256_000, 128_000, 32_000, 16_000, 8_000, 4_000, 2_000];
    bounds.into_iter().find(|bound| length >= *bound).unwrap_or(0).to_string()
}

/// The values of a key for a model, with one of its sizes or without. The organizations have the field `country`.
fn values(key: &str, model: &Json, size: &Json) -> Vec<Option<String>> {
    let dates_of_sizes =
        || model["sizes"].as_array().into_iter().flatten().filter_map(|size| text(&size["releaseDate"]));
    let first = || if size.is_null() { dates_of_sizes().min() } else { None };
    let date = text(&size["releaseDate"]).or_else(|| text(&model["releaseDate"])).or_else(first);
    let part = |length: usize| date.as_deref().and_then(|date| date.get(..length)).map(str::to_owned);
    let value = match key {
        "LICENSE" => text(&size["license"]).or_else(|| text(&model["license"])),
        "COMMERCIAL_USE" => text(if size.is_null() { &model["use"] } else { &size["commercialUse"] }),
        "RELEASE_YEAR" => part(4),
        "RELEASE_MONTH" => part(7),
        "KIND" => text(&model["kind"]),
        "ARCHITECTURE" => text(&model["architecture"]),
        "CONTEXT_LENGTH" => {
            size["contextLength"].as_i64().or_else(|| model["contextLength"].as_i64()).map(context_range)
        }
        _ => {
            let list = |value: &Json| value.as_array().into_iter().flatten().map(text).collect::<BTreeSet<_>>();
            let values = match key {
                "ORGANIZATION" => list(&model["organizations"]),
                "COUNTRY" => list(&model["countries"]),
                "PURPOSE" => list(&model["purposes"]),
                _ => {
                    let own = &size["modalities"];
                    let modalities = if own.is_null() { &model["modalities"] } else { own };
                    &list(&modalities["input"]) | &list(&modalities["output"])
                }
            };
            return if values.is_empty() { vec![None] } else { values.into_iter().collect() };
        }
    };
    vec![value]
}

/// A group: its models, the number of its sizes, and their parameters, training tokens and lengths of context.
type Counted = (BTreeSet<String>, usize, [Vec<i64>; 3]);

fn count_by_hand(
    models: &[Json],
    keys: &[&str],
    filter: &Json,
    sizes_filter: &Json,
) -> BTreeMap<Vec<Option<String>>, Counted> {
    let mut groups = BTreeMap::<_, Counted>::new();
    for model in models.iter().filter(|model| matches(filter, model)) {
        let sizes = model["sizes"].as_array().cloned().unwrap_or_default();
        let mut left = sizes.into_iter().filter(|size| matches(sizes_filter, size)).collect::<Vec<_>>();
        if left.is_empty() {
            left.push(Json::Null);
        }
        for size in left {
            let combinations = by_maker(model, keys).into_iter().flat_map(|model| {
                keys.iter().fold(vec![Vec::new()], |combinations, key| {
                    let values = values(key, &model, &size);
                    let extended = combinations.iter().flat_map(|before| {
                        values.iter().map(|value| before.iter().chain([value]).cloned().collect::<Vec<_>>())
                    });
                    extended.collect()
                })
            });
            for combination in combinations.collect::<BTreeSet<_>>() {
                let (models, sizes, [parameters, tokens, contexts]) = groups.entry(combination).or_default();
                models.insert(text(&model["slug"]).expect("a slug"));
                *sizes += usize::from(!size.is_null());
                parameters.extend(size["parameters"].as_i64());
                tokens.extend(size["trainingTokens"].as_i64());
                let inherited = if size.is_null() { None } else { model["contextLength"].as_i64() };
                contexts.extend(size["contextLength"].as_i64().or(inherited));
            }
        }
    }
    groups
}

/// The model once for each of its makers, if the groups are of makers and of their countries: a maker is in its own country.
fn by_maker(model: &Json, keys: &[&str]) -> Vec<Json> {
    let makers = model["organizations"].as_array().cloned().unwrap_or_default();
    if makers.is_empty() || !["ORGANIZATION", "COUNTRY"].iter().all(|key| keys.contains(key)) {
        return vec![model.clone()];
    }
    let countries = model["countries"].as_array().cloned().unwrap_or_default();
    let pairs = makers.into_iter().zip(countries).map(|(maker, country)| {
        let mut model = model.clone();
        (model["organizations"], model["countries"]) = (json!([maker]), json!([country]));
        model
    });
    pairs.collect()
}

/// The models of the export, with the commercial use that applies to each and to its sizes.
async fn models(app: &App) -> Vec<Json> {
    let export = app.request("GET", "/export/catalog.json").send().await.expect("a response");
    let export = export.json::<Json>().await.expect("JSON");
    let list = |field: &str| export[field].as_array().expect("a list").clone();
    let licenses = list("licenses");
    let licenses = licenses.iter().filter_map(|license| text(&license["slug"]).zip(text(&license["commercialUse"])));
    let licenses = licenses.collect::<BTreeMap<_, _>>();
    let countries = list("organizations");
    let countries = countries.iter().map(|maker| (maker["slug"].clone(), maker["country"].clone())).collect::<Vec<_>>();
    let mut models = list("models");
    for model in &mut models {
        let makers = model["organizations"].as_array().cloned().unwrap_or_default();
        let country =
            |maker: &Json| countries.iter().find(|(slug, _)| slug == maker).map(|(_, country)| country.clone());
        model["countries"] = makers.iter().filter_map(country).collect();
        let (of_model, uses) = expected_uses(model, &licenses);
        model["use"] = json!(of_model);
        let sizes = model.get_mut("sizes").and_then(Json::as_array_mut);
        for (size, uses) in sizes.into_iter().flatten().zip(&uses) {
            size["commercialUse"] = json!(uses);
        }
    }
    models
}

/// Random models, in a catalog in which two of their makers are of one country, and one of none that is known.
async fn random_models(app: &App, runner: &mut TestRunner) -> Vec<Json> {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let country =
        |slug: &str| format!("updateOrganization(input: {{ slug: \"{slug}\", country: \"US\" }}) {{ revision }}");
    editor.data(&format!("mutation {{ a: {} b: {} }}", country("meta"), country("ibm"))).await;
    let mut change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    for number in 0..60 {
        let model = documents::model(number).new_tree(runner).expect("a document").current();
        change.save(&model).await.expect("it can be saved");
    }
    change.commit().await.expect("it can be committed");
    models(app).await
}

/// Conditions on models that a test can evaluate.
fn conditions(models: &[Json]) -> Vec<Json> {
    let slugs = |step: usize| models.iter().step_by(step).map(|model| model["slug"].clone()).collect::<Vec<_>>();
    vec![
        json!({}),
        json!({ "kind": { "eq": "FOUNDATION" } }),
        json!({ "slug": { "in": slugs(2) } }),
        json!({ "slug": { "in": slugs(3) } }),
        json!({ "position": { "gte": 20 } }),
        json!({ "position": { "lt": 50 } }),
    ]
}

/// A facet, and the key of groups with the same values.
const FACETS: [(&str, &str); 9] = [
    ("licenses", "LICENSE"),
    ("commercialUse", "COMMERCIAL_USE"),
    ("organizations", "ORGANIZATION"),
    ("countries", "COUNTRY"),
    ("kinds", "KIND"),
    ("releaseYears", "RELEASE_YEAR"),
    ("modalities", "MODALITY"),
    ("purposes", "PURPOSE"),
    ("contextLengths", "CONTEXT_LENGTH"),
];

async fn random_facets_equal_a_count_by_hand(app: App) {
    let mut runner = runner();
    let models = random_models(&app, &mut runner).await;
    let fields = FACETS.map(|(facet, _)| format!("{facet} {{ value label count }}")).join(" ");
    let query = format!(
        "query ($where: ModelFilter, $asOf: DateTime) {{ models(first: 0, where: $where, asOf: $asOf) {{ totalCount facets {{ {fields} }} }} }}"
    );
    let queries = (filters(conditions(&models)), select(vec![Json::Null, json!("9999-01-01T00:00:00Z")]));
    let mut counted = 0;
    for _ in 0..40 {
        let (filter, as_of) = queries.new_tree(&mut runner).expect("a query").current();
        let variables = json!({ "where": filter, "asOf": as_of });
        let data = app.data_with(&query, variables.clone()).await;
        let found = models.iter().filter(|model| matches(&filter, model)).collect::<Vec<_>>();
        assert_eq!(data["models"]["totalCount"], found.len(), "{variables}");
        for (facet, key) in FACETS {
            let mut by_hand = BTreeMap::<String, usize>::new();
            for model in &found {
                // What a size has of its own is that of the size, but commercial use and date are those of the model.
                let of_model = matches!(key, "COMMERCIAL_USE" | "RELEASE_YEAR");
                let sizes = model["sizes"].as_array().filter(|sizes| !sizes.is_empty() && !of_model);
                let sizes = sizes.cloned().unwrap_or_else(|| vec![Json::Null]);
                let of_sizes = sizes.iter().flat_map(|size| values(key, model, size)).flatten();
                // A model has the licenses of its checkpoints too.
                let checkpoints = model["checkpoints"].as_array().filter(|_| key == "LICENSE");
                let of_checkpoints = checkpoints.into_iter().flatten().filter_map(|one| text(&one["license"]));
                for value in of_sizes.chain(of_checkpoints).collect::<BTreeSet<_>>() {
                    *by_hand.entry(value).or_default() += 1;
                }
            }
            let mut by_hand = by_hand.into_iter().collect::<Vec<_>>();
            by_hand.sort_by_key(|(value, count)| (Reverse(*count), value.clone()));
            let counts = data["models"]["facets"][facet].as_array().expect("counts").iter();
            let counts = counts.map(|count| (text(&count["value"]).expect("a value"), count["count"].as_u64()));
            let by_hand = by_hand.into_iter().map(|(value, count)| (value, Some(count as u64))).collect::<Vec<_>>();
            assert_eq!(counts.collect::<Vec<_>>(), by_hand, "{facet} of {variables}");
            counted += by_hand.len();
        }
    }
    assert!(counted > 300, "{counted} values");
    // Labels in words.
    let labels = app.data(&query).await;
    let label = |facet: &str, value: &str| {
        let facets = labels["models"]["facets"][facet].as_array().expect("counts");
        facets.iter().find(|count| count["value"] == value).expect("the value")["label"].clone()
    };
    assert_eq!(label("purposes", "TOOL_USE"), "Tool use");
    assert_eq!(label("modalities", "AUDIO"), "Audio");
    assert_eq!(label("countries", "US"), "US");
    assert_eq!(label("contextLengths", "4000"), "4k to 8k");
}

async fn random_groups_equal_a_count_by_hand(app: App) {
    let mut runner = runner();
    let models = random_models(&app, &mut runner).await;
    let of_models = conditions(&models);
    let of_sizes = vec![
        json!({}),
        json!({ "commercialUse": { "eq": "ALLOWED" } }),
        json!({ "parameters": { "gte": 7_000_000_000_i64 } }),
        json!({ "parameters": { "lt": 13_000_000_000_i64 } }),
        json!({ "trainingTokens": { "gte": 2_000_000_000_000_i64 } }),
        json!({ "activeParameters": { "lt": 500_000_000 } }),
    ];
    let keys = FACETS.map(|(_, key)| key).into_iter().chain(["RELEASE_MONTH", "ARCHITECTURE"]).collect::<Vec<_>>();
    let keys = subsequence(keys, 1..=3).prop_shuffle();
    let as_of = select(vec!["", "9999-01-01T00:00:00Z"]);
    let queries = (keys, filters(of_models), filters(of_sizes), as_of);
    let mut groups = 0;
    for _ in 0..60 {
        groups += check(&app, &models, &mut runner, &queries).await;
    }
    assert!(groups > 300, "{groups} groups");
}

async fn check(
    app: &App,
    models: &[Json],
    runner: &mut TestRunner,
    queries: &impl Strategy<Value = (Vec<&'static str>, Json, Json, &'static str)>,
) -> usize {
    let (keys, filter, sizes_filter, as_of) = queries.new_tree(runner).expect("a query").current();
    let query = format!(
        "query ($by: [ModelGroupKey!]!, $where: ModelFilter, $sizes: ModelSizeFilter, $asOf: DateTime) {{
           modelGroups(by: $by, where: $where, sizesWhere: $sizes, asOf: $asOf) {{ totalCount groups {{ {FIELDS} }} }} }}"
    );
    let as_of = Some(as_of).filter(|time| !time.is_empty());
    let variables = json!({ "by": keys, "where": filter, "sizes": sizes_filter, "asOf": as_of });
    let (_, answer) = app.post(&json!({ "query": query, "variables": variables })).await;
    let found = &answer["data"]["modelGroups"];
    let expected = count_by_hand(models, &keys, &filter, &sizes_filter);
    let total = models.iter().filter(|model| matches(&filter, model)).count();
    assert_eq!(found["totalCount"], total, "{variables}: {answer}");
    // Most models first, then by value, with unknown values last.
    let mut ordered = expected.iter().collect::<Vec<_>>();
    ordered.sort_by_key(|(values, (models, ..))| {
        let values = values.iter().map(|value| (value.is_none(), value.clone())).collect::<Vec<_>>();
        (Reverse(models.len()), values)
    });
    let ordered = ordered.into_iter().map(|(values, _)| values.clone()).collect::<Vec<_>>();
    let groups = found["groups"].as_array().expect("groups");
    let of_group = |group: &Json| {
        let keys = group["keys"].as_array().expect("keys").iter();
        keys.map(|key| text(&key["value"])).collect::<Vec<_>>()
    };
    assert_eq!(groups.iter().map(of_group).collect::<Vec<_>>(), ordered, "{variables}");
    for group in groups {
        let values = of_group(group);
        let (models, sizes, numbers) = &expected[&values];
        assert_eq!(
            (&group["models"], &group["sizes"]),
            (&json!(models.len()), &json!(sizes)),
            "{values:?} of {variables}"
        );
        for (field, numbers) in ["parameters", "trainingTokens", "contextLength"].into_iter().zip(numbers) {
            let aggregate = &group[field];
            let context = format!("{field} of {values:?} of {variables}");
            assert_eq!(aggregate["count"], numbers.len(), "{context}");
            assert_eq!(aggregate["min"], json!(numbers.iter().min()), "{context}");
            assert_eq!(aggregate["max"], json!(numbers.iter().max()), "{context}");
            #[expect(clippy::cast_precision_loss, reason = "the test allows for rounding")]
            let average = numbers.iter().sum::<i64>() as f64 / numbers.len() as f64;
            match aggregate["average"].as_f64() {
                Some(found) => assert!((found - average).abs() <= average * 1e-12, "{context}: {found}, {average}"),
                None => assert!(numbers.is_empty(), "{context}"),
            }
        }
    }
    groups.len()
}

async fn at_most_a_thousand_groups(app: App) {
    let series = match app.database.backend() {
        DbBackend::Postgres => "WITH series AS (SELECT generate_series(1, 1001) AS i)",
        _ => "WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < 1001)",
    };
    let change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    let insert = format!(
        "INSERT INTO model (slug, name, name_key, aliases, languages, purposes, kind, release_date, commercial_use, search_text, version, created_at, updated_at)
         {series} SELECT 'copy-' || i, 'Copy ' || i, 'copy ' || i, aliases, languages, purposes, kind, CAST(1000 + i AS TEXT), commercial_use,
             'copy ' || i, 1, created_at, updated_at FROM series, model WHERE slug = 'llama'"
    );
    change.transaction().execute_unprepared(&insert).await.expect("it can be written");
    change.commit().await.expect("it can be committed");
    let query = |narrow: &str| {
        json!({ "query": format!(
            "{{ modelGroups(by: [RELEASE_YEAR], where: {{ slug: {{ startsWith: \"copy-\", ne: \"{narrow}\" }} }}) {{ totalCount groups {{ models }} }} }}"
        ) })
    };
    let (_, answer) = app.post(&query("")).await;
    assert_eq!(answer["data"]["modelGroups"], Json::Null);
    let error = &answer["errors"][0];
    assert_eq!(
        (&error["extensions"]["code"], &error["path"]),
        (&json!("INVALID_ARGUMENT"), &json!(["modelGroups", "groups"]))
    );
    assert_eq!(error["message"], "There are more than 1000 groups; narrow them by `where`, or group by fewer keys.");
    let (_, answer) = app.post(&query("copy-1001")).await;
    let found = &answer["data"]["modelGroups"];
    assert_eq!((&found["totalCount"], found["groups"].as_array().map(Vec::len)), (&json!(1000), Some(1000)));
}

async fn keys_are_few_and_distinct(app: App) {
    for keys in ["", "KIND, KIND", "KIND, LICENSE, ORGANIZATION, RELEASE_YEAR"] {
        let (_, answer) =
            app.post(&json!({ "query": format!("{{ modelGroups(by: [{keys}]) {{ groups {{ models }} }} }}") })).await;
        let error = &answer["errors"][0];
        assert_eq!(
            (&error["extensions"]["code"], &error["message"]),
            (&json!("INVALID_ARGUMENT"), &json!("`by` has from 1 to 3 keys, each once."))
        );
    }
    let (_, statements) =
        app.traced("{ modelGroups(by: [KIND, LICENSE]) { totalCount groups { models keys { label } } } }").await;
    assert_eq!(statements.len(), 2);
}
