-- Announced acts that lapsed, by their last possible day: a longer grace makes the latest of them pending again.
CREATE INDEX events_lapsed ON events (day_last) WHERE status <= 3 AND follow_through = 4;
