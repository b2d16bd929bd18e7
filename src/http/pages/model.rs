//! The page of a model. `web/src/app/model/page.tsx` renders the same.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::Value as Json;

use crate::domain::facts::value::Kind;
use crate::domain::facts::{Fact, Facts};
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::http::pages::components::{
    amount, bytes, commercial_use, date, fact, fact_value, history, links, list, names, text,
};
use crate::http::pages::evidence::{checkpoints, evidence};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::Page;

/// The memory of a GPU that sizes are compared with, in GB.
const GPU_MEMORY_GB: u64 = 24;
/// The precisions of the memory columns, the highest first.
const PRECISIONS: [&str; 3] = ["fp16", "int8", "int4"];

/// Renders the page of a model; the caller sets its query and scripts.
pub fn page(texts: &Translations, model: &Json) -> Page {
    let (name, license) = (text(&model["name"]), &model["license"]);
    let comma = texts.text("list.comma");
    let aliases = list(&model["aliases"]).iter().map(text).collect::<Vec<_>>().join(comma);
    let sizes = list(&model["sizes"]);
    let content = html! {
        article.page {
            header.subject {
                p.crumbs { a href="/" { (texts.text("nav.models")) } }
                h1 { (name) }
                @if !aliases.is_empty() { p.aliases { (aliases) } }
                @if let Some(summary) = model["summary"].as_str() { p.lead { (summary) } }
                p.badges {
                    (commercial_use(texts, &model["commercialUse"], &model["sizes"]))
                    @if !model["kind"].is_null() { span.tag { (texts.enum_text("ModelKind", &model["kind"])) } }
                }
            }
            (facts(texts, model))
            section {
                h2 { (texts.text("fact.Model.sizes")) }
                @if sizes.is_empty() { p.unknown { (texts.text("model.noSizes")) } } @else { (size_table(texts, sizes)) }
            }
            @if !license.is_null() {
                section {
                    h2 { (texts.text("fact.Model.license")) }
                    div.card {
                        p {
                            strong { a href={ "/licenses/" (text(&license["slug"])) } { (text(&license["name"])) } } " "
                            (commercial_use(texts, &license["commercialUse"], &Json::Null))
                        }
                        @if let Some(conditions) = license["conditions"].as_str() { p { (conditions) } }
                    }
                }
            }
            (checkpoints(texts, model))
            (datasets(texts, list(&model["datasets"])))
            (lineage(texts, model))
            (evidence(texts, model))
            (links(texts, list(&model["links"])))
            (history(texts, SubjectType::Model, model))
        }
    };
    Page { title: name.to_owned(), description: description(texts, model), content, ..Page::default() }
}

/// Returns the meta description of a model, in a line.
fn description(texts: &Translations, model: &Json) -> String {
    let comma = texts.text("list.comma");
    let join = |values: &Json, field: &str| {
        list(values).iter().map(|value| text(&value[field])).collect::<Vec<_>>().join(comma)
    };
    let (makers, sizes) = (join(&model["organizations"], "name"), join(&model["sizes"], "label"));
    let commercial_use =
        format!("{}: {}", texts.text("filters.use"), texts.enum_text("CommercialUse", &model["commercialUse"]));
    let parts = [text(&model["name"]), &makers, &sizes, &commercial_use, text(&model["summary"])];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The facts of models that have a fixed place on the page. Other facts follow at the end.
const PLACED_FACTS: [&str; 5] = ["kind", "position", "releaseDate", "commercialUse", "trainingFlops"];
/// The facts of sizes in the columns of the table. Others follow at the end, if one of the sizes has them.
const PLACED_SIZE_FACTS: [&str; 2] = ["parameters", "trainingTokens"];

fn facts(texts: &Translations, model: &Json) -> Markup {
    let tokens = model["maxTrainingTokens"].as_u64();
    let scale = model["dataScale"]["text"].as_str();
    let with_count =
        |key: &str, number: Option<u64>| number.map(|number| texts.with(key, &[("count", &amount(number))]));
    let flops = model["trainingFlops"].as_f64().map(scientific);
    let architecture = Some(&model["architecture"]).filter(|architecture| !architecture.is_null());
    let plain = |text: Option<String>| text.map(|text| html! { (text) });
    html! {
        dl.facts {
            (fact(texts, "fact.Model.organizations", names(texts, list(&model["organizations"]), "organizations")))
            (fact(texts, "fact.Model.releaseDate", plain(date(texts, &model["releaseDate"]))))
            (fact(texts, "model.largest", plain(with_count("amount.parameters", model["maxParameters"].as_u64()))))
            (fact(texts, "fact.Model.dataScale", plain(with_count("amount.tokens", tokens).or_else(|| scale.map(str::to_owned)))))
            @if let Some(scale) = scale { (fact(texts, "fact.DataScale.text", Some(html! { "“" (scale) "”" }))) }
            (fact(texts, "fact.Model.trainingFlops", plain(flops.map(|flops| format!("{flops} FLOPs")))))
            (fact(texts, "fact.Model.architecture", architecture.and_then(|one| names(texts, std::slice::from_ref(one), "architectures"))))
            @for list_field in ["languages", "purposes"] {
                (fact(texts, &format!("fact.Model.{list_field}"), plain(words(texts, &model[list_field]))))
            }
            @for declared in ModelDocument::FACTS.iter().filter(|fact| !PLACED_FACTS.contains(&fact.name)) {
                (fact(texts, &format!("fact.Model.{}", declared.name), fact_value(texts, declared, &model[declared.name])))
            }
        }
    }
}

/// Returns the texts of a list; none if it is empty.
fn words(texts: &Translations, words: &Json) -> Option<String> {
    let words = list(words).iter().map(text).collect::<Vec<_>>();
    (!words.is_empty()).then(|| words.join(texts.text("list.comma")))
}

/// Formats a number in scientific notation: 6.67e22 is "6.67 × 10²²".
fn scientific(number: f64) -> String {
    let formatted = format!("{number:.2e}");
    let (mantissa, exponent) = formatted.split_once('e').unwrap_or((&formatted, "0"));
    let superscript = |digit: char| digit.to_digit(10).and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize));
    let exponent = exponent.chars().map(|sign| superscript(sign).unwrap_or('⁻')).collect::<String>();
    format!("{} × 10{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.'))
}

