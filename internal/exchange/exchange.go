// Package exchange is what a tool, a prompt or a resource may know of the request that called it, and
// tell its sender, besides arguments, progress and result. The edge of the transport makes one for each
// request; whoever has the context may ask for it. It is a leaf: it knows none of our packages.
package exchange

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
)

// Exchange is one request and what is answered to it besides its result.
type Exchange struct {
	// Modern is whether the request is of revision 2026-07-28 or later, the only ones in which a
	// result may ask for input.
	Modern bool
	// Client is what the sender of a request for the tools calls itself, "" for nothing. Anybody may call
	// itself anything, so that it decides on nothing but words.
	Client string
	// Capabilities are what a modern client declared for this request; of an older one's, which it declared once,
	// those that its session tells.
	Capabilities mcp.ClientCapabilities
	// LogLevel is what a modern client wants to be told of, "" nothing.
	LogLevel mcp.LoggingLevel
	// InputResponses answer what an earlier result asked for, and RequestState is what it gave along.
	// Both come from the client, who may have made them up.
	InputResponses mcp.InputResponses
	RequestState   string
	// Notify sends a notification before the result, to clients that read a stream.
	Notify func(method string, params any)
	// Pauses says that a call may come to a Pause.
	Pauses bool

	refusal *Refusal
	failure int
	shared  bool
}

// Refusal is a JSON-RPC error. As a Go error it is one whose words are for the client.
type Refusal struct {
	Code    int
	Message string
	Data    any
}

// Error is the message.
func (r *Refusal) Error() string { return r.Message }

// Refuse answers a request that mcp-go handles with a JSON-RPC error in place of a result: mcp-go
// v1.2.1 has no other way to say which code an error has. A call of a tool says it by its Outcome.
func (x *Exchange) Refuse(code int, message string, data any) {
	x.refusal = &Refusal{Code: code, Message: message, Data: data}
}

// Fail notes the code of a JSON-RPC error that mcp-go words by itself.
func (x *Exchange) Fail(code int) { x.failure = code }

// Failure is the code of the JSON-RPC error that a request handled by mcp-go is answered with, 0 for none.
func (x *Exchange) Failure() int {
	if x.refusal != nil {
		return x.refusal.Code
	}
	return x.failure
}

// Refusal is what Refuse was told, nil if it was not called.
func (x *Exchange) Refusal() *Refusal { return x.refusal }

// NotFound is the code for a resource that is not there: the older era had one of its own for it.
func (x *Exchange) NotFound() int {
	if x.Modern {
		return mcp.INVALID_PARAMS
	}
	return mcp.RESOURCE_NOT_FOUND
}

// Share says that the answer to a read is the same for everybody, so that whoever stands between may
// keep it for others. What is not shared is the caller's own.
func (x *Exchange) Share() { x.shared = true }

// Shared is whether Share was called.
func (x *Exchange) Shared() bool { return x.shared }

type key struct{}

// With gives a context that carries x.
func With(ctx context.Context, x *Exchange) context.Context { return context.WithValue(ctx, key{}, x) }

// From is the exchange of ctx. Outside of a request it is an empty one, so nobody needs to ask
// whether there is one.
func From(ctx context.Context) *Exchange {
	if x, ok := ctx.Value(key{}).(*Exchange); ok {
		return x
	}
	return &Exchange{Notify: func(string, any) {}}
}
