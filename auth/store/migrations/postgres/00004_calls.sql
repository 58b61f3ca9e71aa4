-- +goose Up
-- How often a grant was used on a day, which is the millisecond at which the day began in UTC, and when last.
CREATE TABLE calls (
  grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
  day BIGINT NOT NULL,
  calls BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (grant_id, day)
);
CREATE INDEX calls_day ON calls (day);

-- +goose Down
DROP TABLE calls;
