//! The sources of drafts → articles on record: found by address, or by publisher, title and day; made where missing.
//!
//! What an event says of its source stays the event's own; blanks are filled in from the article.

use std::collections::{HashMap, HashSet};

use super::{
    db::{Bind, Reads, Tx, on},
    error::{Result, StoreError},
    row::{Row, number_of_day},
    side_rows::insert_rows,
};
use crate::domain::{
    clock::Timestamp,
    draft::is_web_address,
    evidence::Source,
    fold::fold,
    id::ArticleId,
    publisher::{publisher_named, publisher_of_host},
};

/// Values in one `IN (…)`.
const BATCH: usize = 400;

/// What a citation needs to know of an article.
#[derive(Debug, Clone)]
struct Cited {
    id: ArticleId,
    url: String,
    title: String,
    publisher: String,
    published: Option<chrono::NaiveDate>,
    text_hash: String,
}

/// The hash of each article's folded text, by article; empty where the article was not read.
pub(super) type TextHashes = HashMap<ArticleId, String>;

/// Gives every source its article, making those that are not on record.
pub(super) async fn cite(
    tx: &mut Tx,
    mut sources: Vec<&mut Source>,
    now: Timestamp,
) -> Result<TextHashes> {
    for source in &mut sources {
        for text in [&mut source.url, &mut source.publisher, &mut source.title] {
            let trimmed = text.trim();
            if trimmed.len() != text.len() {
                *text = trimmed.to_owned();
            }
        }
    }
    let mut known = Known::default();
    known.load(tx, &sources).await?;
    let mut made: Vec<Cited> = Vec::new();
    let missing: i64 = {
        let mut new = HashSet::new();
        for source in &sources {
            if source.article.is_none() && known.find(source).is_none() {
                new.insert(key(source));
            }
        }
        i64::try_from(new.len()).unwrap_or(0)
    };
    let mut next = if missing > 0 {
        tx.next_ids("article", missing).await? - missing
    } else {
        0
    };
    for source in &sources {
        if source.article.is_none() && known.find(source).is_none() {
            next += 1;
            let article = Cited {
                id: ArticleId(next),
                url: source.url.clone(),
                title: source.title.clone(),
                publisher: publisher_of(source),
                published: source.published,
                text_hash: String::new(),
            };
            known.add(article.clone());
            made.push(article);
        }
    }
    insert(tx, &made, now).await?;
    let mut hashes = TextHashes::new();
    for source in sources {
        let article = match source.article {
            Some(id) => known.by_id.get(&id).ok_or_else(|| {
                StoreError::Refused(format!(
                    "expected an article on record, but found number {id}"
                ))
            })?,
            None => known.find(source).ok_or(StoreError::NotFound)?,
        };
        source.article = Some(article.id);
        fill(&mut source.url, &article.url);
        fill(&mut source.title, &article.title);
        fill(&mut source.publisher, &article.publisher);
        source.published = source.published.or(article.published);
        hashes.insert(article.id, article.text_hash.clone());
    }
    Ok(hashes)
}

/// How many independent publishers sources are: those of one owner are one, and so are copies of one text.
pub(super) fn independent(sources: &[Source], hashes: &TextHashes) -> i64 {
    let (mut groups, mut texts) = (HashSet::new(), HashSet::new());
    let mut count = 0;
    for (index, source) in sources.iter().enumerate() {
        let hash = source
            .article
            .and_then(|article| hashes.get(&article))
            .filter(|hash| !hash.is_empty());
        let is_copy = hash.is_some_and(|hash| !texts.insert(hash.clone()));
        if !is_copy && groups.insert(group(source, index)) {
            count += 1;
        }
    }
    count
}

/// The name that counts as one: the publisher's owner or the publisher, else the host, else the source itself.
fn group(source: &Source, index: usize) -> String {
    let publisher = publisher_of(source);
    if !publisher.is_empty() {
        return publisher_named(&publisher).map_or_else(
            || format!("publisher {}", fold(&publisher)),
            |known| format!("publisher {}", fold(known.group())),
        );
    }
    host(&source.url).map_or_else(|| format!("source {index}"), |host| format!("host {host}"))
}

/// The publisher as named, else the one whose host the address has; empty where neither is known.
pub(super) fn publisher_of(source: &Source) -> String {
    if !source.publisher.is_empty() {
        return source.publisher.clone();
    }
    host(&source.url)
        .and_then(|host| publisher_of_host(&host))
        .map_or_else(String::new, |known| known.name.clone())
}

