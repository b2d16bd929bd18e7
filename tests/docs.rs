//! The documents show what the server does: each GraphQL block runs and returns the response that follows it, each setting,
//! metric and error code is documented, and each link leads to a file and a heading that exist.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use entity::vocabulary::{Role, SourceKind};
use libtest_mimic::Trial;
use open_llm_catalog::domain::source::SourceDocument;
use open_llm_catalog::graphql::sdl;
use open_llm_catalog::store::seed::{documents as documents_of, seed_if_empty};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use seed::DataSet;
use serde_json::{Value as Json, json};

use crate::{
    support::{App, TestDatabase, connect, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        queries_of_the_readme_return_the_shown_responses,
        queries_of_the_api_guide_return_the_shown_responses,
        mutations_of_the_editing_guide_return_the_shown_responses,
        every_exported_metric_is_documented,
        clients_of_the_guide_print_the_newest_models,
    ];
    trials.extend(trials![plain:
        every_document_with_queries_is_run,
        the_guide_of_clients_maps_every_scalar,
        every_setting_is_documented,
        container_files_use_settings_that_exist,
        every_error_code_is_documented,
        every_link_leads_to_a_file_and_a_heading,
        the_citation_has_the_versions_of_program_and_data,
        the_notice_names_the_sources_of_the_world_that_need_credit,
    ]);
    trials
}

/// The documents whose GraphQL blocks the tests above run.
const RUN: [&str; 3] = ["README.md", "docs/api.md", "docs/editing.md"];

/// The languages of code blocks. A block without one could hold a query that no test runs.
const LANGUAGES: [&str; 9] = ["graphql", "js", "json", "mermaid", "python", "rust", "sh", "text", "ts"];

/// The place of a value that differs in each run, such as a time.
const ANY: &str = "…";

/// The README shows the data set that a new catalog has.
async fn queries_of_the_readme_return_the_shown_responses(app: App) {
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let database = connect(&url).await;
    seed_if_empty(&database, DataSet::World).await.expect("the documents are valid");
    run(&app.with_connections(database.clone()), "README.md").await;
    database.close().await.expect("the connections close");
    test_database.remove().await;
}

async fn queries_of_the_api_guide_return_the_shown_responses(app: App) {
    // With the default rate limits, which `rateLimit` shows.
    let mut limited = options();
    limited.rate_limits = Default::default();
    run(&app.with_options(limited), "docs/api.md").await;
}

async fn mutations_of_the_editing_guide_return_the_shown_responses(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    let create = r#"mutation { createApiToken(input: { name: "ada", role: ADMIN }) { secret } }"#;
    let created = admin.data(create).await;
    let secret = created["createApiToken"]["secret"].as_str().expect("the secret is a string");
    run(&app.with_token(secret), "docs/editing.md").await;
}

/// The first block of the guide of clients in a language.
fn client(language: &str) -> String {
    let blocks = code_blocks(&read("docs/clients.md"));
    blocks.into_iter().find(|(other, _)| other == language).map(|(_, text)| text).expect("there is one")
}

/// The block in TypeScript is run by `web/tests/clients.mjs`.
async fn clients_of_the_guide_print_the_newest_models(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    let update = "mutation { updateModel(input: { slug: \"llama-2\", releaseDate: \"2023-07\" }) { revision } }";
    admin.data(update).await;
    let query = "{ models(first: 3, orderBy: { field: RELEASE_DATE, direction: DESC }) { nodes { name releaseDate maxParameters } } }";
    let nodes = app.data(query).await["models"]["nodes"].clone();
    let line = |model: &Json| {
        let text = |field: &str| match &model[field] {
            Json::Null => "unknown".to_owned(),
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        format!("{} {} {}\n", text("name"), text("releaseDate"), text("maxParameters"))
    };
    let expected = nodes.as_array().expect("a list").iter().map(line).collect::<String>();
    assert!(expected.starts_with("LLaMA-2 2023-07 70000000000\n"), "{expected}");
    let output = async |program: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(program);
        command.args(arguments);
        let output = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic");
        let output = output.expect("the program is there");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        assert!(output.status.success(), "{program}: {}", text(output.stderr));
        text(output.stdout)
    };
    let here = |block: String| block.replace("http://127.0.0.1:8000", &app.address);
    if tool("curl") {
        let answer: Json = serde_json::from_str(&output("sh", &["-c", &here(client("sh"))]).await).expect("JSON");
        assert_eq!(answer["data"]["models"]["nodes"], nodes);
    }
    if tool("python3") {
        assert_eq!(output("python3", &["-c", &here(client("python"))]).await, expected);
    }
    let program = read("examples/client.rs");
    assert!(program.ends_with(&format!("\n{}\n", client("rust").trim_end())), "the block is examples/client.rs");
    // `cargo test` builds examples with the tests, below the folder of the program; `cargo test --test catalog` does not.
    let example = Path::new(env!("CARGO_BIN_EXE_open-llm-catalog")).with_file_name("examples").join("client");
    assert!(example.exists(), "build it with `cargo build --examples`");
    let example = example.to_str().expect("UTF-8").to_owned();
    assert_eq!(output(&example, &[&format!("{}/graphql", app.address)]).await, expected);
}

