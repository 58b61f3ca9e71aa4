package main

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/logtest"
)

// headersSeen remembers the names of the headers that come to a handler.
func headersSeen(names chan<- http.Header, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case names <- r.Header.Clone():
		default:
		}
		next.ServeHTTP(w, r)
	})
}

// TestTracesShowWhereTimeGoes makes a call in a client's trace and looks at the spans: the call,
// what it asked of HeyGen and of the database, all in that trace; nothing of it went to HeyGen; and
// no secret and no text of a caller's is in any.
func TestTracesShowWhereTimeGoes(t *testing.T) {
	t.Parallel()
	const trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	spans := tracetest.NewInMemoryExporter()
	var log logtest.Buffer
	sent := make(chan http.Header, 1000)
	cfg, err := settings.Load("serve", append(fastSandbox(), "--auth", "broker"), nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pause, cfg.Clock, cfg.Spans = noPause, slotBegins(), kept{spans}
	a, err := app.Build(t.Context(), withWatch(cfg, func(next http.Handler) http.Handler { return headersSeen(sent, next) }), observe.NewLog(&log, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- a.Server.Serve(ctx, a.Listener) }()
	s := &stack{mcpURL: a.MCPURL, sandboxURL: a.Sandbox.URL.String(), bearers: &bearers{tokens: map[string]string{}}}
	args := s.create(t, "ana")
	_, body, err := s.post(t.Context(), s.mcpURL, "ana", rpc("create_video_from_avatar", args, `,"_meta":{"traceparent":"00-`+trace+`-`+parent+`-01"}`))
	if err != nil || result(t, body)["video_id"] == nil {
		t.Fatalf("got %s %v, want no error and video_id not nil", body, err)
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
	a.Close() // which sends the last spans
	http.DefaultClient.CloseIdleConnections()

	var names []string
	var all bytes.Buffer
	for _, span := range spans.GetSpans() {
		for _, attribute := range span.Attributes {
			all.WriteString(string(attribute.Key) + "=" + attribute.Value.String() + " ")
		}
		if span.SpanContext.TraceID().String() != trace {
			continue
		}
		names = append(names, span.Name)
		if span.Name == "tools/call create_video_from_avatar" && span.Parent.SpanID().String() != parent {
			t.Errorf("the call is not below its client's span: %v", span.Parent)
		}
	}
	for _, want := range []string{"tools/call create_video_from_avatar", "POST /v3/videos", "transaction"} {
		if !slices.Contains(names, want) {
			t.Errorf("there is no span %s among %q", want, names)
		}
	}
	for _, secret := range []string{"Hello there", "sk_", "hgm_", "ana"} {
		if strings.Contains(all.String(), secret) {
			t.Errorf("the spans tell %q: %s", secret, &all)
		}
	}
	if !strings.Contains(log.String(), `"trace_id":"`+trace+`"`) {
		t.Errorf("the log names no trace:\n%s", log.String())
	}
	close(sent)
	for header := range sent {
		for _, name := range []string{"Traceparent", "Tracestate", "Baggage"} {
			if header.Get(name) != "" {
				t.Errorf("HeyGen was sent %s", name)
			}
		}
	}
}

// kept keeps the spans that it was given when it ends.
type kept struct{ *tracetest.InMemoryExporter }

// Shutdown implements sdktrace.SpanExporter.
func (kept) Shutdown(context.Context) error { return nil }

// withWatch puts a handler before the sandbox.
func withWatch(cfg *settings.Config, watch func(http.Handler) http.Handler) *settings.Config {
	cfg.Watch = watch
	return cfg
}

func TestTracesAreOffUnlessSomebodyTakesThem(t *testing.T) {
	t.Parallel()
	for env, want := range map[string]bool{
		"": false, "OTEL_SERVICE_NAME=x": false, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318": true,
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:4318/v1/traces":          true,
		"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 OTEL_SDK_DISABLED=true":    false,
		"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 OTEL_TRACES_EXPORTER=none": false,
	} {
		cfg, err := settings.Load("serve", nil, strings.Fields(env))
		if err != nil || cfg.Traces != want {
			t.Errorf("%q: got %v, %v, want no error and %v", env, cfg.Traces, err, want)
		}
	}
}
