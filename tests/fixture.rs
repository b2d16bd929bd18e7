//! The API returns what the documents of the fixture state.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        foundation_models_have_their_sizes_and_data_scales,
        derived_models_have_no_position_and_no_base_model,
        training_tokens_of_a_model_are_not_those_of_its_sizes,
        amounts_in_other_units_are_no_training_tokens,
        commercial_use_is_that_of_the_license_or_unknown,
        datasets_organizations_and_architectures_have_their_models_and_links,
        models_have_their_aliases_links_and_summaries,
    ]
}

/// The list: name, slug, sizes, data scale.
const LIST: [(&str, &str, &str, &str); 24] = [
    ("LLaMA-2", "llama-2", "7B,13B,34B,70B", "2T"),
    ("Falcon", "falcon", "7B,40B,180B", "3.5T"),
    ("baichuan-2", "baichuan-2", "7B,13B", "2.6T"),
    ("InternLM", "internlm", "7B,20B", "2.3T"),
    ("BLOOM", "bloom", "3B,7.1B,176B", "366B"),
    ("GALACTICA", "galactica", "6.7B,30B,120B", "106B"),
    ("LLaMA", "llama", "7B,13B,30B,65B", "1.4T"),
    ("MOSS-moon", "moss-moon", "16B", "700B"),
    ("ChatGLM2", "chatglm2", "6B", "1.4T"),
    ("StableLM", "stablelm", "3B,7B", "800B"),
    ("RedPajama-INCITE", "redpajama-incite", "3B,7B", "1T"),
    ("GPT-NeoX", "gpt-neox", "20B", "3.15M"),
    ("OpenLLaMA", "openllama", "3B,7B,13B", "1T"),
    ("MPT", "mpt", "7B,30B", "1T"),
    ("Pythia", "pythia", "2.8B,6.9B,12B", "300B"),
    ("XGen", "xgen", "7B", "1.5T"),
    ("OPT", "opt", "6.7B,13B,30B,66B,175B", "180B"),
    ("Qwen", "qwen", "7B,14B", "2.4T,3.0T"),
    ("XVERSE", "xverse", "13B", "1.4T"),
    ("Aquila2", "aquila2", "7B,34B", ""),
    ("Prithvi", "prithvi", "", "100M（图片）"),
    ("Skywork", "skywork", "13B", "3.2T"),
    ("Deepseek Coder", "deepseek-coder", "1.3B,6.7B,33B", "2T"),
    ("Aquila", "aquila", "7B", ""),
];

/// Billions, with at most one decimal, as a whole number.
fn parameters(label: &str) -> i64 {
    let (whole, tenth) = label.trim_end_matches('B').split_once('.').unwrap_or((label.trim_end_matches('B'), "0"));
    whole.parse::<i64>().expect("digits") * 1_000_000_000 + tenth.parse::<i64>().expect("a digit") * 100_000_000
}

async fn foundation_models_have_their_sizes_and_data_scales(app: App) {
    let data = app
        .data(
            "{ catalog { revision counts { models sizes datasets licenses organizations architectures } }
               models(first: 100, where: { kind: { eq: FOUNDATION } }) {
                 totalCount nodes { position name slug maxParameters dataScale { text } sizes { label parameters } } } }",
        )
        .await;
    let counts =
        json!({ "models": 31, "sizes": 55, "datasets": 2, "licenses": 5, "organizations": 4, "architectures": 2 });
    assert_eq!(data["catalog"], json!({ "revision": 44, "counts": counts }));
    assert_eq!(data["models"]["totalCount"], 24);
    let expected = LIST.iter().zip(1..).map(|((name, slug, sizes, scale), position)| {
        let labels = sizes.split(',').filter(|label| !label.is_empty()).collect::<Vec<_>>();
        let sizes = labels.iter().map(|label| json!({ "label": label, "parameters": parameters(label) }));
        let scale = if scale.is_empty() { Json::Null } else { json!({ "text": scale }) };
        json!({
            "position": position, "name": name, "slug": slug, "dataScale": scale, "sizes": sizes.collect::<Vec<_>>(),
            "maxParameters": labels.last().map(|label| parameters(label)),
        })
    });
    assert_eq!(data["models"]["nodes"], Json::from_iter(expected));
}

async fn derived_models_have_no_position_and_no_base_model(app: App) {
    let data = app
        .data(
            "{ models(where: { kind: { eq: DERIVED } }, orderBy: [{ field: NAME }]) {
                 nodes { name slug position baseModel { slug } sizes { label } links { kind url } } } }",
        )
        .await;
    let derived = |name: &str| {
        let (sizes, links) = match name {
            "CodeLLaMA" => (
                json!([{ "label": "7B" }, { "label": "13B" }, { "label": "34B" }]),
                json!([{ "kind": "DETAILS", "url": format!("{SOURCE}Open-LLMs/codellama.md") }]),
            ),
            _ => (json!([]), json!([])),
        };
        json!({ "name": name, "slug": name.to_lowercase(), "position": null, "baseModel": null, "sizes": sizes, "links": links })
    };
    let names = ["Alpaca", "CodeLLaMA", "Guanaco", "Vicuna", "WizardCoder", "WizardLM", "WizardMath"];
    assert_eq!(data["models"]["nodes"], Json::from_iter(names.map(derived)));
}

