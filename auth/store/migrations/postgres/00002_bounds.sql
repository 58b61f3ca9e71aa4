-- +goose Up
-- A program of the version before knows nothing of these columns; what it writes counts as used, which is never deleted
-- before its time.
ALTER TABLE clients ADD COLUMN used BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE flows ADD COLUMN used BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE tokens ADD COLUMN pair BYTEA NOT NULL DEFAULT '';
CREATE INDEX clients_unused ON clients (expires) WHERE NOT used;
CREATE INDEX flows_order ON flows (used, expires);
CREATE INDEX devices_expires ON devices (expires);

-- +goose Down
DROP INDEX devices_expires;
DROP INDEX flows_order;
DROP INDEX clients_unused;
ALTER TABLE tokens DROP COLUMN pair;
ALTER TABLE flows DROP COLUMN used;
ALTER TABLE clients DROP COLUMN used;
