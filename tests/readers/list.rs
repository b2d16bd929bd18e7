//! The Markdown list that the catalog began with, and the forms that such lists take.

use std::collections::HashMap;

use libtest_mimic::Trial;
use open_llm_catalog::domain::text::normalize;
use open_llm_catalog::formats::readers::markdown;
use open_llm_catalog::formats::record::ImportedRecord;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{shown, statements, with_facts};
use crate::{support::fixture, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        the_list_yields_the_facts_of_the_fixture,
        the_list_names_every_model_dataset_and_architecture,
        hazards_are_read_as_expected,
        lists_that_label_their_notes_are_read,
        implied_subjects_are_stated_once_and_first,
        invalid_lists_are_rejected,
    ]
}

const LIST: &[u8] = include_bytes!("../data/list.md");

fn to_json<D: Serialize>(documents: &[D]) -> Vec<Json> {
    documents.iter().map(|document| json!(document)).collect()
}

/// The documents of the fixture by subject and normalised name, as the list names them.
fn expected_documents() -> HashMap<(String, String), Json> {
    let fixture = fixture::documents();
    let all = [
        ("MODEL", to_json(&fixture.models)),
        ("DATASET", to_json(&fixture.datasets)),
        ("ORGANIZATION", to_json(&fixture.organizations)),
        ("ARCHITECTURE", to_json(&fixture.architectures)),
    ];
    let named = |(subject, documents): (&str, Vec<Json>)| {
        let subject = subject.to_owned();
        documents.into_iter().map(move |document| ((subject.clone(), key(&document["name"])), document))
    };
    all.into_iter().flat_map(named).collect()
}

fn key(name: &Json) -> String {
    normalize(name.as_str().expect("a name"))
}

/// Whether text of the list that is no known fact is elsewhere in the fixture than in the summary of the model.
fn is_kept_elsewhere(name: &str, summary: &Json) -> bool {
    match name {
        // The fixture has it as the conditions of the license, which the list does not name.
        "BLOOM" => *summary == json!({ "zh": "最为宽松" }),
        "LLaMA" => *summary == json!({ "zh": "代码开源，模型“泄露”" }),
        // The fixture has a shorter summary.
        "Deepseek Coder" => {
            summary["en"].as_str().is_some_and(|text| text.contains("87% code and 13% natural language"))
        }
        _ => false,
    }
}

fn the_list_yields_the_facts_of_the_fixture() {
    let documents = expected_documents();
    let slug_of = |subject: &str, name: &Json| documents[&(subject.to_owned(), key(name))]["slug"].clone();
    for ImportedRecord { fields, subject, .. } in statements(markdown::read(LIST)) {
        let name = fields["name"].as_str().expect("a name");
        let document = &documents[&(subject.word().to_owned(), normalize(name))];
        for (field, said) in &fields {
            let names = said.as_array().into_iter().flatten();
            match field.as_str() {
                "organizations" => {
                    let slugs = Json::from_iter(names.map(|name| slug_of("ORGANIZATION", name)));
                    assert_eq!(slugs, document[field], "{name}");
                }
                "datasets" => {
                    let slugs = Json::from_iter(names.map(|name| slug_of("DATASET", name)));
                    assert_eq!(slugs, document[field], "{name}");
                }
                "summary" if is_kept_elsewhere(name, said) => {}
                // The fixture has an English summary too.
                "summary" => assert_eq!(said["zh"], document[field]["zh"], "{name}"),
                _ => assert_eq!(said, &document[field], "{field} of {name}"),
            }
        }
    }
}