const SOURCE: &str = "https://github.com/wgwang/awesome-open-foundation-models/blob/main/";

async fn training_tokens_of_a_model_are_not_those_of_its_sizes(app: App) {
    let data = app
        .data(
            "{ sizes(first: 100, where: { trainingTokens: { isNull: false } }) { nodes { label trainingTokens model { slug } } }
               qwen: model(slug: \"qwen\") { maxTrainingTokens dataScale { text amount unit } sizes { label trainingTokens tokensPerParameter } }
               falcon: model(slug: \"falcon\") { maxTrainingTokens sizes { trainingTokens tokensPerParameter } } }",
        )
        .await;
    let rows = data["sizes"]["nodes"].as_array().expect("a list");
    let mut known = Vec::from_iter(rows.iter().map(|row| {
        (
            row["model"]["slug"].as_str().expect("a slug"),
            row["label"].as_str().expect("a label"),
            row["trainingTokens"].as_i64(),
        )
    }));
    known.sort_unstable();
    let expected = [
        ("chatglm2", "6B", 1_400_000_000_000),
        ("moss-moon", "16B", 700_000_000_000),
        ("qwen", "14B", 3_000_000_000_000),
        ("qwen", "7B", 2_400_000_000_000),
        ("skywork", "13B", 3_200_000_000_000),
        ("xgen", "7B", 1_500_000_000_000),
        ("xverse", "13B", 1_400_000_000_000),
    ];
    assert_eq!(known, expected.map(|(slug, label, tokens)| (slug, label, Some(tokens))));
    let sizes = json!([
        { "label": "7B", "trainingTokens": 2_400_000_000_000_i64, "tokensPerParameter": 2400.0 / 7.0 },
        { "label": "14B", "trainingTokens": 3_000_000_000_000_i64, "tokensPerParameter": 3000.0 / 14.0 },
    ]);
    let scale = json!({ "text": "2.4T,3.0T", "amount": 3_000_000_000_000_i64, "unit": "TOKENS" });
    assert_eq!(data["qwen"], json!({ "maxTrainingTokens": 3_000_000_000_000_i64, "dataScale": scale, "sizes": sizes }));
    let unknown = json!({ "trainingTokens": null, "tokensPerParameter": null });
    let falcon = json!({ "maxTrainingTokens": 3_500_000_000_000_i64, "sizes": [unknown, unknown, unknown] });
    assert_eq!(data["falcon"], falcon);
}

async fn amounts_in_other_units_are_no_training_tokens(app: App) {
    let data = app
        .data(
            "{ neox: model(slug: \"gpt-neox\") { maxTrainingTokens dataScale { amount unit } sizes { trainingTokens } }
               prithvi: model(slug: \"prithvi\") { maxTrainingTokens maxParameters dataScale { amount unit } }
               moss: model(slug: \"moss-moon\") { trainingFlops }
               pile: dataset(slug: \"the-pile\") { bytes tokens } }",
        )
        .await;
    let expected = json!({
        "neox": { "maxTrainingTokens": null, "dataScale": { "amount": 3_150_000, "unit": "UNKNOWN" }, "sizes": [{ "trainingTokens": null }] },
        "prithvi": { "maxTrainingTokens": null, "maxParameters": null, "dataScale": { "amount": 100_000_000, "unit": "IMAGES" } },
        "moss": { "trainingFlops": 6.67e22 },
        "pile": { "bytes": 800_000_000_000_i64, "tokens": null },
    });
    assert_eq!(data, expected);
}

async fn commercial_use_is_that_of_the_license_or_unknown(app: App) {
    let data = app
        .data(
            "{ models(first: 100, where: { commercialUse: { ne: UNKNOWN } }, orderBy: [{ field: POSITION }]) {
                 nodes { slug commercialUse license { slug commercialUse conditions(language: ZH) } } }
               unknown: models(where: { commercialUse: { eq: UNKNOWN } }) { totalCount }
               unlicensed: models(where: { not: { license: {} } }) { totalCount } }",
        )
        .await;
    let model = |slug: &str, license: &str, word: &str, conditions: Option<&str>| {
        json!({ "slug": slug, "commercialUse": word,
                "license": { "slug": license, "commercialUse": word, "conditions": conditions } })
    };
    let on_request = Some("开放，商用需授权");
    let expected = [
        model("llama-2", "llama-2-community-license", "ALLOWED", None),
        model("baichuan-2", "baichuan-2-community-license", "AUTHORIZATION_REQUIRED", on_request),
        model("internlm", "internlm-license", "AUTHORIZATION_REQUIRED", on_request),
        model("bloom", "bigscience-bloom-rail-1-0", "ALLOWED", Some("最为宽松")),
        model("llama", "llama-license", "PROHIBITED", Some("代码开源，模型“泄露”")),
    ];
    assert_eq!(data["models"]["nodes"], Json::from_iter(expected));
    assert_eq!((&data["unknown"]["totalCount"], &data["unlicensed"]["totalCount"]), (&json!(26), &json!(26)));
}

async fn datasets_organizations_and_architectures_have_their_models_and_links(app: App) {
    let data = app
        .data(
            "{ datasets { nodes { slug name links { kind url } models { nodes { slug } } } }
               organizations { nodes { slug name zh: name(language: ZH) models { nodes { slug } } } }
               architectures { nodes { slug name links { kind url } models { totalCount } } } }",
        )
        .await;
    let link = |kind: &str, url: &str| json!([{ "kind": kind, "url": url }]);
    let models = |slug: &str| json!({ "nodes": [{ "slug": slug }] });
    let expected = json!({
        "datasets": { "nodes": [
            { "slug": "refinedweb", "name": "RefinedWeb", "models": models("falcon"),
              "links": link("DATASET", "https://huggingface.co/datasets/tiiuae/falcon-refinedweb") },
            { "slug": "the-pile", "name": "The Pile", "models": models("gpt-neox"),
              "links": link("PAPER", "https://arxiv.org/abs/2101.00027") },
        ] },
        "organizations": { "nodes": [
            { "slug": "ibm", "name": "IBM", "zh": "IBM", "models": models("prithvi") },
            { "slug": "meta", "name": "Meta", "zh": "Meta", "models": models("llama") },
            { "slug": "nasa", "name": "NASA", "zh": "NASA", "models": models("prithvi") },
            { "slug": "kunlun-wanwei", "name": "昆仑万维", "zh": "昆仑万维", "models": models("skywork") },
        ] },
        "architectures": { "nodes": [
            { "slug": "gptq", "name": "GPTQ", "models": { "totalCount": 0 },
              "links": link("REPOSITORY", "https://github.com/IST-DASLab/gptq") },
            { "slug": "llama", "name": "LLaMA", "models": { "totalCount": 0 },
              "links": link("REPOSITORY", "https://github.com/facebookresearch/llama") },
        ] },
    });
    assert_eq!(data, expected);
    let makers = app.data("{ model(slug: \"prithvi\") { organizations { name } } }").await;
    assert_eq!(makers["model"]["organizations"], json!([{ "name": "IBM" }, { "name": "NASA" }]));
}

async fn models_have_their_aliases_links_and_summaries(app: App) {
    let data = app
        .data(
            "{ models(first: 100) { nodes { slug aliases zh: summary(language: ZH) en: summary(language: EN) links { kind title url } } } }",
        )
        .await;
    let rows = data["models"]["nodes"].as_array().expect("a list");
    let stated = |field: &str| {
        let stated = rows.iter().filter(|row| !row[field].is_null() && row[field] != json!([]));
        Json::from_iter(stated.map(|row| json!([row["slug"], row[field]])))
    };
    let aliases = json!([["qwen", ["通义千问", "千问"]], ["skywork", ["天工"]], ["aquila", ["悟道·天鹰"]]]);
    assert_eq!(stated("aliases"), aliases);
    let summaries = stated("zh");
    assert_eq!(summaries[0], json!(["galactica", "开放的科学文本和数据"]));
    assert_eq!(summaries[1], json!(["prithvi", "地理空间"]));
    assert_eq!(stated("en")[1], json!(["prithvi", "geospatial"]));
    assert_eq!((summaries.as_array().map(Vec::len), summaries[2][0].as_str()), (Some(3), Some("deepseek-coder")));

    let page = |name: &str| json!({ "kind": "DETAILS", "title": null, "url": format!("{SOURCE}Open-LLMs/{name}.md") });
    let article =
        |id: &str| json!({ "kind": "ARTICLE", "title": "详细介绍", "url": format!("https://mp.weixin.qq.com/s/{id}") });
    let repository =
        |path: &str| json!({ "kind": "REPOSITORY", "title": null, "url": format!("https://github.com/{path}") });
    let first = json!({ "kind": "DETAILS", "title": "baichuan-1", "url": format!("{SOURCE}Open-LLMs/baichuan.md") });
    let expected = json!([
        ["llama-2", [page("llama2")]],
        ["falcon", [page("falcon")]],
        ["baichuan-2", [page("baichuan2"), first]],
        ["internlm", [page("internlm")]],
        ["bloom", [page("bloom"), article("ia-yrmXbnlooRA3K1hoTwQ")]],
        ["llama", [page("llama"), article("dKInMi6P80GXecUtR3WQsA")]],
        ["qwen", [page("qwen")]],
        ["aquila2", [repository("FlagAI-Open/Aquila2")]],
        ["skywork", [page("skywork")]],
        ["deepseek-coder", [repository("deepseek-ai/DeepSeek-Coder")]],
        ["codellama", [page("codellama")]],
    ]);
    assert_eq!(stated("links"), expected);
}
