//! The page of a model.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use url::Url;

use crate::domain::facts::Facts;
use crate::domain::model::ModelDocument;
use crate::http::pages::checkpoints::checkpoints;
use crate::http::pages::components::{
    amount, bytes, commercial_use, copy_button, date, fact, fact_of_model, links, list, names, page_address,
    scientific, text, words,
};
use crate::http::pages::evidence::evidence;
use crate::http::pages::hardware::Hardware;
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::{Page, island};
use crate::http::pages::lineage::lineage;
use crate::http::pages::revision::history;
use crate::http::pages::sheet::Sheet;
use crate::http::pages::sizes::sizes;
use crate::http::pages::terms::terms;

/// The repository of the project, where readers report errors; empty if it has none.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Renders the page of a model with this address; the caller sets its query.
pub fn page(texts: &Translations, model: &Json, hardware: &Hardware, address: &Url) -> Page {
    let sheet = Sheet::of(texts, SubjectType::Model, model);
    let name = text(&model["name"]);
    let kind = model["kind"].as_str().map(|_| html! { span.tag { (texts.enum_text("ModelKind", &model["kind"])) } });
    let content = html! {
        article.page {
            header.subject {
                p.crumbs { a href="/" { (texts.text("nav.models")) } }
                (sheet.editable("name", html! { h1 { (name) } }))
                (sheet.optional("aliases", "aliases", words(texts, "aliases", list(&model["aliases"]))))
                (sheet.optional("lead", "summary", model["summary"].as_str().map(|summary| html! { p { (summary) } })))
                div.badges {
                    (sheet.editable("commercialUse", commercial_use(texts, &model["commercialUse"], &model["sizes"])))
                    (sheet.optional("kind", "kind", kind))
                }
                (tools(texts, &sheet, model, address))
            }
            (facts(&sheet, model))
            section {
                h2 { (texts.text("fact.Model.sizes")) }
                (sizes(texts, model, hardware))
            }
            (licenses(&sheet, model))
            (checkpoints(texts, model))
            (sheet.section("fact.Model.datasets", "datasets", training(texts, list(&model["training"]))))
            (sheet.section("model.lineage", "bases", lineage(texts, model)))
            (sheet.section("fact.Model.links", "links", links(texts, list(&model["links"]))))
            (all_evidence(texts, model))
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

/// Renders what a reader can do with the page: edit, compare, copy, cite, correct.
fn tools(texts: &Translations, sheet: &Sheet, model: &Json, address: &Url) -> Markup {
    let citation = bibtex(model, address);
    html! {
        div.buttons {
            (sheet.edit_link())
            (island("compare-button", &json!({ "slug": sheet.slug, "name": model["name"] }), &html! {
                a.button href={ "/compare?models=" (sheet.slug) } { (texts.text("compare.addThis")) }
            }))
            (copy_button(texts, "copy.link", ""))
            details.menu {
                summary.button { (texts.text("cite.title")) }
                div.panel {
                    pre tabindex="0" aria-label="BibTeX" { (citation) }
                    (copy_button(texts, "cite.copy", &citation))
                }
            }
            @if REPOSITORY.is_empty() {
                details.menu.correct {
                    summary.button { (texts.text("correct.title")) }
                    div.panel { p { (texts.text("correct.how")) } }
                }
            } @else {
                a.button href={ (REPOSITORY) "/issues/new?title=" (sheet.slug) } rel="noreferrer" target="_blank" { (texts.text("correct.title")) }
            }
        }
    }
}

/// Returns a BibTeX entry that cites the model and the page.
fn bibtex(model: &Json, address: &Url) -> String {
    let plain = |text: &str| text.chars().filter(|character| !r"{}\&%$#_~^".contains(*character)).collect::<String>();
    let authors = list(&model["organizations"]).iter().map(|maker| format!("{{{}}}", plain(text(&maker["name"]))));
    let authors = authors.collect::<Vec<_>>().join(" and ");
    let paper =
        list(&model["links"]).iter().find(|link| link["kind"] == "PAPER").and_then(|link| page_address(&link["url"]));
    let fields = [
        ("title", Some(format!("{{{}}}", plain(text(&model["name"]))))),
        ("author", (!authors.is_empty()).then_some(authors)),
        ("year", text(&model["releaseDate"]).get(..4).map(str::to_owned)),
        ("url", paper.map(str::to_owned)),
        ("note", Some(format!("Open LLM Catalog, version {}, {address}", model["version"]))),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some(format!("  {name} = {{{}}},\n", value?)));
    format!("@misc{{{},\n{}}}\n", text(&model["slug"]), fields.collect::<String>())
}

/// The facts that have a fixed place on the page. Other facts follow at the end.
const PLACED_FACTS: [&str; 5] = ["kind", "position", "releaseDate", "commercialUse", "trainingFlops"];

fn facts(sheet: &Sheet, model: &Json) -> Markup {
    let texts = sheet.texts;
    let scale = &model["dataScale"]["text"];
    let with_count =
        |key: &str, number: &Json| number.as_u64().map(|number| texts.with(key, &[("count", &amount(number))]));
    let tokens = with_count("amount.tokens", &model["maxTrainingTokens"]);
    let plain = |text: Option<String>| text.map(|text| html! { (text) });
    let architecture = Some(&model["architecture"]).filter(|architecture| !architecture.is_null());
    let flops = model["trainingFlops"].as_f64().map(|flops| format!("{} FLOPs", scientific(flops)));
    let largest = plain(with_count("amount.parameters", &model["maxParameters"]));
    let data = plain(tokens.or_else(|| scale.as_str().map(str::to_owned)));
    let stated = scale.as_str().map(|scale| html! { "“" (scale) "”" });
    let mut facts = vec![
        ("organizations", names(texts, list(&model["organizations"]), "organizations")),
        ("releaseDate", plain(date(texts, &model["releaseDate"]))),
        ("dataScale", data),
        ("trainingFlops", plain(flops)),
        ("architecture", architecture.and_then(|one| names(texts, std::slice::from_ref(one), "architectures"))),
        ("languages", words(texts, "languages", list(&model["languages"]))),
        ("purposes", words(texts, "purposes", list(&model["purposes"]))),
    ];
    let declared = ModelDocument::FACTS.iter().filter(|fact| !PLACED_FACTS.contains(&fact.name));
    facts.extend(declared.map(|declared| (declared.name, fact_of_model(texts, declared, model))));
    let unstated = facts.iter().filter(|(_, value)| value.is_none()).map(|(field, _)| sheet.label(field));
    let unstated = unstated.collect::<Vec<_>>().join(texts.text("list.comma"));
    html! {
        dl.facts {
            @for (field, value) in facts {
                (sheet.known_fact(field, value))
                @if field == "releaseDate" && largest.is_some() { (fact(texts, "model.largest", largest.clone())) }
                @if field == "dataScale" && stated.is_some() { (fact(texts, "fact.DataScale.text", stated.clone())) }
            }
        }
        p.unit {
            @if !unstated.is_empty() { (texts.with("model.unstated", &[("facts", &unstated)])) " " }
            @if !list(&model["evidence"]["nodes"]).is_empty() { (texts.text("evidence.mark")) }
        }
    }
}

/// Renders the licenses of a model and of its sizes in plain words.
fn licenses(sheet: &Sheet, model: &Json) -> Markup {
    let texts = sheet.texts;
    let all = list(&model["licenses"]);
    let all_sizes = list(&model["sizes"]);
    // The license of the model itself, or the only one that all of its sizes have.
    let own = match all {
        [only] if !all_sizes.is_empty() && all_sizes.iter().all(|size| size["license"]["slug"] == only["slug"]) => only,
        _ => &model["license"],
    };
    let by_size = all_sizes.iter().any(|size| !size["license"].is_null());
    let heading = if by_size { "license.bySize" } else { "license.byCheckpoint" };
    let link = |license: &Json| html! { strong { a href={ "/licenses/" (text(&license["slug"])) } { (text(&license["name"])) } } };
    let sizes = |license: &Json| {
        let sizes = all_sizes.iter().filter(|size| size["license"]["slug"] == license["slug"]);
        let sizes = sizes.map(|size| text(&size["label"])).collect::<Vec<_>>().join(texts.text("list.comma"));
        if sizes.is_empty() {
            texts.text("license.checkpoints").to_owned()
        } else {
            texts.with("license.sizes", &[("sizes", &sizes)])
        }
    };
    html! {
        section.for-editors[all.is_empty() && own.is_null()] {
            h2 { (texts.text("fact.Model.license")) }
            (sheet.editable("license", if own.is_null() && !all.is_empty() {
                html! { span.unit { (texts.text(heading)) } }
            } else if own.is_null() {
                html! { span.unknown { (texts.text("unknown")) } }
            } else {
                html! { (link(own)) " " (commercial_use(texts, &own["commercialUse"], &Json::Null)) }
            }))
            @for license in all {
                div.card {
                    @if all.len() > 1 || own.is_null() {
                        p {
                            (link(license)) " " (commercial_use(texts, &license["commercialUse"], &Json::Null))
                            " " span.unit { (sizes(license)) }
                        }
                    }
                    @if let Some(conditions) = license["conditions"].as_str() { p { (conditions) } }
                    (terms(texts, license))
                    @if list(&license["terms"]).is_empty() { p.unit { (texts.text("license.noTerms")) } }
                }
            }
        }
    }
}

/// Renders what a model was trained on; `None` if it is unknown.
fn training(texts: &Translations, training: &[Json]) -> Option<Markup> {
    let amounts = |data: &Json| {
        let tokens =
            |value: &Json| value.as_u64().map(|tokens| texts.with("amount.tokens", &[("count", &amount(tokens))]));
        let share = data["share"]
            .as_f64()
            .map(|share| texts.with("training.share", &[("percent", &format!("{:.0}", share * 100.0))]));
        let epochs =
            data["epochs"].as_f64().map(|epochs| texts.with("training.epochs", &[("count", &epochs.to_string())]));
        let read = tokens(&data["tokens"]).map(|tokens| texts.with("training.read", &[("tokens", &tokens)]));
        let whole = tokens(&data["dataset"]["tokens"]).or_else(|| data["dataset"]["bytes"].as_u64().map(bytes));
        let whole = whole.map(|whole| texts.with("training.whole", &[("amount", &whole)]));
        [share, read, epochs, whole].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    (!training.is_empty()).then(|| {
        html! {
            ul.plain {
                @for data in training {
                    li {
                        a href={ "/datasets/" (text(&data["dataset"]["slug"])) } { (text(&data["dataset"]["name"])) } " "
                        span.unit { (amounts(data)) }
                    }
                }
            }
        }
    })
}

fn all_evidence(texts: &Translations, model: &Json) -> Markup {
    let nodes = |evidence: &'_ Json| list(&evidence["nodes"]).len() as u64;
    let own = list(&model["evidence"]["nodes"]).iter().map(|statement| (None, SubjectType::Model.name(), statement));
    let of_sizes = list(&model["evidenceOfSizes"]).iter().flat_map(|size| {
        let label = html! { span.chip { (text(&size["label"])) } };
        list(&size["evidence"]["nodes"]).iter().map(move |statement| (Some(label.clone()), "ModelSize", statement))
    });
    let further =
        model["evidence"]["totalCount"].as_u64().unwrap_or_default().saturating_sub(nodes(&model["evidence"]));
    evidence(texts, "evidence.title", own.chain(of_sizes).collect(), further)
}
