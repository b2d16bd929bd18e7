//! Pages of models show the facts that only their sizes state, and the words of sources.

use entity::vocabulary::Role;
use libtest_mimic::Trial;

use crate::{http::read, support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_model_has_the_facts_of_its_sizes,
        the_license_of_all_sizes_is_that_of_the_model,
        unknown_facts_of_a_model_are_one_line,
        evidence_is_in_words_of_the_language,
        languages_have_names_in_the_language_of_the_page,
        the_evidence_of_a_source_is_not_about_it,
        models_of_a_maker_are_listed_newest_first,
        open_questions_of_a_case_are_named,
        lists_begin_with_the_subjects_of_most_models,
    ]
}

async fn page(app: &App, path: &str, language: &str) -> String {
    read(app.request("GET", path).header("accept-language", language)).await.2
}

/// Creates the model `sized`, of which only the sizes state contexts and licenses.
async fn create(app: &App, licenses: [&str; 2]) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let size = |label: &str, context: u32, license: &str| {
        format!(
            "{{ label: \"{label}\", parameters: \"{label}\", contextLength: {context}, license: {{ slug: \"{license}\" }} }}"
        )
    };
    let [small, large] = [size("7B", 128_000, licenses[0]), size("70B", 262_144, licenses[1])];
    editor
        .data(&format!(
            "mutation {{ createModel(input: {{ slug: \"sized\", name: \"Sized\", kind: FOUNDATION, releaseDate: \"2024\",
               organizations: [{{ slug: \"meta\" }}], sizes: [{small}, {large}] }}) {{ revision }} }}"
        ))
        .await;
}

async fn a_model_has_the_facts_of_its_sizes(app: App) {
    create(&app, ["llama-license", "llama-2-community-license"]).await;
    for path in ["/models/sized", "/compare?models=sized,llama-2"] {
        let page = page(&app, path, "en").await;
        // 1024 divides 128,000 too, but its maker counts in thousands.
        assert!(page.contains("128K–256K") && !page.contains("125K"), "{path}: {page}");
        let licenses = ["/licenses/llama-license", "/licenses/llama-2-community-license"];
        assert!(licenses.iter().all(|license| page.contains(license)), "{path}: {page}");
    }
    assert!(page(&app, "/models/sized", "en").await.contains("differs by size"));
    // The only known context is first, and a click on the head of its column would reverse the order.
    let table = page(&app, "/?sort=-context&columns=context", "en").await;
    let first = table.find("href=\"/models/").map(|at| &table[at..]).expect("a model");
    assert!(first.starts_with("href=\"/models/sized\""), "{first:.200}");
    assert!(table.contains("aria-sort=\"descending\"") && table.contains("sort=context"), "{table}");
}

async fn the_license_of_all_sizes_is_that_of_the_model(app: App) {
    create(&app, ["llama-license", "llama-license"]).await;
    let page = page(&app, "/models/sized", "en").await;
    assert!(page.contains("/licenses/llama-license") && !page.contains("differs by size"), "{page}");
}

async fn unknown_facts_of_a_model_are_one_line(app: App) {
    create(&app, ["llama-license", "llama-license"]).await;
    let page = page(&app, "/models/sized", "en").await;
    assert!(page.contains("Unknown: Training data, Training compute (FLOPs), Architecture, "), "{page}");
    assert!(
        !page.contains("Unknown: Developer") && page.contains("<div class=\"for-editors\"><dt>Architecture"),
        "{page}"
    );
}

/// Creates a source and its statement about the kind of LLaMA-2, which is out of use.
async fn state_kind(app: &App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor
        .data("mutation { createSource(input: { slug: \"card\", title: \"Card\", kind: MODEL_CARD }) { revision } }")
        .await;
    editor
        .data(
            "mutation { updateModel(input: { slug: \"llama-2\", evidence: { add: [{ values: { kind: \"DERIVED\" },
               source: { slug: \"card\" }, confidence: REPORTED, rank: DEPRECATED, reason: \"of a variant\" }] } }) { revision } }",
        )
        .await;
}

async fn evidence_is_in_words_of_the_language(app: App) {
    state_kind(&app).await;
    for (language, word) in [("en", "<strong>Derived</strong>"), ("zh", "<strong>衍生")] {
        let page = page(&app, "/models/llama-2", language).await;
        assert!(page.contains(word) && page.contains("of a variant") && page.contains("❝ 1"), "{language}: {page}");
    }
}

async fn languages_have_names_in_the_language_of_the_page(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor
        .data("mutation { createSource(input: { slug: \"card\", title: \"Card\", kind: MODEL_CARD }) { revision } }")
        .await;
    // No list of names has the last one.
    editor
        .data(
            "mutation { updateModel(input: { slug: \"llama-2\", languages: [\"fr\", \"pt-BR\", \"qaa\"], evidence: { add: [
               { values: { languages: [\"de\"] }, source: { slug: \"card\" }, confidence: REPORTED,
                 rank: DEPRECATED, reason: \"of a variant\" }] } }) { revision } }",
        )
        .await;
    for (language, names, stated) in
        [("en", "French, Brazilian Portuguese, qaa", "German"), ("zh", "法语、巴西葡萄牙语、qaa", "德语")]
    {
        let page = page(&app, "/models/llama-2", language).await;
        assert!(page.contains(names) && page.contains(&format!("<strong>{stated}</strong>")), "{language}: {page}");
        let compared = self::page(&app, "/compare?models=llama-2,llama", language).await;
        assert!(compared.contains(names), "{language}: {compared}");
    }
}

async fn the_evidence_of_a_source_is_not_about_it(app: App) {
    state_kind(&app).await;
    let page = page(&app, "/sources/card", "en").await;
    assert!(page.contains("Facts from this source") && !page.contains("class=\"why\""), "{page}");
}

async fn models_of_a_maker_are_listed_newest_first(app: App) {
    create(&app, ["llama-license", "llama-license"]).await;
    let page = page(&app, "/organizations/meta", "en").await;
    let position = |slug: &str| page.find(&format!("href=\"/models/{slug}\"")).expect("the model is listed");
    assert!(position("sized") < position("llama"), "{page}");
}

async fn open_questions_of_a_case_are_named(app: App) {
    let sentence = async |query: &str| {
        let page = page(&app, query, "en").await;
        let (_, after) = page.split_once("not legal advice.").expect("the notice");
        after.split_once("</p>").expect("the end of the paragraph").0.trim().to_owned()
    };
    assert_eq!(
        sentence("/?users=1B&hosting=yes").await,
        "Not answered: revenue, country, training on its output. A license that asks for one of these counts as allowed with \
         conditions."
    );
    assert_eq!(sentence("/?users=1&revenue=1&territory=DE&hosting=no&outputs=no").await, "");
}

async fn lists_begin_with_the_subjects_of_most_models(app: App) {
    for plural in ["licenses", "organizations", "datasets", "architectures"] {
        let page = page(&app, &format!("/{plural}"), "en").await;
        let counts =
            page.split("<span class=\"unit\">").skip(1).filter_map(|rest| rest.split(' ').next()?.parse::<u32>().ok());
        let counts = counts.collect::<Vec<_>>();
        assert!(counts.len() > 1 && counts.is_sorted_by(|one, next| one >= next), "{plural}: {counts:?}");
    }
}
