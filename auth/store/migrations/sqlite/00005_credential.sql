-- +goose Up
-- What a person has signed in with to see their account, sealed to their browser's cookie and emptied after a quarter of an
-- hour. A program of the version before writes none.
ALTER TABLE sessions ADD COLUMN credential BLOB NOT NULL DEFAULT x'';

-- +goose Down
ALTER TABLE sessions DROP COLUMN credential;
