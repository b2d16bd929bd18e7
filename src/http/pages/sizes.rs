//! The sizes of a model, with the memory that they take.

use actix_web::HttpRequest;
use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::domain::facts::value::Kind;
use crate::domain::facts::{Fact, Facts};
use crate::domain::model::SizeDocument;
use crate::http::pages::catalog_params::CatalogParams;
use crate::http::pages::components::{
    amount, commercial_use, context_length, fact_value, gibibytes, list, scroll, text,
};
use crate::http::pages::evidence::Statements;
use crate::http::pages::hardware::{DEFAULT_QUANTIZATION, Fit, Hardware};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::inline_island;

/// The cookie with the hardware, which has the form of the query of an address.
const COOKIE: &str = "hardware";
/// The memories to choose from, in GiB.
const MEMORIES: [u32; 7] = [8, 12, 16, 24, 32, 48, 80];
/// The contexts to choose from, in tokens.
const CONTEXTS: [u32; 5] = [2048, 8192, 32_768, 65_536, 131_072];
/// The columns of memory: the name in the query and the format.
const FORMATS: [(&str, &str); 3] = [("bf16", "BF16"), ("q8", "Q8_0"), ("q4", DEFAULT_QUANTIZATION)];

/// Reads the hardware of a request: of its address, otherwise of the cookie.
pub fn hardware_of(request: &HttpRequest) -> Hardware {
    let cookie = request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    CatalogParams::hardware_of(request.query_string(), &cookie)
}

/// Adds the variables of queries with memory.
pub fn with_hardware(mut variables: Json, hardware: &Hardware) -> Json {
    variables["quantization"] = hardware.quantization.as_str().into();
    variables["context"] = json!(hardware.context);
    variables
}

/// Returns the columns of memory: three formats, and another one if the reader has chosen it.
fn formats(hardware: &Hardware) -> impl Iterator<Item = (&'static str, &str)> {
    let chosen = ("chosen", hardware.quantization.as_str());
    let other = FORMATS.iter().all(|(_, format)| *format != hardware.quantization);
    FORMATS.into_iter().chain(other.then_some(chosen))
}

fn form(texts: &Translations, hardware: &Hardware) -> Markup {
    let choices = |all: &[u32], chosen: u32| {
        let mut all = all.to_vec();
        all.push(chosen);
        all.sort_unstable();
        all.dedup();
        all
    };
    html! {
        form.line data-auto data-remember=(COOKIE) {
            fieldset.choice {
                legend { (texts.text("sizes.gpu")) }
                @for choice in choices(&MEMORIES, hardware.gib) {
                    label {
                        input type="radio" name="memory" value=(choice) checked[choice == hardware.gib];
                        span { (choice) " GB" }
                    }
                }
            }
            label.inline {
                span { (texts.text("sizes.context")) }
                select name="context" {
                    @for choice in choices(&CONTEXTS, hardware.context) {
                        option value=(choice) selected[choice == hardware.context] { (context_length(choice.into())) }
                    }
                }
            }
            @if !FORMATS.iter().any(|(_, format)| *format == hardware.quantization) {
                input type="hidden" name="quantization" value=(hardware.quantization);
            }
            noscript { button { (texts.text("sizes.show")) } }
        }
    }
}

/// The facts of sizes in fixed columns. Others follow at the end, if one of the sizes has them.
const PLACED: [&str; 5] = ["parameters", "activeParameters", "contextLength", "trainingTokens", "commercialUse"];
/// The facts about the inside of a model and about numbers, which few readers look for. They are last.
const INSIDE: [&str; 6] =
    ["parametersBasis", "trainingTokensBasis", "layers", "hiddenSize", "attentionHeads", "vocabularySize"];

/// Renders the sizes of a model.
pub fn sizes(texts: &Translations, model: &Json, hardware: &Hardware) -> Markup {
    let sizes = list(&model["sizes"]);
    if sizes.is_empty() {
        return html! { p.unknown { (texts.text("model.noSizes")) } };
    }
    let evidence =
        list(&model["evidenceOfSizes"]).iter().map(|size| Statements::of(texts, "ModelSize", &size["evidence"]));
    let evidence = evidence.collect::<Vec<_>>();
    let table = table(texts, model, sizes, &evidence, hardware);
    let context = context_length(hardware.context.into());
    html! {
        (form(texts, hardware))
        (scroll(texts.text("fact.Model.sizes"), table))
        p.unit { (texts.with("sizes.note", &[("context", &context), ("reserve", &hardware.reserve.to_string())])) }
    }
}

