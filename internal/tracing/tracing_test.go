package tracing_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.uber.org/goleak"

	"heygen-mcp/internal/tracing"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lasting keeps its spans when it is shut down.
type lasting struct{ *tracetest.InMemoryExporter }

func (lasting) Shutdown(context.Context) error { return nil }

// traced gives the spans that do makes.
func traced(t *testing.T, do func(tr *tracing.Tracing)) []tracetest.SpanStub {
	t.Helper()
	spans := tracetest.NewInMemoryExporter()
	tr, err := tracing.New(t.Context(), lasting{spans}, "heygen-mcp", "v1")
	if err != nil {
		t.Fatal(err)
	}
	do(tr)
	if err := tr.Close(t.Context()); err != nil {
		t.Error(err)
	}
	return spans.GetSpans()
}

// shown is a span in one line.
func shown(s tracetest.SpanStub) string {
	told := map[string]string{}
	for _, a := range s.Attributes {
		told[string(a.Key)] = a.Value.String()
	}
	parts := []string{s.SpanKind.String(), s.Name}
	for _, name := range slices.Sorted(maps.Keys(told)) {
		parts = append(parts, name+"="+told[name])
	}
	return fmt.Sprint(strings.Join(parts, " "), " ", s.Status.Code)
}

// TestSpans holds what each kind of span tells, of a success and of a failure.
func TestSpans(t *testing.T) {
	t.Parallel()
	spans := traced(t, func(tr *tracing.Tracing) {
		ctx, id, end := tr.Operation(t.Context(), "tools/call", "get_video", "2025-11-25", "")
		if len(id) != 32 || strings.Trim(id, "0") == "" {
			t.Errorf("the trace is %q", id)
		}
		_, first := tr.Upstream(ctx, "GET", "/v3/videos/{video_id}", 1)
		first(503, "")
		_, second := tr.Upstream(ctx, "GET", "/v3/videos/{video_id}", 2)
		second(200, "")
		_, third := tr.Upstream(ctx, "GET", "/v3/videos/{video_id}", 3)
		third(0, "timeout")
		_, fourth := tr.Upstream(ctx, "GET", "/v3/videos/{video_id}", 1)
		fourth(404, "not_found")
		_, stored := tr.Store(ctx, "sqlite", "SELECT")
		stored(nil)
		_, failed := tr.Store(ctx, "sqlite", "transaction")
		failed(errors.New("hush"))
		end("not_found")
		_, _, end = tr.Operation(t.Context(), "ping", "", "", "")
		end("")
	})
	want := []string{
		"client GET /v3/videos/{video_id} error.type=503 http.request.method=GET http.response.status_code=503 url.template=/v3/videos/{video_id} Error",
		"client GET /v3/videos/{video_id} http.request.method=GET http.request.resend_count=1 http.response.status_code=200 url.template=/v3/videos/{video_id} Unset",
		"client GET /v3/videos/{video_id} error.type=timeout http.request.method=GET http.request.resend_count=2 url.template=/v3/videos/{video_id} Error",
		"client GET /v3/videos/{video_id} error.type=not_found http.request.method=GET http.response.status_code=404 url.template=/v3/videos/{video_id} Error",
		"client SELECT db.operation.name=SELECT db.system.name=sqlite Unset",
		"client transaction db.operation.name=transaction db.system.name=sqlite error.type=error Error",
		"server tools/call get_video error.type=not_found gen_ai.tool.name=get_video mcp.method.name=tools/call mcp.protocol.version=2025-11-25 Error",
		"server ping mcp.method.name=ping Unset",
	}
	var got []string
	for _, s := range spans {
		got = append(got, shown(s))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the spans are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestTheClientsTrace holds that a message joins its client's trace where that says which, and begins one of its own
// where what it says is no place in a trace.
func TestTheClientsTrace(t *testing.T) {
	t.Parallel()
	const trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	for given, joins := range map[string]bool{"00-" + trace + "-" + parent + "-01": true, "": false, "00-" + trace: false, "hush": false} {
		var id string
		spans := traced(t, func(tr *tracing.Tracing) {
			ctx, its, end := tr.Operation(t.Context(), "tools/call", "", "", given)
			id = its
			_, stored := tr.Store(ctx, "sqlite", "SELECT")
			stored(nil)
			end("")
		})
		if got := id == trace; got != joins || len(spans) != 2 || spans[1].Parent.IsValid() != joins {
			t.Errorf("%q: the trace is %s, of %d spans", given, id, len(spans))
		}
		if spans[0].Parent.SpanID() != spans[1].SpanContext.SpanID() {
			t.Errorf("%q: the statement is not below its message", given)
		}
	}
}

// TestNobodysStatements holds that what is asked of the database outside of a message is in no trace, and that spans
// which nobody takes are an error in the end.
func TestNobodysStatements(t *testing.T) {
	t.Parallel()
	if spans := traced(t, func(tr *tracing.Tracing) {
		_, end := tr.Store(t.Context(), "sqlite", "DELETE")
		end(nil)
	}); len(spans) != 0 {
		t.Errorf("there are %d spans", len(spans))
	}
	away := errors.New("the collector is away")
	tr, err := tracing.New(t.Context(), failing{away}, "heygen-mcp", "v1")
	if err != nil {
		t.Fatal(err)
	}
	if err := tr.Close(t.Context()); !errors.Is(err, away) {
		t.Errorf("got %v, want %v", err, away)
	}
}

// failing takes nothing.
type failing struct{ err error }

func (f failing) ExportSpans(context.Context, []sdk.ReadOnlySpan) error { return f.err }
func (f failing) Shutdown(context.Context) error                        { return f.err }
