//! The kinds of value that settings have: a written text → a value, or what was expected and what was found.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
};

/// A value that a setting can hold.
pub trait SettingValue: Sized {
    /// Reads a trimmed text. `range` bounds numbers and says nothing of other kinds.
    ///
    /// # Errors
    /// What was expected, and what was found.
    fn read(text: &str, range: &RangeInclusive<u64>) -> Result<Self, String>;
}

impl SettingValue for String {
    fn read(text: &str, _: &RangeInclusive<u64>) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl SettingValue for u64 {
    fn read(text: &str, range: &RangeInclusive<u64>) -> Result<Self, String> {
        text.parse()
            .ok()
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                format!(
                    "expected a whole number from {} to {}, but found “{text}”",
                    range.start(),
                    range.end()
                )
            })
    }
}

impl SettingValue for u32 {
    fn read(text: &str, range: &RangeInclusive<u64>) -> Result<Self, String> {
        let number = u64::read(text, range)?;
        Self::try_from(number)
            .map_err(|_| format!("expected at most {}, but found “{text}”", Self::MAX))
    }
}

impl SettingValue for SocketAddr {
    fn read(text: &str, _: &RangeInclusive<u64>) -> Result<Self, String> {
        let written = text
            .strip_prefix("localhost:")
            .map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
        written.parse().map_err(|_| {
            format!("expected an address and port such as 127.0.0.1:8080, but found “{text}”")
        })
    }
}

/// A number of bytes; written plain or with `KiB`, `MiB`, `GiB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(pub u64);

impl Bytes {
    /// The number as this machine counts memory.
    pub fn as_usize(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl SettingValue for Bytes {
    fn read(text: &str, range: &RangeInclusive<u64>) -> Result<Self, String> {
        let units = [("KiB", 1_u64 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
        let (digits, unit) = units
            .iter()
            .find_map(|(name, unit)| Some((text.strip_suffix(name)?, *unit)))
            .unwrap_or((text, 1));
        digits
            .trim()
            .parse()
            .ok()
            .and_then(|number: u64| number.checked_mul(unit))
            .filter(|bytes| range.contains(bytes))
            .map(Self)
            .ok_or_else(|| {
                format!(
                    "expected a number of bytes from {} to {}, such as 1048576 or 1 MiB, but found “{text}”",
                    range.start(),
                    range.end()
                )
            })
    }
}

/// A text that no message, log or debug output shows.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// The text itself; `None` where nothing was given.
    pub fn reveal(&self) -> Option<&str> {
        Some(self.0.as_str()).filter(|text| !text.is_empty())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() {
            "Secret(none)"
        } else {
            "Secret(…)"
        })
    }
}

impl SettingValue for Secret {
    fn read(text: &str, _: &RangeInclusive<u64>) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }
}

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl SettingValue for LogFormat {
    fn read(text: &str, _: &RangeInclusive<u64>) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!("expected text or json, but found “{text}”")),
        }
    }
}

/// What the `User-Agent` of fetches names, one line of printable signs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact(pub String);

impl SettingValue for Contact {
    fn read(text: &str, _: &RangeInclusive<u64>) -> Result<Self, String> {
        if text
            .chars()
            .all(|sign| sign.is_ascii_graphic() || sign == ' ')
        {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "expected printable ASCII characters, but found “{text}”"
            ))
        }
    }
}

/// Which addresses of our own network may be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchAllow {
    /// All.
    All,
    /// These alone, as `host:port` in lower case.
    Only(Vec<String>),
}

impl FetchAllow {
    /// Whether a host and port, as an address names them, may be fetched though they are our own.
    pub fn allows(&self, host: &str, port: u16) -> bool {
        match self {
            Self::All => true,
            Self::Only(entries) => {
                entries.contains(&format!("{}:{port}", host.to_ascii_lowercase()))
            }
        }
    }
}

