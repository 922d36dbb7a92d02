-- What changed since an instant: all else stands on the timeline as it did then.
CREATE INDEX revisions_by_time ON revisions (at, event_id);
CREATE INDEX follow_through_changes_by_time ON follow_through_changes (at, event_id);
