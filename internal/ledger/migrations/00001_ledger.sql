-- +goose Up
-- Times are milliseconds since 1970, in UTC; 0 is never. Amounts are millionths of a USD. A basis of '' is of an amount that
-- is not known.
CREATE TABLE ledger_records (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  client TEXT NOT NULL,
  tool TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  call_key TEXT NOT NULL,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,
  low BIGINT NOT NULL,
  high BIGINT NOT NULL,
  basis TEXT NOT NULL,
  per_second BIGINT NOT NULL,
  per_job BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  cost_basis TEXT NOT NULL,
  ended BIGINT NOT NULL
);
CREATE INDEX ledger_records_newest ON ledger_records (account, at);
CREATE INDEX ledger_records_key ON ledger_records (account, call_key);
CREATE INDEX ledger_records_at ON ledger_records (at);
CREATE TABLE ledger_jobs (
  record TEXT NOT NULL REFERENCES ledger_records (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  reserved BIGINT NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  cost BIGINT NOT NULL,
  cost_basis TEXT NOT NULL,
  ended BIGINT NOT NULL,
  PRIMARY KEY (account, kind, id)
);
CREATE INDEX ledger_jobs_record ON ledger_jobs (record);
CREATE TABLE ledger_spend (
  scope TEXT NOT NULL,
  day BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (scope, day)
);

-- +goose Down
DROP TABLE ledger_spend;
DROP TABLE ledger_jobs;
DROP TABLE ledger_records;
