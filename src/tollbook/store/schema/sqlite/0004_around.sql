-- What a part of the record needs from the rest of it, so that one incident is shown without reading all others. Like
-- the tables of linking it follows from the log, under the same mark, and is thrown away and made anew with them.
ALTER TABLE linking ADD COLUMN ruling INTEGER NOT NULL DEFAULT 0;

-- Whom each report credits and how long it is; what is resolved of its claims from itself alone; and what it says about
-- names, so that it can be taken back.
CREATE TABLE text_credits (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE text_drafts (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE text_names (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;

-- What all reports together say about names: how many say each thing.
CREATE TABLE told (
    kind   TEXT NOT NULL,
    name   TEXT NOT NULL,
    detail TEXT NOT NULL,
    times  INTEGER NOT NULL,
    PRIMARY KEY (kind, name, detail)
) STRICT, WITHOUT ROWID;

-- Incidents as they are shown, after what people ruled; a claim by which each is found; and all ids that lead there.
CREATE TABLE shown (
    incident TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL,
    claims   INTEGER NOT NULL,
    seed     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_folded ON shown (folded, incident);
CREATE TABLE shown_ids (
    id       TEXT PRIMARY KEY,
    incident TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_ids_incident ON shown_ids (incident);

-- So that what was linked before these tables came is linked again.
DELETE FROM linking;
