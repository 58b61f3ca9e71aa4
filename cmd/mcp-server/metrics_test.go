package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"heygen-mcp/cmd/mcp-server/settings"
)

// scrapeVariable names the file that a test writes what it scraped to, for .ci/deploy.sh.
const scrapeVariable = "HEYGEN_MCP_TEST_SCRAPE"

// scrape reads what a server counts.
func scrape(t *testing.T, url string) (families map[string]*dto.MetricFamily, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("got %d %s %v, want no error and %v", res.StatusCode, raw, err, http.StatusOK)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err = parser.TextToMetricFamilies(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return families, string(raw)
}

// newCounted serves in front of a sandbox and counts.
func newCounted(t *testing.T, more ...string) (*stack, string) {
	t.Helper()
	cfg, err := settings.Load("serve", append(fastSandbox(), append(more, "--metrics-listen", "127.0.0.1:0")...), nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pause, cfg.Clock = noPause, slotBegins()
	a := serving(t, cfg, io.Discard)
	return &stack{mcpURL: a.MCPURL, sandboxURL: a.Sandbox.URL.String()}, a.Metrics.URL.String() + "/metrics"
}

// metricLabels is every metric of this server's with its labels. They are what dashboards and
// alerts are made of, so that none goes without a word in CHANGELOG.md.
func metricLabels() map[string][]string {
	return map[string][]string{
		"mcp_server_operation_duration_seconds": {"mcp_method_name", "gen_ai_tool_name", "error_type", "mcp_protocol_version"},
		"http_server_request_duration_seconds":  {"http_request_method", "http_route", "http_response_status_code"},
		"http_client_request_duration_seconds":  {"http_request_method", "url_template", "http_response_status_code", "error_type"},
		"heygen_mcp_estimated_cost_usd_total":   {"tool"},
		"heygen_mcp_actual_cost_usd_total":      {"tool"},
		"heygen_mcp_upstream_polls_total":       {"kind"},
		"heygen_mcp_upstream_retries_total":     {"url_template"},
		"heygen_mcp_refusals_total":             {"tool", "code"},
		"heygen_mcp_grant_events_total":         {"event"},
		"heygen_mcp_grants":                     {},
		"heygen_mcp_token_checks_total":         {"outcome"},
		"heygen_mcp_cache_hits_total":           {"cache"},
		"heygen_mcp_cache_misses_total":         {"cache"},
		"heygen_mcp_rate_limit_hits_total":      {"limit"},
		"heygen_mcp_jobs_waiting":               {},
		"heygen_mcp_build_info":                 {"version"},
	}
}

// TestMetricsTellWhatHappens makes calls of every sort and holds what /metrics tells of them while they run and after:
// names, labels, and no word of a caller's.
func TestMetricsTellWhatHappens(t *testing.T) {
	t.Parallel()
	s, url := newCounted(t, "--auth", "broker", "--max-calls-per-minute", "40")
	s.bearers = &bearers{tokens: map[string]string{}}
	s.control(t, "clock", `{"hold":true}`)
	made := s.tool(t, "anapurna", "create_video_from_avatar", s.create(t, "anapurna"))
	id, _ := made["video_id"].(string)
	waited := make(chan string, 1)
	go func() {
		_, body, err := s.post(t.Context(), s.mcpURL, "anapurna", rpc("wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q]}`, id), ""))
		if err != nil {
			t.Error(err)
		}
		waited <- body
	}()
	s.until(t, func(calls []call) bool {
		return slices.ContainsFunc(calls, func(c call) bool { return strings.HasSuffix(c.Path, "/statuses") })
	})
	if families, _ := scrape(t, url); families["heygen_mcp_jobs_waiting"].GetMetric()[0].GetGauge().GetValue() != 1 {
		t.Errorf("a job is waited for, and %v is told", families["heygen_mcp_jobs_waiting"])
	}
	s.control(t, "clock", `{"hold":false}`)
	s.control(t, "clock", `{"advance_seconds":3600}`)
	<-waited
	s.tool(t, "anapurna", "get_video", `{"video_id":"PLANTED"}`)
	s.control(t, "faults", `{"method":"GET","path":"/v3/videos","fault":"rate_limit","times":1}`)
	s.tool(t, "anapurna", "list_videos", `{}`)
	for _, body := range []string{rpc("PLANTED", "{}", ""), `{"jsonrpc":"2.0","id":1,"method":"PLANTED"}`, "PLANTED"} {
		if _, _, err := s.post(t.Context(), s.mcpURL, "anapurna", body); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := (&stack{}).post(t.Context(), s.mcpURL, "Bearer hgm_at_PLANTED", rpc("list_videos", "{}", "")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.post(t.Context(), s.mcpURL+"/x/PLANTED", "anapurna", rpc("list_videos", "{}", "")); err != nil {
		t.Fatal(err)
	}

	for range 41 {
		s.tool(t, "greedy", "get_current_user", `{}`)
	}

	families, text := scrape(t, url)
	if file := os.Getenv(scrapeVariable); file != "" {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil { //nolint:gosec // G703: whoever runs the test names it
			t.Fatal(err)
		}
	}
	for _, planted := range []string{"PLANTED", id, "anapurna", "hgm_"} {
		if strings.Contains(text, planted) {
			t.Errorf("the metrics tell %q", planted)
		}
	}
	known := metricLabels()
	for name, family := range families {
		labels, ok := known[name]
		if strings.HasPrefix(name, "go_") || strings.HasPrefix(name, "process_") || strings.HasPrefix(name, "promhttp_") {
			continue
		}
		if !ok {
			t.Errorf("%s is not in metricLabels", name)
		}
		for _, m := range family.GetMetric() {
			for _, pair := range m.GetLabel() {
				if !slices.Contains(labels, pair.GetName()) {
					t.Errorf("%s has the label %s", name, pair.GetName())
				}
			}
			if len(m.GetLabel()) != len(labels) {
				t.Errorf("%s has the labels %v, want %v", name, m.GetLabel(), labels)
			}
		}
	}
	for name := range known {
		if families[name] == nil {
			t.Errorf("%s is not told", name)
		}
	}
	for _, want := range []string{
		`mcp_server_operation_duration_seconds_count{error_type="",gen_ai_tool_name="create_video_from_avatar",mcp_method_name="tools/call",mcp_protocol_version=""} 1`,
		`gen_ai_tool_name="get_video",mcp_method_name="tools/call"`,
		`mcp_method_name="_other"`, `http_route="/mcp/x/{toolsets}"`, `url_template="/v3/videos/statuses"`,
		`heygen_mcp_upstream_retries_total{url_template="/v3/videos"} 1`, `heygen_mcp_token_checks_total{outcome="rejected"} 1`,
		`heygen_mcp_grant_events_total{event="consent"} 2`, "heygen_mcp_grants 2\n", `heygen_mcp_rate_limit_hits_total{limit="caller_calls_per_minute"}`, `heygen_mcp_cache_hits_total{cache="token"}`,
		`heygen_mcp_estimated_cost_usd_total{tool="create_video_from_avatar"}`, `heygen_mcp_actual_cost_usd_total{tool="create_video_from_avatar"}`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s in\n%s", want, text)
		}
	}
}

// TestTenThousandCallersAddNoSeries holds that the number of series does not follow the number of callers.
func TestTenThousandCallersAddNoSeries(t *testing.T) {
	t.Parallel()
	callers := 10_000
	if testing.Short() {
		callers = 200
	}
	s, url := newCounted(t)
	call := func(account string) {
		if _, _, err := s.post(t.Context(), s.mcpURL, account, rpc("get_current_user", "{}", "")); err != nil {
			t.Error(err)
		}
	}
	count := func() int {
		_, text := scrape(t, url)
		return strings.Count(text, "\n")
	}
	call("first")
	call("first")
	before := count()
	var group sync.WaitGroup
	for part := range 16 {
		group.Go(func() {
			for i := part; i < callers; i += 16 {
				call(fmt.Sprintf("caller%d", i))
			}
		})
	}
	group.Wait()
	if after := count(); after > before+20 {
		t.Errorf("%d lines became %d", before, after)
	}
}

// TestMetricsAreForThisMachine holds that a page that has its name lead here (DNS rebinding) reads nothing.
func TestMetricsAreForThisMachine(t *testing.T) {
	t.Parallel()
	_, url := newCounted(t)
	for host, want := range map[string]int{"evil.example": http.StatusForbidden, "localhost": http.StatusOK, "localhost:1": http.StatusOK, "[::1]": http.StatusOK} {
		for _, path := range []string{"/metrics", "/debug/pprof/"} {
			ctx, cancel := context.WithCancel(t.Context())
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(url, "/metrics")+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Host = host
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			cancel()
			if res.StatusCode != want {
				t.Errorf("%s%s: %d, want %d", host, path, res.StatusCode, want)
			}
		}
	}
}
