//! Exports documents as JSON: a whole catalog in one object, or one document per line.

use std::pin::pin;

use entity::vocabulary::SubjectType;
use futures_util::TryStreamExt;
use serde::Serialize;
use serde_json::json;

use crate::domain::subject::with_document;
use crate::error::Error;
use crate::formats::export::iterate::Topological;
use crate::formats::export::selection::Selection;
use crate::formats::export::{ChunkWriter, Origin, Sink};
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::store::documents::{Persist, base};
use crate::store::reassess::EarlierSlugs;
use crate::store::scan::scan;

/// Writes `{"revision":…,"organizations":[…],…,"models":[…]}`, with one line per document.
pub(super) async fn catalog<S: Sink>(
    snapshot: &SnapshotView,
    selection: &Selection,
    origin: Option<&Origin>,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    output.write(&begin_object(snapshot.revision, origin)).await?;
    documents(snapshot, selection, output, Notation::Catalog).await?;
    output.write(b"}\n").await
}

/// Writes one document per line, with its type before its fields. Each document refers only to documents on earlier lines.
pub(super) async fn lines<S: Sink>(
    snapshot: &SnapshotView,
    selection: &Selection,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    documents(snapshot, selection, output, Notation::Lines).await
}

#[derive(Clone, Copy, PartialEq)]
enum Notation {
    Catalog,
    Lines,
}

#[derive(Serialize)]
struct Line<'a, D> {
    r#type: &'static str,
    #[serde(flatten)]
    document: &'a D,
}

async fn documents<S: Sink>(
    snapshot: &SnapshotView,
    selection: &Selection,
    output: &mut ChunkWriter<'_, S>,
    notation: Notation,
) -> Result<(), S::Error> {
    let slugs = earlier_slugs(snapshot).await?;
    for subject in SubjectType::referenced_first() {
        with_document!(subject, D => of_type::<D, _>(snapshot, selection, &slugs, output, notation).await?);
    }
    Ok(())
}

/// Returns the slugs that subjects had in an earlier state, for the evidence of its documents.
///
/// # Errors
/// The database fails.
pub async fn earlier_slugs(snapshot: &SnapshotView) -> Result<EarlierSlugs, Error> {
    if snapshot.is_earlier() {
        return EarlierSlugs::read(snapshot.latest(), snapshot.revision).await;
    }
    Ok(EarlierSlugs::default())
}

async fn of_type<D: Persist, S: Sink>(
    snapshot: &SnapshotView,
    selection: &Selection,
    slugs: &EarlierSlugs,
    output: &mut ChunkWriter<'_, S>,
    notation: Notation,
) -> Result<(), S::Error> {
    let mut list = List::default();
    if notation == Notation::Catalog {
        list.begin(D::SUBJECT.plural(), output).await?;
    }
    let condition = selection.with_references(D::SUBJECT);
    if let Some(base) = base::column(D::SUBJECT) {
        let mut subjects = Topological::new(snapshot, base, condition);
        loop {
            let ids = subjects.next().await?;
            if ids.is_empty() {
                break;
            }
            for mut document in D::load(snapshot, &ids).await? {
                slugs.restore(&mut document);
                write(&document, &mut list, output, notation).await?;
            }
        }
    } else {
        let mut documents = pin!(scan::<D, _>(snapshot, condition));
        while let Some(mut document) = documents.try_next().await? {
            slugs.restore(&mut document);
            write(&document, &mut list, output, notation).await?;
        }
    }
    if notation == Notation::Catalog { list.end(output).await } else { Ok(()) }
}

async fn write<D: Persist, S: Sink>(
    document: &D,
    list: &mut List,
    output: &mut ChunkWriter<'_, S>,
    notation: Notation,
) -> Result<(), S::Error> {
    match notation {
        Notation::Catalog => list.write(&serde_json::to_vec(document).map_err(Error::internal)?, output).await,
        Notation::Lines => {
            let line = serde_json::to_vec(&Line { r#type: D::SUBJECT.name(), document }).map_err(Error::internal)?;
            output.write(&line).await?;
            output.write(b"\n").await
        }
    }
}

/// Returns the document of one subject, as the export of a catalog with no other.
///
/// # Errors
/// It cannot be written as JSON.
pub fn one<D: Persist>(document: &D, revision: i32, origin: Option<&Origin>) -> Result<Vec<u8>, Error> {
    let mut text = begin_object(revision, origin);
    text.extend(format!(",\n\"{}\":[\n", D::SUBJECT.plural()).bytes());
    serde_json::to_writer(&mut text, document).map_err(Error::internal)?;
    text.extend(b"]}\n");
    Ok(text)
}

/// Returns the beginning of the object of an export, with its revision and the license of the data.
pub fn begin_object(revision: i32, origin: Option<&Origin>) -> Vec<u8> {
    let license = origin.and_then(|origin| origin.license.as_ref());
    let license = license.map_or_else(String::new, |license| format!(",\"license\":{}", json!(license.as_str())));
    format!("{{\"revision\":{revision}{license}").into_bytes()
}

/// A list in the object of an export.
#[derive(Debug, Default)]
pub struct List {
    has_elements: bool,
}

impl List {
    /// Begins the list with a name, after another field.
    pub(super) async fn begin<S: Sink>(&self, name: &str, output: &mut ChunkWriter<'_, S>) -> Result<(), S::Error> {
        output.write(format!(",\n\"{name}\":[").as_bytes()).await
    }

    /// Writes an element.
    pub(super) async fn write<S: Sink>(
        &mut self,
        element: &[u8],
        output: &mut ChunkWriter<'_, S>,
    ) -> Result<(), S::Error> {
        let separator = if std::mem::replace(&mut self.has_elements, true) { ",\n" } else { "\n" };
        output.write(separator.as_bytes()).await?;
        output.write(element).await
    }

    /// Ends the list.
    pub(super) async fn end<S: Sink>(&self, output: &mut ChunkWriter<'_, S>) -> Result<(), S::Error> {
        output.write(b"]").await
    }
}
