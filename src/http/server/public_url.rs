//! The URL under which clients reach the server, for links outside of its pages.

use std::net::SocketAddr;

use actix_web::{HttpRequest, http::header};
use url::{Host, ParseError, Url};

/// The base of links. With `PUBLIC_URL` or a specific listening address no header of a request affects it.
#[derive(Clone, Debug)]
pub struct PublicUrl {
    url: Url,
    /// Whether the server listens on all addresses, so that only its clients know how to reach it.
    depends_on_host: bool,
}

impl PublicUrl {
    /// Returns the configured URL; without one, that of the address on which the server listens.
    ///
    /// # Errors
    /// The address cannot be written as a URL.
    pub fn new(configured: Option<Url>, address: SocketAddr) -> Result<Self, ParseError> {
        let depends_on_host = configured.is_none() && address.ip().is_unspecified();
        let local = if depends_on_host { format!("localhost:{}", address.port()) } else { address.to_string() };
        let url = configured.map_or_else(|| Url::parse(&format!("http://{local}/")), Ok)?;
        Ok(Self { url, depends_on_host })
    }

    /// Returns the base of the links in the response to a request: on a server that listens on all addresses, that of its
    /// `Host` header.
    pub fn of(&self, request: &HttpRequest) -> Url {
        let host = request.headers().get(header::HOST).filter(|_| self.depends_on_host);
        let url = host.and_then(|host| Url::parse(&format!("http://{}/", host.to_str().ok()?)).ok());
        // A host with a path or a user would be another URL, and other machines cannot reach an unspecified address.
        let is_host = |url: &Url| url.path() == "/" && url.username().is_empty() && url.query().is_none();
        let is_unspecified = |url: &Url| match url.host() {
            Some(Host::Ipv4(address)) => address.is_unspecified(),
            Some(Host::Ipv6(address)) => address.is_unspecified(),
            _ => false,
        };
        url.filter(|url| is_host(url) && !is_unspecified(url)).unwrap_or_else(|| self.url.clone())
    }
}
