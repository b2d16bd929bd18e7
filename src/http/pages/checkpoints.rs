//! The checkpoints of a model.

use maud::{Markup, html};
use serde_json::Value as Json;

use crate::http::pages::components::{
    bytes, commercial_use, context_length, copy_button, date, list, outside, scroll, text,
};
use crate::http::pages::i18n::Translations;

/// A column of the table: the text of its heading, and the cell of a checkpoint, `None` where it is unknown.
type Column = (&'static str, fn(&Translations, &Json) -> Option<Markup>);

/// The columns after the address. One where all checkpoints have the same value is a line above the table.
const COLUMNS: [Column; 9] = [
    ("fact.ModelSize.label", |_, checkpoint| Some(html! { span.chip { (checkpoint["size"]["label"].as_str()?) } })),
    ("checkpoint.variant", |_, checkpoint| plain(checkpoint["variant"].as_str()?)),
    ("checkpoint.format", |_, checkpoint| {
        let parts = [&checkpoint["format"], &checkpoint["quantization"]].into_iter().filter_map(Json::as_str);
        Some(parts.collect::<Vec<_>>().join(" · ")).filter(|text| !text.is_empty()).and_then(|text| plain(&text))
    }),
    ("checkpoint.bytes", |_, checkpoint| plain(&bytes(checkpoint["bytes"].as_u64()?))),
    ("fact.Model.contextLength", |_, checkpoint| plain(&context_length(checkpoint["contextLength"].as_u64()?))),
    ("fact.Model.releaseDate", |texts, checkpoint| plain(&date(texts, &checkpoint["releaseDate"])?)),
    ("fact.Model.license", |_, checkpoint| {
        let license = &checkpoint["license"];
        Some(html! { a href={ "/licenses/" (license["slug"].as_str()?) } { (text(&license["name"])) } })
    }),
    ("checkpoint.converted", |_, checkpoint| plain(checkpoint["convertedFrom"]["repository"].as_str()?)),
    ("checkpoint.access", |texts, checkpoint| {
        let official =
            checkpoint["official"].as_bool().map(|yes| if yes { "checkpoint.official" } else { "checkpoint.byOthers" });
        let gated = (checkpoint["gated"] == true).then_some("checkpoint.gated");
        let words = official.into_iter().chain(gated).map(|key| texts.text(key)).collect::<Vec<_>>();
        plain(&Some(words.join(texts.text("list.comma"))).filter(|words| !words.is_empty())?)
    }),
];

fn plain(text: &str) -> Option<Markup> {
    Some(html! { (text) })
}

/// Renders the checkpoints of a model with what they differ in; nothing without any.
pub fn checkpoints(texts: &Translations, model: &Json) -> Markup {
    let nodes = list(&model["checkpoints"]["nodes"]);
    let further = model["checkpoints"]["totalCount"].as_u64().unwrap_or(0).saturating_sub(nodes.len() as u64);
    let value = |cell: fn(&Translations, &Json) -> Option<Markup>, node| cell(texts, node).map(|cell| cell.0);
    let (same, columns) = COLUMNS
        .iter()
        .partition::<Vec<_>, _>(|(_, cell)| nodes.iter().all(|node| value(*cell, node) == value(*cell, &nodes[0])));
    let same =
        same.into_iter().filter_map(|(title, cell)| Some((title, cell(texts, nodes.first()?)?))).collect::<Vec<_>>();
    let uses = nodes.iter().any(|node| node["commercialUse"] != model["commercialUse"]);
    let table = html! {
        table.data {
            thead {
                tr {
                    th scope="col" { (texts.text("checkpoint.address")) }
                    @for (title, _) in &columns { th scope="col" { (texts.text(title)) } }
                    @if uses { th scope="col" { (texts.text("filters.use")) } }
                }
            }
            tbody { @for checkpoint in nodes { (row(texts, checkpoint, &columns, uses)) } }
        }
    };
    html! {
        @if !nodes.is_empty() {
            section {
                h2 { (texts.text("checkpoint.title")) }
                @if !same.is_empty() {
                    p.unit {
                        @for (index, (title, value)) in same.iter().enumerate() {
                            @if index > 0 { " · " }
                            (texts.text(title)) (texts.text("list.colon")) (value)
                        }
                    }
                }
                (scroll(texts.text("checkpoint.title"), table))
                @if further > 0 { p.unit { "+" (further) } }
            }
        }
    }
}

fn row(texts: &Translations, checkpoint: &Json, columns: &[Column], uses: bool) -> Markup {
    let repository = text(&checkpoint["repository"]);
    let path = checkpoint["path"].as_str();
    html! {
        tr {
            th scope="row" {
                span.address {
                    (outside(&checkpoint["url"], Some(repository)))
                    (copy_button(texts, "copy.copy", repository))
                }
                @if let Some(path) = path { small.unit { (path) } }
            }
            @for (_, cell) in columns { td { (cell(texts, checkpoint).unwrap_or_else(|| html! { "–" })) } }
            @if uses { td { (commercial_use(texts, &checkpoint["commercialUse"], &Json::Null)) } }
        }
    }
}
