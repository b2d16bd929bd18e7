//! The command `lint`: findings in documents of files and in the catalog, and quotes looked up in copies of their sources.

use std::{fs, path::Path, process::Command};

use chrono::{Days, Utc};
use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::{
    cli::{folder, run},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    let plain = trials![plain:
        each_rule_finds_what_it_is_about_and_nothing_else,
        numbers_in_quotes_have_many_spellings,
        dates_in_quotes_have_many_spellings,
        files_that_are_no_documents_are_findings,
        quotes_are_looked_up_in_copies_of_the_sources,
        quotes_are_found_in_excerpts_of_real_sources,
        wrong_arguments_are_usage_errors,
    ];
    plain.into_iter().chain(trials![on both: the_catalog_is_checked]).collect()
}

/// A folder with documents, given with the names of their folders.
fn documents(documents: &[(&str, Json)]) -> TempDir {
    let folder = folder();
    for (plural, document) in documents {
        let file = folder.path().join(format!("{plural}/{}.toml", document["slug"].as_str().expect("a slug")));
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder can be written");
        fs::write(file, toml(document)).expect("the file can be written");
    }
    folder
}

/// A document as TOML, with a line for each field.
fn toml(document: &Json) -> String {
    fn inline(value: &Json) -> String {
        match value {
            Json::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| format!("{name} = {}", inline(value)));
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }
            Json::Array(elements) => format!("[{}]", elements.iter().map(inline).collect::<Vec<_>>().join(", ")),
            value => value.to_string(),
        }
    }
    let fields = document.as_object().expect("a document").iter();
    fields.map(|(name, value)| format!("{name} = {}\n", inline(value))).collect()
}

/// The exit code, and the findings, each as its rule, subject and field.
fn lint(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let arguments = [&["lint", "--json"], arguments].concat();
    let (code, output, errors) = run(folder, &arguments, &[]);
    (code, findings(&output, &errors))
}

fn findings(output: &str, errors: &str) -> Vec<String> {
    let report = serde_json::from_str::<Json>(output).unwrap_or_else(|error| panic!("{error}: {output} {errors}"));
    let findings = report["findings"].as_array().expect("findings");
    let count = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    assert_eq!(report["totals"]["errors"], count("error"), "{report}");
    assert_eq!(report["totals"]["warnings"], count("warning"), "{report}");
    let text = |finding: &Json, field: &str| finding[field].as_str().expect("a text").to_owned();
    findings.iter().map(|one| format!("{} {} {}", text(one, "rule"), text(one, "slug"), text(one, "field"))).collect()
}

/// Sources, licenses and a maker.
fn others() -> Vec<(&'static str, Json)> {
    let source = |slug: &str, kind: &str, publisher: &str| {
        let mut source = json!({ "slug": slug, "title": slug, "kind": kind });
        if !publisher.is_empty() {
            source["publisher"] = json!(publisher);
        }
        ("sources", source)
    };
    let license = |slug: &str, commercial_use: &str| {
        let terms = match commercial_use {
            "PROHIBITED" => json!([{ "effect": "PROHIBITED", "when": { "commercial": true } }]),
            _ => json!([]),
        };
        (
            "licenses",
            json!({ "slug": slug, "name": slug, "commercialUse": commercial_use, "termsReviewed": "2024-01-01", "terms": terms,
                "evidence": [evidence("card", "CITED", json!({ "commercialUse": commercial_use }))] }),
        )
    };
    vec![
        ("organizations", json!({ "slug": "lab", "name": "Lab" })),
        source("card", "MODEL_CARD", "lab"),
        source("config", "CONFIG", "lab"),
        source("list", "LIST", ""),
        license("free", "ALLOWED"),
        license("closed", "PROHIBITED"),
    ]
}

#[expect(clippy::needless_pass_by_value, reason = "callers make the value in place")]
fn evidence(source: &str, confidence: &str, values: Json) -> Json {
    json!({ "source": source, "confidence": confidence, "locator": "README.md#L1", "values": values })
}

