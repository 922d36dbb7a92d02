-- Failed logins by what is throttled: an address or an account.
CREATE TABLE login_failures (
    id BIGINT NOT NULL PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX login_failures_by_key ON login_failures (key, at);
CREATE INDEX login_failures_by_time ON login_failures (at);
