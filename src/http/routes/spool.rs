//! The spool file of an export. The export is written to a temporary file as fast as the database delivers it, and the client
//! reads the file at its own speed: a slow client holds disk space, but no snapshot of the database.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use actix_web::web::Bytes;
use futures_util::{Stream, stream};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt},
    sync::{Semaphore, watch},
    time::{Instant, timeout_at},
};

use crate::error::{Error, Result};

/// The largest size of all spool files together, in bytes.
const MAX_SPOOL_BYTES: usize = 1 << 30;
/// The unit in which space is reserved, in bytes.
const BLOCK_BYTES: usize = 64 << 10;
/// How long a client may take to read an export.
const MAX_DOWNLOAD_TIME: Duration = Duration::from_secs(600);

/// The space for spool files. Clones share it.
#[derive(Clone)]
pub struct SpoolSpace(Arc<Semaphore>);

impl Default for SpoolSpace {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MAX_SPOOL_BYTES / BLOCK_BYTES)))
    }
}

/// The space that a spool file takes, until it is dropped.
struct Reservation {
    space: SpoolSpace,
    blocks: AtomicU32,
}

impl Reservation {
    fn grow(&self, bytes: usize) -> Result<()> {
        let blocks = u32::try_from(bytes.div_ceil(BLOCK_BYTES)).unwrap_or(u32::MAX);
        self.space.0.try_acquire_many(blocks).map_err(|_| Error::Overloaded)?.forget();
        self.blocks.fetch_add(blocks, Ordering::Relaxed);
        Ok(())
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.space.0.add_permits(*self.blocks.get_mut() as usize);
    }
}

/// The progress of an export.
#[derive(Clone, Debug)]
struct Progress {
    written: u64,
    /// The result of the export; none while it is written.
    result: Option<Result<()>>,
}

/// The end of a spool file that is written.
pub struct SpoolWriter {
    file: File,
    reservation: Arc<Reservation>,
    progress: watch::Sender<Progress>,
}

/// The end of a spool file that is read.
pub struct SpoolReader {
    file: File,
    read: u64,
    progress: watch::Receiver<Progress>,
    deadline: Instant,
    _reservation: Arc<Reservation>,
}

/// Aborts the transfer of an incomplete export.
#[derive(Debug, thiserror::Error)]
#[error("the export ended early")]
pub struct Aborted;

/// Creates a spool file in the temporary directory. Its space on the disk is freed once both ends are dropped.
///
/// # Errors
/// The file cannot be created.
pub fn create(space: &SpoolSpace) -> Result<(SpoolWriter, SpoolReader)> {
    let (written, read) = open().map_err(Error::internal)?;
    let reservation = Arc::new(Reservation { space: space.clone(), blocks: AtomicU32::new(0) });
    let (sender, progress) = watch::channel(Progress { written: 0, result: None });
    let writer = SpoolWriter { file: written, reservation: Arc::clone(&reservation), progress: sender };
    let deadline = Instant::now() + MAX_DOWNLOAD_TIME;
    Ok((writer, SpoolReader { file: read, read: 0, progress, deadline, _reservation: reservation }))
}

/// Opens a temporary file twice, and removes its name.
fn open() -> io::Result<(File, File)> {
    let file = tempfile::NamedTempFile::new()?;
    Ok((File::from_std(file.reopen()?), File::from_std(file.reopen()?)))
}

impl SpoolWriter {
    /// Returns whether the client has disconnected.
    pub fn is_disconnected(&self) -> bool {
        self.progress.is_closed()
    }

    /// Appends a chunk.
    ///
    /// # Errors
    /// The spool files take too much space, or the disk fails.
    pub async fn append(&mut self, chunk: &[u8]) -> Result<()> {
        self.reservation.grow(chunk.len())?;
        let append = async {
            self.file.write_all(chunk).await?;
            self.file.flush().await
        };
        append.await.map_err(Error::internal)?;
        self.progress.send_modify(|progress| progress.written += chunk.len() as u64);
        Ok(())
    }

    /// Ends the file. The client receives it to the end, or with an error only its part.
    pub fn finish(self, result: Result<()>) {
        self.progress.send_modify(|progress| progress.result = Some(result));
    }
}

impl SpoolReader {
    /// Waits until the file has content.
    ///
    /// # Errors
    /// The export failed before it had content.
    pub async fn started(&mut self) -> Result<()> {
        let progress = self.progress.wait_for(|progress| progress.written > 0 || progress.result.is_some()).await;
        match progress.map_err(Error::internal)?.clone() {
            Progress { written: 0, result: Some(result) } => result,
            _ => Ok(()),
        }
    }

    /// Returns the content as the body of a response. An incomplete export is aborted, so that no client takes a part for the
    /// complete file.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, Aborted>> {
        stream::try_unfold(self, async |mut reader| Ok(reader.next().await?.map(|chunk| (chunk, reader))))
    }

    /// Returns the next part of the content; none at its end.
    async fn next(&mut self) -> Result<Option<Bytes>, Aborted> {
        loop {
            let Progress { written, result } = self.progress.borrow_and_update().clone();
            match (written - self.read, result) {
                (0, Some(Ok(()))) => return Ok(None),
                (0, Some(Err(_))) => return Err(Aborted),
                (0, None) => {
                    let changed = timeout_at(self.deadline, self.progress.changed()).await;
                    changed.map_err(|_| Aborted)?.map_err(|_| Aborted)?;
                }
                _ if Instant::now() >= self.deadline => return Err(Aborted),
                (rest, _) => return self.read_part(rest).await.map(Some).map_err(|_| Aborted),
            }
        }
    }

    async fn read_part(&mut self, rest: u64) -> io::Result<Bytes> {
        let mut part = vec![0; usize::try_from(rest).unwrap_or(BLOCK_BYTES).min(BLOCK_BYTES)];
        self.file.read_exact(&mut part).await?;
        self.read += part.len() as u64;
        Ok(part.into())
    }
}