/// A model of the lab, whose own facts have evidence.
#[expect(clippy::needless_pass_by_value, reason = "callers make the value in place")]
fn model(slug: &str, fields: Json) -> Json {
    let mut model = json!({ "slug": slug, "name": slug, "organizations": ["lab"], "license": "free",
        "evidence": [evidence("card", "REPORTED", json!({ "organizations": ["lab"], "license": "free" }))] });
    for (name, value) in fields.as_object().expect("fields") {
        match (name.as_str(), value) {
            ("evidence", Json::Array(more)) => model["evidence"].as_array_mut().expect("a list").extend(more.clone()),
            _ => model[name] = value.clone(),
        }
        if name == "bases" {
            model["evidence"][0]["values"][name] = value.clone();
        }
    }
    model
}

/// A size with evidence about its parameters, and more.
#[expect(clippy::needless_pass_by_value, reason = "callers make the value in place")]
fn size(label: &str, fields: Json, more: &[Json]) -> Json {
    let mut size = json!({ "label": label, "parameters": label });
    let mut own = json!({ "parameters": label });
    for (name, value) in fields.as_object().expect("fields") {
        size[name] = value.clone();
        own[name] = value.clone();
    }
    let has_own = |list: &[Json]| !list.is_empty();
    size["evidence"] = if has_own(more) { json!(more) } else { json!([evidence("card", "REPORTED", own)]) };
    size
}

