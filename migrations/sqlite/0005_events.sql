-- The event and all that a list or an export shows of it: lists are cells, days are counted from 1 January of year 1
-- (day_first 0 and day_last 9999999 where open), instants are microseconds. Status 1 to 3 is on the timeline, 4 deleted, 5 merged.
-- span is 0 for one day, 1 for anything longer or open. month is year * 12 + month - 1 of the day it sorts by.
CREATE TABLE events (
    id INTEGER NOT NULL PRIMARY KEY,
    sort_key INTEGER NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    status INTEGER NOT NULL,
    merged_into INTEGER,
    kind INTEGER NOT NULL,
    modality INTEGER NOT NULL,
    date TEXT NOT NULL,
    date_text TEXT NOT NULL,
    day_first INTEGER NOT NULL,
    day_last INTEGER NOT NULL,
    span INTEGER NOT NULL,
    month INTEGER NOT NULL,
    effective_date TEXT,
    headline TEXT NOT NULL,
    summary TEXT NOT NULL,
    quote TEXT NOT NULL,
    speakers TEXT NOT NULL,
    actors TEXT NOT NULL,
    targets TEXT NOT NULL,
    named TEXT NOT NULL,
    place TEXT NOT NULL,
    authority TEXT NOT NULL,
    program TEXT NOT NULL,
    legal_url TEXT NOT NULL,
    list_ids TEXT NOT NULL,
    tags TEXT NOT NULL,
    confidence INTEGER,
    relations TEXT NOT NULL,
    judgement INTEGER,
    source_count INTEGER NOT NULL,
    independent_sources INTEGER NOT NULL,
    source_urls TEXT NOT NULL,
    source_publishers TEXT NOT NULL,
    source_titles TEXT NOT NULL,
    source_dates TEXT NOT NULL,
    first_reported INTEGER,
    follow_through INTEGER,
    follow_through_event INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX events_in_order ON events (sort_key, modality) WHERE status <= 3;
CREATE INDEX events_by_kind ON events (kind, sort_key) WHERE status <= 3;
CREATE INDEX events_by_modality ON events (modality, sort_key) WHERE status <= 3;
CREATE INDEX events_spans ON events (sort_key, day_first, day_last) WHERE status <= 3 AND span = 1;
CREATE INDEX events_pending ON events (day_last) WHERE status <= 3 AND follow_through = 1;
CREATE INDEX events_followed ON events (sort_key) WHERE status <= 3 AND follow_through IS NOT NULL;
