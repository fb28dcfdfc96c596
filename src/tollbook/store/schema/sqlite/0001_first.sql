-- The log is the truth: every other table is what the log says, kept where it can be looked up.
CREATE TABLE events (
    seq       INTEGER PRIMARY KEY CHECK (seq > 0),
    kind      TEXT NOT NULL,
    payload   TEXT NOT NULL,
    who       TEXT NOT NULL,
    at        TEXT NOT NULL,
    salt      TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash      TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX events_kind ON events (kind, seq);

CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
    OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM events WHERE seq = NEW.seq - 1), NEW.prev_hash)
BEGIN
    SELECT RAISE(ABORT, 'an event follows on the last one');
END;

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER events_keep BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;

CREATE TABLE reports (
    report      TEXT PRIMARY KEY,
    text_sha256 TEXT NOT NULL,
    particulars TEXT NOT NULL,
    event       INTEGER NOT NULL REFERENCES events (seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX reports_text ON reports (text_sha256);

CREATE TABLE readings (
    report  TEXT PRIMARY KEY REFERENCES reports (report),
    reader  TEXT NOT NULL,
    reading TEXT NOT NULL,
    event   INTEGER NOT NULL REFERENCES events (seq)
) STRICT;

CREATE TABLE incidents (
    incident TEXT PRIMARY KEY,
    event    INTEGER NOT NULL REFERENCES events (seq)
) STRICT, WITHOUT ROWID;

-- The incident that a claim was born into or joined: by these an incident which others join and leave keeps its id.
CREATE TABLE homes (
    claim    TEXT PRIMARY KEY,
    incident TEXT NOT NULL REFERENCES incidents (incident),
    event    INTEGER NOT NULL REFERENCES events (seq)
) STRICT, WITHOUT ROWID;
