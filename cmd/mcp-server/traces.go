package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
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

// traceRules checks of OpenTelemetry's variables what its own code passes over in silence, or with a line
// in another form than the log's.
func (c *config) traceRules(env map[string]string) (faults []error) {
	if !takesTraces(env) {
		return nil
	}
	for _, variable := range []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"} {
		u, err := url.Parse(env[variable])
		if env[variable] != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			// It may hold a password, and is not shown.
			faults = append(faults, errors.New(variable+" is not an absolute URL that begins with https:// or http://"))
		}
	}
	for _, variable := range []string{"OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"} {
		if given := env[variable]; given != "" && given != "http/protobuf" {
			c.Warnings = append(c.Warnings, variable+" is ignored: traces are sent by http/protobuf")
		}
	}
	return faults
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
