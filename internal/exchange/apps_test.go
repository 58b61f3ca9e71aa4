package exchange

import (
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

// TestAClientTakesAppsThatDeclaresTheirType holds that a page is offered to no client that has not said that it shows
// pages of this very type.
func TestAClientTakesAppsThatDeclaresTheirType(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		declared any
		want     bool
	}{
		"nothing":       {nil, false},
		"no types":      {map[string]any{}, false},
		"another type":  {map[string]any{"mimeTypes": []any{"text/html"}}, false},
		"no list":       {map[string]any{"mimeTypes": AppsMIMEType}, false},
		"no object":     {[]any{AppsMIMEType}, false},
		"the type":      {map[string]any{"mimeTypes": []any{AppsMIMEType}}, true},
		"one of two":    {map[string]any{"mimeTypes": []any{7.0, AppsMIMEType}}, true},
		"of other case": {map[string]any{"mimeTypes": []any{"TEXT/HTML;profile=mcp-app"}}, false},
	} {
		x := &Exchange{}
		if c.declared != nil {
			x.Capabilities = mcp.ClientCapabilities{Extensions: map[string]any{AppsExtension: c.declared}}
		}
		if got := x.TakesApps(); got != c.want {
			t.Errorf("%s: got %t, want %t", name, got, c.want)
		}
	}
}
