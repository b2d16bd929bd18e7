//! The list, as it began: foundation models in a table, other models and architectures as points.

mod escape;
mod labels;
mod named;
mod notes;

use std::pin::pin;

use entity::vocabulary::ModelKind;
use entity::vocabulary::SubjectType;
use futures_util::TryStreamExt;
use sea_orm::{ExprTrait, sea_query::Expr};

use crate::db::snapshot::Snapshot;
use crate::domain::architecture::ArchitectureDocument;
use crate::domain::count::Count;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::formats::export::iterate::{ByPosition, load};
use crate::formats::export::markdown::escape::{escape, escape_list_item, point_name};
use crate::formats::export::markdown::labels::Labels;
use crate::formats::export::markdown::named::named;
use crate::formats::export::markdown::notes::{Referenced, notes};
use crate::formats::export::{ChunkWriter, Export, Sink};
use crate::store::scan::scan;

/// The selected models, and the architectures.
pub async fn list<S: Sink>(
    snapshot: &Snapshot,
    export: &Export,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    let words = Labels::of(export.language);
    output.write(format!("# {}\n\n{}\n", words.title, words.subtitle).as_bytes()).await?;
    let mut list = List { snapshot, export, words, output };
    list.models(Some(words.foundation), ModelKind::Foundation, |_| true, Notation::Table).await?;
    // A point has no place for numbers: models that have some stand in a table behind the points.
    let pointed = list.models(Some(words.derived), ModelKind::Derived, is_point, Notation::Points).await?;
    let heading = (!pointed).then_some(words.derived);
    list.models(heading, ModelKind::Derived, |model| !is_point(model), Notation::Table).await?;
    list.architectures().await
}

#[derive(Clone, Copy, PartialEq)]
enum Notation {
    Table,
    Points,
}

struct List<'a, 'b, S> {
    snapshot: &'a Snapshot,
    export: &'a Export,
    words: &'static Labels,
    output: &'a mut ChunkWriter<'b, S>,
}

impl<S: Sink> List<'_, '_, S> {
    /// Writes the models of a kind that `belongs` takes, in a section of its own where there is a heading. Returns whether
    /// there are any.
    async fn models(
        &mut self,
        heading: Option<&str>,
        kind: ModelKind,
        belongs: impl Fn(&ModelDocument) -> bool,
        notation: Notation,
    ) -> Result<bool, S::Error> {
        let condition = self.export.selection.models().add(Expr::col(("model", "kind")).eq(kind.word()));
        let mut walk = ByPosition::new(self.snapshot, condition);
        let mut any = false;
        loop {
            let ids = walk.next().await?;
            if ids.is_empty() {
                return Ok(any);
            }
            let mut models = load(self.snapshot, &ids).await?;
            models.retain(&belongs);
            let mentioned = Referenced::read(self.snapshot, &models).await?;
            for model in &models {
                if !std::mem::replace(&mut any, true) {
                    let heading = heading.map(|heading| format!("\n## {heading}\n")).unwrap_or_default();
                    let head = if notation == Notation::Table { self.head() } else { String::new() };
                    self.output.write(format!("{heading}\n{head}").as_bytes()).await?;
                }
                let notes = notes(model, &mentioned, self.words, self.export.language);
                let text = match notation {
                    Notation::Table => self.row(model, &notes),
                    Notation::Points => self.points(model, &notes),
                };
                self.output.write(text.as_bytes()).await?;
            }
        }
    }

    async fn architectures(&mut self) -> Result<(), S::Error> {
        let chosen = self.export.selection.with_references(SubjectType::Architecture);
        let mut documents = pin!(scan::<ArchitectureDocument, _>(&self.snapshot.transaction, chosen));
        let mut any = false;
        while let Some(ArchitectureDocument { name, links, .. }) = documents.try_next().await? {
            if !std::mem::replace(&mut any, true) {
                self.output.write(format!("\n## {}\n\n", self.words.architectures).as_bytes()).await?;
            }
            let (name, links) = named(&name, &links, point_name);
            let links = links.iter().map(|link| format!(" {}", notes::link(link))).collect::<String>();
            self.output.write(format!("- {}{links}\n", escape_list_item(&name)).as_bytes()).await?;
        }
        Ok(())
    }

    /// The head of a table.
    fn head(&self) -> String {
        let columns = self.words.columns;
        format!("| {} |\n| {} |\n", columns.join(" | "), columns.map(|_| ":---").join(" | "))
    }

    /// A row of a table.
    fn row(&self, model: &ModelDocument, notes: &str) -> String {
        let position = model.position.map(|position| position.to_string()).unwrap_or_default();
        let (name, _) = named(&model.name, &model.links, escape);
        let scale = model.data_scale.as_ref().map(|scale| escape(&scale.text)).unwrap_or_default();
        let date = model.release_date.map(|day| day.to_string()).unwrap_or_default();
        format!("| {position} | {name} | {} | {scale} | {date} | {notes} |\n", self.sizes(&model.sizes))
    }

    /// A point of a list, with points of its own.
    fn points(&self, model: &ModelDocument, notes: &str) -> String {
        let (name, _) = named(&model.name, &model.links, point_name);
        let mut text = format!("- {}\n", escape_list_item(&name));
        for inner in [self.sizes(&model.sizes).as_str(), notes] {
            if !inner.is_empty() {
                text += &format!("  - {}\n", escape_list_item(inner));
            }
        }
        text
    }

    /// The labels of sizes; behind one that does not tell its parameters stand these.
    fn sizes(&self, sizes: &[SizeDocument]) -> String {
        let [comma, before, behind] = self.words.active;
        let size = |size: &SizeDocument| {
            let label = escape(&size.label);
            let told = size.label.split_once("-A").map(|(all, active)| (all.parse().ok(), active.parse().ok()));
            match size.active_parameters {
                Some(_) if told == Some((Some(size.parameters), size.active_parameters)) => label,
                Some(active) if size.label.parse() == Ok(size.parameters) => {
                    format!("{label} ({before}{}{behind})", short(active))
                }
                Some(active) => {
                    format!("{label} ({}{comma}{before}{}{behind})", short(size.parameters), short(active))
                }
                None if size.label.parse() == Ok(size.parameters) => label,
                None => format!("{label} ({})", short(size.parameters)),
            }
        };
        sizes.iter().map(size).collect::<Vec<_>>().join(",")
    }
}

/// Whether a point can say all there is to say of a model.
fn is_point(model: &ModelDocument) -> bool {
    model.position.is_none() && model.data_scale.is_none() && model.release_date.is_none()
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
