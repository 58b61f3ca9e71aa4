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
	if err := os.MkdirAll(dir, 0o700); err != nil { //nolint:gosec // G703: the operator names the directory
		return nil, fmt.Errorf("--data-dir: %w", err)
	}
	path := filepath.Join(dir, "idempotency.key")
	if err := writeOnce(dir, path, hex.EncodeToString(key)+"\n"); err != nil {
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
// two replicas may start on one directory at once and must end up with one key.
func writeOnce(dir, path, content string) (err error) {
	if _, err := os.Stat(path); err == nil { //nolint:gosec // G703: the operator names the directory
		return nil
	}
	f, err := os.CreateTemp(dir, ".idempotency-*") // made readable by its owner only
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }() //nolint:gosec // G703: the name is CreateTemp's
	_, err = f.WriteString(content)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}
