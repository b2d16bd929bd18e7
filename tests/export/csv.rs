//! The CSV export of models.

use std::collections::HashMap;

use libtest_mimic::Trial;
use open_llm_catalog::domain::model::ModelDocument;
use serde_json::json;

use super::{file, save};
use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both: a_csv_row_has_all_fields_of_a_size, formulas_are_escaped]
}

const HEADER: &str = "slug,name,aliases,kind,position,organizations,license,commercial_use,stated_commercial_use,release_date,\
    size,parameters,active_parameters,training_tokens,size_license,size_commercial_use,size_release_date,data_scale,datasets,architecture,base_model,summary_zh,summary_en,training_flops,links,\
    languages,purposes,size_context_length,size_extended_context_length,size_status,size_knowledge_cutoff,size_modalities,\
    context_length,extended_context_length,status,knowledge_cutoff,modalities,\
    parameters_basis,training_tokens_basis,layers,hidden_size,attention_heads,vocabulary_size,experts,active_experts,size_cache_layers,effective_license";

type Row = HashMap<String, String>;

async fn rows(app: &App, path: &str) -> Vec<Row> {
    let text = file(app, path).await;
    let text = text.strip_prefix('\u{feff}').expect("spreadsheets need the mark");
    assert!(text.starts_with(&format!("{HEADER}\r\n")) && text.ends_with("\r\n"), "{text:.300}");
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().expect("a table")
}

/// The cells of a row that are not empty.
fn filled(row: &Row) -> Vec<(&str, &str)> {
    HEADER.split(',').map(|name| (name, row[name].as_str())).filter(|(_, cell)| !cell.is_empty()).collect()
}

async fn a_csv_row_has_all_fields_of_a_size(app: App) {
    let all = rows(&app, "/export/models.csv").await;
    // 55 sizes, and 7 models without any: Prithvi and six derived ones.
    assert_eq!(all.len(), 55 + 7);
    let of = |slug: &str| Vec::from_iter(all.iter().filter(|row| row["slug"] == slug).map(filled));
    let qwen = |label, parameters, tokens| {
        vec![
            ("slug", "qwen"),
            ("name", "Qwen"),
            ("aliases", "通义千问; 千问"),
            ("kind", "FOUNDATION"),
            ("position", "18"),
            ("commercial_use", "UNKNOWN"),
            ("size", label),
            ("parameters", parameters),
            ("training_tokens", tokens),
            ("data_scale", "2.4T,3.0T"),
            ("links", "DETAILS <Open-LLMs/qwen.md>"),
            ("parameters_basis", "LABEL"),
        ]
    };
    let sizes = [qwen("7B", "7000000000", "2400000000000"), qwen("14B", "14000000000", "3000000000000")];
    assert_eq!(of("qwen"), sizes);
    let prithvi = vec![
        ("slug", "prithvi"),
        ("name", "Prithvi"),
        ("kind", "FOUNDATION"),
        ("position", "21"),
        ("organizations", "ibm; nasa"),
        ("commercial_use", "UNKNOWN"),
        ("data_scale", "100M（图片）"),
        ("summary_zh", "地理空间"),
        ("summary_en", "geospatial"),
    ];
    assert_eq!(of("prithvi"), [prithvi]);
    assert_eq!(
        of("moss-moon")[0].iter().find(|(name, _)| *name == "training_flops"),
        Some(&("training_flops", "6.67e+22"))
    );
    let links = "DETAILS <Open-LLMs/llama.md>; ARTICLE 详细介绍 <https://mp.weixin.qq.com/s/dKInMi6P80GXecUtR3WQsA>";
    assert_eq!(all.iter().find(|row| row["slug"] == "llama").map(|row| row["links"].as_str()), Some(links));
    let positions = all.iter().filter_map(|row| row["position"].parse::<i32>().ok()).collect::<Vec<_>>();
    assert!(positions.is_sorted(), "{positions:?}");
}

async fn formulas_are_escaped(app: App) {
    let names = ["=cmd()|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "a=b", "\"quoted\", and; more"];
    let models = names.iter().enumerate().map(|(number, name)| {
        json!({ "slug": format!("hostile-{number}"), "name": name, "aliases": [format!("{name} too")], "kind": "DERIVED",
            "summary": { "en": format!("\t{name}"), "zh": format!("\r\n{name}") } })
    });
    save::<ModelDocument>(&app, models.collect()).await;
    let all = rows(&app, "/export/models.csv?kind=derived").await;
    for (number, name) in names.iter().enumerate() {
        let row = all.iter().find(|row| row["slug"] == format!("hostile-{number}")).expect("it is there");
        let guarded = if number < 4 { format!("'{name}") } else { (*name).to_owned() };
        // An element that contains the separator is quoted.
        let alias =
            if name.contains(';') { "\"\"\"quoted\"\", and; more too\"".to_owned() } else { format!("{guarded} too") };
        let expected = (guarded.clone(), alias, format!("'\t{name}"), format!("'\r\n{name}"));
        let cell = |name: &str| row[name].clone();
        assert_eq!((cell("name"), cell("aliases"), cell("summary_en"), cell("summary_zh")), expected);
    }
}
