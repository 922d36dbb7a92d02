-- The article of each source of an event, by position, with the words that carry the event as JSON.
CREATE TABLE event_sources (
    event_id BIGINT NOT NULL REFERENCES events (id),
    position BIGINT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES articles (id),
    spans TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (event_id, position)
);

CREATE INDEX event_sources_of_article ON event_sources (article_id, event_id);
