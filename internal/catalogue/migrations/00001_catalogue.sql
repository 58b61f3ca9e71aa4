-- +goose Up
-- What HeyGen's lists hold, as far as they were read: an owner of '' is everybody, any other the hash of an account. Times
-- are milliseconds since 1970, in UTC.
CREATE TABLE catalogue_lists (
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  about BIGINT NOT NULL,
  complete BIGINT NOT NULL,
  read_at BIGINT NOT NULL,
  next TEXT NOT NULL,
  PRIMARY KEY (owner, kind)
);
CREATE TABLE catalogue_rows (
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (owner, kind, id)
);
CREATE TABLE catalogue_source (
  name TEXT NOT NULL
);
-- +goose Down
DROP TABLE catalogue_source;
DROP TABLE catalogue_rows;
DROP TABLE catalogue_lists;
