-- Who can act, speak or be meant. Lists are cells; edited is 1 once a person changed the row, which reference data then leave alone.
CREATE TABLE parties (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    parent TEXT,
    aliases TEXT NOT NULL,
    demonyms TEXT NOT NULL,
    capital TEXT NOT NULL,
    metonyms TEXT NOT NULL,
    ambiguous TEXT NOT NULL,
    members TEXT NOT NULL,
    wikidata TEXT NOT NULL,
    edited INTEGER NOT NULL DEFAULT 0,
    edited_by TEXT NOT NULL DEFAULT '',
    edit_reason TEXT NOT NULL DEFAULT '',
    updated_at INTEGER NOT NULL
) STRICT;
