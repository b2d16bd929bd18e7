//! Text with special characters, in every argument that accepts text.

use serde_json::json;

use super::{Case, Sent};

const TEXTS: [&str; 16] = [
    "'",
    "''; DROP TABLE model; --",
    "\" OR \"\" = \"",
    "\\",
    "%' OR '1' = '1",
    "1; SELECT pg_sleep(10)",
    "x' UNION SELECT secret_hash FROM api_token --",
    "$1",
    "?",
    ":name",
    "\u{0}",
    "\u{202e}\u{200b}\u{feff}",
    "👩‍👩‍👧‍👧",
    "\r\n\t\u{b}",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}",
];

const QUERY: &str = "query ($t: String!, $i: ID!) {
    model(slug: $t) { name } dataset(slug: $t) { name } license(slug: $t) { name } organization(slug: $t) { name }
    architecture(slug: $t) { name } search(query: $t) { totalCount nodes { __typename } } node(id: $i) { id } nodes(ids: [$i]) { id }
    models(search: $t, where: { or: [{ name: { eq: $t } }, { slug: { contains: $t } }, { name: { startsWith: $t } },
        { sizes: { some: { label: { endsWith: $t } } } }, { license: { name: { in: [$t] } } }] }) { totalCount nodes { summary(language: EN) } }
    sizes(where: { label: { ne: $t } }, after: $t) { totalCount } revisions(where: { actor: { contains: $t } }) { totalCount }
}";

const MUTATION: &str = "mutation ($t: String!) {
    createModel(input: { name: $t, kind: FOUNDATION, sizes: [{ label: $t }] }) { revision }
    updateModel(input: { slug: $t, name: $t }) { revision } deleteLicense(input: { slug: $t }) { revision }
    importCatalog(input: { format: NDJSON, content: $t }) { written }
}";

pub fn cases() -> Vec<Case> {
    let cases = TEXTS.into_iter().flat_map(|text| {
        let asked = json!({ "query": QUERY, "variables": { "t": text, "i": text } });
        // Without a token nothing is written, and nothing fails either.
        let written = json!({ "query": MUTATION, "variables": { "t": text } });
        [
            Case::new(format!("asked for {text:?}"), Sent::Json(asked), &[200, 400], "\"errors\""),
            Case::new(format!("to write {text:?}"), Sent::Json(written), &[200, 400, 403], "\"errors\""),
        ]
    });
    cases.collect()
}
