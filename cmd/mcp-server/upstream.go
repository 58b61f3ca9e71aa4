package main

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/hosts"
)

// upstreamIdle is how many idle connections to HeyGen are kept. All calls go to one host, for which the
// standard library would keep two and open a new one for every further call at once.
const upstreamIdle = 100

// shortestPoll keeps a fast sandbox from being polled in a busy loop.
const shortestPoll = 50 * time.Millisecond

// network returns the RoundTripper of calls to HeyGen.
func network(cfg *config) (http.RoundTripper, error) {
	if cfg.upstream != nil {
		return cfg.upstream, nil
	}
	base, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, errors.New("the standard HTTP transport was replaced")
	}
	base = base.Clone()
	base.MaxIdleConnsPerHost = upstreamIdle
	return base, nil
}

// pollEvery is how long tools leave between two polls: 0, which is their own choice, for HeyGen. The
// sandbox's jobs run faster than HeyGen's by its speed, and are looked at as much more often.
func pollEvery(cfg *config) time.Duration {
	if !cfg.Sandbox {
		return cfg.poll
	}
	const usual = 5 * time.Second
	return max(time.Duration(float64(usual)/cfg.SandboxSpeed), shortestPoll)
}

// fileOrigin is where files come from where they do not come from HeyGen's own hosts: the sandbox, or whatever stands at
// --heygen-url. "" is HeyGen.
func fileOrigin(upstream *url.URL) string {
	if upstream.String() == heygen.DefaultBaseURL {
		return ""
	}
	return hosts.Origin(upstream)
}
