// Package tracing tells OpenTelemetry what a request was about and where its time went: a span for
// each message of MCP's, and below it one for each request to HeyGen and each statement to the
// database. It is a leaf: it knows nothing of ours, and whoever wires the server hands its methods
// on as functions.
//
// A span holds names that the server has, statuses and error codes: no caller, no argument and no
// id of HeyGen's. The client's place in a trace is taken from what it sends, and nothing of it goes
// to HeyGen, which is not part of the trace.
package tracing

import (
	"context"
	"fmt"
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Tracing makes spans. All methods may be called at once.
type Tracing struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// New makes a Tracing that gives its spans to an exporter, in batches. What is traced of what begins here, and how the
// server is called in traces, the OTEL_* variables say; name and version are what they leave open.
func New(ctx context.Context, exporter sdk.SpanExporter, name, version string) (*Tracing, error) {
	about, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", name), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return &Tracing{provider: provider, tracer: provider.Tracer(name, trace.WithInstrumentationVersion(version))}, nil
}

// Close sends what has not been sent yet.
func (t *Tracing) Close(ctx context.Context) error {
	if err := t.provider.Shutdown(ctx); err != nil {
		return fmt.Errorf("tracing: %w", err)
	}
	return nil
}

// Operation begins the span of a message of MCP's, under its client's if parent is a traceparent. id is the trace's.
func (t *Tracing) Operation(
	ctx context.Context, method, tool, version, parent string,
) (below context.Context, id string, end func(code string)) {
	if parent != "" {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{"traceparent": parent})
	}
	name, attributes := method, []attribute.KeyValue{attribute.String("mcp.method.name", method)}
	if tool != "" {
		name += " " + tool
		attributes = append(attributes, attribute.String("gen_ai.tool.name", tool))
	}
	if version != "" {
		attributes = append(attributes, attribute.String("mcp.protocol.version", version))
	}
	ctx, span := t.tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attributes...))
	return ctx, span.SpanContext().TraceID().String(), func(code string) { finish(span, code) }
}

// Upstream begins the span of a request to HeyGen. template is the path without what it is about, and try is 1 for the
// first.
func (t *Tracing) Upstream(
	ctx context.Context, method, template string, try int,
) (below context.Context, end func(status int, code string)) {
	attributes := []attribute.KeyValue{attribute.String("http.request.method", method), attribute.String("url.template", template)}
	if try > 1 {
		attributes = append(attributes, attribute.Int("http.request.resend_count", try-1))
	}
	ctx, span := t.tracer.Start(ctx, method+" "+template, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
	return ctx, func(status int, code string) {
		if status > 0 {
			span.SetAttributes(attribute.Int("http.response.status_code", status))
		}
		if code == "" && status >= 400 {
			code = strconv.Itoa(status)
		}
		finish(span, code)
	}
}

// Store begins the span of a statement to the database, or of a transaction. Outside of a message there is none: what
// tidies up has no place in anybody's trace.
func (t *Tracing) Store(ctx context.Context, system, what string) (below context.Context, end func(error)) {
	if !trace.SpanContextFromContext(ctx).IsValid() {
		return ctx, func(error) {}
	}
	ctx, span := t.tracer.Start(ctx, what, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String("db.system.name", system), attribute.String("db.operation.name", what)))
	return ctx, func(err error) {
		code := ""
		if err != nil {
			code = "error" // what it says may quote what is stored
		}
		finish(span, code)
	}
}

// finish ends a span.
func finish(span trace.Span, code string) {
	if code != "" {
		span.SetAttributes(attribute.String("error.type", code))
		span.SetStatus(codes.Error, "")
	}
	span.End()
}
