//! The way of an article: document → article → candidates → record. Each step has its own module; here they are joined.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use url::Url;

use super::{
    IngestError, address, candidate,
    document::{self, Contents, Document, Given},
    feed::FeedEntry,
    fetch::{Fetched, Fetcher},
};
use crate::{
    domain::{article::NewArticle, id::ArticleId, reference, register::PartyRegister},
    extract::{self, ArticleText, party::gazetteer::Gazetteer},
    store::{Author, Recorded, Recording, Store, job::Destination, review::NewCandidate},
};

/// Whether an article was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It is on record now.
    New,
    /// It was on record.
    Known,
    /// Its text was on record under another address, which is remembered beside that one.
    Copy,
    /// Its address was on record with another text; the new version waits for an editor.
    Changed,
}

impl Status {
    /// The word of the command line and the API, which know two.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Known | Self::Copy | Self::Changed => "known",
        }
    }
}

/// What became of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Its number on record.
    pub article: ArticleId,
    /// Whether it was new.
    pub status: Status,
    /// Candidate events that this reading added.
    pub events: usize,
}

/// One article of an input, and what became of it.
#[derive(Debug)]
pub struct Handled {
    /// What it is called in messages: the input's name, or an entry's address or title.
    pub name: String,
    /// What became of it.
    pub outcome: Result<Done, IngestError>,
}

/// Reads articles into the record. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Ingester {
    store: Store,
    fetcher: Fetcher,
    names: Arc<Mutex<Option<Names>>>,
}

/// The names that texts are searched for, and the register that they were made from.
#[derive(Debug, Clone)]
struct Names {
    register: Arc<PartyRegister>,
    gazetteer: Arc<Gazetteer>,
}

impl Ingester {
    /// An ingester into a record.
    pub fn new(store: Store, fetcher: Fetcher) -> Self {
        Self {
            store,
            fetcher,
            names: Arc::default(),
        }
    }

    /// The record.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// What fetches addresses.
    pub const fn fetcher(&self) -> &Fetcher {
        &self.fetcher
    }

    /// Reads a document into the record: one article, or every entry of a feed; entries without their own text are fetched,
    /// each once. `name` is what the document is called in messages.
    pub async fn document(
        &self,
        name: &str,
        document: Document,
        given: &Given,
        to: Destination,
        author: &Author,
    ) -> Vec<Handled> {
        let one = |outcome| Handled {
            name: name.to_owned(),
            outcome,
        };
        match self.contents(document, given).await {
            Ok(Contents::Article(article)) => {
                vec![one(self.article(*article, given, order(author, to)).await)]
            }
            Ok(Contents::Feed { title, entries }) => {
                let mut handled = Vec::with_capacity(entries.len());
                for entry in entries {
                    let outcome = self.entry(&entry, &title, given, order(author, to)).await;
                    handled.push(Handled {
                        name: entry_name(name, &entry),
                        outcome,
                    });
                }
                handled
            }
            Err(error) => vec![one(Err(error))],
        }
    }

    /// Fetches an address, once, and reads what is there into the record.
    pub async fn address(
        &self,
        address: &str,
        given: &Given,
        to: Destination,
        author: &Author,
    ) -> Vec<Handled> {
        match self.fetcher.fetch(address).await {
            Ok(fetched) => {
                self.document(address, of_fetched(fetched), given, to, author)
                    .await
            }
            Err(error) => vec![Handled {
                name: address.to_owned(),
                outcome: Err(error.into()),
            }],
        }
    }

    /// Reads a feed's entry into the record: its own text where it has one, else what its address holds.
    ///
    /// # Errors
    /// A sentence on what stood in the way.
    pub async fn entry(
        &self,
        entry: &FeedEntry,
        feed_title: &str,
        given: &Given,
        recording: Recording<'_>,
    ) -> Result<Done, IngestError> {
        let today = self.store.clock().today();
        if entry.text.is_some() {
            let article = document::of_entry(entry, feed_title, given, today)?;
            return self.article(article, given, recording).await;
        }
        let fetched = self.fetcher.fetch_as_robot(&entry.url).await?;
        match self.contents(of_fetched(fetched), given).await? {
            Contents::Article(mut article) => {
                // The page knows its own day best; the feed's is better than none.
                article.published = article.published.or(entry.published);
                if article.title.is_empty() {
                    article.title.clone_from(&entry.title);
                }
                self.article(*article, given, recording).await
            }
            Contents::Feed { .. } => Err(IngestError::FeedInFeed),
        }
    }

