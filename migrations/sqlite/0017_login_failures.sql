-- Failed logins by what is throttled: an address or an account.
CREATE TABLE login_failures (
    id INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX login_failures_by_key ON login_failures (key, at);
CREATE INDEX login_failures_by_time ON login_failures (at);
