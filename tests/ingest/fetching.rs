//! Fetching: what is fetched, what is refused, and in which words.

use std::time::{Duration, Instant};

use demarche::{
    config::FetchAllow,
    ingest::fetch::{FetchError, FetchSettings, Fetched, Fetcher, Refetched, Validators},
};

use crate::server::{Answer, Server};

fn fetcher(allow: FetchAllow) -> Fetcher {
    Fetcher::new(FetchSettings {
        max_bytes: 1_048_576,
        timeout: Duration::from_secs(2),
        allow,
        contact: "desk@example.org".to_owned(),
        gap: Duration::ZERO,
    })
    .unwrap()
}

fn allowed(server: &Server) -> Fetcher {
    fetcher(FetchAllow::Only(vec![server.authority.clone()]))
}

async fn told(fetcher: &Fetcher, address: &str) -> String {
    fetcher.fetch(address).await.unwrap_err().to_string()
}

#[tokio::test]
async fn a_page_comes_with_its_final_address_and_charset() {
    let server = Server::start(|path| match path {
        "/old" => Some(Answer::redirect("/new?a=1")),
        "/new?a=1" => Some(Answer::page("text/html; charset=\"windows-1251\"", "<p>x")),
        _ => None,
    });
    let fetched: Fetched = allowed(&server).fetch(&server.at("/old")).await.unwrap();
    assert_eq!(fetched.address.as_str(), server.at("/new?a=1"));
    assert_eq!(fetched.charset(), Some("windows-1251"));
    assert_eq!(fetched.bytes, b"<p>x");
    let head = server.asked().remove(0).to_lowercase();
    assert!(head.contains("user-agent: demarche/"), "{head}");
    assert!(head.contains("desk@example.org"), "{head}");
    assert!(!head.contains("cookie"), "{head}");
}

#[tokio::test]
async fn addresses_of_our_own_network_are_refused_however_they_are_written() {
    let server = Server::start(|_| Some(Answer::page("text/html", "secret")));
    let port = server.authority.rsplit(':').next().unwrap().to_owned();
    let guarded = fetcher(FetchAllow::Only(Vec::new()));
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
        "LOCALHOST.",
        "127.0.0.1.",
    ] {
        let address = format!("http://{host}:{port}/");
        match guarded.fetch(&address).await.unwrap_err() {
            FetchError::Forbidden { .. } => {}
            // A name is not even looked up for a port where no pages are served.
            FetchError::Port { .. } if host.to_lowercase().starts_with("localhost") => {}
            // A resolver may not know the name with a dot at its end.
            FetchError::NoHost(_) if host.ends_with('.') => {}
            other => panic!("{address}: {other}"),
        }
    }
    assert_eq!(server.asked(), Vec::<String>::new(), "nobody was asked");
    for address in ["http://localhost/", "https://localhost:443/"] {
        let error = guarded.fetch(address).await.unwrap_err();
        assert!(matches!(error, FetchError::Forbidden { .. }), "{error}");
    }
    assert_eq!(
        told(&guarded, "http://example.org:8080/").await,
        "example.org is named with port 8080; only 80, 443 and what DEMARCHE_FETCH_ALLOW names may be asked"
    );
    assert_eq!(
        told(&guarded, &server.at("/")).await,
        "127.0.0.1 leads to 127.0.0.1, which is this machine; only addresses that DEMARCHE_FETCH_ALLOW names may be fetched there"
    );
}

