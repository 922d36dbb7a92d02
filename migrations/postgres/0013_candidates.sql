-- Events that were found in an article: state 1 waits, 2 accepted, 3 merged, 4 rejected. draft and spans are JSON, rules is a cell.
CREATE TABLE candidates (
    id BIGINT NOT NULL PRIMARY KEY,
    article_id BIGINT NOT NULL REFERENCES articles (id),
    position BIGINT NOT NULL,
    state BIGINT NOT NULL,
    event_id BIGINT REFERENCES events (id),
    draft TEXT COLLATE "C" NOT NULL,
    spans TEXT COLLATE "C" NOT NULL,
    rules TEXT COLLATE "C" NOT NULL,
    confidence BIGINT NOT NULL,
    decided_by TEXT COLLATE "C" NOT NULL,
    decided_at BIGINT,
    reason TEXT COLLATE "C" NOT NULL,
    UNIQUE (article_id, position)
);

CREATE INDEX candidates_waiting ON candidates (article_id) WHERE state = 1;
