-- Events of the timeline by month of the day they sort by; kind 0 is all kinds.
CREATE TABLE month_counts (
    month BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (kind, month)
);
