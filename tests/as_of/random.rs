//! Random mutations of every subject on few slugs, so that names are reused and many changes are reverted.

use proptest::{
    prelude::{Just, Strategy, prop_oneof},
    sample::{select, subsequence},
    strategy::BoxedStrategy,
};

/// The slugs of each subject type in the mutations.
pub const SLUGS: [&str; 4] = ["a", "b", "c", "d"];

type Text = BoxedStrategy<String>;

fn slug() -> Text {
    select(SLUGS.to_vec()).prop_map(str::to_owned).boxed()
}

fn name() -> Text {
    let names = vec!["Alpha", "alpha 2", "βeta", "ＧＡＭＭＡ-3", "千问", "ÉCLAIR", "x_y%z", "The \\ Pile", "Zeta Meta"];
    select(names).prop_map(|name| format!("{name:?}")).boxed()
}

fn word(words: &[&str]) -> Text {
    let words = words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    select(words).boxed()
}

fn count() -> Text {
    word(&["null", "1", "\"7B\"", "\"13.5B\"", "\"2.4T\"", "9007199254740991"])
}

fn uses() -> Text {
    word(&["ALLOWED", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"])
}

fn localized() -> Text {
    prop_oneof![
        Just("null".to_owned()),
        (name(), name()).prop_map(|(zh, en)| format!("{{ zh: {zh}, en: {en} }}")),
        name().prop_map(|zh| format!("{{ zh: {zh} }}")),
    ]
    .boxed()
}

fn links() -> Text {
    let link = word(&[
        "{ kind: PAPER, title: \"A\", url: \"https://example.org/a\" }",
        "{ kind: HOMEPAGE, url: \"https://example.org\" }",
        "{ kind: DETAILS, url: \"Open-LLMs/x.md\" }",
    ]);
    list(proptest::collection::vec(link, 0..3))
}

fn list(items: impl Strategy<Value = Vec<String>> + 'static) -> Text {
    items.prop_map(|items| format!("[{}]", items.join(", "))).boxed()
}

fn one_of() -> Text {
    prop_oneof![1 => Just("null".to_owned()), 2 => slug().prop_map(|slug| format!("{{ slug: \"{slug}\" }}"))].boxed()
}

fn some_of() -> Text {
    let slugs = subsequence(SLUGS.to_vec(), 0..=3).prop_shuffle();
    list(slugs.prop_map(|slugs| slugs.iter().map(|slug| format!("{{ slug: \"{slug}\" }}")).collect()))
}

fn bases() -> Text {
    let relation = word(&["null", "FINE_TUNED", "MERGED", "DISTILLED"]);
    let size = word(&["null", "null", "\"7B\"", "\"70B\""]);
    let own = word(&["null", "null", "null", "\"7B\""]);
    list(proptest::collection::vec((slug(), relation, size, own), 0..4).prop_map(|bases| {
        let base = |(model, relation, size, own)| {
            format!("{{ model: \"{model}\", relation: {relation}, size: {size}, of: {own} }}")
        };
        bases.into_iter().map(base).collect()
    }))
}

fn sizes() -> Text {
    let uses = prop_oneof![3 => Just("null".to_owned()), 1 => uses()];
    let number = count().prop_filter("a number", |count| count != "null");
    let facts = word(&[
        "",
        "",
        ", contextLength: 32768, status: WITHDRAWN, parametersBasis: COUNTED, modalities: { input: [IMAGE], output: [TEXT, AUDIO] }",
        ", layers: 32, attentionHeads: 32, cacheLayers: [{ layers: 32, kind: FULL, keyValueHeads: 8, keyDimension: 128, valueDimension: 128 }]",
        ", contextLength: 8192, trainingTokensBasis: SEEN, cacheLayers: [
           { layers: 4, kind: WINDOW, keyValueHeads: 8, keyDimension: 64, valueDimension: 64, window: 128 },
           { layers: 2, kind: LATENT, latentDimension: 512, ropeDimension: 64 },
           { layers: 3, kind: STATE, keyValueHeads: 1, keyDimension: 16, valueDimension: 8192 }]",
    ]);
    let size = (number, count(), one_of(), uses, word(&["null", "null", "\"2023-08\""]), facts);
    let sizes = proptest::collection::btree_map(select(vec!["7B", "13B", "8x7B", "70B"]), size, 0..4);
    list(sizes.prop_map(|sizes| {
        type Size = (String, String, String, String, String, String);
        let size = |(label, (parameters, tokens, license, uses, date, facts)): (&str, Size)| {
            format!("{{ label: \"{label}\", parameters: {parameters}, trainingTokens: {tokens}, license: {license}, commercialUse: {uses}, releaseDate: {date}{facts} }}")
        };
        sizes.into_iter().map(size).collect()
    }))
}

fn training() -> Text {
    let numbers = word(&["", ", share: 0.25", ", tokens: \"1.5T\", epochs: 2.5"]);
    let data = subsequence(SLUGS.to_vec(), 0..=2).prop_shuffle();
    list((data, numbers).prop_map(|(data, numbers)| {
        data.iter().map(|slug| format!("{{ dataset: {{ slug: \"{slug}\" }}{numbers} }}")).collect()
    }))
}

/// Checkpoints of the model with a slug: a conversion refers to another one.
fn checkpoints(model: String) -> Text {
    let facts = word(&[
        "",
        ", variant: \"it\", contextLength: 16384",
        ", commercialUse: PROHIBITED, official: true",
        ", bytes: 1000, status: WITHDRAWN",
    ]);
    let size = word(&["null", "null", "\"7B\""]);
    let one = move |(name, size, license, facts): (&'static str, String, String, String)| {
        let from = match name {
            "base" => String::new(),
            "it" => format!(", convertedFrom: \"org/{model}-base\""),
            _ => format!(", path: \"q.gguf\", convertedFrom: \"org/{model}-it\""),
        };
        format!("{{ repository: \"org/{model}-{name}\", size: {size}, license: {license}{from}{facts} }}")
    };
    let count = 1..=3_usize;
    list((count, size, one_of(), facts).prop_map(move |(count, size, license, facts)| {
        let names = ["base", "it", "gguf"].into_iter().take(count).enumerate();
        // Only the first states much, so that the others inherit it.
        let given = |index: usize, text: &String, other: &str| if index == 0 { text.clone() } else { other.to_owned() };
        names
            .map(|(index, name)| {
                one((name, given(index, &size, "null"), given(index, &license, "null"), given(index % 2, &facts, "")))
            })
            .collect()
    }))
}

fn terms() -> Text {
    let terms = [
        "{ effect: NOTICE }",
        "{ effect: PROHIBITED, when: { commercial: true }, quote: \"no commercial use\" }",
        "{ effect: AUTHORIZATION_REQUIRED, when: { monthlyUsersOver: \"700M\", countedOn: \"2023-07\", hosting: false } }",
        "{ effect: PROHIBITED, when: { territories: [\"EU\", \"KR\"], territoryBasis: USE, trainsOnOutputs: true }, note: { zh: \"注\" } }",
        "{ effect: ATTRIBUTION, when: { revenueUsdOver: 20, revenuePeriod: MONTH, dailyUsersOver: 9, modality: VIDEO }, note: { en: \"A note\" } }",
    ];
    list(subsequence(terms.map(str::to_owned).to_vec(), 0..=3).prop_shuffle())
}

/// Some of these fields, each with its value.
fn fields(all: Vec<(&'static str, Text)>) -> Text {
    let count = all.len();
    subsequence((0..count).collect::<Vec<_>>(), 1..=count.min(5))
        .prop_flat_map(move |chosen| {
            let fields = chosen.into_iter().map(|index| {
                let (field, value) = all[index].clone();
                value.prop_map(move |value| format!(", {field}: {value}"))
            });
            fields.collect::<Vec<_>>()
        })
        .prop_map(|fields| fields.concat())
        .boxed()
}

/// Optional fields of a subject: of its creation, and of its update.
fn facts(subject: &str) -> Text {
    fields(match subject {
        "Model" => vec![
            ("license", one_of()),
            ("organizations", some_of()),
            ("datasets", some_of()),
            ("training", training()),
            ("sizes", sizes()),
            ("architecture", one_of()),
            (
                "baseModel",
                prop_oneof![1 => Just("null".to_owned()), 3 => slug().prop_map(|slug| format!("{slug:?}"))].boxed(),
            ),
            ("bases", bases()),
            ("commercialUse", prop_oneof![3 => Just("null".to_owned()), 1 => uses()].boxed()),
            (
                "aliases",
                list(
                    subsequence(vec!["One".to_owned(), "二".to_owned()], 0..=2)
                        .prop_map(|aliases| aliases.iter().map(|alias| format!("{alias:?}")).collect()),
                ),
            ),
            ("summary", localized()),
            ("position", word(&["null", "1", "2", "77"])),
            ("releaseDate", word(&["null", "\"2023-07-18\"", "\"2024-02\"", "\"2024\""])),
            ("languages", word(&["null", "[\"en\", \"zh-Hant\"]"])),
            ("purposes", word(&["[]", "[\"CODE\"]"])),
            ("modalities", word(&["null", "{ input: [TEXT, IMAGE], output: [TEXT] }"])),
            ("contextLength", word(&["null", "4096", "131072"])),
            ("status", word(&["null", "RELEASED", "ANNOUNCED"])),
            ("knowledgeCutoff", word(&["null", "\"2023-12\"", "\"2024\""])),
            ("trainingFlops", (1.0e15..1.0e30).prop_map(|flops: f64| format!("{flops:e}")).boxed()),
            (
                "dataScale",
                (count(), word(&["TOKENS", "IMAGES", "UNKNOWN"]))
                    .prop_map(|(amount, unit)| format!("{{ text: \"much\", amount: {amount}, unit: {unit} }}"))
                    .boxed(),
            ),
            ("links", links()),
        ],
        "License" => vec![
            ("commercialUse", uses()),
            (
                "aliases",
                list(
                    subsequence(vec!["One".to_owned(), "二".to_owned()], 0..=2)
                        .prop_map(|aliases| aliases.iter().map(|alias| format!("{alias:?}")).collect()),
                ),
            ),
            ("osiApproved", word(&["null", "true", "false"])),
            ("termsReviewed", word(&["null", "null", "\"2026-11\""])),
            ("terms", terms()),
            ("spdxId", word(&["null", "\"MIT\""])),
            ("url", word(&["null", "\"https://example.org/l\""])),
            ("conditions", localized()),
            ("links", links()),
        ],
        "Dataset" => vec![("tokens", count()), ("bytes", count()), ("license", one_of()), ("links", links())],
        "Source" => vec![
            ("kind", word(&["PAPER", "MODEL_CARD", "OTHER"])),
            ("publisher", one_of()),
            ("url", word(&["null", "\"https://example.org/s\"", "\"Open-LLMs/x.md\""])),
            ("publishedAt", word(&["null", "\"2023\"", "\"2023-07\"", "\"2023-07-18\""])),
            ("license", one_of()),
            (
                "derivedFrom",
                prop_oneof![1 => Just("null".to_owned()), 3 => slug().prop_map(|slug| format!("{slug:?}"))].boxed(),
            ),
            (
                "snapshots",
                word(&[
                    "null",
                    "[]",
                    "[{ accessed: \"2024-02-29\", revision: \"abc\", hash: \"sha256:1\" }, { accessed: \"2024-03-01\" }]",
                ]),
            ),
        ],
        "Organization" => vec![
            ("localizedName", localized()),
            ("aliases", word(&["null", "[]", "[\"One\", \"二\"]"])),
            ("country", word(&["null", "\"FR\"", "\"CN\""])),
            ("kind", word(&["null", "\"COMPANY\"", "\"ACADEMIA\""])),
            ("homepage", word(&["null", "\"https://example.org/o\""])),
        ],
        _ => vec![("links", links())],
    })
}

/// The required fields of a subject besides its name.
pub fn required(subject: &str) -> &'static str {
    match subject {
        "License" => ", commercialUse: PROHIBITED",
        "Model" => ", kind: DERIVED",
        "Source" => ", kind: LIST",
        _ => "",
    }
}

/// The field with the name of a subject.
pub fn name_field(subject: &str) -> &'static str {
    if subject == "Source" { "title" } else { "name" }
}

