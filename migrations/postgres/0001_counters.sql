-- Numbers handed out or counted up in the transaction that uses them: ids without gaps, and how often the record changed.
CREATE TABLE counters (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

INSERT INTO counters (name, value) VALUES
    ('event', 0),
    ('article', 0),
    ('candidate', 0),
    ('revision', 0),
    ('party', 0),
    ('user', 0),
    ('token', 0),
    ('login_failure', 0),
    ('job', 0),
    ('feed', 0),
    ('changes', 0),
    ('party_changes', 0),
    ('reference', 0);
