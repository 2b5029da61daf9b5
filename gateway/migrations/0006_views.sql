-- Plain SQL that PostgreSQL also understands: no AUTOINCREMENT, times are whole milliseconds since 1970.

-- Saved views of lists. `name_hash` is a keyed hash of the name, so that a name stands for one view of a list;
-- name and query are inside `sealed`, bound to list and hash.
CREATE TABLE saved_views (
    id TEXT PRIMARY KEY,
    account BLOB NOT NULL,
    list TEXT NOT NULL,
    name_hash BLOB NOT NULL,
    is_default BOOLEAN NOT NULL,
    sealed BLOB NOT NULL
);
CREATE UNIQUE INDEX saved_views_name ON saved_views (account, list, name_hash);
CREATE UNIQUE INDEX saved_views_default ON saved_views (account, list) WHERE is_default;
