-- +goose Up
-- Times are milliseconds since 1970, in UTC; 0 is never.
CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  document BLOB NOT NULL,
  secret BLOB NOT NULL,
  expires BIGINT NOT NULL
);
CREATE TABLE flows (
  id BLOB PRIMARY KEY,
  sealed BLOB NOT NULL,
  expires BIGINT NOT NULL
);
CREATE TABLE sessions (
  id BLOB PRIMARY KEY,
  account BLOB NOT NULL,
  account_until BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE TABLE grants (
  id TEXT PRIMARY KEY,
  client TEXT NOT NULL,
  account BLOB NOT NULL,
  audience TEXT NOT NULL,
  scopes TEXT NOT NULL,
  details BLOB NOT NULL,
  sealed BLOB NOT NULL,
  version BIGINT NOT NULL,
  renew_at BIGINT NOT NULL,
  created BIGINT NOT NULL
);
CREATE INDEX grants_account ON grants (account);
CREATE TABLE tokens (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  wrap BLOB NOT NULL,
  scopes TEXT NOT NULL,
  parent BLOB NOT NULL,
  binding BLOB NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used BIGINT NOT NULL
);
CREATE INDEX tokens_grant ON tokens (grant_id);
CREATE INDEX tokens_parent ON tokens (parent);
CREATE INDEX tokens_expires ON tokens (expires);
CREATE TABLE wraps (
  session BLOB NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  sealed BLOB NOT NULL,
  consent BOOLEAN NOT NULL,
  PRIMARY KEY (session, grant_id)
);
CREATE INDEX wraps_grant ON wraps (grant_id);
CREATE TABLE devices (
  id BLOB PRIMARY KEY,
  user_code BLOB NOT NULL UNIQUE,
  client TEXT NOT NULL,
  request BLOB NOT NULL,
  public_key BLOB NOT NULL,
  poll_interval BIGINT NOT NULL,
  polled BIGINT NOT NULL,
  denied BOOLEAN NOT NULL,
  grant_id TEXT NOT NULL,
  wrap BLOB NOT NULL,
  expires BIGINT NOT NULL
);
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- +goose Down
DROP TABLE settings;
DROP TABLE devices;
DROP TABLE wraps;
DROP TABLE tokens;
DROP TABLE grants;
DROP TABLE sessions;
DROP TABLE flows;
DROP TABLE clients;
