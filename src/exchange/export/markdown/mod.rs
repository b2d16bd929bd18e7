//! The list, as it began: foundation models in a table, other models and architectures as points.

mod notes;
mod text;
mod words;

use std::pin::pin;

use entity::vocabulary::{LinkKind, ModelKind};
use futures_util::TryStreamExt;
use sea_orm::{ExprTrait, sea_query::Expr};

use super::{
    Export, Output, Sink,
    walk::{ByPosition, load},
};
use crate::catalog::{
    architecture::ArchitectureDocument,
    count::Count,
    every::every_of,
    link::LinkDocument,
    model::{ModelDocument, SizeDocument},
    snapshot::Snapshot,
};
use notes::{Mentioned, notes};
use text::{destination, escape, point};
use words::Words;

/// The selected models, and the architectures.
pub async fn list<S: Sink>(snapshot: &Snapshot, export: &Export, output: &mut Output<'_, S>) -> Result<(), S::Error> {
    let words = Words::of(export.language);
    output.write(format!("# {}\n\n{}\n", words.title, words.subtitle).as_bytes()).await?;
    for kind in [ModelKind::Foundation, ModelKind::Derived] {
        let condition = export.selection.models().add(Expr::col(("model", "kind")).eq(kind.word()));
        let mut models = ByPosition::new(snapshot, condition);
        let mut first = true;
        loop {
            let ids = models.next().await?;
            if ids.is_empty() {
                break;
            }
            let models = load(snapshot, &ids).await?;
            let mentioned = Mentioned::read(snapshot, &models).await?;
            for model in &models {
                let notes = notes(model, &mentioned, words, export.language);
                let text =
                    if kind == ModelKind::Foundation { row(model, &notes) } else { points(model, &notes, words) };
                if std::mem::take(&mut first) {
                    output.write(head(kind, words).as_bytes()).await?;
                }
                output.write(text.as_bytes()).await?;
            }
        }
    }
    let chosen = export.selection.closure("architecture");
    let mut architectures = pin!(every_of::<ArchitectureDocument, _>(&snapshot.transaction, chosen));
    let mut first = true;
    while let Some(architecture) = architectures.try_next().await? {
        if std::mem::take(&mut first) {
            output.write(format!("\n## {}\n\n", words.architectures).as_bytes()).await?;
        }
        let (name, links) = named(&architecture.name, &architecture.links);
        let links = links.iter().map(|link| format!(" {}", notes::link(link, words))).collect::<String>();
        output.write(format!("- {}{links}\n", point(&name)).as_bytes()).await?;
    }
    Ok(())
}

/// A section's heading, and the head of its table.
fn head(kind: ModelKind, words: &Words) -> String {
    match kind {
        ModelKind::Foundation => {
            let columns = words.columns.join(" | ");
            let rule = words.columns.map(|_| ":---").join(" | ");
            format!("\n## {}\n\n| {columns} |\n| {rule} |\n", words.foundation)
        }
        ModelKind::Derived => format!("\n## {}\n\n", words.derived),
    }
}

/// A row of the table.
fn row(model: &ModelDocument, notes: &str) -> String {
    let position = model.position.map(|position| position.to_string()).unwrap_or_default();
    let (name, _) = named(&model.name, &model.links);
    let date = model.release_date.map(|day| day.to_string()).unwrap_or_default();
    format!("| {position} | {name} | {} | {} | {date} | {notes} |\n", sizes(&model.sizes), scale(model))
}

/// A point of a list, with points of its own.
fn points(model: &ModelDocument, notes: &str, words: &Words) -> String {
    let (name, _) = named(&model.name, &model.links);
    let mut text = format!("- {}\n", point(&name));
    if !model.sizes.is_empty() {
        text += &format!("  - {}\n", point(&sizes(&model.sizes)));
    }
    let date = model.release_date.map(|day| day.to_string()).unwrap_or_default();
    let position = model.position.map(|position| position.to_string()).unwrap_or_default();
    let [place, _, _, data, released, said] = words.columns;
    for (label, value) in [(place, position.as_str()), (data, &scale(model)), (released, &date), (said, notes)] {
        if !value.is_empty() {
            text += &format!("  - {label}{}{value}\n", words.colon);
        }
    }
    text
}

fn scale(model: &ModelDocument) -> String {
    model.data_scale.as_ref().map(|scale| escape(&scale.text)).unwrap_or_default()
}

/// The labels of sizes; behind one that does not tell the number of parameters itself stands that number.
fn sizes(sizes: &[SizeDocument]) -> String {
    let sizes = sizes.iter().map(|size| {
        let label = escape(&size.label);
        if size.label.parse() == Ok(size.parameters) { label } else { format!("{label} ({})", short(size.parameters)) }
    });
    sizes.collect::<Vec<_>>().join(",")
}

/// An amount in its shortest notation.
fn short(count: Count) -> String {
    for (unit, letter) in [(1_000_000_000_000, 'T'), (1_000_000_000, 'B'), (1_000_000, 'M'), (1000, 'K')] {
        let (whole, rest) = (count.get() / unit, count.get() % unit);
        if whole > 0 && rest * 1000 % unit == 0 {
            let text = format!("{whole}.{:03}", rest * 1000 / unit);
            return format!("{}{letter}", text.trim_end_matches('0').trim_end_matches('.'));
        }
    }
    count.to_string()
}

/// A name that leads where its own link leads, and the links besides.
fn named<'a>(name: &str, links: &'a [LinkDocument]) -> (String, &'a [LinkDocument]) {
    match links.split_first() {
        Some((link, rest)) if is_own(link) => match destination(&link.url) {
            Some(url) => (format!("[{}]({url})", escape(name)), rest),
            None => (escape(name), links),
        },
        _ => (escape(name), links),
    }
}

/// Whether a link can be put on the name itself: the list does so with its own pages and with repositories.
fn is_own(link: &LinkDocument) -> bool {
    let absolute = url::Url::parse(&link.url).is_ok();
    link.title.is_none() && link.kind == if absolute { LinkKind::Repository } else { LinkKind::Details }
}
