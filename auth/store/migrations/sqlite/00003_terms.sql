-- +goose Up
-- A program of the version before knows nothing of these columns: what it writes has no cap of its own and no end. spend_cap
-- is in millionths of a USD; below 0 there is none. account_name is sealed; '' is of nobody.
ALTER TABLE grants ADD COLUMN spend_cap BIGINT NOT NULL DEFAULT -1;
ALTER TABLE grants ADD COLUMN expires BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN account_name BLOB NOT NULL DEFAULT x'';
CREATE INDEX sessions_account ON sessions (account);

-- +goose Down
DROP INDEX sessions_account;
ALTER TABLE sessions DROP COLUMN account_name;
ALTER TABLE grants DROP COLUMN expires;
ALTER TABLE grants DROP COLUMN spend_cap;
