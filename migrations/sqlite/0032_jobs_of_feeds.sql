-- The feed that a job's article came from, so that the review can be told by feeds.
ALTER TABLE jobs ADD COLUMN feed_id INTEGER;

UPDATE jobs SET feed_id = json_extract(payload, '$.feed') WHERE kind = 3;

CREATE INDEX jobs_of_feed ON jobs (feed_id, article_id) WHERE feed_id IS NOT NULL;
