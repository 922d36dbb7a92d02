-- Publishers that editors keep: how far each is trusted (1 more, 2 as usual, 3 less), and who changed the row, which reference data then leave alone.
ALTER TABLE publishers ADD COLUMN trust INTEGER NOT NULL DEFAULT 2;
ALTER TABLE publishers ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE publishers ADD COLUMN edited_by TEXT NOT NULL DEFAULT '';
ALTER TABLE publishers ADD COLUMN edit_reason TEXT NOT NULL DEFAULT '';
INSERT INTO counters (name, value) VALUES ('publisher_changes', 0);
