//! Random catalogs with text that is special in Markdown, in CSV, for readers of lists or for programs.

use open_llm_catalog::domain::license::LicenseDocument;
use proptest::{
    collection::{btree_map, vec},
    option::of,
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::{Value as Json, json};

use crate::support::documents;

/// Names hold these; each name has a number too, by which it differs from all others.
const WORDS: [&str; 51] = [
    "千问",
    "Ｗide",
    "A \"quoted\" name",
    "\"half",
    "100% _pure_",
    "Ünïcode 🦙",
    "plain",
    "a | b",
    "a, b",
    "a; b；c",
    "甲、乙，丙。丁",
    "=cmd()|' /C calc'!A0",
    "'quoted",
    "'=1",
    "＝1",
    "'＋1",
    "－＠",
    "-1",
    "@x",
    "+y",
    "[x](https://evil.example)",
    "<script>alert(1)</script>",
    "<!-- gone",
    "# x",
    "1. x",
    "- x",
    "* x * y",
    "(half",
    "half)",
    "）（",
    "a (b, c)",
    "甲：乙",
    "license: MIT",
    "summary: x",
    "机构：甲",
    "可商用",
    "commercial",
    "7B",
    "Meta",
    "https://example.org/?a=b&copy;",
    "www.example.org",
    "a@b.example",
    "a/b+c·d",
    "&amp;",
    "back\\slash\\",
    "`code`",
    "\u{202e}olleh\u{202c}",
    "x - y — z",
    "又名 x",
    "数据集",
    "$x$",
];

/// Texts hold these too.
const LINES: [&str; 7] =
    ["first\nsecond", "first\r\nsecond", "a\tb", "a\u{2028}b\u{1}c", "\n", "6.67×10²² FLOPs", "A. B, c; d."];

const URLS: [&str; 9] = [
    "https://example.org/(a)/b|c<d>?e=[f]&g=h\\i",
    "https://example.org/a;b,c'd\"e",
    "https://github.com/a/b",
    "https://huggingface.co/datasets/a/b",
    "https://arxiv.org/abs/1",
    "https://例え.example/ü#é",
    "Open-LLMs/a_b_c.md",
    "Open-LLMs/甲.md",
    "https://example.org/?a=b&copy;=c",
];

const KINDS: [&str; 8] = ["HOMEPAGE", "DETAILS", "ARTICLE", "REPOSITORY", "PAPER", "WEIGHTS", "DATASET", "OTHER"];

/// A unique name with special characters at its start, its end or both.
fn name(own: String) -> impl Strategy<Value = String> {
    let shapes = select(vec![0, 1, 2, 3]);
    (select(WORDS.to_vec()), select(WORDS.to_vec()), shapes).prop_map(move |(one, other, shape)| match shape {
        0 => format!("{one} {own}"),
        1 => format!("{own} {one}"),
        2 => format!("{one}{own}{other}"),
        _ => own.clone(),
    })
}

/// A text of some words and lines, without surrounding whitespace.
fn text() -> impl Strategy<Value = String> {
    let all = [&WORDS[..], &LINES[..]].concat();
    vec(select(all), 1..4)
        .prop_map(|words| words.join(" ").trim().to_owned())
        .prop_filter("says nothing", |text| !text.is_empty())
}

fn links() -> impl Strategy<Value = Vec<Json>> {
    let link = (select(KINDS.to_vec()), of(text()), select(URLS.to_vec()));
    vec(link, 0..4).prop_map(|links| {
        let link = |(kind, title, url)| json!({ "kind": kind, "title": title, "url": url });
        // Repeated links are merged, as by the readers of lists and tables.
        let mut links = links.into_iter().map(link).collect::<Vec<_>>();
        links.sort_by_key(Json::to_string);
        links.dedup();
        links
    })
}

fn localized<T: Strategy<Value = String>>(text: impl Fn() -> T) -> impl Strategy<Value = Json> {
    (of(text()), of(text())).prop_map(|(zh, en)| json!({ "zh": zh, "en": en }))
}

fn list<T: Strategy<Value = Json>>(count: usize, of: impl Fn(usize) -> T) -> impl Strategy<Value = Json> {
    (0..count).map(of).collect::<Vec<_>>().prop_map(Json::from)
}

fn organization(n: usize) -> impl Strategy<Value = Json> {
    let other = move || name(format!("Maker L{n}")).prop_map(move |name| format!("{name} {n}"));
    (name(format!("Maker {n}")), localized(other)).prop_map(move |(name, localized)| {
        // Equal names in two languages are unambiguous; equal names of two makers are not.
        json!({ "slug": format!("maker-{n}-x"), "name": name, "localizedName": localized })
    })
}

fn license(n: usize) -> impl Strategy<Value = Json> {
    let uses = select(vec!["ALLOWED", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"]);
    let flags = (any::<bool>(), of(any::<bool>()), of(select(vec!["2026", "2026-11", "2026-11-20"])));
    let facts = (name(format!("License {n}")), uses, localized(text), links(), of(select(URLS.to_vec())));
    (facts, documents::terms(), flags).prop_map(
        move |((name, commercial_use, conditions, links, url), terms, (has_alias, osi_approved, reviewed))| {
            let aliases = has_alias.then(|| json!([format!("alias {n}"), format!("别名 {n}")]));
            let mut document = json!({ "slug": format!("license-{n}-x"), "name": name, "spdxId": n.is_multiple_of(2).then(|| format!("SPDX-{n}")),
                "commercialUse": commercial_use, "conditions": conditions, "links": links, "url": url, "terms": terms,
                "aliases": aliases.unwrap_or_else(|| json!([])), "osiApproved": osi_approved, "termsReviewed": reviewed });
            // Of a reviewed license it follows from the terms.
            let license = serde_json::from_value::<LicenseDocument>(document.clone()).expect("a license");
            if let Some(by_terms) = license.reading().commercial_use() {
                document["commercialUse"] = by_terms.word().into();
            }
            document
        },
    )
}

fn architecture(n: usize) -> impl Strategy<Value = Json> {
    (name(format!("Architecture {n}")), links())
        .prop_map(move |(name, links)| json!({ "slug": format!("architecture-{n}-x"), "name": name, "links": links }))
}

fn dataset(n: usize) -> impl Strategy<Value = Json> {
    let counts = (of(1..9_000_u64), of(1..9_000_u64), of(0..COUNT));
    let rest = (links(), evidence(DATASET_FACTS));
    (name(format!("Dataset {n}")), counts, rest).prop_map(move |(name, (tokens, bytes, license), (links, evidence))| {
        json!({ "slug": format!("dataset-{n}-x"), "name": name, "tokens": tokens, "bytes": bytes,
            "license": license.map(|n| format!("license-{n}-x")), "links": links, "evidence": evidence })
    })
}

/// Evidence about facts that every part has, of random sources.
fn evidence(facts: &'static [(&'static str, &'static str)]) -> impl Strategy<Value = Json> {
    let words = (of(text()), of(select(vec!["a quote", "甲，乙"])), of(select(vec!["2024-02-29", "2020-01-01"])));
    let kinds = (
        select(vec!["EXACT", "REPORTED", "CITED", "ESTIMATED", "INFERRED"]),
        of(select(vec!["APPROXIMATE", "AT_LEAST", "AT_MOST"])),
        select(vec!["PREFERRED", "NORMAL", "DEPRECATED"]),
        select(vec!["STATED", "STATED", "STATED", "NONE", "UNDISCLOSED"]),
    );
    let one = (subsequence(facts.to_vec(), 1..=facts.len()), 0..COUNT, words, kinds).prop_map(
        |(values, source, (locator, quote, accessed), (confidence, qualifier, rank, stance))| {
            let value = |value: &str| match stance {
                "STATED" => serde_json::from_str::<Json>(value).expect("JSON"),
                _ => Json::Null,
            };
            let values = values.into_iter().map(|(field, text)| (field.to_owned(), value(text)));
            json!({ "values": Json::from_iter(values), "source": format!("source-{source}-x"),
                "locator": locator.map(|locator| locator.replace('\n', " ")), "quote": quote, "accessed": accessed,
                "confidence": confidence, "qualifier": qualifier, "rank": rank, "reason": (rank != "NORMAL").then_some("why"),
                "stance": stance })
        },
    );
    vec(one, 0..3).prop_map(Json::from)
}

const DATASET_FACTS: &[(&str, &str)] =
    &[("tokens", "\"1.4T\""), ("bytes", "800000000000"), ("license", "\"license-1-x\"")];
const MODEL_FACTS: &[(&str, &str)] = &[
    ("releaseDate", "\"2023-07\""),
    ("license", "\"license-2-x\""),
    ("trainingFlops", "6.67e22"),
    ("organizations", "[\"maker-1-x\"]"),
    ("dataScale", "{\"text\":\"2T\",\"unit\":\"TOKENS\"}"),
];
const SIZE_FACTS: &[(&str, &str)] =
    &[("parameters", "\"7B\""), ("trainingTokens", "2000000000000"), ("activeParameters", "\"3.3B\"")];

/// A source, which may be a copy of one with a lower number.
fn source(n: usize) -> impl Strategy<Value = Json> {
    let kinds =
        select(vec!["PAPER", "MODEL_CARD", "CONFIG", "REPOSITORY", "ANNOUNCEMENT", "LIST", "DATABASE", "OTHER"]);
    let references = (of(0..COUNT), of(0..COUNT), of(0..=n));
    let dates = (of(select(vec!["2023", "2023-07", "2023-07-18"])), 0..4_usize);
    (name(format!("Source {n}")), kinds, references, of(select(URLS.to_vec())), dates).prop_map(
        move |(title, kind, (publisher, license, base), url, (date, count))| {
            let snapshots = (1..=count).map(|day| {
                json!({ "accessed": format!("2024-05-0{day}"), "revision": (day > 1).then(|| format!("v{day} | \"x\"")),
                    "hash": (day > 2).then_some("sha256:ab") })
            });
            json!({ "slug": format!("source-{n}-x"), "title": title, "kind": kind, "url": url, "publishedAt": date,
                "publisher": publisher.map(|n| format!("maker-{n}-x")), "license": license.map(|n| format!("license-{n}-x")),
                "derivedFrom": base.filter(|base| *base < n).map(|n| format!("source-{n}-x")),
                "snapshots": snapshots.collect::<Vec<_>>() })
        },
    )
}

/// Amounts as lists write them, with the amount and the unit they mean, and the tokens of one size or of each.
const SCALES: [(&str, Option<u64>, &str, &[u64]); 8] = [
    ("2T", Some(2_000_000_000_000), "TOKENS", &[2_000_000_000_000]),
    ("2.4T,3.0T", Some(3_000_000_000_000), "TOKENS", &[2_400_000_000_000, 3_000_000_000_000]),
    ("1.5万亿", Some(1_500_000_000_000), "TOKENS", &[1_500_000_000_000]),
    ("100M（图片）", Some(100_000_000), "IMAGES", &[]),
    ("800GB", Some(800_000_000_000), "BYTES", &[]),
    ("3.15M", Some(3_150_000), "UNKNOWN", &[]),
    ("as written", None, "UNKNOWN", &[]),
    ("much | \"more\"; <b>, 是", None, "UNKNOWN", &[]),
];

/// Labels as lists write them, and the numbers of parameters that they may stand for.
const SIZES: [(&str, u64, Option<u64>); 16] = [
    ("270M", 270_000_000, None),
    ("1.8B", 1_800_000_000, None),
    ("2B", 2_506_172_416, None),
    ("3B-base", 3_000_000_000, None),
    ("7B-chat", 6_738_415_616, None),
    ("7B", 7_000_000_000, None),
    ("13b", 13_015_864_320, None),
    ("30B-A3B", 30_000_000_000, Some(3_000_000_000)),
    ("35B-A3B", 35_107_183_104, Some(3_300_000_000)),
    ("8x7B", 46_702_792_704, Some(12_879_425_536)),
    ("16x4B", 60_000_000_000, None),
    ("700亿", 70_000_000_000, None),
    ("large", 80_000_000_000, None),
    ("v1.5 Größe", 90_000_000_000, Some(9_000_000_000)),
    ("=1+1", 95_000_000_000, None),
    ("100B", 100_000_000_000, Some(12_900_000_000)),
];

/// A model, which refers to models with lower numbers or the next one.
fn model(n: usize) -> impl Strategy<Value = Json> {
    let size = (of(1..9_u64), of(0..COUNT), of(0..3_usize), evidence(SIZE_FACTS));
    let sizes = btree_map(0..SIZES.len(), size, 0..4);
    let some = |count| subsequence((0..COUNT).collect::<Vec<_>>(), 0..=count).prop_shuffle();
    let aliases = (0..3).map(|k| name(format!("Alias {n}-{k}"))).collect::<Vec<_>>();
    let words = (name(format!("Model {n}")), aliases, 0..4_usize, localized(text), links());
    let references = (some(3), some(3), of(0..COUNT), of(0..COUNT), of(0..=n + 1));
    let facts = (
        of(1..999_i32),
        select(vec!["FOUNDATION", "DERIVED"]),
        of((2000..2100_i32, 1..13_u32, 1..29_u32)),
        of(select(vec!["ALLOWED", "CONDITIONAL", "AUTHORIZATION_REQUIRED", "PROHIBITED"])),
        of((1..999_u32, 15..26_i32)),
        of(select(SCALES.to_vec())),
    );
    (words, references, facts, sizes, evidence(MODEL_FACTS)).prop_map(move |(words, references, facts, sizes, evidence)| {
        let (name, mut aliases, count, summary, links) = words;
        let (makers, datasets, license, architecture, base) = references;
        let (position, kind, date, commercial_use, flops, scale) = facts;
        aliases.truncate(count);
        let slugs = |subject: &str, numbers: Vec<usize>| Json::from_iter(numbers.iter().map(|n| format!("{subject}-{n}-x")));
        let slug = |subject: &str, number: Option<usize>| number.map(|n| format!("{subject}-{n}-x"));
        let each = scale.map(|(.., tokens)| tokens).filter(|tokens| tokens.len() == sizes.len());
        let sizes = sizes.into_iter().enumerate().map(|(place, (size, (tokens, license, own, evidence)))| {
            let (label, parameters, active) = SIZES[size];
            // Equally many amounts and sizes belong to each other in order.
            let tokens = each.map_or(tokens.map(|n| n * 1_000_000_000_000), |each| Some(each[place]));
            json!({ "label": label, "parameters": parameters, "activeParameters": active, "trainingTokens": tokens,
                "license": slug("license", license), "commercialUse": own.and_then(|own| ["ALLOWED", "CONDITIONAL"].get(own)),
                "releaseDate": own.and_then(|own| ["2023-08", "2024-01-31", "2024"].get(own)), "evidence": evidence })
        });
        json!({
            "slug": format!("model-{n}-x"), "name": name, "aliases": aliases, "kind": kind, "position": position, "summary": summary,
            "releaseDate": date.map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")[..[4, 7, 10][day as usize % 3]].to_owned()),
            "organizations": slugs("maker", makers), "license": slug("license", license), "commercialUse": commercial_use,
            "architecture": slug("architecture", architecture), "datasets": slugs("dataset", datasets),
            "baseModel": slug("model", base.filter(|base| *base < n)),
            "dataScale": scale.map(|(text, amount, unit, _)| json!({ "text": text, "amount": amount, "unit": unit })),
            "trainingFlops": flops.map(|(number, exponent)| f64::from(number) / 100.0 * 10_f64.powi(exponent)),
            "links": links, "sizes": sizes.collect::<Vec<_>>(), "evidence": evidence,
        })
    })
}

const COUNT: usize = 12;
const MODELS: usize = 120;

/// The documents of a catalog, by subject.
pub fn catalog() -> impl Strategy<Value = Json> {
    let subject_types = (
        list(COUNT, organization),
        list(COUNT, license),
        list(COUNT, architecture),
        list(COUNT, dataset),
        list(COUNT, source),
        list(MODELS, model),
    );
    subject_types.prop_map(|(organizations, licenses, architectures, datasets, sources, models)| {
        json!({ "organizations": organizations, "licenses": licenses, "architectures": architectures, "datasets": datasets,
            "sources": sources, "models": models })
    })
}
