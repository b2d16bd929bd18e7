//! `use` of a size: its license and those that it inherits, evaluated for a use, as a field and as a filter.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use proptest::{
    collection::vec,
    option::{of, weighted},
    prelude::{Just, Strategy},
    sample::{select, subsequence},
    strategy::ValueTree,
};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        the_license_of_a_size_answers,
        licenses_of_ancestors_join,
        inherited_licenses_follow_every_change,
        filters_find_what_the_field_answers,
        sizes_answer_for_their_modalities,
        what_is_stated_for_a_size_counts,
        filters_agree_with_the_field_in_random_catalogs,
        answers_cost_three_statements,
        a_filter_costs_two_more_statements_and_more_cost,
        invalid_uses_are_refused,
    ]
}

/// Licenses that answer differently: free, free with conditions, not reviewed, prohibited.
const LICENSES: &str = "
    { slug: \"free\", name: \"Free\", commercialUse: ALLOWED, termsReviewed: \"2026-11-20\", terms: [{ effect: NOTICE, quote: \"include a copy\" }] }
    { slug: \"hosted\", name: \"Hosted\", commercialUse: CONDITIONAL, termsReviewed: \"2026-10\", terms: [
        { effect: AUTHORIZATION_REQUIRED, when: { hosting: true, commercial: true } }
        { effect: PROHIBITED, when: { territories: [\"EU\"], territoryBasis: DOMICILE, modality: IMAGE } }
        { effect: ATTRIBUTION, when: { monthlyUsersOver: \"100M\", countedOn: \"2026-01-01\" } }] }
    { slug: \"unread\", name: \"Unread\", commercialUse: ALLOWED }
    { slug: \"closed\", name: \"Closed\", commercialUse: PROHIBITED, termsReviewed: \"2025\", terms: [{ effect: PROHIBITED, when: { commercial: true } }] }
    { slug: \"stated\", name: \"Stated\", commercialUse: PROHIBITED }";

/// An editor of a catalog with these licenses and models.
async fn with_models(app: &App, models: &str) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(&format!(
        "mutation {{ upsertLicenses(input: {{ licenses: [{LICENSES}] }}) {{ revision }} upsertModels(input: {{ models: [{models}] }}) {{ revision }} }}"
    ))
    .await;
    app
}

const FALCON: &str = "{ slug: \"f\", name: \"F\", kind: FOUNDATION, license: { slug: \"free\" }, sizes: [
    { label: \"7B\", parameters: \"7B\" }, { label: \"40B\", parameters: \"40B\" },
    { label: \"180B\", parameters: \"180B\", license: { slug: \"hosted\" } }] }";

const ANSWER: &str = "verdict missing reviewed notice decisive { effect when { hosting } } obligations { effect quote } licenses { slug }";

/// The answers of the sizes of a model, by label.
async fn answers(app: &App, model: &str, use_case: &str, as_of: Option<&str>) -> Json {
    let as_of = as_of.map_or(String::new(), |time| format!(", asOf: {time:?}"));
    let query =
        format!("{{ model(slug: {model:?}{as_of}) {{ sizes {{ label use(for: {use_case}) {{ {ANSWER} }} }} }} }}");
    let mut data = app.data(&query).await;
    let sizes = data["model"]["sizes"].as_array_mut().expect("a list").iter_mut();
    let answers = sizes.map(|size| (size["label"].as_str().expect("a text").to_owned(), size["use"].take()));
    Json::Object(answers.collect())
}

async fn the_license_of_a_size_answers(app: App) {
    let app = with_models(&app, FALCON).await;
    let verdicts = async |use_case: &str| {
        let answers = answers(&app, "f", use_case, None).await;
        ["7B", "40B", "180B"].map(|label| answers[label]["verdict"].as_str().expect("a verdict").to_owned())
    };
    let elsewhere = "territory: \"US\"";
    assert_eq!(
        verdicts(&format!("{{ commercial: true, hosting: true, {elsewhere} }}")).await,
        ["ALLOWED", "ALLOWED", "AUTHORIZATION_REQUIRED"]
    );
    assert_eq!(verdicts(&format!("{{ commercial: true, hosting: false, {elsewhere} }}")).await, ["ALLOWED"; 3]);
    assert_eq!(verdicts(&format!("{{ commercial: true, {elsewhere} }}")).await, ["ALLOWED", "ALLOWED", "CONDITIONAL"]);
    assert_eq!(verdicts("{ territory: \"FR\", modality: IMAGE }").await, ["ALLOWED", "ALLOWED", "PROHIBITED"]);
    let answers = answers(&app, "f", "{ commercial: true, territory: \"US\" }", None).await;
    let notice = "This is a reading of quoted license terms, not legal advice.";
    let dated = format!(
        "{notice} Terms with a date in `countedOn` are about users or revenue on that date; the given figures were taken as such."
    );
    let expected = json!({
        "7B": { "verdict": "ALLOWED", "missing": [], "reviewed": "2026-11-20", "notice": notice, "decisive": [],
            "obligations": [{ "effect": "NOTICE", "quote": "include a copy" }], "licenses": [{ "slug": "free" }] },
        "180B": { "verdict": "CONDITIONAL", "missing": ["hosting"], "reviewed": "2026-10", "notice": dated,
            "decisive": [{ "effect": "AUTHORIZATION_REQUIRED", "when": { "hosting": true } }],
            "obligations": [{ "effect": "ATTRIBUTION", "quote": null }], "licenses": [{ "slug": "hosted" }] },
    });
    assert_eq!((&answers["7B"], &answers["180B"]), (&expected["7B"], &expected["180B"]));
}

async fn licenses_of_ancestors_join(app: App) {
    let derived = "{ slug: \"g\", name: \"G\", kind: DERIVED, baseModel: \"f\", license: { slug: \"free\" }, sizes: [
          { label: \"7B\", parameters: \"7B\" }, { label: \"180B\", parameters: \"180B\" }, { label: \"13B\", parameters: \"13B\" }] }
        { slug: \"h\", name: \"H\", kind: DERIVED, baseModel: \"g\", sizes: [{ label: \"7B\", parameters: \"7B\", license: { slug: \"closed\" } }] }
        { slug: \"i\", name: \"I\", kind: DERIVED, baseModel: \"h\", license: { slug: \"free\" }, sizes: [{ label: \"7B\", parameters: \"7B\" }, { label: \"9B\", parameters: \"9B\" }] }
        { slug: \"bare\", name: \"Bare\", kind: FOUNDATION }
        { slug: \"j\", name: \"J\", kind: DERIVED, baseModel: \"bare\", license: { slug: \"free\" }, sizes: [{ label: \"7B\", parameters: \"7B\" }] }";
    let app = with_models(&app, &format!("{FALCON} {derived}")).await;
    let read = async |model: &str| {
        let answers = answers(&app, model, "{ commercial: true, territory: \"US\" }", None).await;
        let answers = answers.as_object().expect("an object").iter();
        let slugs = |answer: &Json| {
            let licenses = answer["licenses"].as_array().expect("a list").iter();
            licenses.map(|license| license["slug"].as_str().expect("a slug").to_owned()).collect::<Vec<_>>().join(" ")
        };
        answers
            .map(|(label, answer)| {
                format!("{label} {} {}", answer["verdict"].as_str().expect("a verdict"), slugs(answer))
            })
            .collect::<Vec<_>>()
    };
    // Of the base the size with the same label counts, or else all.
    assert_eq!(read("g").await, ["13B CONDITIONAL free hosted", "180B CONDITIONAL free hosted", "7B ALLOWED free"]);
    assert_eq!(read("h").await, ["7B PROHIBITED closed free"]);
    assert_eq!(read("i").await, ["7B PROHIBITED free closed", "9B PROHIBITED free hosted closed"]);
    // The license of the base is not known.
    assert_eq!(read("j").await, ["7B UNKNOWN free"]);
}

async fn inherited_licenses_follow_every_change(app: App) {
    let app = with_models(
        &app,
        "{ slug: \"a\", name: \"A\", kind: FOUNDATION, license: { slug: \"free\" }, sizes: [{ label: \"7B\", parameters: \"7B\" }] }
         { slug: \"b\", name: \"B\", kind: DERIVED, baseModel: \"a\", license: { slug: \"free\" } }
         { slug: \"c\", name: \"C\", kind: DERIVED, baseModel: \"b\", license: { slug: \"free\" }, sizes: [{ label: \"7B\", parameters: \"7B\" }] }",
    )
    .await;
    let verdict = async || answers(&app, "c", "{ commercial: true }", None).await["7B"]["verdict"].take();
    let update = async |model: &str, fields: &str| {
        let mutation = format!("mutation {{ updateModel(input: {{ slug: {model:?}, {fields} }}) {{ revision }} }}");
        app.data(&mutation).await["updateModel"]["revision"].as_i64().expect("a number")
    };
    assert_eq!(verdict().await, "ALLOWED");
    update("a", "license: { slug: \"closed\" }").await;
    assert_eq!(verdict().await, "PROHIBITED");
    update("a", "sizes: [{ label: \"7B\", parameters: \"7B\", license: { slug: \"unread\" } }, { label: \"70B\", parameters: \"70B\" }]").await;
    assert_eq!(verdict().await, "UNKNOWN");
    update("a", "sizes: [{ label: \"70B\", parameters: \"70B\" }]").await;
    assert_eq!(verdict().await, "PROHIBITED");
    let cut = update("b", "baseModel: null").await;
    assert_eq!(verdict().await, "ALLOWED");
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {cut} }}) {{ revision }} }}")).await;
    assert_eq!(verdict().await, "PROHIBITED");
    app.data("mutation { updateLicense(input: { slug: \"closed\", termsReviewed: null, commercialUse: UNKNOWN, terms: [] }) { revision } }").await;
    assert_eq!(verdict().await, "UNKNOWN");
}

const VERDICTS: [&str; 5] = ["ALLOWED", "CONDITIONAL", "UNKNOWN", "AUTHORIZATION_REQUIRED", "PROHIBITED"];

/// The sizes of models with a slug of one letter, by model and label, each with its verdict.
async fn field(app: &App, use_case: &Json, as_of: Option<&str>) -> Vec<(String, String)> {
    let as_of = as_of.map_or(String::new(), |time| format!(", asOf: {time:?}"));
    let query = format!(
        "query ($use: UseCase!) {{ sizes(first: 100, where: {{ model: {{ name: {{ startsWith: \"use \" }} }} }}{as_of}) {{ nodes {{ label model {{ slug }} use(for: $use) {{ verdict }} }} }} }}"
    );
    let data = app.data_with(&query, json!({ "use": use_case })).await;
    let nodes = data["sizes"]["nodes"].as_array().expect("a list").iter();
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let mut sizes = nodes
        .map(|size| {
            (format!("{} {}", text(&size["model"]["slug"]), text(&size["label"])), text(&size["use"]["verdict"]))
        })
        .collect::<Vec<_>>();
    sizes.sort();
    sizes
}

/// The sizes that a filter by verdicts finds.
async fn found(app: &App, use_case: &Json, verdicts: &[&str], as_of: Option<&str>) -> Vec<String> {
    let as_of = as_of.map_or(String::new(), |time| format!(", asOf: {time:?}"));
    let query = format!(
        "query ($use: UseCase!, $verdicts: [UseVerdict!]!) {{ sizes(first: 100, where: {{ model: {{ name: {{ startsWith: \"use \" }} }}
           use: {{ for: $use, verdict: {{ in: $verdicts }} }} }}{as_of}) {{ nodes {{ label model {{ slug }} }} }} }}"
    );
    let data = app.data_with(&query, json!({ "use": use_case, "verdicts": verdicts })).await;
    let nodes = data["sizes"]["nodes"].as_array().expect("a list").iter();
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let mut sizes =
        nodes.map(|size| format!("{} {}", text(&size["model"]["slug"]), text(&size["label"]))).collect::<Vec<_>>();
    sizes.sort();
    sizes
}

async fn filters_find_what_the_field_answers(app: App) {
    let app = with_models(&app, FALCON).await;
    let query = |model: &str| format!("{{ models(where: {{ {model} }}) {{ nodes {{ slug }} }} }}");
    let slugs = async |filter: &str| app.column(&query(filter), "/models/nodes", "slug").await;
    let large = "parameters: { gte: \"100B\" }";
    let of = |for_: &str, verdict: &str| {
        format!("sizes: {{ some: {{ {large} use: {{ for: {{ {for_} }} verdict: {{ {verdict} }} }} }} }}")
    };
    assert_eq!(slugs(&of("commercial: true hosting: true", "eq: AUTHORIZATION_REQUIRED")).await, [json!("f")]);
    assert_eq!(slugs(&of("commercial: true hosting: true", "in: [ALLOWED, CONDITIONAL]")).await, Vec::<Json>::new());
    assert_eq!(slugs(&of("commercial: true territory: \"US\"", "eq: CONDITIONAL")).await, [json!("f")]);
    assert_eq!(slugs(&of("hosting: false territory: \"US\"", "eq: ALLOWED")).await, [json!("f")]);
    let none = "slug: { eq: \"f\" } sizes: { none: { use: { for: { commercial: true } verdict: { ne: ALLOWED } } } }";
    assert_eq!(slugs(none).await, Vec::<Json>::new());
    let every = "slug: { eq: \"f\" } sizes: { every: { use: { for: { commercial: true hosting: false territory: \"US\" } verdict: { eq: ALLOWED } } } }";
    assert_eq!(slugs(every).await, [json!("f")]);
    let license = "{ licenses(where: { models: { some: { slug: { eq: \"f\" } sizes: { some: { use: { for: { hosting: true, commercial: true }, verdict: { eq: AUTHORIZATION_REQUIRED } } } } } } }) { nodes { slug } } }";
    assert_eq!(app.column(license, "/licenses/nodes", "slug").await, [json!("free"), json!("hosted")]);
    // Sizes without a license.
    let unknown = "slug: { eq: \"qwen\" } sizes: { some: { use: { for: {} verdict: { eq: UNKNOWN } } } }";
    assert_eq!(slugs(unknown).await, [json!("qwen")]);
}

/// A random catalog: models `use-0`, `use-1` … with licenses, sizes and base models.
fn catalog() -> impl Strategy<Value = Json> {
    let license = || weighted(0.8, select(vec!["free", "hosted", "unread", "closed", "stated"]));
    let sizes = subsequence(vec!["1B", "7B", "13B"], 0..=3);
    let model = move || {
        let stated = || weighted(0.3, select(vec!["ALLOWED", "PROHIBITED", "AUTHORIZATION_REQUIRED"]));
        let modalities = select(vec![json!(null), json!(["TEXT"]), json!(["TEXT", "IMAGE"]), json!(["AUDIO"])]);
        let own = (weighted(0.4, license().prop_filter("one", Option::is_some)), stated(), modalities);
        (license(), stated(), vec(own, 3), sizes.clone(), of(0..8_usize))
    };
    vec(model(), 8).prop_map(|models| {
        let models = models.into_iter().enumerate().map(|(number, (license, stated, own, sizes, base))| {
            let sizes = sizes.into_iter().zip(own).map(|(label, (own, stated, modalities))| {
                let modalities = modalities.is_array().then(|| json!({ "input": modalities, "output": ["TEXT"] }));
                json!({ "label": label, "parameters": label, "license": own, "commercialUse": stated, "modalities": modalities })
            });
            let base = base.filter(|base| *base < number).map(|base| format!("use-{base}"));
            json!({ "slug": format!("use-{number}"), "name": format!("use {number}"), "kind": "FOUNDATION", "license": license,
                "commercialUse": stated, "sizes": sizes.collect::<Vec<_>>(), "baseModel": base })
        });
        Json::from_iter(models)
    })
}

fn uses() -> impl Strategy<Value = Json> {
    let flag = || select(vec![Json::Null, json!(true), json!(false)]);
    let territory = select(vec![Json::Null, json!("US"), json!("DE"), json!("EU")]);
    let modality = select(vec![Json::Null, json!("TEXT"), json!("IMAGE")]);
    (flag(), flag(), territory, modality, Just(())).prop_map(|(commercial, hosting, territory, modality, ())| {
        json!({ "commercial": commercial, "hosting": hosting, "territory": territory, "modality": modality })
    })
}

/// The labels of the sizes of the model m for which a use has each verdict: by the field, and by the filter.
async fn by_verdict(app: &App, use_case: &str) -> Vec<(&'static str, Vec<String>)> {
    let mut verdicts = Vec::new();
    for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
        let mut found = Vec::new();
        for verdict in ["ALLOWED", "CONDITIONAL", "UNKNOWN", "AUTHORIZATION_REQUIRED", "PROHIBITED"] {
            let use_filter = format!("use: {{ for: {use_case}, verdict: {{ eq: {verdict} }} }}");
            let query = format!(
                "{{ field: model(slug: \"m\"{as_of}) {{ sizes {{ label use(for: {use_case}) {{ verdict }} }} }}
                   filter: sizes(where: {{ {use_filter}, model: {{ slug: {{ eq: \"m\" }} }} }}{as_of}) {{ nodes {{ label }} }} }}"
            );
            let data = app.data(&query).await;
            let label = |size: &Json| size["label"].as_str().expect("a text").to_owned();
            let by_field = data["field"]["sizes"].as_array().expect("a list").iter();
            let by_field = by_field.filter(|size| size["use"]["verdict"] == verdict).map(label).collect::<Vec<_>>();
            let by_filter = data["filter"]["nodes"].as_array().expect("a list").iter().map(label).collect::<Vec<_>>();
            assert_eq!(by_field, by_filter, "{verdict} for {use_case}{as_of}");
            if !by_field.is_empty() {
                found.push((verdict, by_field));
            }
        }
        verdicts.push(found);
    }
    assert_eq!(verdicts[0], verdicts[1], "{use_case}");
    verdicts.remove(0)
}

async fn sizes_answer_for_their_modalities(app: App) {
    let app = with_models(
        &app,
        "{ slug: \"m\", name: \"M\", license: { slug: \"hosted\" }, sizes: [
           { label: \"1B\", parameters: \"1B\", modalities: { input: [TEXT, IMAGE], output: [TEXT] } }
           { label: \"2B\", parameters: \"2B\", modalities: { input: [TEXT], output: [TEXT] } }
           { label: \"3B\", parameters: \"3B\" }
           { label: \"4B\", parameters: \"4B\", modalities: { input: [TEXT], output: [AUDIO] }, license: { slug: \"free\" } }] }",
    )
    .await;
    let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
    let europe = "{ hosting: false, territory: \"FR\" }";
    let expected =
        [("ALLOWED", labels(&["2B", "4B"])), ("CONDITIONAL", labels(&["3B"])), ("PROHIBITED", labels(&["1B"]))];
    assert_eq!(by_verdict(&app, europe).await, expected);
    // A modality that is given decides.
    let given = "{ hosting: false, territory: \"FR\", modality: IMAGE }";
    assert_eq!(
        by_verdict(&app, given).await,
        [("ALLOWED", labels(&["4B"])), ("PROHIBITED", labels(&["1B", "2B", "3B"]))]
    );
    let given = "{ hosting: false, modality: TEXT }";
    assert_eq!(by_verdict(&app, given).await, [("ALLOWED", labels(&["1B", "2B", "3B", "4B"]))]);
    // The modalities of the derived size decide about the licenses of its ancestors.
    app.data(
        "mutation { upsertModels(input: { models: [{ slug: \"base\", name: \"Base\", license: { slug: \"hosted\" }, sizes: [{ label: \"x\", parameters: 1 }] }
           { slug: \"m\", name: \"M\", license: { slug: \"free\" }, baseModel: \"base\", sizes: [
             { label: \"1B\", parameters: \"1B\", modalities: { input: [IMAGE], output: [TEXT] } }
             { label: \"2B\", parameters: \"2B\", modalities: { input: [TEXT], output: [TEXT] } }, { label: \"3B\", parameters: \"3B\" }] }] }) { revision } }",
    )
    .await;
    let expected = [("ALLOWED", labels(&["2B"])), ("CONDITIONAL", labels(&["3B"])), ("PROHIBITED", labels(&["1B"]))];
    assert_eq!(by_verdict(&app, europe).await, expected);
}

async fn what_is_stated_for_a_size_counts(app: App) {
    let app = with_models(
        &app,
        "{ slug: \"m\", name: \"M\", license: { slug: \"free\" }, commercialUse: AUTHORIZATION_REQUIRED, sizes: [
           { label: \"1B\", parameters: \"1B\", commercialUse: PROHIBITED }
           { label: \"2B\", parameters: \"2B\" }
           { label: \"3B\", parameters: \"3B\", license: { slug: \"free\" } }
           { label: \"4B\", parameters: \"4B\", commercialUse: ALLOWED }
           { label: \"5B\", parameters: \"5B\", license: { slug: \"unread\" }, commercialUse: ALLOWED }] }",
    )
    .await;
    let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
    let expected = [
        ("ALLOWED", labels(&["3B", "4B"])),
        ("UNKNOWN", labels(&["5B"])),
        ("AUTHORIZATION_REQUIRED", labels(&["2B"])),
        ("PROHIBITED", labels(&["1B"])),
    ];
    assert_eq!(by_verdict(&app, "{ commercial: true }").await, expected);
    let expected = [("ALLOWED", labels(&["1B", "2B", "3B", "4B"])), ("UNKNOWN", labels(&["5B"]))];
    assert_eq!(by_verdict(&app, "{ commercial: false }").await, expected);
    let expected =
        [("ALLOWED", labels(&["3B", "4B"])), ("CONDITIONAL", labels(&["1B", "2B"])), ("UNKNOWN", labels(&["5B"]))];
    assert_eq!(by_verdict(&app, "{ hosting: true }").await, expected);
}

async fn filters_agree_with_the_field_in_random_catalogs(app: App) {
    let app = with_models(&app, FALCON).await;
    let mut runner = runner();
    let mut states = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..6 {
        let models = catalog().new_tree(&mut runner).expect("a catalog").current();
        let content = json!({ "models": models }).to_string();
        // An import, because a later model may be the base of an earlier one.
        let import = "mutation ($content: String!) { importCatalog(input: { format: JSON, content: $content }) { written rows { problems { message } } } }";
        let report = app.data_with(import, json!({ "content": content })).await;
        assert_eq!(report["importCatalog"]["written"], true, "{report}");
        let time =
            app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].as_str().expect("a time").to_owned();
        for _ in 0..4 {
            let use_case = uses().new_tree(&mut runner).expect("a use").current();
            let sizes = field(&app, &use_case, None).await;
            assert!(sizes.len() >= 4, "{sizes:?}");
            for verdicts in [
                &VERDICTS[..1],
                &VERDICTS[..2],
                &VERDICTS[1..2],
                &VERDICTS[2..3],
                &VERDICTS[3..],
                &[VERDICTS[0], VERDICTS[2]],
                &[],
                &VERDICTS,
            ] {
                let expected = sizes.iter().filter(|(_, verdict)| verdicts.contains(&verdict.as_str()));
                let expected = expected.map(|(size, _)| size.clone()).collect::<Vec<_>>();
                assert_eq!(
                    found(&app, &use_case, verdicts, None).await,
                    expected,
                    "{verdicts:?} {use_case} {models:#}"
                );
            }
            seen.extend(sizes.iter().map(|(_, verdict)| verdict.clone()));
            states.push((time.clone(), use_case, sizes));
        }
    }
    assert_eq!(seen.len(), VERDICTS.len(), "{seen:?}");
    for (time, use_case, sizes) in states {
        assert_eq!(field(&app, &use_case, Some(&time)).await, sizes, "{use_case} as of {time}");
        let allowed = sizes.iter().filter(|(_, verdict)| verdict == "ALLOWED" || verdict == "CONDITIONAL");
        let allowed = allowed.map(|(size, _)| size.clone()).collect::<Vec<_>>();
        assert_eq!(found(&app, &use_case, &VERDICTS[..2], Some(&time)).await, allowed, "{use_case} as of {time}");
    }
}

async fn answers_cost_three_statements(reader: App) {
    with_models(&reader, FALCON).await;
    let (data, statements) = reader.counted("{ sizes(first: 100) { nodes { label use(for: { commercial: true }) { verdict decisive { quote } licenses { slug } } } } }").await;
    assert_eq!(data["sizes"]["nodes"].as_array().map(Vec::len), Some(58));
    // The sizes, the licenses that they inherit, and all licenses with their terms.
    assert_eq!(statements, 3);
}

async fn a_filter_costs_two_more_statements_and_more_cost(reader: App) {
    with_models(&reader, FALCON).await;
    let query = |filter: &str| format!("{{ sizes(where: {{ {filter} }}) {{ nodes {{ label }} }} }}");
    let one = "use: { for: { commercial: true }, verdict: { eq: ALLOWED } }";
    let (data, statements) = reader.counted(&query(one)).await;
    assert_eq!(data["sizes"]["nodes"], json!([{ "label": "7B" }, { "label": "40B" }]));
    assert_eq!(statements, 3);
    let two = format!("or: [{{ {one} }}, {{ {one} }}]");
    assert_eq!(reader.counted(&query(&two)).await.1, 3);
    let cost = async |filter: &str| {
        let (_, answer) = reader.post(&json!({ "query": query(filter) })).await;
        answer["extensions"]["cost"]["requested"]
            .as_i64()
            .or(answer["extensions"]["cost"].as_i64())
            .unwrap_or_else(|| panic!("{answer}"))
    };
    let without = cost("label: { eq: \"7B\" }").await;
    assert_eq!((cost(one).await - without, cost(&two).await - without), (100, 200));
}

async fn invalid_uses_are_refused(app: App) {
    let query = |use_case: &str| format!("{{ sizes(first: 1) {{ nodes {{ use(for: {use_case}) {{ verdict }} }} }} }}");
    let (_, message) = app.error(&query("{ territory: \"Germany\" }")).await;
    assert!(message.starts_with("\"Germany\" is neither a country code of ISO 3166-1 alpha-2"), "{message}");
    let (_, message) = app.error(&query("{ monthlyUsers: -1 }")).await;
    assert!(message.contains("a Count is a whole number"), "{message}");
    let filter =
        "{ sizes(where: { use: { for: { territory: \"uk\" }, verdict: { eq: ALLOWED } } }) { nodes { label } } }";
    let (_, message) = app.error(filter).await;
    assert!(message.starts_with("\"uk\" is neither a country code of ISO 3166-1 alpha-2"), "{message}");
}
