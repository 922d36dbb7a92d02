//! An article's address → the one under which it is on record: without what marks a visitor, a campaign, a device or a place
//! on the page. The same text under the same address is the same article.

use url::Url;

/// Query parameters that tell where a visitor came from, never what is shown.
const TRACKING: [&str; 44] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "referer",
    "cmpid",
    "cmp",
    "camp",
    "campaign",
    "ito",
    "ocid",
    "ncid",
    "sr_share",
    "smid",
    "smtyp",
    "partner",
    "src",
    "source",
    "share",
    "shared",
    "at_medium",
    "at_campaign",
    "xtor",
    "cid",
    "guccounter",
    "amp",
];
/// Beginnings of such parameters.
const TRACKING_PREFIXES: [&str; 6] = ["utm_", "pk_", "mtm_", "at_", "hsa_", "guce_"];
/// First labels of hosts that show the same pages for a device.
const DEVICE_HOSTS: [&str; 5] = ["m", "mobile", "amp", "touch", "wap"];

/// The canonical form of a web address; `None` where it is none.
///
/// Fragments, tracking parameters, credentials, default ports, `www`-less device hosts (`m.`, `amp.`) and AMP's parts of the path
/// are dropped; what is left keeps its scheme, order and spelling.
pub fn canonical(address: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.to_owned();
    if let Some((first, rest)) = host.split_once('.')
        && DEVICE_HOSTS.contains(&first)
        && rest.contains('.')
    {
        url.set_host(Some(&format!("www.{rest}"))).ok()?;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let all = url.query_pairs().count();
    if kept.is_empty() {
        url.set_query(None);
    } else if kept.len() < all {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    let path = without_amp(url.path());
    url.set_path(&path);
    Some(url.to_string())
}

/// Whether the address that a page calls its own (`rel=canonical`) is taken for the one that it was asked under: on the same
/// site, since a page must not speak for another's, and not the site's front page, which careless pages name everywhere.
pub fn may_be_canonical(own: &Url, asked: &Url) -> bool {
    let site = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        match host.split_once('.') {
            Some((first, rest)) if first == "www" || DEVICE_HOSTS.contains(&first) => {
                rest.to_owned()
            }
            _ => host,
        }
    };
    matches!(own.scheme(), "http" | "https")
        && site(own) == site(asked)
        && own.port_or_known_default().map(standard) == asked.port_or_known_default().map(standard)
        && (own.path() != "/" || own.query().is_some() || asked.path() == "/")
}

/// The two ports of the web are one site.
const fn standard(port: u16) -> u16 {
    if port == 443 { 80 } else { port }
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

/// `/world/amp/`, `/amp/world`, `/world.amp`, `/world.amp.html` → the page's own path.
fn without_amp(path: &str) -> String {
    let trimmed = path
        .strip_suffix("/amp/")
        .or_else(|| path.strip_suffix("/amp"))
        .or_else(|| path.strip_suffix(".amp"))
        .map(str::to_owned)
        .or_else(|| {
            path.strip_suffix(".amp.html")
                .map(|rest| format!("{rest}.html"))
        })
        .or_else(|| path.strip_prefix("/amp/").map(|rest| format!("/{rest}")));
    match trimmed {
        Some(path) if path.len() > 1 => path,
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_marks_a_visitor_or_a_device_is_dropped() {
        for (address, expected) in [
            (
                "https://Example.org:443/a?utm_source=x&id=7&fbclid=y#top",
                "https://example.org/a?id=7",
            ),
            ("https://example.org/a?ref=home", "https://example.org/a"),
            ("https://m.example.org/a", "https://www.example.org/a"),
            (
                "https://amp.example.org/a/amp/",
                "https://www.example.org/a",
            ),
            ("https://example.org/amp/a", "https://example.org/a"),
            (
                "https://example.org/a.amp.html",
                "https://example.org/a.html",
            ),
            ("http://user:secret@example.org/", "http://example.org/"),
            ("https://m.org/a", "https://m.org/a"),
        ] {
            assert_eq!(canonical(address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn a_page_speaks_for_its_own_site_alone_and_not_by_its_front_page() {
        let may = |own: &str, asked: &str| {
            may_be_canonical(&Url::parse(own).unwrap(), &Url::parse(asked).unwrap())
        };
        assert!(may(
            "https://www.example.org/a",
            "http://m.example.org/a/amp?x=1"
        ));
        assert!(may("https://example.org/?p=12", "https://example.org/b"));
        assert!(!may("https://example.org/", "https://example.org/b"));
        assert!(!may("https://other.example/a", "https://example.org/a"));
        assert!(!may("https://example.org:8080/a", "https://example.org/a"));
        assert!(!may("ftp://example.org/a", "https://example.org/a"));
    }

    #[test]
    fn what_tells_pages_apart_is_kept() {
        for address in [
            "https://example.org/a?page=2&id=7",
            "https://example.org/a?q=a%20b+c",
            "http://example.org:8080/camp/amplifier",
            "https://example.org/?p=12",
        ] {
            assert_eq!(canonical(address).as_deref(), Some(address));
            assert_eq!(canonical(address), canonical(&canonical(address).unwrap()));
        }
        assert_eq!(canonical("ftp://example.org/a"), None);
        assert_eq!(canonical("no address"), None);
    }
}
