package observe

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/heygen"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools"
	"heygen-mcp/transport"
)

// asked is what a listener for operators answers, which a request reaches by some name.
func asked(t *testing.T, address, host string) (status int, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// TestWhatIsToldIsCounted tells an observer of one of everything, as the packages do, and reads the metrics.
func TestWhatIsToldIsCounted(t *testing.T) {
	t.Parallel()
	o := &Observer{}
	var log bytes.Buffer
	grants := func(context.Context) (int, error) { return 7, nil }
	s, err := o.StartCounting(t.Context(), "127.0.0.1:0", grants, NewLog(&log, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !strings.Contains(log.String(), s.URL.String()+"/metrics") {
		t.Errorf("the log says %s", &log)
	}

	requests := o.Requests()
	requests.Request(http.MethodPost, "/mcp", http.StatusOK, time.Second)
	requests.Limited("some_limit")
	ctx, end := requests.Operation(t.Context(), transport.Operation{Method: "tools/call", Tool: "get_video", Version: "2025-11-25"})
	_, answered := o.Upstream(time.Now)(ctx, heygen.Op{Method: http.MethodGet, Path: "/v3/videos/{video_id}"}, 2)
	answered(http.StatusNotFound, "not_found")
	end("not_found", time.Second)
	passed := 0
	calls := o.Calls(func(context.Context, tools.Event) { passed++ })
	calls(t.Context(), tools.Event{Tool: "create_video", Outcome: tools.OutcomeOK, CostUSD: 0.5})
	calls(t.Context(), tools.Event{Tool: "create_video", Outcome: "no_credits"})
	o.SignIns(func(context.Context, auth.Event) { passed++ })(t.Context(), auth.Event{What: "sign_in"})
	checked, remembered := o.Checks()
	checked("known")
	remembered("accounts", true)
	polled, waiting := o.Jobs()
	polled("video")
	waiting(3)
	o.Spent()("create_video", ledger.Dollars(0.25))
	if passed != 3 {
		t.Errorf("%d events were passed on, want 3", passed)
	}

	_, counted := asked(t, s.URL.String()+"/metrics", "")
	for _, want := range []string{
		"heygen_mcp_grants 7", `limit="some_limit"`, `{error_type="not_found",gen_ai_tool_name="get_video"`, `{error_type="not_found",http_request_method="GET"`, `route="/mcp"`, `code="no_credits"`, `event="sign_in"`, `kind="video"`, "} 0.25", "} 0.5", " 3\n",
	} {
		if !strings.Contains(counted, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

// TestNobodyCounts holds that without a listener nothing is wrapped around what is told.
func TestNobodyCounts(t *testing.T) {
	t.Parallel()
	o := &Observer{}
	if s, err := o.StartCounting(t.Context(), "", nil, zerolog.Nop()); s != nil || err != nil {
		t.Errorf("got %v, %v", s, err)
	}
	requests := o.Requests()
	checked, remembered := o.Checks()
	polled, waiting := o.Jobs()
	if requests.Request != nil || requests.Limited != nil || requests.Operation != nil || checked != nil || remembered != nil || polled != nil || waiting != nil || o.Spent() != nil {
		t.Error("somebody is told though nobody counts")
	}
	passed := 0
	o.Calls(func(context.Context, tools.Event) { passed++ })(t.Context(), tools.Event{})
	o.SignIns(func(context.Context, auth.Event) { passed++ })(t.Context(), auth.Event{})
	_, answered := o.Upstream(time.Now)(t.Context(), heygen.Op{}, 1)
	answered(http.StatusOK, "")
	o.EndTracing()
	if passed != 2 {
		t.Errorf("%d events were passed on, want 2", passed)
	}
}

// TestMetricsAreForThisMachine holds what a web page can do against a listener on a loopback address (DNS rebinding),
// what of the profiles is left out, and that a number nobody can tell is left out.
func TestMetricsAreForThisMachine(t *testing.T) {
	t.Parallel()
	o := &Observer{}
	unknown := func(context.Context) (int, error) { return 0, errors.New("the store is closed") }
	s, err := o.StartCounting(t.Context(), "127.0.0.1:0", unknown, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for path, want := range map[string]int{"/metrics": http.StatusOK, "/debug/pprof/": http.StatusOK, "/debug/pprof/cmdline": http.StatusNotFound} {
		if status, _ := asked(t, s.URL.String()+path, "localhost"); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
		if status, _ := asked(t, s.URL.String()+path, "evil.example"); status != http.StatusForbidden {
			t.Errorf("%s under a name of a stranger's: %d", path, status)
		}
	}
	if _, counted := asked(t, s.URL.String()+"/metrics", ""); strings.Contains(counted, "\nheygen_mcp_grants ") {
		t.Error("the metrics have a number of grants that nobody knows")
	}
	if _, err := (&Observer{}).StartCounting(t.Context(), s.URL.Host, nil, zerolog.Nop()); err == nil || !strings.Contains(err.Error(), "--metrics-listen: ") {
		t.Errorf("an address that is taken: %v", err)
	}
	all, err := startMetrics(t.Context(), ":0", http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	defer all.Close()
	_, port, err := net.SplitHostPort(all.URL.Host)
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := asked(t, "http://127.0.0.1:"+port+"/metrics", "metrics.internal.example"); status != http.StatusNotFound {
		t.Errorf("a listener for others asks for a name of this machine: %d", status)
	}
}
