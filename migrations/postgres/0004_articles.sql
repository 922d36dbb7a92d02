-- What was read, or only cited: then the text is empty and text_hash too. published is a day.
CREATE TABLE articles (
    id BIGINT NOT NULL PRIMARY KEY,
    url TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    publisher TEXT COLLATE "C" NOT NULL,
    publisher_folded TEXT COLLATE "C" NOT NULL,
    byline TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    published BIGINT,
    text TEXT COLLATE "C" NOT NULL,
    text_hash TEXT COLLATE "C" NOT NULL,
    recorded_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX articles_by_url ON articles (url, version) WHERE url <> '';
CREATE INDEX articles_by_text ON articles (text_hash) WHERE text_hash <> '';
CREATE INDEX articles_by_publisher ON articles (publisher_folded, title);
