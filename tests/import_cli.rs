//! The command `import`: its formats, reports and exit codes, and that it writes all or nothing.

use std::{
    fs,
    io::{Read, Write},
    process::Stdio,
    thread,
    time::Duration,
};

use libtest_mimic::Trial;
use regex::Regex;
use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};
use serde_json::{Value as Json, json};

use crate::{
    cli::{folder, program, run},
    edit::dump,
    support::{
        App, TestDatabase,
        process::{self, Process, send_signal},
        wait_until,
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    let both = trials![on both:
        importing_the_list_into_the_fixture_changes_nothing,
        importing_the_list_fills_an_empty_catalog,
        hazards_are_reported_as_expected,
        files_of_several_formats_are_one_transaction,
        a_rejected_row_rejects_all_files,
        a_dry_run_writes_nothing,
        standard_input_is_read,
        malicious_sources_are_rejected,
        a_killed_import_is_rolled_back,
        a_terminal_shows_a_progress_bar,
        the_json_report_has_every_row,
        facts_cite_their_source,
        pages_of_equal_names_are_told_apart,
        rejected_rows_are_left_out_if_asked,
        folders_and_maps_are_read,
        folders_of_yaml_are_read,
    ];
    both.into_iter().chain(trials![plain: usage_errors_exit_with_2]).collect()
}

fn line(name: &str) -> String {
    json!({ "type": "Model", "name": name, "kind": "DERIVED" }).to_string()
}

async fn importing_the_list_into_the_fixture_changes_nothing(app: App) {
    let (folder, list) = (folder(), concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/list.md"));
    let before = dump(&app).await;
    let (code, output, errors) = run(folder.path(), &["import", list], &[("DATABASE_URL", &app.url)]);
    assert_eq!((code, errors.as_str()), (0, ""), "{output}");
    let last = output.lines().last();
    assert_eq!(last, Some("0 created, 0 updated, 39 unchanged, 0 rejected; 3 warnings."), "{output}");
    assert_eq!(dump(&app).await, before);
}

async fn importing_the_list_fills_an_empty_catalog(app: App) {
    let (folder, list) = (folder(), concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/list.md"));
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let url = [("DATABASE_URL", url.as_str())];
    let totals = |count: &str| format!("{count}, 0 rejected;");
    for expected in ["39 created, 0 updated, 0 unchanged", "0 created, 0 updated, 39 unchanged"] {
        let (code, output, errors) = run(folder.path(), &["import", list], &url);
        assert_eq!((code, errors.as_str()), (0, ""), "{output}");
        assert!(output.lines().last().is_some_and(|last| last.starts_with(&totals(expected))), "{output}");
    }
    let (_, output, _) = run(folder.path(), &["export", "--format", "json"], &url);
    let found = serde_json::from_str::<Json>(&output).expect("JSON");
    test_database.remove().await;
    let texts = |subject: &str, field: &str| {
        let documents = found[subject].as_array().expect("a list").iter();
        documents.map(|document| document[field].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((found["revision"].as_u64(), texts("models", "slug").len()), (Some(39), 31));
    assert_eq!(texts("organizations", "name"), ["IBM", "昆仑万维", "Meta", "NASA"]);
    assert_eq!(
        (texts("datasets", "name"), texts("architectures", "name")),
        (vec!["RefinedWeb".into(), "The Pile".into()], vec!["GPTQ".into(), "LLaMA".into()])
    );
    assert_eq!(found["licenses"], json!([]), "the list names none");
}

/// A list with every known mistake. Its expected report is in a file next to it.
async fn hazards_are_reported_as_expected(app: App) {
    let folder = folder();
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let (name, url) = ("hazards.md", [("DATABASE_URL", url.as_str())]);
    fs::write(folder.path().join(name), include_str!("data/hazards.md")).expect("it can be written");
    let (code, output, errors) = run(folder.path(), &["import", name], &url);
    assert_eq!((code, errors.as_str()), (1, ""));
    assert_eq!(output, include_str!("data/hazards.report.txt"));
    let (code, output, _) = run(folder.path(), &["import", "--report", "json", name], &url);
    assert_eq!((code, output.as_str()), (1, include_str!("data/hazards.report.json")));
    // Without the rejected rows all others are imported, and importing them again changes nothing.
    let rejected = |line: &&str| !line.starts_with("| 17 |") && !line.contains("Orphan");
    let lines = include_str!("data/hazards.md").lines().filter(rejected).collect::<Vec<_>>();
    fs::write(folder.path().join(name), lines.join("\n")).expect("it can be written");
    let (code, output, _) = run(folder.path(), &["import", name], &url);
    assert_eq!(code, 0, "{output}");
    let (code, output, _) = run(folder.path(), &["import", "--report", "json", name], &url);
    let totals = serde_json::from_str::<Json>(&output).expect("JSON")["totals"].take();
    assert_eq!((code, &totals["created"], &totals["updated"]), (0, &json!(0), &json!(0)), "{output}");
    test_database.remove().await;
}

async fn files_of_several_formats_are_one_transaction(app: App) {
    let folder = folder();
    let write = |name: &str, content: &[u8]| fs::write(folder.path().join(name), content).expect("it can be written");
    write("a.json", "\u{feff}{ \"models\": [{ \"name\": \"A\", \"kind\": \"DERIVED\", \"license\": \"MIT\" }], \"licenses\": [{ \"name\": \"MIT\", \"commercialUse\": \"ALLOWED\" }] }".as_bytes());
    write(
        "b.ndjson",
        format!("{}\r\n\r\n{}", line("B"), json!({ "type": "License", "name": "mit", "url": "https://example.org" }))
            .as_bytes(),
    );
    write("c.md", "| 名称 | 参数规模 |\n|---|---|\n| C | 7B |\n".as_bytes());
    let url = [("DATABASE_URL", app.url.as_str())];
    let arguments = ["import", "a.json", "b.ndjson", "c.md"];
    let (code, output, errors) = run(folder.path(), &arguments, &url);
    assert_eq!((code, errors.as_str()), (0, ""), "{output}");
    let expected = "UPDATED    b.ndjson:3  license mit  mit\n           url: null -> \"https://example.org\"\n\
        4 created, 1 updated, 0 unchanged, 0 rejected; 0 warnings.\n";
    assert_eq!(output, expected);
    let revisions = app.data("{ revisions(last: 5) { nodes { actor action subjectSlug } } }").await;
    let revisions = revisions["revisions"]["nodes"].as_array().expect("a list").clone();
    let slugs = revisions.iter().map(|revision| revision["subjectSlug"].as_str().expect("a slug"));
    assert_eq!(slugs.collect::<Vec<_>>(), ["mit", "a", "b", "mit", "c"]);
    assert!(
        revisions.iter().all(|revision| revision["actor"] == "import" && revision["action"] == "IMPORTED"),
        "{revisions:?}"
    );
    let before = dump(&app).await;
    let (code, output, _) = run(folder.path(), &arguments, &url);
    assert_eq!((code, output.as_str()), (0, "0 created, 0 updated, 5 unchanged, 0 rejected; 0 warnings.\n"));
    assert_eq!(dump(&app).await, before);
}

async fn a_rejected_row_rejects_all_files(app: App) {
    let folder = folder();
    let before = dump(&app).await;
    let source =
        format!("{}\n{{\"name\": \"Bad\", \"kind\": \"OTHER\", \"datasets\": [\"Nothing\"]}}\nno JSON\n", line("Good"));
    fs::write(folder.path().join("x.jsonl"), source).expect("it can be written");
    let (code, output, errors) = run(folder.path(), &["import", "x.jsonl"], &[("DATABASE_URL", &app.url)]);
    assert_eq!((code, errors.as_str()), (1, ""));
    let lines = output.lines().collect::<Vec<_>>();
    assert_eq!(lines[0], "REJECTED   line 2  model bad  Bad");
    assert_eq!(
        lines[1],
        "  problem: datasets.0 \"Nothing\": no dataset matches \"Nothing\"; add it before this row, or remove the reference"
    );
    assert!(
        lines[2].starts_with("  problem: kind \"OTHER\": unknown variant `OTHER`, expected `FOUNDATION` or `DERIVED`"),
        "{output}"
    );
    assert_eq!(lines[3], "REJECTED   line 3  ? -  no JSON");
    assert!(lines[4].starts_with("  problem:  \"no JSON\": expected ident, at column 2"), "{output}");
    assert_eq!(
        lines[5],
        "1 created, 0 updated, 0 unchanged, 2 rejected; 0 warnings. Nothing was written: correct the rejected rows first."
    );
    assert_eq!((lines.len(), dump(&app).await), (6, before));
}

async fn a_dry_run_writes_nothing(app: App) {
    let folder = folder();
    let before = dump(&app).await;
    fs::write(folder.path().join("x.ndjson"), line("New")).expect("it can be written");
    let (code, output, _) = run(folder.path(), &["import", "--dry-run", "x.ndjson"], &[("DATABASE_URL", &app.url)]);
    let expected =
        "1 created, 0 updated, 0 unchanged, 0 rejected; 0 warnings. Nothing was written: this was a dry run.\n";
    assert_eq!((code, output.as_str()), (0, expected));
    assert_eq!(dump(&app).await, before);
}

/// Runs `import -` with something to read.
fn pipe(app: &App, format: &str, input: &[u8]) -> (i32, String) {
    let folder = folder();
    let mut command = program(folder.path(), &["import", "-", "--format", format], &[("DATABASE_URL", &app.url)]);
    let output = process::output(&mut command, Some(input));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.is_empty(), "{errors}");
    (output.status.code().expect("it ends by itself"), String::from_utf8(output.stdout).expect("UTF-8"))
}

async fn standard_input_is_read(app: App) {
    let (code, output) = pipe(&app, "ndjson", line("Piped").as_bytes());
    assert_eq!((code, output.as_str()), (0, "1 created, 0 updated, 0 unchanged, 0 rejected; 0 warnings.\n"));
    let (code, output) = pipe(&app, "json", b"[]");
    assert_eq!((code, output.as_str()), (0, "0 created, 0 updated, 0 unchanged, 0 rejected; 0 warnings.\n"));
}

async fn malicious_sources_are_rejected(app: App) {
    let before = dump(&app).await;
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let long = format!("{}\n{{\"name\": \"{}\"}}\n{}", line("A"), "x".repeat(50 << 20), "not JSON");
    let columns = (0..10_000).map(|column| format!("\"c{column}\": 1")).collect::<Vec<_>>().join(", ");
    let cases: [(&str, Vec<u8>, &str); 14] = [
        ("ndjson", b"{\"name\": \"\xff\xfe\"}".to_vec(), "UTF-8"),
        ("json", b"[\n{\"name\": \"\xff\"}]".to_vec(), "line 2"),
        ("ndjson", long.into_bytes(), "the line is longer than 1048576 bytes"),
        ("ndjson", format!("{{{columns}}}").into_bytes(), "unknown field of a model"),
        ("ndjson", deep(200_000).into_bytes(), "recursion limit exceeded"),
        ("json", deep(2_000_000).into_bytes(), "recursion limit exceeded"),
        ("ndjson", format!("{{\"name\": \"A\", \"kind\": {}}}", deep(100).replace("[]", "[1]")).into_bytes(), "kind"),
        ("ndjson", b"{\"name\": \"A\\u0000\", \"kind\": \"DERIVED\"}".to_vec(), "U+0000"),
        ("ndjson", b"{\"name\": \"A\0\", \"kind\": \"DERIVED\"}".to_vec(), "NUL"),
        ("ndjson", b"{\"name\": \"A\", \"kind\": \"DERIVED\", \"position\": 1e400}".to_vec(), "number out of range"),
        ("ndjson", b"{\"name\": \"A\", \"kind\": \"DERIVED\", \"sizes\": [{\"label\": \"1\", \"parameters\": 123456789012345678901234567890}]}".to_vec(), "parameters"),
        ("ndjson", format!("{{\"name\": \"{}\", \"kind\": \"DERIVED\"}}", "n".repeat(900_000)).into_bytes(), "more than 200 characters"),
        ("json", b"{\"models\": [], \"models\": []}".to_vec(), "given twice"),
        ("json", b"{\"modells\": []}".to_vec(), "expected models, datasets, architectures, sources, licenses, organizations"),
    ];
    for (format, input, message) in cases {
        let (code, output) = pipe(&app, format, &input);
        assert!(output.len() < 4_000_000, "{} bytes for {message}", output.len());
        let start = output.chars().take(2000).collect::<String>();
        assert!(code == 1 && output.contains(message) && output.contains("REJECTED"), "{message} in {start}");
    }
    assert_eq!(dump(&app).await, before);
}

async fn a_killed_import_is_rolled_back(app: App) {
    let before = dump(&app).await;
    for signal in ["KILL", "INT", "TERM"] {
        let folder = folder();
        let mut command = program(folder.path(), &["import", "-", "--format", "ndjson"], &[("DATABASE_URL", &app.url)]);
        let mut import = Process::spawn_quietly(command.stdin(Stdio::piped()).stdout(Stdio::null()));
        let mut input = import.stdin.take().expect("the input is piped");
        for number in 0..3000 {
            writeln!(input, "{}", line(&format!("Half {number}"))).expect("it reads");
        }
        input.flush().expect("it reads");
        // It has read most of the input: the buffer of a pipe is small.
        thread::sleep(Duration::from_millis(300));
        send_signal(import.id(), signal);
        assert!(!import.wait().success());
        drop(input);
        // PostgreSQL may take a moment to notice that the connection is closed.
        wait_until("the catalog is as before the import", async || dump(&app).await == before).await;
        let (code, output) = pipe(&app, "ndjson", b"");
        assert_eq!(
            (code, output.as_str()),
            (0, "0 created, 0 updated, 0 unchanged, 0 rejected; 0 warnings.\n"),
            "after {signal}"
        );
    }
    assert_eq!(dump(&app).await, before);
}

/// Both ends of a pseudo-terminal: the one to read, and the one for the program.
fn terminal() -> (fs::File, fs::File) {
    let watcher = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("there is a terminal");
    grantpt(&watcher).and_then(|()| unlockpt(&watcher)).expect("it is ours");
    let name = ptsname(&watcher, Vec::new()).expect("it has a name").into_string().expect("UTF-8");
    let written = fs::OpenOptions::new().read(true).write(true).open(name).expect("it can be opened");
    tcsetwinsize(&written, Winsize { ws_row: 24, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 }).expect("it has a size");
    (fs::File::from(watcher), written)
}

async fn a_terminal_shows_a_progress_bar(app: App) {
    let (folder, (mut watcher, terminal)) = (folder(), terminal());
    let source = (0..6000).map(|number| line(&format!("Long {number}")) + "\n").collect::<String>();
    fs::write(folder.path().join("x.ndjson"), source).expect("it can be written");
    let mut command = program(folder.path(), &["import", "x.ndjson"], &[("DATABASE_URL", &app.url), ("TERM", "xterm")]);
    let mut import = Process::spawn(command.stdout(Stdio::piped()).stderr(terminal));
    // Only the program has the other end of the terminal now: it closes when the program ends.
    drop(command);
    let seen = thread::spawn(move || {
        let mut seen = Vec::new();
        // Where the other end is closed this is an error.
        let _ = watcher.read_to_end(&mut seen);
        String::from_utf8_lossy(&seen).into_owned()
    });
    // The bar appears after a second, so the program is paused for longer than that.
    thread::sleep(Duration::from_millis(200));
    for (signal, wait) in [("STOP", 1200), ("CONT", 0)] {
        send_signal(import.id(), signal);
        thread::sleep(Duration::from_millis(wait));
    }
    let mut output = String::new();
    import.stdout.take().expect("the output is piped").read_to_string(&mut output).expect("the output is UTF-8");
    assert!(import.wait().success());
    assert_eq!(output, "6000 created, 0 updated, 0 unchanged, 0 rejected; 0 warnings.\n");
    let seen = seen.join().expect("it can be read");
    let bar =
        Regex::new(r"[█░]{30} [1-9][0-9]?% of [0-9.]+ KiB, [0-9]+ rows, [0-9]+/s, [0-9.]+ [KM]?i?B/s, [0-9]+s left")
            .expect("a pattern");
    assert!(bar.is_match(&seen), "{seen:?}");
    // At the end the bar is removed.
    assert!(seen.trim_end().ends_with("\u{1b}[2K"), "{seen:?}");
}

async fn the_json_report_has_every_row(app: App) {
    let folder = folder();
    let source = format!("{}\n{}\n{}", line("New"), json!({ "name": "Qwen", "position": 7 }), json!({ "name": "OPT" }));
    fs::write(folder.path().join("x.ndjson"), source).expect("it can be written");
    let (code, output, _) =
        run(folder.path(), &["import", "--report", "json", "x.ndjson"], &[("DATABASE_URL", &app.url)]);
    let report = serde_json::from_str::<Json>(&output).expect("JSON");
    assert_eq!((code, &report["written"]), (0, &json!(true)));
    assert_eq!(report["totals"], json!({ "created": 1, "updated": 1, "unchanged": 1, "rejected": 0, "warnings": 0 }));
    let change = json!([{ "field": "position", "before": 18, "after": 7 }]);
    let row = json!({ "line": 2, "row": "Qwen", "subject": "MODEL", "slug": "qwen", "outcome": "UPDATED", "changes": change, "warnings": [], "problems": [] });
    assert_eq!(report["rows"][1], row);
    let outcomes =
        report["rows"].as_array().expect("a list").iter().map(|row| row["outcome"].as_str().expect("a word"));
    assert_eq!(outcomes.collect::<Vec<_>>(), ["CREATED", "UPDATED", "UNCHANGED"]);
}

/// The documents of a catalog.
fn export(folder: &std::path::Path, url: &[(&str, &str)]) -> Json {
    let (code, output, errors) = run(folder, &["export", "--format", "json"], url);
    assert_eq!(code, 0, "{errors}");
    serde_json::from_str(&output).expect("JSON")
}

async fn facts_cite_their_source(app: App) {
    let folder = folder();
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let url = [("DATABASE_URL", url.as_str())];
    let write = |text: &str| fs::write(folder.path().join("list.md"), text).expect("it can be written");
    let address = "https://example.org/list";
    let import = |file: &str| run(folder.path(), &["import", "--source", address, file], &url);
    write("## Models\n\n| Model | Parameters | License |\n|---|---|---|\n| A | ~7B | MIT |\n| A | 70B | MIT |\n");
    for _ in 0..2 {
        let (code, output, errors) = import("list.md");
        assert_eq!((code, errors.as_str()), (0, ""), "{output}");
    }
    let documents = export(folder.path(), &url);
    let source = &documents["sources"][0];
    assert_eq!(
        (&source["url"], &source["kind"], documents["sources"].as_array().map(Vec::len)),
        (&json!(address), &json!("LIST"), Some(1))
    );
    let cited = json!([{ "values": { "license": "mit" }, "source": source["slug"], "locator": "list.md#L5", "confidence": "CITED" }]);
    assert_eq!(documents["models"][0]["evidence"], cited);
    let sizes = &documents["models"][0]["sizes"];
    let size = |parameters: i64, line: u64| json!([{ "values": { "parameters": parameters }, "source": source["slug"], "locator": format!("list.md#L{line}"), "confidence": "CITED" }]);
    let mut approximate = size(7_000_000_000, 5);
    approximate[0]["qualifier"] = json!("APPROXIMATE");
    assert_eq!((&sizes[0]["evidence"], &sizes[1]["evidence"]), (&approximate, &size(70_000_000_000, 6)));
    // A line more in the file moves the evidence and adds none.
    write("## Models\n\n\n| Model | Parameters | License |\n|---|---|---|\n| A | ~7B | MIT |\n| A | 70B | MIT |\n");
    assert_eq!(import("list.md").0, 0);
    let moved = export(folder.path(), &url);
    assert_eq!(moved["models"][0]["evidence"][0]["locator"], "list.md#L6");
    assert_eq!(moved["models"][0]["evidence"].as_array().map(Vec::len), Some(1));
    assert_eq!(moved["models"][0]["sizes"][1]["evidence"][0]["locator"], "list.md#L7");
    // By its slug, and as standard input.
    let slug = source["slug"].as_str().expect("a slug");
    let (code, output, _) = run(folder.path(), &["import", "--source", slug, "list.md"], &url);
    assert_eq!(code, 0, "{output}");
    assert_eq!(export(folder.path(), &url)["sources"].as_array().map(Vec::len), Some(1));
    let (code, _, errors) = run(folder.path(), &["import", "--source", "nobody", "list.md"], &url);
    assert_eq!((code, errors.contains("neither an address nor the slug of a source")), (2, true), "{errors}");
    // A label does not replace a number that was counted.
    let page = r#"{ "id": "maker/B-7B", "safetensors": { "total": 6738415616 } }"#;
    fs::write(folder.path().join("page.json"), page).expect("it can be written");
    assert_eq!(run(folder.path(), &["import", "--format", "huggingface", "page.json"], &url).0, 0);
    write("## Models\n\n| Model | Parameters |\n|---|---|\n| B-7B | 7B |\n");
    assert_eq!(import("list.md").0, 0);
    let documents = export(folder.path(), &url);
    let model =
        documents["models"].as_array().into_iter().flatten().find(|model| model["slug"] == "b-7b").expect("a model");
    assert_eq!(model["sizes"][0]["parameters"], 6_738_415_616_i64);
    let confidences =
        model["sizes"][0]["evidence"].as_array().into_iter().flatten().map(|evidence| evidence["confidence"].clone());
    let mut confidences = confidences.map(|confidence| confidence.to_string()).collect::<Vec<_>>();
    confidences.sort();
    assert_eq!(confidences, ["\"CITED\"", "\"EXACT\""]);
    test_database.remove().await;
}

async fn pages_of_equal_names_are_told_apart(app: App) {
    let folder = folder();
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let url = [("DATABASE_URL", url.as_str())];
    let pages = json!([
        { "id": "copy/Demo-1B", "cardData": { "base_model": "maker/Demo-1B", "license": "mit" } },
        { "id": "maker/Demo-1B", "cardData": { "license": "apache-2.0" } },
        { "id": "maker/Other", "cardData": { "base_model": "nobody/Unknown" } },
    ]);
    fs::write(folder.path().join("pages.json"), pages.to_string()).expect("it can be written");
    for expected in ["created", "unchanged"] {
        let arguments = ["import", "--report", "json", "--format", "huggingface", "pages.json"];
        let (code, output, errors) = run(folder.path(), &arguments, &url);
        assert_eq!((code, errors.as_str()), (0, ""), "{output}");
        let totals = serde_json::from_str::<Json>(&output).expect("JSON")["totals"].take();
        assert_eq!(
            totals["updated"].as_u64().zip(totals[expected].as_u64()).map(|(updated, count)| (updated, count > 5)),
            Some((0, true)),
            "{totals}"
        );
    }
    let documents = export(folder.path(), &url);
    let models = documents["models"].as_array().into_iter().flatten();
    let shown = models
        .map(|model| (model["slug"].clone(), model["license"].clone(), model["baseModel"].clone()))
        .collect::<Vec<_>>();
    let mut expected = [
        (json!("demo-1b"), json!("apache-2-0"), Json::Null),
        (json!("copy-demo-1b"), json!("mit"), json!("demo-1b")),
        (json!("other"), Json::Null, Json::Null),
    ];
    let mut shown = shown;
    shown.sort_by_key(|(slug, ..)| slug.to_string());
    expected.sort_by_key(|(slug, ..)| slug.to_string());
    assert_eq!(shown, expected);
    test_database.remove().await;
}

async fn rejected_rows_are_left_out_if_asked(app: App) {
    let folder = folder();
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let url = [("DATABASE_URL", url.as_str())];
    let lines = [
        json!({ "name": "A" }),
        json!({ "name": "B", "position": -1 }),
        json!({ "name": "C", "baseModel": "B" }),
        json!({ "name": "D", "baseModel": "C" }),
        json!({ "name": "E", "baseModel": "A" }),
    ];
    let text = lines.map(|line| line.to_string() + "\n").concat();
    fs::write(folder.path().join("models.ndjson"), &text).expect("it can be written");
    let (code, output, _) = run(folder.path(), &["import", "models.ndjson"], &url);
    assert_eq!(code, 1, "{output}");
    assert_eq!(export(folder.path(), &url)["models"], json!([]));
    let arguments = ["import", "--skip-rejected", "--report", "json", "models.ndjson"];
    let (code, output, errors) = run(folder.path(), &arguments, &url);
    assert_eq!((code, errors.as_str()), (3, ""), "{output}");
    let report = serde_json::from_str::<Json>(&output).expect("JSON");
    assert_eq!(
        (&report["written"], &report["totals"]["created"], &report["totals"]["rejected"]),
        (&json!(true), &json!(2), &json!(3))
    );
    let rejected = report["rows"].as_array().into_iter().flatten().filter(|row| row["outcome"] == "REJECTED");
    assert!(
        rejected.clone().all(|row| row["problems"].as_array().is_some_and(|problems| !problems.is_empty())),
        "{output}"
    );
    assert_eq!(rejected.map(|row| row["line"].as_u64()).collect::<Vec<_>>(), [Some(2), Some(3), Some(4)]);
    let documents = export(folder.path(), &url);
    let names =
        documents["models"].as_array().into_iter().flatten().map(|model| model["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names, ["A", "E"]);
    // What only the save finds is a problem of its row, too.
    let address = |name: &str| json!({ "name": name, "checkpoints": [{ "repository": "x/one" }] }).to_string() + "\n";
    let taken = ["G", "H", "I"].map(address).concat() + "{\"name\": \"J\", \"baseModel\": \"H\"}\n{\"name\": \"K\"}\n";
    fs::write(folder.path().join("taken.ndjson"), &taken).expect("it can be written");
    let (code, output, errors) = run(folder.path(), &["import", "taken.ndjson"], &url);
    assert_eq!((code, errors.as_str()), (1, ""), "{output}");
    assert!(output.contains("is a checkpoint of the model \"g\"") && output.contains("2 rejected"), "{output}");
    let (code, output, _) = run(folder.path(), &["import", "--skip-rejected", "taken.ndjson"], &url);
    assert!(code == 3 && output.contains("2 created, 0 updated, 0 unchanged, 3 rejected"), "{code} {output}");
    fs::write(folder.path().join("good.ndjson"), "{\"name\": \"F\"}\n").expect("it can be written");
    assert_eq!(run(folder.path(), &["import", "--skip-rejected", "good.ndjson"], &url).0, 0);
    test_database.remove().await;
}

async fn folders_and_maps_are_read(app: App) {
    let folder = folder();
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let url = [("DATABASE_URL", url.as_str())];
    for (maker, name) in [("one", "a"), ("two", "b")] {
        let path = folder.path().join("models").join(maker);
        fs::create_dir_all(&path).expect("it can be made");
        let text = format!("name = \"{name}\"\nopen_weights = true\n[limit]\ncontext = 4096\n");
        fs::write(path.join(format!("{name}.toml")), text).expect("it can be written");
    }
    let import = |arguments: &[&str]| run(folder.path(), &[&["import"], arguments].concat(), &url);
    let (code, output, errors) = import(&["--format", "models-dev", "--source", "https://models.dev", "models"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{output}");
    let documents = export(folder.path(), &url);
    assert_eq!(documents["models"][0]["organizations"], json!(["one"]));
    assert_eq!(documents["models"][1]["evidence"][0]["locator"], "two/b.toml#L1");
    assert_eq!(import(&["models"]).0, 2);
    assert_eq!(import(&["--format", "csv", "models"]).0, 2);
    fs::write(folder.path().join("r.json"), r#"[{ "title": "R", "count": 7e9 }, { "title": "S", "count": "13B" }]"#)
        .expect("it can be written");
    assert_eq!(import(&["--format", "records", "r.json"]).0, 2);
    assert_eq!(import(&["--format", "records", "--map", "unknown", "r.json"]).0, 2);
    let (code, output, errors) = import(&["--format", "records", "--map", "title=name,count=parameters", "r.json"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{output}");
    let documents = export(folder.path(), &url);
    let model =
        documents["models"].as_array().into_iter().flatten().find(|model| model["name"] == "S").expect("a model");
    assert_eq!(model["sizes"][0]["label"], "13B");
    test_database.remove().await;
}

async fn folders_of_yaml_are_read(app: App) {
    let folder = folder();
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let url = [("DATABASE_URL", url.as_str())];
    let write = |path: &str, text: &str| {
        let path = folder.path().join("index").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    };
    let system = |name: &str, kind: &str| {
        format!(
            "---\n# A system.\n\nsystem:\n    endmodelname: {name}\n    type: {kind}\n    releasedate: 2024-01\n\norg:\n    name: Own Labs\n"
        )
    };
    write("one/A.yaml", &system("A", "text"));
    write("B.yml", &system("B", "code"));
    write("C.yaml", &system("C", "image"));
    write(".github/workflows/check.yml", "on: push\n");
    write(".hidden.yaml", "- no\n");
    write("README.md", "# Systems\n");
    let import = |arguments: &[&str]| run(folder.path(), &[&["import"], arguments].concat(), &url);
    for format in ["records", "yaml"] {
        let arguments = ["--format", format, "--map", "osai", "--source", "https://example.org/index", "index"];
        let (code, output, errors) = import(&arguments);
        assert_eq!((code, errors.as_str()), (0, ""), "{output}");
        assert!(output.contains("index/C.yaml:4  ? -") && output.ends_with(" 0 rejected; 1 warnings.\n"), "{output}");
    }
    let documents = export(folder.path(), &url);
    let models = documents["models"].as_array().expect("a list");
    let shown =
        models.iter().map(|model| json!([model["name"], model["releaseDate"], model["evidence"][0]["locator"]]));
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [json!(["B", "2024-01", "B.yml#L4"]), json!(["A", "2024-01", "one/A.yaml#L4"])]
    );
    // A file by its extension, and an error in one of several.
    fs::write(folder.path().join("d.yaml"), "- title: D\n").expect("it can be written");
    let (code, output, errors) = import(&["--map", "title=name", "d.yaml"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{output}");
    let (code, _, errors) = import(&["d.yaml"]);
    assert!(code == 2 && errors.contains("d.yaml: records need a map"), "{errors}");
    fs::write(folder.path().join("e.yml"), "- title: E\n\n-\ttitle: F\n\tcount: 7B\n").expect("it can be written");
    let (code, output, errors) = import(&["--map", "title=name", "d.yaml", "e.yml"]);
    assert_eq!((code, errors.as_str()), (1, ""), "{output}");
    assert!(output.contains("REJECTED   e.yml:3") && output.contains("indent with spaces"), "{output}");
    let documents = export(folder.path(), &url);
    assert_eq!(documents["models"].as_array().map(Vec::len), Some(3));
    test_database.remove().await;
}

fn usage_errors_exit_with_2() {
    let folder = folder();
    fs::write(folder.path().join("x.txt"), "").expect("it can be written");
    let cases = [
        (&["import"][..], "<FILE>"),
        (&["import", "x.txt"], "x.txt: the format is unknown; give --format with one of markdown, json"),
        (&["import", "-"], "-: the format is unknown"),
        (&["import", "none.json"], "cannot read none.json: No such file"),
        (&["import", "--format", "json", "."], ". has no file with the extension .json"),
        (&["import", "--format", "xml", "x.txt"], "invalid value 'xml'"),
        (&["import", "--report", "xml", "x.txt"], "invalid value 'xml'"),
    ];
    for (arguments, message) in cases {
        let (code, output, errors) = run(folder.path(), arguments, &[]);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}: {errors}");
        assert!(errors.contains(message), "{errors}");
    }
}
