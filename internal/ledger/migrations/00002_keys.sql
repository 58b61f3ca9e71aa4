-- +goose Up
-- A record is found by its key among those of its account: by an index that has the order as well, or SQLite goes through all of the
-- account's newer records for the sake of the order.
CREATE INDEX ledger_records_by_key ON ledger_records (account, call_key, at);
DROP INDEX ledger_records_key;

-- +goose Down
CREATE INDEX ledger_records_key ON ledger_records (account, call_key);
DROP INDEX ledger_records_by_key;
