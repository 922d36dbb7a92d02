-- API tokens; only the hash of the secret is kept. A revoked one keeps its row.
CREATE TABLE tokens (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role INTEGER NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
