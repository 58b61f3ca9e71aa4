package contract_test

import (
	"errors"
	"strings"
	"testing"

	"heygen-mcp/tools/contract"
)

// TestReportTellsWhatBreaksFirst holds the report that people read: the documents, what was not compared, what breaks
// tools before everything else, and each part of operations by itself.
func TestReportTellsWhatBreaksFirst(t *testing.T) {
	t.Parallel()
	given := strings.NewReplacer(`"version":"1"`, `"version":""`, `"x-error-codes":{"404":["not_found"]},`, "", `["read"]`, `["all"]`,
		`"maximum":100`, `"maximum":50`, `"minimum":1,`, `"minimum":0,`, `"note":{"type":"string"}`, `"note":{"type":"string"},"more":{}`,
		`"paths":{`, `"paths":{"/v2/old":{"get":{}},"/v3/new":{"get":{}},`).Replace(wire)
	var out strings.Builder
	report := contract.Drift(wireTools(), read(t, wire), read(t, given))
	if err := report.Write(&out); err != nil {
		t.Fatal(err)
	}
	const want = `Built for 1 (3 operations), compared with without a version (4 operations).
1 operations outside /v3/ are left aside.
The document does not tell error codes: these are not compared.

Breaks tools (1):
  GET /v3/boxes/{box_id} query.limit: maximum is 50, was 100 | get (its own maximum is 100)

Operations (1):
  GET /v3/new: is new

Requests (2):
  GET /v3/boxes/{box_id} query.limit: minimum is 0, was 1 | get
  POST /v3/forms body.more: is new | send

Permissions, previews and credentials (1):
  GET /v3/boxes/{box_id}: a key needs all now, needed read | get
`
	if got := out.String(); got != want {
		t.Errorf("the report is\n%s\nwant\n%s", got, want)
	}
}

// TestReportOfNoDifference holds what is said where nothing differs, and that what cannot be written is an error.
func TestReportOfNoDifference(t *testing.T) {
	t.Parallel()
	report := contract.Drift(wireTools(), read(t, wire), read(t, wire))
	var out strings.Builder
	if err := report.Write(&out); err != nil || report.Breaks() {
		t.Errorf("breaks %t, %v", report.Breaks(), err)
	}
	if want := "Built for 1 (3 operations), compared with 1 (3 operations).\n\nNo difference.\n"; out.String() != want {
		t.Errorf("the report is %q, want %q", &out, want)
	}
	if err := report.Write(full{}); !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}

var errFull = errors.New("the disk is full")

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
