// Package metrics counts what a server does and serves the counts to Prometheus. It is a leaf: it
// knows nothing of ours, and whoever wires the server hands its methods on as functions.
//
// The names follow OpenTelemetry's conventions for MCP and HTTP where there are any, as its
// exporter for Prometheus spells them, and begin with heygen_mcp_ elsewhere. No label holds a
// caller, an id or a text of theirs: each has a value out of a list that the server has, or that is
// cut off at a length (see vocabulary.go), so that strangers cannot add series.
//
// Reading order: metrics.go (what there is), told.go (how it is told of), cached.go,
// vocabulary.go.
package metrics

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the counts of one server. All methods may be called at once.
type Metrics struct {
	registry *prometheus.Registry
	words    *vocabulary

	operations   cached[operationKey, prometheus.Observer]
	requests     cached[requestKey, prometheus.Observer]
	upstream     cached[upstreamKey, prometheus.Observer]
	hits, misses cached[string, prometheus.Counter] // by cache

	estimated, spent, polls, refusals *prometheus.CounterVec
	grantEvents, checks               *prometheus.CounterVec
	retries, limits                   *prometheus.CounterVec
	waiting                           prometheus.Gauge
}

// Config says what a server is and what is asked of it at each scrape.
type Config struct {
	Version string
	// Grants is how many sign-ins there are, known false where that cannot be told now; nil leaves the metric out.
	Grants func() (n float64, known bool)
}

// New makes counts that are all zero.
func New(cfg Config) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), words: newVocabulary()}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	info := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "heygen_mcp_build_info", Help: "1, with the version of this server.",
	}, []string{"version"})
	info.WithLabelValues(cfg.Version).Set(1)
	m.registry.MustRegister(info)
	m.durations()
	m.counts()
	if cfg.Grants != nil {
		m.registry.MustRegister(&grantsCollector{count: cfg.Grants, desc: prometheus.NewDesc("heygen_mcp_grants",
			"Sign-ins that hold, of all replicas of one database together.", nil, nil)})
	}
	return m
}

// durations makes the histograms.
func (m *Metrics) durations() {
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
		m.registry.MustRegister(h)
		return h
	}
	// The buckets are those of the conventions: waits take minutes, and HTTP requests otherwise seconds.
	long := []float64{.01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30, 60, 120, 300}
	short := []float64{.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10, 30, 60}
	operations := histogram("mcp_server_operation_duration_seconds",
		"Duration of an MCP request or notification as its receiver sees it, until it was answered.",
		long, "mcp_method_name", "gen_ai_tool_name", "error_type", "mcp_protocol_version")
	requests := histogram("http_server_request_duration_seconds", "Duration of HTTP requests to this server.",
		long, "http_request_method", "http_route", "http_response_status_code")
	upstream := histogram("http_client_request_duration_seconds", "Duration of HTTP requests to HeyGen, each try "+
		"by itself.",
		short, "http_request_method", "url_template", "http_response_status_code", "error_type")
	m.operations.find = func(k operationKey) prometheus.Observer {
		return operations.WithLabelValues(k.method, k.tool, k.code, k.version)
	}
	m.requests.find = func(k requestKey) prometheus.Observer {
		return requests.WithLabelValues(k.method, k.route, strconv.Itoa(k.status))
	}
	m.upstream.find = func(k upstreamKey) prometheus.Observer {
		answered := ""
		if k.status > 0 {
			answered = strconv.Itoa(k.status)
		}
		return upstream.WithLabelValues(k.method, k.template, answered, k.code)
	}
}

// counts makes the counters and gauges.
func (m *Metrics) counts() {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "heygen_mcp_" + name, Help: help}, labels)
		m.registry.MustRegister(c)
		return c
	}
	m.estimated = counter("estimated_cost_usd_total", "What calls that succeeded were estimated to cost, in USD.", "tool")
	m.spent = counter("actual_cost_usd_total", "What calls and their jobs have cost, in USD, as far as that is known.", "tool")
	m.polls = counter("upstream_polls_total", "Requests to HeyGen for the states of jobs.", "kind")
	m.refusals = counter("refusals_total", "Calls of tools that were refused or failed.", "tool", "code")
	m.grantEvents = counter("grant_events_total", "What happened to sign-ins.", "event")
	m.checks = counter("token_checks_total", "Checks of callers' credentials.", "outcome")
	hits := counter("cache_hits_total", "Look-ups that memory answered.", "cache")
	misses := counter("cache_misses_total", "Look-ups that memory could not answer.", "cache")
	m.hits.find = func(cache string) prometheus.Counter { return hits.WithLabelValues(cache) }
	m.misses.find = func(cache string) prometheus.Counter { return misses.WithLabelValues(cache) }
	m.retries = counter("upstream_retries_total", "Calls to HeyGen that were repeated.", "url_template")
	m.limits = counter("rate_limit_hits_total", "Requests that were refused for a limit of this server's.", "limit")
	m.waiting = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "heygen_mcp_jobs_waiting", Help: "Jobs that calls are waiting for now.",
	})
	m.registry.MustRegister(m.waiting)
}

// Handler serves the counts.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// grantsCollector asks for the number of sign-ins at each scrape, and says nothing where it cannot be told.
type grantsCollector struct {
	count func() (float64, bool)
	desc  *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (c *grantsCollector) Describe(to chan<- *prometheus.Desc) { to <- c.desc }

// Collect implements prometheus.Collector.
func (c *grantsCollector) Collect(to chan<- prometheus.Metric) {
	if n, known := c.count(); known {
		to <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, n)
	}
}
