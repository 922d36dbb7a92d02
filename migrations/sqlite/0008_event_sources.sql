-- The article of each source of an event, by position, with the words that carry the event as JSON.
CREATE TABLE event_sources (
    event_id INTEGER NOT NULL REFERENCES events (id),
    position INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    spans TEXT NOT NULL,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_sources_of_article ON event_sources (article_id, event_id);
