package accept_test

import (
	"net/http"
	"testing"

	"heygen-mcp/internal/accept"
)

// TestPrefers holds who is given which of two kinds, and who none.
func TestPrefers(t *testing.T) {
	t.Parallel()
	const html, markdown = "text/html", "text/markdown"
	for header, want := range map[string]string{
		"": "", "*/*": "", "text/*": "", "application/json, text/event-stream": "", "text/plain": "", "garbage": "", ";;,": "",
		"text/html": html, "TEXT/HTML": html, "text/html;level=1": html, " text/html ; q=0.1": html,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": html,
		"text/markdown":                       markdown,
		"text/markdown, text/html":            html,
		"text/markdown, text/html;q=0.9":      markdown,
		"text/html;q=0.5,text/markdown":       markdown,
		"text/markdown;q=0.9,text/html;q=0.5": markdown,
		"text/markdown;q=0.5,text/html;q=0.5": html,
		"text/html;q=0":                       "", "text/html;q=0.000, text/markdown;q=0": "",
		"text/html;q=0, text/markdown;q=0.001": markdown,
		"text/html;q=2":                        "", "text/html;q=NaN": "", "text/html;q=": "",
		"text/htmlx": "", "x-text/html": "", "text/x-markdown": "",
	} {
		r := &http.Request{Header: http.Header{"Accept": {header}}}
		if got := accept.Prefers(r, html, markdown); got != want {
			t.Errorf("%q prefers %q, want %q", header, got, want)
		}
	}
	r := &http.Request{Header: http.Header{"Accept": {"application/json", markdown}}}
	if got := accept.Prefers(r, html, markdown); got != markdown {
		t.Errorf("a header of two lines prefers %q", got)
	}
}
