//! The memory that running a size takes, and the filter of sizes that fit in a memory.

use libtest_mimic::Trial;
use proptest::{
    collection::vec,
    option::of,
    prelude::*,
    sample::{Index, select},
    strategy::ValueTree,
};
use serde_json::{Value as Json, json};

use crate::edit::editor;
use crate::support::{App, runner};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![on both:
        weights_are_within_three_percent_of_real_files,
        caches_are_those_worked_out_from_configurations,
        what_is_unknown_is_not_counted,
        wrong_arguments_are_named,
        known_bytes_of_files_win,
        fits_agrees_with_memory,
    ]
}

/// The sizes of real files in bytes, with the format of their weights and the number of parameters of the model.
///
/// From catalog.json of github.com/lmstudio-ai/model-catalog at 78bd5602 (`sizeBytes` of the named file).
const FILES: [(&str, &str, u64, u64); 19] = [
    ("zephyr-7b-beta.Q4_K_S.gguf", "Q4_K_S", 7_241_732_096, 4_140_373_696),
    ("zephyr-7b-beta.Q6_K.gguf", "Q6_K", 7_241_732_096, 5_942_064_832),
    ("stablelm-zephyr-3b.Q4_K_S.gguf", "q4_k_s", 2_795_443_200, 1_620_695_488),
    ("stablelm-zephyr-3b.Q6_K.gguf", "Q6_K", 2_795_443_200, 2_295_985_088),
    ("gemma-2b-it-q8_0.gguf", "Q8_0", 2_506_172_416, 2_669_351_840),
    ("Phi-3.1-mini-4k-instruct-Q4_K_M.gguf", "Q4_K_M", 3_821_079_552, 2_393_232_096),
    ("wizardcoder-python-13b-v1.0.Q4_K_S.gguf", "Q4_K_S", 13_015_864_320, 7_414_338_464),
    ("wizardcoder-python-13b-v1.0.Q6_K.gguf", "Q6_K", 13_015_864_320, 10_679_148_768),
    ("qwen1_5-7b-chat-q5_k_m.gguf", "Q5_K_M", 7_721_324_544, 5_530_664_160),
    ("gemma-2-9b-it-Q4_K_M.gguf", "Q4_K_M", 9_241_705_984, 5_761_057_728),
    ("Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "Q4_K_M", 8_030_261_248, 4_920_739_168),
    ("stable-code-instruct-3b-Q8_0.gguf", "Q8_0", 2_795_443_200, 2_972_926_176),
    ("codellama-7b-instruct.Q4_K_S.gguf", "Q4_K_S", 6_738_546_688, 3_856_831_168),
    ("codellama-7b-instruct.Q6_K.gguf", "Q6_K", 6_738_546_688, 5_529_302_208),
    ("deepseek-coder-6.7b-instruct.Q4_K_S.gguf", "Q4_K_S", 6_740_512_768, 3_858_751_712),
    ("phi-2.Q4_K_S.gguf", "Q4_K_S", 2_779_683_840, 1_615_568_736),
    ("phi-2.Q6_K.gguf", "Q6_K", 2_779_683_840, 2_285_059_936),
    ("Hermes-2-Pro-Mistral-7B.Q4_0.gguf", "Q4_0", 7_241_994_240, 4_109_098_752),
    ("Starling-LM-7B-beta-IQ4_XS.gguf", "IQ4_XS", 7_241_748_480, 3_944_399_776),
];

/// From gpt4all-chat/metadata/models3.json of github.com/nomic-ai/gpt4all at 053fc23a (`filesize`).
const OTHER_FILES: [(&str, &str, u64, u64); 3] = [
    ("Meta-Llama-3-8B-Instruct.Q4_0.gguf", "Q4_0", 8_030_261_248, 4_661_724_384),
    ("orca-2-7b.Q4_0.gguf", "Q4_0", 6_738_440_192, 3_825_824_192),
    ("orca-2-13b.Q4_0.gguf", "Q4_0", 13_015_895_040, 7_365_856_064),
];

/// The files of Llama 3.1 8B in hundredths of GiB, from tools/quantize/README.md of github.com/ggml-org/llama.cpp at 311c2c9f, and
/// those of Llama 3 8B from its quantize.cpp at 03161a4e (Q3_K_M, Q4_1, Q5_0, Q5_1).
const LLAMA_FILES: [(&str, u64); 18] = [
    ("IQ2_XXS", 223),
    ("IQ3_M", 352),
    ("IQ4_XS", 417),
    ("IQ4_NL", 438),
    ("Q2_K", 295),
    ("Q3_K_S", 341),
    ("Q3_K_M", 374),
    ("Q3_K_L", 402),
    ("Q4_1", 478),
    ("Q4_K_S", 436),
    ("Q4_K_M", 458),
    ("Q5_0", 521),
    ("Q5_1", 565),
    ("Q5_K_S", 521),
    ("Q5_K_M", 533),
    ("Q6_K", 614),
    ("Q8_0", 795),
    ("F16", 1496),
];

/// Creates a model with these sizes.
async fn create(app: &App, sizes: &[Json]) {
    let variables = json!({ "sizes": sizes });
    app.data_with(
        "mutation ($sizes: [ModelSizeInput!]) { createModel(input: { name: \"Run\", kind: FOUNDATION, sizes: $sizes }) { revision } }",
        variables,
    )
    .await;
}

/// Adds checkpoints to the model.
async fn add_checkpoints(app: &App, checkpoints: &[Json]) {
    let query =
        "mutation ($put: [CheckpointInput!]) { updateCheckpoints(input: { model: \"run\", put: $put }) { revision } }";
    app.data_with(query, json!({ "put": checkpoints })).await;
}

async fn weights_are_within_three_percent_of_real_files(app: App) {
    let app = editor(&app).await;
    let llama = LLAMA_FILES.map(|(format, size)| (format, format, 8_030_261_248, size * (1 << 30) / 100));
    let files = [&FILES[..], &OTHER_FILES, &llama].concat();
    let mut parameters = files.iter().map(|(_, _, parameters, _)| *parameters).collect::<Vec<_>>();
    parameters.sort_unstable();
    parameters.dedup();
    let sizes = parameters.iter().map(|count| json!({ "label": count.to_string(), "parameters": count }));
    create(&app, &sizes.collect::<Vec<_>>()).await;
    for (name, format, parameters, bytes) in files {
        let query = format!(
            "{{ sizes(where: {{ label: {{ eq: \"{parameters}\" }} }}) {{ nodes {{ memory(quantization: \"{format}\") {{ weights basis }} }} }} }}"
        );
        let memory = app.data(&query).await["sizes"]["nodes"][0]["memory"].take();
        let weights = memory["weights"].as_u64().expect("a number");
        assert!(weights.abs_diff(bytes) * 100 <= bytes * 3, "{name}: {weights}, not {bytes}");
        let basis = memory["basis"].as_str().expect("a text");
        assert!(basis.starts_with(&format.to_uppercase()) && basis.ends_with("bits per parameter"), "{basis}");
    }
}

fn full(layers: u32, heads: u32, dimension: u32) -> Json {
    json!({ "layers": layers, "kind": "FULL", "keyValueHeads": heads, "keyDimension": dimension, "valueDimension": dimension })
}

fn window(layers: u32, heads: u32, dimension: u32, window: u32) -> Json {
    json!({ "layers": layers, "kind": "WINDOW", "keyValueHeads": heads, "keyDimension": dimension, "valueDimension": dimension,
        "window": window })
}

async fn caches_are_those_worked_out_from_configurations(app: App) {
    let app = editor(&app).await;
    // gemma-3-27b-it in litgpt/config.py of github.com/Lightning-AI/litgpt: 62 layers, of which every sixth (10) attends to all tokens and the others (52) to 1024; 16
    // key-value heads of 128 dimensions. 10 · 2·16·128 · 131072 + 52 · 2·16·128 · 1024 numbers of 2 bytes: 11,173,625,856.
    let gemma = json!([full(10, 16, 128), window(52, 16, 128, 1024)]);
    // gpt-oss-120b, ModelConfig in gpt_oss/torch/model.py of github.com/openai/gpt-oss: 36 layers, of which every other (18) has a
    // window of 128; 8 heads of 64 dimensions. 18 · 2·8·64 · (131072 + 128) numbers of 2 bytes: 4,836,556,800. The 20b
    // has 24 layers by configurations that others publish.
    let large = json!([full(18, 8, 64), window(18, 8, 64, 128)]);
    let small = json!([full(12, 8, 64), window(12, 8, 64, 128)]);
    // inference/configs/config_671B.json of github.com/deepseek-ai/DeepSeek-V3: 61 layers, kv_lora_rank 512, qk_rope_head_dim 64.
    // 61 · 576 numbers of 2 bytes for each token: 70,272 bytes.
    let deepseek = json!([{ "layers": 61, "kind": "LATENT", "latentDimension": 512, "ropeDimension": 64 }]);
    // Jamba v0.1, JambaConfig in configuration_jamba.py of transformers: 32 layers, of which every eighth (4) is attention with 8
    // key-value heads of 4096/32 dimensions, and 28 are Mamba, whose states are 2·4096 channels of 16 (mamba_d_state) and 4
    // (mamba_d_conv) numbers. 4 · 2·8·128 · 262144 + 28 · 8192 · 20 numbers of 2 bytes: 4,304,142,336.
    let jamba = json!([full(4, 8, 128),
        { "layers": 28, "kind": "STATE", "keyValueHeads": 1, "keyDimension": 20, "valueDimension": 8192 }]);
    // Mistral-7B-v0.1 in the same litgpt/config.py: 32 layers, 8 key-value heads of 128 dimensions, sliding_window 4096. At 32768 tokens
    // 32 · 2·8·128 · 4096 numbers of 2 bytes: 536,870,912. v0.3 has no window: 32 · 2·8·128 · 32768 · 2 = 4,294,967,296.
    let mistral = json!([window(32, 8, 128, 4096)]);
    let later = json!([full(32, 8, 128)]);
    let cases = [
        ("gemma-3-27b", gemma, 131_072, 11_173_625_856),
        ("gpt-oss-120b", large, 131_072, 4_836_556_800),
        ("gpt-oss-20b", small, 131_072, 3_224_371_200),
        ("deepseek-v3", deepseek, 131_072, 9_210_691_584),
        ("jamba", jamba, 262_144, 4_304_142_336),
        ("mistral-7b", mistral, 32_768, 536_870_912),
        ("mistral-7b-v0.3", later, 32_768, 4_294_967_296_u64),
    ];
    let sizes = cases.iter().map(|(label, layers, context, _)| {
        json!({ "label": label, "parameters": "7B", "contextLength": context, "cacheLayers": layers })
    });
    create(&app, &sizes.collect::<Vec<_>>()).await;
    for (label, _, context, bytes) in cases {
        let query = format!(
            "{{ sizes(where: {{ label: {{ eq: {label:?} }} }}) {{ nodes {{
                 whole: memory(quantization: \"BF16\") {{ weights keyValueCache total complete }}
                 same: memory(quantization: \"BF16\", context: {context}) {{ keyValueCache }}
                 several: memory(quantization: \"BF16\", context: {context}, sequences: 3, cachePrecision: FP8) {{ keyValueCache }} }} }} }}"
        );
        let memory = app.data(&query).await["sizes"]["nodes"][0].take();
        let total = 14_000_000_000 + bytes;
        let whole = json!({ "weights": 14_000_000_000_u64, "keyValueCache": bytes, "total": total, "complete": true });
        assert_eq!(memory["whole"], whole, "{label}");
        assert_eq!(
            (&memory["same"]["keyValueCache"], &memory["several"]["keyValueCache"]),
            (&json!(bytes), &json!(bytes * 3 / 2))
        );
    }
}

async fn what_is_unknown_is_not_counted(app: App) {
    let app = editor(&app).await;
    let layers = json!([full(32, 8, 128)]);
    let sizes = [
        json!({ "label": "no layers", "parameters": "7B", "contextLength": 8192 }),
        json!({ "label": "no context", "parameters": "7B", "cacheLayers": layers }),
        json!({ "label": "both", "parameters": "7B", "cacheLayers": layers, "contextLength": 8192 }),
    ];
    create(&app, &sizes).await;
    let memory = |arguments: &str| {
        format!(
            "{{ model(slug: \"run\") {{ sizes {{ label memory(quantization: \"INT8\"{arguments}) {{ weights keyValueCache total complete }} }} }} }}"
        )
    };
    let weights =
        json!({ "weights": 7_000_000_000_u64, "keyValueCache": null, "total": 7_000_000_000_u64, "complete": false });
    let whole = json!({ "weights": 7_000_000_000_u64, "keyValueCache": 1_073_741_824, "total": 8_073_741_824_u64, "complete": true });
    let of = |data: &Json| {
        let sizes = data["model"]["sizes"].as_array().expect("a list").iter();
        sizes
            .map(|size| (size["label"].as_str().expect("a label").to_owned(), size["memory"].clone()))
            .collect::<Vec<_>>()
    };
    let named = |both: &Json, layers: &Json, context: &Json| {
        [("both", both), ("no context", context), ("no layers", layers)]
            .map(|(label, memory)| (label.to_owned(), memory.clone()))
    };
    assert_eq!(of(&app.data(&memory("")).await), named(&whole, &weights, &weights));
    assert_eq!(of(&app.data(&memory(", context: 8192")).await), named(&whole, &weights, &whole));
    let fits = |context: &str| {
        format!(
            "{{ sizes(where: {{ label: {{ in: [\"no layers\", \"no context\", \"both\"] }},
            fits: {{ memory: \"80GiB\", quantization: \"INT8\"{context} }} }}) {{ nodes {{ label }} }} }}"
        )
    };
    assert_eq!(app.column(&fits(""), "/sizes/nodes", "label").await, [json!("both")]);
    let mut both = app.column(&fits(", context: 8192"), "/sizes/nodes", "label").await;
    both.sort_by_key(Json::to_string);
    assert_eq!(both, [json!("both"), json!("no context")]);
    let not = "{ model(slug: \"run\") { slug } models(where: { slug: { eq: \"run\" },
        sizes: { some: { not: { fits: { memory: \"80GiB\", quantization: \"INT8\" } } } } }) { totalCount } }";
    assert_eq!(app.data(not).await["models"]["totalCount"], 1);
}

async fn wrong_arguments_are_named(app: App) {
    let size =
        |arguments: &str| format!("{{ model(slug: \"qwen\") {{ sizes {{ memory({arguments}) {{ total }} }} }} }}");
    let fits = |arguments: &str| format!("{{ sizes(where: {{ fits: {{ {arguments} }} }}) {{ totalCount }} }}");
    for (query, words) in [
        (size("quantization: \"Q9_X\""), "known are F32"),
        (size("quantization: \"\""), "Q4_K_M"),
        (size("quantization: \"Q4_K_M\", context: 0"), "context is 0"),
        (size("quantization: \"Q4_K_M\", sequences: -1"), "sequences is -1"),
        (fits("memory: \"24GiB\", quantization: \"Q9_X\""), "known are F32"),
        (fits("memory: \"24 apples\", quantization: \"Q4_K_M\""), "24GiB"),
        (fits("memory: -1, quantization: \"Q4_K_M\""), "24GiB"),
        (fits("memory: \"24GiB\", quantization: \"Q4_K_M\", context: 0"), "must be greater than or equal to 1"),
        (fits("memory: \"24GiB\", quantization: \"Q4_K_M\", sequences: 0"), "must be greater than or equal to 1"),
        (fits("memory: \"24GiB\", quantization: \"Q4_K_M\", headroom: 1"), "must be"),
    ] {
        let (status, answer) = app.post(&json!({ "query": query })).await;
        let error = answer["errors"][0]["message"].as_str().unwrap_or_default();
        assert!(status < 500 && error.contains(words) && !error.contains("Failed to parse"), "{query}: {answer}");
    }
}

/// Groups of layers of all kinds, of usual and of unusual sizes.
fn layers() -> impl Strategy<Value = Vec<Json>> {
    let dimension = select(vec![1, 16, 64, 128, 576, 8192]);
    let group =
        (1..40_u32, 1..33_u32, dimension.clone(), dimension, select(vec![1, 128, 1024, 4096, 1_000_000]), 0..4_u8);
    let group = group.prop_map(|(layers, heads, key, value, window, kind)| match kind {
        0 => json!({ "layers": layers, "kind": "FULL", "keyValueHeads": heads, "keyDimension": key, "valueDimension": value }),
        1 => json!({ "layers": layers, "kind": "WINDOW", "keyValueHeads": heads, "keyDimension": key, "valueDimension": value,
            "window": window }),
        2 => json!({ "layers": layers, "kind": "LATENT", "latentDimension": key, "ropeDimension": value }),
        _ => json!({ "layers": layers, "kind": "STATE", "keyValueHeads": heads, "keyDimension": key, "valueDimension": value }),
    });
    vec(group, 0..=10)
}

async fn known_bytes_of_files_win(app: App) {
    let app = editor(&app).await;
    create(&app, &[json!({ "label": "7B", "parameters": "7B" }), json!({ "label": "1B", "parameters": "1B" })]).await;
    let file = |repository: &str, official: Option<bool>, quantization: &str, bytes: Option<u64>| json!({ "size": "7B", "repository": repository, "official": official, "quantization": quantization, "bytes": bytes });
    let files = [
        file("a/copy-gguf", None, "Q4_K_M", Some(4_100_000_000)),
        file("b/maker-gguf", Some(true), "q4_k_m", Some(4_200_000_000)),
        file("a/unknown-gguf", Some(true), "Q8_0", None),
    ];
    add_checkpoints(&app, &files).await;
    let query = "{ model(slug: \"run\") { sizes { label q4: memory(quantization: \"q4_k_m\") { weights basis }
        q8: memory(quantization: \"Q8_0\") { weights basis } } } }";
    let (data, statements) = app.traced(query).await;
    let of_files = statements.iter().filter(|statement| statement.sql.contains("quantization")).count();
    assert_eq!(of_files, 2, "the files of all sizes, in each of two formats: {statements:?}");
    let computed = |weights: u64, basis: &str| json!({ "weights": weights, "basis": basis });
    let expected = json!([
        { "label": "1B", "q4": computed(611_250_000, "Q4_K_M: 4.89 bits per parameter"),
          "q8": computed(1_062_625_000, "Q8_0: 8.501 bits per parameter") },
        { "label": "7B", "q4": { "weights": 4_200_000_000_u64, "basis": "Q4_K_M: the size of b/maker-gguf" },
          "q8": computed(7_438_375_000, "Q8_0: 8.501 bits per parameter") },
    ]);
    assert_eq!(data["model"]["sizes"], expected);
}

async fn fits_agrees_with_memory(app: App) {
    let app = editor(&app).await;
    let mut runner = runner();
    let size = (1_000_000..700_000_000_000_u64, layers(), of(select(vec![512, 4096, 131_072, 10_000_000])));
    let sizes = vec(size, 40).new_tree(&mut runner).expect("sizes").current();
    let sizes = sizes.into_iter().enumerate().map(|(index, (parameters, layers, context))| {
        json!({ "label": format!("random {index}"), "parameters": parameters, "cacheLayers": layers, "contextLength": context })
    });
    create(&app, &sizes.collect::<Vec<_>>()).await;
    let runs = (
        select(vec!["Q4_K_M", "BF16", "Q8_0", "IQ2_XXS", "FP8"]),
        of(select(vec![1, 100, 1024, 1025, 8192, 131_072, 2_000_000])),
        1..5_i32,
        select(vec![0.0, 0.1, 0.5]),
        any::<Index>(),
        0..3_u64,
    );
    // The files of some sizes are known in two of the formats.
    let files = (0..40_u64).filter(|index| index % 3 == 0).flat_map(|index| {
        ["Q4_K_M", "bf16"].map(|format| {
            json!({ "size": format!("random {index}"), "repository": format!("run/{index}-{format}"), "quantization": format,
                "bytes": 1_000_000_000_u64 * (index + 1) })
        })
    });
    add_checkpoints(&app, &files.collect::<Vec<_>>()).await;
    let own = "label: { startsWith: \"random\" }";
    for round in 0..40 {
        let (format, context, sequences, headroom, chosen, offset) =
            runs.new_tree(&mut runner).expect("a run").current();
        let context = context.map_or_else(|| "null".to_owned(), |context| context.to_string());
        let run = format!("quantization: {format:?}, context: {context}, sequences: {sequences}");
        let query = format!(
            "{{ sizes(first: 100, where: {{ {own} }}) {{ nodes {{ label memory({run}) {{ total complete }} }} }} }}"
        );
        let data = app.data(&query).await;
        let sizes = data["sizes"]["nodes"].as_array().expect("a list");
        // A memory near the need of one of the sizes: as much, a byte less, or much more.
        let need = sizes[chosen.index(sizes.len())]["memory"]["total"].as_u64().expect("a number");
        let memory = match offset {
            0 => need,
            1 => need - 1,
            _ => need * 10,
        };
        let memory = if headroom > 0.0 { memory * 2 } else { memory };
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "below 2^53"
        )]
        let budget = (memory as f64 * (1.0 - headroom)).floor() as u64;
        let expected = sizes.iter().filter(|size| {
            size["memory"]["complete"] == true && size["memory"]["total"].as_u64().expect("a number") <= budget
        });
        let expected = expected.map(|size| size["label"].clone()).collect::<Vec<_>>();
        let fits = format!("fits: {{ memory: {memory}, {run}, headroom: {headroom} }}");
        let query = format!("{{ sizes(first: 100, where: {{ {own}, {fits} }}) {{ nodes {{ label }} }} }}");
        assert_eq!(app.column(&query, "/sizes/nodes", "label").await, expected, "round {round}: {fits}");
    }
}
