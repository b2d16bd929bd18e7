//! Cells of tables in Markdown: what a number means, and what states nothing.

use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::markdown;
use serde_json::{Value as Json, json};

use super::{list, messages, models};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        numbers_of_parameters_are_read,
        numbers_that_are_no_parameters_are_not,
        headings_say_which_number_it_is,
        conditions_are_not_permissions,
        blanks_state_nothing,
        markup_is_no_part_of_names,
        marks_answer_and_labels_end,
        words_that_name_nothing_are_told,
        notes_are_no_part_of_names,
        licenses_of_code_and_of_several_are_not_chosen,
        a_number_out_of_range_rejects_no_row,
    ]
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
        ("参数量/B", "671", &["671B 671000000000"]),
        ("#Params / M", "340", &["340M 340000000"]),
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
        "n/a.",
        "???",
        "未定",
        "未提及",
        "暂未公布",
        "尚未发布",
        "待更新",
        "不明",
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

fn words_that_name_nothing_are_told() {
    for words in [
        "见下文",
        "同上",
        "ditto",
        "same as above",
        "See below",
        "see paper",
        "proprietary",
        "Internal data",
        "various",
        "自研",
    ] {
        let text = format!(
            "## Models\n\n| Name | Parameters | Organization | License | Datasets | Architecture | Base model |\n|---|---|---|---|---|---|---|\n\
             | A | 7B |{}\n",
            format!(" {words} |").repeat(5)
        );
        let entries = markdown::read(text.as_bytes());
        assert_eq!(
            models(&entries),
            json!({ "A": { "sizes": [{ "label": "7B", "parameters": 7_000_000_000_i64 }] } }),
            "{words}"
        );
        assert_eq!((entries.len(), messages(&entries).len()), (1, 5), "{words}: {:?}", messages(&entries));
    }
    for words in ["免费", "unknown license", "Yes, with conditions", "开源协议", "No license"] {
        let text = format!("## Models\n\n| Name | Parameters | License |\n|---|---|---|\n| A | 7B | {words} |\n");
        let entries = markdown::read(text.as_bytes());
        assert_eq!(models(&entries)["A"].get("license"), None, "{words}");
        assert!(!messages(&entries).is_empty(), "{words}");
    }
}

fn notes_are_no_part_of_names() {
    let text = "## Models\n\n| Name | Parameters | Organization | License |\n|---|---|---|---|\n| A<sup>new</sup> | 7B | Acme* | MIT* |\n\
                | B [[1]](#notes) | 7B | Acme† | MIT† |\n| [C](https://example.org/c) [[2]](#notes) | 7B | Acme | GPL-3.0+ |\n";
    let entries = markdown::read(text.as_bytes());
    let names = entries.iter().flatten().map(|record| record.place.row.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["Acme", "MIT", "A", "B", "GPL-3.0+", "C"]);
    assert_eq!(models(&entries)["B"]["license"], "MIT");
    assert_eq!(models(&entries)["C"]["links"], json!([{ "kind": "OTHER", "url": "https://example.org/c" }]));
}

fn licenses_of_code_and_of_several_are_not_chosen() {
    let license = |cell: &str| {
        let text = format!("## Models\n\n| Name | Parameters | License |\n|---|---|---|\n| A | 7B | {cell} |\n");
        let entries = markdown::read(text.as_bytes());
        (models(&entries)["A"].get("license").cloned(), !messages(&entries).is_empty())
    };
    for cell in [
        "Apache-2.0 (code only)",
        "[MIT](https://example.org/license) (code)",
        "MIT（仅代码）",
        "Apache 2.0 / Custom",
        "MIT, other",
    ] {
        assert_eq!(license(cell), (None, true), "{cell}");
    }
    assert_eq!(license("MIT (weights only)"), (Some(json!("MIT")), false));
    assert_eq!(license("[MIT](https://example.org/license) (weights)"), (Some(json!("MIT")), true));
}

fn a_number_out_of_range_rejects_no_row() {
    let text = "## Models\n\n| Name | Parameters | Context length | Layers |\n|---|---|---|---|\n| A | 7B | 0 | 0 |\n| B | 7B | 4096 | 32 |\n";
    let entries = markdown::read(text.as_bytes());
    let read = models(&entries);
    assert_eq!((read["A"].get("contextLength"), read["A"]["sizes"][0].get("layers")), (None, None));
    assert_eq!((&read["B"]["contextLength"], &read["B"]["sizes"][0]["layers"]), (&json!(4096), &json!(32)));
    assert_eq!(messages(&entries), ["0: not a whole number; ignored", "0: not a whole number; ignored"]);
}
