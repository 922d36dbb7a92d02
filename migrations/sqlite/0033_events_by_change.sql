-- What changed since an instant, without a walk over all that did not.
CREATE INDEX events_by_change ON events (updated_at, sort_key);
