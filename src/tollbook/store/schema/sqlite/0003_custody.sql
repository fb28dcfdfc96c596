-- How the bytes of a report were obtained, a row a way: the log tells the hash of the JSON that lies beside the bytes.
CREATE TABLE custody (
    report TEXT NOT NULL REFERENCES reports (report),
    raw    TEXT NOT NULL,
    way    TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    event  INTEGER NOT NULL REFERENCES events (seq),
    PRIMARY KEY (report, raw, way)
) STRICT, WITHOUT ROWID;

CREATE INDEX custody_raw ON custody (raw, way);
