-- What was read, or only cited: then the text is empty and text_hash too. published is a day.
CREATE TABLE articles (
    id INTEGER NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    publisher_folded TEXT NOT NULL,
    byline TEXT NOT NULL,
    language TEXT NOT NULL,
    published INTEGER,
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX articles_by_url ON articles (url, version) WHERE url <> '';
CREATE INDEX articles_by_text ON articles (text_hash) WHERE text_hash <> '';
CREATE INDEX articles_by_publisher ON articles (publisher_folded, title);
