package settings

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/seal"
)

func TestIdempotencySecretOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	first, err := idempotencySecret(dir)
	if err != nil {
		t.Fatal(err)
	}
	second, err := idempotencySecret(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(first, second) || len(first) != SecretBytes {
		t.Error("two starts on one directory must share the key")
	}
	if info, err := os.Stat(filepath.Join(dir, "idempotency.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info, err)
	}
	if other, err := idempotencySecret(""); err != nil || slices.Equal(first, other) {
		t.Errorf("without a directory the key is a new one: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "idempotency.key"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := idempotencySecret(dir); err == nil {
		t.Error("a broken key file must be refused")
	}
}

// A task's id must be known after a restart and on other replicas, and a new key takes over at once.
func TestSealKeysOutliveTheProcess(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	ring := func(dir, given string) *seal.Ring {
		t.Helper()
		r, err := sealRing(dir, given, sealKeysVariable)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	sealed, err := ring(dir, "").Seal([]byte("a job"))
	if err != nil {
		t.Fatal(err)
	}
	opens := func(r *seal.Ring) bool { _, err := r.Open(sealed); return err == nil }
	path := filepath.Join(dir, "seal.keys")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || !opens(ring(dir, "")) {
		t.Errorf("the key file: %v, %v", info, err)
	}
	made, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.Repeat("ab", SecretBytes)
	if !opens(ring("", newer+","+string(made))) || opens(ring(dir, newer)) || opens(ring("", "")) {
		t.Error("the keys that are given are the ring")
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.WriteString(newer + "\n" + string(made))
	if err = errors.Join(err, file.Close()); err != nil || !opens(ring(dir, "")) {
		t.Errorf("a key was put in front: %v", err)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sealRing(dir, "", ""); err == nil {
		t.Error("a broken key file must be refused")
	}
}

// Some file systems have no hard links.
func TestWriteOnceWithoutLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "k")
	noLinks := func(string, string) error { return errors.ErrUnsupported }
	for _, content := range []string{"first", "second"} {
		if err := writeOnce(dir, path, content, noLinks); err != nil {
			t.Fatal(err)
		}
		if err := create(path, content); err != nil { // as by a replica that was here at the same time
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil || string(raw) != "first" {
		t.Errorf("got %q, %v, want no error and string(raw) %q", raw, err, "first")
	}
	left, err := os.ReadDir(dir)
	if info, statErr := os.Stat(path); err != nil || statErr != nil || len(left) != 1 || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, %v, want no error, statErr nil, len(left) %v and info.Mode().Perm() %v", left, err, statErr, 1, 0o600)
	}
}
