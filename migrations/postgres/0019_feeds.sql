-- Feeds that are polled. Texts are empty where the server sent none.
CREATE TABLE feeds (
    id BIGINT NOT NULL PRIMARY KEY,
    url TEXT COLLATE "C" NOT NULL UNIQUE,
    title TEXT COLLATE "C" NOT NULL,
    publisher TEXT COLLATE "C" NOT NULL,
    paused BIGINT NOT NULL,
    last_fetched BIGINT,
    next_fetch BIGINT NOT NULL,
    etag TEXT COLLATE "C" NOT NULL,
    last_modified TEXT COLLATE "C" NOT NULL,
    last_error TEXT COLLATE "C" NOT NULL,
    items_new BIGINT NOT NULL,
    items_known BIGINT NOT NULL,
    items_failed BIGINT NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX feeds_due ON feeds (next_fetch) WHERE paused = 0;
