-- Plain SQL that PostgreSQL also understands: no AUTOINCREMENT, times are whole milliseconds since 1970.

-- Whether the sealing key fits this database: a known text, sealed.
CREATE TABLE key_check (
    id INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL
);

-- Sessions. `id_hash` is SHA-256 of the session id; everything else about it is inside `sealed`.
-- `account` is the keyed hash of the token, so that a revoked token ends all of its sessions.
CREATE TABLE sessions (
    id_hash BLOB PRIMARY KEY,
    account BLOB,
    sealed BLOB NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

-- One row for each call that changed something, or tried. Rows are only ever added, and removed by age.
CREATE TABLE audit (
    id BLOB PRIMARY KEY,
    at BIGINT NOT NULL,
    account BLOB NOT NULL,
    operation TEXT NOT NULL,
    permission TEXT NOT NULL,
    object TEXT,
    outcome TEXT NOT NULL,
    person TEXT,
    session BLOB NOT NULL,
    address TEXT,
    request_id TEXT NOT NULL
);
CREATE INDEX audit_account ON audit (account, at);

-- Forms that were sent: the one-time id, a hash of the content, and where its sender was led.
CREATE TABLE submissions (
    id TEXT NOT NULL,
    account BLOB NOT NULL,
    content BLOB NOT NULL,
    led_to TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

-- What was typed into a form that was refused, with its errors. Sealed; kept for a day.
CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    account BLOB NOT NULL,
    sealed BLOB NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX drafts_expires_at ON drafts (expires_at);

-- The last power action on each server, followed until the provider shows its effect.
CREATE TABLE power_actions (
    account BLOB NOT NULL,
    server BIGINT NOT NULL,
    action TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_off BOOLEAN NOT NULL,
    settled_at BIGINT,
    PRIMARY KEY (account, server)
);
