-- What an editor needs of a candidate beside its draft: its kind, for the queue's filters; the candidates of the same article that
-- it answers, denies or carries out, as a cell of KIND:POSITION; the decision that settled it, which several may share; and
-- the fields that the editor changed, as a cell.
ALTER TABLE candidates ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;
ALTER TABLE candidates ADD COLUMN links TEXT NOT NULL DEFAULT '';
ALTER TABLE candidates ADD COLUMN decision INTEGER;
ALTER TABLE candidates ADD COLUMN changed TEXT NOT NULL DEFAULT '';

UPDATE candidates SET kind = CASE json_extract(draft, '$.kind')
    WHEN 'statement' THEN 1
    WHEN 'demand' THEN 2
    WHEN 'pledge' THEN 3
    WHEN 'warning' THEN 4
    WHEN 'accusation' THEN 5
    WHEN 'denial' THEN 6
    WHEN 'meeting' THEN 7
    WHEN 'visit' THEN 8
    WHEN 'agreement' THEN 9
    WHEN 'sanction' THEN 10
    WHEN 'relief' THEN 11
    WHEN 'ruling' THEN 12
    WHEN 'military' THEN 13
    WHEN 'transfer' THEN 14
    WHEN 'rupture' THEN 15
    ELSE 1
END;

DROP INDEX candidates_waiting;
CREATE INDEX candidates_waiting ON candidates (article_id, kind, confidence) WHERE state = 1;
CREATE INDEX candidates_by_decision ON candidates (decided_by, decision) WHERE decision IS NOT NULL;
CREATE INDEX candidates_by_day ON candidates (decided_at) WHERE state > 1;
CREATE INDEX candidates_of_event ON candidates (event_id) WHERE event_id IS NOT NULL;

INSERT INTO counters (name, value) VALUES ('decision', 0);