#[tokio::test]
async fn a_redirect_into_our_own_network_is_refused_at_its_hop() {
    let secret = Server::start(|_| Some(Answer::page("text/html", "secret")));
    let target = secret.at("/");
    let by_name = target.replace("127.0.0.1", "localhost");
    let door = Server::start(move |path| match path {
        "/a" => Some(Answer::redirect(&target)),
        "/b" => Some(Answer::redirect(&by_name)),
        "/c" => Some(Answer::redirect("file:///etc/passwd")),
        _ => None,
    });
    let fetcher = allowed(&door);
    for path in ["/a", "/b"] {
        let error = fetcher.fetch(&door.at(path)).await.unwrap_err();
        assert!(
            matches!(
                error,
                FetchError::Forbidden { .. } | FetchError::Port { .. }
            ),
            "{error}"
        );
    }
    assert_eq!(
        told(&fetcher, &door.at("/c")).await,
        "expected an http or https address, but found “file:///etc/passwd”"
    );
    assert_eq!(secret.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_allowed_is_allowed_by_host_and_port() {
    let server = Server::start(|_| Some(Answer::page("text/html", "<p>x")));
    let other = Server::start(|_| Some(Answer::page("text/html", "<p>x")));
    let fetcher = allowed(&server);
    assert!(fetcher.fetch(&server.at("/")).await.is_ok());
    assert!(fetcher.fetch(&other.at("/")).await.is_err());
    assert!(fetcher_of_all().fetch(&other.at("/")).await.is_ok());
}

fn fetcher_of_all() -> Fetcher {
    fetcher(FetchAllow::All)
}

#[tokio::test]
async fn a_server_that_is_slow_endless_or_broken_costs_little() {
    let server = Server::start(|path| match path {
        "/silence" => Some(Answer::Silence),
        "/endless" => Some(Answer::Endless),
        "/cut" => Some(Answer::CutShort),
        "/loop" => Some(Answer::redirect("/loop")),
        "/picture" => Some(Answer::page("image/png", "x")),
        "/pdf" => Some(Answer::page("application/pdf", "x")),
        "/busy" => Some(Answer::Whole(
            "503 Service Unavailable",
            vec!["Retry-After: 60".to_owned()],
            Vec::new(),
        )),
        _ => None,
    });
    let fetcher = allowed(&server);
    let before = Instant::now();
    assert_eq!(
        told(&fetcher, &server.at("/silence")).await,
        "127.0.0.1 did not answer in full within 2 seconds"
    );
    assert!(before.elapsed() < Duration::from_secs(4));
    assert_eq!(
        told(&fetcher, &server.at("/endless")).await,
        "the page is larger than 1 MiB"
    );
    assert_eq!(
        told(&fetcher, &server.at("/cut")).await,
        "the answer of 127.0.0.1 breaks off or cannot be unpacked"
    );
    assert_eq!(
        told(&fetcher, &server.at("/loop")).await,
        "127.0.0.1 redirects more than 5 times"
    );
    assert_eq!(
        told(&fetcher, &server.at("/none")).await,
        format!(
            "127.0.0.1 answered 404 Not Found for {}; the link may have moved",
            server.at("/none")
        )
    );
    assert_eq!(
        told(&fetcher, &server.at("/busy")).await,
        format!(
            "127.0.0.1 answered 503 Service Unavailable for {}; its server has trouble at the moment",
            server.at("/busy")
        )
    );
    assert_eq!(
        told(&fetcher, &server.at("/picture")).await,
        "expected a page, but found image/png"
    );
    assert_eq!(
        told(&fetcher, &server.at("/pdf")).await,
        "expected a page, but found a PDF file; copy its text instead"
    );
    assert_eq!(
        told(&fetcher, "http://no-such-host.invalid/").await,
        "the host no-such-host.invalid cannot be found"
    );
    assert_eq!(
        told(&fetcher, "gopher://example.org").await,
        "expected an http or https address, but found “gopher://example.org”"
    );
}

#[tokio::test]
async fn a_small_answer_that_unpacks_to_a_large_one_is_refused() {
    // 64 KiB of zeros, packed a thousandfold: 2 MiB of them in a deflate stream of stored and repeated blocks.
    let server = Server::start(|_| {
        Some(Answer::Whole(
            "200 OK",
            vec![
                "Content-Type: text/html".to_owned(),
                "Content-Encoding: gzip".to_owned(),
            ],
            bomb(),
        ))
    });
    assert_eq!(
        told(&allowed(&server), &server.at("/")).await,
        "the page is larger than 1 MiB"
    );
}

/// A gzip file of 33 blocks of 64 KiB of the letter x: fixed Huffman codes, matches of 258 bytes at distance 1.
fn bomb() -> Vec<u8> {
    let mut bits = Bits::default();
    for _ in 0..33 {
        bits.put(0, 1); // not the last block
        bits.put(1, 2); // fixed codes
        bits.code(0x30 + u32::from(b'x'), 8);
        for _ in 0..254 {
            bits.code(0b1100_0101, 8); // length 258
            bits.code(0, 5); // distance 1
        }
        bits.code(0, 7); // end of block
    }
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    file.extend(bits.bytes());
    file
}

#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn put(&mut self, value: u32, width: u32) {
        self.0
            .extend((0..width).map(|place| value >> place & 1 == 1));
    }

    fn code(&mut self, value: u32, width: u32) {
        self.0
            .extend((0..width).rev().map(|place| value >> place & 1 == 1));
    }

    fn bytes(&self) -> Vec<u8> {
        self.0
            .chunks(8)
            .map(|bits| {
                (0_u8..)
                    .zip(bits)
                    .map(|(place, bit)| u8::from(*bit) << place)
                    .sum()
            })
            .collect()
    }
}

#[tokio::test]
async fn what_did_not_change_is_not_fetched_again() {
    let server = Server::start(|_| {
        Some(Answer::Whole(
            "200 OK",
            vec![
                "Content-Type: application/rss+xml".to_owned(),
                "ETag: \"7\"".to_owned(),
                "Last-Modified: Tue, 10 Sep 2024 00:00:00 GMT".to_owned(),
            ],
            b"<rss/>".to_vec(),
        ))
    });
    let fetched = allowed(&server).fetch(&server.at("/")).await.unwrap();
    let known = Validators {
        etag: &fetched.etag,
        last_modified: &fetched.last_modified,
    };
    let unchanged =
        Server::start(|_| Some(Answer::Whole("304 Not Modified", Vec::new(), Vec::new())));
    let again = allowed(&unchanged)
        .refetch(&unchanged.at("/"), known)
        .await
        .unwrap();
    assert_eq!(again, Refetched::Unchanged);
    let head = unchanged.asked().remove(0).to_lowercase();
    assert!(
        head.contains("if-none-match: \"7\"")
            && head.contains("if-modified-since: tue, 10 sep 2024"),
        "{head}"
    );
}
