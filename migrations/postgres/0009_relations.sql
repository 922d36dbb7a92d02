-- How an event of the timeline stands to another, in the order given.
CREATE TABLE relations (
    from_id BIGINT NOT NULL REFERENCES events (id),
    position BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    to_id BIGINT NOT NULL REFERENCES events (id),
    PRIMARY KEY (from_id, position)
);

CREATE INDEX relations_to ON relations (to_id, kind, from_id);
