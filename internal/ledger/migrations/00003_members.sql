-- +goose Up
-- The items of a batch whose prices are known one by one: the batch is a job of ledger_jobs, and what it has cost is the sum of what
-- its items have. An item has no id and no kind until HeyGen tells which jobs they are, and reserves nothing: the batch does.
CREATE TABLE ledger_members (
  record TEXT NOT NULL REFERENCES ledger_records (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  account TEXT NOT NULL,
  per_second BIGINT NOT NULL,
  per_job BIGINT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  cost BIGINT NOT NULL,
  cost_basis TEXT NOT NULL,
  ended BIGINT NOT NULL,
  PRIMARY KEY (record, position)
);
CREATE INDEX ledger_members_id ON ledger_members (account, kind, id);

-- +goose Down
DROP TABLE ledger_members;
