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
    assert_eq!(slugs.collect::<Vec<_>>(), ["mit", "a", "mit", "b", "c"]);
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

fn usage_errors_exit_with_2() {
    let folder = folder();
    fs::write(folder.path().join("x.txt"), "").expect("it can be written");
    let cases = [
        (&["import"][..], "<FILE>"),
        (&["import", "x.txt"], "x.txt: the format is unknown; give --format with one of markdown, json"),
        (&["import", "-"], "-: the format is unknown"),
        (&["import", "none.json"], "cannot read none.json: No such file"),
        (&["import", "--format", "json", "."], ". is a directory"),
        (&["import", "--format", "xml", "x.txt"], "invalid value 'xml'"),
        (&["import", "--report", "xml", "x.txt"], "invalid value 'xml'"),
    ];
    for (arguments, message) in cases {
        let (code, output, errors) = run(folder.path(), arguments, &[]);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}: {errors}");
        assert!(errors.contains(message), "{errors}");
    }
}
