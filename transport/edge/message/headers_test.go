package message

import (
	"net/http"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	const plain, withTools = false, true
	for _, c := range []struct {
		params bool
		name   string
		most   int // 0 is no bound
	}{
		{plain, "Mcp-Protocol-Version", 64}, {plain, "Mcp-Method", 64}, {plain, "Mcp-Name", 4096}, {plain, "Mcp-Session-Id", 256},
		{plain, "Last-Event-Id", 256}, {plain, "Mcp-Param-Region", 0}, {withTools, "Mcp-Param-Region", 4096}, {withTools, "Cookie", 0},
	} {
		length := c.most
		if length == 0 {
			length = 10_000
		}
		if bad := overlongHeader(http.Header{c.name: {"a", strings.Repeat("x", length)}}, c.params); bad != nil {
			t.Errorf("%s of %d bytes was refused: %s", c.name, length, bad.Text)
		}
		if c.most == 0 {
			continue
		}
		if bad := overlongHeader(http.Header{c.name: {"a", strings.Repeat("x", length+1)}}, c.params); bad == nil || bad.Code != mcp.INVALID_REQUEST {
			t.Errorf("%s of %d bytes: got %+v, want a refusal", c.name, length+1, bad)
		}
	}
}

// TestHeadersThatSayTwoThings holds that of two headers of one name neither is chosen.
func TestHeadersThatSayTwoThings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []string
		fits   bool
	}{{nil, true}, {[]string{"a"}, true}, {[]string{"a", "a"}, true}, {[]string{"a", "b"}, false}, {[]string{"a", ""}, false}} {
		for _, name := range []string{"Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name"} {
			bad := HeaderFault(http.Header{name: c.values}, false)
			if (bad == nil) != c.fits || bad != nil && bad.Code != mcp.HEADER_MISMATCH {
				t.Errorf("%s with %q: got %+v, want it taken: %t", name, c.values, bad, c.fits)
			}
		}
	}
	if bad := HeaderFault(http.Header{"Accept": {"a", "b"}}, false); bad != nil {
		t.Errorf("a header that is not MCP's was refused: %s", bad.Text)
	}
}
