-- Full text of the events of the timeline: folded words with their places. Words are cut in one place for both engines.
CREATE TABLE event_words (
    sort_key BIGINT NOT NULL PRIMARY KEY,
    words TSVECTOR NOT NULL
);

CREATE INDEX event_words_by_word ON event_words USING GIN (words);
