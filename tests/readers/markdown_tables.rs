//! Tables and lists in Markdown: which of them are about models, and which of their rows are one.

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::markdown;
use serde_json::{Value as Json, json};

use super::{list, messages, models};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        headings_name_topics,
        empty_cells_are_cells,
        tables_are_about_models_only_if_they_say_so,
        rows_of_sizes_are_one_model,
        remarks_are_not_models,
        tables_in_other_forms_are_read,
        pages_about_one_model_are_read,
        rows_that_do_not_fit_are_left_out,
        tables_of_what_is_no_open_model_are_left_out,
    ]
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
}

fn tables_of_what_is_no_open_model_are_left_out() {
    for heading in
        ["Closed models", "LoRA adapters", "Quantized models", "GGUF quantizations", "GPUs", "量化模型", "Providers"]
    {
        let text = format!("# LLMs\n\n## {heading}\n\n| Name | Parameters |\n|---|---|\n| A | 7B |\n");
        assert_eq!(list(&text), json!({}), "{heading}");
        assert_eq!(messages(&markdown::read(text.as_bytes())).len(), 1, "{heading}");
    }
}
