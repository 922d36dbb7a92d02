-- Whose articles an event of the timeline rests on; the publisher is the folded name.
CREATE TABLE event_publishers (
    publisher TEXT NOT NULL,
    sort_key INTEGER NOT NULL,
    PRIMARY KEY (publisher, sort_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_publishers_of_event ON event_publishers (sort_key);
