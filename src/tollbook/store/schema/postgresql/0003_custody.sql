-- How the bytes of a report were obtained, a row a way: the log tells the hash of the JSON that lies beside the bytes.
CREATE TABLE custody (
    report TEXT COLLATE "C" NOT NULL REFERENCES reports (report),
    raw    TEXT COLLATE "C" NOT NULL,
    way    TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    event  BIGINT NOT NULL REFERENCES events (seq),
    PRIMARY KEY (report, raw, way)
);

CREATE INDEX custody_raw ON custody (raw, way);
