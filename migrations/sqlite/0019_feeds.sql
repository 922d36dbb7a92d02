-- Feeds that are polled. Texts are empty where the server sent none.
CREATE TABLE feeds (
    id INTEGER NOT NULL PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    paused INTEGER NOT NULL,
    last_fetched INTEGER,
    next_fetch INTEGER NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    last_error TEXT NOT NULL,
    items_new INTEGER NOT NULL,
    items_known INTEGER NOT NULL,
    items_failed INTEGER NOT NULL,
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX feeds_due ON feeds (next_fetch) WHERE paused = 0;
