//! The IP address of a client, also behind reverse proxies.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::{HttpRequest, http::header::HeaderName};

/// The trusted reverse proxies before the server.
#[derive(Clone, Debug)]
pub struct TrustedProxies {
    /// The number of proxies that a request passes; 0 ignores forwarding headers.
    pub hops: u32,
    /// The header to which each proxy adds the address of its client.
    pub header: ProxyHeader,
}

/// A forwarding header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For: 192.0.2.1, 10.0.0.1`.
    XForwardedFor,
    /// `Forwarded: for=192.0.2.1, for="[2001:db8::1]:4711"`, RFC 7239.
    Forwarded,
}

impl Default for TrustedProxies {
    fn default() -> Self {
        Self { hops: 0, header: ProxyHeader::XForwardedFor }
    }
}

impl TrustedProxies {
    /// Returns the address of the client of the outermost trusted proxy; the peer address of the connection if the
    /// header does not hold it.
    pub fn address(&self, request: &HttpRequest) -> IpAddr {
        let peer = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |address| address.ip());
        let Some(last) = self.hops.checked_sub(1) else { return peer };
        let name = HeaderName::from_static(match self.header {
            ProxyHeader::XForwardedFor => "x-forwarded-for",
            ProxyHeader::Forwarded => "forwarded",
        });
        let lines = request.headers().get_all(name).filter_map(|line| line.to_str().ok()).collect::<Vec<_>>();
        // Each proxy appends an element. Elements before those of the trusted proxies can be forged by the client.
        let element = lines.iter().rev().flat_map(|line| line.rsplit(',')).nth(last as usize);
        let node = element.map(|element| match self.header {
            ProxyHeader::XForwardedFor => element,
            ProxyHeader::Forwarded => forwarded_for(element),
        });
        node.and_then(parse_node).unwrap_or(peer)
    }
}

/// Returns the `for` node of an element of `Forwarded`; empty if it has none.
fn forwarded_for(element: &str) -> &str {
    let mut pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| name.eq_ignore_ascii_case("for")).map(|(_, node)| node).unwrap_or_default()
}

/// Parses an address with or without brackets, quotes and a port.
fn parse_node(node: &str) -> Option<IpAddr> {
    let node = node.trim().trim_matches('"');
    let bare = node.strip_prefix('[').and_then(|node| node.strip_suffix(']')).unwrap_or(node);
    bare.parse().ok().or_else(|| node.parse().ok().map(|address: SocketAddr| address.ip()))
}

/// Returns the key under which limits count an address. IPv6 addresses are cut to their /64 network, because one
/// customer usually has a whole /64. IPv4-mapped IPv6 addresses become IPv4.
pub fn rate_limit_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}
