//! Compression of responses: Brotli, Zstandard and gzip, as `Accept-Encoding` asks.

pub mod encoder;
pub mod encoding;
pub mod middleware;
pub mod static_text;
