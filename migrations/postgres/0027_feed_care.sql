-- How far a feed is trusted where that differs from its publisher, and how often in a row it could not be read.
ALTER TABLE feeds ADD COLUMN trust BIGINT;
ALTER TABLE feeds ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
