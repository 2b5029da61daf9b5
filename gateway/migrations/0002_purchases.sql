-- Plain SQL that PostgreSQL also understands: no AUTOINCREMENT, times are whole milliseconds since 1970.

-- The journal of what costs money: one row for each purchase, written before it is sent. `state` is sending,
-- looking (the answer was lost), done, not-done or unknown. Who, what, the total that was shown and what was there
-- before are inside `sealed`, bound to the id.
CREATE TABLE purchases (
    id TEXT PRIMARY KEY,
    account BLOB NOT NULL,
    operation TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    sealed BLOB NOT NULL
);
CREATE INDEX purchases_account ON purchases (account, created_at);
CREATE INDEX purchases_state ON purchases (state);
