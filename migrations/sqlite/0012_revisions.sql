-- Every change of an event: who, when, why, and the event before and after as JSON (before is empty for a new one, after once it is gone).
-- sort_key is that of after, or of before where there is none.
CREATE TABLE revisions (
    id INTEGER NOT NULL PRIMARY KEY,
    event_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    sort_key INTEGER NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    action INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    UNIQUE (event_id, revision)
) STRICT;

CREATE INDEX revisions_in_order ON revisions (sort_key, event_id, revision, at);
