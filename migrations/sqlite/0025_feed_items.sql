-- What a feed has given, so that an entry is read once, and again where it changed: stamp is a hash of what the feed says of it.
CREATE TABLE feed_items (
    feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    stamp TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (feed_id, item)
) STRICT, WITHOUT ROWID;
