-- Who publishes. The key is the folded name; hosts is a cell.
CREATE TABLE publishers (
    name_folded TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    home TEXT,
    hosts TEXT NOT NULL,
    owner TEXT
) STRICT, WITHOUT ROWID;
