package toolstest

import (
	"net/url"
	"testing"

	"heygen-mcp/internal/files"
)

// filesAt reads the files that a HeyGen at an address links to.
func filesAt(t *testing.T, address string) *files.Client {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return files.New(files.Config{HeyGen: at})
}