    /// What a document holds.
    ///
    /// # Errors
    /// Where it cannot be read; see [`document::read`].
    pub async fn contents(
        &self,
        document: Document,
        given: &Given,
    ) -> Result<Contents, IngestError> {
        let (given, today) = (given.clone(), self.store.clock().today());
        blocking(move || document::read(&document, &given, today)).await?
    }

    /// Reads an article's events and records both, in one transaction. A text that is on record is not read again.
    ///
    /// # Errors
    /// Where the article has no day of publication, is not in English, or the record refuses it.
    pub async fn article(
        &self,
        article: NewArticle,
        given: &Given,
        recording: Recording<'_>,
    ) -> Result<Done, IngestError> {
        let (mut article, day) = document::dated(article)?;
        if given.source.trim().is_empty() {
            self.name_publisher(&mut article).await?;
        }
        let (article, candidates) = if self.store.knows_text(&article.text).await? {
            (article, Vec::new())
        } else {
            let gazetteer = self.gazetteer().await?;
            let (article, candidates) = blocking(move || {
                let candidates = candidates(&article.text, day, &article.language, &gazetteer);
                (article, candidates)
            })
            .await?;
            (article, candidates?)
        };
        let outcome = self.store.record(&article, &candidates, recording).await?;
        Ok(Done {
            article: outcome.recorded.id(),
            status: match outcome.recorded {
                Recorded::New(_) => Status::New,
                Recorded::Known(_) => Status::Known,
                Recorded::Copy { .. } => Status::Copy,
                Recorded::Changed { .. } => Status::Changed,
            },
            events: outcome.candidates,
        })
    }

    /// Names the publisher whose host the address has, as editors keep the register.
    async fn name_publisher(&self, article: &mut NewArticle) -> Result<(), IngestError> {
        let Some(host) = Url::parse(&article.url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
        else {
            return Ok(());
        };
        let register = self.store.publisher_register().await?;
        if let Some(publisher) = register.of_host(&host) {
            article.publisher.clone_from(&publisher.name);
        }
        Ok(())
    }

    /// The compiled-in names, and those of parties that editors added or changed; made anew when the register is.
    async fn gazetteer(&self) -> Result<Arc<Gazetteer>, IngestError> {
        let register = self.store.register().await?;
        let held = self
            .names
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(names) = held.filter(|names| Arc::ptr_eq(&names.register, &register)) {
            return Ok(names.gazetteer);
        }
        let made = Arc::clone(&register);
        let gazetteer = blocking(move || {
            let changed: Vec<_> = made
                .all()
                .iter()
                .filter(|party| reference::party(&party.code) != Some(*party))
                .cloned()
                .collect();
            Arc::new(Gazetteer::with_extra(&changed))
        })
        .await?;
        *self.names.lock().unwrap_or_else(PoisonError::into_inner) = Some(Names {
            register,
            gazetteer: Arc::clone(&gazetteer),
        });
        Ok(gazetteer)
    }
}

/// What a text tells, as candidates.
///
/// # Errors
/// Where it is not in English.
pub fn candidates(
    text: &str,
    published: NaiveDate,
    language: &str,
    gazetteer: &Gazetteer,
) -> Result<Vec<NewCandidate>, IngestError> {
    extract::check_language(text)?;
    let found = extract::read(
        &ArticleText {
            text,
            published,
            language,
        },
        gazetteer,
    );
    Ok(candidate::of_article(found, text))
}

/// What was fetched, as a document.
pub fn of_fetched(fetched: Fetched) -> Document {
    Document {
        bytes: fetched.bytes,
        media_type: fetched.media_type,
        file_name: String::new(),
        address: Some(fetched.address),
    }
}

/// A recording that ends no job.
const fn order(author: &Author, to: Destination) -> Recording<'_> {
    Recording {
        author,
        to,
        claim: None,
    }
}

fn entry_name(input: &str, entry: &FeedEntry) -> String {
    [&entry.url, &entry.title]
        .into_iter()
        .find(|name| !name.is_empty())
        .map_or_else(|| input.to_owned(), Clone::clone)
}

/// Reads an address that a person gave for a text; `None` where it is none.
pub fn given_address(written: &str) -> Option<Url> {
    address::canonical(written).and_then(|url| Url::parse(&url).ok())
}

/// Runs work that takes a processor for a while beside the threads that serve.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, IngestError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| IngestError::Broken)
}
