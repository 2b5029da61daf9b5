-- Plain SQL that PostgreSQL also understands: no AUTOINCREMENT, times are whole milliseconds since 1970.

-- Bulk jobs: one action on many objects, worked off by the server. `state` is running, paused (`why` says why),
-- finished or stopped; `session` is the SHA-256 of the id of the session that it works with. Who works is inside
-- `sealed`, the names of the objects, in the order of the rows, inside `names`; both bound to the id.
CREATE TABLE bulk_jobs (
    id TEXT PRIMARY KEY,
    account BLOB NOT NULL,
    action TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    session BLOB NOT NULL,
    started_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    ended_at BIGINT,
    sealed BLOB NOT NULL,
    names BLOB NOT NULL
);
CREATE INDEX bulk_jobs_account ON bulk_jobs (account, started_at);
CREATE INDEX bulk_jobs_state ON bulk_jobs (state);

-- What became of each object. `outcome` is waiting, sending (written before anything is sent), done, failed,
-- not-possible, unknown or stopped; `code` is that of a failure. What is said to a person is inside `said`, sealed
-- and bound to the job and the place.
CREATE TABLE bulk_rows (
    job TEXT NOT NULL REFERENCES bulk_jobs (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    object BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT,
    said BLOB,
    changed_at BIGINT,
    PRIMARY KEY (job, place)
);
CREATE INDEX bulk_rows_outcome ON bulk_rows (job, outcome, place);
