-- What became of an event without a revision of its own: another carried it out, or its term passed. For the record as it was published then.
CREATE TABLE follow_through_changes (
    event_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    follow_through INTEGER,
    follow_through_event INTEGER,
    PRIMARY KEY (event_id, at)
) STRICT, WITHOUT ROWID;
