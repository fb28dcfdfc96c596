-- What linking keeps from one `add` to the next. None of it is truth: it follows from the log, says which code made it
-- and up to which event, and is thrown away and made anew where it is of other code or doesn't fit the log.
CREATE TABLE linking (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    made_by TEXT NOT NULL,
    event   INTEGER NOT NULL,
    hash    TEXT NOT NULL
) STRICT;

CREATE TABLE linked_reports (
    number INTEGER PRIMARY KEY,
    report TEXT NOT NULL UNIQUE,
    nodes  INTEGER NOT NULL
) STRICT;

-- Events that reports tell of, by number: what is compared, strong ties, and which hang together in which groups.
CREATE TABLE linked_nodes (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE linked_ties (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE linked_parts (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE linked_part_of (number INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE linked_keys (
    key    INTEGER NOT NULL,
    place  BLOB NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, place, number)
) STRICT, WITHOUT ROWID;

-- The claims of each, and those whose groups have changed since incidents were last given their ids.
CREATE TABLE linked_claims (
    number INTEGER NOT NULL,
    claim  TEXT NOT NULL,
    PRIMARY KEY (number, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_claims_claim ON linked_claims (claim);
CREATE TABLE linked_fresh (number INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT;

-- Texts of reports, by the number of the report: samples, ties of near-copies, versions, and which runs are formulas.
CREATE TABLE text_samples (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE text_ties (number INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE text_versions (number INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE text_formulas (number INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE text_keys (
    key    INTEGER NOT NULL,
    place  BLOB NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, place, number)
) STRICT, WITHOUT ROWID;

-- So that nothing of this needs a look at all reports.
CREATE INDEX reports_event ON reports (event);
CREATE INDEX readings_event ON readings (event);
CREATE INDEX readings_reader ON readings (reader);
CREATE INDEX homes_incident ON homes (incident);
