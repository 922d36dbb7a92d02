//! Which addresses are not the public internet's, in every way in which they can be written.
//!
//! Source: IANA's special-purpose address registries for IPv4 and IPv6; addresses within addresses (IPv4-mapped, 6to4, NAT64,
//! Teredo, ISATAP-like) count by the address inside.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// What lies at an address that may not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forbidden {
    /// This machine.
    Loopback,
    /// A private network.
    Private,
    /// The link, which has metadata services of clouds too.
    LinkLocal,
    /// A carrier's network.
    Carrier,
    /// Many at once.
    Multicast,
    /// Nothing, or nothing that is given out.
    Reserved,
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Loopback => "which is this machine",
            Self::Private => "which is in a private network",
            Self::LinkLocal => "which is on the local link",
            Self::Carrier => "which is in a carrier's network",
            Self::Multicast => "which is a multicast address",
            Self::Reserved => "which is no public address",
        })
    }
}

/// Why an address may not be fetched; `None` for a public one.
pub fn forbidden(address: IpAddr) -> Option<Forbidden> {
    match address {
        IpAddr::V4(address) => forbidden_v4(address),
        IpAddr::V6(address) => forbidden_v6(address),
    }
}

#[expect(
    clippy::unnested_or_patterns,
    reason = "a range of the registry a line"
)]
fn forbidden_v4(address: Ipv4Addr) -> Option<Forbidden> {
    match address.octets() {
        [127, ..] => Some(Forbidden::Loopback),
        [10, ..] | [192, 168, ..] | [172, 16..=31, ..] => Some(Forbidden::Private),
        [169, 254, ..] => Some(Forbidden::LinkLocal),
        [100, 64..=127, ..] => Some(Forbidden::Carrier),
        [224..=239, ..] => Some(Forbidden::Multicast),
        // This network; protocol assignments; documentation; 6to4 relays; benchmarks; the future; broadcast.
        [0, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        | [198, 18 | 19, ..]
        | [240..=255, ..] => Some(Forbidden::Reserved),
        _ => None,
    }
}

#[expect(
    clippy::match_same_arms,
    clippy::unnested_or_patterns,
    reason = "a range of the registry a line, each with its name"
)]
fn forbidden_v6(address: Ipv6Addr) -> Option<Forbidden> {
    let inside = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        forbidden_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Some(Forbidden::Loopback),
        [0, 0, 0, 0, 0, 0, 0, 0] => Some(Forbidden::Reserved),
        // IPv4-compatible, IPv4-mapped, IPv4-translated.
        [0, 0, 0, 0, 0 | 0xffff, 0, high, low] | [0, 0, 0, 0, 0, 0xffff, high, low] => {
            inside(high, low).or((address.segments()[5] != 0xffff).then_some(Forbidden::Reserved))
        }
        // NAT64, the well-known prefix; the one for local use can mean any private address.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inside(high, low),
        [0x64, 0xff9b, 1, ..] => Some(Forbidden::Private),
        // 6to4.
        [0x2002, high, low, ..] => inside(high, low),
        // Teredo: the client's address stands inverted at the end, the server's after the prefix.
        [0x2001, 0, server_high, server_low, _, _, high, low] => {
            inside(!high, !low).or_else(|| inside(server_high, server_low))
        }
        // Benchmarks, ORCHID, documentation, discard.
        [0x2001, 2, 0, ..]
        | [0x2001, 0x10..=0x2f, ..]
        | [0x2001, 0xdb8, ..]
        | [0x3fff, 0..=0xfff, ..]
        | [0x100, 0, 0, 0, ..] => Some(Forbidden::Reserved),
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Some(Forbidden::Private),
        [0xfe80..=0xfebf, ..] => Some(Forbidden::LinkLocal),
        [0xff00..=0xffff, ..] => Some(Forbidden::Multicast),
        // ISATAP: an address of a site behind any prefix.
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => inside(high, low),
        [0x2000..=0x3fff, ..] => None,
        _ => Some(Forbidden::Reserved),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_of_our_own_network_passes_however_it_is_written() {
        for address in [
            "127.0.0.1",
            "127.255.0.9",
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "224.0.0.1",
            "239.255.255.250",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.0.192",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.9",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:0:7f00:1::",
            "2001:0:4136:e378:8000:63bf:f5ff:fffe",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2606:4700::5efe:a00:1",
            "4000::1",
            "100::1",
        ] {
            assert!(forbidden(address.parse().unwrap()).is_some(), "{address}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for address in [
            "1.1.1.1",
            "93.184.216.34",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "2606:4700::1111",
            "2a00:1450:4001::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ] {
            assert_eq!(forbidden(address.parse().unwrap()), None, "{address}");
        }
    }
}
