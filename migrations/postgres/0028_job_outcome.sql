-- What a finished job found: 0 nothing yet or several, 1 a new article, 2 a known one, 3 a copy of a known one, 4 a changed one.
ALTER TABLE jobs ADD COLUMN outcome BIGINT NOT NULL DEFAULT 0;
