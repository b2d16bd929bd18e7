//! The page of the catalog as rendered by the server. `web/src/app/catalog/table.tsx` renders the same table.

use entity::vocabulary::CommercialUse;
use maud::{Markup, html};
use sea_orm::Iterable;
use serde_json::Value as Json;

use crate::http::pages::catalog_params::CatalogParams;
use crate::http::pages::components::{amount, commercial_use, list, names, page_address, text};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::search;

/// The maximum number of sizes in a row.
const MAX_SIZES: usize = 3;
/// The maximum number of links in a row.
const MAX_LINKS: usize = 2;

/// Renders the page with a connection of models.
pub fn page(texts: &Translations, params: &CatalogParams, models: &Json) -> Markup {
    let rows = list(&models["nodes"]);
    let next = models["pageInfo"]["endCursor"].as_str().filter(|_| models["pageInfo"]["hasNextPage"] == true);
    html! {
        div.catalog {
            header.intro {
                h1 { (texts.text("catalog.title")) }
                p { (texts.text("catalog.lead")) }
                (search(texts, &params.search()))
            }
            aside.filters aria-label=(texts.text("filters.title")) {
                noscript {
                    p { (texts.text("filters.use")) }
                    ul.plain {
                        @for value in CommercialUse::iter() {
                            li { a href={ "/?use=" (value.word()) } { (commercial_use(texts, &value.word().into(), &Json::Null)) } }
                        }
                    }
                    p.unit { (texts.text("catalog.script")) }
                }
            }
            section.results aria-label=(texts.text("catalog.results")) {
                div.above { p {} }
                @if rows.is_empty() { p.empty { (texts.text("catalog.none")) } } @else { (table(texts, rows)) }
                @if let Some(cursor) = next {
                    noscript { p.loading { a rel="next" href=(params.next(cursor)) { (texts.text("catalog.next")) } } }
                }
            }
        }
    }
}

fn table(texts: &Translations, rows: &[Json]) -> Markup {
    let head = |class: &'static str, key: &'static str| html! { th class=(class) { (texts.text(key)) } };
    html! {
        table.models aria-label=(texts.text("catalog.table")) {
            thead {
                tr {
                    th.choose { span.hidden { (texts.text("compare.choose")) } }
                    (head("name", "fact.Model.name")) (head("maker", "fact.Model.organizations")) (head("size", "fact.Model.sizes"))
                    (head("tokens", "fact.Model.dataScale")) (head("license", "fact.Model.license")) (head("released", "fact.Model.releaseDate"))
                    (head("links", "fact.Model.links"))
                }
            }
            tbody { @for model in rows { (row(texts, model)) } }
        }
    }
}

fn row(texts: &Translations, model: &Json) -> Markup {
    let comma = texts.text("list.comma");
    let (makers, sizes, license) = (list(&model["organizations"]), list(&model["sizes"]), &model["license"]);
    html! {
        tr.row {
            td.choose {}
            th.name scope="row" {
                a href={ "/models/" (text(&model["slug"])) } { (text(&model["name"])) }
                small {
                    @if model["kind"] == "DERIVED" { span.kind { (texts.enum_text("ModelKind", &model["kind"])) } }
                    span.by { (makers.iter().map(|maker| text(&maker["name"])).collect::<Vec<_>>().join(comma)) " " }
                    (list(&model["aliases"]).iter().map(text).collect::<Vec<_>>().join(comma))
                }
            }
            td.maker {
                (names(texts, makers, "organizations").unwrap_or_default())
            }
            td.size {
                @for size in sizes.iter().take(MAX_SIZES) { span.chip { (text(&size["label"])) } }
                @if sizes.len() > MAX_SIZES { span.more { "+" (sizes.len() - MAX_SIZES) } }
            }
            td.tokens {
                @if let Some(tokens) = model["maxTrainingTokens"].as_u64() {
                    (amount(tokens)) " " span.unit { (texts.text("unit.tokens")) }
                } @else { (text(&model["dataScale"]["text"])) }
            }
            td.license {
                (commercial_use(texts, &model["commercialUse"], &model["sizes"]))
                @if !license.is_null() {
                    small { a href={ "/licenses/" (text(&license["slug"])) } { (text(&license["name"])) } }
                }
            }
            td.released { @if let Some(day) = model["releaseDate"].as_str() { time datetime=(day) { (day) } } }
            td.links {
                @for link in list(&model["links"]).iter().take(MAX_LINKS) {
                    @if let Some(url) = page_address(&link["url"]) {
                        a.link href=(url) rel="noreferrer" target="_blank" { (texts.enum_text("LinkKind", &link["kind"])) }
                    }
                }
            }
        }
    }
}
