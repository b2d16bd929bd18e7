//! Where requests come from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::{HttpRequest, http::header::HeaderName};

/// The proxies before the server whose word counts.
#[derive(Clone, Debug)]
pub struct TrustedProxies {
    /// How many there are, one behind the other; 0 believes no header.
    pub hops: u32,
    /// The header in which each notes who asked it.
    pub header: ProxyHeader,
}

/// A header in which proxies note who asked them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For: 192.0.2.1, 10.0.0.1`.
    XForwardedFor,
    /// `Forwarded: for=192.0.2.1, for="[2001:db8::1]:4711"`, of RFC 7239.
    Forwarded,
}

impl Default for TrustedProxies {
    fn default() -> Self {
        Self { hops: 0, header: ProxyHeader::XForwardedFor }
    }
}

impl TrustedProxies {
    /// Where a request comes from: who asked the outermost of these proxies, or, where they do not say, the last of them.
    pub fn address(&self, request: &HttpRequest) -> IpAddr {
        let peer = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |address| address.ip());
        let Some(last) = self.hops.checked_sub(1) else { return peer };
        let name = HeaderName::from_static(match self.header {
            ProxyHeader::XForwardedFor => "x-forwarded-for",
            ProxyHeader::Forwarded => "forwarded",
        });
        let lines = request.headers().get_all(name).filter_map(|line| line.to_str().ok()).collect::<Vec<_>>();
        // Each proxy adds at the end; what stands before what ours added is anybody's word.
        let noted = lines.iter().rev().flat_map(|line| line.rsplit(',')).nth(last as usize);
        let noted = noted.map(|element| match self.header {
            ProxyHeader::XForwardedFor => element,
            ProxyHeader::Forwarded => forwarded_for(element),
        });
        noted.and_then(read).unwrap_or(peer)
    }
}

/// The node in an element of `Forwarded`.
fn forwarded_for(element: &str) -> &str {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let node = pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("for")).map(|(_, node)| node);
    node.unwrap_or_default()
}

/// An address, with or without brackets, quotes and a port.
fn read(node: &str) -> Option<IpAddr> {
    let node = node.trim().trim_matches('"');
    let bare = node.strip_prefix('[').and_then(|node| node.strip_suffix(']')).unwrap_or(node);
    bare.parse().ok().or_else(|| node.parse().ok().map(|address: SocketAddr| address.ip()))
}

/// What counts as one address: of IPv6 a network of 64 bits, because that is what one customer is given.
pub fn rate_limit_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}
