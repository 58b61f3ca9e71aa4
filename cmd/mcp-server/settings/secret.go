package settings

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"heygen-mcp/internal/seal"
)

// SecretBytes is the size of a key: as many as SHA-256 gives back, and AES-256 takes.
const SecretBytes = 32

// idempotencySecret is the key from which the keys of creates are derived. It is kept in dir, so that
// a create that is repeated after a restart, or on another replica with the same directory, is
// still the same create. Without a directory it is new for each process.
func idempotencySecret(dir string) ([]byte, error) {
	text, path, err := keyFile(dir, "idempotency.key")
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) < SecretBytes {
		return nil, fmt.Errorf("--data-dir: %s is not a key of this server; remove it and a new one is made", path)
	}
	return key, nil
}

// sealRing is the keys that seal what clients keep: those given, else those of the file in dir,
// where an operator may put a new one in front. name is the variable that those given came by.
func sealRing(dir, given, name string) (*seal.Ring, error) {
	if given != "" {
		ring, err := seal.ParseRing(given)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return ring, nil
	}
	text, path, err := keyFile(dir, "seal.keys")
	if err != nil {
		return nil, err
	}
	ring, err := seal.ParseRing(text)
	if err != nil {
		return nil, fmt.Errorf("--data-dir: %s: %w; remove it and a new one is made", path, err)
	}
	return ring, nil
}

// keyFile is what a file of keys in dir says, with one new key where there is no such file yet. Without a directory
// the key is gone with the process.
func keyFile(dir, name string) (text, path string, err error) {
	key := make([]byte, SecretBytes)
	if _, err := rand.Read(key); err != nil {
		return "", "", fmt.Errorf("making a key: %w", err)
	}
	text = hex.EncodeToString(key) + "\n"
	if dir == "" {
		return text, "", nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", "", fmt.Errorf("--data-dir: %w", err)
	}
	path = filepath.Join(dir, name)
	if err := writeOnce(dir, path, text, os.Link); err != nil {
		return "", "", fmt.Errorf("--data-dir: %w", err)
	}
	raw, err := os.ReadFile(path) //nolint:gosec // G304: the operator names the directory
	if err != nil {
		return "", "", fmt.Errorf("--data-dir: %w", err)
	}
	return string(raw), path, nil
}

// writeOnce gives path this content unless it exists. The file appears whole or not at all, because
// two replicas may start on one directory at once and must end up with one key. link is os.Link, which
// does that; it fails on file systems that have no hard links.
func writeOnce(dir, path, content string, link func(from, to string) error) (err error) {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	f, err := os.CreateTemp(dir, ".key-*") // made readable by its owner only
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