/// Returns the class of the cells of a fact: numbers are aligned to the right.
fn alignment(fact: &Fact) -> Option<&'static str> {
    matches!(fact.kind, Kind::Count | Kind::Integer | Kind::Float).then_some("number")
}

fn size_table(texts: &Translations, sizes: &[Json]) -> Markup {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let memory = GPU_MEMORY_GB.to_string();
    let fits = |size: &Json, precision: &str| {
        size[precision].as_u64().is_some_and(|bytes| bytes <= GPU_MEMORY_GB * 1_000_000_000)
    };
    // A fact that sizes inherit from the model is shown if one of them states another, and one with a default if one has another.
    let shown = |fact: &&Fact| {
        let name = if fact.has_effective_field() { fact.stated_name() } else { fact.name.to_owned() };
        !PLACED_SIZE_FACTS.contains(&fact.name)
            && sizes
                .iter()
                .any(|size| !size[&name].is_null() && (fact.default.is_none() || size[&name].as_str() != fact.default))
    };
    let more = SizeDocument::FACTS.iter().filter(shown);
    let more = more.collect::<Vec<_>>();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("fact.Model.sizes")) {
            table.data {
                thead {
                    tr {
                        th scope="col" { (texts.text("fact.ModelSize.label")) }
                        th scope="col" { (texts.with("sizes.fits", &[("memory", &memory)])) }
                        @for key in ["fact.ModelSize.parameters", "fact.ModelSize.trainingTokens", "sizes.ratio"] { th.number scope="col" { (texts.text(key)) } }
                        @for precision in PRECISIONS { th.number scope="col" { (precision.to_uppercase()) } }
                        @for fact in &more { th class=[alignment(fact)] scope="col" { (texts.text(&format!("fact.ModelSize.{}", fact.name))) } }
                    }
                }
                tbody {
                    @for size in sizes {
                        tr {
                            th scope="row" { span.chip { (text(&size["label"])) } }
                            td { (fit(texts, PRECISIONS.into_iter().find(|precision| fits(size, precision)))) }
                            td.number { (or_dash(size["parameters"].as_u64().map(amount))) }
                            td.number { (or_dash(size["trainingTokens"].as_u64().map(amount))) }
                            td.number { (or_dash(size["tokensPerParameter"].as_f64().map(|ratio| format!("{ratio:.0}")))) }
                            @for precision in PRECISIONS {
                                td class=(if fits(size, precision) { "number fits" } else { "number" }) {
                                    (or_dash(size[precision].as_u64().map(bytes)))
                                }
                            }
                            @for fact in &more {
                                td class=[alignment(fact)] { @if let Some(value) = fact_value(texts, fact, &size[fact.name]) { (value) } @else { "–" } }
                            }
                        }
                    }
                }
            }
        }
        p.unit { (texts.text("sizes.note")) }
    }
}

/// Renders the highest precision at which the weights fit into the GPU memory; `None` if they fit at none.
fn fit(texts: &Translations, precision: Option<&str>) -> Markup {
    let (class, sign, label) = match precision {
        Some(precision) => ("use allowed", "✓", texts.with("sizes.at", &[("precision", &precision.to_uppercase())])),
        None => ("use prohibited", "✕", texts.text("sizes.no").to_owned()),
    };
    html! { span class=(class) { span.sign aria-hidden="true" { (sign) } (label) } }
}

fn datasets(texts: &Translations, datasets: &[Json]) -> Markup {
    let amounts = |dataset: &Json| {
        let tokens =
            dataset["tokens"].as_u64().map(|tokens| texts.with("amount.tokens", &[("count", &amount(tokens))]));
        tokens.into_iter().chain(dataset["bytes"].as_u64().map(bytes)).collect::<Vec<_>>().join(" · ")
    };
    html! {
        @if !datasets.is_empty() {
            section {
                h2 { (texts.text("fact.Model.datasets")) }
                ul.plain {
                    @for dataset in datasets {
                        li {
                            a href={ "/datasets/" (text(&dataset["slug"])) } { (text(&dataset["name"])) } " "
                            span.unit { (amounts(dataset)) }
                        }
                    }
                }
            }
        }
    }
}

/// Renders the base model and the derived models of a model.
fn lineage(texts: &Translations, model: &Json) -> Markup {
    let (base, derived) = (&model["baseModel"], list(&model["derivedModels"]["nodes"]));
    let further = model["derivedModels"]["totalCount"].as_u64().unwrap_or(0).saturating_sub(derived.len() as u64);
    let link = |model: &Json| html! { a href={ "/models/" (text(&model["slug"])) } { (text(&model["name"])) } };
    html! {
        @if !base.is_null() || !derived.is_empty() {
            section {
                h2 { (texts.text("model.lineage")) }
                ol.lineage {
                    @if !base.is_null() { li { (link(base)) } }
                    li aria-current="true" { strong { (text(&model["name"])) } }
                    @if !derived.is_empty() { li { ul {
                        @for model in derived { li { (link(model)) } }
                        @if further > 0 { li { "+" (further) } }
                    } } }
                }
            }
        }
    }
}
