-- The audit records are read by the page about what happened, newest first, by person or operation, and removed
-- by age. `id` makes the order of records of the same moment certain.
DROP INDEX audit_account;
CREATE INDEX audit_newest ON audit (account, at, id);
CREATE INDEX audit_person ON audit (account, person, at, id);
CREATE INDEX audit_operation ON audit (account, operation, at, id);
CREATE INDEX audit_at ON audit (at);
