//! The sources of drafts → articles on record: found by address, or by publisher, title and day; made where missing.
//!
//! What an event says of its source stays the event's own; blanks are filled in from the article. How many of the sources
//! are independent is counted here too.

use std::collections::{HashMap, HashSet};

use super::{
    db::{Bind, Reads, Tx, on},
    error::{Result, StoreError},
    row::{Row, number_of_day},
    side_rows::insert_rows,
};
use crate::domain::{
    clock::Timestamp, draft::is_web_address, evidence::Source, fold::fold, id::ArticleId,
    publisher_register::PublisherRegister,
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
    story: Option<i64>,
}

/// The story of each article that was read: articles of one story are copies of one text.
pub(super) type Stories = HashMap<ArticleId, i64>;

/// Gives every source its article, making those that are not on record.
pub(super) async fn cite(
    tx: &mut Tx,
    mut sources: Vec<&mut Source>,
    publishers: &PublisherRegister,
    now: Timestamp,
) -> Result<Stories> {
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
                publisher: publisher_of(source, publishers),
                published: source.published,
                story: None,
            };
            known.add(article.clone());
            made.push(article);
        }
    }
    insert(tx, &made, now).await?;
    let mut stories = Stories::new();
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
        stories.extend(article.story.map(|story| (article.id, story)));
    }
    Ok(stories)
}

/// How many sources are independent: the most of which no two share a publisher (or an owner) or a text (or a near-copy).
///
/// Each source joins a story with a group of publishers; wanted is the largest set of them that meet nowhere, whatever their
/// order. A paper that carries an agency's report and adds one of its own counts beside the agency, once.
pub(super) fn independent(
    sources: &[Source],
    stories: &Stories,
    publishers: &PublisherRegister,
) -> i64 {
    let mut group_numbers: HashMap<String, usize> = HashMap::new();
    let mut groups_of: HashMap<(bool, i64), Vec<usize>> = HashMap::new();
    for (index, source) in sources.iter().enumerate() {
        let next = group_numbers.len();
        let group = *group_numbers
            .entry(group(source, index, publishers))
            .or_insert(next);
        let story = source.article.and_then(|article| stories.get(&article));
        // What was not read is a text of its own.
        let key = story.map_or((false, i64::try_from(index).unwrap_or(i64::MAX)), |story| {
            (true, *story)
        });
        let groups = groups_of.entry(key).or_default();
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let texts: Vec<&Vec<usize>> = groups_of.values().collect();
    let mut text_of_group = vec![None; group_numbers.len()];
    let matched = (0..texts.len())
        .filter(|text| {
            let mut tried = vec![false; text_of_group.len()];
            finds_group(*text, &texts, &mut text_of_group, &mut tried)
        })
        .count();
    i64::try_from(matched).unwrap_or(i64::MAX)
}

/// Gives a text a group of its own, moving others to another of theirs where that makes room: an augmenting path.
fn finds_group(
    text: usize,
    texts: &[&Vec<usize>],
    text_of_group: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    let Some(groups) = texts.get(text) else {
        return false;
    };
    for group in groups.iter().copied() {
        let Some(was_tried) = tried.get_mut(group) else {
            continue;
        };
        if std::mem::replace(was_tried, true) {
            continue;
        }
        let holder = text_of_group.get(group).copied().flatten();
        if holder.is_none_or(|holder| finds_group(holder, texts, text_of_group, tried)) {
            if let Some(place) = text_of_group.get_mut(group) {
                *place = Some(text);
            }
            return true;
        }
    }
    false
}

/// The name that counts as one: the publisher's owner or the publisher, else the host, else the source itself.
fn group(source: &Source, index: usize, publishers: &PublisherRegister) -> String {
    let publisher = publisher_of(source, publishers);
    if !publisher.is_empty() {
        return format!("publisher {}", publishers.group(&publisher));
    }
    host(&source.url).map_or_else(|| format!("source {index}"), |host| format!("host {host}"))
}

/// The publisher as named, else the one whose host the address has; empty where neither is known.
fn publisher_of(source: &Source, publishers: &PublisherRegister) -> String {
    if !source.publisher.is_empty() {
        return source.publisher.clone();
    }
    host(&source.url)
        .and_then(|host| publishers.of_host(&host))
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

const SELECT: &str = "SELECT id, url, title, publisher, published, story FROM articles";

fn cited(row: &Row) -> Result<Cited> {
    Ok(Cited {
        id: ArticleId(row.int("id")?),
        url: row.text("url")?,
        title: row.text("title")?,
        publisher: row.text("publisher")?,
        published: row.opt_day("published")?,
        story: row.opt_int("story")?,
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
    use crate::domain::reference;

    fn source(publisher: &str, url: &str, article: i64) -> Source {
        Source {
            article: Some(ArticleId(article)),
            publisher: publisher.to_owned(),
            url: url.to_owned(),
            ..Source::default()
        }
    }

    fn count(sources: &[Source], stories: &[(i64, i64)]) -> i64 {
        let stories = stories
            .iter()
            .map(|(article, story)| (ArticleId(*article), *story))
            .collect();
        let register = PublisherRegister::new(reference::publishers().to_vec());
        independent(sources, &stories, &register)
    }

    #[test]
    fn one_owner_one_text_and_one_host_count_once() {
        let sources = [
            source("The Times", "", 1),
            source("The Wall Street Journal", "", 3),
            source("Nobody's Gazette", "", 2),
            source("", "https://a.example/1", 4),
            source("", "https://www.a.example/2", 5),
            source("", "", 6),
            source("", "", 7),
        ];
        assert_eq!(count(&sources, &[(1, 1), (2, 1)]), 5);
        assert_eq!(count(&[], &[]), 0);
    }

    #[test]
    fn a_report_of_its_own_counts_beside_a_copy_whatever_the_order() {
        let agency = source("First Agency", "", 1);
        let copied = source("Second Post", "", 2);
        let own = source("Second Post", "", 3);
        let stories = [(1, 1), (2, 1), (3, 3)];
        assert_eq!(count(&[agency.clone(), copied.clone()], &stories), 1);
        for order in [
            [&agency, &copied, &own],
            [&copied, &agency, &own],
            [&own, &copied, &agency],
        ] {
            assert_eq!(count(&order.map(Clone::clone), &stories), 2);
        }
    }
}
