//! Exports documents as JSON: a whole catalog in one object, or one document per line.

use std::{marker::PhantomData, pin::pin};

use entity::vocabulary::SubjectType;
use futures_util::TryStreamExt;
use serde::Serialize;

use crate::db::snapshot::Snapshot;
use crate::domain::subject::with_document;
use crate::error::Error;
use crate::formats::export::iterate::Topological;
use crate::formats::export::selection::Selection;
use crate::formats::export::{ChunkWriter, Sink};
use crate::store::documents::{Persist, base};
use crate::store::scan::scan;

/// Writes `{"revision":…,"organizations":[…],…,"models":[…]}`, with one line per document.
pub async fn catalog<S: Sink>(
    snapshot: &Snapshot,
    selection: &Selection,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    output.write(format!("{{\"revision\":{}", snapshot.revision).as_bytes()).await?;
    documents(snapshot, selection, output, Notation::Catalog).await?;
    output.write(b"}\n").await
}

/// Writes one document per line, with its type before its fields. Each document refers only to documents on earlier lines.
pub async fn lines<S: Sink>(
    snapshot: &Snapshot,
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
    snapshot: &Snapshot,
    selection: &Selection,
    output: &mut ChunkWriter<'_, S>,
    notation: Notation,
) -> Result<(), S::Error> {
    for subject in SubjectType::referenced_first() {
        with_document!(subject, D => of_type::<D, _>(snapshot, selection, output, notation).await?);
    }
    Ok(())
}

async fn of_type<D: Persist, S: Sink>(
    snapshot: &Snapshot,
    selection: &Selection,
    output: &mut ChunkWriter<'_, S>,
    notation: Notation,
) -> Result<(), S::Error> {
    let mut list = List::<D, S>::begin(output, notation).await?;
    let condition = selection.with_references(D::SUBJECT);
    if let Some(base) = base::column(D::SUBJECT) {
        let mut subjects = Topological::new(snapshot, base, condition);
        loop {
            let ids = subjects.next().await?;
            if ids.is_empty() {
                return list.end().await;
            }
            for document in D::load(&snapshot.transaction, &ids).await? {
                list.write(&document).await?;
            }
        }
    }
    let mut documents = pin!(scan::<D, _>(&snapshot.transaction, condition));
    while let Some(document) = documents.try_next().await? {
        list.write(&document).await?;
    }
    list.end().await
}

/// The documents of one type.
struct List<'a, 'b, D, S> {
    output: &'a mut ChunkWriter<'b, S>,
    notation: Notation,
    first: bool,
    documents: PhantomData<D>,
}

impl<'a, 'b, D: Persist, S: Sink> List<'a, 'b, D, S> {
    async fn begin(output: &'a mut ChunkWriter<'b, S>, notation: Notation) -> Result<Self, S::Error> {
        if notation == Notation::Catalog {
            output.write(format!(",\n\"{}\":[", D::SUBJECT.plural()).as_bytes()).await?;
        }
        Ok(Self { output, notation, first: true, documents: PhantomData })
    }

    async fn write(&mut self, document: &D) -> Result<(), S::Error> {
        let (before, text, after) = match self.notation {
            Notation::Catalog if self.first => ("\n", serde_json::to_vec(document), ""),
            Notation::Catalog => (",\n", serde_json::to_vec(document), ""),
            Notation::Lines => ("", serde_json::to_vec(&Line { r#type: D::SUBJECT.name(), document }), "\n"),
        };
        self.first = false;
        let text = text.map_err(Error::internal)?;
        for part in [before.as_bytes(), &text, after.as_bytes()] {
            self.output.write(part).await?;
        }
        Ok(())
    }

    async fn end(self) -> Result<(), S::Error> {
        if self.notation == Notation::Catalog { self.output.write(b"]").await } else { Ok(()) }
    }
}
