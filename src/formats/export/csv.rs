//! Models as a table: a row for each size, for spreadsheets and notebooks.

use csv::{Terminator, Writer, WriterBuilder};

use crate::db::snapshot::Snapshot;
use crate::domain::count::Count;
use crate::domain::link::LinkDocument;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::slug::Slug;
use crate::error::{Error, Result};
use crate::formats::export::iterate::{ByPosition, load};
use crate::formats::export::selection::Selection;
use crate::formats::export::{ChunkWriter, Sink};

/// The columns.
const HEADER: [&str; 22] = [
    "slug",
    "name",
    "aliases",
    "kind",
    "position",
    "organizations",
    "license",
    "commercial_use",
    "release_date",
    "size",
    "parameters",
    "active_parameters",
    "training_tokens",
    "size_license",
    "data_scale",
    "datasets",
    "architecture",
    "base_model",
    "summary_zh",
    "summary_en",
    "training_flops",
    "links",
];

/// Without it spreadsheets take UTF-8 for something else and show no Chinese.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The selected models, in the order of the list.
pub async fn table<S: Sink>(
    snapshot: &Snapshot,
    selection: &Selection,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    output.write(BYTE_ORDER_MARK.as_bytes()).await?;
    output.write(&rows([HEADER.map(str::to_owned)])?).await?;
    let mut models = ByPosition::new(snapshot, selection.models());
    loop {
        let ids = models.next().await?;
        if ids.is_empty() {
            return Ok(());
        }
        for model in load(snapshot, &ids).await? {
            let sizes = model.sizes.iter().map(|size| row(&model, Some(size)));
            let whole = model.sizes.is_empty().then(|| row(&model, None));
            output.write(&rows(sizes.chain(whole))?).await?;
        }
    }
}

fn rows(rows: impl IntoIterator<Item = [String; HEADER.len()]>) -> Result<Vec<u8>> {
    let mut writer: Writer<Vec<u8>> = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(escape_formula)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.into_error()))
}

fn row(model: &ModelDocument, size: Option<&SizeDocument>) -> [String; HEADER.len()] {
    let count = |count: Option<Count>| count.map(|count| count.to_string()).unwrap_or_default();
    let slug = |slug: &Option<Slug>| slug.as_ref().map(Slug::to_string).unwrap_or_default();
    [
        model.slug.to_string(),
        model.name.clone(),
        model.aliases.iter().map(|alias| element(alias)).collect::<Vec<_>>().join(LIST_SEPARATOR),
        model.kind.word().to_owned(),
        model.position.map(|position| position.to_string()).unwrap_or_default(),
        slugs(&model.organizations),
        slug(&model.license),
        model.commercial_use.map(|word| word.word().to_owned()).unwrap_or_default(),
        model.release_date.map(|day| day.to_string()).unwrap_or_default(),
        size.map(|size| size.label.clone()).unwrap_or_default(),
        count(size.map(|size| size.parameters)),
        count(size.and_then(|size| size.active_parameters)),
        count(size.and_then(|size| size.training_tokens)),
        size.map(|size| slug(&size.license)).unwrap_or_default(),
        model.data_scale.as_ref().map(|scale| scale.text.clone()).unwrap_or_default(),
        slugs(&model.datasets),
        slug(&model.architecture),
        slug(&model.base_model),
        model.summary.zh.clone().unwrap_or_default(),
        model.summary.en.clone().unwrap_or_default(),
        model.training_flops.map(|flops| serde_json::json!(flops).to_string()).unwrap_or_default(),
        model.links.iter().map(link).collect::<Vec<_>>().join(LIST_SEPARATOR),
    ]
}

/// What stands between the elements of a list.
const LIST_SEPARATOR: &str = "; ";

fn slugs(slugs: &[Slug]) -> String {
    slugs.iter().map(Slug::as_str).collect::<Vec<_>>().join(LIST_SEPARATOR)
}

/// An element of a list: in quote marks where it would be taken for several, or for one in quote marks.
fn element(text: &str) -> String {
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

/// A cell that no spreadsheet takes for a formula.
fn escape_formula(cell: String) -> String {
    // What begins so behind quote marks of its own gets one more, so that one can be taken away again.
    if cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
