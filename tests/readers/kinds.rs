//! Kinds of forms that lists take: what is a model, what a number means, and what states nothing.

use std::path::Path;

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::records::map::FieldMap;
use open_llm_catalog::formats::readers::{csv, huggingface, markdown, models_dev, records};
use open_llm_catalog::formats::record::ParsedEntry;
use proptest::{collection::vec, sample::select};
use serde_json::{Value as Json, json};

use super::with_facts;
use crate::{support::runner, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        headings_name_topics,
        empty_cells_are_cells,
        tables_are_about_models_only_if_they_say_so,
        rows_of_sizes_are_one_model,
        numbers_of_parameters_are_read,
        numbers_that_are_no_parameters_are_not,
        conditions_are_not_permissions,
        blanks_state_nothing,
        markup_is_no_part_of_names,
        remarks_are_not_models,
        several_makers_have_countries,
        pages_of_files_are_not_models,
        counts_of_weights_are_parameters,
        models_dev_states_more_than_a_name,
        records_are_read_by_a_map,
        statements_keep_their_place,
        tables_in_other_forms_are_read,
        pages_about_one_model_are_read,
        rows_that_do_not_fit_are_left_out,
        headings_say_which_number_it_is,
        tables_of_what_is_no_open_model_are_left_out,
        marks_answer_and_labels_end,
        licenses_are_read_by_a_map,
        generated_tables_yield_only_their_models,
        generated_tables_in_other_forms_yield_only_their_models,
    ]
}

/// The models in a list, by name, without their kinds.
fn models(entries: &[ParsedEntry]) -> Json {
    let models = entries.iter().flatten().filter(|record| record.subject == SubjectType::Model);
    let named = models.map(|record| {
        let mut fields = record.fields.clone();
        let name = fields.remove("name").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
        fields.remove("kind");
        (name, Json::Object(fields))
    });
    Json::Object(named.collect())
}

/// The messages of all warnings.
fn messages(entries: &[ParsedEntry]) -> Vec<String> {
    let remarks = entries.iter().flat_map(|entry| match entry {
        Ok(record) => &record.warnings,
        Err(rejected) => &rejected.problems,
    });
    remarks.map(|warning| format!("{}: {}", warning.raw, warning.message)).collect()
}

fn list(text: &str) -> Json {
    models(&markdown::read(text.as_bytes()))
}

/// The sizes in a cell, as `label parameters active`.
fn sizes(heading: &str, cell: &str) -> Vec<String> {
    let text = format!("| Model | {heading} |\n|---|---|\n| A | {cell} |\n| B | 1B |\n");
    let sizes = list(&text)["A"]["sizes"].as_array().cloned().unwrap_or_default();
    let show = |size: &Json| {
        let active = size["activeParameters"].as_i64().map(|active| format!(" {active}")).unwrap_or_default();
        format!("{} {}{active}", size["label"].as_str().unwrap_or_default(), size["parameters"])
    };
    sizes.iter().map(show).collect()
}

fn headings_name_topics() {
    for (heading, topic) in [
        ("Foundation models", "MODEL \"FOUNDATION\""),
        ("非基础大模型", "MODEL \"DERIVED\""),
        ("Models built from scratch", "MODEL \"FOUNDATION\""),
        ("Models trained on open datasets", "MODEL null"),
        ("List of open LLMs", "MODEL null"),
        ("开源大模型列表", "MODEL null"),
        ("Open LLM datasets for instruction-tuning", "DATASET null"),
        ("大模型训练数据集", "DATASET null"),
        ("Mainstream architectures", "ARCHITECTURE null"),
        ("模型架构", "ARCHITECTURE null"),
        ("Evaluation benchmarks for LLMs", ""),
        ("Evals on open LLMs", ""),
        ("API-based models", ""),
        ("LLM tools", ""),
        ("大模型评测", ""),
        ("Changelog", ""),
        ("General purpose", ""),
    ] {
        let entries = markdown::read(format!("## {heading}\n\n| Name | x |\n|---|---|\n| A | |\n").as_bytes());
        let read = entries.iter().flatten().map(|record| {
            let kind = record.fields.get("kind").unwrap_or(&Json::Null);
            format!("{} {kind}", record.subject.word())
        });
        assert_eq!(read.collect::<String>(), topic, "{heading}");
    }
}

