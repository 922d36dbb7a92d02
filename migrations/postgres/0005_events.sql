-- The event and all that a list or an export shows of it: lists are cells, days are counted from 1 January of year 1
-- (day_first 0 and day_last 9999999 where open), instants are microseconds. Status 1 to 3 is on the timeline, 4 deleted, 5 merged.
-- span is 0 for one day, 1 for anything longer or open. month is year * 12 + month - 1 of the day it sorts by.
CREATE TABLE events (
    id BIGINT NOT NULL PRIMARY KEY,
    sort_key BIGINT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    status BIGINT NOT NULL,
    merged_into BIGINT,
    kind BIGINT NOT NULL,
    modality BIGINT NOT NULL,
    date TEXT COLLATE "C" NOT NULL,
    date_text TEXT COLLATE "C" NOT NULL,
    day_first BIGINT NOT NULL,
    day_last BIGINT NOT NULL,
    span BIGINT NOT NULL,
    month BIGINT NOT NULL,
    effective_date TEXT COLLATE "C",
    headline TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    quote TEXT COLLATE "C" NOT NULL,
    speakers TEXT COLLATE "C" NOT NULL,
    actors TEXT COLLATE "C" NOT NULL,
    targets TEXT COLLATE "C" NOT NULL,
    named TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    authority TEXT COLLATE "C" NOT NULL,
    program TEXT COLLATE "C" NOT NULL,
    legal_url TEXT COLLATE "C" NOT NULL,
    list_ids TEXT COLLATE "C" NOT NULL,
    tags TEXT COLLATE "C" NOT NULL,
    confidence BIGINT,
    relations TEXT COLLATE "C" NOT NULL,
    judgement BIGINT,
    source_count BIGINT NOT NULL,
    independent_sources BIGINT NOT NULL,
    source_urls TEXT COLLATE "C" NOT NULL,
    source_publishers TEXT COLLATE "C" NOT NULL,
    source_titles TEXT COLLATE "C" NOT NULL,
    source_dates TEXT COLLATE "C" NOT NULL,
    first_reported BIGINT,
    follow_through BIGINT,
    follow_through_event BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX events_in_order ON events (sort_key, modality) WHERE status <= 3;
CREATE INDEX events_by_kind ON events (kind, sort_key) WHERE status <= 3;
CREATE INDEX events_by_modality ON events (modality, sort_key) WHERE status <= 3;
CREATE INDEX events_spans ON events (sort_key, day_first, day_last) WHERE status <= 3 AND span = 1;
CREATE INDEX events_pending ON events (day_last) WHERE status <= 3 AND follow_through = 1;
CREATE INDEX events_followed ON events (sort_key) WHERE status <= 3 AND follow_through IS NOT NULL;
