package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// secretBytes is the size of the key of derived idempotency keys: as many as SHA-256 gives back.
const secretBytes = 32

// idempotencySecret is the key from which the keys of creates are derived. It is kept in dir, so that
// a create that is repeated after a restart, or on another replica with the same directory, is
// still the same create. Without a directory it is new for each process.
func idempotencySecret(dir string) ([]byte, error) {
	key := make([]byte, secretBytes)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	if dir == "" {
		return key, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("--data-dir: %w", err)
	}
	path := filepath.Join(dir, "idempotency.key")
	if err := writeOnce(dir, path, hex.EncodeToString(key)+"\n", os.Link); err != nil {
		return nil, fmt.Errorf("--data-dir: %w", err)
	}
	raw, err := os.ReadFile(path) //nolint:gosec // G304: the operator names the directory
	if err != nil {
		return nil, fmt.Errorf("--data-dir: %w", err)
	}
	key, err = hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(key) < secretBytes {
		return nil, fmt.Errorf("--data-dir: %s is not a key of this server; remove it and a new one is made", path)
	}
	return key, nil
}

// writeOnce gives path this content unless it exists. The file appears whole or not at all, because
// two replicas may start on one directory at once and must end up with one key. link is os.Link, which
// does that; it fails on file systems that have no hard links.
func writeOnce(dir, path, content string, link func(from, to string) error) (err error) {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	f, err := os.CreateTemp(dir, ".idempotency-*") // made readable by its owner only
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.WriteString(content)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	switch err := link(f.Name(), path); {
	case err == nil, errors.Is(err, os.ErrExist):
		return nil
	}
	return create(path, content)
}

// create makes the file itself. One replica wins here too; the other, in the moment before it is
// written, may find it empty, is refused and starts again.
func create(path, content string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // G304: the operator names the directory
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	if err = errors.Join(err, f.Close()); err != nil {
		// Half a key would be refused at every start from now on.
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
