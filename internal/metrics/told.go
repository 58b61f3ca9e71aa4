package metrics

import (
	"net/http"
	"time"
)

// Operation counts a message of MCP's. method, tool and version are names that the server knows, or "".
func (m *Metrics) Operation(method, tool, version, code string, took time.Duration) {
	m.operations.of(operationKey{method, tool, m.words.of(code), version}).Observe(took.Seconds())
}

// Request counts an HTTP request to the server. route is the pattern of its path.
func (m *Metrics) Request(method, route string, status int, took time.Duration) {
	if route == "" {
		route = other
	}
	m.requests.of(requestKey{knownMethod(method), route, status}).Observe(took.Seconds())
}

// Upstream counts a try of a call to HeyGen. template is the path without what it is about, and try is 1 for the first.
func (m *Metrics) Upstream(method, template string, status, try int, code string, took time.Duration) {
	m.upstream.of(upstreamKey{knownMethod(method), template, status, m.words.of(code)}).Observe(took.Seconds())
	if try > 1 {
		m.retries.WithLabelValues(template).Inc()
	}
}

// Call counts a call of a tool that has ended: a success, of which code is "", with what it was
// estimated to cost in USD.
func (m *Metrics) Call(tool, code string, estimated float64) {
	if code != "" {
		m.refusals.WithLabelValues(tool, m.words.of(code)).Inc()
		return
	}
	if estimated > 0 {
		m.estimated.WithLabelValues(tool).Add(estimated)
	}
}

// Spent counts what a call of a tool, or one of its jobs, has cost in USD.
func (m *Metrics) Spent(tool string, usd float64) { m.spent.WithLabelValues(tool).Add(max(0, usd)) }

// Polled counts a request for the states of jobs of a kind.
func (m *Metrics) Polled(kind string) { m.polls.WithLabelValues(kind).Inc() }

// Waiting changes the number of jobs that are waited for; change is negative where a wait has ended.
func (m *Metrics) Waiting(change int) { m.waiting.Add(float64(change)) }

// Grant counts what happened to a sign-in.
func (m *Metrics) Grant(event string) { m.grantEvents.WithLabelValues(event).Inc() }

// Checked counts a check of a credential.
func (m *Metrics) Checked(outcome string) { m.checks.WithLabelValues(outcome).Inc() }

// Remembered counts a look-up in a cache, which found something or not.
func (m *Metrics) Remembered(cache string, hit bool) {
	counted := &m.misses
	if hit {
		counted = &m.hits
	}
	counted.of(cache).Inc()
}

// Limited counts a request that was refused since a limit was reached.
func (m *Metrics) Limited(limit string) { m.limits.WithLabelValues(limit).Inc() }

// knownMethod is a method of HTTP's, and other for what a client made up.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodConnect, http.MethodOptions, http.MethodTrace:
		return method
	}
	return "_OTHER"
}
