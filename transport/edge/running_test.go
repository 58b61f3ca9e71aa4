package edge

import (
	"maps"
	"slices"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

// A client is asked only what it has declared that it can answer.
func TestUndeclared(t *testing.T) {
	t.Parallel()
	form := mcp.InputRequest{Method: mcp.MethodElicitationCreate, Elicitation: &mcp.ElicitationParams{}}
	link := mcp.InputRequest{Method: mcp.MethodElicitationCreate, Elicitation: &mcp.ElicitationParams{Mode: mcp.ElicitationModeURL}}
	sampling, roots := mcp.InputRequest{Method: mcp.MethodSamplingCreateMessage}, mcp.InputRequest{Method: mcp.MethodListRoots}
	var all, forms mcp.ClientCapabilities
	forms.Elicitation = &mcp.ElicitationCapability{}
	all.Elicitation = &mcp.ElicitationCapability{URL: &struct{}{}}
	all.Sampling = new(mcp.SamplingCapability)
	all.Roots = new(struct {
		ListChanged bool `json:"listChanged,omitempty"`
	})
	for _, c := range []struct {
		name  string
		asked mcp.InputRequest
		has   mcp.ClientCapabilities
		want  []string
	}{
		{"a form of nobody", form, mcp.ClientCapabilities{}, []string{"elicitation"}},
		{"a form", form, forms, nil},
		{"a link of nobody", link, mcp.ClientCapabilities{}, []string{"elicitation"}},
		{"a link of who takes forms", link, forms, []string{"elicitation"}},
		{"a link", link, all, nil},
		{"sampling of nobody", sampling, forms, []string{"sampling"}},
		{"sampling", sampling, all, nil},
		{"roots of nobody", roots, forms, []string{"roots"}},
		{"roots", roots, all, nil},
	} {
		got := undeclared(&mcp.CallToolResult{MultiRoundTripResult: mcp.MultiRoundTripResult{InputRequests: mcp.InputRequests{"q": c.asked}}}, c.has)
		if names := slices.Collect(maps.Keys(got)); !slices.Equal(names, c.want) {
			t.Errorf("%s: missing %v, want %v", c.name, names, c.want)
		}
	}
}