fn each_rule_finds_what_it_is_about_and_nothing_else() {
    let tomorrow = (Utc::now().date_naive() + Days::new(2)).to_string();
    let own = |values: Json| evidence("card", "REPORTED", values);
    let card = own;
    let counted = |source: &str, count: i64| evidence(source, "EXACT", json!({ "parameters": count }));
    let mut quoted = card(json!({ "contextLength": 4096 }));
    quoted["quote"] = json!("It reads 8k tokens at once.");
    let mut created = evidence("list", "CITED", json!({ "releaseDate": "2024-03-01" }));
    created["locator"] = json!("createdAt");
    let dated = |date: &str| json!({ "releaseDate": date, "evidence": [own(json!({ "releaseDate": date }))] });
    let with = |mut fields: Json, more: Json| {
        for (name, value) in more.as_object().expect("fields") {
            fields[name] = value.clone();
        }
        fields
    };
    let cases = [
        // Nothing to find.
        (vec![("models", model("m", json!({ "sizes": [size("7B", json!({ "contextLength": 4096 }), &[])] })))], vec![]),
        // A value that no source states.
        (vec![("models", model("m", json!({ "kind": "FOUNDATION" })))], vec!["unsourced m kind"]),
        (
            vec![("datasets", json!({ "slug": "d", "name": "d", "tokens": 5, "license": "free" }))],
            vec!["unsourced d tokens", "unsourced d license"],
        ),
        // The maker's card against a list; the value is that of the list.
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "contextLength": 8192, "evidence": [own(json!({ "contextLength": 4096 })),
                evidence("list", "CITED", json!({ "contextLength": 8192 }))] }),
                ),
            )],
            vec!["contradicted m contextLength", "conflicting m contextLength"],
        ),
        // A value that is unknown although a source states it.
        (
            vec![("models", model("m", json!({ "evidence": [own(json!({ "contextLength": 4096 }))] })))],
            vec!["contradicted m contextLength"],
        ),
        // 2B instead of 2T, and a label of billions with millions of parameters.
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "sizes": [size("7B", json!({ "trainingTokens": "2B" }),
                &[card(json!({ "parameters": "7B", "trainingTokens": "2B" })), evidence("list", "CITED", json!({ "trainingTokens": "2T" }))])] }),
                ),
            )],
            vec!["conflicting m sizes.7B.trainingTokens", "factor-1000 m sizes.7B.trainingTokens"],
        ),
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "sizes": [with(size("7B", json!({}), &[card(json!({ "parameters": "7M" }))]), json!({ "parameters": "7M" }))] }),
                ),
            )],
            vec!["factor-1000 m sizes.7B.parameters"],
        ),
        // The number in an address is a length of context.
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "checkpoints": [{ "repository": "Lab/M-mini-4k", "parameters": 4_000_000_000_i64,
                        "evidence": [evidence("card", "REPORTED", json!({ "parameters": 4_000_000_000_i64 }))] }] }),
                ),
            )],
            vec![],
        ),
        // More active parameters than there are.
        (
            vec![("models", model("m", json!({ "sizes": [size("7B", json!({ "activeParameters": "9B" }), &[])] })))],
            vec!["invalid m sizes.7B.activeParameters", "active-above-total m sizes.7B.activeParameters"],
        ),
        // A checkpoint whose value and whose evidence differ.
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "checkpoints": [{ "repository": "Lab/M", "bytes": 5,
                        "evidence": [evidence("card", "REPORTED", json!({ "bytes": 7 }))] }] }),
                ),
            )],
            vec!["contradicted m checkpoints.Lab/M.bytes"],
        ),
        // Counts of two checkpoints of one size, 1.2 % and 0.5 % apart.
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "sizes": [with(size("7B", json!({}), &[counted("card", 7_000_000_123), counted("config", 7_084_000_000)]), json!({ "parameters": 7_000_000_123_i64 }))] }),
                ),
            )],
            vec!["conflicting m sizes.7B.parameters", "counts-apart m sizes.7B.parameters"],
        ),
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "sizes": [with(size("7B", json!({}), &[counted("card", 7_000_000_123), counted("config", 7_035_000_000)]), json!({ "parameters": 7_000_000_123_i64 }))] }),
                ),
            )],
            vec!["conflicting m sizes.7B.parameters"],
        ),
        // Dates.
        (vec![("models", model("m", dated("2016-12-31")))], vec!["implausible-date m releaseDate"]),
        (vec![("models", model("m", dated("2017")))], vec![]),
        (vec![("models", model("m", dated(&tomorrow)))], vec!["implausible-date m releaseDate"]),
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "releaseDate": "2023-03", "knowledgeCutoff": "2023-04",
                "evidence": [own(json!({ "releaseDate": "2023-03", "knowledgeCutoff": "2023-04" }))] }),
                ),
            )],
            vec!["cutoff-after-release m knowledgeCutoff"],
        ),
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "releaseDate": "2023", "knowledgeCutoff": "2023-04",
                "evidence": [own(json!({ "releaseDate": "2023", "knowledgeCutoff": "2023-04" }))] }),
                ),
            )],
            vec![],
        ),
        (
            vec![
                ("models", model("base", dated("2024-02-10"))),
                (
                    "models",
                    model(
                        "m",
                        with(dated("2024-01"), json!({ "bases": [{ "model": "base", "relation": "FINE_TUNED" }] })),
                    ),
                ),
            ],
            vec!["release-before-base m releaseDate"],
        ),
        (
            vec![
                ("models", model("base", dated("2024-02-10"))),
                (
                    "models",
                    model(
                        "m",
                        with(dated("2024"), json!({ "bases": [{ "model": "base", "relation": "FINE_TUNED" }] })),
                    ),
                ),
            ],
            vec![],
        ),
        (
            vec![("models", model("m", json!({ "releaseDate": "2024-03-01", "evidence": [created.clone()] })))],
            vec!["creation-date m releaseDate"],
        ),
        (
            vec![(
                "models",
                model(
                    "m",
                    json!({ "releaseDate": "2024-03-01", "evidence": [created, own(json!({ "releaseDate": "2024-03" }))] }),
                ),
            )],
            vec![],
        ),
        // Licenses: of the weights of a base two steps away, but not of the teacher of a distilled model.
        (
            vec![
                (
                    "models",
                    with(
                        model("base", json!({})),
                        json!({ "license": "closed", "evidence": [own(json!({ "organizations": ["lab"], "license": "closed" }))] }),
                    ),
                ),
                (
                    "models",
                    with(
                        model("between", json!({ "bases": [{ "model": "base", "relation": "CONTINUED" }] })),
                        json!({ "license": "closed", "evidence": [own(json!({ "organizations": ["lab"], "license": "closed",
                            "bases": [{ "model": "base", "relation": "CONTINUED" }] }))] }),
                    ),
                ),
                ("models", model("distilled", json!({ "bases": [{ "model": "base", "relation": "DISTILLED" }] }))),
                ("models", model("m", json!({ "bases": [{ "model": "between", "relation": "FINE_TUNED" }] }))),
            ],
            vec!["less-restrictive-than-base m license", "less-restrictive-than-base m license"],
        ),
        // Of several bases, a size is compared with those that it was derived from.
        (
            vec![
                (
                    "models",
                    with(
                        model("base", json!({ "sizes": [size("70B", json!({}), &[])] })),
                        json!({ "license": "closed", "evidence": [own(json!({ "organizations": ["lab"], "license": "closed" }))] }),
                    ),
                ),
                ("models", model("other", json!({ "sizes": [size("7B", json!({}), &[])] }))),
                (
                    "models",
                    model(
                        "m",
                        json!({ "sizes": [size("7B", json!({}), &[]), size("8B", json!({}), &[])], "bases": [
                            { "model": "base", "of": "8B", "size": "70B", "relation": "PRUNED" },
                            { "model": "other", "of": "7B", "size": "7B", "relation": "FINE_TUNED" }] }),
                    ),
                ),
            ],
            vec!["less-restrictive-than-base m sizes.8B.license"],
        ),
        (
            vec![("licenses", json!({ "slug": "read-by-nobody", "name": "L", "commercialUse": "UNKNOWN" }))],
            vec!["unreviewed-license read-by-nobody termsReviewed"],
        ),
        // Quotes.
        (
            vec![("models", model("m", json!({ "contextLength": 4096, "evidence": [quoted] })))],
            vec!["quote-without-value m evidence.1.quote"],
        ),
        (
            vec![(
                "licenses",
                json!({ "slug": "l", "name": "L", "commercialUse": "ALLOWED", "termsReviewed": "2024",
                "terms": [{ "effect": "NOTICE", "quote": "word ".repeat(26).trim() }] }),
            )],
            vec!["invalid l terms.0.quote", "unsourced l commercialUse", "long-quote l terms.0.quote"],
        ),
        // References.
        (
            vec![(
                "models",
                with(
                    model("m", json!({ "baseModel": "nobody" })),
                    json!({ "links": [{ "kind": "OTHER", "url": "ftp://example.org" }] }),
                ),
            )],
            vec![
                "invalid m links.0.url",
                "dead-reference m baseModel",
                "dead-reference m links.0.url",
                "unsourced m baseModel",
            ],
        ),
        (
            vec![
                ("models", model("base", json!({ "sizes": [size("7B", json!({}), &[])] }))),
                ("models", model("m", json!({ "bases": [{ "model": "base", "size": "8B" }] }))),
            ],
            vec!["dead-reference m bases.0.size"],
        ),
    ];
    for (index, (subjects, expected)) in cases.into_iter().enumerate() {
        let folder = documents(&[subjects, others()].concat());
        let (code, found) = lint(folder.path(), &["."]);
        assert_eq!(found, expected, "case {index}");
        let warnings = [
            "unsourced",
            "conflicting",
            "counts-apart",
            "creation-date",
            "unreviewed-license",
            "release-before-base",
            "less-restrictive-than-base",
        ];
        let is_error = |finding: &&str| !warnings.iter().any(|rule| finding.starts_with(rule));
        assert_eq!(code, i32::from(expected.iter().any(is_error)), "case {index}");
    }
    // For people.
    let folder = documents(&[others(), vec![("models", model("m", json!({ "kind": "FOUNDATION" })))]].concat());
    let (code, output, _) = run(folder.path(), &["lint", "."], &[]);
    assert_eq!(
        (code, &*output),
        (0, "warning  model m: kind has no evidence [unsourced]\n0 errors and 1 warnings in 7 subjects.\n")
    );
}