fn the_list_names_every_model_dataset_and_architecture() {
    let said = statements(markdown::read(LIST));
    let mut keys =
        said.iter().map(|said| (said.subject.word().to_owned(), key(&said.fields["name"]))).collect::<Vec<_>>();
    keys.sort();
    let mut expected = expected_documents().into_keys().collect::<Vec<_>>();
    expected.sort();
    assert_eq!(keys, expected);
    // The list lacks the names of licenses, the aliases of Qwen and the summaries in the other language.
    let unsaid = |field: &str| {
        let models = expected_documents().into_values().filter(|document| document.get("kind").is_some());
        let mut missing = models
            .filter(|document| document.get(field).is_some())
            .filter(|document| {
                !said.iter().any(|said| said.fields["name"] == document["name"] && said.fields.contains_key(field))
            })
            .map(|document| document["slug"].as_str().expect("a slug").to_owned())
            .collect::<Vec<_>>();
        missing.sort();
        missing
    };
    assert_eq!(unsaid("license"), ["baichuan-2", "bloom", "internlm", "llama", "llama-2"]);
    assert_eq!(unsaid("aliases"), ["qwen"]);
    for field in [
        "kind",
        "position",
        "commercialUse",
        "organizations",
        "datasets",
        "dataScale",
        "trainingFlops",
        "links",
        "sizes",
        "summary",
    ] {
        assert_eq!(unsaid(field), [""; 0], "{field}");
    }
    let warned =
        said.iter().flat_map(|said| said.warnings.iter().map(|warning| (said.place.line, warning.raw.as_str())));
    assert_eq!(warned.collect::<Vec<_>>(), [(24, "6.67x1022 FLOPs"), (28, "3.15M")]);
}

fn hazards_are_read_as_expected() {
    let entries = shown(&markdown::read(include_bytes!("../data/hazards.md")));
    let expected = serde_json::from_str::<Json>(include_str!("../data/hazards.expected.json")).expect("it is JSON");
    let (found, expected) = (entries.as_array().expect("a list"), expected.as_array().expect("a list"));
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "\n{found:#}");
    }
    assert_eq!(found.len(), expected.len(), "{:#}", Json::from(&found[expected.len().min(found.len())..]));
}

fn invalid_lists_are_rejected() {
    let rejected = |text: &str| shown(&markdown::read(text.as_bytes()))[0]["warnings"][0].as_str().map(str::to_owned);
    let of = |text: &str| rejected(text).unwrap_or_default();
    assert_eq!(
        of("| a | b |\n|---|---|\n| 1 | 2 |\n").split(" | ").last(),
        Some(
            "table under \"\" ignored: it needs a name column, and a heading such as \"Foundation models\" or a column such as sizes"
        )
    );
    assert_eq!(
        of("## Thanks\n\n- Ann\n").split(" | ").last(),
        Some(
            "list under \"Thanks\" ignored: the heading must name the contents, such as \"Derived models\" or \"Architectures\""
        )
    );
    assert_eq!(of("| name | sizes |\n|---|---|\n|  | 7B |\n").split(" | ").last(), Some("the row has no name"));
    assert_eq!(
        of("<table>\n<tr><td>x</td></tr>\n</table>\n").split(" | ").last(),
        Some(
            "table under \"\" ignored: it needs a name column, and a heading such as \"Foundation models\" or a column such as sizes"
        )
    );
    assert_eq!(shown(&markdown::read(b"")), json!([]));
    assert_eq!(shown(&markdown::read(b"+++\n+++\n\nprose\n\n```\n- code\n```\n")), json!([]));
}

fn implied_subjects_are_stated_once_and_first() {
    let text = "| 名称 | 参数规模 | 机构 | 许可证 | 架构 | 基座模型 | 数据集 |\n|---|---|---|---|---|---|---|\n\
                | A | 7B | Meta、智谱 | [MIT](https://mit.example) | LLaMA | Z | C4 |\n| B | 7B | META | mit | llama | A | [C4](https://c4.example) |\n";
    let said = statements(markdown::read(text.as_bytes()));
    let said = said.iter().map(|said| {
        let more = if said.fields.len() > 1 { " and more" } else { "" };
        format!("{} {} {}{more}", said.place.line, said.subject.word(), said.place.row)
    });
    let expected = [
        "3 LICENSE MIT and more",
        "3 ORGANIZATION Meta",
        "3 ORGANIZATION 智谱",
        "3 ARCHITECTURE LLaMA",
        "3 DATASET C4",
        "3 MODEL A and more",
        "4 DATASET C4 and more",
        "4 MODEL B and more",
    ];
    assert_eq!(said.collect::<Vec<_>>(), expected);
}

