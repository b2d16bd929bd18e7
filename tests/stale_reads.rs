//! A hunt for outdated responses: random queries and random writes on two servers with caches, whose responses are compared with
//! those of a server without. `STALE_SECONDS=600 cargo test -- stale_reads::` hunts for longer, at other cases each time.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use entity::vocabulary::Role;
use futures_util::future::{join, join_all};
use libtest_mimic::Trial;
use open_llm_catalog::http::server::options::Options;
use open_llm_catalog::query::dependencies::known_tables;
use proptest::{
    prelude::Rng,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, TestRunner},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value as Json, json};

use crate::{
    as_of::random,
    support::{App, Client, options, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        no_response_is_outdated,
        a_write_keeps_what_it_did_not_touch,
        every_table_is_known,
    ]
}

/// The number of queries between which a hunt chooses. Most are asked several times, so that they are found in the caches.
const QUERIES: usize = 40;

async fn no_response_is_outdated(app: App) {
    let seconds = std::env::var("STALE_SECONDS").ok().and_then(|text| text.parse().ok());
    let mut runner = match seconds {
        Some(_) => TestRunner::new(Config { failure_persistence: None, ..Config::default() }),
        None => runner(),
    };
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(6));
    let editor = app.with_token(&app.token(Role::Admin).await);
    fill(&editor).await;
    let other = app.with_own_connections().await;
    let uncached = app.with_options(Options { response_cache: 0, entity_cache: 0, ..options() });
    let other_editor = (*other).with_token(&app.token(Role::Admin).await);
    let schema = Schema::read(&app).await;
    let mut queries = (0..QUERIES).map(|_| schema.query(&mut runner)).collect::<Vec<_>>();
    let mut compared = 0;
    // On a busy machine this takes longer.
    while Instant::now() < end || compared < 48 {
        // Some queries leave, others come.
        for _ in 0..3 {
            let index = below(&mut runner, queries.len());
            queries[index] = schema.query(&mut runner);
        }
        let mut some =
            |count: usize| (0..count).map(|_| queries[below(&mut runner, queries.len())].clone()).collect::<Vec<_>>();
        let (mut during, after) = (some(6), some(16));
        let revision = revision(&uncached).await;
        let writes = (0..3).map(|_| write(&mut runner, revision)).collect::<Vec<_>>();
        // While they are asked, both servers write.
        let write = async {
            for (index, mutation) in writes.iter().enumerate() {
                let editor = if index == 1 { &other_editor } else { &*editor };
                let (status, answer) = editor.post(&json!({ "query": format!("mutation {{ {mutation} }}") })).await;
                assert_eq!(status, 200, "{mutation}: {answer}");
            }
        };
        during.push("{ models(first: 9) { nodes { name version } } }".to_owned());
        let read = join_all(during.iter().flat_map(|query| [ask(&app, query), ask(&other, query)]));
        join(write, read).await;
        let last = self::revision(&uncached).await;
        let mut known = other.database.revision_tracker().watch();
        known.wait_for(|state| state.revision >= last).await.expect("the other server hears of it");
        for query in &after {
            let right = ask(&uncached, query).await;
            for (server, name) in [(&app, "that wrote"), (&other, "that heard")] {
                let answer = ask(server, query).await;
                assert_eq!(answer, right, "of the server {name}, after {writes:#?}:\n{query}");
            }
            compared += 1;
        }
    }
    tracing::info!(compared, "no response was outdated");
}

/// A random number below `end`.
fn below(runner: &mut TestRunner, end: usize) -> usize {
    usize::try_from(runner.rng().next_u32()).unwrap_or_default() % end
}

/// Creates subjects with the slugs of random mutations.
async fn fill(editor: &Client) {
    for subject in ["Organization", "License", "Architecture", "Dataset", "Source", "Model"] {
        for slug in random::SLUGS {
            let (name, known) = (random::name_field(subject), random::required(subject));
            let create =
                format!("create{subject}(input: {{ slug: \"{slug}\", {name}: \"{slug}\"{known} }}) {{ revision }}");
            editor.data(&format!("mutation {{ {create} }}")).await;
        }
    }
}

/// A random mutation: of facts, or of evidence.
fn write(runner: &mut TestRunner, revision: i32) -> String {
    if below(runner, 6) == 0 {
        let slug = |runner: &mut TestRunner| random::SLUGS[below(runner, random::SLUGS.len())];
        let (model, source, length) = (slug(runner), slug(runner), (1 + below(runner, 3)) * 4096);
        return format!(
            "updateModel(input: {{ slug: \"{model}\", evidence: {{ add: [{{ values: {{ contextLength: {length} }}, source: {{ slug: \"{source}\" }}, confidence: CITED }}] }} }}) {{ revision }}"
        );
    }
    random::mutation(revision).new_tree(runner).expect("a mutation").current()
}

