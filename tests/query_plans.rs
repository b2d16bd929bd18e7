//! Query plans: in a large catalog, no query reads a whole table.

use libtest_mimic::Trial;
use open_llm_catalog::store::change::Change;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        every_order_uses_an_index,
        pages_by_relations_read_few_rows,
        searches_read_few_rows,
        filters_across_relations_use_indexes,
        common_sizes_are_found_without_a_full_list,
        answers_about_uses_are_found_without_a_full_list,
        counts_do_not_read_pages,
        checkpoints_are_found_by_indexes,
    ]
}

/// Adds twenty thousand models with two sizes each, of which no two tie in anything but the time that they were written at.
async fn fill(app: &App) {
    fill_with_license(app, "SELECT MAX(id) FROM license").await;
}

/// The same; all models but one in a hundred have the license that `common` selects.
async fn fill_with_license(app: &App, common: &str) {
    let series = match app.database.backend() {
        DbBackend::Postgres => "WITH series AS (SELECT generate_series(1, 20000) AS i)",
        _ => "WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < 20000)",
    };
    let change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    // One model in a hundred has the license of the filters, and one in a thousand their maker.
    let texts = [
        format!(
            "INSERT INTO model (slug, name, name_key, aliases, languages, purposes, kind, position, license_id, commercial_use, max_parameters,
                 max_training_tokens, search_text, version, created_at, updated_at)
             {series} SELECT 'copy-' || i, 'Copy ' || i, 'copy ' || i, aliases, languages, purposes, kind, 1000 + i,
                 CASE WHEN i % 100 = 0 THEN license_id ELSE ({common}) END, commercial_use, CAST(i AS BIGINT) * 1000000,
                 CAST(i AS BIGINT) * 100000000, 'copy ' || i, 1, created_at, updated_at FROM series, model WHERE slug = 'llama'"
        ),
        "INSERT INTO model_size (model_id, label, parameters_basis, cache_layers, parameters, training_tokens, effective_license_id,
             commercial_use)
         SELECT model.id, number || 'B', 'LABEL', model.languages, CAST(model.position * 7 + number AS BIGINT) * 1000000,
             CAST(model.position AS BIGINT) * 100000000, model.license_id, model.commercial_use
         FROM model, (SELECT 1 AS number UNION ALL SELECT 2) AS numbers WHERE model.slug LIKE 'copy-%'"
            .to_owned(),
        "INSERT INTO model_license (model_id, license_id, position)
         SELECT id, license_id, 0 FROM model WHERE slug LIKE 'copy-%' AND license_id IS NOT NULL"
            .to_owned(),
        "INSERT INTO inherited_license (model_size_id, model_id, license_id)
         SELECT size.id, size.model_id, size.effective_license_id FROM model_size size JOIN model ON model.id = size.model_id
         WHERE model.slug LIKE 'copy-%'"
            .to_owned(),
        belong("organization", "meta"),
        belong("dataset", "the-pile"),
    ];
    for text in texts {
        change.transaction().execute_unprepared(&text).await.expect("it can be written");
    }
    change.commit().await.expect("it can be committed");
    // As after a change with many revisions.
    app.database.analyze().await;
}

/// Assigns one model in a thousand to the maker of the filters, and the others to another.
fn belong(to: &str, slug: &str) -> String {
    format!(
        "INSERT INTO model_{to} (model_id, {to}_id, position)
         SELECT model.id, {to}.id, 0 FROM model, {to} WHERE model.slug LIKE 'copy-%' AND {to}.slug =
             CASE WHEN model.position % 1000 = 0 THEN '{slug}' ELSE (SELECT MIN(slug) FROM {to} WHERE slug <> '{slug}') END"
    )
}

/// How the statement of a query that reads the models themselves is executed.
async fn plan(app: &App, query: &str) -> String {
    plan_of(app, query, "model").await
}

