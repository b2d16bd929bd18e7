//! Terms in the catalog: written, read, filtered, reverted, exported and imported.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    cli::{folder, run},
    edit::refused,
    support::{App, TestDatabase},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        terms_are_written_and_replaced_as_a_list,
        terms_have_ids_and_cost_one_statement,
        invalid_terms_are_refused_with_their_paths,
        commercial_use_must_agree_with_reviewed_terms,
        licenses_are_found_by_terms,
        terms_are_reverted_and_read_as_of_a_time,
        terms_survive_exports_and_imports,
        the_page_of_a_license_has_its_terms_in_words,
    ]
}

const TERMS: &str = "[
    { effect: AUTHORIZATION_REQUIRED
      when: { monthlyUsersOver: \"700M\", countedOn: \"2023-07-18\" }
      note: { en: \"Ask Meta\", zh: \"向 Meta 申请\" }, quote: \"greater than 700 million monthly active users\" }
    { effect: PROHIBITED, when: { trainsOnOutputs: true } }
    { effect: PROHIBITED, when: { territories: [\"EU\", \"KR\"], territoryBasis: DOMICILE, modality: IMAGE, commercial: true, hosting: false,
        dailyUsersOver: 5, revenueUsdOver: \"1M\", revenuePeriod: YEAR } }
    { effect: NOTICE }]";

/// The fields of licenses that these tests read.
const FIELDS: &str = "slug aliases osiApproved termsReviewed commercialUse terms { id effect quote en: note zh: note(language: ZH)
    when { commercial monthlyUsersOver dailyUsersOver revenueUsdOver revenuePeriod countedOn territories territoryBasis hosting
      trainsOnOutputs modality } }";

async fn editor(app: &App) -> App {
    app.with_token(&app.token(Role::Admin).await)
}

async fn create(app: &App) -> Json {
    let mutation = format!(
        "mutation {{ createLicense(input: {{ slug: \"terms\", name: \"License with Terms\", aliases: [\"LwT\", \"条款\"], commercialUse: CONDITIONAL,
           osiApproved: false, termsReviewed: \"2026-11\", terms: {TERMS} }}) {{ license {{ {FIELDS} }} }} }}"
    );
    app.data(&mutation).await["createLicense"]["license"].take()
}

async fn license(app: &App) -> Json {
    app.data(&format!("{{ license(slug: \"terms\") {{ {FIELDS} }} }}")).await["license"].take()
}

/// The circumstances of a term, of which only these are given.
fn when(given: &Json) -> Json {
    let mut when = json!({ "commercial": null, "monthlyUsersOver": null, "dailyUsersOver": null, "revenueUsdOver": null,
        "revenuePeriod": null, "countedOn": null, "territories": [], "territoryBasis": null, "hosting": null,
        "trainsOnOutputs": null, "modality": null });
    for (name, value) in given.as_object().expect("an object") {
        when[name] = value.clone();
    }
    when
}

async fn terms_are_written_and_replaced_as_a_list(app: App) {
    let app = editor(&app).await;
    let mut created = create(&app).await;
    assert_eq!(created, license(&app).await);
    let mut terms = created["terms"].take();
    for term in terms.as_array_mut().expect("a list") {
        term.as_object_mut().expect("a term").remove("id");
    }
    let expected = json!([
        { "effect": "AUTHORIZATION_REQUIRED", "quote": "greater than 700 million monthly active users", "en": "Ask Meta",
          "zh": "向 Meta 申请", "when": when(&json!({ "monthlyUsersOver": 700_000_000, "countedOn": "2023-07-18" })) },
        { "effect": "PROHIBITED", "quote": null, "en": null, "zh": null, "when": when(&json!({ "trainsOnOutputs": true })) },
        { "effect": "PROHIBITED", "quote": null, "en": null, "zh": null,
          "when": when(&json!({ "territories": ["EU", "KR"], "territoryBasis": "DOMICILE", "modality": "IMAGE", "commercial": true,
              "hosting": false, "dailyUsersOver": 5, "revenueUsdOver": 1_000_000, "revenuePeriod": "YEAR" })) },
        { "effect": "NOTICE", "quote": null, "en": null, "zh": null, "when": when(&json!({})) },
    ]);
    assert_eq!(terms, expected);
    let rest = json!({ "slug": "terms", "aliases": ["LwT", "条款"], "osiApproved": false, "termsReviewed": "2026-11",
        "commercialUse": "CONDITIONAL", "terms": null });
    assert_eq!(created, rest);

    let update = async |fields: &str| {
        let mutation = format!(
            "mutation {{ updateLicense(input: {{ slug: \"terms\", {fields} }}) {{ outcome license {{ aliases osiApproved terms {{ effect }} }} }} }}"
        );
        app.data(&mutation).await["updateLicense"].take()
    };
    // Absent fields stay, an equal list makes no revision.
    let same = update(&format!("terms: {TERMS}")).await;
    assert_eq!(same["outcome"], "UNCHANGED");
    let changed = update("osiApproved: null").await;
    assert_eq!(changed["license"]["terms"].as_array().map(Vec::len), Some(4));
    assert_eq!(
        (&changed["license"]["osiApproved"], &changed["license"]["aliases"]),
        (&Json::Null, &json!(["LwT", "条款"]))
    );
    let shorter = update("commercialUse: ALLOWED, terms: [{ effect: NOTICE }, { effect: SHARE_ALIKE }]").await;
    assert_eq!(shorter["license"]["terms"], json!([{ "effect": "NOTICE" }, { "effect": "SHARE_ALIKE" }]));
    let cleared = update("terms: null, aliases: null").await;
    assert_eq!((&cleared["license"]["terms"], &cleared["license"]["aliases"]), (&json!([]), &json!([])));
}

async fn terms_have_ids_and_cost_one_statement(reader: App) {
    let app = editor(&reader).await;
    let created = create(&app).await;
    let id = created["terms"][1]["id"].as_str().expect("an id");
    let node = app
        .data(&format!("{{ node(id: {id:?}) {{ id ... on LicenseTerm {{ effect when {{ trainsOnOutputs }} }} }} }}"))
        .await;
    let expected = json!({ "id": id, "effect": "PROHIBITED", "when": { "trainsOnOutputs": true } });
    assert_eq!(node["node"], expected);
    let (data, statements) = reader.counted("{ licenses { nodes { slug terms { effect quote } } } }").await;
    assert_eq!(data["licenses"]["nodes"].as_array().map(Vec::len), Some(6));
    assert_eq!(statements, 2);
    app.data("mutation { updateLicense(input: { slug: \"terms\", termsReviewed: null, terms: [] }) { revision } }")
        .await;
    assert_eq!(app.data(&format!("{{ node(id: {id:?}) {{ id }} }}")).await["node"], Json::Null);
}

async fn invalid_terms_are_refused_with_their_paths(app: App) {
    let app = editor(&app).await;
    let words = "a ".repeat(26);
    let letters = "a".repeat(201);
    for (term, path, message) in [
        ("{ effect: NOTICE, quote: \" \" }".to_owned(), "quote", "is empty"),
        (format!("{{ effect: NOTICE, quote: {words:?} }}"), "quote", "has more than 25 words"),
        (format!("{{ effect: NOTICE, quote: {letters:?} }}"), "quote", "has more than 200 characters"),
        (
            "{ effect: NOTICE, when: { territories: [\"DE\", \"UK\"] } }".to_owned(),
            "when.territories.1",
            "is neither a country code of ISO 3166-1 alpha-2 such as \"DE\" nor \"EU\"",
        ),
        (
            "{ effect: NOTICE, when: { territories: [\"DE\", \"DE\"] } }".to_owned(),
            "when.territories",
            "has the same element twice",
        ),
        (
            "{ effect: NOTICE, when: { territoryBasis: USE } }".to_owned(),
            "when.territories",
            "are absent: territoryBasis is about them",
        ),
        (
            "{ effect: NOTICE, when: { revenueUsdOver: 1 } }".to_owned(),
            "when.revenuePeriod",
            "is absent: the period of revenueUsdOver, MONTH or YEAR, must be given",
        ),
        (
            "{ effect: NOTICE, when: { revenuePeriod: MONTH } }".to_owned(),
            "when.revenueUsdOver",
            "is absent: revenuePeriod is the period of this amount",
        ),
        (
            "{ effect: NOTICE, when: { countedOn: \"2024\", hosting: true } }".to_owned(),
            "when.countedOn",
            "is given without users or revenue that are counted on that date",
        ),
    ] {
        let mutation = format!(
            "mutation {{ createLicense(input: {{ name: \"New\", commercialUse: UNKNOWN, terms: [{{ effect: PASS_ON }}, {term}] }}) {{ revision }} }}"
        );
        let (code, extensions, _) = refused(&app, &mutation).await;
        let expected = json!([{ "path": format!("input.terms.1.{path}"), "message": message }]);
        assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &expected), "{term}");
    }
    let many = (0..31).map(|number| format!("{{ effect: NOTICE, when: {{ dailyUsersOver: {number} }} }}"));
    for (terms, message) in [
        (many.collect::<Vec<_>>().join(" "), "has more than 30 elements"),
        ("{ effect: NOTICE } { effect: NOTICE }".to_owned(), "has the same element twice"),
    ] {
        let mutation = format!(
            "mutation {{ createLicense(input: {{ name: \"New\", commercialUse: UNKNOWN, terms: [{terms}] }}) {{ revision }} }}"
        );
        let (_, extensions, _) = refused(&app, &mutation).await;
        assert_eq!(extensions["fields"], json!([{ "path": "input.terms", "message": message }]));
    }
    let import = json!([{ "slug": "x", "name": "X", "terms": [{ "quote": "words" }] }]).to_string();
    let mutation = format!(
        "mutation {{ importCatalog(input: {{ format: JSON, content: {:?} }}) {{ written rows {{ problems {{ column message }} }} }} }}",
        json!({ "licenses": serde_json::from_str::<Json>(&import).expect("JSON") }).to_string()
    );
    let report = app.data(&mutation).await["importCatalog"].take();
    assert_eq!(report["written"], false);
    let problem = json!([{ "column": "terms.0.effect", "message": "missing field `effect`" }]);
    assert_eq!(report["rows"][0]["problems"], problem);
}

async fn commercial_use_must_agree_with_reviewed_terms(app: App) {
    let app = editor(&app).await;
    create(&app).await;
    let update =
        |fields: &str| format!("mutation {{ updateLicense(input: {{ slug: \"terms\", {fields} }}) {{ revision }} }}");
    let (code, extensions, _) = refused(&app, &update("commercialUse: ALLOWED")).await;
    let message = "is ALLOWED, but by the terms, which were reviewed, it is CONDITIONAL";
    let expected = json!([{ "path": "input.commercialUse", "message": message }]);
    assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &expected));
    app.data(&update("termsReviewed: null, commercialUse: ALLOWED")).await;
}

