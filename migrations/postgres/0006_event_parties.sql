-- Who stands in an event of the timeline: side 1 acts, 2 is acted upon, 3 both. Kind and days are the event's.
CREATE TABLE event_parties (
    party_id BIGINT NOT NULL REFERENCES parties (id),
    sort_key BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    side BIGINT NOT NULL,
    day_first BIGINT NOT NULL,
    day_last BIGINT NOT NULL,
    PRIMARY KEY (party_id, sort_key)
);

CREATE INDEX event_parties_by_kind ON event_parties (party_id, kind, sort_key, side, day_first, day_last);
CREATE INDEX event_parties_of_event ON event_parties (sort_key);
