//! Malicious text through every import and every export: rejected with a reason, or escaped.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{file, list};
use crate::{http::read, support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both: malicious_text_is_escaped_in_every_format, malicious_imports_are_rejected]
}

const IMPORT: &str = "mutation ($format: ImportFormat!, $content: String!) { importCatalog(input: { format: $format, content: $content }) {
    written rejected rows { outcome slug warnings { raw message } problems { raw message } } } }";

async fn import(app: &App, format: &str, content: &str) -> Json {
    app.data_with(IMPORT, json!({ "format": format, "content": content })).await["importCatalog"].take()
}

const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>";
const LEFT_OUT: &str = "not an http(s) URL or a path in the list's repository; ignored";

async fn malicious_text_is_escaped_in_every_format(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    let document = json!([{ "slug": "harm-json", "name": format!("{SCRIPT} json"), "kind": "FOUNDATION", "aliases": ["=cmd()|' /C calc'!A0", "](javascript:alert(1))"],
        "summary": { "en": "@SUM(1+1)*cmd|' /C calc'!A0", "zh": format!("{SCRIPT}\n=2+5") },
        "links": [{ "kind": "OTHER", "title": "](javascript:alert(1)) [x", "url": "https://example.org/\"><script>" }],
        "sizes": [{ "label": "=7B", "parameters": "7B" }] }]);
    let table = format!(
        "name,kind,summary_en,links\n\"{SCRIPT} csv\",FOUNDATION,'=cmd(),javascript:alert(1)\n=cmd() csv,DERIVED,+1,OTHER x <javascript:alert(1)>\n"
    );
    let list = format!(
        "## 基础大模型\n\n| 名称 | 参数规模 | 说明 |\n|---|---|---|\n| [{SCRIPT} md](javascript:alert\\(1\\)) | 7B | =cmd()，[x](JaVaScRiPt:alert(1))，[y](data:text/html,x)，[z](vbscript:x) |\n"
    );
    let page = json!({ "id": "harm/hub", "tags": [SCRIPT], "cardData": { "license": "other", "license_name": SCRIPT, "license_link": "javascript:alert(1)" } }).to_string();
    let file_of = format!("name = '{SCRIPT} dev'\nopen_weights = true\n[[links]]\nurl = 'javascript:alert(1)'\n");
    for (format, content) in [
        ("JSON", document.to_string()),
        ("CSV", table),
        ("MARKDOWN", list),
        ("HUGGING_FACE", page),
        ("MODELS_DEV", file_of),
    ] {
        let report = import(&admin, format, &content).await;
        assert_eq!((&report["written"], &report["rejected"]), (&json!(true), &json!(0)), "{format}: {report}");
        let warnings = report["rows"]
            .as_array()
            .expect("a list")
            .iter()
            .flat_map(|row| row["warnings"].as_array().expect("a list"));
        let left_out = warnings.filter(|warning| {
            warning["message"] == LEFT_OUT
                || warning["message"] == "not a link; ignored; expected a URL, a path or KIND title <URL>"
        });
        let raw = left_out.map(|warning| warning["raw"].as_str().expect("a text").to_lowercase()).collect::<Vec<_>>();
        let expected: &[&str] = match format {
            // On the Hub it is the name of a file of the model.
            "JSON" | "HUGGING_FACE" => &[],
            "CSV" => &["javascript:alert(1)", "javascript:alert(1)"],
            "MARKDOWN" => &["javascript:alert(1)", "javascript:alert(1)", "data:text/html,x", "vbscript:x"],
            _ => &["javascript:alert(1)"],
        };
        assert_eq!(raw, expected, "{format}: {report}");
    }
    // JSON states a URL explicitly, and this one is invalid.
    let link =
        json!([{ "slug": "harm-json", "links": [{ "kind": "OTHER", "url": "javascript:alert(1)" }] }]).to_string();
    let report = import(&admin, "JSON", &link).await;
    assert_eq!((&report["written"], &report["rejected"]), (&json!(false), &json!(1)), "{report}");

    for language in ["zh", "en"] {
        let text = file(&app, &format!("/export/models.md?language={language}")).await;
        list::is_harmless(&text);
        assert!(text.contains("\\<script\\>alert(1)\\</script\\>"), "{text}");
    }
    let text = file(&app, "/export/models.csv").await;
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for row in rows.records().map(|row| row.expect("a row")) {
        assert!(
            row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])),
            "{row:?}"
        );
        assert!(!row[row.len() - 1].contains("<javascript:"), "{row:?}");
    }
    for path in
        ["/export/models.json", "/export/models.ndjson", "/export/models.csv", "/export/models.md", "/feed.atom"]
    {
        let (_, headers, _) = read(app.request("GET", path)).await;
        // A browser must not take it for a page of HTML.
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
    let feed = file(&app, "/feed.atom").await;
    assert!(!feed.contains("<script") && !feed.contains("<img") && !feed.contains("href=\"javascript"), "{feed}");
    assert!(feed.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{feed}");
}

async fn malicious_imports_are_rejected(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    let before = file(&app, "/export/catalog.json").await;
    let wide = |separator: &str| vec!["x"; 10_000].join(separator);
    let cases = [
        (
            "MARKDOWN",
            format!("## 基础大模型\n\n|{}|\n|{}\n|a|\n", wide("|"), "-|".repeat(10_000)),
            "the table has 10000 columns; the limit is 1000",
        ),
        ("CSV", format!("name,{}\n", wide(",")), "the row has 10001 columns; the limit is 1000"),
        ("NDJSON", format!("{{\"name\": \"A\", \"{}\": 1}}", wide("\": 1, \"")), "is given twice"),
        (
            "MARKDOWN",
            format!("## 基础大模型\n\n| name | notes |\n|---|---|\n| A | {} |\n", "ha ".repeat(300_000)),
            "a cell has 899999 bytes; the limit is 65536",
        ),
        ("CSV", format!("name,notes\nA,{}\n", "ha ".repeat(300_000)), "a cell has 900000 bytes; the limit is 65536"),
        (
            "JSON",
            format!("[{{\"name\": \"{}\", \"kind\": \"DERIVED\"}}]", "ha ".repeat(300_000)),
            "has more than 200 characters",
        ),
        ("JSON", "[".repeat(400_000) + &"]".repeat(400_000), "recursion limit exceeded"),
        ("HUGGING_FACE", "[".repeat(500_000), "not valid JSON: recursion limit exceeded"),
        ("MODELS_DEV", format!("a = {}", "[".repeat(500_000)), "not valid TOML: cannot recurse further"),
    ];
    for (format, content, message) in cases {
        let report = import(&admin, format, &content).await;
        assert_eq!(report["written"], false, "{format}");
        let text = report.to_string();
        assert!(text.contains(message) && text.len() < 2_000_000, "{format}: {message} in {text:.1000}");
    }
    // More than a megabyte is neither read nor decompressed.
    let body = json!({ "query": IMPORT, "variables": { "format": "MARKDOWN", "content": "x".repeat(1 << 20) } });
    let (status, answer) = admin.post(&body).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (413, &json!("PAYLOAD_TOO_LARGE")));
    let packed =
        admin.request("POST", "/graphql").header("content-type", "application/json").header("content-encoding", "gzip");
    let (status, _, body) = read(packed.body(b"\x1f\x8b\x08\x00\x00\x00\x00\x00".to_vec())).await;
    assert!((400..500).contains(&status) && body.contains("\"code\""), "{status}: {body}");
    assert_eq!(file(&app, "/export/catalog.json").await, before);
}
