-- Full text of the events of the timeline: folded words, a space between each; the rowid is the sort key, so that hits come in its order.
-- Words are cut in one place for both engines; the ascii tokenizer leaves every other sign alone.
CREATE VIRTUAL TABLE event_words USING fts5 (
    words,
    tokenize = 'ascii',
    content = '',
    contentless_delete = 1
);
