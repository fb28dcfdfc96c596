CREATE TABLE account (
    -- As rulings bear it.
    name TEXT PRIMARY KEY,
    -- By which it is looked up: no two names that a reader would take for one.
    folded TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    -- argon2id; empty until an invitation is taken up.
    password TEXT NOT NULL DEFAULT '',
    -- Base32; empty where there is no second factor. What is offered becomes it once a code of it has been shown.
    totp TEXT NOT NULL DEFAULT '',
    offered TEXT NOT NULL DEFAULT '',
    -- The last time step whose code was taken: no code works twice.
    step INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE removed (
    -- Rulings bear these names: nobody else gets one.
    folded TEXT PRIMARY KEY
) STRICT;
CREATE TABLE recovery (
    name TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    code_sha256 TEXT NOT NULL,
    PRIMARY KEY (name, code_sha256)
) STRICT;
CREATE TABLE invitation (
    token_sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    until REAL NOT NULL
) STRICT;
CREATE TABLE device (
    -- A browser that this person has logged in with: strangers who guess at the name don't lock it out.
    secret_sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    until REAL NOT NULL
) STRICT;
CREATE TABLE session (
    -- The hash of what the cookie holds: who reads this file can't come in by it.
    secret_sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- 1 where an account came in by its password, 0 by the link of who started the app.
    account INTEGER NOT NULL,
    csrf TEXT NOT NULL,
    seen REAL NOT NULL,
    until REAL NOT NULL
) STRICT;
CREATE INDEX session_name ON session (name);
CREATE TABLE told (
    -- What other commands must know of the app: where it was last served.
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