async fn licenses_are_found_by_terms(app: App) {
    let app = editor(&app).await;
    create(&app).await;
    let other = "mutation { createLicense(input: { slug: \"other\", name: \"Other\", aliases: [\"OTH\"], commercialUse: ALLOWED, osiApproved: true,
        terms: [{ effect: NOTICE }] }) { revision } }";
    app.data(other).await;
    for (filter, found) in [
        ("terms: { some: { effect: { eq: PROHIBITED } } }", vec!["terms"]),
        ("terms: { some: { effect: { eq: NOTICE } } }", vec!["terms", "other"]),
        ("terms: { some: {} every: { effect: { in: [NOTICE, SHARE_ALIKE] } } }", vec!["other"]),
        ("terms: { none: { when: { trainsOnOutputs: { eq: true } } } some: {} }", vec!["other"]),
        ("terms: { some: { when: { territories: { has: \"kr\" } modality: { eq: IMAGE } } } }", vec!["terms"]),
        ("terms: { some: { when: { territories: { has: \"K\" } } } }", vec![]),
        (
            "terms: { some: { when: { monthlyUsersOver: { gte: \"700M\" } countedOn: { gte: \"2023\" } } } }",
            vec!["terms"],
        ),
        ("terms: { some: { not: { effect: { eq: NOTICE } } } }", vec!["terms"]),
        ("termsReviewed: { gte: \"2026\" }", vec!["terms"]),
        ("osiApproved: { eq: true }", vec!["other"]),
        ("osiApproved: { isNull: false }", vec!["terms", "other"]),
        ("aliases: { has: \"lwt\" }", vec!["terms"]),
        ("aliases: { has: \"条款\" }", vec!["terms"]),
        ("aliases: { isEmpty: false }", vec!["terms", "other"]),
        ("aliases: { has: \"L\" }", vec![]),
    ] {
        let slugs = |data: &Json| {
            let nodes = data["licenses"]["nodes"].as_array().expect("a list").iter();
            nodes.map(|node| node["slug"].as_str().expect("a slug").to_owned()).collect::<Vec<_>>()
        };
        let data = app.data(&format!("{{ licenses(where: {{ {filter} }}) {{ nodes {{ slug }} }} }}")).await;
        assert_eq!(slugs(&data), found, "{filter}");
        let then =
            format!("{{ licenses(where: {{ {filter} }}, asOf: \"2999-01-01T00:00:00Z\") {{ nodes {{ slug }} }} }}");
        assert_eq!(slugs(&app.data(&then).await), found, "as of a time: {filter}");
        let models = format!("{{ models(where: {{ license: {{ {filter} }} }}) {{ totalCount }} }}");
        assert_eq!(app.data(&models).await["models"]["totalCount"], 0);
    }
}