async fn revision(client: &Client) -> i32 {
    let number = client.data("{ catalog { revision } }").await["catalog"]["revision"].as_i64();
    number.and_then(|number| i32::try_from(number).ok()).expect("a number")
}

/// The response to a query, which may have errors, without its cost.
async fn ask(client: &Client, query: &str) -> Json {
    let (_, mut answer) = client.post(&json!({ "query": query })).await;
    answer["extensions"].take();
    answer
}

/// The types of a schema, for random queries.
struct Schema {
    types: HashMap<String, Json>,
}

/// The levels of a random query.
const LEVELS: usize = 4;

impl Schema {
    async fn read(client: &Client) -> Self {
        let reference = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
        let query = format!(
            "{{ __schema {{ types {{ kind name enumValues {{ name }} possibleTypes {{ name }} fields {{ name type {{ {reference} }}
               args {{ name type {{ {reference} }} }} }} inputFields {{ name type {{ {reference} }} }} }} }} }}"
        );
        let data = client.data(&query).await;
        let types = data["__schema"]["types"].as_array().expect("types");
        let named = |kind: &Json| (kind["name"].as_str().unwrap_or_default().to_owned(), kind.clone());
        Self { types: types.iter().map(named).collect() }
    }

    /// A query of one to three fields of the root.
    fn query(&self, runner: &mut TestRunner) -> String {
        let roots = [
            "model",
            "models",
            "models",
            "models",
            "license",
            "licenses",
            "organization",
            "organizations",
            "dataset",
            "datasets",
            "source",
            "sources",
            "architecture",
            "sizes",
            "checkpoints",
            "search",
            "conflicts",
            "revisions",
            "catalog",
            "modelGroups",
        ];
        let count = 1 + below(runner, 2);
        let fields = (0..count).filter_map(|index| {
            let root = roots[below(runner, roots.len())];
            self.field("Query", root, LEVELS, runner).map(|field| format!("f{index}: {field}"))
        });
        let fields = fields.collect::<Vec<_>>().join(" ");
        format!("{{ __typename {fields} }}")
    }

    /// A field with random arguments and selections; none if it has none that can be chosen.
    fn field(&self, parent: &str, name: &str, levels: usize, runner: &mut TestRunner) -> Option<String> {
        let fields = self.types.get(parent)?["fields"].as_array()?;
        let field = fields.iter().find(|field| field["name"] == name)?;
        let mut arguments = Vec::new();
        for argument in field["args"].as_array()? {
            let (name, kind) = (argument["name"].as_str()?, &argument["type"]);
            match self.argument(name, kind, runner) {
                Some(value) => arguments.push(format!("{name}: {value}")),
                None if kind["kind"] == "NON_NULL" => return None,
                None => {}
            }
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let named = named(&field["type"]);
        match named["kind"].as_str()? {
            "OBJECT" | "INTERFACE" | "UNION" => {
                let selection = self.selection(named["name"].as_str()?, levels.checked_sub(1)?, runner)?;
                Some(format!("{name}{arguments} {selection}"))
            }
            _ => Some(format!("{name}{arguments}")),
        }
    }

    fn selection(&self, parent: &str, levels: usize, runner: &mut TestRunner) -> Option<String> {
        let kind = self.types.get(parent)?;
        let mut parts = vec!["__typename".to_owned()];
        for possible in kind["possibleTypes"].as_array().into_iter().flatten() {
            let name = possible["name"].as_str()?;
            if let Some(selection) = self.selection(name, levels, runner) {
                parts.push(format!("... on {name} {selection}"));
            }
        }
        let fields = kind["fields"].as_array().map_or(&[][..], Vec::as_slice);
        for field in fields {
            let name = field["name"].as_str()?;
            let is_list = ["nodes", "edges", "node"].contains(&name);
            let leaf = !["OBJECT", "INTERFACE", "UNION"].contains(&named(&field["type"])["kind"].as_str()?);
            // Lists show their rows; rows show some of their fields.
            let chance = if is_list {
                9
            } else if leaf {
                3
            } else {
                2
            };
            if below(runner, 10) < chance {
                // A list and its rows are one level.
                parts.extend(self.field(parent, name, levels + usize::from(is_list), runner));
            }
        }
        let prefixed = |(index, part): (usize, String)| {
            // Fields of possible types may have the same names and other types.
            if part.starts_with("..") || part == "__typename" { part } else { format!("{parent}{index}: {part}") }
        };
        Some(format!("{{ {} }}", parts.into_iter().enumerate().map(prefixed).collect::<Vec<_>>().join(" ")))
    }

    /// A value of an argument; none to leave it out.
    fn argument(&self, name: &str, kind: &Json, runner: &mut TestRunner) -> Option<String> {
        let slug = random::SLUGS[below(runner, random::SLUGS.len())];
        let chance = below(runner, 10);
        match name {
            "slug" => Some(format!("{slug:?}")),
            "first" => Some("3".to_owned()),
            "query" => Some("\"a\"".to_owned()),
            "search" if chance < 2 => Some("\"a\"".to_owned()),
            "by" => Some("[LICENSE, ORGANIZATION]".to_owned()),
            "orderBy" if chance < 5 => {
                let order = self.types.get(named(kind)["name"].as_str()?)?;
                let field = order["inputFields"].as_array()?.iter().find(|field| field["name"] == "field")?;
                let values = self.types.get(named(&field["type"])["name"].as_str()?)?["enumValues"].as_array()?;
                let value = values[below(runner, values.len())]["name"].as_str()?;
                Some(format!("[{{ field: {value} }}]"))
            }
            "where" if chance < 4 => {
                let filter = self.types.get(named(kind)["name"].as_str()?)?;
                let mut known = filter["inputFields"].as_array()?.iter().filter_map(|field| field["name"].as_str());
                let slug = format!("{{ eq: {slug:?} }}");
                let candidates = [
                    ("slug", format!("{{ slug: {slug} }}")),
                    ("license", format!("{{ license: {{ slug: {slug} }} }}")),
                    ("organizations", format!("{{ organizations: {{ some: {{ slug: {slug} }} }} }}")),
                    ("commercialUse", "{ commercialUse: { in: [ALLOWED, PROHIBITED] } }".to_owned()),
                    ("model", format!("{{ model: {{ slug: {slug} }} }}")),
                    ("name", "{ name: { contains: \"a\" } }".to_owned()),
                    ("models", format!("{{ models: {{ some: {{ slug: {slug} }} }} }}")),
                ];
                let known = known.by_ref().collect::<Vec<_>>();
                let possible = candidates.iter().filter(|(field, _)| known.contains(field)).collect::<Vec<_>>();
                possible.get(below(runner, possible.len().max(1))).map(|(_, filter)| filter.clone())
            }
            _ => None,
        }
    }
}

