-- Events that were found in an article: state 1 waits, 2 accepted, 3 merged, 4 rejected. draft and spans are JSON, rules is a cell.
CREATE TABLE candidates (
    id INTEGER NOT NULL PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    state INTEGER NOT NULL,
    event_id INTEGER REFERENCES events (id),
    draft TEXT NOT NULL,
    spans TEXT NOT NULL,
    rules TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at INTEGER,
    reason TEXT NOT NULL,
    UNIQUE (article_id, position)
) STRICT;

CREATE INDEX candidates_waiting ON candidates (article_id) WHERE state = 1;