/// A list in two languages whose notes say of each part what it is.
fn lists_that_label_their_notes_are_read() {
    let chinese = "## 基础大模型

| 序号 | 名称 | 参数规模 | 数据规模 | 发布日期 | 说明 |
| :--- | :--- | :--- | :--- | :--- | :--- |
| 3 | [A\\_1](https://github.com/a/a) | 7B (6738415616),large (13B) | 1T,2T | 2023-07-18 | 不可商用；许可证：L 1.0；机构：Meta、智谱；别名：甲、乙；\
数据集：[The Pile](https://arxiv.org/abs/2101.00027)、C4；架构：LLaMA；基于：B；6.67e22 FLOPs；[论文](https://a.org/p.pdf \"PAPER\")；\
[看，这里](https://a.org \"OTHER\")；通用，多语言 |

## 非基础大模型

- C-2
  - 7B
  - 序号：9
  - 数据规模：2T
  - 发布日期：2023-07-18
  - 说明：商用未知；机构：Meta；对话

## 模型架构

- [GPTQ](https://github.com/g/g) [论文](https://arxiv.org/abs/1 \"PAPER\") [主页](https://g.org \"HOMEPAGE\")
";
    let english = "## Foundation models

| No. | Name | Parameters | Data | Released | Notes |
| :--- | :--- | :--- | :--- | :--- | :--- |
| 3 | [A\\_1](https://github.com/a/a) | 7B (6738415616),large (13B) | 1T,2T | 2023-07-18 | no commercial use; license: L 1.0; by: Meta, 智谱; \
also called: 甲, 乙; datasets: [The Pile](https://arxiv.org/abs/2101.00027), C4; architecture: LLaMA; based on: B; 6.67e22 FLOPs; \
[paper](https://a.org/p.pdf \"PAPER\"); [看，这里](https://a.org \"OTHER\"); 通用，多语言 |

## Other models

- C-2
  - 7B
  - No.: 9
  - Data: 2T
  - Released: 2023-07-18
  - Notes: commercial use unknown; by: Meta; 对话

## Architectures

- [GPTQ](https://github.com/g/g) [paper](https://arxiv.org/abs/1 \"PAPER\") [homepage](https://g.org \"HOMEPAGE\")
";
    let expected = |[paper, homepage]: [&str; 2]| {
        json!([
            { "line": 5, "row": "The Pile", "subject": "DATASET", "fields": {
                "name": "The Pile", "links": [{ "kind": "PAPER", "url": "https://arxiv.org/abs/2101.00027" }] } },
            { "line": 5, "row": "A_1", "subject": "MODEL", "fields": {
                "name": "A_1", "kind": "FOUNDATION", "position": 3, "releaseDate": "2023-07-18", "commercialUse": "PROHIBITED",
                "license": "L 1.0", "organizations": ["Meta", "智谱"], "aliases": ["甲", "乙"], "datasets": ["The Pile", "C4"],
                "architecture": "LLaMA", "baseModel": "B", "trainingFlops": 6.67e22, "summary": { "zh": "通用，多语言" },
                "dataScale": { "text": "1T,2T", "amount": 2_000_000_000_000_i64, "unit": "TOKENS" },
                "links": [
                    { "kind": "REPOSITORY", "url": "https://github.com/a/a" },
                    { "kind": "PAPER", "title": paper, "url": "https://a.org/p.pdf" },
                    { "kind": "OTHER", "title": "看，这里", "url": "https://a.org" },
                ],
                "sizes": [
                    { "label": "7B", "parameters": 6_738_415_616_i64, "trainingTokens": 1_000_000_000_000_i64 },
                    { "label": "large", "parameters": 13_000_000_000_i64, "trainingTokens": 2_000_000_000_000_i64 },
                ] } },
            { "line": 9, "row": "C-2", "subject": "MODEL", "fields": {
                "name": "C-2", "kind": "DERIVED", "position": 9, "releaseDate": "2023-07-18", "organizations": ["Meta"],
                "summary": { "zh": "对话" }, "dataScale": { "text": "2T", "amount": 2_000_000_000_000_i64, "unit": "TOKENS" },
                "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64, "trainingTokens": 2_000_000_000_000_i64 }] } },
            { "line": 18, "row": "GPTQ", "subject": "ARCHITECTURE", "fields": { "name": "GPTQ", "links": [
                { "kind": "REPOSITORY", "url": "https://github.com/g/g" },
                { "kind": "PAPER", "title": paper, "url": "https://arxiv.org/abs/1" },
                { "kind": "HOMEPAGE", "title": homepage, "url": "https://g.org" },
            ] } },
        ])
    };
    assert_eq!(with_facts(&markdown::read(chinese.as_bytes())), expected(["论文", "主页"]));
    assert_eq!(with_facts(&markdown::read(english.as_bytes())), expected(["paper", "homepage"]));
}
