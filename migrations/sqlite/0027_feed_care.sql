-- How far a feed is trusted where that differs from its publisher, and how often in a row it could not be read.
ALTER TABLE feeds ADD COLUMN trust INTEGER;
ALTER TABLE feeds ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
