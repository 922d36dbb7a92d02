-- What editors made of the candidates of each rule and kind: accepted, changed, rejected, and how often each field was changed.
-- The rule '' counts every candidate of the kind.
CREATE TABLE lessons (
    rule TEXT COLLATE "C" NOT NULL,
    kind BIGINT NOT NULL,
    lesson TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (rule, kind, lesson)
);
