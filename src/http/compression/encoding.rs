//! Content encodings: their negotiation and their entity tags.

use actix_web::http::header::{ACCEPT_ENCODING, EntityTag, HeaderMap};

/// A compression of a response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentEncoding {
    /// Zstandard (RFC 8878).
    Zstd,
    /// Brotli (RFC 7932).
    Brotli,
    /// gzip (RFC 1952).
    Gzip,
}

impl ContentEncoding {
    /// All encodings. The first of those with the highest weight in `Accept-Encoding` is used: Zstandard is the fastest.
    pub const ALL: [Self; 3] = [Self::Zstd, Self::Brotli, Self::Gzip];

    /// Returns the name for `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Returns the encoding among `available` that the headers of a request prefer; `None` for an uncompressed body.
    pub fn negotiate(headers: &HeaderMap, available: &[Self]) -> Option<Self> {
        let mut accepted = headers.get_all(ACCEPT_ENCODING).peekable();
        accepted.peek()?;
        let mut weights = Weights::default();
        for header in accepted {
            header.to_str().unwrap_or_default().split(',').for_each(|item| weights.read(item));
        }
        let weighted = available.iter().rev().map(|encoding| (weights.of(*encoding), *encoding));
        // `max_by_key` returns the last of equal weights, so the order is reversed.
        let (weight, encoding) = weighted.max_by_key(|(weight, _)| *weight)?;
        (weight > 0 && weight >= weights.identity).then_some(encoding)
    }

    /// Returns the entity tag of the compressed representation. Strong tags must differ between encodings.
    pub fn tag(self, uncompressed: &EntityTag) -> EntityTag {
        EntityTag::new_strong(format!("{}-{}", uncompressed.tag(), self.name()))
    }
}

/// The weights of an `Accept-Encoding` header in thousandths; `None` if it does not have the encoding.
#[derive(Default)]
struct Weights {
    named: [Option<u16>; ContentEncoding::ALL.len()],
    any: Option<u16>,
    identity: u16,
}

impl Weights {
    /// Reads an element of the header, such as `gzip;q=0.5`.
    fn read(&mut self, item: &str) {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let weight = parameters.split_once('=').map_or(Some(1.0), |(_, weight)| weight.trim().parse::<f32>().ok());
        let weight = weight.map_or(0, |weight| (weight.clamp(0.0, 1.0) * 1000.0) as u16);
        match name.trim() {
            "*" => self.any = Some(weight),
            name if name.eq_ignore_ascii_case("identity") => self.identity = weight,
            name => {
                let name = if name.eq_ignore_ascii_case("x-gzip") { "gzip" } else { name };
                let found = ContentEncoding::ALL.iter().position(|encoding| encoding.name().eq_ignore_ascii_case(name));
                if let Some(index) = found {
                    self.named[index] = Some(weight);
                }
            }
        }
    }

    fn of(&self, encoding: ContentEncoding) -> u16 {
        self.named[encoding as usize].or(self.any).unwrap_or(0)
    }
}
