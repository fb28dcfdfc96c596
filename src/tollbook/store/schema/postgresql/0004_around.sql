-- What a part of the record needs from the rest of it, so that one incident is shown without reading all others. Like
-- the tables of linking it follows from the log, under the same mark, and is thrown away and made anew with them.
ALTER TABLE linking ADD COLUMN ruling BIGINT NOT NULL DEFAULT 0;

-- Whom each report credits and how long it is; what is resolved of its claims from itself alone; and what it says about
-- names, so that it can be taken back.
CREATE TABLE text_credits (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE text_drafts (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE text_names (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);

-- What all reports together say about names: how many say each thing.
CREATE TABLE told (
    kind   TEXT COLLATE "C" NOT NULL,
    name   TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    times  BIGINT NOT NULL,
    PRIMARY KEY (kind, name, detail)
);

-- Incidents as they are shown, after what people ruled; a claim by which each is found; and all ids that lead there.
CREATE TABLE shown (
    incident TEXT COLLATE "C" PRIMARY KEY,
    name     TEXT COLLATE "C" NOT NULL,
    folded   TEXT COLLATE "C" NOT NULL,
    claims   BIGINT NOT NULL,
    seed     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX shown_folded ON shown (folded, incident);
CREATE TABLE shown_ids (
    id       TEXT COLLATE "C" PRIMARY KEY,
    incident TEXT COLLATE "C" NOT NULL
);
CREATE INDEX shown_ids_incident ON shown_ids (incident);

-- So that what was linked before these tables came is linked again.
DELETE FROM linking;