/// How the statement of a query that reads the rows of a table themselves is executed.
async fn plan_of(app: &App, query: &str, table: &str) -> String {
    let statement = statement_of(app, query, table).await;
    let (words, column) = match app.database.backend() {
        DbBackend::Postgres => ("EXPLAIN", "QUERY PLAN"),
        _ => ("EXPLAIN QUERY PLAN", "detail"),
    };
    let explain = Statement { sql: format!("{words} {}", statement.sql), ..statement };
    let rows = app.database.read().query_all_raw(explain).await.expect("it can be explained");
    let lines = rows.iter().map(|row| row.try_get::<String>("", column).expect("a line"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The statement of a query that reads the rows of a table themselves.
async fn statement_of(app: &App, query: &str, table: &str) -> Statement {
    let (_, statements) = app.traced(query).await;
    let from = format!("FROM \"{table}\"");
    // The first may count how many rows match.
    let reads = |statement: &Statement| statement.sql.contains(&from) && !statement.sql.contains("AS \"matching\"");
    statements.into_iter().find(reads).expect("rows are read")
}

/// The step of a plan that reads a whole table.
fn scan(plan: &str) -> Option<&str> {
    // The rows that match, by themselves.
    let gathered = plan.contains("CO-ROUTINE model") || plan.contains("MATERIALIZE model");
    let scans = |line: &&str| {
        line.contains("Seq Scan on model") || (line.contains("SCAN model") && !line.contains("USING") && !gathered)
    };
    plan.lines().find(scans)
}

/// The number of rows that PostgreSQL reads from tables and indexes to execute a statement.
async fn rows_read(app: &App, statement: Statement) -> f64 {
    let explain = Statement { sql: format!("EXPLAIN (ANALYZE, FORMAT JSON) {}", statement.sql), ..statement };
    let row = app.database.read().query_one_raw(explain).await.expect("it can be explained").expect("a plan");
    let plan = row.try_get::<serde_json::Value>("", "QUERY PLAN").expect("a plan");
    fn of(node: &serde_json::Value) -> f64 {
        let number = |key: &str| node[key].as_f64().unwrap_or_default();
        let removed = number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
        let own = if node["Relation Name"].is_string() {
            (number("Actual Rows") + removed) * number("Actual Loops")
        } else {
            0.0
        };
        own + node["Plans"].as_array().into_iter().flatten().map(of).sum::<f64>()
    }
    of(&plan[0]["Plan"])
}

/// Each filter over a relation that few rows match, or many, in each order: what is read does not depend on the size of the
/// catalog.
async fn pages_by_relations_read_few_rows(app: App) {
    fill_with_license(&app, "SELECT MAX(id) FROM license WHERE id <> model.license_id").await;
    let other = |to: &str, slug: &str| format!("{to}: {{ some: {{ slug: {{ ne: \"{slug}\" }} }} }}");
    let few = [
        "license: { slug: { eq: \"llama-license\" } }".to_owned(),
        "organizations: { some: { slug: { eq: \"meta\" } } }".to_owned(),
        "datasets: { some: { slug: { eq: \"the-pile\" } } }".to_owned(),
        "baseModel: { slug: { eq: \"llama\" } }".to_owned(),
        "sizes: { some: { parameters: { gte: \"146B\" } } }".to_owned(),
    ];
    let many = [
        "license: { slug: { ne: \"llama-license\" } }".to_owned(),
        other("organizations", "meta"),
        other("datasets", "the-pile"),
        "sizes: { some: { parameters: { lte: \"200B\" } } }".to_owned(),
        "sizes: { some: { license: { slug: { ne: \"llama-license\" } } } }".to_owned(),
    ];
    let fields = [
        "POSITION",
        "NAME",
        "RELEASE_DATE",
        "MAX_PARAMETERS",
        "MAX_TRAINING_TOKENS",
        "MAX_CONTEXT_LENGTH",
        "CREATED_AT",
        "UPDATED_AT",
    ];
    let mut worst = Vec::new();
    for (filter, is_few) in few.iter().map(|filter| (filter, true)).chain(many.iter().map(|filter| (filter, false))) {
        for field in fields {
            let query = format!(
                "{{ models(first: 50 where: {{ {filter} }} orderBy: [{{ field: {field} direction: DESC }}]) {{ nodes {{ slug }} }} }}"
            );
            if app.database.backend() == DbBackend::Postgres {
                let read = rows_read(&app, statement_of(&app, &query, "model").await).await;
                if read > 1000.0 {
                    worst.push(format!("{read} rows: {filter} by {field}"));
                }
                continue;
            }
            let plan = plan(&app, &query).await;
            let detour = if is_few { scan(&plan) } else { detour(&plan) };
            if detour.is_some() || (!is_few && plan.contains("LIST SUBQUERY")) {
                worst.push(format!("{filter} by {field}:\n{plan}"));
            }
        }
    }
    assert!(worst.is_empty(), "{}", worst.join("\n"));
}

/// A search for a word that few models have, or many: what is read does not depend on the size of the catalog.
async fn searches_read_few_rows(app: App) {
    fill(&app).await;
    if app.database.backend() == DbBackend::Postgres {
        // As autovacuum does.
        let merge = "SELECT gin_clean_pending_list('\"text-model-search_text\"')";
        app.database.read().execute_unprepared(merge).await.expect("the index exists");
    }
    for (word, is_few) in [("12345", true), ("\\\"opy 1999\\\"", true), ("copy", false)] {
        for order in ["NAME", "MAX_PARAMETERS", "UPDATED_AT"] {
            let query = format!(
                "{{ models(first: 50 search: \"{word}\" orderBy: [{{ field: {order} direction: DESC }}]) {{ nodes {{ slug }} }} }}"
            );
            if app.database.backend() == DbBackend::Postgres {
                let read = rows_read(&app, statement_of(&app, &query, "model").await).await;
                assert!(read <= 1000.0, "{read} rows: {word} by {order}");
            } else {
                let plan = plan(&app, &query).await;
                let wrong = if is_few { scan(&plan) } else { detour(&plan) };
                assert!(wrong.is_none() && plan.contains("model_text") == is_few, "{word} by {order}:\n{plan}");
            }
        }
    }
}

/// The step of a plan that reads a whole table, or puts what it read in order.
fn detour(plan: &str) -> Option<&str> {
    scan(plan).or_else(|| plan.lines().find(|line| line.contains("Sort") || line.contains("TEMP B-TREE")))
}

async fn every_order_uses_an_index(app: App) {
    fill(&app).await;
    let fields = [
        "POSITION",
        "NAME",
        "RELEASE_DATE",
        "MAX_PARAMETERS",
        "MAX_TRAINING_TOKENS",
        "MAX_CONTEXT_LENGTH",
        "CREATED_AT",
        "UPDATED_AT",
    ];
    for field in fields {
        for direction in ["ASC", "DESC"] {
            let order = format!("orderBy: [{{ field: {field} direction: {direction} }}]");
            let query = format!(
                "{{ models(first: 1 where: {{ slug: {{ eq: \"copy-9999\" }} }} {order}) {{ pageInfo {{ endCursor }} }} }}"
            );
            let cursor = app.data(&query).await["models"]["pageInfo"]["endCursor"].to_string();
            for arguments in
                ["first: 50", "last: 50", &format!("first: 50 after: {cursor}"), &format!("last: 50 before: {cursor}")]
            {
                let plan = plan(&app, &format!("{{ models({arguments} {order}) {{ nodes {{ slug }} }} }}")).await;
                assert_eq!(detour(&plan), None, "{field} {direction} {arguments}\n{plan}");
            }
        }
    }
}

async fn filters_across_relations_use_indexes(app: App) {
    fill(&app).await;
    let filters = [
        "license: { slug: { eq: \"llama-license\" } } sizes: { some: { parameters: { gte: \"140B\" } } }",
        "organizations: { some: { slug: { eq: \"meta\" } } }",
        "datasets: { some: { slug: { eq: \"the-pile\" } } }",
        "baseModel: { slug: { eq: \"llama\" } }",
        "sizes: { some: { parameters: { gte: \"60B\" } trainingTokens: { gte: \"1.9T\" } } }",
        "maxParameters: { lt: \"7B\" } maxTrainingTokens: { gte: \"1T\" }",
    ];
    for filter in filters {
        let plan = plan(&app, &format!("{{ models(first: 50 where: {{ {filter} }}) {{ nodes {{ slug }} }} }}")).await;
        assert_eq!(scan(&plan), None, "{filter}\n{plan}");
    }
}

async fn common_sizes_are_found_without_a_full_list(app: App) {
    fill(&app).await;
    for size in ["some: { parameters: { lte: \"200B\" } }", "none: { parameters: { gte: \"200B\" } }"] {
        let query = format!("{{ models(first: 50 where: {{ sizes: {{ {size} }} }}) {{ nodes {{ slug }} }} }}");
        let plan = plan(&app, &query).await;
        assert_eq!(detour(&plan), None, "{size}\n{plan}");
        assert!(!plan.contains("LIST SUBQUERY"), "{size}\n{plan}");
    }
}

async fn answers_about_uses_are_found_without_a_full_list(app: App) {
    fill(&app).await;
    // The verdicts of most sizes.
    for verdict in ["ne: UNKNOWN", "in: [AUTHORIZATION_REQUIRED, PROHIBITED, UNKNOWN]"] {
        let size = format!("some: {{ use: {{ for: {{ commercial: true }} verdict: {{ {verdict} }} }} }}");
        let query = format!("{{ models(first: 50 where: {{ sizes: {{ {size} }} }}) {{ nodes {{ slug }} }} }}");
        let plan = plan(&app, &query).await;
        assert_eq!(detour(&plan), None, "{size}\n{plan}");
        assert!(!plan.contains("Seq Scan on inherited_license") && !plan.contains("SCAN inherited_license"), "{plan}");
    }
}

async fn counts_do_not_read_pages(app: App) {
    let counted = "{ models { totalCount facets { kinds { count } } } }";
    for (query, statements) in [(counted, 2), ("{ models { ... { totalCount nodes { slug } } } }", 2)] {
        let (data, traced) = app.traced(query).await;
        let of_models = traced.iter().filter(|statement| statement.sql.contains("FROM \"model\""));
        assert_eq!((of_models.count(), &data["models"]["totalCount"]), (statements, &31.into()), "{query}");
    }
}

async fn checkpoints_are_found_by_indexes(app: App) {
    fill(&app).await;
    let change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    let insert = "INSERT INTO checkpoint (model_id, size_id, repository_key, hub, path, revision, repository, commercial_use, bytes,
            release_date, effective_license_id)
        SELECT model_id, id, 'org/copy-' || id, 'huggingface', '', '', 'Org/Copy-' || id, 'UNKNOWN', CAST(id AS BIGINT) * 1000,
            '2024-0' || (1 + id % 9), effective_license_id FROM model_size";
    change.transaction().execute_unprepared(insert).await.expect("it can be written");
    change.commit().await.expect("it can be committed");
    if app.database.backend() == DbBackend::Postgres {
        app.database.read().execute_unprepared("ANALYZE").await.expect("it can");
    }
    let reads_all = |plan: &str| {
        let scans = |line: &&str| {
            line.contains("Seq Scan on checkpoint") || (line.contains("SCAN checkpoint") && !line.contains("USING"))
        };
        plan.lines().find(scans).map(str::to_owned)
    };
    for order in
        ["", "orderBy: [{ field: BYTES, direction: DESC }]", "orderBy: [{ field: RELEASE_DATE, nulls: FIRST }]"]
    {
        let first = app.data(&format!("{{ checkpoints(first: 9 {order}) {{ pageInfo {{ endCursor }} }} }}")).await;
        let cursor = &first["checkpoints"]["pageInfo"]["endCursor"];
        for arguments in ["first: 50".to_owned(), "last: 50".to_owned(), format!("first: 50 after: {cursor}")] {
            let query = format!("{{ checkpoints({arguments} {order}) {{ nodes {{ repository }} }} }}");
            let plan = plan_of(&app, &query, "checkpoint").await;
            let sorts = plan.lines().any(|line| line.contains("Sort") || line.contains("TEMP B-TREE"));
            assert_eq!((reads_all(&plan), sorts), (None, false), "{query}\n{plan}");
        }
    }
    let repository = app.data("{ checkpoints(first: 1) { nodes { repository } } }").await;
    let repository = &repository["checkpoints"]["nodes"][0]["repository"];
    for query in [
        format!("{{ checkpoint(repository: {repository}) {{ id }} }}"),
        "{ models(first: 20) { nodes { checkpoints(first: 2) { nodes { repository } } } } }".to_owned(),
        "{ sizes(first: 20) { nodes { checkpoints(first: 2) { nodes { repository } } } } }".to_owned(),
        "{ checkpoints(where: { license: { slug: { eq: \"llama-license\" } } }) { nodes { repository } } }".to_owned(),
    ] {
        let plan = plan_of(&app, &query, "checkpoint").await;
        assert_eq!(reads_all(&plan), None, "{query}\n{plan}");
    }
}
