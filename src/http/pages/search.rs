//! The page of a search over all subjects. The search dialog shows the results of this page.

use maud::{Markup, html};
use serde_json::Value as Json;
use url::form_urlencoded;

use crate::domain::search_query::{Reading, SearchQuery, Term};
use crate::http::pages::code_names::country_name;
use crate::http::pages::components::{amount, date, group_digits, list, text};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::Page;

/// The page for a query, with the response to it. `suggestion` is a query with results, if this one has none.
pub fn page(texts: &Translations, query: &str, found: Option<&Json>, suggestion: Option<&str>) -> Page {
    let content = html! {
        div.page.find {
            h1 { (texts.text("search.title")) }
            form.search role="search" action="/search" {
                input type="search" name="q" value=(query) maxlength="200" placeholder=(texts.text("search.placeholder"))
                    aria-label=(texts.text("search.label")) autocomplete="off";
                button { (texts.text("catalog.submit")) }
            }
            div #found {
                @if let Some(found) = found { (results(texts, query, found, suggestion)) }
                @else { p.unit { (texts.text("search.hint")) } }
            }
        }
    };
    let title = if query.is_empty() { texts.text("search.title").to_owned() } else { query.to_owned() };
    Page { title, canonical: Some("/search".to_owned()), content, ..Page::default() }
}

fn results(texts: &Translations, query: &str, found: &Json, suggestion: Option<&str>) -> Markup {
    let hits = list(&found["search"]["nodes"]);
    let models = found["models"]["totalCount"].as_u64().unwrap_or_default();
    let total = found["search"]["totalCount"].as_u64().unwrap_or_default();
    // Types in the order of their best hits.
    let mut types = Vec::new();
    for hit in hits {
        if !types.contains(&text(&hit["__typename"])) {
            types.push(text(&hit["__typename"]));
        }
    }
    html! {
        (readings(texts, query, |query| address("/search", query)))
        @if models > 0 {
            p.all {
                a href=(address("/", query)) data-result {
                    (texts.with("search.models", &[("count", &group_digits(models))]))
                }
            }
        }
        @for kind in types {
            section {
                h2 { (texts.text(&format!("nav.{}", plural(kind)))) }
                ul {
                    @for hit in hits.iter().filter(|hit| hit["__typename"] == kind) {
                        li {
                            a href={ "/" (plural(kind)) "/" (text(&hit["slug"])) } data-result {
                                strong { (hit["name"].as_str().unwrap_or_else(|| text(&hit["title"]))) }
                                " " small { (detail(texts, hit)) }
                            }
                        }
                    }
                }
            }
        }
        @if hits.is_empty() && models == 0 { p.empty { (texts.text("search.none")) } (did_you_mean(texts, suggestion, |query| address("/search", query))) }
        @else if total > hits.len() as u64 {
            p.unit { (texts.with("search.more", &[("count", &group_digits(hits.len() as u64)), ("total", &group_digits(total))])) }
        }
    }
}

/// Renders a link to a query that is spelled like a name. `address` returns the address of a query.
pub fn did_you_mean(texts: &Translations, suggestion: Option<&str>, address: impl Fn(&str) -> String) -> Markup {
    html! {
        @if let Some(suggestion) = suggestion {
            p.suggestion {
                (texts.text("search.suggestion")) " " a href=(address(suggestion)) data-result { (suggestion) }
            }
        }
    }
}

/// Renders the values that a query is read as, each with a link to the query in which it is a text. `address` returns the
/// address of a query.
pub fn readings(texts: &Translations, query: &str, address: impl Fn(&str) -> String) -> Markup {
    let terms = SearchQuery::parse(query).terms;
    let value = |term: &Term| {
        let amount =
            term.text.split(' ').map(str::to_uppercase).find(|word| word.contains(|c: char| c.is_ascii_digit()));
        let key = match term.reading {
            Reading::Size { .. } | Reading::Parameters(_) => "search.size",
            Reading::TrainingTokens(_) => "search.tokens",
            Reading::ContextLength(_) => "search.context",
            Reading::Memory(_) => "search.memory",
            Reading::Released { .. } => "search.released",
        };
        texts.with(key, &[("text", &amount.unwrap_or_default())])
    };
    html! {
        @if !terms.is_empty() {
            p.readings {
                (texts.text("search.readings")) " "
                @for (index, term) in terms.iter().enumerate() {
                    span.chip { (value(term)) } " "
                    a href=(address(&SearchQuery::with_phrase(query, index))) { (texts.with("search.asText", &[("text", &term.text)])) }
                    " "
                }
            }
        }
    }
}

fn detail(texts: &Translations, hit: &Json) -> String {
    let makers = list(&hit["organizations"]).iter().map(|maker| text(&maker["name"])).collect::<Vec<_>>();
    let makers = (!makers.is_empty()).then(|| makers.join(texts.text("list.comma")));
    let size = hit["maxParameters"].as_u64().map(amount);
    let released = date(texts, &hit["releaseDate"]);
    let permitted =
        (!hit["commercialUse"].is_null()).then(|| texts.enum_text("CommercialUse", &hit["commercialUse"]).to_owned());
    let country = hit["country"].as_str().map(|code| country_name(code, texts.api).to_owned());
    [makers, size, released, country, permitted].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn plural(kind: &str) -> String {
    format!("{}s", kind.to_lowercase())
}

fn address(path: &str, query: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish();
    format!("{path}?{query}")
}
