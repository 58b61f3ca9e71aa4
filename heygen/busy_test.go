package heygen

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestBusyOperations holds that the operations which may be repeated after a 503 are those of which
// HeyGen's document has that answer.
func TestBusyOperations(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/v3.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Codes map[string][]string `json:"x-error-codes"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	said := 0
	for path, item := range doc.Paths {
		for method, op := range item {
			want := slices.Contains(op.Codes["503"], codeUnavailable)
			one := Op{Method: strings.ToUpper(method), Path: path}
			if got := one.busy(
				&Error{Status: http.StatusServiceUnavailable, Code: codeUnavailable},
			); got != want {
				t.Errorf("%s: got %v, want %v", one, got, want)
			}
			if one.busy(&Error{Status: http.StatusServiceUnavailable, Code: "http_503"}) {
				t.Errorf("%s: a 503 of a gateway got true, want false", one)
			}
			if want {
				said++
			}
		}
	}
	if said == 0 {
		t.Error("got no operation that is documented to be busy, want some")
	}
}