impl SettingValue for FetchAllow {
    fn read(text: &str, _: &RangeInclusive<u64>) -> Result<Self, String> {
        let entries: Vec<String> = text
            .split(',')
            .map(|entry| entry.trim().to_ascii_lowercase())
            .filter(|entry| !entry.is_empty())
            .collect();
        if entries.iter().any(|entry| entry == "*") {
            return Ok(Self::All);
        }
        let well_formed = |entry: &String| {
            entry
                .rsplit_once(':')
                .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
        };
        match entries.iter().find(|entry| !well_formed(entry)) {
            Some(entry) => Err(format!(
                "expected HOST:PORT, several joined by commas, or *, but found “{entry}”"
            )),
            None => Ok(Self::Only(entries)),
        }
    }
}

/// The networks whose forwarded headers count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

impl TrustedProxies {
    /// Whether none is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an address lies in one of the networks.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0
            .iter()
            .any(|(network, width)| match (network, address) {
                (IpAddr::V4(network), IpAddr::V4(address)) => {
                    let shift = 32 - u32::from(*width);
                    u64::from(network.to_bits()) >> shift == u64::from(address.to_bits()) >> shift
                }
                (IpAddr::V6(network), IpAddr::V6(address)) => {
                    let shift = 128 - u32::from(*width);
                    network.to_bits().checked_shr(shift).unwrap_or(0)
                        == address.to_bits().checked_shr(shift).unwrap_or(0)
                }
                _ => false,
            })
    }
}

impl SettingValue for TrustedProxies {
    fn read(text: &str, _: &RangeInclusive<u64>) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| {
                network(entry).ok_or_else(|| {
                    format!("expected an address or network such as 127.0.0.1 or 10.0.0.0/8, but found “{entry}”")
                })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn network(entry: &str) -> Option<(IpAddr, u8)> {
    let (address, width) = entry
        .split_once('/')
        .map_or((entry, None), |(address, width)| (address, Some(width)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let width = width.map_or(Some(most), |width| width.parse().ok())?;
    (width <= most).then_some((address, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: SettingValue>(text: &str) -> Result<T, String> {
        T::read(text, &(0..=u64::MAX))
    }

    #[test]
    fn bytes_may_be_written_with_a_unit() {
        for (text, bytes) in [
            ("0", 0),
            ("2KiB", 2_048),
            ("20 MiB", 20_971_520),
            ("1 GiB", 1_073_741_824),
        ] {
            assert_eq!(read(text), Ok(Bytes(bytes)));
        }
        assert!(read::<Bytes>("18446744073709551615 KiB").is_err());
    }

    #[test]
    fn a_fetch_is_allowed_by_host_and_port_only() {
        let allow: FetchAllow = read("Wire.Example.org:8000, [::1]:80").unwrap();
        assert!(allow.allows("wire.example.org", 8_000) && allow.allows("[::1]", 80));
        assert!(!allow.allows("wire.example.org", 80) && !allow.allows("example.org", 8_000));
        assert!(read::<FetchAllow>("a:1,*").unwrap().allows("10.0.0.1", 22));
        assert_eq!(
            read::<FetchAllow>("a:1,localhost"),
            Err(
                "expected HOST:PORT, several joined by commas, or *, but found “localhost”"
                    .to_owned()
            )
        );
    }

    #[test]
    fn a_proxy_is_trusted_by_its_network() {
        let trusted: TrustedProxies = read("10.0.0.0/8, 192.0.2.7, fd00::/8").unwrap();
        let trusts = |text: &str| trusted.trusts(text.parse().unwrap());
        assert!(
            trusts("10.200.3.4")
                && trusts("192.0.2.7")
                && trusts("fd12::1")
                && trusts("::ffff:10.1.1.1")
        );
        assert!(!trusts("11.0.0.1") && !trusts("192.0.2.8") && !trusts("fe80::1"));
        assert!(
            read::<TrustedProxies>("0.0.0.0/0")
                .unwrap()
                .trusts("203.0.113.9".parse().unwrap())
        );
        assert!(
            read::<TrustedProxies>("::/0")
                .unwrap()
                .trusts("2001:db8::1".parse().unwrap())
        );
        assert_eq!(
            read::<TrustedProxies>("10.0.0.0/33"),
            Err("expected an address or network such as 127.0.0.1 or 10.0.0.0/8, but found “10.0.0.0/33”".to_owned())
        );
    }
}
