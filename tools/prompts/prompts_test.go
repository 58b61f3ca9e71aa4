package prompts

import (
	"errors"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// TestPrompts holds that blanks are filled once, and that what must be given is asked for.
func TestPrompts(t *testing.T) {
	t.Parallel()
	p := prompts()[0]
	text, err := p.fillIn(map[string]string{"topic": "{voice} and {avatar}", "avatar": "Ada"})
	if err != nil || !strings.Contains(text, "about: {voice} and {avatar}\n") || !strings.Contains(text, "Speaker: Ada.") {
		t.Errorf("%v\n%s", err, text)
	}
	refusal, ours := errors.AsType[*exchange.Refusal](func() error { _, err := p.fillIn(nil); return err }())
	if !ours || refusal.Code != mcp.INVALID_PARAMS || !strings.Contains(refusal.Message, "topic") {
		t.Errorf("got %v, want ours true, %v and %q in it", refusal, mcp.INVALID_PARAMS, "topic")
	}
}

// TestPromptsHavePlacesForTheirArguments holds that every argument of a prompt is used.
func TestPromptsHavePlacesForTheirArguments(t *testing.T) {
	t.Parallel()
	for _, p := range prompts() {
		for _, a := range p.args {
			if !strings.Contains(p.steps, "{"+a.name+"}") {
				t.Errorf("%s has no place for %s", p.name, a.name)
			}
		}
	}
}
