-- Plain SQL that PostgreSQL also understands: no AUTOINCREMENT, times are whole milliseconds since 1970.

-- Whose token: from the keyed hash of a token to that of the provider's user behind it, learned at sign-in. In all
-- tables but `sessions`, `account` is the owner: the user where it is known, else the token itself.
CREATE TABLE owners (
    token BLOB PRIMARY KEY,
    owner BLOB NOT NULL,
    learned_at BIGINT NOT NULL
);
CREATE INDEX owners_owner ON owners (owner);
CREATE INDEX owners_learned_at ON owners (learned_at);
