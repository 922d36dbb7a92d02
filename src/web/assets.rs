//! The files of `static/`, compiled in, each under an address that holds a hash of it and is cached for good.

use std::{fmt::Write as _, sync::LazyLock};

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::Path,
};
use sha2::{Digest as _, Sha256};

use super::error::{Missing, WebError};

/// Name, media type and bytes of every file.
const FILES: &[(&str, &str, &[u8])] = &[
    (
        "style.css",
        "text/css; charset=utf-8",
        include_bytes!("../../static/style.css"),
    ),
    (
        "icon.svg",
        "image/svg+xml",
        include_bytes!("../../static/icon.svg"),
    ),
    (
        "review.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../static/review.js"),
    ),
    (
        "reading.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../static/reading.js"),
    ),
    (
        "ingest.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../static/ingest.js"),
    ),
];

const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";

struct Asset {
    name: &'static str,
    media: &'static str,
    bytes: &'static [u8],
    address: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|&(name, media, bytes)| Asset {
            name,
            media,
            bytes,
            address: format!("/static/{}", hashed_name(name, bytes)),
        })
        .collect()
});

/// `style.css` → `style.0123456789abcdef.css`.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes)
        .iter()
        .take(8)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

/// The address of a file of `static/`, for templates. A test walks the templates for names that are none.
pub fn address(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("/static/", |asset| &asset.address)
}

/// GET /static/{file}: one file under its hashed name.
pub async fn file(file: Path<String>) -> Result<HttpResponse, WebError> {
    let wanted = format!("/static/{file}");
    ASSETS
        .iter()
        .find(|asset| asset.address == wanted)
        .map(|asset| answer(asset, FOR_GOOD))
        .ok_or(WebError::NotFound(Missing::Page))
}

/// GET /favicon.ico: the icon under the address that browsers try.
pub async fn icon() -> Result<HttpResponse, WebError> {
    ASSETS
        .iter()
        .find(|asset| asset.name == "icon.svg")
        .map(|asset| answer(asset, FOR_A_DAY))
        .ok_or(WebError::NotFound(Missing::Page))
}

fn answer(asset: &Asset, kept: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, asset.media))
        .insert_header((CACHE_CONTROL, kept))
        .body(asset.bytes)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn every_file_of_static_is_served_under_its_hash() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
        for entry in fs::read_dir(folder).expect("static is readable") {
            let name = entry.expect("readable").file_name();
            let name = name.to_str().expect("UTF-8");
            assert!(
                address(name).len() > "/static/".len(),
                "{name} is not in FILES"
            );
        }
    }

    #[test]
    fn the_hash_stands_before_the_ending() {
        assert_eq!(hashed_name("style.css", b""), "style.e3b0c44298fc1c14.css");
    }

    #[test]
    fn templates_name_only_files_that_there_are() {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("templates are readable") {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = fs::read_to_string(&path).expect("UTF-8");
                for rest in text.split("asset(\"").skip(1) {
                    let name = rest.split('"').next().unwrap_or_default();
                    assert!(
                        address(name).len() > "/static/".len(),
                        "{}: {name} is not in FILES",
                        path.display()
                    );
                }
            }
        }
    }
}
