-- +goose Up
-- Times are milliseconds since 1970, in UTC; 0 is never.
CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  document BYTEA NOT NULL,
  secret BYTEA NOT NULL,
  expires BIGINT NOT NULL
);
CREATE TABLE flows (
  id BYTEA PRIMARY KEY,
  sealed BYTEA NOT NULL,
  expires BIGINT NOT NULL
);
CREATE TABLE sessions (
  id BYTEA PRIMARY KEY,
  account BYTEA NOT NULL,
  account_until BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE TABLE grants (
  id TEXT PRIMARY KEY,
  client TEXT NOT NULL,
  account BYTEA NOT NULL,
  audience TEXT NOT NULL,
  scopes TEXT NOT NULL,
  details BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  version BIGINT NOT NULL,
  renew_at BIGINT NOT NULL,
  created BIGINT NOT NULL
);
CREATE INDEX grants_account ON grants (account);
CREATE TABLE tokens (
  id BYTEA PRIMARY KEY,
  kind TEXT NOT NULL,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  wrap BYTEA NOT NULL,
  scopes TEXT NOT NULL,
  parent BYTEA NOT NULL,
  binding BYTEA NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used BIGINT NOT NULL
);
CREATE INDEX tokens_grant ON tokens (grant_id);
CREATE INDEX tokens_parent ON tokens (parent);
CREATE INDEX tokens_expires ON tokens (expires);
CREATE TABLE wraps (
  session BYTEA NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  sealed BYTEA NOT NULL,
  consent BOOLEAN NOT NULL,
  PRIMARY KEY (session, grant_id)
);
CREATE INDEX wraps_grant ON wraps (grant_id);
CREATE TABLE devices (
  id BYTEA PRIMARY KEY,
  user_code BYTEA NOT NULL UNIQUE,
  client TEXT NOT NULL,
  request BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  poll_interval BIGINT NOT NULL,
  polled BIGINT NOT NULL,
  denied BOOLEAN NOT NULL,
  grant_id TEXT NOT NULL,
  wrap BYTEA NOT NULL,
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