/// The values of quotes that are found in them, and of some that are not.
fn check_quotes(name: &str, cases: &[(Json, &str, bool)]) {
    let models = cases.iter().enumerate().map(|(index, (value, quote, _))| {
        let mut one = evidence("card", "REPORTED", json!({ name: value }));
        one["quote"] = json!(quote);
        let size = json!({ "label": "x", "parameters": 1, "evidence": [one] });
        ("models", json!({ "slug": format!("m-{index}"), "name": "m", "sizes": [size] }))
    });
    let folder = documents(&[models.collect(), others()].concat());
    let (_, found) = lint(folder.path(), &["."]);
    for (index, (value, quote, contains)) in cases.iter().enumerate() {
        let finding = format!("quote-without-value m-{index} sizes.x.evidence.0.quote");
        assert_eq!(!found.contains(&finding), *contains, "{value} in {quote:?}");
    }
}

fn numbers_in_quotes_have_many_spellings() {
    let b = |billions: f64| json!(format!("{billions}B"));
    check_quotes(
        "trainingTokens",
        &[
            (json!("2T"), "|7B|4k|&#10007;|2.0T", true),
            (json!(2_000_000_000_000_i64), "vast dataset of 2 trillion tokens", true),
            (json!("2T"), "two trillion tokens", true),
            (b(7.0), "seven billion parameters", true),
            (b(1.0), "one billion", true),
            (b(2.0), "seven billion", false),
            (json!("2.6T"), "2.6 万亿", true),
            (json!("2.6T"), "２.６万亿个 token", true),
            (b(7.0), "70亿参数", true),
            (b(7.0), "7 billion", true),
            (json!(6.67e22), "6.67x1022 FLOPs", true),
            (json!(6.67e22), "6.67 × 10^22", true),
            (json!(6.67e22), "6.67x1021", false),
            (b(7.0), "7-billion-parameter", true),
            (b(7.0), "7bn", true),
            (b(7.0), "7,000,000,000", true),
            (b(7.0), "6,738,415,616", true),
            (b(7.0), "7000M", true),
            (b(355.0), "**355** billion total", true),
            (b(28.8), "| Active (B) | 28.8 |", true),
            (json!(131_072), "128k", true),
            (json!("128K"), "131,072", true),
            (json!(131_072), "131072 tokens", true),
            (json!(32_768), "32K (32,768)", true),
            (json!(300_000_000), "3亿", true),
            (json!(1_500_000), "150万", true),
            (json!("15T"), "more than 15 T tokens", true),
            (json!("14.8T"), "14.8T", true),
            (b(7.0), "70B", false),
            (b(7.0), "7M", false),
            (b(7.0), "17 billion", false),
            (b(8.0), "7.4 billion", false),
            (json!(6_738_415_616_i64), "7B", false),
            (json!("2T"), "2B tokens", false),
            (json!("2T"), "trained on a large corpus", false),
            (json!(8192), "128k", false),
        ],
    );
}