/// Whether a program is on the path.
fn tool(name: &str) -> bool {
    std::process::Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn the_guide_of_clients_maps_every_scalar() {
    let scalars = sdl().lines().filter_map(|line| line.strip_prefix("scalar ")?.split(' ').next());
    let scalars = scalars.collect::<BTreeSet<_>>();
    let config: Json = serde_json::from_str(&client("json")).expect("JSON");
    let mapped = config["config"]["scalars"].as_object().expect("an object");
    assert_eq!(mapped.keys().map(String::as_str).collect::<BTreeSet<_>>(), scalars);
    let guide = read("docs/clients.md");
    let table = guide.lines().filter(|line| line.starts_with("| `")).filter_map(|line| line.split(" | ").next());
    let names = table.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect::<BTreeSet<_>>();
    assert_eq!(names, scalars);
}

/// Runs the GraphQL blocks of a document in their order. Each is followed by a JSON block with its response.
async fn run(app: &App, document: &str) {
    let blocks = code_blocks(&read(document));
    let mut examples = blocks.iter().filter(|(language, _)| ["graphql", "json"].contains(&language.as_str()));
    let mut count = 0;
    while let Some((language, query)) = examples.next() {
        assert_eq!(language, "graphql", "{document} has a response without a query: {query}");
        let shown = examples.next().filter(|(language, _)| language == "json");
        let (_, shown) = shown.unwrap_or_else(|| panic!("{document} has a query without a response: {query}"));
        let shown: Json = serde_json::from_str(shown).expect("a response is JSON");
        let (_, mut response) = app.post(&json!({ "query": query })).await;
        if shown.get("extensions").is_none()
            && let Some(response) = response.as_object_mut()
        {
            response.remove("extensions");
        }
        assert!(matches(&shown, &response), "{document}: {query}\nreturns {response:#}");
        count += 1;
    }
    assert!(count > 0, "{document} has no query");
}

/// Whether a response is the one that is shown.
fn matches(shown: &Json, response: &Json) -> bool {
    match (shown, response) {
        (Json::String(text), Json::String(_) | Json::Number(_)) if text == ANY => true,
        (Json::Array(shown), Json::Array(response)) => {
            shown.len() == response.len() && shown.iter().zip(response).all(|(one, other)| matches(one, other))
        }
        (Json::Object(shown), Json::Object(response)) => {
            let same = |(key, value): (&String, &Json)| response.get(key).is_some_and(|other| matches(value, other));
            shown.len() == response.len() && shown.iter().all(same)
        }
        _ => shown == response,
    }
}

fn every_document_with_queries_is_run() {
    let mut found = Vec::new();
    for document in documents(&["README.md", "docs"]) {
        let blocks = code_blocks(&read(&document));
        for (language, text) in &blocks {
            assert!(
                LANGUAGES.contains(&language.as_str()),
                "a block of {document} has the language {language:?}: {text}"
            );
        }
        if blocks.iter().any(|(language, _)| language == "graphql") {
            found.push(document);
        }
    }
    assert_eq!(found, RUN);
}

fn the_citation_has_the_versions_of_program_and_data() {
    let citation = read("CITATION.cff");
    let versions = citation.lines().filter_map(|line| line.trim().strip_prefix("version: "));
    let versions = versions.map(|version| version.trim_matches('"')).collect::<Vec<_>>();
    assert_eq!(versions, [env!("CARGO_PKG_VERSION"), seed::VERSION]);
    seed::VERSION.parse::<chrono::NaiveDate>().expect("a day");
}

/// The licenses that ask for a credit line.
const WITH_CREDIT: [&str; 4] = ["cc-by-4-0", "cc-by-3-0", "mit", "apache-2-0"];

fn the_notice_names_the_sources_of_the_world_that_need_credit() {
    let (notice, guide) = (read("NOTICE-DATA"), read("docs/data.md"));
    for source in documents_of::<SourceDocument>(DataSet::World).expect("the documents are valid") {
        let needs_credit = source.license.as_ref().is_some_and(|license| WITH_CREDIT.contains(&license.as_str()));
        let collects = matches!(source.kind, SourceKind::Database | SourceKind::List);
        if let Some(url) = source.url.filter(|_| needs_credit && collects) {
            // Of a file in a repository, the address of the repository.
            let repository = ["/blob/", "/tree/"].iter().find_map(|part| Some(url.split_once(part)?.0));
            for text in [&notice, &guide] {
                assert!(
                    text.contains(repository.unwrap_or(url.trim_end_matches('/'))),
                    "the source {} has no credit line: {url}",
                    source.slug
                );
            }
        }
    }
}

fn every_setting_is_documented() {
    let (example, guide, code) = (read(".env.example"), read("docs/configuration.md"), read("src/config.rs"));
    let lines = example.lines().map(|line| line.trim_start_matches(['#', ' ']));
    let settings = lines.filter_map(|line| line.split_once('=')).filter(|(name, _)| is_constant(name));
    let names = settings.map(|(name, default)| {
        assert!(guide.contains(&format!("| `{name}` | ")), "{name}");
        let default = format!("| `{name}` | `{default}` |");
        assert!(guide.contains(&default) || name == "OTEL_EXPORTER_OTLP_ENDPOINT", "{default}");
        assert!(code.contains(&format!("\"{name}\"")) || name == "OTEL_EXPORTER_OTLP_ENDPOINT", "{name} is read");
        name
    });
    let names = names.collect::<BTreeSet<_>>();
    let documented = guide.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let documented = documented.map(|(name, _)| name).filter(|name| is_constant(name));
    assert_eq!(documented.collect::<BTreeSet<_>>(), names);
}

fn container_files_use_settings_that_exist() {
    let (example, compose, image) = (read(".env.example"), read("docker-compose.yml"), read("Dockerfile"));
    let known = |name: &str| example.contains(&format!("\n{name}=")) || example.contains(&format!("\n# {name}="));
    // The environment of the server, up to the key that follows it.
    let server = compose.split_once("\n  catalog:").and_then(|(_, rest)| rest.split_once("\n    environment:\n"));
    let lines = server.expect("the server has an environment").1.lines().take_while(|line| line.starts_with("      "));
    let set = lines.filter_map(|line| line.trim_start_matches(['#', ' ']).split_once(": ")).map(|(name, _)| name);
    let set = set.filter(|name| is_constant(name)).collect::<Vec<_>>();
    assert!(set.contains(&"DATABASE_URL") && set.contains(&"DATABASE_PASSWORD"), "{set:?}");
    let in_image = image.lines().filter_map(|line| line.strip_prefix("ENV ")).flat_map(|line| line.split(' '));
    let in_image = in_image.filter_map(|pair| Some(pair.split_once('=')?.0)).collect::<Vec<_>>();
    assert!(in_image.contains(&"HOST"), "{in_image:?}");
    for name in set.iter().chain(&in_image) {
        assert!(known(name), "{name} is no setting");
    }
    // Every instruction of the image is one, and the build needs no image but the two it begins with.
    let keywords =
        ["FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENV", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"];
    let starts = image.lines().filter(|line| !line.is_empty() && !line.starts_with([' ', '#']));
    for line in starts {
        assert!(line.split(' ').next().is_some_and(|word| keywords.contains(&word)), "{line}");
    }
    assert!(!image.contains("syntax="), "the build downloads no frontend");
    // Services have a memory limit, and lines of YAML have no tabs and an indentation of two spaces.
    assert_eq!(compose.matches("\n    mem_limit: ").count(), compose.matches("\n    image: ").count());
    for line in compose.lines() {
        let indentation = line.len() - line.trim_start_matches(' ').len();
        assert!(!line.contains('\t') && indentation % 2 == 0 && line.trim_end() == line, "{line:?}");
    }
}

/// Whether a text is written as the names of settings and the codes of errors are.
fn is_constant(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

fn every_error_code_is_documented() {
    let guide = read("docs/api.md");
    let error = read("src/error.rs");
    // All texts in capital letters of the error type are codes.
    let codes = constants(&error);
    assert!(codes.contains("NOT_FOUND") && codes.contains("INVALID_CURSOR"), "{codes:?}");
    for code in codes {
        assert!(guide.contains(&format!("| `{code}` |")), "{code}");
    }
    // Those of several words elsewhere are codes, settings, or values of an enum.
    let (settings, schema) = (read("docs/configuration.md"), read("schema.graphql"));
    let mut sources = Vec::new();
    find_sources(&root().join("src"), &mut sources);
    assert!(sources.len() > 50, "{sources:?}");
    for file in sources {
        let source = fs::read_to_string(&file).expect("the source can be read");
        let constants = constants(&source).into_iter().filter(|text| text.contains('_'));
        let foreign = |text: &str| ["CARGO_", "OTEL_", "ROW_NUMBER"].iter().any(|start| text.starts_with(start));
        for text in constants.filter(|text| !foreign(text)) {
            let documented = guide.contains(&format!("| `{text}` |")) || settings.contains(&format!("| `{text}` |"));
            assert!(documented || schema.contains(&format!("\t{text}\n")), "{text} in {}", file.display());
        }
    }
}

/// The quoted texts of a source file that are written as constants.
fn constants(source: &str) -> BTreeSet<&str> {
    // Whatever is between two quotation marks: also what is between two texts, which is not written as a constant.
    source.split('"').filter(|text| text.len() > 3 && is_constant(text)).collect()
}

/// The Rust files in a folder and the folders below it.
fn find_sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            find_sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

async fn every_exported_metric_is_documented(app: App) {
    app.data("{ models { totalCount } }").await;
    let response = app.request("GET", "/metrics").send().await.expect("the server answers");
    let text = response.text().await.expect("metrics are text");
    let names = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    let names = names.map(|(name, _)| name).collect::<Vec<_>>();
    assert!(names.len() > 8, "{names:?}");
    let guide = read("docs/operations.md");
    for name in names {
        assert!(guide.contains(&format!("`{name}")), "{name}");
    }
}

fn every_link_leads_to_a_file_and_a_heading() {
    let all = documents(&["", "docs", "docs/decisions", "web"]);
    let headings = all.iter().map(|document| (document.clone(), headings(&read(document))));
    let headings = headings.collect::<BTreeMap<_, _>>();
    let mut links = 0;
    let mut broken = Vec::new();
    for document in &all {
        for link in targets(&read(document)) {
            let (file, heading) = link.split_once('#').unwrap_or((&link, ""));
            let file = if file.is_empty() { document.clone() } else { resolve(document, file) };
            let leads = root().join(&file).exists()
                && (heading.is_empty() || headings.get(&file).is_some_and(|known| known.contains(heading)));
            if !leads {
                broken.push(format!("{document}: {link}"));
            }
            links += 1;
        }
    }
    assert!(links > 20 && broken.is_empty(), "{links} links, broken: {broken:#?}");
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The Markdown files among these files and directly in these folders, in the order of their names.
fn documents(places: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for place in places {
        if place.ends_with(".md") {
            found.push((*place).to_owned());
            continue;
        }
        let entries = fs::read_dir(root().join(place)).expect("the folder is there");
        let names = entries.map(|entry| entry.expect("the folder can be read").file_name());
        let names = names.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".md"));
        found.extend(names.map(|name| Path::new(place).join(name).to_str().expect("a path is text").to_owned()));
    }
    found.sort();
    found
}

/// The path of a file that a document names relative to itself.
fn resolve(document: &str, file: &str) -> String {
    let mut parts = document.split('/').collect::<Vec<_>>();
    parts.pop();
    for part in file.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The code blocks of a document, each with its language.
fn code_blocks(markdown: &str) -> Vec<(String, String)> {
    let (mut blocks, mut block) = (Vec::new(), None);
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                block = Some((language.to_string(), String::new()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => block = Some(Default::default()),
            Event::Text(text) => {
                if let Some((_, block)) = &mut block {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
            _ => {}
        }
    }
    blocks
}

/// The targets of the links and images of a document, without those on other hosts and those of examples.
fn targets(markdown: &str) -> Vec<String> {
    let links = Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.filter(|link| !link.contains("://") && !link.starts_with("mailto:") && link != ANY).collect()
}

/// The anchors of a document's headings, as GitHub makes them.
fn headings(markdown: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let kept = heading.take().unwrap_or_default().to_lowercase().replace(' ', "-");
                anchors.insert(kept.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect());
            }
            _ => {}
        }
    }
    anchors
}
