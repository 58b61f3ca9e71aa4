package observe

import (
	"context"
	"fmt"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/release"
	"heygen-mcp/internal/tracing"
)

// lastSpans bounds how long a server that ends waits for whoever takes its traces.
const lastSpans = 5 * time.Second

// StartTracing has everything tell of its work where somebody takes traces: the exporter of the settings, or whoever
// OpenTelemetry's variables name.
func (o *Observer) StartTracing(ctx context.Context, cfg *settings.Config, db *database.DB) (err error) {
	exporter := cfg.Spans
	if exporter == nil && cfg.Traces {
		if exporter, err = otlptracehttp.New(ctx); err != nil {
			return fmt.Errorf("OTEL_EXPORTER_OTLP_ENDPOINT: %w", err)
		}
	}
	if exporter == nil {
		return nil
	}
	if o.traces, err = tracing.New(ctx, exporter, release.Name, release.Version()); err != nil {
		return err
	}
	system := "sqlite"
	if db.Shared {
		system = "postgresql"
	}
	db.Watch = func(ctx context.Context, what string) (context.Context, func(error)) {
		return o.traces.Store(ctx, system, what)
	}
	return nil
}

// EndTracing sends the last spans.
func (o *Observer) EndTracing() {
	if o.traces == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), lastSpans)
	defer cancel()
	_ = o.traces.Close(ctx) // there is nobody left to tell
}
