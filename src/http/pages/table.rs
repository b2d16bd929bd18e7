//! The page of the catalog as the server sends it. `web/src/app/catalog/table.tsx` draws the same table.

use maud::{Markup, html};
use serde_json::Value as Json;

use super::{view::View, words::Words};

/// The most sizes of a row.
const MOST_CHIPS: usize = 3;
/// The most links of a row.
const MOST_LINKS: usize = 2;

/// The page with a connection of models.
pub fn page(words: &Words, view: &View, models: &Json) -> Markup {
    let rows = list(&models["nodes"]);
    let next = models["pageInfo"]["endCursor"].as_str().filter(|_| models["pageInfo"]["hasNextPage"] == true);
    html! {
        (header(words))
        main id="main" {
            div.catalog {
                header.intro {
                    h1 { (words.text("catalog.title")) }
                    p { (words.text("catalog.lead")) }
                    form.search role="search" action="/" {
                        input type="search" name="q" value=(view.search()) maxlength="200" placeholder=(words.text("catalog.searchFor"))
                            aria-label=(words.text("catalog.search")) autocomplete="off";
                        noscript { button { (words.text("catalog.submit")) } }
                    }
                }
                aside.filters aria-label=(words.text("filters.title")) {
                    noscript {
                        p { (words.text("filters.use")) }
                        ul.plain {
                            @for value in ["ALLOWED", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"] {
                                li { a href={ "/?use=" (value) } { (commercial_use(words, &value.into())) } }
                            }
                        }
                        p.unit { (words.text("catalog.script")) }
                    }
                }
                section.results aria-label=(words.text("catalog.results")) {
                    div.above { p {} }
                    @if rows.is_empty() { p.empty { (words.text("catalog.none")) } } @else { (table(words, rows)) }
                    @if let Some(cursor) = next {
                        noscript { p.loading { a rel="next" href=(view.next(cursor)) { (words.text("catalog.next")) } } }
                    }
                }
            }
        }
    }
}

/// What stands above every page.
pub fn header(words: &Words) -> Markup {
    html! {
        header.site {
            a.brand href="/" {
                svg.mark viewBox="0 0 20 20" width="22" height="22" aria-hidden="true" {
                    rect x="1" y="11" width="4.5" height="8" rx="1" {}
                    rect x="7.75" y="6" width="4.5" height="13" rx="1" {}
                    rect x="14.5" y="1" width="4.5" height="18" rx="1" {}
                }
                span { "Open LLM Catalog" }
            }
            nav aria-label=(words.text("nav.main")) {
                a href="/" { (words.text("nav.models")) }
                a href="/plots" { (words.text("plots.title")) }
                a href="/compare" { (words.text("compare.title")) }
                a href="/changes" { (words.text("changes.title")) }
                a href="/playground" { "API" }
            }
        }
    }
}

fn table(words: &Words, rows: &[Json]) -> Markup {
    let head = |class: &'static str, key: &'static str| html! { th class=(class) { (words.text(key)) } };
    html! {
        table.models aria-label=(words.text("catalog.table")) {
            thead {
                tr {
                    th.choose { span.hidden { (words.text("compare.choose")) } }
                    (head("name", "model.name")) (head("maker", "model.maker")) (head("size", "model.sizes"))
                    (head("tokens", "model.data")) (head("license", "model.license")) (head("released", "model.released"))
                    (head("links", "model.links"))
                }
            }
            tbody { @for model in rows { (row(words, model)) } }
        }
    }
}

fn row(words: &Words, model: &Json) -> Markup {
    let comma = words.text("list.comma");
    let (sizes, license) = (list(&model["sizes"]), &model["license"]);
    html! {
        tr.row {
            td.choose {}
            th.name scope="row" {
                a href={ "/models/" (text(&model["slug"])) } { (text(&model["name"])) }
                small {
                    @if model["kind"] == "DERIVED" { span.kind { (words.word("kind", &model["kind"])) } }
                    span.by { (list(&model["organizations"]).iter().map(|maker| text(&maker["name"])).collect::<Vec<_>>().join(comma)) " " }
                    (list(&model["aliases"]).iter().map(text).collect::<Vec<_>>().join(comma))
                }
            }
            td.maker {
                @for (i, maker) in list(&model["organizations"]).iter().enumerate() {
                    @if i > 0 { (comma) }
                    a href={ "/organizations/" (text(&maker["slug"])) } { (text(&maker["name"])) }
                }
            }
            td.size {
                @for size in sizes.iter().take(MOST_CHIPS) { span.chip { (text(&size["label"])) } }
                @if sizes.len() > MOST_CHIPS { span.more { "+" (sizes.len() - MOST_CHIPS) } }
            }
            td.tokens {
                @if let Some(tokens) = model["maxTrainingTokens"].as_u64() {
                    (amount(tokens)) " " span.unit { (words.text("unit.tokens")) }
                } @else { (text(&model["dataScale"]["text"])) }
            }
            td.license {
                (commercial_use(words, &model["commercialUse"]))
                @if !license.is_null() {
                    small { a href={ "/licenses/" (text(&license["slug"])) } { (text(&license["name"])) } }
                }
            }
            td.released { @if let Some(day) = model["releaseDate"].as_str() { time datetime=(day) { (day) } } }
            td.links {
                @for link in list(&model["links"]).iter().take(MOST_LINKS) {
                    @let (kind, url) = (words.word("link", &link["kind"]), text(&link["url"]));
                    @if url.starts_with("https://") || url.starts_with("http://") {
                        a.link href=(url) rel="noreferrer" target="_blank" { (kind) }
                    }
                }
            }
        }
    }
}

fn commercial_use(words: &Words, value: &Json) -> Markup {
    let sign = match text(value) {
        "ALLOWED" => "✓",
        "AUTHORIZATION_REQUIRED" => "!",
        "PROHIBITED" => "✕",
        _ => "?",
    };
    html! {
        span class={ "use " (text(value).to_lowercase()) } {
            span.sign aria-hidden="true" { (sign) }
            (words.word("use", value))
        }
    }
}

/// A number as people write it, with three digits: 6700000000 is "6.7B".
fn amount(number: u64) -> String {
    for (size, unit) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")] {
        let part = number as f64 / size;
        if part >= 1.0 {
            let decimals = if part < 10.0 { 2 } else { usize::from(part < 100.0) };
            let digits = format!("{part:.decimals$}");
            let digits = if decimals > 0 { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
            return format!("{digits}{unit}");
        }
    }
    number.to_string()
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}