/// A mutation, in a catalog that has this many revisions.
pub fn mutation(revisions: i32) -> Text {
    let subject = prop_oneof![12 => Just("Model"), 2 => Just("License"), 2 => Just("Dataset"), 3 => Just("Organization"), 1 => Just("Architecture"), 3 => Just("Source")];
    let change = subject.prop_flat_map(|subject| {
        let (named, known) = (name_field(subject), required(subject));
        let rest = facts(subject);
        let other =
            if ["License", "Source"].contains(&subject) { Just(String::new()).boxed() } else { facts(subject) };
        prop_oneof![
            4 => (slug(), name(), other).prop_map(move |(slug, name, facts)| {
                format!("create{subject}(input: {{ slug: \"{slug}\", {named}: {name}{known}{facts} }}) {{ revision }}")
            }),
            6 => (slug(), rest).prop_map(move |(slug, facts)| {
                format!("update{subject}(input: {{ slug: \"{slug}\"{facts} }}) {{ revision }}")
            }),
            3 => (slug(), slug(), name()).prop_map(move |(slug, new, name)| {
                format!("update{subject}(input: {{ slug: \"{slug}\", newSlug: \"{new}\", {named}: {name} }}) {{ revision }}")
            }),
            2 => slug().prop_map(move |slug| format!("delete{subject}(input: {{ slug: \"{slug}\" }}) {{ revision }}")),
        ]
    });
    let checkpoints = slug().prop_flat_map(|slug| {
        checkpoints(slug.clone()).prop_map(move |put| {
            format!("updateCheckpoints(input: {{ model: \"{slug}\", put: {put} }}) {{ revision }}")
        })
    });
    prop_oneof![
        9 => change,
        2 => checkpoints,
        1 => (45..=revisions.max(45)).prop_map(|number| {
            format!("revertRevision(input: {{ number: {number}, force: true }}) {{ revision }}")
        }),
    ]
    .boxed()
}
