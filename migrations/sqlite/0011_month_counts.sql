-- Events of the timeline by month of the day they sort by; kind 0 is all kinds.
CREATE TABLE month_counts (
    month INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, month)
) STRICT, WITHOUT ROWID;
