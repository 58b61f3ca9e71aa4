package refusals

import (
	"reflect"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
)

// TestListedFaults holds that the faults which HeyGen lists are told one by one, as HeyGen's words, with
// how many more there are, and in the spelling of the client.
func TestListedFaults(t *testing.T) {
	t.Parallel()
	got := From(&heygen.Error{
		Status: 422, Code: "graph_invalid", Message: "Two faults.", Quoted: true, MoreDetails: 3,
		Details: []heygen.Detail{
			{Code: "unknown_node", NodeID: "film", Path: "depends_on", Message: "depends_on names no node"},
			{Message: "Something else."},
		},
	}, Attempt{})
	want := []HeyGenError{
		{Code: "unknown_node", NodeID: "film", Path: "depends_on", HeyGenMessage: "depends_on names no node"},
		{HeyGenMessage: "Something else."},
	}
	if !reflect.DeepEqual(got.HeyGenErrors, want) || got.MoreErrors != 3 {
		t.Errorf("got %+v and %d more, want %+v and 3", got.HeyGenErrors, got.MoreErrors, want)
	}
	want[0].Path, want[0].HeyGenMessage = "dependsOn", "dependsOn names no node"
	spelt := got.Respelt(args.Names{"depends_on": "dependsOn"})
	if !reflect.DeepEqual(spelt.HeyGenErrors, want) || got.HeyGenErrors[0].Path != "depends_on" {
		t.Errorf("respelt, got %+v, want %+v and the first one unchanged", spelt.HeyGenErrors, want)
	}
}