fn dates_in_quotes_have_many_spellings() {
    check_quotes(
        "releaseDate",
        &[
            (json!("2024-07-23"), "**Model Release Date:** July 23, 2024", true),
            (json!("2024-09-25"), "Release Date:** Sept 25, 2024", true),
            (json!("2025-08-20"), "2025/08/20", true),
            (json!("2025-08-20"), "2025.8.20", true),
            (json!("2025-08-20"), "released 20250820", true),
            (json!("2025-08-20"), "2025年8月20日", true),
            (json!("2025-08-03"), "3rd of August, 2025", true),
            (json!("2025-08"), "Aug 2025", true),
            (json!("2025-08-15"), "[25/08/15] released", true),
            (json!("2023-11-30"), "23.11.30: weights", true),
            (json!("2023-11-30"), "30-11-23", true),
            (json!("2025-08-15"), "[24/08/15] released", false),
            (json!("2025-08-15"), "125.08.15", false),
            (json!("2025"), "in 2025", true),
            (json!("2025-08-20"), "August 2025", false),
            (json!("2025-08-20"), "August 20", false),
            (json!("2025-08-20"), "2025-09-20", false),
            (json!("2025"), "in 2024", false),
        ],
    );
}

fn files_that_are_no_documents_are_findings() {
    let folder = documents(&[(
        "licenses",
        json!({ "slug": "l", "name": "L", "commercialUse": "ALLOWED", "termsReviewed": "2024" }),
    )]);
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).expect("the file can be written");
    write("licenses/other.toml", "slug = \"l\"\nname = \"L\"\ncommercialUse = \"ALLOWED\"\n");
    write("licenses/broken.toml", "slug = ");
    write(
        "licenses/unknown.toml",
        "slug = \"unknown\"\nname = \"U\"\ncommercialUse = \"ALLOWED\"\nplanet = \"Mars\"\n",
    );
    write("licenses/README.md", "no document");
    let (code, found) = lint(folder.path(), &["."]);
    assert_eq!(
        (code, found),
        (
            1,
            ["unreadable broken ", "unreadable other slug", "unreadable unknown ", "unsourced l commercialUse"]
                .map(str::to_owned)
                .to_vec()
        )
    );
    // In one folder a slug is that of one document; a document stands instead of that with its slug in the folders before.
    for part in ["before", "after"] {
        fs::create_dir_all(folder.path().join(part).join("licenses")).expect("a folder");
    }
    write(
        "before/licenses/l.toml",
        "slug = \"l\"\nname = \"L\"\ncommercialUse = \"ALLOWED\"\ntermsReviewed = \"2024\"\n",
    );
    write("after/licenses/l.toml", "slug = \"l\"\nname = \"L\"\ncommercialUse = \"UNKNOWN\"\n");
    let found = |folders: &[&str]| lint(folder.path(), folders).1.join(", ");
    assert_eq!(found(&["before", "after"]), found(&["after"]));
    assert_eq!(found(&["after", "before"]), found(&["before"]));
    assert_ne!(found(&["before"]), found(&["after"]));
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]);
    let output = git.args(arguments).current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn quotes_are_looked_up_in_copies_of_the_sources() {
    let copies = folder();
    let card = "# Owl\n\n| **Size** | `Context` |\n|---|---|\n| 7B | 4k |\n\nTrained on *2 trillion*\n   tokens.\n";
    // A folder with the name of the source, a single file, and a bare mirror in which a later commit has other words.
    fs::create_dir(copies.path().join("card")).expect("a folder");
    fs::write(copies.path().join("card/README.md"), card).expect("a file");
    fs::write(copies.path().join("paper"), "The context is\n4k tokens.\n").expect("a file");
    let work = folder();
    git(work.path(), &["init", "-q"]);
    fs::write(work.path().join("README.md"), card).expect("a file");
    git(work.path(), &["add", "."]);
    git(work.path(), &["commit", "-qm", "one"]);
    let commit = git(work.path(), &["rev-parse", "HEAD"]);
    fs::write(work.path().join("README.md"), "nothing\n").expect("a file");
    git(work.path(), &["commit", "-qam", "two"]);
    let mirror = copies.path().join("owner+owl/mirror.git");
    git(work.path(), &["clone", "-q", "--bare", ".", mirror.to_str().expect("a path")]);

    let source = |slug: &str, url: &str, revision: Option<&str>| {
        let mut snapshot = json!({ "accessed": "2024-05-01" });
        if let Some(revision) = revision {
            snapshot["revision"] = json!(revision);
        }
        ("sources", json!({ "slug": slug, "title": slug, "kind": "MODEL_CARD", "url": url, "snapshots": [snapshot] }))
    };
    let quotes = [
        ("card", "README.md#L5", "| 7B | 4k |", ""),
        ("card", "README.md#L5", "7B|4k", ""),
        ("card", "README.md#L7", "Trained on 2 trillion tokens", ""),
        ("card", "README.md", "4k", ""),
        ("card", "README.md#L3-L5", "| 7B | 4k |", ""),
        ("card", "README.md#L6-L99", "Trained on 2 trillion tokens", ""),
        ("card", "README.md#L4", "| 7B | 4k |", "quote-not-found"),
        ("card", "README.md#L1-L4", "| 7B | 4k |", "quote-not-found"),
        ("card", "README.md#L5", "| 7B | 8k |", "quote-not-found"),
        ("card", "NOTES.md#L5", "4k", "quote-not-found"),
        ("card", "../paper#L1", "4k", "quote-not-found"),
        ("card", "Table 2", "4k", "quote-without-place"),
        ("paper", "#L1", "context is 4k", ""),
        ("paper", "Table 2", "4k tokens", ""),
        ("repository", "README.md#L5", "| 7B | 4k |", ""),
        ("later", "README.md#L5", "| 7B | 4k |", "quote-not-found"),
        ("address", "#L5", "| 7B | 4k |", ""),
        ("missing", "README.md#L5", "4k", "no-copy"),
        ("missing", "README.md#L6", "4k", ""),
    ];
    let models = quotes.iter().enumerate().map(|(index, (source, locator, quote, _))| {
        let mut one = evidence(source, "REPORTED", json!({ "contextLength": 4096 }));
        (one["locator"], one["quote"]) = (json!(locator), json!(quote));
        ("models", json!({ "slug": format!("m-{index:02}"), "name": "m", "contextLength": 4096, "evidence": [one] }))
    });
    let sources = vec![
        source("card", "https://example.org", None),
        source("paper", "https://example.org/paper.pdf", None),
        source("repository", "https://github.com/owner/owl", Some(&commit)),
        source("later", "https://github.com/owner/owl", None),
        source("address", &format!("https://github.com/owner/owl/blob/{commit}/README.md"), Some(&commit)),
        source("missing", "https://github.com/owner/other", None),
    ];
    let folder = documents(&[models.collect(), sources].concat());
    let (code, found) = lint(folder.path(), &[".", "--sources", copies.path().to_str().expect("a path")]);
    let of_quotes = found.iter().filter(|finding| {
        finding.starts_with("quote-") && !finding.starts_with("quote-without-value") || finding.starts_with("no-copy")
    });
    let expected = quotes.iter().enumerate().filter(|(_, (.., rule))| !rule.is_empty());
    let expected = expected.map(|(index, (source, .., rule))| match *rule {
        "no-copy" => format!("no-copy {source} snapshots"),
        rule => format!("{rule} m-{index:02} evidence.0.quote"),
    });
    assert_eq!(of_quotes.cloned().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    assert_eq!(code, 1);
    // The message says where the words are.
    let arguments = ["lint", ".", "--sources", copies.path().to_str().expect("a path")];
    let (_, output, _) = run(folder.path(), &arguments, &[]);
    assert!(
        output.contains("evidence.0.quote is on line 5 of the source, not on line 4 [quote-not-found]"),
        "{output}"
    );
}

/// Lines of makers' files, each with a quote from it: tables, configuration, HTML, code, notebooks, two scripts.
fn quotes_are_found_in_excerpts_of_real_sources() {
    let excerpts: Json = serde_json::from_str(include_str!("data/excerpts.json")).expect("the fixture is JSON");
    let excerpts = excerpts.as_array().expect("a list");
    assert_eq!(excerpts.len(), 20);
    let text =
        |excerpt: &Json, key: &str| excerpt[key].as_str().unwrap_or_else(|| panic!("{key}: {excerpt}")).to_owned();
    let copies = folder();
    for (index, excerpt) in excerpts.iter().enumerate() {
        let locator = text(excerpt, "locator");
        let (path, line) = locator.split_once("#L").expect("a line");
        let file = copies.path().join(format!("s-{index:02}")).join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        let before = "\n".repeat(line.parse::<usize>().expect("a number") - 1);
        fs::write(file, format!("{before}{}\nthe end\n", text(excerpt, "text"))).expect("a file");
    }
    let found = |change: &dyn Fn(String) -> String| {
        let subjects = excerpts.iter().enumerate().flat_map(|(index, excerpt)| {
            let (source, quote) = (format!("s-{index:02}"), change(text(excerpt, "quote")));
            let mut one = evidence(&source, "REPORTED", json!({ "contextLength": 4096 }));
            (one["locator"], one["quote"]) = (excerpt["locator"].clone(), json!(quote));
            let snapshot = json!({ "accessed": "2024-05-01", "revision": excerpt["revision"] });
            let source = json!({
                "slug": source, "title": source, "kind": "REPOSITORY", "url": excerpt["url"], "snapshots": [snapshot],
            });
            let model =
                json!({ "slug": format!("m-{index:02}"), "name": "m", "contextLength": 4096, "evidence": [one] });
            [("models", model), ("sources", source)]
        });
        let folder = documents(&subjects.collect::<Vec<_>>());
        let (_, found) = lint(folder.path(), &[".", "--sources", copies.path().to_str().expect("a path")]);
        found
            .into_iter()
            .filter(|one| one.starts_with("quote-not-found") || one.starts_with("no-copy"))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&|quote| quote), Vec::<String>::new());
    let changed = found(&|quote| format!("{quote} and more"));
    assert_eq!(changed.len(), excerpts.len(), "{changed:#?}");
}

