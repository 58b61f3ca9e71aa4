package main

import (
	"context"
	"fmt"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"

	"heygen-mcp/internal/tracing"
)

// lastSpans bounds how long a server that ends waits for whoever takes its traces.
const lastSpans = 5 * time.Second

// takesTraces says whether the variables of OpenTelemetry name somebody who takes traces. The rest
// of them is read by its own code.
func takesTraces(env map[string]string) bool {
	if env["OTEL_SDK_DISABLED"] == "true" || env["OTEL_TRACES_EXPORTER"] == "none" {
		return false
	}
	return env["OTEL_EXPORTER_OTLP_ENDPOINT"] != "" || env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] != ""
}

// startTracing has everything tell of its work where somebody takes traces.
func (a *app) startTracing(ctx context.Context, cfg *config) (err error) {
	exporter := cfg.spans
	if exporter == nil && cfg.Traces {
		if exporter, err = otlptracehttp.New(ctx); err != nil {
			return fmt.Errorf("OTEL_EXPORTER_OTLP_ENDPOINT: %w", err)
		}
	}
	if exporter == nil {
		return nil
	}
	if a.watch.traces, err = tracing.New(ctx, exporter, serverName, buildVersion()); err != nil {
		return err
	}
	system := "sqlite"
	if a.database.Shared {
		system = "postgresql"
	}
	a.database.Watch = func(ctx context.Context, what string) (context.Context, func(error)) {
		return a.watch.traces.Store(ctx, system, what)
	}
	return nil
}

// endTracing sends the last spans.
func (a *app) endTracing() {
	if a.watch.traces == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), lastSpans)
	defer cancel()
	_ = a.watch.traces.Close(ctx) // there is nobody left to tell
}
