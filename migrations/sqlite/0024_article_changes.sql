-- Articles whose text changed under their address: the new version, the one before it, and which editor has seen to it.
CREATE TABLE article_changes (
    article_id INTEGER NOT NULL PRIMARY KEY REFERENCES articles (id),
    previous_id INTEGER NOT NULL REFERENCES articles (id),
    seen_by TEXT NOT NULL,
    seen_at INTEGER
) STRICT;

CREATE INDEX article_changes_open ON article_changes (article_id) WHERE seen_at IS NULL;
