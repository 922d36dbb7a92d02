-- How an event of the timeline stands to another, in the order given.
CREATE TABLE relations (
    from_id INTEGER NOT NULL REFERENCES events (id),
    position INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    to_id INTEGER NOT NULL REFERENCES events (id),
    PRIMARY KEY (from_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX relations_to ON relations (to_id, kind, from_id);
