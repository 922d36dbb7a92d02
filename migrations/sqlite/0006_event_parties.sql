-- Who stands in an event of the timeline: side 1 acts, 2 is acted upon, 3 both. Kind and days are the event's.
CREATE TABLE event_parties (
    party_id INTEGER NOT NULL REFERENCES parties (id),
    sort_key INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    side INTEGER NOT NULL,
    day_first INTEGER NOT NULL,
    day_last INTEGER NOT NULL,
    PRIMARY KEY (party_id, sort_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_parties_by_kind ON event_parties (party_id, kind, sort_key, side, day_first, day_last);
CREATE INDEX event_parties_of_event ON event_parties (sort_key);
