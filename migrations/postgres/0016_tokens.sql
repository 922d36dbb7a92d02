-- API tokens; only the hash of the secret is kept. A revoked one keeps its row.
CREATE TABLE tokens (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    role BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    author TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT
);
