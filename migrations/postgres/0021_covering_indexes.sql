-- Counts and facets read from an index alone: of a range of days, of kinds, of modalities.
-- Status stands in them so that no row need be looked up for it.
DROP INDEX events_spans;
DROP INDEX events_by_kind;
DROP INDEX events_by_modality;

CREATE INDEX events_by_span ON events (span, sort_key, status, kind, modality, month, day_first, day_last);
CREATE INDEX events_by_kind ON events (kind, sort_key, status, modality, month, span, day_first, day_last);
CREATE INDEX events_by_modality ON events (modality, sort_key, status, kind, month, span, day_first, day_last);
