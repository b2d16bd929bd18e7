//! Queries with `asOf` return the catalog as it was at that time.

pub mod random;

use std::collections::HashMap;

use entity::vocabulary::{Role, SubjectType};
use libtest_mimic::Trial;
use open_llm_catalog::graphql::limits::settings::Limits;
use open_llm_catalog::http::server::options::Options;
use open_llm_catalog::store::change::Change;
use proptest::strategy::{Strategy, ValueTree};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, JsonValue, Statement};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, options, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        as_of_queries_return_the_state_of_that_revision,
        a_time_selects_the_last_revision_before_it,
        pages_of_an_as_of_query_return_each_row_once,
        fields_of_one_request_may_have_different_times,
        an_as_of_query_costs_one_more_statement,
        revisions_without_search_texts_are_completed,
        as_of_queries_use_indexes,
    ]
}

const STEPS: usize = 110;

/// A query for all root fields, as of a time or as of now.
fn everything(as_of: Option<&str>) -> String {
    let time = as_of.map_or(String::new(), |time| format!(", asOf: {time:?}"));
    let models = |name: &str, arguments: &str, fields: &str| {
        format!("{name}: models(first: 100{arguments}{time}) {{ totalCount nodes {{ {fields} }} }}\n")
    };
    let facets = "facets { commercialUse { value label count } licenses { value label count } organizations { value label count }
        kinds { value count } releaseYears { value count } parameters { value count } trainingTokens { value count } }";
    let record = "version createdAt updatedAt";
    let links = "links { kind title url }";
    let model = format!(
        "id slug name aliases kind position releaseDate statedReleaseDate languages purposes contextLength extendedContextLength status knowledgeCutoff modalities {{ input output }}
         zh: summary(language: ZH) en: summary(language: EN) commercialUse
         organizations {{ slug zh: name(language: ZH) {record} }} license {{ slug commercialUse {links} {record} }}
         architecture {{ slug {links} }} baseModel {{ slug {record} }} derivedModels {{ nodes {{ slug name }} }}
         bases {{ relation sizeLabel size {{ label }} of {{ label parameters }} model {{ slug name }} }}
         sizes {{ id label parameters activeParameters trainingTokens use(for: {{ commercial: true, hosting: false, territory: \"DE\" }}) {{ verdict missing reviewed decisive {{ id }} licenses {{ slug }} }}
          memoryBytes(precision: INT4) license {{ slug }} statedLicense {{ slug }}
             commercialUse statedCommercialUse releaseDate statedReleaseDate parametersBasis trainingTokensBasis contextLength statedContextLength extendedContextLength status statedStatus knowledgeCutoff modalities {{ input output }} statedModalities {{ output }} layers hiddenSize attentionHeads vocabularySize experts activeExperts attention cacheLayers {{ layers window }}
             memory(quantization: \"Q4_K_M\") {{ total complete }} model {{ slug }} }}
         licenses {{ slug }} statedCommercialUse training {{ dataset {{ slug }} share tokens epochs }}
         checkpoints(first: 100) {{ nodes {{ id hub repository revision path url variant format quantization bytes parameters gated official
           size {{ label }} model {{ slug }} convertedFrom {{ repository }} license {{ slug }} commercialUse releaseDate contextLength
           extendedContextLength status knowledgeCutoff modalities {{ input output }} use(for: {{ commercial: true }}) {{ verdict }} }} }}
         datasets {{ slug tokens license {{ slug name }} {links} }} {links} dataScale {{ text amount unit }}
         maxParameters maxTrainingTokens maxContextLength trainingFlops {record}
         revisions(last: 3) {{ totalCount nodes {{ number actor action subjectSlug changes {{ field before after }} subject {{ id ... on Model {{ name }} }} }} }}"
    );
    let mut query = models("all", ", orderBy: [{ field: NAME }]", &model);
    for (index, order) in [
        "POSITION",
        "RELEASE_DATE",
        "MAX_PARAMETERS",
        "MAX_TRAINING_TOKENS",
        "MAX_CONTEXT_LENGTH",
        "CREATED_AT",
        "UPDATED_AT",
    ]
    .iter()
    .enumerate()
    {
        query +=
            &models(&format!("order{index}"), &format!(", orderBy: [{{ field: {order}, direction: DESC }}]"), "slug");
    }
    for (index, words) in ["alpha", "meta", "千问", "x_y%", "eclair", "a 2", "gamma3"].iter().enumerate() {
        query += &models(&format!("search{index}"), &format!(", search: {words:?}"), "slug");
    }
    query += &format!(
        "lineage: models(first: 30, orderBy: [{{ field: NAME }}]{time}) {{ nodes {{ slug ancestors {{ depth model {{ slug }} }}
           descendants(depth: 2) {{ depth model {{ slug version }} }} }} }}\n"
    );
    let filters = [
        "bases: { some: { relation: { in: [FINE_TUNED, MERGED] }, model: { slug: { ne: \"a\" } } } }",
        "bases: { every: { not: { relation: { eq: MERGED } } } }",
        "license: { commercialUse: { in: [ALLOWED, PROHIBITED] }, models: { some: { kind: { eq: DERIVED } } } }",
        "not: { organizations: { some: { name: { contains: \"a\" } } } }",
        "datasets: { every: { tokens: { gt: \"1B\" } } }, sizes: { some: { trainingTokens: { isNull: false }, parameters: { gte: \"7B\" } } }",
        "or: [{ baseModel: { maxTrainingTokens: { gte: 1 } } }, { architecture: { slug: { startsWith: \"a\" } } }]",
        "commercialUse: { ne: UNKNOWN }, name: { endsWith: \"a\" }",
        "sizes: { some: { use: { for: { commercial: true, hosting: false, territory: \"DE\" }, verdict: { in: [PROHIBITED, UNKNOWN] } } } }",
        "license: { terms: { some: { when: { territories: { has: \"EU\" } }, effect: { ne: NOTICE } } } }",
        "license: { terms: { every: { when: { hosting: { isNull: true } } } }, aliases: { isEmpty: false }, osiApproved: { eq: true } }",
        "sizes: { some: { fits: { memory: \"24GiB\", quantization: \"Q4_K_M\", context: 8192 } } }",
        "modalities: { input: IMAGE }, purposes: { has: \"CODE\" }",
        "sizes: { some: { attention: { in: [GQA, HYBRID, MLA] } } }",
        "checkpoints: { some: { repository: { contains: \"it\" }, commercialUse: { ne: UNKNOWN } } }",
        "sizes: { some: { checkpoints: { some: { contextLength: { gte: 8192 } } } } }",
        "sizes: { some: { contextLength: { gte: 32768 }, parametersBasis: { eq: LABEL }, modalities: { input: IMAGE, isNull: false } } }",
        "releaseDate: { gte: \"2023-07-18\" }, position: { lt: 50 }, createdAt: { gt: \"2001-01-01T00:00:00Z\" }",
    ];
    for (index, filter) in filters.iter().enumerate() {
        query += &models(&format!("filter{index}"), &format!(", where: {{ {filter} }}"), "slug");
    }
    let below = format!(
        "models(first: 2, orderBy: [{{ field: NAME }}]) {{ totalCount nodes {{ slug }} pageInfo {{ hasNextPage }} {facets} }}"
    );
    let history = "revisions { totalCount nodes { number action } }";
    let term = "id effect quote note zh: note(language: ZH) when { commercial monthlyUsersOver dailyUsersOver revenueUsdOver revenuePeriod
        countedOn territories territoryBasis hosting trainsOnOutputs modality }";
    let common = format!("id slug name {record} {history} {below}");
    query += &format!(
        "facets: models(first: 1{time}) {{ {facets} }}
         datasets(first: 100, orderBy: [{{ field: TOKENS }}]{time}) {{ totalCount nodes {{ {common} tokens bytes license {{ slug }} {links} }} }}
         licenses(first: 100, search: \"a\"{time}) {{ totalCount nodes {{ {common} spdxId aliases commercialUse osiApproved termsReviewed url terms {{ {term} }} conditions zh: conditions(language: ZH) {links} }} }}
         organizations(first: 100{time}) {{ totalCount nodes {{ {common} zh: name(language: ZH) aliases country kind homepage }} }}
         sources(first: 100, orderBy: [{{ field: PUBLISHED_AT, nulls: FIRST }}]{time}) {{ totalCount nodes {{ id slug title kind url publishedAt
           publisher {{ slug zh: name(language: ZH) }} license {{ slug {record} }} derivedFrom {{ slug title }}
           snapshots {{ accessed revision hash }} {record} {history} }} }}
         copies: sources(where: {{ derivedFrom: {{ publisher: {{ models: {{ none: {{}} }} }} }}, kind: {{ ne: OTHER }} }}{time}) {{ nodes {{ slug }} }}
         found: sources(search: \"e\"{time}) {{ nodes {{ slug }} }}
         architectures(first: 100, where: {{ models: {{ none: {{ slug: {{ eq: \"a\" }} }} }} }}{time}) {{ totalCount nodes {{ {common} {links} }} }}\n"
    );
    for slug in random::SLUGS {
        for subject in SubjectType::ALL {
            let (subject, name) = (subject.table(), random::name_field(subject.name()));
            query += &format!("{subject}_{slug}: {subject}(slug: \"{slug}\"{time}) {{ id {name} version }}\n");
        }
    }
    format!("{{ {query} }}")
}

/// The data of a query in which slugs may be unknown.
async fn answer(app: &App, query: &str) -> Json {
    let (status, mut answer) = app.post(&json!({ "query": query })).await;
    assert_eq!(status, 200, "{answer}");
    for error in answer["errors"].as_array().into_iter().flatten() {
        assert_eq!(error["extensions"]["code"], "NOT_FOUND", "{error}");
    }
    answer["data"].take()
}

/// When the catalog last changed, and the number of its last revision.
async fn present(app: &App) -> (String, i32) {
    let catalog = app.data("{ catalog { revision updatedAt } }").await["catalog"].take();
    let revision = catalog["revision"].as_i64().and_then(|number| i32::try_from(number).ok()).expect("a number");
    (catalog["updatedAt"].as_str().expect("a time").to_owned(), revision)
}

/// The first path at which two responses differ, with both values.
fn difference(one: &Json, other: &Json, path: &str) -> Option<String> {
    match (one, other) {
        (Json::Object(one), Json::Object(other)) if one.len() == other.len() => {
            one.iter().find_map(|(key, value)| difference(value, &other[key], &format!("{path}/{key}")))
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| difference(one, other, &format!("{path}/{index}")))
        }
        _ => (one != other).then(|| format!("{path}: {one} is not {other}")),
    }
}

async fn as_of_queries_return_the_state_of_that_revision(app: App) {
    let limits = Limits { cost: 1_000_000, ..Limits::default() };
    let app = app.with_options(Options { limits, ..options() }).with_token(&app.token(Role::Admin).await);
    let mut runner = runner();
    let mut states = Vec::new();
    for subject in ["Organization", "License", "Architecture", "Dataset", "Source", "Model"] {
        for slug in random::SLUGS {
            let (name, known) = (random::name_field(subject), random::required(subject));
            let create =
                format!("create{subject}(input: {{ slug: \"{slug}\", {name}: \"{slug}\"{known} }}) {{ revision }}");
            app.data(&format!("mutation {{ {create} }}")).await;
        }
    }
    let mut outcomes = HashMap::<String, usize>::new();
    let (mut time, mut revision) = present(&app).await;
    states.push((time.clone(), answer(&app, &everything(None)).await));
    for _ in 0..STEPS {
        let mutation = random::mutation(revision).new_tree(&mut runner).expect("a mutation").current();
        let (status, answered) = app.post(&json!({ "query": format!("mutation {{ {mutation} }}") })).await;
        assert_eq!(status, 200, "{mutation}: {answered}");
        let code = answered.pointer("/errors/0/extensions/code").and_then(Json::as_str).unwrap_or("done");
        *outcomes.entry(format!("{} {code}", &mutation[..6])).or_default() += 1;
        let before = revision;
        (time, revision) = present(&app).await;
        // Reading takes most of the time.
        if revision > before && revision % 6 == 0 {
            states.push((time.clone(), answer(&app, &everything(None)).await));
        }
    }
    // There are enough mutations of each kind to change the states.
    let done = ["create done", "update done", "delete done", "revert done"];
    assert!(done.iter().all(|kind| outcomes.get(*kind).is_some_and(|count| *count >= 2)), "{outcomes:#?}");
    for (time, state) in &states {
        let then = answer(&app, &everything(Some(time))).await;
        assert_eq!(difference(&then, state, ""), None, "as of {time}");
    }
}

/// Renames a model; returns the time of the revision.
async fn rename(app: &App, slug: &str, name: &str) -> String {
    app.data(&format!("mutation {{ updateModel(input: {{ slug: {slug:?}, name: {name:?} }}) {{ revision }} }}")).await;
    present(app).await.0
}

async fn editor(app: &App) -> App {
    app.with_token(&app.token(Role::Admin).await)
}

/// A time so many microseconds after another.
fn later(time: &str, microseconds: i64) -> String {
    let time = time.parse::<chrono::DateTime<chrono::Utc>>().expect("a time");
    (time + chrono::TimeDelta::microseconds(microseconds)).to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

async fn a_time_selects_the_last_revision_before_it(app: App) {
    let app = editor(&app).await;
    let (seeded, _) = present(&app).await;
    let one = rename(&app, "qwen", "One").await;
    let two = rename(&app, "qwen", "Two").await;
    let name = async |time: &str| {
        let query =
            format!("{{ model(slug: \"qwen\", asOf: {time:?}) {{ name version revisions {{ totalCount }} }} }}");
        app.data(&query).await["model"].take()
    };
    let is =
        |name: &str, version: i32| json!({ "name": name, "version": version, "revisions": { "totalCount": version } });
    assert_eq!(name(&seeded).await, is("Qwen", 1));
    assert_eq!(name(&later(&one, -1)).await, is("Qwen", 1));
    assert_eq!(name(&one).await, is("One", 2));
    assert_eq!(name(&later(&two, -1)).await, is("One", 2));
    assert_eq!(name(&two).await, is("Two", 3));
    // The same time with another offset, and future times.
    let time = two.parse::<chrono::DateTime<chrono::FixedOffset>>().expect("a time");
    let elsewhere = time.with_timezone(&chrono::FixedOffset::east_opt(8 * 3600).expect("an offset"));
    assert_eq!(name(&elsewhere.to_rfc3339()).await, is("Two", 3));
    assert_eq!(name("2999-01-01T00:00:00Z").await, is("Two", 3));
    assert_eq!(name("9999-12-31T23:59:59-10:00").await, is("Two", 3));
    assert_eq!(app.data("{ model(slug: \"qwen\", asOf: null) { name } }").await["model"], json!({ "name": "Two" }));

    // Before its first revision the catalog was empty.
    for time in ["2001-01-01T00:00:00Z", "0000-01-01T00:00:00+10:00", &later(&seeded, -1)] {
        let lists = SubjectType::ALL.iter().map(|subject| subject.plural()).collect::<Vec<_>>();
        let query = lists
            .iter()
            .map(|list| format!("{list}(asOf: {time:?}) {{ totalCount nodes {{ slug }} }} "))
            .collect::<String>();
        let data = app.data(&format!("{{ {query} }}")).await;
        assert_eq!(
            data,
            lists.iter().map(|list| ((*list).to_owned(), json!({ "totalCount": 0, "nodes": [] }))).collect::<Json>()
        );
    }
    let error = app.error("{ model(slug: \"qwen\", asOf: \"2001-01-01T08:00:00+08:00\") { name } }").await;
    let message = "At 2001-01-01T00:00:00Z there was no model with the slug \"qwen\".";
    assert_eq!(error, ("NOT_FOUND".to_owned(), message.to_owned()));
    let (code, _) = app.error("{ model(slug: \"qwen\", asOf: \"yesterday\") { name } }").await;
    assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
}

async fn pages_of_an_as_of_query_return_each_row_once(app: App) {
    let app = editor(&app).await;
    let (time, _) = present(&app).await;
    let all =
        app.column("{ models(first: 100, orderBy: [{ field: NAME }]) { nodes { id } } }", "/models/nodes", "id").await;
    rename(&app, "aquila2", "Zebra").await;
    app.data("mutation { deleteModel(input: { slug: \"falcon\" }) { revision } }").await;
    for (size, next) in [("first", "after"), ("last", "before")] {
        let (mut met, mut cursor) = (Vec::new(), Json::Null);
        loop {
            let query = format!(
                "query($cursor: String, $time: DateTime) {{ models({size}: 7, {next}: $cursor, orderBy: [{{ field: NAME }}], asOf: $time) {{
                   totalCount nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
            );
            let page = app.data_with(&query, json!({ "cursor": cursor, "time": time })).await["models"].take();
            assert_eq!(page["totalCount"], all.len());
            let info = &page["pageInfo"];
            let (more, behind, end) = match size {
                "first" => (&info["hasNextPage"], &info["hasPreviousPage"], &info["endCursor"]),
                _ => (&info["hasPreviousPage"], &info["hasNextPage"], &info["startCursor"]),
            };
            assert_eq!(*behind, Json::from(!met.is_empty()));
            let ids =
                page["nodes"].as_array().expect("a list").iter().map(|node| node["id"].clone()).collect::<Vec<_>>();
            if size == "first" {
                met.extend(ids);
            } else {
                met.splice(0..0, ids).for_each(drop);
            }
            if *more == false {
                break;
            }
            cursor = end.clone();
        }
        assert_eq!(met, all, "by {size}");
    }
}

async fn fields_of_one_request_may_have_different_times(app: App) {
    let app = editor(&app).await;
    let (before, _) = present(&app).await;
    let after = rename(&app, "llama", "Alpaca").await;
    let later = rename(&app, "llama", "Guanaco").await;
    // One fragment in all of them, so that the places of its fields in the document are the same.
    let data = app
        .data(&format!(
            "fragment L on License {{ models {{ totalCount nodes {{ name license {{ slug models {{ nodes {{ name }} }} }} }} }} }}
             {{ a: license(slug: \"llama-license\", asOf: {before:?}) {{ ...L }} b: license(slug: \"llama-license\", asOf: {after:?}) {{ ...L }}
                c: license(slug: \"llama-license\") {{ ...L }} d: license(slug: \"llama-license\", asOf: {later:?}) {{ ...L }} }}"
        ))
        .await;
    let named = |name: &str| {
        let license = json!({ "slug": "llama-license", "models": { "nodes": [{ "name": name }] } });
        json!({ "models": { "totalCount": 1, "nodes": [{ "name": name, "license": license }] } })
    };
    assert_eq!(
        data,
        json!({ "a": named("LLaMA"), "b": named("Alpaca"), "c": named("Guanaco"), "d": named("Guanaco") })
    );

    let many = |count: usize| {
        let fields = (0..count).map(|index| {
            format!("f{index}: models(first: {}, asOf: {after:?}) {{ nodes {{ slug }} }}", index % 100 + 1)
        });
        format!("{{ {} }}", fields.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(app.data(&many(100)).await.as_object().map(serde_json::Map::len), Some(100));
    let limits = Limits { root_fields: 200, ..Limits::default() };
    let (code, message) = app.with_options(Options { limits, ..options() }).error(&many(101)).await;
    assert_eq!(
        (code.as_str(), message.contains("more than 100 root fields with `asOf`")),
        ("INVALID_ARGUMENT", true),
        "{message}"
    );
}

async fn an_as_of_query_costs_one_more_statement(app: App) {
    let (time, _) = present(&app).await;
    let page = |as_of: &str| {
        format!(
            "{{ models(first: 30{as_of}) {{ totalCount facets {{ kinds {{ count }} licenses {{ count }} }} pageInfo {{ hasPreviousPage }}
                 nodes {{ slug sizes {{ label }} license {{ name links {{ url }} models {{ totalCount nodes {{ slug }} }} }}
                   datasets {{ name links {{ url }} }} organizations {{ name models {{ nodes {{ name }} }} }} derivedModels {{ nodes {{ slug }} }}
                   revisions {{ totalCount nodes {{ number }} }} }} }} }}"
        )
    };
    let (now, statements) = app.counted(&page("")).await;
    let (then, more) = app.counted(&page(&format!(", asOf: {time:?}"))).await;
    assert_eq!(then, now);
    assert_eq!(more, statements + 1);
}

async fn revisions_without_search_texts_are_completed(app: App) {
    let app = editor(&app).await;
    rename(&app, "qwen", "ＱＷＥＮ Two").await;
    app.data("mutation { updateOrganization(input: { slug: \"ibm\", localizedName: { zh: \"国际商业机器公司\" } }) { revision } }").await;
    let (time, _) = present(&app).await;
    app.data("mutation { deleteModel(input: { slug: \"prithvi\" }) { revision } }").await;
    let query = |as_of: &str| {
        format!(
            "{{ names: models(first: 100, orderBy: [{{ field: NAME }}]{as_of}) {{ nodes {{ slug }} }}
                own: models(search: \"qwen two\"{as_of}) {{ nodes {{ slug }} }} lent: models(search: \"商业机器\"{as_of}) {{ nodes {{ slug }} }} }}"
        )
    };
    let as_of = format!(", asOf: {time:?}");
    let before = app.data(&query(&as_of)).await;
    assert_eq!(before["own"]["nodes"], json!([{ "slug": "qwen" }]));
    assert_eq!(before["lent"]["nodes"], json!([{ "slug": "prithvi" }]));
    let texts = "SELECT number, name_key, search_text, lent_text FROM revision ORDER BY number";
    let written = rows(&app, texts).await;

    app.revert_migrations_from("add_revision_texts").await;
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the texts can come back");
    assert_eq!(app.data(&query(&as_of)).await, before);
    assert_eq!(rows(&app, texts).await, written);

    // A server of the previous release may still write for a while: its revisions are served, and completed later.
    let change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    let bare = "UPDATE revision SET name_key = NULL, search_text = NULL, lent_text = NULL WHERE subject_slug = 'qwen'";
    change.transaction().execute_unprepared(bare).await.expect("it can be written");
    change.commit().await.expect("it can be committed");
    assert_eq!(app.data(&query(&as_of)).await["own"]["nodes"], json!([]));
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("nothing is to be done but that");
    assert_eq!(rows(&app, texts).await, written);
}

/// The result of a statement, as text.
async fn rows(app: &App, sql: &str) -> Vec<String> {
    let rows = app.database.read().query_all_raw(Statement::from_string(app.database.backend(), sql)).await;
    let text = |row: &sea_orm::QueryResult| format!("{:?}", JsonValue::from_query_result(row, "").expect("JSON"));
    rows.expect("the statement is right").iter().map(text).collect()
}

async fn as_of_queries_use_indexes(app: App) {
    // A thousand subjects of each type with ten revisions each, so that the plan shows a full scan.
    let sqlite = "WITH RECURSIVE series(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM series WHERE i < 9999)";
    let postgres = "WITH series AS (SELECT generate_series(0, 9999) AS i)";
    let sqlite_backend = app.database.backend() == DbBackend::Sqlite;
    let series = if sqlite_backend { sqlite } else { postgres };
    let change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    let copies = format!(
        "INSERT INTO revision (number, created_at, actor, action, subject_type, subject_id, subject_slug, before, after,
             name_key, search_text, lent_text)
         {series} SELECT number * 10000 + i, created_at, actor, 'UPDATED', subject_type, 1000 + i % 1000, 'copy-' || (i % 1000),
             CASE WHEN i < 1000 THEN NULL ELSE after END, after, 'copy ' || (i % 1000), search_text, lent_text
         FROM series, revision WHERE subject_slug IN ('llama', 'llama-license', 'meta', 'the-pile')"
    );
    change.transaction().execute_unprepared(&copies).await.expect("they can be written");
    change.commit().await.expect("they can be committed");
    if !sqlite_backend {
        app.database.read().execute_unprepared("ANALYZE revision").await.expect("it can");
    }
    let now = chrono::Utc::now().to_rfc3339();
    let model = |fields: &str| format!("{{ model(slug: \"copy-7\", asOf: {now:?}) {{ {fields} }} }}");
    let facts =
        "name license { name } organizations { name links: slug } datasets { name } sizes { label license { slug } }
        version createdAt revisions(last: 2) { totalCount nodes { number subject { id } } }";
    let (data, mut statements) = app.traced(&model(facts)).await;
    assert_eq!((&data["model"]["name"], &data["model"]["version"]), (&json!("LLaMA"), &json!(10)));
    assert!(statements.len() > 4);
    // Links in a request of their own: their plan is checked less strictly.
    let (_, links) = app.traced(&model("links { url }")).await;
    statements.extend(links);
    for statement in statements {
        let explain = if sqlite_backend { "EXPLAIN QUERY PLAN " } else { "EXPLAIN " };
        let explain = Statement { sql: format!("{explain}{}", statement.sql), ..statement };
        let rows = app.database.read().query_all_raw(explain).await.expect("it can be explained");
        let column = if sqlite_backend { "detail" } else { "QUERY PLAN" };
        let plan =
            rows.iter().map(|row| row.try_get::<String>("", column).expect("a line")).collect::<Vec<_>>().join("\n");
        // Only arrays are scanned: those in a document (`parts` are the sizes and checkpoints of one), the ids of a statement, and
        // its rows.
        let scans = |line: &&str| match line.trim() {
            line if line.contains("Seq Scan") => true,
            line if line.contains("Index Cond") => {
                !["subject_id", "subject_slug", "created_at"].iter().any(|key| line.contains(key))
            }
            line if line.contains("SEARCH") => line.ends_with("(subject_type=?)") || line.ends_with("(rowid<?)"),
            line => {
                line.contains("SCAN")
                    && !["VIRTUAL TABLE", "CONSTANT ROW", "SCAN known", "SCAN rows", "SCAN parts"]
                        .iter()
                        .any(|kind| line.contains(kind))
            }
        };
        // Of a union over the owners of links, all parts but one end before they begin, which a plan does not show.
        let scan = plan.lines().find(scans).filter(|_| !plan.contains("CO-ROUTINE link"));
        assert_eq!(scan, None, "{plan}");
    }
}
