-- Articles whose text changed under their address: the new version, the one before it, and which editor has seen to it.
CREATE TABLE article_changes (
    article_id BIGINT NOT NULL PRIMARY KEY REFERENCES articles (id),
    previous_id BIGINT NOT NULL REFERENCES articles (id),
    seen_by TEXT COLLATE "C" NOT NULL,
    seen_at BIGINT
);

CREATE INDEX article_changes_open ON article_changes (article_id) WHERE seen_at IS NULL;
