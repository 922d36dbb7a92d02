-- The story of an article: the first of which its text is a copy or a near-copy, or itself; empty where no text is on record.
-- Each first one stands in its bands, by which near-copies are found without looking at every article.
ALTER TABLE articles ADD COLUMN story INTEGER;

CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;
CREATE INDEX articles_without_story ON articles (id) WHERE story IS NULL AND text_hash <> '';

CREATE TABLE story_bands (
    band INTEGER NOT NULL,
    story INTEGER NOT NULL REFERENCES articles (id),
    PRIMARY KEY (band, story)
) STRICT, WITHOUT ROWID;
