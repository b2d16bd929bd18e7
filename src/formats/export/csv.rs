//! Exports models as a CSV table with a row for each size, for spreadsheets and notebooks.

use csv::{Terminator, Writer, WriterBuilder};
use entity::vocabulary::CommercialUse;
use serde::Serialize;

use crate::domain::document::SubjectDocument;
use crate::domain::facts::Facts;
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkDocument;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::slug::Slug;
use crate::error::{Error, Result};
use crate::formats::csv_formula::FORMULA_STARTS;
use crate::formats::export::iterate::{ByPosition, load, load_by_slug};
use crate::formats::export::selection::Selection;
use crate::formats::export::tables::columns::{Column as TypedColumn, ColumnKind, ValuePath};
use crate::formats::export::{ChunkWriter, Sink};
use crate::query::as_of::snapshot_view::SnapshotView;

/// A column: its heading and its contents.
type Column = (&'static str, Contents);

/// The contents of a column.
#[derive(Clone, Copy)]
enum Contents {
    /// A field of the model.
    Model(fn(&ModelDocument) -> String),
    /// A field of the size. Empty in the row of a model without sizes.
    Size(fn(&SizeDocument) -> String),
    /// Whether commercial use is permitted: of the size, or of the model in the row of a model without sizes.
    CommercialUse,
    /// A fact of the model, by its name.
    ModelFact(&'static str),
    /// A fact of the size, by its name.
    SizeFact(&'static str),
    /// The license that applies to the size, or to a model without sizes.
    EffectiveLicense,
}

/// The columns in their order. Facts that are not among them follow at the end.
const COLUMNS: [Column; 32] = [
    ("slug", Contents::Model(|model| model.slug.to_string())),
    ("name", Contents::Model(|model| model.name.clone())),
    ("aliases", Contents::Model(|model| join(model.aliases.iter().map(|alias| element(alias))))),
    ("kind", Contents::ModelFact("kind")),
    ("position", Contents::ModelFact("position")),
    ("organizations", Contents::Model(|model| slugs(&model.organizations))),
    ("license", Contents::Model(|model| slug(model.license.as_ref()))),
    ("commercial_use", Contents::CommercialUse),
    ("stated_commercial_use", Contents::ModelFact("commercialUse")),
    ("release_date", Contents::ModelFact("releaseDate")),
    ("size", Contents::Size(|size| size.label.clone())),
    ("parameters", Contents::SizeFact("parameters")),
    ("active_parameters", Contents::SizeFact("activeParameters")),
    ("training_tokens", Contents::SizeFact("trainingTokens")),
    ("size_license", Contents::Size(|size| slug(size.license.as_ref()))),
    ("size_commercial_use", Contents::SizeFact("commercialUse")),
    ("size_release_date", Contents::SizeFact("releaseDate")),
    (
        "data_scale",
        Contents::Model(|model| model.data_scale.as_ref().map(|scale| scale.text.clone()).unwrap_or_default()),
    ),
    ("datasets", Contents::Model(|model| join(model.datasets.iter().map(|data| data.dataset.to_string())))),
    ("architecture", Contents::Model(|model| slug(model.architecture.as_ref()))),
    ("base_model", Contents::Model(|model| slug(model.bases().first().map(|base| &base.model)))),
    ("summary_zh", Contents::Model(|model| model.summary.zh.clone().unwrap_or_default())),
    ("summary_en", Contents::Model(|model| model.summary.en.clone().unwrap_or_default())),
    ("training_flops", Contents::ModelFact("trainingFlops")),
    ("links", Contents::Model(|model| join(model.links.iter().map(link)))),
    ("languages", Contents::Model(|model| model.languages.join(LIST_SEPARATOR))),
    ("purposes", Contents::Model(|model| model.purposes.join(LIST_SEPARATOR))),
    ("size_context_length", Contents::SizeFact("contextLength")),
    ("size_extended_context_length", Contents::SizeFact("extendedContextLength")),
    ("size_status", Contents::SizeFact("status")),
    ("size_knowledge_cutoff", Contents::SizeFact("knowledgeCutoff")),
    ("size_modalities", Contents::SizeFact("modalities")),
];

/// Returns all columns: [`COLUMNS`], then the other facts of models and sizes.
fn columns() -> Vec<Column> {
    // New columns come last: programs may read the others by their place.
    let cache_layers = ("size_cache_layers", Contents::Size(|size| json_cell(&size.cache_layers)));
    let last = [cache_layers, ("effective_license", Contents::EffectiveLicense)];
    let facts = ModelDocument::FACTS.iter().map(|fact| (fact.column, Contents::ModelFact(fact.name)));
    let facts = facts.chain(SizeDocument::FACTS.iter().map(|fact| (fact.column, Contents::SizeFact(fact.name))));
    let is_placed = |contents: &Contents| {
        COLUMNS.iter().any(|(_, placed)| match (placed, contents) {
            (Contents::ModelFact(one), Contents::ModelFact(other)) => one == other,
            (Contents::SizeFact(one), Contents::SizeFact(other)) => one == other,
            _ => false,
        })
    };
    COLUMNS.into_iter().chain(facts.filter(|(_, contents)| !is_placed(contents))).chain(last).collect()
}

/// Returns the columns with the types and descriptions of the facts among them.
pub fn typed_columns() -> Vec<TypedColumn> {
    let typed = columns().into_iter().map(|(name, contents)| {
        let fact = match contents {
            Contents::ModelFact(name) => ModelDocument::FACTS.iter().find(|fact| fact.name == name),
            Contents::SizeFact(name) => SizeDocument::FACTS.iter().find(|fact| fact.name == name),
            _ => None,
        };
        let (kind, description) = fact.map_or((ColumnKind::Text, String::new()), TypedColumn::of_fact);
        TypedColumn { name: name.to_owned(), kind, description, place: ValuePath::Row }
    });
    typed.collect()
}

/// The byte order mark. Without it spreadsheet programs do not detect UTF-8.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes the selected models, in the order of the list.
pub(super) async fn table<S: Sink>(
    snapshot: &SnapshotView,
    selection: &Selection,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    output.write(BYTE_ORDER_MARK.as_bytes()).await?;
    output.write(&write_rows([columns().iter().map(|(heading, _)| (*heading).to_owned()).collect()])?).await?;
    for_each_model(snapshot, selection, async |rows| output.write(&write_rows(rows)?).await).await
}

/// Passes the rows of each selected model to a function, in the order of the list. A cell is a text; empty if it is unknown.
pub(super) async fn for_each_model<E: From<Error>>(
    snapshot: &SnapshotView,
    selection: &Selection,
    mut write: impl AsyncFnMut(Vec<Vec<String>>) -> Result<(), E>,
) -> Result<(), E> {
    let columns = columns();
    let mut models = ByPosition::new(snapshot, selection.models());
    loop {
        let ids = models.next().await?;
        if ids.is_empty() {
            return Ok(());
        }
        let models = load(snapshot, &ids).await?;
        let licenses = models.iter().flat_map(ModelDocument::licenses);
        let licenses = load_by_slug::<LicenseDocument>(snapshot, licenses).await?;
        for model in &models {
            let (model_use, size_uses) = model
                .effective_uses(|slug| licenses.get(slug).map_or(CommercialUse::Unknown, |found| found.commercial_use));
            let sizes = model.sizes.iter().zip(size_uses);
            let sizes = sizes.map(|(size, commercial_use)| row(&columns, model, Some(size), commercial_use));
            let without_sizes = model.sizes.is_empty().then(|| row(&columns, model, None, model_use));
            write(sizes.chain(without_sizes).collect()).await?;
        }
    }
}

/// Writes rows as CSV. A cell that a spreadsheet program would evaluate as a formula begins with an apostrophe.
///
/// # Errors
/// A row cannot be written to memory.
pub fn write_rows(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut writer: Writer<Vec<u8>> = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.into_iter().map(escape_formula)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.into_error()))
}

/// Returns the row of a size, or of a model without sizes.
fn row(
    columns: &[Column],
    model: &ModelDocument,
    size: Option<&SizeDocument>,
    commercial_use: CommercialUse,
) -> Vec<String> {
    let (mut model_facts, mut size_facts) = (model.cells(), size.map(SizeDocument::cells).unwrap_or_default());
    let cells = columns.iter().map(|(_, contents)| match contents {
        Contents::Model(text) => text(model),
        Contents::Size(text) => size.map(text).unwrap_or_default(),
        Contents::CommercialUse => commercial_use.word().to_owned(),
        Contents::ModelFact(name) => take_fact::<ModelDocument>(&mut model_facts, name),
        Contents::SizeFact(name) => take_fact::<SizeDocument>(&mut size_facts, name),
        Contents::EffectiveLicense => slug(size.and_then(|size| size.license.as_ref()).or(model.license.as_ref())),
    });
    cells.collect()
}

/// Takes the text of a fact out of the cells of a document. Empty if it is unknown.
fn take_fact<D: Facts>(cells: &mut [Option<String>], name: &str) -> String {
    let index = D::FACTS.iter().position(|fact| fact.name == name);
    index.and_then(|index| cells.get_mut(index)?.take()).unwrap_or_default()
}

fn slug(slug: Option<&Slug>) -> String {
    slug.map(Slug::to_string).unwrap_or_default()
}

fn join(elements: impl Iterator<Item = String>) -> String {
    elements.collect::<Vec<_>>().join(LIST_SEPARATOR)
}

/// Returns a list as JSON, as documents have it. Empty for an empty list.
fn json_cell<T: Serialize>(list: &[T]) -> String {
    if list.is_empty() { String::new() } else { serde_json::json!(list).to_string() }
}

/// The separator of the elements of a list.
pub(super) const LIST_SEPARATOR: &str = "; ";

fn slugs(slugs: &[Slug]) -> String {
    join(slugs.iter().map(Slug::to_string))
}

/// Returns an element of a list, quoted if it has a separator or begins with a quotation mark.
pub(super) fn element(text: &str) -> String {
    if text.starts_with('"') || text.contains([';', '；']) { quoted(text) } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn link(LinkDocument { kind, title, url }: &LinkDocument) -> String {
    match title {
        Some(title) if title.contains(['"', '<', '>', ';']) => format!("{} {} <{url}>", kind.word(), quoted(title)),
        Some(title) => format!("{} {title} <{url}>", kind.word()),
        None => format!("{} <{url}>", kind.word()),
    }
}

/// Escapes a cell that a spreadsheet program would evaluate as a formula.
fn escape_formula(cell: String) -> String {
    // A cell with apostrophes before such a character gets one more, so that the import can remove one.
    if cell.trim_start_matches('\'').starts_with(FORMULA_STARTS) { format!("'{cell}") } else { cell }
}
