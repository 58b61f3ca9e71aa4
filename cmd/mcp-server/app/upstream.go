package app

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/heygen"
	"heygen-mcp/internal/fastget"
	"heygen-mcp/internal/hosts"
)

// upstreamIdle is how many idle connections to HeyGen are kept. All calls go to one host, for which the
// standard library would keep two and open a new one for every further call at once.
const upstreamIdle = 100

// ShortestPoll keeps a fast sandbox from being polled in a busy loop.
const ShortestPoll = 50 * time.Millisecond

// Network returns the RoundTripper of calls to HeyGen.
func Network(cfg *settings.Config) (http.RoundTripper, error) {
	if cfg.Upstream != nil {
		return cfg.Upstream, nil
	}
	base, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, errors.New("the standard HTTP transport was replaced")
	}
	base = base.Clone()
	base.MaxIdleConnsPerHost = upstreamIdle
	return fastget.New(base), nil
}

// pollEvery is how long tools leave between two polls: 0, which is their own choice, for HeyGen. The
// sandbox's jobs run faster than HeyGen's by its speed, and are looked at as much more often.
func pollEvery(cfg *settings.Config) time.Duration {
	if !cfg.Sandbox {
		return cfg.Poll
	}
	const usual = 5 * time.Second
	return max(time.Duration(float64(usual)/cfg.SandboxSpeed), ShortestPoll)
}

// fileOrigin is where files come from where they do not come from HeyGen's own hosts: the sandbox, or whatever stands
// at --heygen-url. "" is HeyGen.
func fileOrigin(upstream *url.URL) string {
	if upstream.String() == heygen.DefaultBaseURL {
		return ""
	}
	return hosts.Origin(upstream)
}
