//! Exports the catalog as a Markdown list: foundation models in a table, derived models and architectures as list items.

mod escape;
mod labels;
mod linked_name;
mod notes;

use std::pin::pin;

use entity::vocabulary::ModelKind;
use entity::vocabulary::SubjectType;
use futures_util::TryStreamExt;
use sea_orm::{ExprTrait, sea_query::Expr};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::formats::export::iterate::{ByPosition, load};
use crate::formats::export::markdown::escape::{escape, escape_item_name, escape_list_item};
use crate::formats::export::markdown::labels::Labels;
use crate::formats::export::markdown::linked_name::linked_name;
use crate::formats::export::markdown::notes::{Referenced, notes};
use crate::formats::export::{ChunkWriter, Export, Sink};
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::store::scan::scan;

/// Writes the selected models and the architectures.
pub async fn list<S: Sink>(
    snapshot: &SnapshotView,
    export: &Export,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    let labels = Labels::for_language(export.language);
    output.write(format!("# {}\n\n{}\n", labels.title, labels.subtitle).as_bytes()).await?;
    let mut list = List { snapshot, export, labels, output };
    list.models(Some(labels.foundation), Some(ModelKind::Foundation), |_| true, Layout::Table).await?;
    // List items have no position, data scale or date. Models with one of these follow in a table.
    let has_items =
        list.models(Some(labels.derived), Some(ModelKind::Derived), fits_list_item, Layout::ListItems).await?;
    let heading = (!has_items).then_some(labels.derived);
    list.models(heading, Some(ModelKind::Derived), |model| !fits_list_item(model), Layout::Table).await?;
    list.models(Some(labels.of_unknown_kind), None, |_| true, Layout::Table).await?;
    list.architectures().await
}

#[derive(Clone, Copy, PartialEq)]
enum Layout {
    Table,
    ListItems,
}

struct List<'a, 'b, S> {
    snapshot: &'a SnapshotView,
    export: &'a Export,
    labels: &'static Labels,
    output: &'a mut ChunkWriter<'b, S>,
}

impl<S: Sink> List<'_, '_, S> {
    /// Writes the models of a kind, or those of unknown kind, for which `is_included` returns true, below the heading if there is one. Returns whether
    /// any were written.
    async fn models(
        &mut self,
        heading: Option<&str>,
        kind: Option<ModelKind>,
        is_included: impl Fn(&ModelDocument) -> bool,
        layout: Layout,
    ) -> Result<bool, S::Error> {
        let column = Expr::col(("model", "kind"));
        let of_kind = kind.map_or_else(|| column.clone().is_null(), |kind| column.clone().eq(kind.word()));
        let condition = self.export.selection.models().add(of_kind);
        let mut batches = ByPosition::new(self.snapshot, condition);
        let mut has_any = false;
        loop {
            let ids = batches.next().await?;
            if ids.is_empty() {
                return Ok(has_any);
            }
            let mut models = load(self.snapshot, &ids).await?;
            models.retain(&is_included);
            let referenced = Referenced::load(self.snapshot, &models).await?;
            for model in &models {
                if !std::mem::replace(&mut has_any, true) {
                    let heading = heading.map(|heading| format!("\n## {heading}\n")).unwrap_or_default();
                    let head = if layout == Layout::Table { self.table_head() } else { String::new() };
                    self.output.write(format!("{heading}\n{head}").as_bytes()).await?;
                }
                let notes = notes(model, &referenced, self.labels, self.export.language);
                let text = match layout {
                    Layout::Table => self.table_row(model, &notes),
                    Layout::ListItems => self.list_item(model, &notes),
                };
                self.output.write(text.as_bytes()).await?;
            }
        }
    }

    async fn architectures(&mut self) -> Result<(), S::Error> {
        let condition = self.export.selection.with_references(SubjectType::Architecture);
        let mut documents = pin!(scan::<ArchitectureDocument, _>(self.snapshot, condition));
        let mut has_any = false;
        while let Some(ArchitectureDocument { name, links, .. }) = documents.try_next().await? {
            if !std::mem::replace(&mut has_any, true) {
                self.output.write(format!("\n## {}\n\n", self.labels.architectures).as_bytes()).await?;
            }
            let (name, links) = linked_name(&name, &links, escape_item_name);
            let links = links.iter().map(|link| format!(" {}", notes::markdown_link(link))).collect::<String>();
            self.output.write(format!("- {}{links}\n", escape_list_item(&name)).as_bytes()).await?;
        }
        Ok(())
    }

    /// Returns the heading row of a table.
    fn table_head(&self) -> String {
        let columns = self.labels.columns;
        format!("| {} |\n| {} |\n", columns.join(" | "), columns.map(|_| ":---").join(" | "))
    }

    /// Returns a row of a table.
    fn table_row(&self, model: &ModelDocument, notes: &str) -> String {
        let position = model.position.map(|position| position.to_string()).unwrap_or_default();
        let (name, _) = linked_name(&model.name, &model.links, escape);
        let scale = model.data_scale.as_ref().map(|scale| escape(&scale.text)).unwrap_or_default();
        let date = model.release_date.as_ref().map(PartialDate::to_string).unwrap_or_default();
        format!("| {position} | {name} | {} | {scale} | {date} | {notes} |\n", self.sizes(&model.sizes))
    }

    /// Returns a list item with nested items for sizes and notes.
    fn list_item(&self, model: &ModelDocument, notes: &str) -> String {
        let (name, _) = linked_name(&model.name, &model.links, escape_item_name);
        let mut text = format!("- {}\n", escape_list_item(&name));
        for nested in [self.sizes(&model.sizes).as_str(), notes] {
            if !nested.is_empty() {
                text += &format!("  - {}\n", escape_list_item(nested));
            }
        }
        text
    }

    /// Returns the labels of sizes. Parameter counts that differ from the label follow it in brackets.
    fn sizes(&self, sizes: &[SizeDocument]) -> String {
        let [comma, before, after] = self.labels.active;
        let size = |size: &SizeDocument| {
            let label = escape(&size.label);
            let counts_in_label =
                size.label.split_once("-A").map(|(total, active)| (total.parse().ok(), active.parse().ok()));
            match size.active_parameters {
                Some(_) if counts_in_label == Some((Some(size.parameters), size.active_parameters)) => label,
                Some(active) if size.label.parse() == Ok(size.parameters) => {
                    format!("{label} ({before}{}{after})", short_count(active))
                }
                Some(active) => {
                    format!("{label} ({}{comma}{before}{}{after})", short_count(size.parameters), short_count(active))
                }
                None if size.label.parse() == Ok(size.parameters) => label,
                None => format!("{label} ({})", short_count(size.parameters)),
            }
        };
        sizes.iter().map(size).collect::<Vec<_>>().join(",")
    }
}

/// Whether a list item can state all facts of a model.
fn fits_list_item(model: &ModelDocument) -> bool {
    model.position.is_none() && model.data_scale.is_none() && model.release_date.is_none()
}

/// Returns a number in its shortest exact notation, such as `1.4T`.
fn short_count(count: Count) -> String {
    for (unit, letter) in [(1_000_000_000_000, 'T'), (1_000_000_000, 'B'), (1_000_000, 'M'), (1000, 'K')] {
        let (whole, rest) = (count.get() / unit, count.get() % unit);
        if whole > 0 && rest * 1000 % unit == 0 {
            let text = format!("{whole}.{:03}", rest * 1000 / unit);
            return format!("{}{letter}", text.trim_end_matches('0').trim_end_matches('.'));
        }
    }
    count.to_string()
}