fn empty_cells_are_cells() {
    let text = "## 大模型\n\n|序号|名称|参数规模|数据规模|发布时间|\n|-|-|-|-|-|\n|1|A|7B||2023-06-08|\n|2|B||2T|2023-08-03|\n|3|C|7B\n";
    let expected = json!({
        "A": { "position": 1, "releaseDate": "2023-06-08", "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64 }] },
        "B": { "position": 2, "releaseDate": "2023-08-03",
               "dataScale": { "text": "2T", "amount": 2_000_000_000_000_i64, "unit": "TOKENS" } },
        "C": { "position": 3, "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64 }] },
    });
    let entries = markdown::read(text.as_bytes());
    assert_eq!(models(&entries), expected);
    assert_eq!(messages(&entries).len(), 1, "only the last row is short: {:?}", messages(&entries));
}

fn tables_are_about_models_only_if_they_say_so() {
    let read = |text: &str| list(text).as_object().map(|models| models.keys().cloned().collect::<Vec<_>>());
    let table = |heading: &str, head: &str| {
        let dashes = head.matches('|').count() - 1;
        format!("# Open LLMs\n\n## {heading}\n\n{head}\n|{}\n| X | 8.5K | 2024 |\n", "---|".repeat(dashes))
    };
    for (heading, head) in [
        ("Tools", "| Name | License | Date |"),
        ("Benchmarks", "| Name | Size | Date |"),
        ("GPUs", "| Model | Memory | Date |"),
        ("Changelog", "| Name | Version | Date |"),
        ("Functions", "| Function | Parameters | Date |"),
    ] {
        let text = table(heading, head);
        assert_eq!(read(&text), Some(Vec::new()), "{heading}");
        assert_eq!(messages(&markdown::read(text.as_bytes())).len(), 1, "the row has one warning: {heading}");
    }
    assert_eq!(read("## Tools\n\n| Name | Parameters |\n|---|---|\n| f | x, y |\n"), Some(Vec::new()));
    assert_eq!(read("## Tools\n\n| Model | Parameters |\n|---|---|\n| X | 7B |\n"), Some(vec!["X".to_owned()]));
    assert_eq!(
        read("## Models\n\n|  | Year | Developer |\n|---|---|---|\n| X | 2024 | Y |\n"),
        Some(vec!["X".to_owned()])
    );
    for text in ["## Models\n\n| Who | What |\n| X | 7B |\n", "## Models\n\n<table><tr><td>X</td></tr></table>\n"] {
        let entries = markdown::read(text.as_bytes());
        assert_eq!(models(&entries), json!({}));
        assert!(
            matches!(&entries[..], [Err(rejected)] if rejected.ignorable && rejected.place.line == 3),
            "{entries:?}"
        );
    }
    let folded =
        "## Models\n\n<details><summary>More</summary>\n| Name | Parameters |\n|---|---|\n| X | 7B |\n</details>\n";
    assert_eq!(read(folded), Some(vec!["X".to_owned()]));
}

fn rows_of_sizes_are_one_model() {
    let text = "## Models\n\n| Model | Parameters | Data | License | Released |\n|---|---|---|---|---|\n\
                | A | 7B | 2T | MIT | 2023-07 |\n| A | 70B | 4T | Own | 2023-09 |\n| A | 7B | | Third | |\n";
    let entries = markdown::read(text.as_bytes());
    let expected = json!({ "A": {
        "license": "MIT", "releaseDate": "2023-07",
        "sizes": [
            { "label": "7B", "parameters": 7_000_000_000_i64, "trainingTokens": 2_000_000_000_000_i64, "releaseDate": "2023-07" },
            { "label": "70B", "parameters": 70_000_000_000_i64, "trainingTokens": 4_000_000_000_000_i64, "license": "Own",
              "releaseDate": "2023-09" },
        ] } });
    assert_eq!(models(&entries), expected);
    assert!(
        messages(&entries)[0].contains("line 5") && messages(&entries)[0].contains("line 7"),
        "{:?}",
        messages(&entries)
    );
    let model = entries.iter().flatten().find(|record| record.subject == SubjectType::Model).expect("a model");
    assert_eq!(model.size_lines.get("70B"), Some(&6));
}

fn numbers_of_parameters_are_read() {
    for (heading, cell, expected) in [
        ("Parameters", "7B parameters", &["7B 7000000000"][..]),
        ("Parameters", "311M params", &["311M 311000000"]),
        ("参数量", "70亿参数", &["70亿 7000000000"]),
        ("Parameters", "1.3 B", &["1.3B 1300000000"]),
        ("Parameters", "109B (17B activated)", &["109B 109000000000 17000000000"]),
        ("Parameters", "671B total, 37B active", &["671B 671000000000 37000000000"]),
        ("参数量", "671B，激活37B", &["671B 671000000000 37000000000"]),
        ("Parameters", "141B-A39B", &["141B-A39B 141000000000 39000000000"]),
        ("Parameters", "7B, 13B and 70B", &["7B 7000000000", "13B 13000000000", "70B 70000000000"]),
        ("Params (B)", "180, 40, 7", &["7B 7000000000", "40B 40000000000", "180B 180000000000"]),
        ("Params (B)", "0.1 - 14", &["0.1B 100000000", "14B 14000000000"]),
        ("Parameters (M)", "340", &["340M 340000000"]),
        ("Parameters", "405000000000.0", &["405B 405000000000"]),
        ("Parameters", "7e9", &["7B 7000000000"]),
        ("Parameters", "7,000,000,000", &["7B 7000000000"]),
        ("Parameters", "14315784192", &["14315784192 14315784192"]),
        ("Parameters", "3B (dense)", &["3B 3000000000"]),
    ] {
        assert_eq!(sizes(heading, cell), expected, "{heading}: {cell}");
    }
    let text = "| Model | Parameters | Active Parameters |\n|---|---|---|\n| A | 671B | 37B |\n| B | 7B, 8x7B | 3B |\n";
    let read = list(text);
    assert_eq!(read["A"]["sizes"][0]["activeParameters"], 37_000_000_000_i64);
    assert_eq!(read["B"]["sizes"], json!([{ "label": "7B", "parameters": 7_000_000_000_i64 }]));
}

fn numbers_that_are_no_parameters_are_not() {
    for cell in ["815MB", "3.3 GB", "7, 13", "8x7B", "much", "7B (planned)", "v2", "128k"] {
        assert!(sizes("Parameters", cell).is_empty() || cell == "128k", "{cell}: {:?}", sizes("Parameters", cell));
    }
    // The second number may be active parameters.
    assert_eq!(sizes("Parameters", "132B/36B"), ["132B 132000000000"]);
    let text = "| Model | Parameters | Size |\n|---|---|---|\n| A | 1B | 815MB |\n| A | 4B | 3.3GB |\n";
    let expected =
        json!([{ "label": "1B", "parameters": 1_000_000_000 }, { "label": "4B", "parameters": 4_000_000_000_i64 }]);
    assert_eq!(list(text)["A"]["sizes"], expected);
    // Tokens belong to sizes only if every part of the cell was read.
    let text = "| Model | Parameters | Data |\n|---|---|---|\n| A | large, 7B, 14B | 3.3T, 4.8T |\n| B | 7B, 14B | 3.3T, 4.8T |\n";
    let read = list(text);
    assert_eq!(read["A"]["sizes"][0].get("trainingTokens"), None);
    assert_eq!(read["B"]["sizes"][0]["trainingTokens"], 3_300_000_000_000_i64);
    let entries = csv::read(&b"name,size,parameters\nA,7B,7\nB,7B,6738415616\n"[..], None);
    assert_eq!(models(&entries)["A"]["sizes"][0]["parameters"], 7_000_000_000_i64);
    assert_eq!(models(&entries)["B"]["sizes"][0]["parameters"], 6_738_415_616_i64);
    assert_eq!(messages(&entries), ["7B: 7 is far from the size 7B; stored as 7000000000"]);
}

fn conditions_are_not_permissions() {
    let read = |notes: &str| {
        list(&format!("## 大模型\n\n| 名称 | 参数规模 | 说明 |\n|---|---|---|\n| A | 7B | {notes} |\n"))["A"].clone()
    };
    for notes in [
        "需书面申请，可商用",
        "除月活超过7亿外，可商用",
        "if you have fewer than 700M users, commercial use allowed",
        "commercial use allowed, except for large companies",
        "不可商用，除非获得授权",
    ] {
        let model = read(notes);
        assert_eq!(model.get("commercialUse"), None, "{notes}");
        assert!(model["summary"].to_string().contains(notes), "{model}");
    }
    assert_eq!(read("可商用，最为宽松")["commercialUse"], "ALLOWED");
    assert_eq!(read("开放，商用需授权")["commercialUse"], "AUTHORIZATION_REQUIRED");
    let licensed = |license: &str| {
        let entries = markdown::read(
            format!("## Models\n\n| Model | Parameters | License |\n|---|---|---|\n| A | 7B | {license} |\n")
                .as_bytes(),
        );
        (models(&entries)["A"].get("license").cloned(), messages(&entries).len())
    };
    for text in
        ["✅", "Yes", "开源", "open source", "Custom", "免费商用（需登记）", "Apache 2.0 (?)", "MIT / Apache-2.0"]
    {
        assert_eq!(licensed(text), (None, 1), "{text}");
    }
    assert_eq!(licensed("GPL-3.0+"), (Some(json!("GPL-3.0+")), 0));
    assert_eq!(licensed("[Own Terms](https://example.org) free"), (Some(json!("Own Terms")), 1));
}

fn blanks_state_nothing() {
    let blanks = [
        "-",
        "—",
        "/",
        "N/A",
        "n.a.",
        "TBD",
        "Unknown",
        "None",
        "未知",
        "未公开",
        "?",
        "(unknown)",
        "TBC",
        "#N/A",
        "-/-",
        "not applicable",
        "Coming soon",
        "Pending",
        "confidential",
        "待公布",
        "未披露",
        "未说明",
        "保密",
        "未开源",
    ];
    for blank in blanks {
        let text = format!(
            "## Models\n\n| Name | Parameters | Organization | License | Datasets | Architecture | Base model | Data |\n\
             |---|---|---|---|---|---|---|---|\n| A | 7B |{}\n| B | {blank} | X |\n",
            format!(" {blank} |").repeat(6)
        );
        let entries = markdown::read(text.as_bytes());
        assert_eq!(
            models(&entries)["A"],
            json!({ "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64 }] }),
            "{blank}"
        );
        assert_eq!(models(&entries)["B"], json!({ "organizations": ["X"] }), "{blank}");
    }
    let named = "## Models\n\n| Name | Parameters |\n|---|---|\n| - | 7B |\n| A | 7B |\n";
    let entries = markdown::read(named.as_bytes());
    assert!(entries.iter().all(|entry| entry.as_ref().err().is_none_or(|rejected| rejected.ignorable)), "{entries:?}");
}

fn markup_is_no_part_of_names() {
    let text = "## Models\n\n| Name | Parameters | Released |\n|---|---|---|\n| A<!-- checked --> | 7B | 2024-04-23<!-- a day --> |\n\
                | <b>B</b>[^1] | 7B[^1] | 2024-04-23 |\n| <a href=\"https://example.org/c\">C</a> | 7B | |\n\n[^1]: estimated\n";
    let entries = markdown::read(text.as_bytes());
    let size = json!([{ "label": "7B", "parameters": 7_000_000_000_i64 }]);
    let expected = json!({
        "A": { "sizes": size, "releaseDate": "2024-04-23" },
        "B": { "sizes": size, "releaseDate": "2024-04-23" },
        "C": { "sizes": size, "links": [{ "kind": "OTHER", "url": "https://example.org/c" }] },
    });
    assert_eq!(models(&entries), expected);
    assert!(
        messages(&entries).iter().all(|message| message.contains("footnote \"estimated\"")),
        "{:?}",
        messages(&entries)
    );
    let kinds = [
        ("blog/a", "ARTICLE"),
        ("papers/2403.08295", "PAPER"),
        ("collections/a/b-1", "OTHER"),
        ("spaces/a/b", "OTHER"),
        ("a", "OTHER"),
        ("a/b", "WEIGHTS"),
        ("a/b/tree/main", "WEIGHTS"),
        ("gpt2", "WEIGHTS"),
        ("datasets/a/b", "DATASET"),
    ];
    for (path, kind) in kinds {
        let text = format!(
            "## Models\n\n| Name | Parameters | Links |\n|---|---|---|\n| A | 7B | https://huggingface.co/{path} |\n"
        );
        assert_eq!(list(&text)["A"]["links"][0]["kind"], kind, "{path}");
    }
}

fn remarks_are_not_models() {
    let text = "# 基础大模型\n\n- https://example.org/list\n- How to contribute: open an issue\n- Qwen 7B, see below\n\n## 基础大模型列表\n\n- 两家\n  - A\n\n\
                | 名称 | 参数规模 |\n|---|---|\n| B | 7B |\n\n## Derived models\n\n- [C](https://example.org/c): 7B, 13B，based on B\n- D (7B)\n- E\n\
                - Please read this long sentence before you open an issue here\n\n## Architectures\n\n1. \"A paper\". NeurIPS 2020.\n2. Someone et al. Its title.\n3. Mamba\n";
    let entries = markdown::read(text.as_bytes());
    let read = models(&entries);
    assert_eq!(
        read.as_object().map(|models| models.keys().cloned().collect::<Vec<_>>()),
        Some(["B", "C", "D", "E"].map(str::to_owned).to_vec())
    );
    assert_eq!(read["C"]["sizes"].as_array().map(Vec::len), Some(2));
    let others = entries.iter().flatten().filter(|record| record.subject == SubjectType::Architecture);
    assert_eq!(others.map(|record| record.place.row.as_str()).collect::<Vec<_>>(), ["Mamba"]);
    assert!(entries.iter().all(|entry| entry.as_ref().err().is_none_or(|rejected| rejected.ignorable)), "{entries:?}");
}

fn several_makers_have_countries() {
    let entries = csv::read(include_bytes!("../data/reading/rows.csv").as_slice(), None);
    let countries = entries.iter().flatten().filter(|record| record.subject == SubjectType::Organization);
    let countries =
        countries.filter_map(|record| Some((record.place.row.clone(), record.fields.get("country")?.clone())));
    let expected = [("Example Labs", "FR"), ("Other Labs", "DE"), ("Example, Inc.", "US")]
        .map(|(name, code)| (name.to_owned(), json!(code)));
    assert_eq!(countries.collect::<Vec<_>>(), expected);
    let read = models(&entries);
    assert_eq!(read["Beta"]["organizations"], json!(["Example, Inc."]));
    assert_eq!(
        (&read["Beta"]["sizes"][0]["label"], &read["Alpha"]["releaseDate"]),
        (&json!("7B"), &json!("2024-01-02"))
    );
    assert_eq!(read.as_object().map(serde_json::Map::len), Some(2));
    let dataset = entries.iter().flatten().find(|record| record.subject == SubjectType::Dataset).expect("a dataset");
    assert_eq!(dataset.fields["bytes"], 825_000_000_000_i64);
}

fn pages_of_files_are_not_models() {
    let read = |page: Json| {
        let entries = huggingface::read(page.to_string().as_bytes());
        (models(&entries), entries.iter().any(|entry| entry.as_ref().err().is_some_and(|rejected| rejected.ignorable)))
    };
    for page in [
        json!({ "id": "a/b", "library_name": "peft" }),
        json!({ "id": "a/b", "tags": ["lora"] }),
        json!({ "id": "a/b", "tags": ["base_model:adapter:c/d"] }),
        json!({ "id": "a/b", "siblings": [{ "rfilename": "adapter_config.json" }] }),
        json!({ "id": "a/b", "tags": ["base_model:quantized:c/d"] }),
        json!({ "id": "a/b", "cardData": { "base_model": "c/d", "base_model_relation": "quantized" } }),
        json!({ "id": "a/b", "cardData": { "base_model": "c/d" }, "siblings": [{ "rfilename": "b.gguf" }] }),
    ] {
        assert_eq!(read(page.clone()), (json!({}), true), "{page}");
    }
    let lines = "{\"id\":\"a/tuned\",\"cardData\":{\"base_model\":\"a/base\",\"base_model_relation\":\"finetune\"}}\n{\"id\":\"a/base\"}\n";
    let entries = huggingface::read(lines.as_bytes());
    let ids = entries.iter().flatten().filter_map(|record| record.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids, ["a/base", "a/tuned"]);
    assert_eq!(models(&entries)["tuned"]["bases"], json!([{ "model": "a/base", "relation": "FINE_TUNED" }]));
}

fn counts_of_weights_are_parameters() {
    let size = |id: &str, safetensors: Json| {
        let entries = huggingface::read(json!({ "id": id, "safetensors": safetensors }).to_string().as_bytes());
        let name = id.split_once('/').map_or(id, |(_, name)| name);
        let size = models(&entries)[name]["sizes"][0].clone();
        (size["label"].as_str().map(str::to_owned), size["parameters"].as_i64())
    };
    let found = |label: &str, parameters: i64| (Some(label.to_owned()), Some(parameters));
    assert_eq!(size("a/b-8B", json!({ "parameters": { "BF16": 8_190_735_360_i64 } })), found("8B", 8_190_735_360));
    assert_eq!(
        size("a/b", json!({ "parameters": { "BF16": 7_615_616_512_i64 }, "total": 333_312 })),
        found("7615616512", 7_615_616_512)
    );
    assert_eq!(size("a/b-2b", json!({ "total": 2_506_172_416_i64 })), found("2b", 2_506_172_416));
    assert_eq!(size("a/b-mini-4k", json!({ "total": 3_821_079_552_i64 })), found("3821079552", 3_821_079_552));
    assert_eq!(size("a/b-1M", json!({ "total": 6_738_415_616_i64 })), found("6738415616", 6_738_415_616));
    assert_eq!(
        size("a/b-7B", json!({ "parameters": { "F16": 7_000_000_000_i64, "I64": 512 }, "total": 7_000_000_512_i64 })),
        found("7B", 7_000_000_000)
    );
    assert_eq!(size("a/b-7B", json!({ "parameters": { "F16": 300, "I32": 900 }, "total": 1200 })), (None, None));
}

fn models_dev_states_more_than_a_name() {
    let text = "name = \"A\"\nopen_weights = true\nrelease_date = 2024-12-06\nknowledge = \"2024-06\"\n[limit]\ncontext = 128_000\n\
                [modalities]\ninput = [\"text\", \"image\", \"pdf\"]\noutput = [\"text\"]\n[[benchmarks]]\nname = \"x\"\n";
    let entries = models_dev::read(text.as_bytes(), Some(Path::new("x/models/maker/a.toml")));
    let expected = json!({ "A": {
        "organizations": ["maker"], "contextLength": 128_000, "releaseDate": "2024-12-06", "knowledgeCutoff": "2024-06",
        "modalities": { "input": ["TEXT", "IMAGE", "OTHER"], "output": ["TEXT"] } } });
    assert_eq!(models(&entries), expected);
    assert_eq!(messages(&entries), ["benchmarks: keys without a field in the catalog; ignored"]);
    for text in ["name = \"A\"\nenv = [\"K\"]\nnpm = \"x\"\n", "name = \"A\"\nopen_weights = true\n[cost]\ninput = 1\n"]
    {
        let entries = models_dev::read(text.as_bytes(), None);
        assert!(matches!(&entries[..], [Err(rejected)] if !rejected.ignorable), "{text}");
    }
    assert_eq!(
        models(&models_dev::read(b"name = \"A\"\nopen_weights = true\n", Some(Path::new("a.toml"))))["A"],
        json!({})
    );
}

fn records_are_read_by_a_map() {
    let read =
        |text: &str, map: &str| models(&records::read(text.as_bytes(), &map.parse::<FieldMap>().expect("a map")));
    let own = read(include_str!("../data/reading/records.jsonl"), "title=name,count=parameters,window=contextLength");
    assert_eq!(
        own["Alpha"],
        json!({ "contextLength": 4096, "sizes": [{ "label": "7000000000", "parameters": 7_000_000_000_i64 }] })
    );
    assert_eq!(own["Beta"]["sizes"][0]["label"], "13B");
    let counted = read(
        r#"[{"id":"a/B-7B","parameters":6738415616,"num_hidden_layers":32,"experts":0,"license":"mit"},{"id":"a/B-7B-AWQ"},
            {"id":"a/C-7B","parameters":1,"parametersEstimated":true,"hidden_size":4096}]"#,
        "llmfit",
    );
    let size = json!([{ "label": "7B", "parameters": 6_738_415_616_i64, "parametersBasis": "COUNTED", "layers": 32 }]);
    assert_eq!((&counted["B-7B"]["sizes"], &counted["B-7B"]["license"]), (&size, &json!("mit")));
    assert_eq!(
        counted["C-7B"]["sizes"],
        json!([{ "label": "7B", "parameters": 7_000_000_000_i64, "hiddenSize": 4096 }])
    );
    assert_eq!(counted.as_object().map(serde_json::Map::len), Some(2), "the copy is left out");
    let nested = read(
        r#"{"name":"a","contextLength":4096,"specs":[{"format":"pytorch","billions":"1_5","activatedBillions":null,"hf":"a/a"},
            {"format":"pytorch","billions":7,"hf":"a/a-7b"},{"format":"mlx","billions":7,"hf":"b/a"}]}"#,
        "xinference",
    );
    let labels = nested["a"]["sizes"].as_array().into_iter().flatten().map(|size| size["label"].clone());
    assert_eq!(labels.collect::<Vec<_>>(), ["1.5B", "7B"]);
    assert_eq!(nested["a"]["links"].as_array().map(Vec::len), Some(2));
    for wrong in ["unknown", "a"] {
        assert!(wrong.parse::<FieldMap>().is_err(), "{wrong}");
    }
    let mapped = csv::read(&b"title,count\nA,7B\n"[..], Some(&"title=name,count=parameters".parse().expect("a map")));
    assert_eq!(models(&mapped)["A"]["sizes"][0]["label"], "7B");
}

fn statements_keep_their_place() {
    let statement = |fact: &str, value: Json, quote: &str| {
        json!({ "family": "A", "size": "7B", "fact": fact, "value": value, "qualifier": "approximate", "quote": quote,
                "repo": "maker/a", "path": "README.md", "line": 7, "commit": "c0ffee" })
        .to_string()
    };
    let map = FieldMap::named("makers").expect("a map");
    let text = format!(
        "{}\n{}\n{}\n",
        statement("trainingTokens", json!(2_000_000_000_000_i64), "trained on 2T tokens"),
        statement("layers", json!(32), "has 31 layers"),
        statement("license.condition", json!("x"), "x"),
    );
    let entries = records::read(text.as_bytes(), &map);
    let facts = with_facts(&entries);
    let size = json!([{ "label": "7B", "parameters": 7_000_000_000_i64, "trainingTokens": 2_000_000_000_000_i64 }]);
    assert_eq!(facts[1]["fields"], json!({ "name": "A", "sizes": size }));
    let record = entries.iter().flatten().find(|record| record.subject == SubjectType::Model).expect("a model");
    let provenance = record.provenance.as_ref().expect("a source");
    assert_eq!(
        (provenance.source.as_str(), provenance.locator.as_deref()),
        ("github.com/maker/a", Some("README.md:7 at c0ffee"))
    );
    assert_eq!(record.qualifiers.len(), 1);
    assert_eq!(
        entries.iter().filter(|entry| entry.is_err()).count(),
        2,
        "words that do not state the value are left out"
    );
}

fn tables_in_other_forms_are_read() {
    let expected = json!({
        "A": { "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64 }], "license": "MIT" },
        "B": { "sizes": [{ "label": "13B", "parameters": 13_000_000_000_i64 }], "license": "Apache-2.0" },
    });
    for text in [
        "| Model | Parameters | License |\n| A | 7B | MIT |\n| B | 13B | Apache-2.0 |\n",
        "| Model | Parameters | License |\n|---|---|\n| A | 7B | MIT |\n| B | 13B | Apache-2.0 |\n",
        "<table>\n<tr><th>Model</th><th>Parameters</th><th>License</th></tr>\n<tr><td>A</td><td><b>7B</b></td><td>MIT</td></tr>\n\n\
         <tr>\n  <td>\n    B\n  </td>\n  <td>13B</td><td>Apache-2.0</td></tr>\n</table>\n",
        "<details><summary>More</summary>\n<table><thead><tr><td>Model<td>Parameters<td>License</thead><tbody>\n<tr><td>A<td>7B<td>MIT\n\
         <tr><td>B<td>13B<td>Apache-2.0</tbody></table>\n</details>\n",
    ] {
        assert_eq!(list(&format!("# LLMs\n\n{text}\nwords\n")), expected, "{text}");
    }
    let table = |rows: &str| {
        let text = format!("# LLMs\n\n<table><tr><th>Model</th><th>Parameters</th></tr>\n{rows}</table>\n");
        let entries = markdown::read(text.as_bytes());
        let names = models(&entries).as_object().map(|models| models.keys().cloned().collect::<Vec<_>>());
        let left_out = messages(&entries).iter().filter(|message| message.contains("span")).count();
        (names.unwrap_or_default(), left_out)
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        table("<tr><td colspan=2>Small</td></tr><tr><td>A &amp; B</td><td>7B</td></tr>"),
        (names(&["A & B"]), 1),
        "a cell that spans columns"
    );
    assert_eq!(
        table("<tr><td rowspan=\"2\">A</td><td>7B</td></tr><tr><td>13B</td></tr><tr><td>C</td><td>1B</td></tr>"),
        (names(&["C"]), 2),
        "a cell that spans rows"
    );
    for text in [
        "```html\n<table><tr><th>Model</th><th>Parameters</th></tr><tr><td>A</td><td>7B</td></tr></table>\n```\n",
        "<table><tr><th colspan=2>Model</th><th>Parameters</th></tr><tr><td>x</td><td>A</td><td>7B</td></tr></table>\n",
        "<table><tr><td><table><tr><th>Model</th><th>Parameters</th></tr><tr><td>A</td><td>7B</td></tr></table></td></tr></table>\n",
        "| Name | Role |\n| A | Maker |\n",
    ] {
        assert_eq!(list(text), json!({}), "{text}");
    }
}

fn pages_about_one_model_are_read() {
    let size = |label: &str, parameters: i64, layers: i64, hidden: i64| json!({ "label": label, "parameters": parameters, "layers": layers, "hiddenSize": hidden });
    let sizes = json!([size("7B", 7_000_000_000, 32, 4096), size("13B", 13_000_000_000, 40, 5120)]);
    for text in [
        "| Size | Layers | Hidden size |\n|---|---|---|\n| 7B | 32 | 4096 |\n| 13B | 40 | 5120 |\n",
        "| Model | Layers | Hidden size |\n|---|---|---|\n| 7B | 32 | 4096 |\n| 13B | 40 | 5120 |\n",
        "| | 7B | 13B |\n|---|---|---|\n| Layers | 32 | 40 |\n| Hidden size | 4096 | 5120 |\n",
        "| 参数 | 7B | 13B |\n|---|---|---|\n| 层数 | 32 | 40 |\n| 隐藏层维度 | 4096 | 5120 |\n",
    ] {
        let page = format!("# Some-LM\n\nIt is based on Other and was used by many.\n\n## Models\n\n{text}");
        assert_eq!(list(&page), json!({ "Some-LM": { "sizes": sizes } }), "{text}");
        assert_eq!(list(text), json!({}), "without a title there is no name: {text}");
        assert_eq!(list(&format!("# Introduction\n\n{text}")), json!({}), "{text}");
        assert_eq!(list(&format!("# A\n\n{text}\n# B\n")), json!({}), "several titles: {text}");
    }
    let one = "# 甲\n\n| 项目 | 内容 |\n|---|---|\n| 参数量 | 70亿 |\n| 许可证 | MIT |\n| 发布时间 | 2023-07-18 |\n";
    let expected = json!({ "sizes": [{ "label": "70亿", "parameters": 7_000_000_000_i64 }], "license": "MIT", "releaseDate": "2023-07-18" });
    assert_eq!(list(one)["甲"], expected);
    let two = "| Feature | A | B |\n|---|---|---|\n| Parameters | 7B | 13B |\n| License | MIT | |\n";
    assert_eq!(list(two)["A"]["license"], "MIT");
    assert_eq!(list(two)["B"]["sizes"][0]["label"], "13B");
    for page in [
        "# A\n\n## Evaluation\n\n| Model | MMLU | Layers |\n|---|---|---|\n| 7B | 50 | 32 |\n",
        "# A\n\n## Training\n\n| Hyperparameter | Value |\n|---|---|\n| Learning rate | 3e-4 |\n| Layers | 32 |\n",
        "# A\n\n## Results\n\n| Benchmark | A-7B | B-7B |\n|---|---|---|\n| MMLU | 50 | 60 |\n| Parameters | 7B | 7B |\n",
        "# A 7B\n\nArchitecture: based on B, used by many. License: MIT.\n\n- based on: B\n- used for chat\n",
    ] {
        assert_eq!(list(page), json!({}), "{page}");
        assert!(markdown::read(page.as_bytes()).iter().all(Result::is_err), "{page}");
    }
}

fn rows_that_do_not_fit_are_left_out() {
    let table = |rows: &str| {
        let text = format!("## Models\n\n| Name | Parameters | License |\n|---|---|---|\n{rows}| B | 13B | MIT |\n");
        let entries = markdown::read(text.as_bytes());
        let names = models(&entries).as_object().map(|models| models.keys().cloned().collect::<Vec<_>>());
        (names.unwrap_or_default().join(" "), messages(&entries).len())
    };
    for (rows, told) in [
        ("| A|B | 7B | MIT |\n", 1),
        ("| Name | Parameters | License |\n", 0),
        ("| **Chat models** | | |\n", 1),
        ("| Total | 20B | |\n", 1),
        ("| ~~A~~ | 7B | MIT |\n", 1),
        ("| --- | --- | --- |\n", 0),
    ] {
        let (names, messages) = table(rows);
        assert_eq!(names, "B", "{rows}");
        assert!(messages >= told, "{rows}");
    }
    assert_eq!(table("| A | 7B | MIT | see below |\n"), ("A B".to_owned(), 1));
    assert_eq!(table("| A\\|C | 7B | MIT |\n").0, "A|C B");
    assert_eq!(table("| 🦙 A | 7B | MIT |\n").0, "A B");
    let entries = csv::read(&b"name,parameters,license\nA, Inc,7B,MIT\nB,13B,MIT\n"[..], None);
    assert_eq!(models(&entries).as_object().map(serde_json::Map::len), Some(1));
    assert!(entries.iter().all(|entry| entry.as_ref().err().is_none_or(|rejected| rejected.ignorable)), "{entries:?}");
}

fn headings_say_which_number_it_is() {
    for (heading, cell, expected) in [
        ("Params in B", "0.5", vec!["0.5B 500000000"]),
        ("参数量（亿）", "70", vec!["70亿 7000000000"]),
        ("Params (total/active)", "671B/37B", vec!["671B 671000000000"]),
        ("Params (active/total)", "37B/671B", vec![]),
        ("Size (KB)", "4000000", vec![]),
        ("Params (non-embedding)", "7B", vec![]),
        ("Trainable params (LoRA)", "4M", vec![]),
        ("Parameters", "7B, 13B, and 70B", vec!["7B 7000000000", "13B 13000000000", "70B 70000000000"]),
        ("Parameters", "22B active / 235B total", vec!["235B 235000000000 22000000000"]),
        ("Parameters", "7B (4.1GB)", vec!["7B 7000000000"]),
        ("Parameters", "7B (planned)", vec![]),
        ("Parameters", "up to 70B", vec![]),
        ("Parameters", "17B-16E", vec![]),
        ("Parameters", "12.9B active", vec![]),
        ("Parameters", "1,300M", vec![]),
    ] {
        assert_eq!(sizes(heading, cell), expected, "{heading}: {cell}");
    }
    let text = "| Model | Parameters | Params (active) |\n|---|---|---|\n| A | 671B | 37B |\n";
    assert_eq!(list(text)["A"]["sizes"][0]["activeParameters"], 37_000_000_000_i64);
    // The address of a size is one of the model's weights.
    let text =
        "| Model | Parameters |\n|---|---|\n| A | [7B](https://huggingface.co/a/a-7b), [13B](https://example.org) |\n";
    assert_eq!(list(text)["A"]["links"], json!([{ "kind": "WEIGHTS", "url": "https://huggingface.co/a/a-7b" }]));
}

fn tables_of_what_is_no_open_model_are_left_out() {
    for heading in
        ["Closed models", "LoRA adapters", "Quantized models", "GGUF quantizations", "GPUs", "量化模型", "Providers"]
    {
        let text = format!("# LLMs\n\n## {heading}\n\n| Name | Parameters |\n|---|---|\n| A | 7B |\n");
        assert_eq!(list(&text), json!({}), "{heading}");
        assert_eq!(messages(&markdown::read(text.as_bytes())).len(), 1, "{heading}");
    }
    let (copies, _) = hub_names(r#"[{"id":"a/B-7B-GGUF"},{"id":"a/B-AWQ"},{"id":"a/B-7B"}]"#);
    assert_eq!(copies, ["B-7B"]);
}

/// The names of the models in answers of the Hub, and the number of messages.
fn hub_names(text: &str) -> (Vec<String>, usize) {
    let entries = huggingface::read(text.as_bytes());
    let names = models(&entries).as_object().map(|models| models.keys().cloned().collect());
    (names.unwrap_or_default(), messages(&entries).len())
}

fn marks_answer_and_labels_end() {
    let commercial = |cell: &str| {
        let text = format!("## Models\n\n| Name | Parameters | Commercial use |\n|---|---|---|\n| A | 7B | {cell} |\n");
        list(&text)["A"].get("commercialUse").cloned().unwrap_or_default()
    };
    for (cell, expected) in [("✅", "ALLOWED"), ("✔️ Yes", "ALLOWED"), ("❌", "PROHIBITED")] {
        assert_eq!(commercial(cell), expected, "{cell}");
    }
    for cell in ["Yes*", "✅ (需申请)", "✅/❌", "部分"] {
        assert_eq!(commercial(cell), Json::Null, "{cell}");
    }
    let noted = |notes: &str| {
        list(&format!("## 大模型\n\n| 名称 | 参数规模 | 说明 |\n|---|---|---|\n| A | 7B | {notes} |\n"))["A"].clone()
    };
    for notes in ["机构：Meta 许可证：MIT", "Developer: Meta License: MIT", "机构：Meta；许可证：MIT"] {
        let model = noted(notes);
        assert_eq!((&model["organizations"], &model["license"]), (&json!(["Meta"]), &json!("MIT")), "{notes}");
    }
    let model = noted("许可证：MIT（可商用）");
    assert_eq!((&model["license"], &model["commercialUse"]), (&json!("MIT"), &json!("ALLOWED")));
    let model = noted("许可证：甲许可证（需登记），可商用");
    assert_eq!((&model["license"], model.get("commercialUse")), (&json!("甲许可证"), None));
}

fn licenses_are_read_by_a_map() {
    let map = FieldMap::named("spdx").expect("a map");
    let text = r#"{"licenseListVersion":"3.25","licenses":[
        {"licenseId":"MIT","name":"MIT License","isOsiApproved":true,"reference":"https://spdx.org/licenses/MIT.html"},
        {"licenseId":"Own-1.0","name":"Own","isOsiApproved":false}]}"#;
    let entries = records::read(text.as_bytes(), &map);
    let licenses = entries.iter().flatten().filter(|record| record.subject == SubjectType::License);
    let licenses = licenses.map(|record| Json::Object(record.fields.clone())).collect::<Vec<_>>();
    let mit = json!({ "name": "MIT", "aliases": ["MIT License"], "spdxId": "MIT", "osiApproved": true, "url": "https://spdx.org/licenses/MIT.html" });
    assert_eq!(
        licenses,
        [mit, json!({ "name": "Own-1.0", "aliases": ["Own"], "spdxId": "Own-1.0", "osiApproved": false })]
    );
    assert_eq!(messages(&entries), Vec::<String>::new());
}

/// Whatever a table has in its cells: each model of it is the name in one of its rows.
fn generated_tables_yield_only_their_models() {
    let headings = [
        "Model",
        "Name",
        "名称",
        "Parameters",
        "Params (B)",
        "Size",
        "Data",
        "License",
        "Released",
        "Notes",
        "Organization",
        "Base model",
        "x",
    ];
    let cells = vec![
        "",
        "-",
        "N/A",
        "Alpha",
        "[Beta](https://example.org/b)",
        "7B",
        "7, 13",
        "815MB",
        "8x7B",
        "2T",
        "2024-01-02",
        "MIT",
        "GPL-3.0+",
        "✅",
        "可商用",
        "需申请，可商用",
        "机构：Meta，智谱",
        "a,b",
        "1,000",
        "10 - 20",
        "x | y",
        "<b>Gamma</b>",
        "Delta[^1]",
        "基于 Epsilon",
        "7B (Mini)",
        "132B/36B",
        "Zeta et al. 2020",
    ];
    let topics = ["Models", "Tools", "基础大模型", "Datasets", "Model architectures", "Benchmarks"];
    let tables = (select(topics.to_vec()), vec(select(headings.to_vec()), 1..6), vec(vec(select(cells), 0..7), 0..6));
    runner()
        .run(&tables, |(topic, headings, rows)| {
            let line = |cells: &[&str]| format!("|{}|\n", cells.join("|"));
            let body = rows.iter().map(|row| line(row)).collect::<String>();
            let text = format!("## {topic}\n\n{}{}{body}", line(&headings), line(&vec!["---"; headings.len()]));
            // The text of the cells without their markup.
            let plain = body.replace("<b>", "").replace("</b>", "").replace("[^1]", "");
            for record in markdown::read(text.as_bytes()).iter().flatten() {
                if record.subject == SubjectType::Model {
                    let name = record.fields["name"].as_str().unwrap_or_default();
                    let row = plain.lines().nth(record.place.line.saturating_sub(5)).unwrap_or_default();
                    assert!(
                        row.contains(name) && !name.is_empty(),
                        "{name:?} of line {} in\n{text}",
                        record.place.line
                    );
                }
            }
            let comma = rows.iter().map(|row| {
                row.iter().map(|cell| format!("\"{}\"", cell.replace('"', ""))).collect::<Vec<_>>().join(",") + "\n"
            });
            let table = format!("{}\n{}", headings.join(","), comma.collect::<String>());
            for record in csv::read(table.as_bytes(), None).iter().flatten() {
                if record.subject == SubjectType::Model {
                    let name = record.fields["name"].as_str().unwrap_or_default();
                    assert!(table.contains(name) && !name.is_empty(), "{name:?} in\n{table}");
                }
            }
            Ok(())
        })
        .expect("only the models of the table");
}

/// Whatever a table in another form has in its cells: each model of it is a name in the table, or the title of the page.
fn generated_tables_in_other_forms_yield_only_their_models() {
    let headings =
        ["Model", "Parameters", "Size", "Layers", "License", "Released", "名称", "层数", "Value", "Feature", "x", ""];
    let cells = vec![
        "",
        "-",
        "Alpha",
        "7B",
        "13B",
        "32",
        "2024-01-02",
        "MIT",
        "Layers",
        "Parameters",
        "许可证",
        "Name",
        "Beta",
        "✅",
        "a|b",
        "**Gamma**",
        "~~Delta~~",
        "Total",
        "<b>Eps</b>",
    ];
    let titles = ["# Some-LM", "# Models", "# Results", "## Zeta", ""];
    let tables = (select(titles.to_vec()), vec(select(headings.to_vec()), 1..5), vec(vec(select(cells), 0..6), 0..6));
    runner()
        .run(&tables, |(title, headings, rows)| {
            let bars = |cells: &[&str]| format!("|{}|\n", cells.join("|"));
            let tags = |cells: &[&str]| {
                cells.iter().fold("<tr>".to_owned(), |row, cell| row + "<td>" + cell + "</td>") + "</tr>\n"
            };
            let lines = |line: &dyn Fn(&[&str]) -> String| rows.iter().map(|row| line(row)).collect::<String>();
            let dashes = bars(&vec!["---"; headings.len()]);
            for text in [
                format!("{}{dashes}{}", bars(&headings), lines(&bars)),
                format!("{}{}", bars(&headings), lines(&bars)),
                format!("<table>{}{}</table>\n", tags(&headings), lines(&tags)),
            ] {
                let page = format!("{title}\n\n{text}");
                let plain = page.replace("<b>", "").replace("</b>", "").replace("**", "");
                for record in markdown::read(page.as_bytes()).iter().flatten() {
                    let name = record.fields["name"].as_str().unwrap_or_default();
                    if record.subject == SubjectType::Model {
                        assert!(!name.is_empty() && plain.contains(name), "{name:?} in\n{page}");
                        let is_other = ["MIT", "32", "7B", "13B", "2024-01-02", "Total", "Delta", "-"].contains(&name);
                        let is_named =
                            headings.iter().any(|heading| matches!(*heading, "Model" | "名称" | "Feature" | ""));
                        assert!(!is_other || (is_named && name != "Delta" && name != "Total"), "{name:?} in\n{page}");
                    }
                }
            }
            Ok(())
        })
        .expect("only the models of the table");
}