async fn terms_are_reverted_and_read_as_of_a_time(app: App) {
    let app = editor(&app).await;
    let created = create(&app).await;
    let catalog = app.data("{ catalog { revision updatedAt } }").await["catalog"].take();
    app.data("mutation { updateLicense(input: { slug: \"terms\", aliases: [], terms: [{ effect: REVOCABLE }], termsReviewed: null }) { revision } }").await;
    let (revision, time) =
        (catalog["revision"].as_i64().expect("a number") + 1, catalog["updatedAt"].as_str().expect("a time"));
    let then = app.data(&format!("{{ license(slug: \"terms\", asOf: {time:?}) {{ {FIELDS} }} }}")).await;
    assert_eq!(then["license"], created);
    let changes =
        app.data("{ license(slug: \"terms\") { revisions(last: 1) { nodes { changes { field after } } } } }").await;
    let fields = changes["license"]["revisions"]["nodes"][0]["changes"].as_array().expect("a list").iter();
    let fields = fields.map(|change| (change["field"].clone(), change["after"].clone())).collect::<Vec<_>>();
    let expected =
        [("aliases", Json::Null), ("terms", json!([{ "effect": "REVOCABLE" }])), ("termsReviewed", Json::Null)];
    assert_eq!(fields, expected.map(|(field, after)| (json!(field), after)));
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {revision} }}) {{ revision }} }}")).await;
    assert_eq!(license(&app).await, created);
    app.data("mutation { deleteLicense(input: { slug: \"terms\" }) { revision } }").await;
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}", revision + 2)).await;
    assert_eq!(license(&app).await, created);
}

