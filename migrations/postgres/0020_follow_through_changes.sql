-- What became of an event without a revision of its own: another carried it out, or its term passed. For the record as it was published then.
CREATE TABLE follow_through_changes (
    event_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    follow_through BIGINT,
    follow_through_event BIGINT,
    PRIMARY KEY (event_id, at)
);
