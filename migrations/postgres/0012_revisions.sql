-- Every change of an event: who, when, why, and the event before and after as JSON (before is empty for a new one, after once it is gone).
-- sort_key is that of after, or of before where there is none.
CREATE TABLE revisions (
    id BIGINT NOT NULL PRIMARY KEY,
    event_id BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    sort_key BIGINT NOT NULL,
    at BIGINT NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    action BIGINT NOT NULL,
    before TEXT COLLATE "C",
    after TEXT COLLATE "C",
    UNIQUE (event_id, revision)
);

CREATE INDEX revisions_in_order ON revisions (sort_key, event_id, revision, at);
