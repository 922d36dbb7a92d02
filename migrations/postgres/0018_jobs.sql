-- The ingest queue: state 1 queued, 2 running, 3 done, 4 failed, 5 parked. payload is JSON.
-- A running job whose lease has passed may be taken again.
CREATE TABLE jobs (
    id BIGINT NOT NULL PRIMARY KEY,
    kind BIGINT NOT NULL,
    payload TEXT COLLATE "C" NOT NULL,
    state BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    error TEXT COLLATE "C" NOT NULL,
    article_id BIGINT REFERENCES articles (id),
    events BIGINT NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    not_before BIGINT NOT NULL,
    lease_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX jobs_to_take ON jobs (state, not_before, id) WHERE state <= 2;
