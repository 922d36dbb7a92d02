//! The bytes of an export, chunk by chunk: the next rows are read while the last are on their way.
//!
//! Rows come packed where the format takes them so. An error ends the stream before its end: nobody may take what came
//! for the whole.

use std::io::{self, Read as _};

use actix_web::web::Bytes;
use futures::Stream;
use tokio::task::JoinHandle;

use crate::{
    domain::filter::{Cursor, TimelineFilter},
    export::{ExportError, Takes, Writer},
    store::{Rows, Store, StoreError},
};

/// Events of one chunk.
const CHUNK: u32 = 1_000;
/// Bytes of one piece of an export's end.
const PIECE: usize = 64 * 1024;

/// What breaks an export off.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The format.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The task that read ahead was ended.
    #[error("the reading was stopped")]
    Stopped,
    /// A temporary file.
    #[error("a temporary file cannot be read: {0}")]
    File(#[from] io::Error),
}

/// Everything that a writer makes of the events that a filter finds; the filter's own page is ignored.
pub fn bytes(
    store: Store,
    filter: TimelineFilter,
    mut writer: Box<dyn Writer>,
) -> impl Stream<Item = Result<Bytes, Broken>> {
    async_stream::try_stream! {
        let start = writer.start()?;
        if !start.is_empty() {
            yield Bytes::from(start);
        }
        let takes = writer.takes();
        let mut coming = Some(ahead(&store, &filter, None, takes));
        while let Some(chunk) = coming.take() {
            let (rows, next) = chunk.await.map_err(|_| Broken::Stopped)??;
            if next.is_some() {
                coming = Some(ahead(&store, &filter, next, takes));
                // lets the question reach the database before the rows at hand are written
                tokio::task::yield_now().await;
            }
            let written = match rows {
                Rows::Packed(packed) => writer.packed(&packed)?,
                Rows::Events(events) => writer.rows(&events)?,
            };
            if !written.is_empty() {
                yield Bytes::from(written);
            }
        }
        let mut tail = writer.finish()?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = tail.read(&mut piece)?;
            if read == 0 {
                break;
            }
            yield Bytes::copy_from_slice(piece.get(..read).unwrap_or_default());
        }
    }
}

type Chunk = Result<(Rows, Option<Cursor>), StoreError>;

/// Begins to read a chunk.
fn ahead(
    store: &Store,
    filter: &TimelineFilter,
    after: Option<Cursor>,
    takes: Takes,
) -> JoinHandle<Chunk> {
    let (store, filter) = (store.clone(), filter.clone());
    tokio::spawn(async move {
        match takes {
            Takes::Packed => store.packed_chunk(&filter, after, CHUNK).await,
            Takes::Events => {
                let (events, next) = store.export_chunk(&filter, after, CHUNK).await?;
                Ok((Rows::Events(events), next))
            }
        }
    })
}
