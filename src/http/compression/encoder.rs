//! Compression of complete bodies, and of streams piece by piece.

use std::io::{self, Write};

use actix_web::web::{self, Bytes};
use flate2::{Compression, write::GzEncoder};
use tokio::sync::Semaphore;

use crate::http::compression::encoding::ContentEncoding;

/// A shorter body is not compressed: its headers are as long.
pub const MIN_BODY_BYTES: usize = 1024;
/// A longer body is compressed on a thread for blocking work, so that other requests do not wait for it.
const MAX_INLINE_BYTES: usize = 64 << 10;
/// Limits the memory of encoders: at most this many longer bodies are compressed at once, and others wait.
static LARGE_BODIES: Semaphore = Semaphore::const_new(4);

/// docs/decisions/0058-compressed-responses.md has the figures of these levels.
const BROTLI_QUALITY: u32 = 5;
/// The base-two logarithm of the window of Brotli: 256 kB.
const BROTLI_WINDOW: u32 = 18;
const ZSTD_LEVEL: i32 = 3;
const GZIP_LEVEL: u32 = 6;
/// The buffer between Brotli and its output.
const BUFFER_BYTES: usize = 4096;

/// Compresses a body. Returns `None` if it is too short, or does not become shorter.
pub async fn compress(encoding: ContentEncoding, body: Bytes) -> Option<Bytes> {
    let length = body.len();
    let compressed = match length {
        0..MIN_BODY_BYTES => return None,
        MIN_BODY_BYTES..MAX_INLINE_BYTES => compress_now(encoding, &body),
        _ => {
            let _permit = LARGE_BODIES.acquire().await.ok()?;
            web::block(move || compress_now(encoding, &body)).await.ok()?
        }
    };
    compressed.filter(|compressed| compressed.len() < length)
}

/// Compresses a body on this thread.
pub fn compress_now(encoding: ContentEncoding, body: &[u8]) -> Option<Bytes> {
    let mut encoder = Encoder::new(encoding).ok()?;
    encoder.write(body).ok()?;
    encoder.finish().ok()
}

/// An encoder that writes to memory.
pub enum Encoder {
    /// Brotli.
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
    /// Zstandard.
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    /// gzip.
    Gzip(GzEncoder<Vec<u8>>),
}

impl Encoder {
    /// Creates an encoder.
    pub fn new(encoding: ContentEncoding) -> io::Result<Self> {
        let output = Vec::new();
        Ok(match encoding {
            ContentEncoding::Brotli => {
                let writer = brotli::CompressorWriter::new(output, BUFFER_BYTES, BROTLI_QUALITY, BROTLI_WINDOW);
                Self::Brotli(Box::new(writer))
            }
            ContentEncoding::Zstd => Self::Zstd(zstd::stream::write::Encoder::new(output, ZSTD_LEVEL)?),
            ContentEncoding::Gzip => Self::Gzip(GzEncoder::new(output, Compression::new(GZIP_LEVEL))),
        })
    }

    /// Compresses a piece of the body.
    pub fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        match self {
            Self::Brotli(encoder) => encoder.write_all(piece),
            Self::Zstd(encoder) => encoder.write_all(piece),
            Self::Gzip(encoder) => encoder.write_all(piece),
        }
    }

    /// Takes the output so far, which may be empty.
    pub fn take(&mut self) -> Bytes {
        let output = match self {
            Self::Brotli(encoder) => encoder.get_mut(),
            Self::Zstd(encoder) => encoder.get_mut(),
            Self::Gzip(encoder) => encoder.get_mut(),
        };
        std::mem::take(output).into()
    }

    /// Ends the body and returns the rest of the output.
    pub fn finish(self) -> io::Result<Bytes> {
        Ok(match self {
            Self::Brotli(encoder) => encoder.into_inner(),
            Self::Zstd(encoder) => encoder.finish()?,
            Self::Gzip(encoder) => encoder.finish()?,
        }
        .into())
    }
}
