-- Who publishes. The key is the folded name; hosts is a cell.
CREATE TABLE publishers (
    name_folded TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    kind BIGINT NOT NULL,
    home TEXT COLLATE "C",
    hosts TEXT COLLATE "C" NOT NULL,
    owner TEXT COLLATE "C"
);
