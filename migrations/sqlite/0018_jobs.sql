-- The ingest queue: state 1 queued, 2 running, 3 done, 4 failed, 5 parked. payload is JSON.
-- A running job whose lease has passed may be taken again.
CREATE TABLE jobs (
    id INTEGER NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL,
    payload TEXT NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    error TEXT NOT NULL,
    article_id INTEGER REFERENCES articles (id),
    events INTEGER NOT NULL,
    author TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    lease_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX jobs_to_take ON jobs (state, not_before, id) WHERE state <= 2;