/// The named type of a type reference.
fn named(kind: &Json) -> &Json {
    if kind["ofType"].is_object() { named(&kind["ofType"]) } else { kind }
}

async fn a_write_keeps_what_it_did_not_touch(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let other = app.with_own_connections().await;
    let kept = [
        "{ model(slug: \"llama-2\") { name sizes { label parameters } license { name } organizations { name } links { url } } }",
        "{ models(first: 5) { pageInfo { hasNextPage endCursor } nodes { name sizes { label } license { name } } } }",
        "{ models(first: 5, orderBy: [{ field: NAME }]) { totalCount nodes { slug } } }",
        "{ license(slug: \"llama-license\") { name } }",
        "{ datasets(first: 5) { nodes { name } } }",
    ];
    for query in kept {
        app.data(query).await;
        other.data(query).await;
    }
    let before = app.statements();
    // Not on any of the pages.
    let last = app.column("{ models(last: 1) { nodes { slug } } }", "/models/nodes", "slug").await[0].clone();
    let update =
        "mutation($slug: Slug!) { updateModel(input: { slug: $slug, summary: { en: \"Seen\" } }) { revision } }";
    let written = editor.data_with(update, json!({ "slug": last })).await;
    let revision = written["updateModel"]["revision"].as_i64().expect("a number");
    // The logs of both servers have the change soon.
    let mut known = other.database.revision_tracker().watch();
    known.wait_for(|state| i64::from(state.revision) >= revision).await.expect("the other server hears of it");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let written = app.statements();
    assert!(written > before, "the write reads");
    for query in kept {
        app.data(query).await;
        other.data(query).await;
    }
    assert_eq!(app.statements(), written, "a response was made again");
    let summary = "{ models(last: 1) { nodes { summary(language: EN) } } }";
    for server in [&app, &other] {
        let data = server.data(summary).await;
        assert!(data.to_string().contains("Seen"), "{data}");
    }
    // A change of a column that a list is ordered by may move any row.
    let rename = "mutation($slug: Slug!) { updateModel(input: { slug: $slug, name: \"0\" }) { revision } }";
    editor.data_with(rename, json!({ "slug": last })).await;
    assert_eq!(app.column(kept[2], "/models/nodes", "slug").await[0], last);
}

async fn every_table_is_known(app: App) {
    let sql = match app.database.backend() {
        DbBackend::Postgres => {
            "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table'",
    };
    let rows = app.database.read().query_all_raw(Statement::from_string(app.database.backend(), sql)).await;
    // What they hold is in no response that is cached.
    let other = ["seaql_migrations", "idempotency_key", "sqlite_sequence"];
    // The index of the texts of models changes with them.
    let is_index = |table: &str| table == "model_text" || table.starts_with("model_text_");
    for row in rows.expect("the tables can be read") {
        let table = row.try_get::<String>("", "name").expect("a name");
        let known = known_tables().any(|known| known == table) || other.contains(&table.as_str());
        assert!(known || is_index(&table) || table.starts_with("sqlite_stat"), "{table} is not in the list of tables");
    }
}