fn table(texts: &Translations, model: &Json, sizes: &[Json], evidence: &[Statements], hardware: &Hardware) -> Markup {
    let memory = hardware.name();
    let some = |name: &str| sizes.iter().any(|size| !size[name].is_null());
    let differ = |name: &str| sizes.iter().any(|size| size[name] != sizes[0][name]);
    // A fact that sizes inherit from the model is shown if one of them states another, and one with a default if one has another.
    let shown = |fact: &&Fact| {
        let name = if fact.has_effective_field() { fact.stated_name() } else { fact.name.to_owned() };
        !PLACED.contains(&fact.name)
            && sizes
                .iter()
                .any(|size| !size[&name].is_null() && (fact.default.is_none() || size[&name].as_str() != fact.default))
    };
    let mut more = SizeDocument::FACTS.iter().filter(shown).collect::<Vec<_>>();
    more.sort_by_key(|fact| INSIDE.contains(&fact.name));
    let context = sizes.iter().any(|size| !size["contextLength"].is_null());
    let of_maker = |size: &Json| size["license"].is_null() || size["license"]["slug"] == model["license"]["slug"];
    let (active, uses, licenses) = (some("activeParameters"), differ("commercialUse"), !sizes.iter().all(of_maker));
    let number = |key: &str| html! { th.number scope="col" { (texts.text(key)) } };
    let count = |size: &Json, statements: Option<&Statements>, name: &str| {
        html! { td.number { (size[name].as_u64().map_or_else(|| "–".to_owned(), amount)) (mark(statements, name)) } }
    };
    html! {
        table.data.of-sizes {
            thead {
                tr {
                    th scope="col" { (texts.text("fact.ModelSize.label")) }
                    th scope="col" { (texts.with("sizes.fits", &[("memory", &memory)])) }
                    @if uses { th scope="col" { (texts.text("filters.use")) } }
                    @if licenses { th scope="col" { (texts.text("fact.ModelSize.license")) } }
                    (number("fact.ModelSize.parameters"))
                    @if active { (number("fact.ModelSize.activeParameters")) }
                    @if context { (number("columns.context")) }
                    @for (_, format) in formats(hardware) { th.number scope="col" { (format) } }
                    (number("fact.ModelSize.trainingTokens"))
                    (number("sizes.ratio"))
                    @for fact in &more { th class=[alignment(fact)] scope="col" { (texts.text(&format!("fact.ModelSize.{}", fact.name))) } }
                }
            }
            tbody {
                @for (index, size) in sizes.iter().enumerate() {
                    @let statements = evidence.get(index);
                    tr {
                        th scope="row" {
                            span.chip { (text(&size["label"])) }
                            (correction(model, size, index))
                        }
                        td { (fit(texts, size, hardware)) }
                        @if uses { td { (commercial_use(texts, &size["commercialUse"], &Json::Null)) } }
                        @if licenses {
                            td {
                                @if let Some(slug) = size["license"]["slug"].as_str() { a href={ "/licenses/" (slug) } { (text(&size["license"]["name"])) } }
                                @else { "–" }
                                (mark(statements, "license"))
                            }
                        }
                        (count(size, statements, "parameters"))
                        @if active { (count(size, statements, "activeParameters")) }
                        @if context {
                            td.number {
                                (size["contextLength"].as_u64().map_or_else(|| "–".to_owned(), context_length))
                                (mark(statements, "contextLength"))
                            }
                        }
                        @for (name, _) in formats(hardware) {
                            td class=(if hardware.fit(&size[name]) != Fit::No { "number fits" } else { "number" }) title=(text(&size[name]["basis"])) {
                                (gibibytes(&size[name]).unwrap_or_else(|| "–".to_owned()))
                            }
                        }
                        (count(size, statements, "trainingTokens"))
                        td.number { (size["tokensPerParameter"].as_f64().map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.0}"))) }
                        @for fact in &more {
                            td class=[alignment(fact)] {
                                @if let Some(value) = fact_value(texts, fact, &size[fact.name]) { (value) } @else { "–" }
                                (mark(statements, fact.name))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders the way to the place of a size in the form of corrections.
fn correction(model: &Json, size: &Json, index: usize) -> Markup {
    let address = format!("/models/{}/edit#sizes.{index}.parameters", text(&model["slug"]));
    inline_island("correct-size", &json!({ "address": address, "name": size["label"] }))
}

fn mark(statements: Option<&Statements>, field: &str) -> Markup {
    statements.map_or_else(Markup::default, |statements| statements.mark(field))
}

/// Returns the class of the cells of a fact: numbers are aligned to the right.
fn alignment(fact: &Fact) -> Option<&'static str> {
    matches!(fact.kind, Kind::Count | Kind::Integer | Kind::Float).then_some("number")
}

/// Renders the most exact format in which a size fits.
fn fit(texts: &Translations, size: &Json, hardware: &Hardware) -> Markup {
    let formats = formats(hardware).map(|(name, format)| (hardware.fit(&size[name]), format)).collect::<Vec<_>>();
    let in_one = |fit: Fit| formats.iter().find(|(known, _)| *known == fit).map(|(_, format)| *format);
    let (class, sign, label) = match (in_one(Fit::Fits), in_one(Fit::Tight)) {
        (Some(format), _) => ("use allowed", "✓", texts.with("sizes.at", &[("precision", format)])),
        (None, Some(format)) => ("use conditional", "≈", texts.with("sizes.tight", &[("precision", format)])),
        (None, None) => ("use prohibited", "✕", texts.text("sizes.no").to_owned()),
    };
    html! { span class=(class) { span.sign aria-hidden="true" { (sign) } (label) } }
}
