-- What a feed has given, so that an entry is read once, and again where it changed: stamp is a hash of what the feed says of it.
CREATE TABLE feed_items (
    feed_id BIGINT NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    item TEXT COLLATE "C" NOT NULL,
    stamp TEXT COLLATE "C" NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (feed_id, item)
);
