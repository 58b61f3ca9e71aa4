package app

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/exchange"
)

// limitedCalls are limits whose caller and time a test sets, around a call that waits to be let go.
type limitedCalls struct {
	call  callFunc
	who   atomic.Value
	at    atomic.Int64 // Unix seconds
	begun chan struct{}
	hold  chan struct{}
	hits  []string
	told  []string // tool and code of each refusal
}

func newLimitedCalls(perMinute, atOnce int) *limitedCalls {
	l := &limitedCalls{begun: make(chan struct{}, 1), hold: make(chan struct{})}
	cfg := &settings.Config{MaxCallsPerMinute: perMinute, MaxConcurrentCalls: atOnce}
	cfg.Clock = func() time.Time { return time.Unix(l.at.Load(), 0) }
	who := func(context.Context) string { s, _ := l.who.Load().(string); return s }
	stopped := func(_ context.Context, name string, _ json.RawMessage, code string) {
		l.told = append(l.told, name+" "+code)
	}
	l.call = newCallLimits(cfg, who, func(limit string) { l.hits = append(l.hits, limit) }, stopped).
		around(func(_ context.Context, name string, _ json.RawMessage, _ func(float64, float64, string)) (exchange.Outcome, bool) {
			if name == "hold" {
				l.begun <- struct{}{}
				<-l.hold
			}
			return exchange.Outcome{Result: &mcp.CallToolResult{}}, true
		})
	l.at.Store(1_000_000)
	return l
}

// by calls as somebody, and gives the code of a refusal and when to come back.
func (l *limitedCalls) by(t *testing.T, who string) (code string, after float64) {
	t.Helper()
	l.who.Store(who)
	out, known := l.call(t.Context(), "list", nil, nil)
	if !known {
		t.Fatal("the tool is not known")
	}
	if out.Code == "" {
		return "", 0
	}
	raw := out.Result.RawStructuredContent
	var refusal struct {
		After float64 `json:"retry_after_seconds"`
		Next  string  `json:"next_step"`
	}
	if err := json.Unmarshal(raw, &refusal); err != nil || refusal.Next == "" {
		t.Errorf("the refusal is %s, %v", raw, err)
	}
	return out.Code, refusal.After
}

func TestCallsPerMinute(t *testing.T) {
	t.Parallel()
	l := newLimitedCalls(3, 0)
	for range 3 {
		if code, _ := l.by(t, "ana"); code != "" {
			t.Fatalf("refused: %s", code)
		}
	}
	if code, after := l.by(t, "ana"); code != "too_many_calls" || after != 20 {
		t.Errorf("the fourth of three: %q, after %v s", code, after)
	}
	if code, _ := l.by(t, "ben"); code != "" {
		t.Errorf("somebody else is refused: %s", code)
	}
	l.at.Add(20)
	if code, _ := l.by(t, "ana"); code != "" {
		t.Errorf("after the wait: %s", code)
	}
	if len(l.hits) != 1 || l.hits[0] != "caller_calls_per_minute" || len(l.told) != 1 || l.told[0] != "list too_many_calls" {
		t.Errorf("the operator is told of %q and %q", l.hits, l.told)
	}
}

func TestCallsAtOnce(t *testing.T) {
	t.Parallel()
	l := newLimitedCalls(0, 1)
	l.who.Store("ana")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = l.call(t.Context(), "hold", nil, nil)
	}()
	<-l.begun
	if code, after := l.by(t, "ana"); code != "too_many_calls_at_once" || after != 5 {
		t.Errorf("the second at once: %q, after %v s", code, after)
	}
	if code, _ := l.by(t, "ben"); code != "" {
		t.Errorf("somebody else is refused: %s", code)
	}
	if len(l.told) != 1 || l.told[0] != "list too_many_calls_at_once" {
		t.Errorf("the operator is told of %q", l.told)
	}
	close(l.hold)
	<-ended
	if code, _ := l.by(t, "ana"); code != "" {
		t.Errorf("afterwards: %s", code)
	}
}
