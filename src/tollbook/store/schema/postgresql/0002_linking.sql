-- What linking keeps from one `add` to the next. None of it is truth: it follows from the log, says which code made it
-- and up to which event, and is thrown away and made anew where it is of other code or doesn't fit the log.
CREATE TABLE linking (
    one     BIGINT PRIMARY KEY CHECK (one = 1),
    made_by TEXT COLLATE "C" NOT NULL,
    event   BIGINT NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE linked_reports (
    number BIGINT PRIMARY KEY,
    report TEXT COLLATE "C" NOT NULL UNIQUE,
    nodes  BIGINT NOT NULL
);

-- Events that reports tell of, by number: what is compared, strong ties, and which hang together in which groups.
CREATE TABLE linked_nodes (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE linked_ties (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE linked_parts (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE linked_part_of (number BIGINT PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE linked_keys (
    key    BIGINT NOT NULL,
    place  BYTEA NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (key, place, number)
);

-- The claims of each, and those whose groups have changed since incidents were last given their ids.
CREATE TABLE linked_claims (
    number BIGINT NOT NULL,
    claim  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (number, claim)
);
CREATE INDEX linked_claims_claim ON linked_claims (claim);
CREATE TABLE linked_fresh (number BIGINT PRIMARY KEY, value BIGINT NOT NULL);

-- Texts of reports, by the number of the report: samples, ties of near-copies, versions, and which runs are formulas.
CREATE TABLE text_samples (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE text_ties (number BIGINT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE text_versions (number BIGINT PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE text_formulas (number BIGINT PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE text_keys (
    key    BIGINT NOT NULL,
    place  BYTEA NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (key, place, number)
);

-- So that nothing of this needs a look at all reports.
CREATE INDEX reports_event ON reports (event);
CREATE INDEX readings_event ON readings (event);
CREATE INDEX readings_reader ON readings (reader);
CREATE INDEX homes_incident ON homes (incident);
