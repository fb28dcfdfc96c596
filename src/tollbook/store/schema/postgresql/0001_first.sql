-- The same record as in SQLite. Texts are compared by their bytes, as there, whatever the database's own language.
-- One row says that the schema holds a record, which one, and at what version; who writes locks this table first.
CREATE TABLE tollbook (
    one     BIGINT PRIMARY KEY CHECK (one = 1),
    record  TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE migrations (version BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL);

-- The log is the truth: every other table is what the log says, kept where it can be looked up.
CREATE TABLE events (
    seq       BIGINT PRIMARY KEY CHECK (seq > 0),
    kind      TEXT COLLATE "C" NOT NULL,
    payload   TEXT COLLATE "C" NOT NULL,
    who       TEXT COLLATE "C" NOT NULL,
    at        TEXT COLLATE "C" NOT NULL,
    salt      TEXT COLLATE "C" NOT NULL,
    prev_hash TEXT COLLATE "C" NOT NULL,
    hash      TEXT COLLATE "C" NOT NULL UNIQUE
);

CREATE INDEX events_kind ON events (kind, seq);

CREATE FUNCTION events_follow() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM events)
        OR NEW.prev_hash IS DISTINCT FROM coalesce((SELECT hash FROM events WHERE seq = NEW.seq - 1), NEW.prev_hash)
    THEN
        RAISE EXCEPTION 'an event follows on the last one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed and never deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER events_follow BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION events_follow();
CREATE TRIGGER events_stay BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION events_stay();
CREATE TRIGGER events_keep BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_stay();
CREATE TRIGGER events_last BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_stay();

CREATE TABLE reports (
    report      TEXT COLLATE "C" PRIMARY KEY,
    text_sha256 TEXT COLLATE "C" NOT NULL,
    particulars TEXT COLLATE "C" NOT NULL,
    event       BIGINT NOT NULL REFERENCES events (seq)
);

CREATE INDEX reports_text ON reports (text_sha256);

CREATE TABLE readings (
    report  TEXT COLLATE "C" PRIMARY KEY REFERENCES reports (report),
    reader  TEXT COLLATE "C" NOT NULL,
    reading TEXT COLLATE "C" NOT NULL,
    event   BIGINT NOT NULL REFERENCES events (seq)
);

CREATE TABLE incidents (
    incident TEXT COLLATE "C" PRIMARY KEY,
    event    BIGINT NOT NULL REFERENCES events (seq)
);

-- The incident that a claim was born into or joined: by these an incident which others join and leave keeps its id.
CREATE TABLE homes (
    claim    TEXT COLLATE "C" PRIMARY KEY,
    incident TEXT COLLATE "C" NOT NULL REFERENCES incidents (incident),
    event    BIGINT NOT NULL REFERENCES events (seq)
);
