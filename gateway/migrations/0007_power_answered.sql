-- Plain SQL that PostgreSQL also understands: no AUTOINCREMENT, times are whole milliseconds since 1970.

-- Whether the provider answered. Without its answer nobody knows whether the action began.
ALTER TABLE power_actions ADD COLUMN answered BOOLEAN NOT NULL DEFAULT TRUE;