async fn terms_survive_exports_and_imports(app: App) {
    let app = editor(&app).await;
    let created = create(&app).await;
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let folder = folder();
    for format in ["json", "ndjson"] {
        let file = folder.path().join(format!("catalog.{format}")).display().to_string();
        let (code, _, errors) =
            run(folder.path(), &["export", "--format", format, "--output", &file], &[("DATABASE_URL", &app.url)]);
        assert_eq!((code, errors.as_str()), (0, ""));
        let (code, _, errors) = run(folder.path(), &["import", &file], &[("DATABASE_URL", &url)]);
        assert_eq!(code, 0, "{format}: {errors}");
    }
    let file = folder.path().join("copy.db").display().to_string();
    let (code, _, errors) =
        run(folder.path(), &["export", "--format", "sqlite", "--output", &file], &[("DATABASE_URL", &app.url)]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let read = async |url: &str| {
        let database = crate::support::connect(url).await;
        let documents = open_llm_catalog::store::change::Change::begin(&database, "test").await.expect("a change");
        let slug = "terms".parse().expect("a slug");
        let document = documents.load::<open_llm_catalog::domain::license::LicenseDocument>(&slug, None).await;
        drop(documents);
        database.close().await.expect("the connections close");
        serde_json::to_value(document.expect("the license").1).expect("JSON")
    };
    let expected = read(&app.url).await;
    assert_eq!(expected["terms"].as_array().map(Vec::len), Some(4));
    assert_eq!(read(&url).await, expected);
    assert_eq!(read(&format!("sqlite:{file}")).await, expected);
    test_database.remove().await;

    // A source that has read the terms again replaces them all.
    let source =
        json!({ "licenses": [{ "slug": "terms", "commercialUse": "ALLOWED", "terms": [{ "effect": "NOTICE" }] }] })
            .to_string();
    let mutation = format!(
        "mutation {{ importCatalog(input: {{ format: JSON, content: {source:?} }}) {{ written rows {{ outcome problems {{ column message }} }} }} }}"
    );
    let report = app.data(&mutation).await["importCatalog"].take();
    assert_eq!(report, json!({ "written": true, "rows": [{ "outcome": "UPDATED", "problems": [] }] }));
    assert_eq!(license(&app).await["terms"].as_array().map(Vec::len), Some(1));
    assert_eq!(created["terms"].as_array().map(Vec::len), Some(4));
}

async fn the_page_of_a_license_has_its_terms_in_words(app: App) {
    let app = editor(&app).await;
    create(&app).await;
    let page = async |language: &str| {
        let response = app.request("GET", "/licenses/terms").header("accept-language", language).send().await;
        let page = response.expect("the server responds").text().await.expect("a text");
        let section = page.split("<dl class=\"terms\">").nth(1).and_then(|rest| rest.split("</section>").next());
        let section = section.unwrap_or_else(|| panic!("no terms in {page}"));
        section.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().concat()
    };
    let english = "You mayuse it, including commercially, within the limits below\
        Only with permissionmore than 700M monthly users on 18 Jul 2023§greater than 700 million monthly active usersAsk Meta\
        You mustkeep the license notice\
        Not permittedtraining other models on its outputs\
        commercial use, more than 5 daily users, more than 1M US dollars of revenue a year, based in EU, KR, not hosted for others, \
        modality of the model: Images\
        Full text reviewed: Nov 2026. Our reading of the quoted terms; not legal advice.";
    assert_eq!(page("en").await, english.replace("        ", ""));
    let chinese = page("zh").await;
    assert!(
        chinese.contains(
            "须经许可截至 2023年7月18日月活跃用户超过 7亿§greater than 700 million monthly active users向 Meta 申请"
        ),
        "{chinese}"
    );
    assert!(chinese.contains("必须保留许可声明"), "{chinese}");
    // A license without terms says nothing about them.
    let other = app.request("GET", "/licenses/llama-license").send().await.expect("the server responds");
    assert!(!other.text().await.expect("a text").contains("class=\"terms\""));
}
