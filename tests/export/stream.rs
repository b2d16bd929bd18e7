//! The memory of an export does not grow with the catalog, and an export reads one snapshot.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::db::snapshot::Snapshot;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::error::Error;
use open_llm_catalog::formats::export::format::ExportFormat;
use open_llm_catalog::formats::export::{Export, Sink};
use open_llm_catalog::query::as_of::snapshot_view::SnapshotView;
use serde_json::json;

use super::{download::many, save};
use crate::{
    support::{App, POOL},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: exports_stream_in_small_chunks_with_few_statements, an_export_reads_one_snapshot]
}

/// Stores the text, and the sizes of the chunks.
#[derive(Default)]
struct Buffer {
    text: Vec<u8>,
    largest: usize,
    chunks: usize,
}

impl Sink for Buffer {
    type Error = Error;

    async fn write_chunk(&mut self, chunk: Vec<u8>) -> Result<(), Error> {
        self.largest = self.largest.max(chunk.capacity());
        self.chunks += 1;
        self.text.extend(chunk);
        Ok(())
    }
}

const FORMATS: [ExportFormat; 4] =
    [ExportFormat::Json, ExportFormat::Ndjson, ExportFormat::Csv, ExportFormat::Markdown];

async fn exports_stream_in_small_chunks_with_few_statements(app: App) {
    save::<ModelDocument>(&app, many(4000)).await;
    let mut database = Database::connect(&app.url.parse().expect("a URL"), POOL).await.expect("it is there");
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    database.on_read(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    for format in FORMATS {
        sent.store(0, Ordering::Relaxed);
        let snapshot = SnapshotView::from(Snapshot::take(&database).await.expect("it is there"));
        let mut kept = Buffer::default();
        let export = Export { format, ..Export::default() };
        export.write(&snapshot, &mut kept).await.expect("it can be written");
        assert!(kept.text.len() > 1_500_000, "{format:?}: {} bytes", kept.text.len());
        assert!(kept.largest <= 256 << 10, "{format:?}: a chunk of {} bytes", kept.largest);
        assert!(kept.chunks >= kept.text.len() / (128 << 10), "{format:?}: {} chunks", kept.chunks);
        let statements = sent.load(Ordering::Relaxed);
        // 21 batches of models with their related rows, evidence and bases among them.
        assert!(statements <= 21 * 20 + 40, "{format:?}: {statements} statements");
    }
    database.close().await.expect("it can be closed");
}

async fn an_export_reads_one_snapshot(app: App) {
    for format in FORMATS {
        let snapshot = SnapshotView::from(Snapshot::take(&app.database).await.expect("it is there"));
        let export = Export { format, ..Export::default() };
        let mut before = Buffer::default();
        export.write(&snapshot, &mut before).await.expect("it can be written");
        let slug = format!("new-{format:?}").to_lowercase();
        save::<ModelDocument>(&app, json!([{ "slug": slug, "name": "Neu", "kind": "DERIVED" }])).await;
        let mut after = Buffer::default();
        export.write(&snapshot, &mut after).await.expect("it can be written");
        assert!(before.text == after.text, "{format:?} changed while it was read");
        drop(snapshot);
        let now = SnapshotView::from(Snapshot::take(&app.database).await.expect("it is there"));
        let mut later = Buffer::default();
        export.write(&now, &mut later).await.expect("it can be written");
        assert!(String::from_utf8_lossy(&later.text).contains("Neu"), "{format:?}");
    }
}
