-- What editors made of the candidates of each rule and kind: accepted, changed, rejected, and how often each field was changed.
-- The rule '' counts every candidate of the kind.
CREATE TABLE lessons (
    rule TEXT NOT NULL,
    kind INTEGER NOT NULL,
    lesson TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (rule, kind, lesson)
) STRICT, WITHOUT ROWID;
