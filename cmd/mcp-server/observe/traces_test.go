package observe

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/heygen"
	"heygen-mcp/internal/database"
	"heygen-mcp/transport"
)

// lasting keeps its spans when it is shut down, so that a test can look at them.
type lasting struct{ *tracetest.InMemoryExporter }

func (lasting) Shutdown(context.Context) error { return nil }

// TestSpansOfAMessage holds that a message, what it asks of HeyGen and what it asks of the database are spans of one
// trace, and that they have come when tracing has ended.
func TestSpansOfAMessage(t *testing.T) {
	t.Parallel()
	spans := tracetest.NewInMemoryExporter()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	o := &Observer{}
	if err := o.StartTracing(t.Context(), &settings.Config{Spans: lasting{spans}}, db); err != nil {
		t.Fatal(err)
	}
	requests := o.Requests()
	if requests.Request != nil {
		t.Error("requests are counted, though there are traces alone")
	}
	ctx, end := requests.Operation(t.Context(), transport.Operation{Method: "tools/call", Tool: "get_video"})
	below, answered := o.Upstream(time.Now)(ctx, heygen.Op{Method: http.MethodGet, Path: "/v3/videos/{video_id}"}, 1)
	if _, err := db.ExecContext(below, `SELECT 1`); err != nil {
		t.Error(err)
	}
	answered(http.StatusOK, "")
	end("", time.Second)
	o.EndTracing()
	all := spans.GetSpans()
	if len(all) != 3 {
		t.Fatalf("there are %d spans, want 3: %v", len(all), all)
	}
	for _, s := range all {
		if s.SpanContext.TraceID() != all[0].SpanContext.TraceID() {
			t.Errorf("%s is in another trace", s.Name)
		}
	}
	if !slices.ContainsFunc(all, func(s tracetest.SpanStub) bool { return s.SpanKind.String() == "server" && !s.Parent.IsValid() }) {
		t.Errorf("no span is the message's: %v", all)
	}
}

// TestTracesGoNowhere holds that without anybody who takes traces nothing is traced, and that what OpenTelemetry's
// variables name is asked for where they do.
func TestTracesGoNowhere(t *testing.T) {
	t.Parallel()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	o := &Observer{}
	if err := o.StartTracing(t.Context(), &settings.Config{}, db); err != nil || o.traces != nil || db.Watch != nil {
		t.Errorf("traces are taken: %v, %v", o.traces, err)
	}
	o.EndTracing()
	if err := o.StartTracing(t.Context(), &settings.Config{Traces: true}, db); err != nil || o.traces == nil || db.Watch == nil {
		t.Errorf("no traces are taken: %v", err)
	}
	o.EndTracing()
	failed := errors.New("the collector is away")
	if err := o.StartTracing(t.Context(), &settings.Config{Spans: failing{failed}}, db); err != nil {
		t.Errorf("a collector that is away keeps a server from starting: %v", err)
	}
	o.EndTracing()
}

// failing takes nothing.
type failing struct{ err error }

func (f failing) ExportSpans(context.Context, []sdktrace.ReadOnlySpan) error { return f.err }
func (f failing) Shutdown(context.Context) error                             { return f.err }
