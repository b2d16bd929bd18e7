//! The models that a model was derived from, and those that were derived from it.

use maud::{Markup, html};
use serde_json::Value as Json;

use crate::http::pages::components::{list, text};
use crate::http::pages::i18n::Translations;

/// Renders two levels of bases and of derived models; `None` if there is neither.
pub fn lineage(texts: &Translations, model: &Json) -> Option<Markup> {
    let (bases, derived) = (list(&model["bases"]), &model["derivedModels"]);
    if bases.is_empty() && list(&derived["nodes"]).is_empty() {
        return None;
    }
    let slug = text(&model["slug"]);
    let count = derived["totalCount"].as_u64().unwrap_or_default().to_string();
    Some(html! {
        div.tree {
            @if !bases.is_empty() {
                div {
                    h3 { (texts.text("lineage.bases")) }
                    ul { @for (index, base) in bases.iter().enumerate() { (self::base(texts, base, &model["relatives"][index]["model"])) } }
                }
            }
            @if !list(&derived["nodes"]).is_empty() {
                div {
                    h3 { (texts.with("lineage.derived", &[("count", &count)])) }
                    (children(texts, derived, slug))
                }
            }
        }
    })
}

/// Renders a base and its own bases.
fn base(texts: &Translations, base: &Json, relative: &Json) -> Markup {
    let size = base["sizeLabel"].as_str();
    let own = list(&relative["bases"]);
    html! {
        li {
            (link(&base["model"])) " " @if let Some(size) = size { span.chip { (size) } " " }
            (relation(texts, &base["relation"]))
            @if !own.is_empty() {
                ul { @for base in own { li { (link(&base["model"])) " " (relation(texts, &base["relation"])) } } }
            }
        }
    }
}

/// Renders the models that were derived from the one with this slug.
fn children(texts: &Translations, derived: &Json, slug: &str) -> Markup {
    let nodes = list(&derived["nodes"]);
    let further = derived["totalCount"].as_u64().unwrap_or_default().saturating_sub(nodes.len() as u64);
    html! {
        @if !nodes.is_empty() {
            ul {
                @for model in nodes {
                    @let base = list(&model["bases"]).iter().find(|base| base["model"]["slug"] == slug);
                    li {
                        (link(model)) " " (relation(texts, base.map_or(&Json::Null, |base| &base["relation"])))
                        (children(texts, &model["derivedModels"], text(&model["slug"])))
                    }
                }
                @if further > 0 { li.unit { (texts.with("lineage.further", &[("count", &further.to_string())])) } }
            }
        }
    }
}

fn link(model: &Json) -> Markup {
    html! { a href={ "/models/" (text(&model["slug"])) } { (text(&model["name"])) } }
}

/// Renders how a model was derived, if it is known.
fn relation(texts: &Translations, relation: &Json) -> Markup {
    html! { @if !relation.is_null() { span.tag { (texts.enum_text("LineageRelation", relation)) } } }
}