fn host(url: &str) -> Option<String> {
    if !is_web_address(url) {
        return None;
    }
    let host = url::Url::parse(url).ok()?.host_str()?.to_owned();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

fn fill(text: &mut String, from: &str) {
    if text.is_empty() {
        from.clone_into(text);
    }
}

type Key = (String, String, String, Option<chrono::NaiveDate>);

fn key(source: &Source) -> Key {
    key_of(
        &source.url,
        &source.publisher,
        &source.title,
        source.published,
    )
}

fn key_of(url: &str, publisher: &str, title: &str, day: Option<chrono::NaiveDate>) -> Key {
    if url.is_empty() {
        (String::new(), fold(publisher), title.to_owned(), day)
    } else {
        (url.to_owned(), String::new(), String::new(), None)
    }
}

#[derive(Default)]
struct Known {
    by_id: HashMap<ArticleId, Cited>,
    by_key: HashMap<Key, ArticleId>,
}

impl Known {
    fn find(&self, source: &Source) -> Option<&Cited> {
        self.by_key
            .get(&key(source))
            .and_then(|id| self.by_id.get(id))
    }

    fn add(&mut self, article: Cited) {
        let key = key_of(
            &article.url,
            &article.publisher,
            &article.title,
            article.published,
        );
        self.by_key.insert(key, article.id);
        self.by_id.insert(article.id, article);
    }

    async fn load(&mut self, tx: &mut Tx, sources: &[&mut Source]) -> Result<()> {
        let ids: Vec<i64> = sources
            .iter()
            .filter_map(|source| source.article.map(|id| id.0))
            .collect();
        for batch in ids.chunks(BATCH) {
            let query = on("articles", SELECT)
                .piece(" WHERE id IN ")
                .values(batch.iter().copied());
            for row in tx.fetch_all(query).await? {
                let article = cited(&row)?;
                self.by_id.insert(article.id, article);
            }
        }
        let open = || sources.iter().filter(|source| source.article.is_none());
        let urls: HashSet<&str> = open()
            .map(|source| source.url.as_str())
            .filter(|url| !url.is_empty())
            .collect();
        let urls: Vec<&str> = urls.into_iter().collect();
        for batch in urls.chunks(BATCH) {
            // a later version comes later and takes the address over
            let query = on("articles", SELECT)
                .piece(" WHERE url IN ")
                .values(batch.iter().copied())
                .piece(" AND url <> '' ORDER BY version");
            for row in tx.fetch_all(query).await? {
                self.add(cited(&row)?);
            }
        }
        let names: HashSet<String> = open()
            .filter(|source| source.url.is_empty())
            .map(|source| fold(&source.publisher))
            .collect();
        for name in names {
            let query = on("articles", SELECT)
                .piece(" WHERE url = '' AND text_hash = '' AND publisher_folded = ")
                .value(name)
                .piece(" ORDER BY id DESC");
            for row in tx.fetch_all(query).await? {
                self.add(cited(&row)?);
            }
        }
        Ok(())
    }
}

const SELECT: &str = "SELECT id, url, title, publisher, published, text_hash FROM articles";

fn cited(row: &Row) -> Result<Cited> {
    Ok(Cited {
        id: ArticleId(row.int("id")?),
        url: row.text("url")?,
        title: row.text("title")?,
        publisher: row.text("publisher")?,
        published: row.opt_day("published")?,
        text_hash: row.text("text_hash")?,
    })
}

async fn insert(tx: &mut Tx, articles: &[Cited], now: Timestamp) -> Result<()> {
    let rows = articles
        .iter()
        .map(|article| {
            vec![
                Bind::from(article.id.0),
                article.url.as_str().into(),
                1.into(),
                article.title.as_str().into(),
                article.publisher.as_str().into(),
                fold(&article.publisher).into(),
                "".into(),
                "".into(),
                article.published.map(number_of_day).into(),
                "".into(),
                "".into(),
                now.micros().into(),
            ]
        })
        .collect();
    let insert = || {
        on(
            "articles",
            "INSERT INTO articles (id, url, version, title, publisher, publisher_folded, byline, language, published, \
             text, text_hash, recorded_at)",
        )
    };
    insert_rows(tx, insert, rows, "").await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(publisher: &str, url: &str, article: i64) -> Source {
        Source {
            article: Some(ArticleId(article)),
            publisher: publisher.to_owned(),
            url: url.to_owned(),
            ..Source::default()
        }
    }

    #[test]
    fn one_owner_one_text_and_one_host_count_once() {
        let hashes = TextHashes::from([
            (ArticleId(1), "same".to_owned()),
            (ArticleId(2), "same".to_owned()),
        ]);
        let sources = [
            source("The Times", "", 1),
            source("The Wall Street Journal", "", 3),
            source("Nobody's Gazette", "", 2),
            source("", "https://a.example/1", 4),
            source("", "https://www.a.example/2", 5),
            source("", "", 6),
            source("", "", 7),
        ];
        assert_eq!(independent(&sources, &hashes), 4);
        assert_eq!(independent(&[], &hashes), 0);
    }
}
