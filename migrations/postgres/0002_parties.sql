-- Who can act, speak or be meant. Lists are cells; edited is 1 once a person changed the row, which reference data then leave alone.
CREATE TABLE parties (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    kind BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_folded TEXT COLLATE "C" NOT NULL,
    parent TEXT COLLATE "C",
    aliases TEXT COLLATE "C" NOT NULL,
    demonyms TEXT COLLATE "C" NOT NULL,
    capital TEXT COLLATE "C" NOT NULL,
    metonyms TEXT COLLATE "C" NOT NULL,
    ambiguous TEXT COLLATE "C" NOT NULL,
    members TEXT COLLATE "C" NOT NULL,
    wikidata TEXT COLLATE "C" NOT NULL,
    edited BIGINT NOT NULL DEFAULT 0,
    edited_by TEXT COLLATE "C" NOT NULL DEFAULT '',
    edit_reason TEXT COLLATE "C" NOT NULL DEFAULT '',
    updated_at BIGINT NOT NULL
);