fn wrong_arguments_are_usage_errors() {
    let folder = folder();
    let (code, _, errors) = run(folder.path(), &["lint", "nowhere"], &[]);
    assert_eq!(code, 2);
    assert!(errors.starts_with("error: cannot read nowhere: "), "{errors}");
    let (code, _, errors) = run(folder.path(), &["lint", ".", "--sources", "nowhere"], &[]);
    assert_eq!((code, &*errors), (2, "error: nowhere is no folder with copies of sources\n"));
    let (code, _, errors) = run(folder.path(), &["lint"], &[]);
    assert_eq!(code, 1);
    assert!(errors.contains("there is no catalog in sqlite:catalog.db"), "{errors}");
    assert!(!folder.path().join("catalog.db").exists());
}

async fn the_catalog_is_checked(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor
        .data(
            "mutation {
               a: createLicense(input: { slug: \"closed\", name: \"Closed\", commercialUse: PROHIBITED, termsReviewed: \"2024\", terms: [{ effect: PROHIBITED, when: { commercial: true } }] }) { revision }
               b: createModel(input: { slug: \"grandmother\", name: \"A\", license: { slug: \"closed\" }, releaseDate: \"2024-02-02\" }) { revision }
               c: createModel(input: { slug: \"mother\", name: \"B\", license: { slug: \"closed\" }, baseModel: \"grandmother\" }) { revision }
               d: createModel(input: { slug: \"daughter\", name: \"C\", commercialUse: ALLOWED, releaseDate: \"2016\", baseModel: \"mother\",
                 evidence: [{ values: { releaseDate: \"2024-03\" }, source: { create: { slug: \"card\", title: \"Card\", kind: MODEL_CARD } }, confidence: REPORTED, quote: \"in April\" }] }, reason: \"for the test\") { revision } }",
        )
        .await;
    let folder = folder();
    let url = app.url.clone();
    let lint = async |arguments: &[&str]| {
        let arguments = [&["lint"], arguments].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
        let (path, url) = (folder.path().to_owned(), url.clone());
        let run =
            move || run(&path, &arguments.iter().map(String::as_str).collect::<Vec<_>>(), &[("DATABASE_URL", &*url)]);
        tokio::task::spawn_blocking(run).await.expect("it ends")
    };
    let (code, output, errors) = lint(&["--json"]).await;
    let found = findings(&output, &errors);
    let errors = found
        .iter()
        .filter(|finding| !["unsourced", "conflicting", "unreviewed"].iter().any(|rule| finding.starts_with(rule)));
    // The fixture has 31 models and no evidence. Of the ancestors further away, the one that forbids the use is also named.
    assert_eq!(
        errors.collect::<Vec<_>>(),
        [
            "contradicted daughter releaseDate",
            "implausible-date daughter releaseDate",
            "less-restrictive-than-base daughter license",
            "less-restrictive-than-base daughter license",
            "quote-without-value daughter evidence.0.quote",
        ]
    );
    assert!(
        found.contains(&"unsourced mother license".to_owned())
            && found.contains(&"unreviewed-license llama-license termsReviewed".to_owned()),
        "{found:?}"
    );
    assert!(!found.iter().any(|finding| finding.starts_with("dead-reference")));
    assert_eq!(code, 1);
    let report = serde_json::from_str::<Json>(&output).expect("JSON");
    assert_eq!(report["totals"]["subjects"], 44 + 5);
    let finding =
        report["findings"].as_array().expect("a list").iter().find(|finding| finding["rule"] == "contradicted");
    assert_eq!(
        finding,
        Some(
            &json!({ "severity": "error", "rule": "contradicted", "subject": "MODEL", "slug": "daughter", "field": "releaseDate",
            "message": "is \"2016\", but the evidence that holds says \"2024-03\" (card)" })
        )
    );
    // Nothing was changed.
    let revisions = app.data("{ revisions { totalCount } }").await;
    assert_eq!(revisions["revisions"]["totalCount"], 44 + 5);
}
