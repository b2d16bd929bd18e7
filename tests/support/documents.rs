//! Random documents.

use open_llm_catalog::domain::model::ModelDocument;
use proptest::{
    collection::{btree_map, vec},
    option::of,
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::{Value as Json, json};

fn text() -> impl Strategy<Value = String> {
    select(vec!["千问", "Ｗide", "A \"quoted\" name", "tab\tand\nline", "100% _pure_", "Ünïcode 🦙", "plain"])
        .prop_map(str::to_owned)
}

/// The terms of a license.
pub fn terms() -> impl Strategy<Value = Json> {
    let effects = select(vec!["PROHIBITED", "AUTHORIZATION_REQUIRED", "NOTICE", "ATTRIBUTION"]);
    let figures = (of(1..900_u32), of(1..900_u32), of((1..900_u32, select(vec!["MONTH", "YEAR"]))));
    let places = of((select(vec![json!(["EU"]), json!(["DE", "KR"])]), of(select(vec!["USE", "DOMICILE"]))));
    let flags = (of(any::<bool>()), of(any::<bool>()), of(any::<bool>()), of(select(vec!["TEXT", "IMAGE"])));
    let texts = (of(text()), of(text()), of(text()));
    let term = (effects, figures, places, flags, texts).prop_map(|(effect, figures, places, flags, (zh, en, quote))| {
        let ((monthly, daily, revenue), (commercial, hosting, trains, modality)) = (figures, flags);
        let when = json!({ "monthlyUsersOver": monthly, "dailyUsersOver": daily, "countedOn": monthly.map(|_| "2023-07"),
            "revenueUsdOver": revenue.map(|(amount, _)| amount), "revenuePeriod": revenue.map(|(_, period)| period),
            "territories": places.as_ref().map_or_else(|| json!([]), |(territories, _)| territories.clone()),
            "territoryBasis": places.and_then(|(_, basis)| basis), "commercial": commercial, "hosting": hosting,
            "trainsOnOutputs": trains, "modality": modality });
        json!({ "effect": effect, "when": when, "note": { "zh": zh, "en": en }, "quote": quote })
    });
    vec(term, 0..4).prop_map(|mut terms| {
        terms.sort_by_key(Json::to_string);
        terms.dedup();
        terms.into()
    })
}

/// A model called `m-0`, `m-1` …, which refers to subjects of the fixture and to models with lower numbers.
pub fn model(number: usize) -> impl Strategy<Value = ModelDocument> {
    let sizes =
        btree_map(1..400_u32, (of(1..9_u32), of(1..5_u32), any::<bool>(), of(0..3_usize)), 0..5).prop_map(|sizes| {
            let sizes = sizes.into_iter().map(|(billions, (tokens, active, licensed, own))| {
                json!({ "label": format!("{billions}B"), "parameters": format!("{billions}B"),
                "activeParameters": active.map(|active| format!("{}M", active * 100)),
                "trainingTokens": tokens.map(|tokens| format!("{tokens}T")),
                "license": licensed.then_some("llama-license"),
                "commercialUse": own.and_then(|own| ["ALLOWED", "CONDITIONAL"].get(own)),
                "releaseDate": own.and_then(|own| ["2023-08", "2024-01-31", "2024"].get(own)),
                "parametersBasis": own.map_or("LABEL", |_| "COUNTED"),
                "trainingTokensBasis": tokens.map(|_| "SEEN"), "status": own.map(|_| "WITHDRAWN"),
                "contextLength": own.map(|own| 4096 << own), "layers": active.map(|active| active * 8),
                "vocabularySize": tokens.map(|tokens| tokens * 32_000),
                "modalities": own.map(|_| json!({ "input": ["TEXT", "AUDIO"], "output": ["TEXT"] })) })
            });
            Json::from_iter(sizes)
        });
    let license = of(select(vec!["llama-license", "internlm-license"]));
    let makers = subsequence(vec!["meta", "ibm", "nasa"], 0..=3).prop_shuffle();
    let datasets = (subsequence(vec!["the-pile", "refinedweb"], 0..=2).prop_shuffle(), any::<bool>()).prop_map(
        |(slugs, known)| {
            let data = slugs.into_iter().enumerate().map(|(index, slug)| match index {
                0 if known => json!({ "dataset": slug, "share": 0.125, "tokens": "300B" }),
                _ => json!(slug),
            });
            data.collect::<Vec<_>>()
        },
    );
    let aliases = subsequence(vec!["甲", "Zwei", "third alias"], 0..=3).prop_shuffle();
    let kinds = ("[a-z]{1,8}", select(vec!["PAPER", "HOMEPAGE", "OTHER"]), of(text()));
    let links = vec(kinds, 0..3).prop_map(|links| {
        let link =
            |(path, kind, title)| json!({ "kind": kind, "title": title, "url": format!("https://example.org/{path}") });
        let mut links = links.into_iter().map(link).collect::<Vec<_>>();
        links.dedup_by(|one, other| one["url"] == other["url"]);
        links
    });
    let base = of(0..number.max(1)).prop_map(move |base| base.filter(|_| number > 0).map(|base| format!("m-{base}")));
    // One base of which nothing more is known, or several with their relations.
    let relations =
        vec((select(vec!["FINE_TUNED", "MERGED", "SUCCEEDS"]), 0..number.max(1), of(select(vec!["7B", "13B"]))), 0..4);
    let base =
        (base, relations).prop_map(move |(base, relations)| {
            let mut bases = relations.into_iter().filter(|_| number > 0).map(|(relation, base, size)| {
            json!({ "model": format!("m-{base}"), "relation": relation, "size": size })
        }).collect::<Vec<_>>();
            bases.dedup();
            if bases.len() % 3 == 0 { (base, Vec::new()) } else { (None, bases) }
        });
    let stated = of(select(vec!["ALLOWED", "PROHIBITED"]));
    let scale = of((of(1..9_u32), select(vec!["TOKENS", "IMAGES", "UNKNOWN"])))
        .prop_map(|scale| scale.map(|(amount, unit)| json!({ "text": "as written", "amount": amount, "unit": unit })));
    let summary = (of(text()), of(text())).prop_map(|(zh, en)| json!({ "zh": zh, "en": en }));
    let rest = (
        of(1..99_i32),
        select(vec!["FOUNDATION", "DERIVED"]),
        of(select(vec!["2023-07-18", "2024-02", "2024"])),
        of(1..9_u32),
    );
    ((sizes, license, makers, datasets), (aliases, links, base, stated), (scale, summary, rest)).prop_map(
        move |((sizes, license, makers, datasets), (aliases, links, base, stated), (scale, summary, rest))| {
            let (position, kind, date, flops) = rest;
            let mut base = base;
            // Every other base is one of a single size, often of the size with the same label.
            for (index, relation) in base.1.iter_mut().enumerate().filter(|(index, _)| index % 2 == 0) {
                let label = sizes.pointer(&format!("/{}/label", index / 2)).cloned().unwrap_or_default();
                relation["of"] = label;
            }
            let document = json!({
                "slug": format!("m-{number}"), "name": format!("M {number}"), "aliases": aliases, "kind": kind, "position": position,
                "summary": summary, "releaseDate": date, "organizations": makers, "license": license, "commercialUse": stated,
                "architecture": flops.map(|_| "gptq"), "baseModel": base.0, "bases": base.1, "datasets": datasets, "dataScale": scale,
                "trainingFlops": flops.map(|flops| f64::from(flops) * 1e22),
                "languages": flops.map_or(json!([]), |_| json!(["en", "zh-Hant"])),
                "purposes": flops.map_or(json!([]), |flops| json!(["CHAT", "TOOL_USE", "CODE"][flops as usize % 3..])), "contextLength": flops.map(|flops| flops * 1024),
                "extendedContextLength": flops.map(|flops| flops * 65_536), "status": flops.map(|_| "RELEASED"),
                "knowledgeCutoff": date, "modalities": flops.map(|_| json!({ "input": ["TEXT", "IMAGE"], "output": ["TEXT"] })), "links": links,
                "checkpoints": flops.map_or(json!([]), |flops| checkpoints(number, flops, &sizes)), "sizes": sizes,
            });
            serde_json::from_value(document).expect("a document")
        },
    )
}

/// Checkpoints of a model: one with many facts, and conversions of it.
fn checkpoints(number: usize, flops: u32, sizes: &Json) -> Json {
    let repository = format!("Org/M-{number}");
    let original = json!({ "repository": repository, "size": sizes.pointer("/0/label"), "variant": "base", "bytes": flops * 1000,
        "parameters": "7B", "official": flops.is_multiple_of(2), "license": flops.is_multiple_of(3).then_some("llama-license"),
        "contextLength": flops * 512, "releaseDate": "2024-02", "modalities": { "input": ["TEXT"], "output": ["TEXT"] } });
    let converted = json!({ "repository": format!("other/M-{number}-GGUF"), "path": "m q4.gguf", "quantization": "Q4_K_M", "format": "GGUF",
        "convertedFrom": repository });
    let elsewhere = json!({ "hub": "modelscope", "repository": format!("third/M-{number}"), "revision": "v1", "gated": true,
        "commercialUse": "PROHIBITED", "status": "WITHDRAWN", "knowledgeCutoff": "2023",
        "convertedFrom": format!("other/M-{number}-GGUF#m q4.gguf") });
    [original, converted, elsewhere].into_iter().take(flops as usize % 4).collect()
}

/// Models called `m-0`, `m-1` …
pub fn models(count: usize) -> impl Strategy<Value = Vec<ModelDocument>> {
    (0..count).map(model).collect::<Vec<_>>()
}
